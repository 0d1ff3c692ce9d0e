"""Names that data give to files: good on every system, and never a way out of a folder.

One guard for all places where a value of the data (an id, a code, a stem, a path in a bundle) becomes a file's name.
"""

import re
from pathlib import Path

from analysis.errors import PathError

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
LONGEST = 120
# Devices of Windows, whatever ending follows.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
REPAIR = "Use letters without accents, digits, `_`, `-` and `.` inside, at most 120."


def problem(name: str) -> str:
    """Why `name` may not be a file's name, empty when it may.

    A name is one part of a path: ASCII letters, digits, `_`, `-` and `.`, neither hidden nor an option (`.x`, `-x`),
    nor what Windows reads otherwise (`CON`, `nul.csv`, `a.`, `a:b`).
    """
    if not PLAIN.fullmatch(name) or name.endswith("."):
        return f"{name!r:.80} is no name of a file."
    if len(name) > LONGEST:
        return f"{name!r:.80} is longer than {LONGEST} characters."
    return f"{name!r} is the name of a device on Windows." if RESERVED.fullmatch(name) else ""


def file_name(name: str, where: str | Path = "") -> str:
    """`name` itself; PathError when it may not be a file's name."""
    if reason := problem(name):
        raise PathError(reason, where=where, repair=REPAIR)
    return name


def relative(path: str, where: str | Path = "") -> str:
    """`path` itself, parts with `/` between them; PathError when one of them may not be a file's name."""
    for part in path.split("/"):
        file_name(part, where)
    return path


def inside(folder: Path, path: str, where: str | Path = "") -> Path:
    """The file `path` of `folder`; PathError when a part is no name, or when a link leads out of the folder."""
    found = folder / relative(path, where)
    if not found.resolve().is_relative_to(folder.resolve()):
        raise PathError(
            f"{path!r} leads out of its folder.", where=where or folder, repair="Replace the link by a file."
        )
    return found
