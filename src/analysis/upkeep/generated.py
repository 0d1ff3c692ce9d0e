"""The gallery and the generated documents."""

from collections.abc import Sequence
from pathlib import Path

import nbformat

from analysis.charts.catalogue import charts, figure_named
from analysis.charts.register import Chart
from analysis.i18n.language import ENGLISH, speaking
from analysis.i18n.passages import translated
from analysis.io import store
from analysis.io.paths import NOTEBOOKS
from analysis.io.swapping import replaced_folder
from analysis.publication.site import guides
from analysis.publication.site.how_made import code_of
from analysis.publication.site.tables_read import section_functions, shown_in
from analysis.reports.atlas import Atlas
from analysis.tables import tables_of
from analysis.upkeep import api, docs

GALLERY = Path("docs/gallery")
PACKAGE = Path("src/analysis")
SHOWN = ("national_map", "label_timeline", "region_map_44_phase1")  # the three of the README
GALLERY_DPI = 90


def write_gallery(root: Path) -> None:
    """Replace docs/gallery by the pictures of the README, with their alternative texts."""
    with replaced_folder(root / GALLERY) as gallery:
        for name in SHOWN:
            chart, place = figure_named(name)
            picture = Atlas(root).show(chart.draw, **place)
            (gallery / f"{name}.png").write_bytes(picture.png(GALLERY_DPI))
            (gallery / f"{name}.txt").write_text(picture.alt + "\n", encoding="utf-8")


def write_docs(root: Path, commands: Sequence[tuple[str, str]]) -> None:
    """Rewrite environment.yml, docs/api.md and the generated blocks of the documents; see `generated_docs`."""
    with store.batch() as files:
        for name, text in generated_docs(root, commands).items():
            files.add_text(root / name, text)


def figures_shown(root: Path) -> list[tuple[Chart, str]]:
    """Every chart with the notebook that shows it first, in the order in which they are shown."""
    known, found = charts(), dict[str, str]()
    for path in sorted((root / NOTEBOOKS).glob("*.ipynb")):
        for name in shown_in(code_of(nbformat.read(path, as_version=4))):
            if name in known:
                found.setdefault(name, path.stem)
    return [(known[name], notebook) for name, notebook in found.items()]


def generated_docs(root: Path, commands: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What environment.yml, docs/api.md and the documents with generated blocks should hold, by file name.

    `commands`: name of each command of `analysis`, and what it does.
    """
    read = ("pyproject.toml", "requirements.lock", "Makefile")
    project, lock, makefile = (store.read_text(root / name) for name in read)
    atlas = Atlas(root)
    figures = [(one.entry, notebook, atlas.sources_of(one)) for one, notebook in figures_shown(root)]
    rooms = {name: store.read_text(root / PACKAGE / name / "__init__.py") for name in docs.ROOMS}
    modules = {name: [path.stem for path in sorted((root / PACKAGE / name).iterdir())] for name in docs.ROOMS}
    blocks = {
        "README.md": {"tree": docs.tree()},
        "CONTRIBUTING.md": {"rooms": docs.rooms(rooms, modules)},
        "docs/commands.md": {"commands": docs.commands(makefile), "analysis": docs.commands_of("analysis", commands)},
        "docs/figures.md": {"figures": docs.figure_catalogue(figures)},
        "docs/tables.md": {"tables": docs.catalogue(tables_of("core_", "out_"))},
    }
    documents = {name: docs.replace_blocks(store.read_text(root / name), one, name) for name, one in blocks.items()}
    with speaking(ENGLISH):
        documents["docs/how-to/add-a-source.md"] = docs.instructions(translated(guides.text(guides.ADD_A_SOURCE)))
    documents[api.WHERE] = api.page([one for one, _ in figures_shown(root)], section_functions())
    return {"environment.yml": docs.environment(project, lock), **documents}
