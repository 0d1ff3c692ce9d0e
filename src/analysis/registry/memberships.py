"""The official lists edition by edition: which commune belonged to which territory, from when to when (pure)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import polars as pl

from analysis.errors import InvalidTableError, UnknownCodeError
from analysis.registry import official_lists
from analysis.sources.editions import Edition, in_force
from analysis.tables.codes import COG_YEAR, PHASES

Raw = Mapping[str, pl.DataFrame]
PARTS: Final = {"territories": "edition_territories", "members": "edition_members"}  # where earlier rows are


def build(raw: Raw, editions: Sequence[Edition]) -> dict[str, pl.DataFrame]:
    """Tables core_edition_territories, core_edition_members, core_edition_communes and core_memberships.

    Raises what `official_lists.build` raises of each edition, and UnknownCodeError for a commune that the COG of its
    edition does not have.
    """
    days, made = validity(editions), [(one, of_edition(raw, one, editions)) for one in editions]
    return {
        "core_edition_territories": _stacked((one, tables["core_territories"]) for one, tables in made),
        "core_edition_members": _stacked((one, tables["core_members"]) for one, tables in made),
        "core_edition_communes": _stacked((one, communes(raw, one, editions)) for one in editions),
        "core_memberships": pl.concat([_memberships(one, tables, days[one.id]) for one, tables in made]),
    }


def validity(editions: Sequence[Edition]) -> dict[str, tuple[str, str | None]]:
    """First and last day of each edition; without a last one where none of its phase follows."""
    days: dict[str, tuple[str, str | None]] = {}
    for phase in PHASES:
        own = [one for one in editions if one.phase == phase]
        days |= {one.id: (one.first_day, _day_before(after.first_day)) for one, after in pairwise(own)}
        days |= {one.id: (one.first_day, None) for one in own[-1:]}
    return days


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def as_raw(raw: Raw, edition: Edition, editions: Sequence[Edition]) -> dict[str, pl.DataFrame]:
    """The raw tables with the territories and members of one edition alone."""
    if edition == in_force(editions, edition.phase):
        return {**raw, **{name: raw[name].filter(phase=edition.phase) for name in PARTS}}
    phase = pl.lit(edition.phase, pl.Int64).alias("phase")
    earlier = {name: raw[parts].filter(edition=edition.id) for name, parts in PARTS.items()}
    return {**raw, **{name: rows.select(phase, pl.exclude("edition")) for name, rows in earlier.items()}}


def of_edition(raw: Raw, edition: Edition, editions: Sequence[Edition]) -> dict[str, pl.DataFrame]:
    """core_territories, core_members and core_communes of one edition; a list of communes says no member."""
    own = as_raw(raw, edition, editions)
    if not lists_communes(raw, edition):
        return official_lists.build(own)
    official_lists.require_region_in_id(own["territories"])
    tables = official_lists.build({**own, "territories": own["territories"].clear()})
    listed = communes(raw, edition, editions).drop_nulls("current_code")
    now = listed.select(
        pl.col("territory_id").alias(f"territory_{edition.phase}"), commune_code="current_code"
    ).unique()
    outside = tables["core_communes"].drop(f"territory_{edition.phase}")
    return tables | {
        "core_territories": official_lists.named_territories(own),
        "core_communes": outside.join(now, on="commune_code", how="left", validate="1:1"),
    }


def lists_communes(raw: Raw, edition: Edition) -> bool:
    """Whether an edition names communes, not members."""
    return not raw["edition_communes"].filter(edition=edition.id).is_empty()


def communes(raw: Raw, edition: Edition, editions: Sequence[Edition]) -> pl.DataFrame:
    """Columns territory_id, commune_code, current_code: communes at the COG of an edition, and what each is part of.

    `current_code` is null where no passage says it, or where that commune is of another territory: it is of the one
    that has its code in the list, else of the first. UnknownCodeError for a code that the COG of the edition does not
    have.
    """
    if lists_communes(raw, edition):
        listed = raw["edition_communes"].filter(edition=edition.id).drop("edition")
        _require_of_its_cog(raw, listed, edition)
    else:
        listed = official_lists.covered_at_edition(as_raw(raw, edition, editions), edition.phase, edition.cog)
    living = set(raw["communes"].get_column("commune_code"))
    heirs = heirs_of(raw["cog_changes"])
    rows = [
        {**row, "current_code": heir(row["commune_code"], heirs, living)}
        for row in [*listed.iter_rows(named=True), *_part_of(listed, raw["cog_changes"], edition)]
    ]
    return pl.DataFrame(_of_one_territory(rows), {**listed.schema, "current_code": pl.String()})


def _require_of_its_cog(raw: Raw, listed: pl.DataFrame, edition: Edition) -> None:
    then = official_lists.communes_at_edition(raw, edition.cog)
    unknown = listed.join(then, on="commune_code", how="anti").get_column("commune_code").sort()
    if len(unknown):
        what = f"{len(unknown)} commune(s) that COG {edition.cog} does not have: {', '.join(unknown.head(5))}."
        repair = "Correct the codes, or `cog` in editions.yaml, then run `dvc repro`."
        raise UnknownCodeError(what, where=f"data/raw/editions/{edition.id}_communes.csv", repair=repair)


def _part_of(listed: pl.DataFrame, cog_changes: pl.DataFrame, edition: Edition) -> Iterator[dict[str, Any]]:
    """Communes of today that have ended in a listed one: those of a list that is made in a later COG than ours."""
    since = cog_changes.filter(pl.col("edition").is_between(COG_YEAR, edition.cog, closed="right"), change="ended")
    parts = since.select("commune_code", "successor_code").join(
        listed.rename({"commune_code": "successor_code"}), on="successor_code"
    )
    return parts.select(listed.columns).iter_rows(named=True)


def heirs_of(cog_changes: pl.DataFrame) -> dict[str, str]:
    """The commune into which each one that ended went, where the COG says it."""
    ended = cog_changes.filter(change="ended").drop_nulls("successor_code")
    return dict(ended.select("commune_code", "successor_code").iter_rows())


def heir(code: str, heirs: Mapping[str, str], living: set[str]) -> str | None:
    """A commune where it is one of the living ones, else the one into which it went; None where nothing says which.

    InvalidTableError where communes are said to have ended in one another.
    """
    passed = [code]
    while code not in living and code in heirs:
        code = heirs[code]
        if code in passed:
            what = f"communes that ended in one another: {' → '.join([*passed, code])}."
            raise InvalidTableError(what, where="data/raw/cog_changes.csv", repair="Correct successor_code.")
        passed.append(code)
    return code if code in living else None


def _of_one_territory(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows, without `current_code` where that commune is of another territory."""
    owner: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row["current_code"] != row["commune_code"], row["commune_code"])):
        found = row["current_code"]
        apart = found and owner.setdefault(found, row["territory_id"]) != row["territory_id"]
        yield {**row, "current_code": None if apart else found}


