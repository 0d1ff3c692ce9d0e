"""out_ledger: each published figure with its verdict (pure)."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from babel import Locale

from analysis import ledger
from analysis.extraction import vocabulary as words
from analysis.i18n.language import FRENCH, LANGUAGES
from analysis.tables.codes import VERDICT_CODES
from analysis.tables.fields import CLAIM, of_figures
from analysis.tables.schema import Field

TABLE = of_figures(
    "out_ledger",
    "Chaque chiffre publié, confronté aux listes officielles, au calcul et aux autres sources",
    *CLAIM[2:],
    Field("verdict", "Verdict", enum=VERDICT_CODES),
    Field("rule", "Règle appliquée, dans data/raw/checks.yaml"),
    Field("registry_value", "Valeur confrontée (liste, calcul, compte, borne)", "number", required=False),
    Field("reason", "Raison du verdict, en une phrase"),
    *(
        Field(f"reason_{name}", f"Raison du verdict, en {Locale(name).get_display_name(FRENCH)}", required=False)
        for name in LANGUAGES
        if name != FRENCH
    ),
    rank=6,
    stage="ledger",
)


def build(
    core_claims: pl.DataFrame,
    core_enumerations: pl.DataFrame,
    core_communes: pl.DataFrame,
    core_territories: pl.DataFrame,
    core_members: pl.DataFrame,
    out_enumerations: pl.DataFrame,
    out_hundred_millions: pl.DataFrame,
    cog_changes: pl.DataFrame,
    commune_members: pl.DataFrame,
    communes: pl.DataFrame,
    ept_communes: pl.DataFrame,
    intercommunalities: pl.DataFrame,
    members: pl.DataFrame,
    regions: pl.DataFrame,
    vocabulary: Mapping[str, Any],
    checks: Any,
) -> pl.DataFrame:
    """Every figure of core_claims judged by the rules of checks.yaml: see the room `ledger`."""
    rules = words.parse(vocabulary)  # before its places are looked at: what is missing is named
    raw = {
        "cog_changes": cog_changes,
        "commune_members": commune_members,
        "communes": communes,
        "ept_communes": ept_communes,
        "intercommunalities": intercommunalities,
        "members": members,
        "regions": regions,
    }
    lists = ledger.Lists(raw, core_territories, core_members, core_communes, vocabulary["places"]["aliases"])
    stated = ledger.Statements(core_claims, core_enumerations, out_enumerations, out_hundred_millions)
    facts = ledger.Facts(lists, stated)
    return ledger.verdicts(core_claims, facts, ledger.parse(checks, rules.concepts, facts.functions()))
