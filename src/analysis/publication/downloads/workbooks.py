"""Workbooks for readers: the sheets of a région, and tables as typed XLSX sheets with headings in words (pure)."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from analysis import ledger
from analysis.charts.register import GEOGRAPHY, LISTS
from analysis.i18n.language import N_
from analysis.indicators import employment_groups, industry_share
from analysis.publication.downloads.xlsx import Sheet
from analysis.registry.published_layers import with_territory_names
from analysis.sources.context import Layer, series
from analysis.sources.provenance import Source, with_updates
from analysis.tables import TABLES
from analysis.tables.codes import FRANCE, PHASES
from analysis.tables.fields import phase_fields, territory_name_of
from analysis.tables.schema import DELIMITER, Field

# Tables that a région's workbook is made of, and those that it takes when the pipeline has them.
NEEDED = (
    "core_claims", "core_communes", "core_members", "core_territories", "out_ledger", "out_region_coverage",
    "out_territories",
)  # fmt: skip
OPTIONAL = ("out_phase_change", "out_phase1_fate", "out_member_change", "out_region_change")
COG = "insee-cog-2024"
EDITIONS = TABLES["edition_territories"].sources
# Sources behind a sheet or a table, beside those that its rows name and that of LAYER_COLUMNS.
SOURCES: Mapping[str, tuple[str, ...]] = {
    "territories": GEOGRAPHY,
    "members": (*LISTS, COG),
    "communes": (*LISTS, COG, "insee-dgcl-ept"),
    "coverage": GEOGRAPHY,
    "ledger": (),
    "core_claims": (),
    "core_communes": (*LISTS, COG, "insee-dgcl-ept"),
    "core_memberships": (*EDITIONS, COG),
    "core_enumerations": (),
    "out_envelopes": (),
    "out_hundred_millions": (),
    "out_plan": (),
    "out_territories": GEOGRAPHY,
    "out_region_coverage": GEOGRAPHY,
    "out_label_timeline": EDITIONS,
    "out_edition_change": (*EDITIONS, COG),
}
OTHERWISE = (*LISTS, COG)
# Tables made of one column of a context layer, whose source is theirs too.
LAYER_COLUMNS = {one.TABLE.name: one.COLUMN for one in (employment_groups, industry_share)}
ADDED: Mapping[str, Field] = {
    "territory_name": Field("territory_name", N_("Nom du territoire")),
    **{one.name: one for one in phase_fields(territory_name_of)},
    "verdict_label": Field("verdict_label", N_("Verdict en français")),
    "sentence": Field("sentence", N_("Phrase de la note")),
}
SOURCE_FIELDS = (
    Field("id", N_("Identifiant")),
    Field("producer", N_("Producteur")),
    Field("title", N_("Titre")),
    Field("url", N_("Adresse"), required=False),
    Field("published", N_("Date de publication"), required=False),
    Field("licence", N_("Licence")),
)


# --- sheets ------------------------------------------------------------------------------------------------


def national_sheets(tables: Mapping[str, pl.DataFrame], layers: Mapping[str, Layer]) -> list[Sheet]:
    """One sheet a table, in the order given; `layers` are the context layers."""
    columns = {one.name: layers[one.layer].source for one in series(layers)}
    found = {name: (columns[column],) for name, column in LAYER_COLUMNS.items() if column in columns}
    return [_sheet(name, name, frame, found.get(name, ())) for name, frame in tables.items()]


def region_sheets(region_code: str, tables: Mapping[str, pl.DataFrame]) -> list[Sheet]:
    """The sheets of a région: its rows of the tables NEEDED, and of those OPTIONAL that `tables` holds.

    An unknown region gives sheets without rows.
    """
    here = tables["core_territories"].filter(region_code=region_code).sort("phase", "territory_id")
    own = here.select("phase", "territory_id", territory_name="name")
    name = _region_name(region_code, tables["out_region_coverage"])
    ids = {phase: here.filter(phase=phase)["territory_id"].to_list() for phase in PHASES}
    changes = [
        _sheet(table.removeprefix("out_"), table, tables[table].filter(_about(tables[table], region_code, ids)))
        for table in OPTIONAL
        if table in tables
    ]
    coverage = tables["out_region_coverage"].filter(pl.col("region_code").is_in([region_code, FRANCE]))
    return [
        _sheet("territories", "out_territories", _territories(own, tables["out_territories"])),
        _sheet("members", "core_members", _members(own, tables["core_members"])),
        _sheet("communes", "core_communes", communes(region_code, tables["core_communes"], tables["core_territories"])),
        _sheet("coverage", "out_region_coverage", coverage.sort("phase", "region_code")),
        _sheet("ledger", "out_ledger", judged(name, here, tables["out_ledger"], tables["core_claims"])),
        *changes,
    ]


def _region_name(region_code: str, coverage: pl.DataFrame) -> str:
    found = coverage.filter(region_code=region_code)
    return str(found.item(0, "region_name")) if found.height else ""


def _territories(own: pl.DataFrame, territories: pl.DataFrame) -> pl.DataFrame:
    keys = own.select("phase", "territory_id")
    return territories.join(keys, on=keys.columns, how="semi").sort(keys.columns)


def _members(own: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    named = members.join(own, on=["phase", "territory_id"], validate="m:1")
    return named.sort("phase", "territory_id", "member_code")


def communes(region_code: str, every: pl.DataFrame, territories: pl.DataFrame) -> pl.DataFrame:
    """The communes of a région with the territory of each in both phases, by id and by name (empty: none)."""
    return with_territory_names(every.filter(region_code=region_code), territories).sort("commune_code")


def judged(region_name: str, here: pl.DataFrame, verdicts: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Verdicts on figures about the région or one of its territories `here` (phase, name), with their sentence.

    A figure that names its phase is about the territory of that phase; one that names none, about both.
    """
    names = {phase: here.filter(phase=phase)["name"].to_list() for phase in PHASES}
    place, phase = pl.col("place"), pl.col("phase")
    anywhere = phase.is_null() & place.is_in(sorted({one for listed in names.values() for one in listed}))
    in_phase = [(phase == one) & place.is_in(names[one]) for one in names]
    rows = verdicts.filter(pl.any_horizontal(place == region_name, anywhere, *in_phase))
    sentences = claims.select("claim_id", "sentence")
    label = pl.col("verdict").replace_strict(ledger.VERDICTS, return_dtype=pl.String)
    return (
        rows.with_columns(verdict_label=label)
        .join(sentences, on="claim_id", how="left", validate="1:1")
        .sort("claim_id")
    )


