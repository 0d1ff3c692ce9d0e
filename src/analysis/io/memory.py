"""What is worked out once for the same content: results of earlier builds by the digest of what they were made from."""

import hashlib
import json
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeVar

import polars

from analysis.i18n.language import LOOKED_UP, catalogue
from analysis.io import sealed
from analysis.io.digests import code_digest
from analysis.io.imports import closure

PACKAGES: Final = Path(polars.__file__).parents[1]
CODE: Final = Path(__file__).parents[1]
Result = TypeVar("Result")


def digest(*parts: object) -> str:
    """Digest of texts, bytes and what JSON can hold."""
    found = hashlib.sha256()
    for one in parts:
        text = one if isinstance(one, bytes) else json.dumps(one, sort_keys=True, default=str).encode()
        found.update(len(text).to_bytes(8, "big") + text)
    return found.hexdigest()


def packages() -> list[str]:
    """Python and the packages that are installed, with their versions."""
    return [sys.version, *sorted(path.name for path in PACKAGES.glob("*.dist-info"))]


def code_of(modules: Iterable[str]) -> str:
    """Digest of what runs when these modules do, ours and the packages'."""
    return digest(packages(), code_digest(CODE, closure(CODE, modules)))


class Memory:
    """Results kept in the file at `path`; what a build does not ask for is forgotten after it.

    All is forgotten where `key`, the digest of what works results out, is another, or where a message that this or an
    earlier process has asked for is translated otherwise.
    """

    def __init__(self, path: Path, key: str) -> None:
        self.path, self.key = path, key
        self.told: dict[tuple[str, str], str | None] = {}
        self.before: dict[str, bytes] = {}
        self.now: dict[str, bytes] = {}
        told, before = sealed.load(path, key) or ({}, {})
        if told == _told(told):
            self.told, self.before = told, before

    def recall(self, make: Callable[[], Result], *parts: object) -> Result:
        """What `make` gives, or has given when `parts`, all that it depends on, were the same."""
        name = digest(*parts)
        if name in self.before:
            self.now[name] = self.before[name]
            return pickle.loads(self.before[name])  # type: ignore[no-any-return]
        made = make()
        self.now[name] = pickle.dumps(made)
        return made

    def save(self) -> None:
        """Keep what was asked for, for the next build."""
        sealed.save(self.path, self.key, (self.told | _told(LOOKED_UP), self.now))


def _told(messages: "set[tuple[str, str]] | dict[tuple[str, str], str | None]") -> dict[tuple[str, str], str | None]:
    """Messages by language, with their translation now."""
    return {(name, message): catalogue(name).get(message) for name, message in messages}
