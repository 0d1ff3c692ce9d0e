"""Which pages Sphinx reads and writes again: digests decide, never times."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import CONFIG_OK, BuildEnvironment

from analysis.io.memory import digest

RECORD = "pages.json"


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
