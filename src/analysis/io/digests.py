"""SHA-256 of files, folders and values."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from analysis.io.code_text import what_runs


def digest_of(*parts: object) -> str:
    """Of values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """Of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def or_absent(digest: Callable[[Path], str], path: Path) -> str:
    """The digest of a file, or that there is none to be read."""
    try:
        return digest(path)
    except OSError:
        return "absent"


def folder_digest(folder: Path) -> str:
    """Of all files of a folder, by name."""
    return files_digest(folder, (path for path in folder.rglob("*") if path.is_file()))


def files_digest(folder: Path, paths: Iterable[Path]) -> str:
    """Of files of a folder, by name."""
    return digest_of([[path.relative_to(folder).as_posix(), file_digest(path)] for path in sorted(paths)])


def code_digest(folder: Path, paths: Iterable[Path]) -> str:
    """Of what runs in modules of a folder, by name: not of their comments and docstrings."""
    found = [(path.relative_to(folder).as_posix(), what_runs(path.read_bytes())) for path in sorted(paths)]
    return digest_of([[name, hashlib.sha256(code).hexdigest()] for name, code in found])
