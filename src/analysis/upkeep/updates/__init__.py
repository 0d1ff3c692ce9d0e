"""Guided updates of the raw data: a producer's new list or a reading note, checked, shown, then written whole."""
