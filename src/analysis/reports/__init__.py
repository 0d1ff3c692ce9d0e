"""What notebooks call, and the notebooks as reports."""
