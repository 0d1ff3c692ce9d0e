"""The gallery and the generated documents."""

from pathlib import Path

import nbformat

from analysis.charts.catalogue import charts, figure_named
from analysis.charts.register import Chart
from analysis.io import store
from analysis.io.paths import NOTEBOOKS
from analysis.io.swapping import replaced_folder
from analysis.publication.site.making import code_of
from analysis.publication.site.usage import section_functions, shown_in
from analysis.reports.atlas import Atlas
from analysis.tables import tables_of
from analysis.upkeep import api, docs

GALLERY = Path("docs/gallery")
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


def write_docs(root: Path) -> None:
    """Rewrite environment.yml, docs/api.md and the generated blocks of README.md."""
    with store.batch() as files:
        for name, text in generated_docs(root).items():
            files.add_text(root / name, text)


def figures_shown(root: Path) -> list[tuple[Chart, str]]:
    """Every chart with the notebook that shows it first, in the order in which they are shown."""
    known, found = charts(), dict[str, str]()
    for path in sorted((root / NOTEBOOKS).glob("*.ipynb")):
        for name in shown_in(code_of(nbformat.read(path, as_version=4))):
            if name in known:
                found.setdefault(name, path.stem)
    return [(known[name], notebook) for name, notebook in found.items()]


def generated_docs(root: Path) -> dict[str, str]:
    """What environment.yml, docs/api.md and README.md should hold, by file name."""
    texts = {
        name: store.read_text(root / name) for name in ("pyproject.toml", "requirements.lock", "Makefile", "README.md")
    }
    atlas = Atlas(root)
    figures = [(one.entry, notebook, atlas.sources_of(one)) for one, notebook in figures_shown(root)]
    blocks = {
        "commands": docs.commands(texts["Makefile"]),
        "tree": docs.tree(),
        "figures": docs.figure_catalogue(figures),
        "tables": docs.catalogue(tables_of("core_", "out_")),
    }
    return {
        "environment.yml": docs.environment(texts["pyproject.toml"], texts["requirements.lock"]),
        "README.md": docs.replace_blocks(texts["README.md"], blocks),
        api.WHERE: api.page([one for one, _ in figures_shown(root)], section_functions()),
    }