def _about(frame: pl.DataFrame, region_code: str, ids: Mapping[int, Sequence[str]]) -> pl.Expr:
    """Rows of the région and of France, or those that name a territory of the région as theirs in either phase.

    Lists of the other phase's territories do not count: a row about another région's territory may name one of here.
    """
    if "region_code" in frame.columns:
        return pl.col("region_code").is_in([region_code, FRANCE])
    sides = [pl.col(f"phase{one}_id").is_in(ids[one]) for one in ids if f"phase{one}_id" in frame.columns]
    return pl.any_horizontal(*sides).fill_null(False)


# --- content -----------------------------------------------------------------------------------------------


def _sheet(name: str, table: str, frame: pl.DataFrame, of_layer: tuple[str, ...] = ()) -> Sheet:
    """A table as a sheet; `of_layer` is the source of the context layer that it is made of, if it is."""
    flat = flattened(frame)
    known = {one.name: one for one in TABLES[table].fields} if table in TABLES else {}
    fields = tuple(known.get(column) or ADDED.get(column) or _unknown(flat, column) for column in flat.columns)
    named = [one for column in _naming(table, flat) for one in flat[column].drop_nulls().unique().sort()]
    listed = dict.fromkeys((*SOURCES.get(name, OTHERWISE), *of_layer, *named))
    title, key = (TABLES[table].title, TABLES[table].key) if table in TABLES else (name, ())
    return Sheet(name, title, flat, fields, tuple(listed), key)


def _naming(table: str, frame: pl.DataFrame) -> list[str]:
    """Columns whose values are ids of sources: source_id, and those that refer to the sources."""
    references = TABLES[table].references if table in TABLES else ()
    found = {column for one in references if one.table == "sources" for column in one.columns} | {"source_id"}
    return [column for column in frame.columns if column in found]


def _unknown(frame: pl.DataFrame, column: str) -> Field:
    kinds = {True: "integer", False: "number"}
    dtype = frame.schema[column]
    return Field(column, column, kinds[dtype.is_integer()] if dtype.is_numeric() else "string", required=False)


def flattened(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as text files and workbooks hold it: each list in one cell, its items parted by DELIMITER."""
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    return frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join(DELIMITER) for name in lists)


def sources_sheet(sheets: Iterable[Sheet], known: Mapping[str, Source]) -> Sheet:
    """The sources of these sheets and no other, in the order of `known`."""
    used = set(with_updates((one for sheet in sheets for one in sheet.sources), known))
    names = [one.name for one in SOURCE_FIELDS]
    rows = [
        one.model_dump(include=set(names)) | {"licence": one.licence.name} for one in known.values() if one.id in used
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))
    return Sheet("sources", N_("Sources de ce classeur"), frame, SOURCE_FIELDS, key=("id",))
