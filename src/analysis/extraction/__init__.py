"""Figures of texts, and the claims that they make."""
