"""What stands around the programme: industry, employees, other programmes; described, never as an effect (pure)."""

import polars as pl

from analysis.charts.employment_groups import NAMES
from analysis.charts.programme_overlap import other_lists
from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.reports import reader
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import translated, whole

SHOWN = 10  # rows of the communes in most lists


def employment_table(out_employment_groups: pl.DataFrame) -> ReaderTable:
    """The groups of communes in the newest year: communes, those with a number, employees, change before and after."""
    year = out_employment_groups["year"].max()
    columns = (
        Column("name", tr("Communes")),
        Column("commune_count", tr("Nombre"), whole),
        Column("known_commune_count", tr("dont nombre de salariés publié"), whole),
        Column("employees", tr("Salariés du privé en {year}").format(year=year), whole),
        Column("change_2014_2018_pct", tr("de 2014 à 2018"), typography.signed),
        Column("change_2018_2023_pct", tr("de 2018 à 2023"), typography.signed),
    )
    order = {name: rank for rank, name in enumerate(NAMES)}
    rows = out_employment_groups.filter(year=year).sort(pl.col("status").replace_strict(order))
    named = rows.with_columns(name=translated("status", NAMES))
    caption = tr("Salariés du secteur privé par groupe de communes, avant et après l’annonce du programme")
    return reader.table(named, caption, columns, origin=["out_employment_groups"])


def programme_count_table(
    out_programme_overlap: pl.DataFrame, core_context: pl.DataFrame, core_communes: pl.DataFrame
) -> ReaderTable:
    """Communes of phase two by how many of the other lists they are in."""
    listed = core_context.filter(pl.col("column").is_in(list(other_lists(out_programme_overlap))), pl.col("value") > 0)
    counts = listed.group_by(commune_code="code").agg(lists=pl.col("column").n_unique().cast(pl.Int64))
    inside = core_communes.drop_nulls("territory_2").join(counts, on="commune_code", how="left")
    rows = (
        inside.group_by(pl.col("lists").fill_null(0))
        .agg(commune_count=pl.len(), population_2022=pl.col("population_2022").sum())
        .sort("lists", descending=True)
        .with_columns(share=100 * pl.col("population_2022") / pl.col("population_2022").sum())
    )
    columns = (
        Column("lists", tr("Listes où est la commune"), whole),
        Column("commune_count", tr("Communes"), whole),
        Column("population_2022", tr("Population 2022"), whole),
        Column("share", tr("Part de la population de la phase 2"), typography.percent),
    )
    caption = tr("Communes de la phase 2, selon le nombre d’autres listes où elles sont")
    return reader.table(rows, caption, columns, origin=["core_context", "core_communes"])


def most_listed_table(
    out_programme_overlap: pl.DataFrame, core_context: pl.DataFrame, core_communes: pl.DataFrame
) -> ReaderTable:
    """The largest communes of phase two that are in most lists, with the lists."""
    lists = {code: tr(title) for code, title in other_lists(out_programme_overlap).items()}
    listed = core_context.filter(pl.col("column").is_in(list(lists)), pl.col("value") > 0)
    named = listed.with_columns(list=pl.col("column").replace_strict(lists, return_dtype=pl.String))
    counts = named.sort("list").group_by(commune_code="code").agg(count=pl.len(), lists=pl.col("list").str.join(", "))
    inside = core_communes.drop_nulls("territory_2").join(counts, on="commune_code")
    rows = inside.filter(pl.col("count") == pl.col("count").max()).sort("population_2022", descending=True).head(SHOWN)
    columns = (
        Column("name", tr("Commune")),
        Column("population_2022", tr("Population 2022"), whole),
        Column("lists", tr("Listes")),
    )
    caption = tr("Les plus peuplées des communes de la phase 2 qui sont dans le plus de listes")
    return reader.table(rows, caption, columns, origin=["core_context", "core_communes"])
