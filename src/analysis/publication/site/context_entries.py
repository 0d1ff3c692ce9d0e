"""The context layers on the downloads page, each from its declaration alone: dictionary, coverage, limits (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.publication.downloads.context_files import BY_UNIT
from analysis.publication.site.download_entries import label, of_source
from analysis.publication.site.html import facts, file_link, plain, raw, scrollable
from analysis.reports.origin_marks import ORIGIN, counted
from analysis.reports.reader import head_row, html_table
from analysis.reports.sections.words import UNITS
from analysis.sources.context import INHABITANTS, Column, Layer
from analysis.sources.provenance import Source
from analysis.tables.codes import ALL_GROUND, FRANCE

TABLE: Final = "out_context"
HEADINGS = (N_("Colonne"), N_("Contenu"), N_("Nature"), N_("Unité"), N_("Années"), N_("Dit d’un territoire"))
KINDS: Mapping[str, str] = {
    "count": N_("nombre"), "share": N_("part"), "flag": N_("oui ou non"), "class": N_("classe"), "date": N_("date"),
}  # fmt: skip
RULES: Mapping[str, str] = {
    "sum": N_("la somme"),
    "weighted": N_("la moyenne, pondérée par : {weight}"),
    "any": N_("la part des habitants concernés"),
    "none": N_("rien : la valeur ne s’additionne pas, elle est dite unité par unité"),
}
LEAD = N_(
    "Ces données ne viennent pas du programme. Chaque couche est un fichier et quelques lignes qui la déclarent ; "
    "d’elles seules viennent les colonnes ci-dessous, les lignes des fiches de territoire et celles des régions."
)


@dataclass(frozen=True, slots=True)
class Declared:
    """Context layers by id, rows of out_context, the sources; by a layer's id how many `units` it has, and its files
    (paths and sizes).
    """

    layers: Mapping[str, Layer]
    values: pl.DataFrame
    sources: Mapping[str, Source]
    units: Mapping[str, int]
    files: Mapping[str, Mapping[str, int]]


def entries(declared: Declared) -> list[str]:
    """An entry a layer, as Markdown; its anchor is `couche-<id>`."""
    return [typography.spaced(tr(LEAD)), *(part for name in declared.layers for part in _entry(name, declared))]


def _entry(name: str, declared: Declared) -> tuple[str, str, str]:
    layer = declared.layers[name]
    title = typography.shown(tr(layer.title))
    caption = typography.spaced(tr("Colonnes de la couche : {title}").format(title=title))
    rows = [row for column, one in layer.columns.items() for row in _rows(column, one, layer)]
    columns = scrollable(html_table(caption, head_row(map(tr, HEADINGS)), rows))
    dictionary = f'<details class="columns"><summary>{tr("Colonnes")}</summary>\n{columns}\n</details>'
    entry = f'<div class="download" {ORIGIN}="{TABLE}">\n{facts(_facts(name, declared))}\n{dictionary}\n</div>'
    return raw(f'<span id="couche-{escape(name)}"></span>'), f"### {plain(title)}", raw(entry)


def _facts(name: str, declared: Declared) -> Iterator[tuple[str, str]]:
    layer = declared.layers[name]
    first, last = layer.editions
    cog = str(first) if first == last else typography.years(first, last)
    count = typography.counted(declared.units.get(name, 0), *UNITS[layer.level])
    units = counted(count, "core_context", "code", layer=name)
    yield tr("Unités"), tr("{units}, aux codes du COG {cog}").format(units=units, cog=cog)
    yield tr("Couverture"), _coverage(name, layer, declared.values)
    yield tr("Limites"), escape(typography.spaced(tr(layer.limits)))
    yield from of_source(declared.sources[layer.source])
    yield tr("Télécharger"), _files(declared.files.get(name, {}))


def _coverage(name: str, layer: Layer, values: pl.DataFrame) -> str:
    """The share of France's inhabitants that the layer says something of, in its last year; what absence means."""
    if layer.complete:
        return tr("complète : ce qu’elle ne nomme pas n’y est pas")
    rows = values.filter(pl.col("coverage_pct").is_not_null(), phase=ALL_GROUND, code=FRANCE, layer=name).sort("year")
    if rows.is_empty():
        return tr("incomplète : ce qui manque est inconnu, jamais zéro")
    last = rows.row(-1, named=True)
    key = {one: last[one] for one in ("phase", "level", "code", "layer", "year")}
    share = counted(typography.percent(last["coverage_pct"]), TABLE, "coverage_pct", **key)
    return tr("{share} des habitants de France en {year} ; ce qui manque est inconnu, jamais zéro").format(
        share=share, year=last["year"]
    )


def _files(files: Mapping[str, int]) -> str:
    """The layer's own files: added up, then unit by unit."""
    by_unit = tr("{format}, unité par unité")
    links = []
    for path, size in files.items():
        told = label(path)
        told = by_unit.format(format=told) if path.partition(".")[0].endswith(BY_UNIT) else told
        links.append(file_link("tables", path, size, told))
    return " · ".join(links)


# --- its columns -------------------------------------------------------------------------------------------


def _rows(name: str, one: Column, layer: Layer) -> Iterator[str]:
    """The row of a column, then one for each change that it declares."""
    years = typography.years(one.every_year[0], one.every_year[-1]) if one.years else str(one.year)
    title = typography.shown(tr(one.title))
    yield _row([f"<code>{escape(name)}</code>", escape(title), tr(KINDS[one.kind]), _unit(one), years,
                escape(typography.spaced(_rule(one, layer)))])  # fmt: skip
    for first, last in one.changes:
        changed = tr("{title}, évolution").format(title=title)
        span = typography.years(first, last)
        yield _row(["", escape(changed), tr("évolution"), "%", span, tr("celle de la somme")])


def _row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _unit(one: Column) -> str:
    if one.kind == "count":
        return escape(typography.unit(str(one.unit)))
    return escape(typography.spaced(tr("% de : {whole}").format(whole=tr(str(one.of))))) if one.kind == "share" else ""


def _rule(one: Column, layer: Layer) -> str:
    weight = one.weighted_by
    named = tr("habitants") if weight in (None, INHABITANTS) else tr(layer.columns[str(weight)].title)
    return tr(RULES[one.adds_up]).format(weight=named)
