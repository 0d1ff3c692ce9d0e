"""What a build leaves for the next one: Sphinx's environment and pages, and what was worked out of them.

Digests decide, never times. Nothing is used again that other code, templates or packages made, nor what a build left
that failed or was killed.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sphinx

from analysis import io
from analysis.io.imports import closure

FOLDER: Final = Path(".dvc/tmp/pages")
KEY: Final = "key"
MADE_BY: Final = "analysis.publication.site.sphinx"
PACKAGES: Final = Path(sphinx.__file__).parents[1]
CODE: Final = Path(io.__file__).parents[1]
TEMPLATES: Final = Path(__file__).parent / "assets/_templates"


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


def key() -> str:
    """Digest of what turns sources into pages: our code and templates, Python, and the versions of all packages."""
    files = sorted({*closure(CODE, [MADE_BY]), *TEMPLATES.iterdir()})
    return digest(packages(), [str(path) for path in files], *(path.read_bytes() for path in files))


@contextmanager
def kept(place: Path) -> Iterator[Path]:
    """The folder where Sphinx works, with what the last build left there if the same code and packages made it.

    It stands beside `place` meanwhile, always under the same name, since Sphinx keeps the paths of what it reads.
    """
    work, made_by = place.with_name(f"{place.name}.work"), key()
    shutil.rmtree(work, ignore_errors=True)
    if (place / KEY).is_file() and (place / KEY).read_text(encoding="utf-8") == made_by:
        place.replace(work)
    else:
        shutil.rmtree(place, ignore_errors=True)
        work.mkdir(parents=True)
    yield work
    (work / KEY).write_text(made_by, encoding="utf-8")
    work.replace(place)
