"""What passes between a region's territories of both phases (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.i18n.language import alphabetical
from analysis.registry.phases.linked import groups
from analysis.tables.codes import PHASES

WORDS = {1: "fate", 2: "change"}  # the column's name for a territory's own word, by phase


@dataclass(frozen=True, slots=True)
class Flow:
    """Territories by key (phase and id, as "1 ti-4408"), and the inhabitants that each linked pair shares.

    A territory is its row of core_territories with `own` (it is one of the region's), its own `word`, the word of
    the `group` of territories that it belongs to, and `people`.
    """

    territories: Mapping[str, dict[str, Any]]
    shared: Mapping[tuple[str, str], int]


def flow_of(
    region_code: str, changes: pl.DataFrame, fates: pl.DataFrame, communes: pl.DataFrame, territories: pl.DataFrame
) -> Flow:
    """The region's territories of both phases, those linked with them, and the inhabitants of each and in common."""
    own = set(territories.filter(region_code=region_code).select(_key("phase", "territory_id")).to_series())
    origins = changes.explode("phase1_ids").drop_nulls("phase1_ids")
    pairs = [(f"1 {one}", f"2 {two}") for one, two in origins.select("phase1_ids", "phase2_id").iter_rows()]
    pairs = sorted(pair for pair in pairs if own & set(pair))
    shown = own | {one for pair in pairs for one in pair}
    told = groups(changes, fates).with_columns(_key("phase", "territory_id")).select("key", "word", "group")
    words = {row.pop("key"): row for row in told.iter_rows(named=True)}
    both = pl.concat([_people(communes, phase) for phase in PHASES])
    people = dict(both.iter_rows())
    common = communes.drop_nulls(["territory_1", "territory_2"]).group_by("territory_1", "territory_2")
    shared = {(f"1 {one}", f"2 {two}"): n for one, two, n in common.agg(pl.col("population_2022").sum()).iter_rows()}
    rows = territories.with_columns(key=_key("phase", "territory_id")).sort(
        "phase", *alphabetical("name"), "territory_id"
    )
    found = {
        row["key"]: row | words[row["key"]] | {"own": row["key"] in own, "people": people[row["key"]]}
        for row in rows.iter_rows(named=True)
        if row["key"] in shown
    }
    return Flow(found, {pair: shared[pair] for pair in pairs})


def _key(phase: str, code: str) -> pl.Expr:
    return pl.concat_str(phase, code, separator=" ").alias("key")


def _people(communes: pl.DataFrame, phase: int) -> pl.DataFrame:
    code = pl.concat_str(pl.lit(f"{phase} "), f"territory_{phase}").alias("key")
    return communes.drop_nulls(f"territory_{phase}").group_by(code).agg(pl.col("population_2022").sum())


def flow_table(flow: Flow) -> pl.DataFrame:
    """One row a linked pair, with ids, names, words and the inhabitants in common; one a territory without a link.

    `phase1_fate` is what the one becomes, `phase2_change` where the other comes from, `group` what the territories
    linked with them, directly or through others, form together.
    """
    linked = {key for pair in flow.shared for key in pair}
    pairs: list[tuple[str | None, str | None, int]] = [(one, two, people) for (one, two), people in flow.shared.items()]
    for key in flow.territories:
        if key not in linked:
            pairs.append((key, None, 0) if key.startswith("1") else (None, key, 0))
    rows = [
        {
            f"phase{phase}_{what}": flow.territories[key][column] if key else None
            for phase, key in ((1, one), (2, two))
            for what, column in (("id", "territory_id"), ("name", "name"), (WORDS[phase], "word"))
        }
        | {"group": flow.territories[one or two or ""]["group"], "shared_population_2022": people}
        for one, two, people in pairs
    ]
    texts = [f"phase{phase}_{what}" for phase in PHASES for what in ("id", "name", WORDS[phase])]
    schema = dict.fromkeys([*texts, "group"], pl.String) | {"shared_population_2022": pl.Int64}
    return pl.DataFrame(rows, schema=schema)
