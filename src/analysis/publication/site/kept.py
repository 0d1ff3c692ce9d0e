"""What a build leaves for the next one: Sphinx's environment and pages, and what was worked out of them.

Digests decide, never times. Nothing is used again that other code, templates or packages made, nor what a build left
that failed or was killed.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from analysis.io.imports import closure
from analysis.io.memory import CODE, digest, packages

FOLDER: Final = Path(".dvc/tmp/pages")
KEY: Final = "key"
MADE_BY: Final = "analysis.publication.site.sphinx"
TEMPLATES: Final = Path(__file__).parent / "assets/_templates"


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
