"""A reproducible atlas of the French programme Territoires d'industrie."""

from analysis.io.surroundings import house_matplotlib

__version__ = "0.1.0"
house_matplotlib()  # here, since Matplotlib must not be imported before, and every way into the package passes here
