"""The editions of the official lists on the downloads page, from out_editions and the sources alone (pure)."""

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from typing import Any, Final

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.i18n.periods import at, since, when
from analysis.publication.site.download_entries import of_source, table_link
from analysis.publication.site.html import facts, plain, raw
from analysis.registry.phases.wording import KIND_NOUNS
from analysis.reports.origin_marks import ORIGIN, counted
from analysis.sources.provenance import Source
from analysis.tables.codes import KINDS

TABLE: Final = "out_editions"
SHOWN: Final = (TABLE, "core_memberships", "out_edition_change")  # published tables of the editions
LEAD = N_(
    "Les listes officielles ont changé. Chaque édition vaut jusqu’à la suivante de sa phase ; cartes et fiches "
    "montrent la dernière de chaque phase."
)
COMMUNE = KIND_NOUNS["commune"]


def entries(out_editions: pl.DataFrame, sources: Mapping[str, Source]) -> list[str]:
    """An entry an edition, as Markdown; its anchor is `edition-<id>`."""
    ordered = out_editions.sort("valid_from").iter_rows(named=True)
    return [typography.spaced(tr(LEAD)), *(part for row in ordered for part in _entry(row, sources))]


def _entry(row: Mapping[str, Any], sources: Mapping[str, Source]) -> tuple[str, str, str]:
    title = typography.capitalised(typography.spaced(tr(row["title"])))
    told = facts(_facts(row, sources[row["source"]]))
    entry = f'<div class="download" {ORIGIN}="{TABLE}">\n{told}\n</div>'
    return raw(f'<span id="edition-{escape(row["id"])}"></span>'), f"### {plain(title)}", raw(entry)


def _facts(row: Mapping[str, Any], source: Source) -> Iterator[tuple[str, str]]:
    yield tr("Phase"), escape(typography.spaced(typography.phase_name(row["phase"])))
    yield tr("Vaut"), escape(_span(row))
    yield tr("Se lit depuis"), escape(when(row["known_from"]))
    yield tr("Codes"), escape(tr("COG {year}").format(year=row["cog"]))
    yield tr("Compte"), _counts(row)
    if row["lost_communes"]:
        yield tr("Communes sans suite au COG 2024"), escape(", ".join(row["lost_communes"]))
    yield from of_source(source)
    yield tr("Télécharger"), " · ".join(map(table_link, SHOWN))


def _span(row: Mapping[str, Any]) -> str:
    if row["valid_to"]:
        return at(f"{row['as_of']}/{row['valid_to']}")
    return tr("{since}, sans édition suivante").format(since=since(row["as_of"]))


def _counts(row: Mapping[str, Any]) -> str:
    """Territories, members by kind where the list names them, communes of its day, inhabitants; each marked."""
    mark = partial(counted, table=TABLE, id=row["id"])
    nouns = {"territory_count": (N_("territoire"), N_("territoires"))}
    nouns |= {f"{kind}_member_count": KIND_NOUNS[kind] for kind in KINDS}
    parts = [mark(typography.counted(row[name], *words), column=name) for name, words in nouns.items() if row[name]]
    listed = mark(typography.counted(row["listed_commune_count"], *COMMUNE), column="listed_commune_count")
    people = mark(typography.counted(row["population_2022"], "habitant"), column="population_2022")
    return typography.spaced(tr("{parts} ; {communes} à ce COG, {people} (population 2022)").format(
        parts=", ".join(parts), communes=listed, people=people))  # fmt: skip
