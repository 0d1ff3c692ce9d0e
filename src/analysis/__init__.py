"""A reproducible atlas of the French programme Territoires d'industrie."""

__version__ = "0.1.0"
