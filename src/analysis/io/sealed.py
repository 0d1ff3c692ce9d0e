"""A value kept in a file between runs, that is whole or counts as absent: cut short, altered, or made by other code.

Such files stand in the project's own folder of scratch (`paths.OWN`), beside those that DVC and Sphinx keep there.
"""

import hashlib
import pickle
from pathlib import Path
from typing import Any

from analysis.io.swapping import Files, replaced_files


def save(path: Path, key: str, value: object) -> None:
    """Replace the file at `path` by one that holds `value` under the `key`, which has no line end."""
    content = key.encode() + b"\n" + pickle.dumps(value)
    with replaced_files(Files()) as files:
        files.add_bytes(path, _digest(content) + b"\n" + content)


def load(path: Path, key: str) -> Any:
    """The value kept at `path` under this `key`; None where there is none, or not a whole one."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    found, _, value = content.partition(b"\n")
    return pickle.loads(value) if digest == _digest(content) and found == key.encode() else None


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
