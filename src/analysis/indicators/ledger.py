"""out_ledger: each published figure with its verdict (pure)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis import ledger
from analysis.extraction import vocabulary as words
from analysis.tables.fields import CLAIM, REASONS, VERDICT, of_figures
from analysis.tables.schema import Field

TABLE = of_figures(
    "out_ledger",
    "Chaque chiffre publié, confronté aux listes officielles, au calcul et aux autres sources",
    *CLAIM[2:],
    VERDICT,
    Field("rule", "Règle appliquée, dans data/raw/checks.yaml"),
    Field("registry_value", "Valeur confrontée (liste, calcul, compte, borne)", "number", required=False),
    *REASONS,
    rank=6,
    stage="ledger",
)


def build(
    core_claims: pl.DataFrame,
    core_enumerations: pl.DataFrame,
    core_communes: pl.DataFrame,
    core_edition_communes: pl.DataFrame,
    core_edition_members: pl.DataFrame,
    core_edition_territories: pl.DataFrame,
    core_memberships: pl.DataFrame,
    out_editions: pl.DataFrame,
    out_enumerations: pl.DataFrame,
    out_hundred_millions: pl.DataFrame,
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
    """Every figure of core_claims judged by the rules of checks.yaml: see the room `ledger`."""
    rules = words.parse(vocabulary)  # before its places are looked at: what is missing is named
    tables = {
        "core_claims": core_claims,
        "core_enumerations": core_enumerations,
        "core_communes": core_communes,
        "core_edition_communes": core_edition_communes,
        "core_edition_members": core_edition_members,
        "core_edition_territories": core_edition_territories,
        "core_memberships": core_memberships,
        "out_editions": out_editions,
        "out_enumerations": out_enumerations,
        "out_hundred_millions": out_hundred_millions,
        "cog_changes": cog_changes,
        "commune_members": commune_members,
        "communes": communes,
        "departments": departments,
        "ept_communes": ept_communes,
        "intercommunalities": intercommunalities,
        "regions": regions,
    }
    facts = ledger.Facts.of(tables, vocabulary)
    return ledger.verdicts(core_claims, facts, ledger.parse(checks, rules.concepts, facts.functions()))
