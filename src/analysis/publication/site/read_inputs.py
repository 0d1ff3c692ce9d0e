"""What the site is made of: executed notebooks as pages, and the published figures, tables and workbooks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import nbformat

from analysis.errors import SiteError
from analysis.extraction import vocabulary
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, tr
from analysis.io import params, pipeline, store
from analysis.io.digests import file_digest
from analysis.io.paths import EXECUTED, LAYERS, NOTES, PROCESSED, RAW
from analysis.publication.site import reading_notes as site_notes
from analysis.publication.site.download_files import PublishedFiles
from analysis.publication.site.figures_page import Figure, figures
from analysis.publication.site.how_made import code_of, made
from analysis.publication.site.html import edition
from analysis.publication.site.indexes import INDEXES, index_of, placed
from analysis.publication.site.marks import Marks
from analysis.publication.site.notebooks import SitePage, page
from analysis.publication.site.places import Places, places
from analysis.publication.site.read_files import REBUILD, region_sizes, row_count
from analysis.publication.site.tables_page import Origins
from analysis.publication.site.tables_read import tables_used
from analysis.registry.phases import KIND_NOUNS, SIDE_WORDS, STATUS_WORDS
from analysis.reports import notebooks
from analysis.reports.library import Library
from analysis.reports.notebooks import parameters
from analysis.sources import context, provenance
from analysis.tables import tables_of
from analysis.tables.codes import FRANCE, PHASES

Recalled = Callable[[str, Callable[[], SitePage]], SitePage]


def read_places(root: Path) -> Places:
    """Régions and territories, with the stems of the reports that params.yaml asks for."""
    territories = store.read_table("core_territories", root)
    return places(territories, store.read_table("out_region_coverage", root), asked_for(root))


def asked_for(root: Path) -> list[notebooks.Job]:
    """The French reports that params.yaml asks for: those of every edition, but for its language."""
    reports = read_reports(root).model_copy(update={"languages": [FRENCH]})
    return notebooks.jobs(reports, store.read_table("core_territories", root), parameters.read(root))


def read_reports(root: Path) -> params.Reports:
    """Which reports params.yaml asks for, and in which languages."""
    return params.read(root).reports


def read_pages(
    root: Path, known: Places, origins: Origins | None = None, recall: Recalled = lambda _, make: make()
) -> list[SitePage]:
    """A page for every notebook that params.yaml asks for, in the order of their names.

    With `origins`, each says at its end how it was made. `recall` gives the page of a stem, made or known already.
    """
    noted = [path.stem for path in (root / NOTES).glob("*.md") if path.name != "README.md"]
    links = site_notes.links(store.read_table("core_claims", root), noted)
    jobs = {job.stem: job for job in asked_for(root)}

    def make(stem: str) -> SitePage:
        page = _page(root, stem, known, links)
        return made(page, jobs[stem], origins) if origins else page

    return [recall(stem, partial(make, stem)) for stem in sorted(jobs)]


def _page(root: Path, stem: str, known: Places, links: Mapping[str, str]) -> SitePage:
    place = known.by_stem.get(stem)
    made = page(stem, _executed(root, stem), place.title if place else "", links, known)
    return placed(made, place, known, region_sizes(root, place.region_code)) if place else made


def _executed(root: Path, stem: str) -> nbformat.NotebookNode:
    path = root / edition(EXECUTED) / f"{stem}.ipynb"
    text = store.read_text(path, path.relative_to(root), repair=REBUILD)
    try:
        notebook: nbformat.NotebookNode = nbformat.v4.reads(text)  # without the schema: MyST-NB checks it again
        if notebook["nbformat"] != 4 or not isinstance(notebook["cells"], list):
            raise ValueError("of another format")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SiteError("not a notebook.", where=path.relative_to(root), repair=REBUILD) from error
    return notebook


# --- where numbers come from -------------------------------------------------------------------------------


def read_origins(root: Path) -> Origins:
    """What the site knows of each processed table, but the files and pages that give it: see `with_uses`."""
    wheel = params.read(root).boundaries.wheel_version
    names = [one.name for one in tables_of("core_", "out_")]
    return Origins(
        stages=pipeline.read(root),
        digests={name: file_digest(root / PROCESSED / f"{name}.parquet") for name in names},
        rows={name: row_count(root, name) for name in names},
        sources=provenance.load_sources(root / RAW / "sources.yaml"),
        wheel=f"{store.WHEEL}-{wheel}",
        around=tuple(sorted({one.source for one in context.load(root / LAYERS).values()})),
    )


def with_uses(known: Origins, pages: Sequence[SitePage], of: Places, files: PublishedFiles) -> Origins:
    """The origins with the downloads of each table and the pages that read it; an index stands for its reports."""
    uses: dict[str, dict[str, str]] = {}
    for one in pages:
        place = of.by_stem.get(one.stem)
        stem, title = (index_of(place), tr(INDEXES[index_of(place)][0])) if place else (one.stem, one.title)
        for table in tables_used(code_of(one.notebook)):
            uses.setdefault(table, {})[f"{stem}.html"] = title
    return replace(known, files={one.table.name: one for one in files.tables}, uses=uses)


def read_figures(root: Path) -> list[Figure]:
    """Every published figure with its verdict, by concept in the order of the vocabulary."""
    library = Library(root)
    return figures(library.judged, library.table("core_claims"), library.sources, list(_rules(root).concepts))


def _rules(root: Path) -> vocabulary.Vocabulary:
    return vocabulary.parse(provenance.load_vocabulary(root / RAW / "vocabulary.yaml"))


def _named(source: provenance.Source) -> str:
    return f"{source.producer}, {typography.date(source.published)}" if source.published else source.producer


def read_marks(root: Path, known: Places, found: Sequence[Figure]) -> Marks:
    """What marks on numbers may name, with words for the codes in their keys."""
    words = {
        "region_code": {FRANCE: "France"} | {one.region_code: one.name for one in known.regions},
        "phase": {str(phase): typography.phase_name(phase) for phase in PHASES},
        "verdict": {one.verdict: one.verdict_label for one in found},
        "claim_id": {one.claim_id: tr("{title} : {place}").format(title=one.concept, place=one.said) for one in found},
        "source_id": {name: _named(one) for name, one in provenance.load_sources(root / RAW / "sources.yaml").items()},
        "member_kind": {name: tr(many) for name, (_, many) in KIND_NOUNS.items()},
        "role": {"hundred": tr("enveloppe de 100 M€"), "instead": tr("celle qui la remplace")},
        "concept": {name: tr(one.label) for name, one in _rules(root).concepts.items()},
        "status": {name: tr(one.many) for name, one in STATUS_WORDS.items()},
        "change": {name: tr(one.many) for name, one in SIDE_WORDS[2].items()},
        "fate": {name: tr(one.many) for name, one in SIDE_WORDS[1].items()},
    }
    return Marks({one.claim_id for one in found}, cache(partial(store.read_table, root=root)), words)
