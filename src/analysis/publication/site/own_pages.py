"""The site's own pages, which are no notebooks, as Markdown, made from what the pipeline built."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from analysis.errors import SiteError
from analysis.io import store, yaml_files
from analysis.io.paths import FIGURES, NOTES, RAW
from analysis.publication.site import (
    communes,
    figures_page,
    guides,
    map_page,
    method_numbers,
    read_files,
    script_texts,
    search_box,
    tables_page,
)
from analysis.publication.site import downloads as site_downloads
from analysis.publication.site import front_page as site_pages
from analysis.publication.site import indexes as site_indexes
from analysis.publication.site import reading_notes as site_notes
from analysis.publication.site.download_files import PublishedFigure
from analysis.publication.site.figures_page import Figure
from analysis.publication.site.marks import CLAIMS_PAGE, TABLES_PAGE
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.places import Places
from analysis.publication.site.read_files import REBUILD, published_files
from analysis.publication.site.read_inputs import with_uses
from analysis.publication.site.tables_page import Origins
from analysis.registry import official_lists
from analysis.reports.library import Library
from analysis.sources import corrections, provenance
from analysis.sources.notes import load_notes

# Figures of the first page, in order.
CARDS = ("label_timeline", "national_map", "envelopes")


def own_pages(
    root: Path, pages: Sequence[SitePage], known: Places, made_by: Origins, found: Sequence[Figure]
) -> dict[str, str]:
    """Markdown of the pages that are no notebooks, by name."""
    read = provenance.load_sources(root / RAW / "sources.yaml")
    notes = load_notes(root / NOTES, read)
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    claims, coverage = store.read_table("core_claims", root), store.read_table("out_region_coverage", root)
    files = published_files(root, pages)
    return {
        "index": site_pages.index(
            _tables(root, script_texts.NEEDED),
            national(pages, known),
            cards(pages, files.figures),
            read,
            entrance(root),
        ),
        site_indexes.REGIONS: site_indexes.regions(coverage, known),
        site_indexes.TERRITORIES: site_indexes.territories(known),
        "donnees": site_downloads.downloads(
            files, known, read_files.declared(root), store.read_table("out_editions", root)
        ),
        "sources": site_notes.sources(read, claims, [one.source_id for one in notes], fixes),
        "notes": site_notes.notes(notes, read, claims),
        CLAIMS_PAGE: figures_page.page(found),
        TABLES_PAGE: tables_page.page(with_uses(made_by, pages, known, files)),
        site_indexes.FILES_PAGE: site_downloads.report_files(files, known),
        **guides.guides(method_numbers.values(_counted(root))),
    }


def entrance(root: Path) -> site_pages.Entrance:
    """The search box and the atlas of the first page."""
    count = communes.counted(store.read_table("core_communes", root))
    return site_pages.Entrance(search_box.search_box(count=count), map_page.ADDRESS)


def _counted(root: Path) -> method_numbers.Tables:
    """What the method counts in."""
    raw = {name: store.read_raw(name, root) for name in method_numbers.COMMUNE_TABLES}
    then = official_lists.commune_count_at_edition(raw, 1, method_numbers.EDITION)
    return method_numbers.Tables(_tables(root, method_numbers.NEEDED), Library(root).judged, then)


def _tables(root: Path, names: Iterable[str]) -> dict[str, pl.DataFrame]:
    return {name: store.read_table(name, root) for name in names}


def national(pages: Sequence[SitePage], known: Places) -> list[SitePage]:
    """The pages that are no place's report."""
    return [one for one in pages if one.stem not in known.by_stem]


def cards(pages: Sequence[SitePage], figures: Sequence[PublishedFigure]) -> list[tuple[SitePage, PublishedFigure]]:
    """The figures of the first page, each with the page that shows it."""
    by_name = {one.name: one for one in figures}
    found = [(one, by_name[name]) for name in CARDS for one in pages if name in one.pictures and name in by_name]
    if len(found) != len(CARDS):
        shown = ", ".join(figure.name for _, figure in found) or "none"
        what = f"of the figures {', '.join(CARDS)}, only {shown} stand(s) in a notebook and in {FIGURES}."
        raise SiteError(what, where="index", repair=REBUILD)
    return found
