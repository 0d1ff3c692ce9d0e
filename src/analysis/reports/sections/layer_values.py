"""What the context layers tell of a territory, of its members, and of a region's territories (pure)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, alphabetical, tr
from analysis.i18n.measures import CHANGED, COUNT, written
from analysis.registry.contracts import region_name
from analysis.reports import reader
from analysis.reports.origin_marks import counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import MEMBER, UNITS, with_noun
from analysis.tables.codes import ALL_GROUND, COUNTRY, FRANCE

UNPUBLISHED = N_("non publié")
ORIGIN = ("out_context",)


def layers_table(
    layer_values: pl.DataFrame, core_territories: pl.DataFrame, phase: int, territory_id: str
) -> ReaderTable:
    """What each layer says of a territory, its rank, and the same of its whole region and of France."""
    place = core_territories.filter(phase=phase, territory_id=territory_id).row(0, named=True)
    beside = {"region": place["region_code"], "country": FRANCE}
    own = layer_values.filter(phase=phase, level="territory", code=territory_id).sort("place")
    wide = {level: _by_column(layer_values, level, code) for level, code in beside.items()}
    rows = [_row(row) | {name: wide[name].get(row["column"]) for name in wide} for row in own.iter_rows(named=True)]
    columns = [
        Column("title", tr("Mesure")),
        Column("year", tr("Année")),
        Column("value", tr("Territoire"), str, absent=tr(UNPUBLISHED)),
        Column("unit", tr("Unité")),
        Column("rank", tr("Rang dans la phase"), str, absent="–"),
        Column("region", typography.typographic(place["region_name"]), str, absent=tr(UNPUBLISHED)),
        Column("country", COUNTRY, str, absent=tr(UNPUBLISHED)),
    ]
    if any(row["coverage"] for row in rows):
        columns.append(Column("coverage", tr("Habitants des communes qui ont une valeur"), str))
    schema = dict.fromkeys((one.name for one in columns), pl.String)
    caption = tr("Le territoire dans les couches de contexte ; sa région entière et la France, arrondies")
    caption = typography.spaced(caption)
    return reader.table(pl.DataFrame(rows, schema), caption, columns, tr("Aucune couche."), ORIGIN)


def _by_column(layer_values: pl.DataFrame, level: str, code: str) -> dict[str, str | None]:
    """Written values of the whole of a region or of France, by column."""
    rows = layer_values.filter(phase=ALL_GROUND, level=level, code=code)
    return {row["column"]: _told(row) for row in rows.iter_rows(named=True)}


def _row(row: Mapping[str, Any]) -> dict[str, str | None]:
    covered = row["coverage_pct"]
    whole = covered is None or covered >= 100
    return {
        "title": heading(row),
        "year": years(row),
        "value": _told(row),
        "unit": _unit(row),
        "rank": _rank(row),
        "coverage": "" if whole else typography.percent(covered),
    }


def _told(row: Mapping[str, Any]) -> str | None:
    """A value of layer_values without its unit, but for per cents; None where it is not published."""
    return None if row["value"] is None else written(row["kind"], row["value"])


def heading(row: Mapping[str, Any]) -> str:
    """What a row of layer_values is about."""
    title = typography.shown(tr(row["title"]))
    return tr("{title}, évolution").format(title=title) if row["kind"] == CHANGED else title


def years(row: Mapping[str, Any]) -> str:
    """The year of a value, or the two of a change."""
    return typography.years(row["since"], row["until"]) if row["kind"] == CHANGED else str(row["until"])


def _unit(row: Mapping[str, Any]) -> str:
    if row["kind"] == COUNT:
        return typography.unit(row["unit"])
    if row["kind"] == CHANGED:
        return "%"
    if row["kind"] == "share":
        return typography.spaced(tr("% de : {whole}").format(whole=tr(row["of"])))
    told = typography.counted(row["unit_count"], *UNITS[row["unit_level"]])
    return typography.spaced(tr("% des habitants, {units}").format(units=told))


def _rank(row: Mapping[str, Any]) -> str | None:
    """`12e sur 183`; nothing where there is none, or where it is that of all that a list does not name."""
    if row["rank"] is None or (row["kind"] == "flag" and not row["value"]):
        return None
    text = tr("{rank} ex æquo sur {all}") if row["tied"] else tr("{rank} sur {all}")
    return text.format(rank=typography.ordinal(row["rank"]), all=typography.number(row["rank_of"]))


def member_layers_table(
    layer_values: pl.DataFrame, core_members: pl.DataFrame, phase: int, territory_id: str
) -> ReaderTable | str:
    """A row a member, with what is not added up to a territory; a sentence where no layer is so."""
    members = core_members.filter(phase=phase, territory_id=territory_id).sort(*alphabetical("member_name"))
    told = layer_values.filter(pl.col("code").is_in(members["member_code"].implode()), phase=phase, level="member")
    if told.is_empty():
        count = counted(typography.number(members.height), "core_members", "member_code", phase=phase,
                        territory_id=territory_id)  # fmt: skip
        none = tr("Aucune couche n’a de valeur propre à ses membres ({members}).")
        return none.format(members=with_noun(count, members.height, *MEMBER))
    units = members.filter(pl.col("member_code").is_in(told["code"].implode()))
    named = told.unique("column").sort("place").to_dicts()
    values = {(row["code"], row["column"]): _told(row) or tr(UNPUBLISHED) for row in told.iter_rows(named=True)}
    columns = [Column("member_name", tr("Membre"))]
    for one in named:
        cells = [values.get((code, one["column"])) for code in units["member_code"]]
        units = units.with_columns(pl.Series(one["column"], cells, pl.String))
        columns.append(Column(one["column"], _dated(one), str, absent=tr("sans objet")))
    caption = tr("Membre par membre, ce qui ne s’additionne pas")
    if units.height < members.height:
        rest = typography.counted(
            members.height - units.height, "autre membre n’en a pas", "autres membres n’en ont pas"
        )
        caption = typography.spaced(tr("{caption} ; {rest}").format(caption=caption, rest=rest))
    return reader.table(units, caption, columns, origin=[*ORIGIN, "core_members"])


def _dated(row: Mapping[str, Any]) -> str:
    return f"{heading(row)} ({years(row)})"


def region_layers_table(
    layer_values: pl.DataFrame,
    core_territories: pl.DataFrame,
    out_region_coverage: pl.DataFrame,
    region_code: str,
    phase: int,
) -> ReaderTable:
    """What the layers say of each territory of a region, of the whole region and of France."""
    own = core_territories.filter(phase=phase, region_code=region_code).sort(*alphabetical("name"))
    told = layer_values.filter(~pl.col("alone"))
    named = told.unique("column").sort("place").to_dicts()
    place = region_name(out_region_coverage, region_code)
    grounds = [(phase, code, name) for code, name in own.select("territory_id", "name").iter_rows()]
    grounds.append((ALL_GROUND, region_code, tr("{region}, région entière").format(region=place)))
    grounds.append((ALL_GROUND, FRANCE, COUNTRY))
    cells = {(row["phase"], row["code"], row["column"]): _told(row) for row in told.iter_rows(named=True)}
    rows = [
        {"name": name, **{one["column"]: cells.get((of, code, one["column"])) for one in named}}
        for of, code, name in grounds
    ]
    columns = [Column("name", tr("Territoire"))]
    columns += [Column(one["column"], _dated(one), str, absent=tr(UNPUBLISHED)) for one in named]
    caption = tr("{region} : les territoires de la {phase} dans les couches de contexte").format(
        region=place, phase=typography.phase_name(phase)
    )
    return reader.table(pl.DataFrame(rows), typography.spaced(caption), columns, origin=ORIGIN)
