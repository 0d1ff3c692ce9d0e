"""How soon an edit is seen: each of a dozen, made on a built copy of the project and followed by what `make` runs.

Run by `make bench-loop`; options: --regions 44,84 (those reports alone), --edits nothing,comment (some of them),
--trust (begin with what is built in this folder, instead of building the copy). Prints a table; the last line is one
JSON object.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from analysis.io import repository
from analysis.io.paths import PROCESSED, SITE, project_root

NATIONAL, TERRITORY = "src/analysis/charts/national_map.py", "src/analysis/charts/territory_map.py"
NOTEBOOK, CATALOGUE = "notebooks/20_national_map.ipynb", "src/analysis/i18n/locale/en.po"
NOTE, LISTS, MEMBERS = "data/raw/notes/launch-2018.md", "data/raw/sources.yaml", "data/raw/members.csv"
STYLE = "src/analysis/publication/site/assets/_static/atlas/map.css"
DONE = re.compile(r"^done    \S+", re.MULTILINE)
BUILT = (PROCESSED, Path("outputs"), Path("docs/gallery"), Path(".dvc/tmp/pages"))  # what a build leaves
TIMEOUT_S = 3600


@dataclass(frozen=True, slots=True)
class Edit:
    """A file, the pattern that is replaced in it once, by what, and what `make` may then take."""

    name: str
    wanted: str
    path: str = ""
    old: str = ""
    new: str = ""


EDITS = (
    Edit("nothing", "≤ 5 s"),
    Edit("colour in a national chart", "≤ 30 s", NATIONAL, r"= 0\.45, 0\.5\b", "= 0.46, 0.5"),
    Edit("French word in a chart's title", "≤ 30 s", NATIONAL, "de la population couverte", "des habitants"),
    Edit("word in a notebook's Markdown", "≤ 25 s", NOTEBOOK, "Les deux phases côte", "Deux phases côte"),
    Edit("comment in territory_map.py", "no notebook", TERRITORY, r"\Z", "# A comment.\n"),
    Edit("sentence of a reading note", "≤ 40 s", NOTE, "Le Grand Est obtient", "Le Grand Est reçoit"),
    Edit("CSS", "≤ 20 s", STYLE, r"\Z", "\n.loop { color: inherit; }\n"),
    Edit("message in en.po", "≤ 30 s", CATALOGUE, "the source’s own\\.", "the source’s."),
    Edit("member of a territory", "≤ 60 s", MEMBERS, r"1,ti-4408,\d+,\w+\n", ""),
    Edit("all credit lines", "≤ 240 s", LISTS, "phases 1 et 2", "phases 1 et 2, édition 2"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """What `make` did after an edit."""

    edit: str
    notebooks: int
    pages: int
    wall_s: float
    wanted: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A built copy of the project."""

    folder: Path

    def run(self, *arguments: str) -> str:
        """What a command says; RuntimeError with its end when it fails."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "src")}
        environment["DVC_SITE_CACHE_DIR"] = str(self.folder / ".dvc/tmp/site")
        done = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=self.folder, env=environment, timeout=TIMEOUT_S, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stdout[-2000:]}")
        return done.stdout

    def pages(self) -> dict[str, tuple[int, int]]:
        """Every page of the site, and which file it is: one that was written anew is another."""
        found = ((path, path.stat()) for path in (self.folder / SITE).rglob("*.html"))
        return {str(path): (stat.st_ino, stat.st_mtime_ns) for path, stat in found}

    def after(self, edit: Edit) -> Measure:
        """Make an edit, then what `make` runs."""
        if edit.path:
            replace(self.folder / edit.path, edit.old, edit.new)
        before, start = self.pages(), time.perf_counter()
        said = self.run("analysis", "build")
        wall = time.perf_counter() - start
        written = set(self.pages().items()) - set(before.items())
        return Measure(edit.name, len(DONE.findall(said)), len(written), round(wall, 1), edit.wanted)


def replace(path: Path, old: str, new: str) -> None:
    """Replace a pattern once, as an editor does; ValueError where it is not there."""
    text, count = re.subn(old, lambda _: new, path.read_text(encoding="utf-8"), count=1)
    if not count:
        raise ValueError(f"{path}: nothing is like {old!r} there; correct bench/loop.py")
    path.write_text(text, encoding="utf-8")


def prepared(root: Path, folder: Path, regions: str, *, trust: bool) -> Copy:
    """A copy of the project as it was committed, with few reports where `regions` are named, built."""
    repository.copy(root, folder)
    repository.begin(folder)
    if regions:
        params = folder / "params.yaml"
        content = yaml.safe_load(params.read_text(encoding="utf-8"))
        content["reports"] |= {"regions": regions.split(","), "territories": []}
        params.write_text(yaml.safe_dump(content), encoding="utf-8")
    copy = Copy(folder)
    repository.tell_dvc(folder)
    if trust:
        for place in BUILT:
            shutil.copytree(root / place, folder / place, dirs_exist_ok=True, symlinks=True)
        copy.run("dvc", "commit", "-f", "-q")
    copy.run("analysis", "build")
    return copy


def shown(measures: Sequence[Measure]) -> Table:
    """The table."""
    table = Table("edit", "notebooks executed", "pages written", "wall", "wanted")
    for one in measures:
        table.add_row(one.edit, str(one.notebooks), str(one.pages), f"{one.wall_s} s", one.wanted)
    return table


def main() -> None:
    """Measure, print the table, then the JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", default="")
    parser.add_argument("--edits", default="")
    parser.add_argument("--trust", action="store_true")
    given = parser.parse_args()
    words = [one for one in given.edits.split(",") if one]
    chosen = [one for one in EDITS if not words or any(word in one.name for word in words)]
    with tempfile.TemporaryDirectory() as temporary:
        start = time.perf_counter()
        copy = prepared(project_root(), Path(temporary) / "copy", given.regions, trust=given.trust)
        built = round(time.perf_counter() - start, 1)
        measures = [copy.after(one) for one in chosen]
    Console().print(shown(measures))
    print(json.dumps({"build_s": built, "edits": [asdict(one) for one in measures]}))


if __name__ == "__main__":
    main()
