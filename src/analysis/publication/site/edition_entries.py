"""The editions of the official lists on the downloads page, from out_editions and the sources alone (pure)."""

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from typing import Any, Final

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, N_, tr
from analysis.i18n.periods import at, when
from analysis.publication.site.html import plain, raw
from analysis.registry.phases.wording import KIND_NOUNS
from analysis.reports.origin_marks import ORIGIN, counted
from analysis.sources.provenance import Source
from analysis.tables import TABLES, published_names
from analysis.tables.codes import KINDS

TABLE: Final = "out_editions"
TABLES_OF: Final = ("core_memberships", "core_edition_members", "core_edition_territories", "out_edition_change")
LEAD = N_(
    "Les listes officielles ont changé. Chaque édition vaut jusqu’à la suivante de sa phase ; cartes et fiches montrent "
    "la dernière de chaque phase."
)
COMMUNE = KIND_NOUNS["commune"]


def entries(out_editions: pl.DataFrame, sources: Mapping[str, Source]) -> list[str]:
    """An entry an edition, as Markdown; its anchor is `edition-<id>`."""
    ordered = out_editions.sort("valid_from").iter_rows(named=True)
    return [typography.spaced(tr(LEAD)), *(part for row in ordered for part in _entry(row, sources))]


def _entry(row: Mapping[str, Any], sources: Mapping[str, Source]) -> tuple[str, str, str]:
    title = typography.capitalised(typography.spaced(tr(row["title"])))
    facts = "\n".join(
        f"<dt>{tr(what)}</dt><dd>{said}</dd>" for what, said in _facts(row, sources[row["source"]]) if said
    )
    entry = f'<div class="download" {ORIGIN}="{TABLE}">\n<dl class="facts">\n{facts}\n</dl>\n</div>'
    return raw(f'<span id="edition-{escape(row["id"])}"></span>'), f"### {plain(title)}", raw(entry)


def _facts(row: Mapping[str, Any], source: Source) -> Iterator[tuple[str, str]]:
    yield N_("Phase"), escape(typography.spaced(typography.phase_name(row["phase"])))
    yield N_("Vaut"), escape(_span(row))
    yield N_("Se lit depuis"), escape(when(row["known_from"]))
    yield N_("Codes"), escape(tr("COG {year}").format(year=row["cog"]))
    yield N_("Compte"), _counts(row)
    if row["lost_communes"]:
        yield N_("Communes que le COG 2024 ne retrouve pas"), escape(", ".join(row["lost_communes"]))
    named = f'<span lang="{FRENCH}">{escape(f"{source.producer}, {source.title}")}</span>'
    yield N_("Source"), f'<a href="sources.html#source-{escape(source.id)}">{named}</a>'
    yield N_("Licence"), f'<span lang="{FRENCH}">{escape(source.licence.name)}</span>'
    yield N_("Télécharger"), " · ".join(_to_table(name) for name in (TABLE, *TABLES_OF) if name in published_names())


def _span(row: Mapping[str, Any]) -> str:
    if row["valid_to"]:
        return at(f"{row['valid_from']}/{row['valid_to']}")
    return tr("à partir du {day}, sans édition suivante").format(day=typography.date(row["valid_from"]))


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


def _to_table(name: str) -> str:
    return f'<a href="#{name}">{escape(tr(TABLES[name].title))}</a>'
