"""The tables that charts draw."""
