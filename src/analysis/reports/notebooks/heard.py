"""What an execution depends on beside its code: the files of the project that it opened, the messages it looked up.

An execution repeats itself as long as all that it has asked for is answered as it was, so this list is exact.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.i18n.language import LOOKED_UP, catalogue
from analysis.io import declared
from analysis.io.digests import file_digest, or_absent

WHERE = "heard.json"


@dataclass(frozen=True, slots=True)
class Heard:
    """SHA-256 by path of files, and translations by language and message (empty: none); None: the whole catalogue."""

    files: Mapping[str, str]
    messages: Mapping[str, Mapping[str, str]] | None

    def save(self, folder: Path) -> None:
        """Write it into the folder of a task."""
        text = json.dumps({"files": self.files, "messages": self.messages})
        (folder / WHERE).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Heard":
        """As `save` has written it."""
        return cls(**json.loads((folder / WHERE).read_text(encoding="utf-8")))


class Listener:
    """Hears which files of the project this process opens, and takes their digest before they are read."""

    def __init__(self, root: Path, but: Path) -> None:
        self.root, self.files = os.fspath(root.resolve()), dict[str, str]()
        self.but = (but.as_posix(), *declared.ALWAYS)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """For `sys.addaudithook`."""
        path = declared.opened(event, arguments)
        name = str(declared.data_file(self.root, path) or "") if path else ""
        if name and name not in self.files and name not in self.but:
            self.files[name] = "absent"  # at once: taking the digest opens it too
            self.files[name] = or_absent(file_digest, Path(self.root, name))

    def heard(self, *, messages: bool) -> Heard:
        """What was heard so far; without `messages` for a process that does not look them up itself."""
        found: dict[str, dict[str, str]] = {}
        for language, message in sorted(LOOKED_UP):
            found.setdefault(language, {})[message] = catalogue(language).get(message, "")
        return Heard(dict(sorted(self.files.items())), found if messages else None)
