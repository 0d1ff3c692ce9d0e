"""Guided updates of the raw data, checked, shown, then written whole: a list, a reading note, a context layer."""
