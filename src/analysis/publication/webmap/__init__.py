"""What the interactive atlas and the search box read: one plane, shared borders, names, editions, layers (pure)."""

from analysis.publication.webmap.files import files, overview, script
from analysis.publication.webmap.fills import Fill, fill_files, fills
from analysis.publication.webmap.names import RAW, Names, postcodes_of
from analysis.publication.webmap.steps import TABLES, Steps, with_layers

__all__ = [
    "RAW", "TABLES", "Fill", "Names", "Steps", "files", "fill_files", "fills", "overview", "postcodes_of",
    "script", "with_layers",
]  # fmt: skip
