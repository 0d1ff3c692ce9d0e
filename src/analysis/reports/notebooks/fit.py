"""Whether what a notebook shows may be shown: no warning, nothing on standard error, no path of the machine (pure)."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from analysis.errors import NotebookError

# Folders of a machine, wherever the project stands; not the end of an address, of a relative path or of an element.
BEFORE = r"(?<![\w/.:~-])"
FOLDERS = r"(?:home|root|Users|tmp|var|private|mnt|media|opt|srv|usr|etc|proc|run|dev|Library|nix|Volumes)"
MACHINE = re.compile(
    rf"(?<!<){BEFORE}(?:~?/{FOLDERS}/|[A-Za-z]:\\(?!\s))[^\s<>\"']*|file:/+[^\s<>\"']+|\bsite-packages\b"
)
WARNING = re.compile(r"\b(?:[A-Z]\w*)?Warning\b:.*|^(?:\w+:)?(?:WARNING|ERROR|CRITICAL)\b.*", re.MULTILINE)
PICTURES = re.compile(r"(?:image/(?!svg)|application/pdf)")
CURE = (
    "Have the cell show what readers should see and nothing else: mend what warns, print no path. `make lab` opens it."
)
SHOWN = 200  # characters of what is wrong
QUOTED = "quoted"  # tag of a cell that shows the words of a document, which may name any path and warn of anything


def require_fit(notebook: Mapping[str, Any], root: Path, where: Path, parameters: str) -> None:
    """Raise NotebookError for the first output that is not fit to be shown, with its cell and the text."""
    for rank, cell in enumerate(notebook["cells"], start=1):
        quoted = QUOTED in cell.get("metadata", {}).get("tags", ())
        if found := unfit(_of_standard_error(cell) if quoted else cell.get("outputs", []), root):
            what = f"the cell at position {rank} ({parameters}) shows {found}"
            raise NotebookError(what, where=where, repair=f"The cell:\n{cell['source']}\n{CURE}")


def unfit(outputs: Sequence[Mapping[str, Any]], root: Path) -> str:
    """What in the outputs of a cell is not fit for readers, with its text; empty where all is."""
    own = _paths_of_this_machine(root)
    for output in outputs:
        if output.get("name") == "stderr":
            return f"what was written to standard error: {output['text'].strip():.{SHOWN}}"
        for text in _texts(output):
            for plain in (text, unescape(text), unquote(text)):
                if found := own.search(plain) or MACHINE.search(plain):
                    return f"a path of this machine: {found[0]:.{SHOWN}}"
                if found := WARNING.search(plain):
                    return f"a warning: {found[0]:.{SHOWN}}"
    return ""


def _of_standard_error(cell: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in cell.get("outputs", []) if one.get("name") == "stderr"]


def _paths_of_this_machine(root: Path) -> re.Pattern[str]:
    """The project, the environment, the home and the temporary folder, as they are called here."""
    found = (root, root.resolve(), sys.prefix, sys.base_prefix, os.environ.get("HOME", ""), tempfile.gettempdir())
    named = sorted({str(one) for one in found if len(Path(one).parts) > 1}, key=len, reverse=True)
    return re.compile(rf"{BEFORE}(?:{'|'.join(map(re.escape, named))})(?![\w-])[^\s<>\"']*")


def _texts(value: Any) -> Iterator[str]:
    """Every text in an output, but for pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if not PICTURES.match(str(name)):
                yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)
