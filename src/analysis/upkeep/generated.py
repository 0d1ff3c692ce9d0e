"""The gallery and the generated documents."""

from collections.abc import Callable, Mapping
from pathlib import Path

from analysis.charts.drawing.picture import Picture
from analysis.i18n.language import ENGLISH, speaking
from analysis.i18n.passages import translated
from analysis.io import store
from analysis.io.swapping import replaced_folder
from analysis.publication.site import guides
from analysis.reports.atlas import Atlas
from analysis.tables import tables_of
from analysis.upkeep import docs

GALLERY = Path("docs/gallery")
PACKAGE = Path("src/analysis")
# The three of the README.
SHOWN: Mapping[str, Callable[[Path], Picture]] = {
    "national_map": lambda root: Atlas(root).national_map(),
    "label_timeline": lambda root: Atlas(root).label_timeline(),
    "region_map_44_phase1": lambda root: Atlas.of_region("44", root).region_map("44", 1),
}
# Every figure and the notebook that shows it; what stands in <> differs from report to report.
FIGURES: Mapping[str, str] = {
    "label_timeline": "10_label_timeline",
    "national_map": "20_national_map",
    "coverage": "20_national_map",
    "region_balance": "20_national_map",
    "envelopes": "30_envelopes",
    "hundred_millions": "30_envelopes",
    "phase_flow": "40_phase_change",
    "phase_status_map": "40_phase_change",
    "region_change": "40_phase_change",
    "region_map_<region_code>_phase<phase>": "50_region",
    "region_flow_<region_code>": "50_region",
    "territory_map_phase<phase>_<territory_id>": "60_territory",
    "territory_change_phase<phase>_<territory_id>": "60_territory",
    "lille_map": "70_lille",
    "lille_plan": "70_lille",
    "verdicts": "80_fact_check",
    "contradictions": "80_fact_check",
}
GALLERY_DPI = 90


def write_gallery(root: Path) -> None:
    """Replace docs/gallery by the pictures of the README, with their alternative texts."""
    with replaced_folder(root / GALLERY) as gallery:
        for name, draw in SHOWN.items():
            picture = draw(root)
            (gallery / f"{name}.png").write_bytes(picture.png(GALLERY_DPI))
            (gallery / f"{name}.txt").write_text(picture.alt + "\n", encoding="utf-8")


def write_docs(root: Path) -> None:
    """Rewrite environment.yml and the generated blocks of the documents."""
    with store.batch() as files:
        for name, text in generated_docs(root).items():
            files.add_text(root / name, text)


def generated_docs(root: Path) -> dict[str, str]:
    """What environment.yml and the documents with generated blocks should hold, by file name."""
    read = ("pyproject.toml", "requirements.lock", "Makefile")
    project, lock, makefile = (store.read_text(root / name) for name in read)
    atlas = Atlas(root)
    figures = [(name, notebook, atlas.sources_of(name)) for name, notebook in FIGURES.items()]
    rooms = {name: store.read_text(root / PACKAGE / name / "__init__.py") for name in docs.ROOMS}
    modules = {name: [path.stem for path in sorted((root / PACKAGE / name).iterdir())] for name in docs.ROOMS}
    blocks = {
        "README.md": {"tree": docs.tree()},
        "CONTRIBUTING.md": {"rooms": docs.rooms(rooms, modules)},
        "docs/commands.md": {"commands": docs.commands(makefile)},
        "docs/figures.md": {"figures": docs.figure_catalogue(figures)},
        "docs/tables.md": {"tables": docs.catalogue(tables_of("core_", "out_"))},
    }
    documents = {name: docs.replace_blocks(store.read_text(root / name), one, name) for name, one in blocks.items()}
    with speaking(ENGLISH):
        documents["docs/how-to/add-a-source.md"] = docs.instructions(translated(guides.text(guides.ADD_A_SOURCE)))
    return {"environment.yml": docs.environment(project, lock), **documents}
