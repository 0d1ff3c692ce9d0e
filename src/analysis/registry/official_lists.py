"""The official lists as one consistent registry: territories, members, communes and who belongs where (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.errors import InvalidTableError, UnknownCodeError
from analysis.programme import REGION_DIGITS
from analysis.tables.codes import COG_YEAR, PHASES

REPAIR = "Correct data/raw/members.csv or add the missing passage to data/raw/cog_changes.csv, then run `dvc repro`."


def build(raw: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Tables core_territories, core_members and core_communes from the raw tables.

    Raises InvalidTableError or UnknownCodeError for a territory without members, an id that belies its region, a
    member code absent from the COG, or a commune claimed twice in one phase.
    """
    require_members(raw["territories"], raw["members"])
    require_region_in_id(raw["territories"])
    places = member_communes(raw)
    communes = commune_territories(raw, places)
    return {
        "core_territories": named_territories(raw),
        "core_members": named_members(raw, places),
        "core_communes": communes,
    }


def named_territories(raw: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """core_territories: each with the name of its region."""
    regions = raw["regions"].rename({"name": "region_name"})
    return raw["territories"].join(regions, on="region_code", validate="m:1", how="left")


def require_members(territories: pl.DataFrame, members: pl.DataFrame) -> None:
    """Raise InvalidTableError when a territory has no member."""
    empty = territories.join(members, on=["phase", "territory_id"], how="anti").sort("phase", "territory_id")
    if empty.height:
        first = empty.row(0, named=True)
        named = f"{first['territory_id']} of phase {first['phase']} ({first['name']})"
        what = f"{empty.height} territory(ies) without members, first {named}."
        raise InvalidTableError(what, where="data/raw/territories.csv", repair=REPAIR)


def require_region_in_id(territories: pl.DataFrame) -> None:
    """Raise InvalidTableError when the digits of a region in an id are not the code of its own."""
    wrong = territories.filter(pl.col("territory_id").str.slice(*REGION_DIGITS) != pl.col("region_code"))
    if wrong.height:
        first = wrong.row(0, named=True)
        what = f"{first['territory_id']} of phase {first['phase']} stands in region {first['region_code']}."
        raise InvalidTableError(what, where="data/raw/territories.csv", repair="Correct the id or the region.")


def member_communes(raw: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Columns member_code, commune_code: every commune that each possible member stands for.

    An EPCI stands for its communes, an EPT for its own, a commune for itself.
    """
    epci = raw["communes"].drop_nulls("epci_code").select(member_code="epci_code", commune_code="commune_code")
    ept = raw["ept_communes"].select(member_code="ept_code", commune_code="commune_code")
    alone = raw["commune_members"].select("member_code", "commune_code")
    return pl.concat([epci, ept, alone])


def commune_territories(raw: Mapping[str, pl.DataFrame], places: pl.DataFrame) -> pl.DataFrame:
    """core_communes: one row a commune, with its member and territory in each phase (null outside the programme)."""
    require_known_members(raw["members"], places)
    communes = raw["communes"].join(raw["ept_communes"], on="commune_code", how="left", validate="1:1")
    for phase in PHASES:
        of_phase = raw["members"].filter(pl.col("phase") == phase)
        found = places.join(of_phase, on="member_code", how="inner").select(
            "commune_code",
            pl.col("member_code").alias(f"member_{phase}"),
            pl.col("territory_id").alias(f"territory_{phase}"),
        )
        _require_one_territory(found, phase)
        communes = communes.join(found, on="commune_code", how="left", validate="1:1")
    return communes


def require_known_members(members: pl.DataFrame, places: pl.DataFrame) -> None:
    """Raise UnknownCodeError when a member's code stands for no commune of the COG."""
    unknown = members.join(places, on="member_code", how="anti").get_column("member_code").unique().sort()
    if len(unknown):
        what = f"{len(unknown)} code(s) absent from COG 2024: {', '.join(unknown.head(5))}."
        raise UnknownCodeError(what, where="data/raw/members.csv", repair=REPAIR)


def _require_one_territory(found: pl.DataFrame, phase: int) -> None:
    doubled = found.filter(pl.col("commune_code").is_duplicated()).sort("commune_code")
    if doubled.height:
        code = doubled.item(0, "commune_code")
        codes = doubled.filter(pl.col("commune_code") == code).get_column(f"member_{phase}").to_list()
        what = f"phase {phase}: commune {code} belongs to several members: {', '.join(codes)}."
        raise InvalidTableError(what, where="data/raw/members.csv", repair=REPAIR)


def named_members(raw: Mapping[str, pl.DataFrame], places: pl.DataFrame) -> pl.DataFrame:
    """core_members: each member's name at the COG, how many communes it has and their population."""
    names = pl.concat(
        [
            raw["intercommunalities"].select(member_code="intercommunality_code", member_name="name"),
            raw["commune_members"]
            .join(raw["communes"], on="commune_code", validate="1:1")
            .select("member_code", member_name="name"),
        ]
    )
    sizes = (
        places.join(raw["communes"], on="commune_code", validate="m:1")
        .group_by("member_code")
        .agg(commune_count=pl.len(), population_2022=pl.col("population_2022").sum())
    )
    return (
        raw["members"]
        .join(names, on="member_code", how="left", validate="m:1")
        .join(sizes, on="member_code", how="left", validate="m:1")
        .select(
            "phase",
            "territory_id",
            "member_code",
            "member_kind",
            "member_name",
            "commune_count",
            "population_2022",
        )
    )


def communes_at_edition(raw: Mapping[str, pl.DataFrame], edition: int) -> pl.DataFrame:
    """Columns commune_code, epci_code as of a COG edition, the changes since undone, or those later than ours made.

    Communes that had no EPCI then have a null code. Editions before the first one of `cog_changes` less one
    cannot be reached and raise UnknownCodeError.
    """
    changes = raw["cog_changes"]
    first = int(changes.get_column("edition").min()) - 1  # type: ignore[arg-type]
    if edition < first:
        what = f"edition {edition} is older than the first one known ({first})."
        raise UnknownCodeError(what, where="data/raw/cog_changes.csv", repair=f"Ask for {first} or later.")
    current = dict(raw["communes"].select("commune_code", "epci_code").iter_rows())
    since = changes_to_ours(changes).filter(pl.col("edition") > edition).sort("edition", descending=True)
    _pass(current, since, gone="created", group="old_epci_code")
    later = changes.filter(pl.col("edition").is_between(COG_YEAR, edition, closed="right")).sort("edition")
    _pass(current, later, gone="ended", group="new_epci_code")
    return pl.DataFrame(
        sorted(current.items()), schema={"commune_code": pl.String, "epci_code": pl.String}, orient="row"
    )


def changes_to_ours(cog_changes: pl.DataFrame) -> pl.DataFrame:
    """The changes that lead to the communes of the tables, without those of later editions of the COG."""
    return cog_changes.filter(pl.col("edition") <= COG_YEAR)


def _pass(groups: dict[str, str | None], changes: pl.DataFrame, *, gone: str, group: str) -> None:
    """Undo or make changes in `groups` (commune -> EPCI): communes of the kind `gone` go, others have a new `group`."""
    for row in changes.iter_rows(named=True):
        if row["change"] == gone:
            groups.pop(row["commune_code"], None)
        else:
            groups[row["commune_code"]] = row[group]


def commune_count_at_edition(raw: Mapping[str, pl.DataFrame], phase: int, edition: int) -> int:
    """How many communes the members of a phase had at an earlier COG edition (16,186 for phase 1 in 2022)."""
    return covered_at_edition(raw, phase, edition).height


def covered_at_edition(raw: Mapping[str, pl.DataFrame], phase: int, edition: int) -> pl.DataFrame:
    """Columns territory_id, commune_code: the communes that the members of a phase had at a COG edition."""
    places = member_communes({**raw, "communes": communes_at_edition(raw, edition)})
    members = raw["members"].filter(phase=phase).select("member_code", "territory_id")
    return places.join(members, on="member_code").select("territory_id", "commune_code")
