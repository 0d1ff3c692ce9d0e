"""What the pages of an edition are made from, as digests: code, data that any page may show, files of one page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis.i18n.language import CATALOGUES, FRENCH, language, speaking
from analysis.io import params, pipeline, yaml_files
from analysis.io.digests import code_digest, file_digest, files_digest, or_absent
from analysis.io.memory import CODE, Memory, digest, packages
from analysis.io.paths import EXECUTED, FIGURES, NOTEBOOKS
from analysis.publication.site.html import edition
from analysis.publication.site.kept import FOLDER

STAGE = "site"
ASSETS = "publication/site/assets"  # templates, style sheets, scripts and texts of pages
SHOWN = ((EXECUTED, "*.ipynb"), (FIGURES, "*.*"))  # each file by few pages, in one edition
# Rooms whose code no page shows: of the charts, `tables_read.register` tells what pages say of them.
NOT_SHOWN = ("charts", "cli", "upkeep")
FINDS_COMMENTS = ("io/code_text.py", "io/digests.py", "io/sealed.py", "io/memory.py")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of what an edition is made from.

    `rules` are code and packages that turn data into pages; `ground` is the data that any page may show; `files` are
    notebooks and figures, by path, which single pages show; `key` is the digest of all of it and of all other code.
    """

    rules: str
    ground: str
    files: Mapping[str, str]
    key: str


def inputs(root: Path, names: Iterable[str]) -> dict[str, Inputs]:
    """What each of the editions `names` is made from now."""
    rooms, assets = _rooms(root), files_digest(CODE, _files(CODE / ASSETS))
    rules = digest(packages(), {room: one for room, one in rooms.items() if room not in NOT_SHOWN})
    reads = pipeline.parse(yaml_files.read_yaml(root / pipeline.WHERE))[STAGE].reads
    ground, templates = _ground(root, reads), digest(_digests(root, _files(root / NOTEBOOKS)))
    found = {}
    for name in names:
        with speaking(name):
            files = _digests(root, (path for one, kind in SHOWN for path in (root / edition(one)).glob(kind)))
            spoken = "" if name == FRENCH else or_absent(file_digest, CATALOGUES / f"{language()}.po")
            key = digest(rules, rooms, assets, spoken, ground, templates, files)
            found[name] = Inputs(rules, ground, files, key)
    return found


def _rooms(root: Path) -> dict[str, str]:
    """Digest of what runs in the modules of each room: not of their comments, which are found once."""
    modules: dict[str, list[Path]] = {}
    for path in sorted(CODE.rglob("*.py")):
        modules.setdefault(path.relative_to(CODE).parts[0], []).append(path)
    rules = files_digest(CODE, (CODE / one for one in FINDS_COMMENTS))
    memory = Memory(root / FOLDER / "code", digest(packages(), rules))
    found = {
        room: memory.recall(partial(code_digest, CODE, paths), files_digest(CODE, paths))
        for room, paths in modules.items()
    }
    memory.save()
    return found


def _ground(root: Path, reads: Iterable[str]) -> str:
    """Digest of the data that the stage of the site reads, but notebooks and figures."""
    apart = (*(root / one for one, _ in SHOWN), root / NOTEBOOKS, CODE)
    read = (root / one for one in (*reads, pipeline.WHERE, params.WHERE, params.LOCAL))
    found = (path for one in read if not any(one.is_relative_to(other) for other in apart) for path in _files(one))
    return digest(_digests(root, found))


def _files(place: Path) -> Iterator[Path]:
    """A file, or those of a folder, however deep."""
    return (path for path in (place, *place.rglob("*")) if path.is_file())


def _digests(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Digests of files by their path in the project."""
    return {path.relative_to(root).as_posix(): file_digest(path) for path in paths}
