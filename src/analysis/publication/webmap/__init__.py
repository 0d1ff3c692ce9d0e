"""What the interactive atlas and the search box read: one plane, shared borders, names (pure)."""

from analysis.publication.webmap.files import files, script
from analysis.publication.webmap.names import RAW, Names, postcodes_of

__all__ = ["RAW", "Names", "files", "postcodes_of", "script"]
