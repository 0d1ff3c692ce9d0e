"""out_checkable: what each concept is confronted with, and an example made from the data (pure)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from analysis import ledger
from analysis.extraction import vocabulary as words
from analysis.ledger.facts import READ, STATED
from analysis.tables import TABLES
from analysis.tables.codes import COUNTRY, PHASES
from analysis.tables.fields import BOUNDS, COUNTED, PHASE_IF_ANY, PLACE, QUALIFIER, REASONS, UNIT, VERDICT
from analysis.tables.groups import FIGURES
from analysis.tables.schema import Field, Table, from_rows

LISTS, OTHERS, NOTHING = AGAINST = ("lists", "others", "nothing")  # what a concept is confronted with first
EXAMPLE: Final = (PLACE, PHASE_IF_ANY, *BOUNDS, QUALIFIER, UNIT, VERDICT, *REASONS)
TABLE = Table(
    "out_checkable",
    "Ce qu’on peut vérifier : chaque concept, ce avec quoi il est confronté, et un exemple",
    (
        Field("rank", "Rang dans le vocabulaire", "integer", minimum=1),
        COUNTED,
        Field("concept_label", "Nom de ce qui est compté"),
        Field("measured_on", "Ce sur quoi il se mesure"),
        Field("unit_labels", "Unités", "list"),
        Field("kinds", "Sortes de règles", "list"),
        Field("against", "Ce avec quoi elles confrontent en premier", enum=AGAINST),
        Field("rules", "Règles, dans data/raw/checks.yaml", "list"),
        *(replace(one, required=False) for one in EXAMPLE),
    ),
    ("rank",),
    group=FIGURES,
    rank=7,
    stage="ledger",
)
BOUND_NAMES: Final = tuple(one.name for one in BOUNDS)
PHASE: Final = PHASES[-1]  # of the examples that are counted
LATEST: Final = {"phase": PHASE, "as_of": "2024", "qualifier": "exact"}
DECIMALS: Final = 1  # of what an example publishes: a bound may be passed once rounded, and then it is no example
AGREED: Final = ("confirmed", "consistent")


def build(
    core_communes: pl.DataFrame,
    core_edition_communes: pl.DataFrame,
    core_edition_members: pl.DataFrame,
    core_edition_territories: pl.DataFrame,
    core_memberships: pl.DataFrame,
    out_editions: pl.DataFrame,
    out_ledger: pl.DataFrame,
    cog_changes: pl.DataFrame,
    commune_members: pl.DataFrame,
    communes: pl.DataFrame,
    departments: pl.DataFrame,
    ept_communes: pl.DataFrame,
    intercommunalities: pl.DataFrame,
    regions: pl.DataFrame,
    vocabulary: Mapping[str, Any],
    checks: Any,
) -> pl.DataFrame:
    """A row a concept of the vocabulary, in its order.

    The example is what the lists say today of the widest place that the concept is measured on; of a concept that the
    lists do not know, the first published figure, a checkable one before others. Empty where there is neither.
    """
    rules = words.parse(vocabulary)
    tables = {
        "core_communes": core_communes,
        "core_edition_communes": core_edition_communes,
        "core_edition_members": core_edition_members,
        "core_edition_territories": core_edition_territories,
        "core_memberships": core_memberships,
        "out_editions": out_editions,
        "cog_changes": cog_changes,
        "commune_members": commune_members,
        "communes": communes,
        "departments": departments,
        "ept_communes": ept_communes,
        "intercommunalities": intercommunalities,
        "regions": regions,
    }
    unsaid = {name: from_rows(TABLES[name], []) for name in READ[STATED]}
    facts = ledger.Facts.of(tables | unsaid, vocabulary)
    parsed = ledger.parse(checks, rules.concepts, facts.functions())
    examples = _published(out_ledger) | _counted(rules.concepts, facts, parsed)
    return from_rows(TABLE, _rows(rules, parsed, examples))


def _rows(
    rules: words.Vocabulary, checks: Sequence[ledger.Check], examples: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    for rank, (name, concept) in enumerate(rules.concepts.items(), start=1):
        example = examples.get(name, {})
        own = [check for check in checks if name in check.concept or check.name == example.get("rule")]
        kinds = [*dict.fromkeys(check.kind for check in own)]
        yield {one.name: example.get(one.name) for one in EXAMPLE} | {
            "rank": rank,
            "concept": name,
            "concept_label": concept.label,
            "measured_on": concept.measured_on,
            "unit_labels": [one.label for unit, one in rules.units.items() if unit in concept.units],
            "kinds": kinds,
            "against": LISTS if "list" in kinds else NOTHING if kinds == ["none"] else OTHERS,
            "rules": [check.name for check in own],
        }


def _published(judged: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """The first published figure of each concept, with its verdict."""
    ordered = judged.sort(pl.col("verdict") == "not_checkable", "as_of", "claim_id")
    return {row["concept"]: row for row in ordered.unique("concept", keep="first").iter_rows(named=True)}


def _counted(
    concepts: Mapping[str, words.Concept], facts: ledger.Facts, checks: Sequence[ledger.Check]
) -> dict[str, dict[str, Any]]:
    """What the lists say of each concept that they know, as a published figure with its verdict."""
    claims: list[dict[str, Any]] = [
        LATEST | {"doc": name, "concept": name, "place": _place(one.measured_on, facts.lists), "unit": _unit(one)}
        for name, one in concepts.items()
        if facts.lists.is_listed(name)
    ]
    # Any figure is confronted with the one that the lists give, which is then the figure of the example.
    confronted = ledger.judge(_figures(claims, [1.0] * len(claims)), facts, checks).get_column("registry_value")
    figures = _figures(claims, confronted.round(DECIMALS))
    judged = ledger.judge(figures, facts, checks)
    rows = pl.concat([figures, judged], how="horizontal").filter(pl.col("verdict").is_in(AGREED))
    return {row["concept"]: row for row in rows.iter_rows(named=True)}


def _figures(claims: Sequence[Mapping[str, Any]], values: Iterable[float | None]) -> pl.DataFrame:
    rows = zip(claims, values, strict=True)
    return pl.DataFrame([{**claim, **dict.fromkeys(BOUND_NAMES, value)} for claim, value in rows])


def _unit(concept: words.Concept) -> str:
    return concept.unit if isinstance(concept.unit, str) else concept.unit[0]


def _place(measured_on: str, lists: ledger.Lists) -> str:
    """The widest place that a concept is measured on: the country, else the région or territory that is largest."""
    if COUNTRY in measured_on:
        return COUNTRY
    if "région" in measured_on:
        counts = lists.territories.filter(phase=PHASE).group_by("region_name").len()
        return str(counts.sort("len", "region_name", descending=[True, False]).item(0, "region_name"))
    return lists.largest_territory(PHASE)
