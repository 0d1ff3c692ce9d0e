"""What a build leaves for the next one: Sphinx's environment and pages, and which of them are due again.

Digests decide, never times. Nothing is used again that other code, templates or packages made, nor what a build left
that failed or was killed.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sphinx
from sphinx.application import Sphinx
from sphinx.environment import CONFIG_OK, BuildEnvironment

from analysis import io
from analysis.io.imports import closure

FOLDER: Final = Path(".dvc/tmp/pages")
KEY, RECORD = "key", "pages.json"
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


def key() -> str:
    """Digest of what turns sources into pages: our code and templates, Python, and the versions of all packages."""
    files = sorted({*closure(CODE, [MADE_BY]), *TEMPLATES.iterdir()})
    packages = sorted(path.name for path in PACKAGES.glob("*.dist-info"))
    return digest(sys.version, packages, [str(path) for path in files], *(path.read_bytes() for path in files))


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


@dataclass
class Due:
    """Which pages Sphinx reads and writes again, after a `Record` of the last build in its folder of trees.

    `frame` is the digest of what reaches every page; `output` holds the pages.
    """

    cache: Path
    output: Path
    frame: str
    sources: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    before: Mapping[str, Mapping[str, str]] = field(init=False)
    around: str = ""

    def __post_init__(self) -> None:
        path = self.cache / RECORD
        self.before = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"sources": {}, "pages": {}}

    def read(self, app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
        """Leave in `names` the sources that changed; all of them where Sphinx is set otherwise than before."""
        self.sources = {name: digest(env.doc2path(name).read_bytes()) for name in sorted(env.found_docs)}
        if env.config_status == CONFIG_OK:
            names[:] = [name for name, one in self.sources.items() if self.before["sources"].get(name) != one]

    def write(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Pages to write: sources that changed, and every page where something changed that any page may show."""
        titles = {name: [env.titles[name].pformat(), env.longtitles[name].pformat()] for name in env.titles}
        standard = env.domains.standard_domain
        named = [sorted(standard.labels.items()), sorted(standard.anonlabels.items())]
        self.around = digest(self.frame, titles, named, sorted(env.collect_relations().items()))
        return [name for name, one in self.sources.items() if self.is_due(name, one)]

    def is_due(self, name: str, *parts: object) -> bool:
        """Whether the page made of `parts` in the frame of all is not the one that was written before."""
        self.pages[name] = digest(self.around, *parts)
        there = (self.output / f"{name}.html").is_file()
        return not there or self.before["pages"].get(name) != self.pages[name]

    def finish(self, *others: str) -> None:
        """Record this build, and remove pages that are neither in it nor among `others`."""
        for path in self.output.rglob("*.html"):
            if path.relative_to(self.output).with_suffix("").as_posix() not in {*self.pages, *others}:
                path.unlink()
        text = json.dumps({"sources": self.sources, "pages": self.pages})
        (self.cache / RECORD).write_text(text, encoding="utf-8")