def _stacked(parts: Iterable[tuple[Edition, pl.DataFrame]]) -> pl.DataFrame:
    """Tables of several editions in one."""
    return pl.concat([frame.select(pl.lit(one.id).alias("edition"), pl.all()) for one, frame in parts])


def _memberships(edition: Edition, tables: Mapping[str, pl.DataFrame], days: tuple[str, str | None]) -> pl.DataFrame:
    territory, member = f"territory_{edition.phase}", f"member_{edition.phase}"
    return (
        tables["core_communes"]
        .drop_nulls(territory)
        .select(
            "commune_code",
            pl.lit(edition.phase, pl.Int64).alias("phase"),
            pl.lit(edition.id).alias("edition"),
            pl.col(territory).alias("territory_id"),
            pl.col(member).alias("member_code"),
            pl.lit(days[0]).alias("valid_from"),
            pl.lit(days[1], pl.String).alias("valid_to"),
        )
    )


# --- the lists on a day ---


def at_day(editions: pl.DataFrame, phase: int, day: str) -> dict[str, Any] | None:
    """The row of out_editions that holds on a day (`2020-10-15`) in a phase; None before the first."""
    held = editions.filter(pl.col("valid_from") <= day, phase=phase).sort("valid_from")
    return held.row(-1, named=True) if held.height else None


def as_stood(tables: Mapping[str, pl.DataFrame], ids: Collection[str]) -> dict[str, pl.DataFrame]:
    """core_territories, core_members and core_communes as these editions have them, one a phase at most.

    `tables` has core_communes, core_edition_territories, core_edition_members and core_memberships.
    """
    of_ids = {
        name: tables[name].filter(pl.col("edition").is_in([*ids])).drop("edition")
        for name in ("core_edition_territories", "core_edition_members", "core_memberships")
    }
    communes = tables["core_communes"]
    for phase in PHASES:
        own = of_ids["core_memberships"].filter(phase=phase)
        codes = {f"member_{phase}": "member_code", f"territory_{phase}": "territory_id"}
        found = own.select("commune_code", *(pl.col(old).alias(new) for new, old in codes.items()))
        communes = communes.drop(codes).join(found, on="commune_code", how="left", validate="1:1")
    return {
        "core_territories": of_ids["core_edition_territories"],
        "core_members": of_ids["core_edition_members"],
        "core_communes": communes.select(tables["core_communes"].columns),
    }
