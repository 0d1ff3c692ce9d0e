"""Figures: one module each, `draw(table, ..., credit)` gives a Picture."""
