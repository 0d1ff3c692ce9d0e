"""What the interactive atlas and the search box read: one plane, shared borders, names (pure)."""

from analysis.webmap.files import files, script
from analysis.webmap.names import Names

__all__ = ["Names", "files", "script"]
