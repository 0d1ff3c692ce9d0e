"""The numbers of the page "Méthode", each counted in the tables and marked with where it comes from (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.ledger import VERDICTS
from analysis.publication.site.counting import derived, distinct, rows, with_noun
from analysis.publication.site.html import raw, scrollable
from analysis.publication.site.method_hedges import example, hedges
from analysis.reports.origin_marks import claimed, counted
from analysis.tables.codes import FRANCE, PHASES

# The published number of communes of phase one, and the edition of the COG that it was counted at.
COMMUNES, EDITION = "cdc-list-2022:communes:france:1", 2022
COMMUNE_TABLES: Final = ("communes", "cog_changes", "members", "ept_communes", "commune_members")  # raw, to count again
COMMUNE_CHECK: Final = N_(
    "La même liste, recomptée avec les communes du COG {edition}, redonne exactement le nombre publié."
)
COMMUNE_GAP: Final = N_("La même liste, recomptée avec les communes du COG {edition}, ne redonne pas ce nombre.")


@dataclass(frozen=True)
class Tables:
    """What the page counts in: processed tables by name, the readable ledger, and the published number's check.

    `judged` is `ledger.readable`; `communes_then` how many communes the members of phase one had at EDITION.
    """

    plain: Mapping[str, pl.DataFrame]
    judged: pl.DataFrame
    communes_then: int

    def __getitem__(self, name: str) -> pl.DataFrame:
        """A processed table by name."""
        return self.plain[name]


NEEDED: Final = (
    "core_claims", "core_communes", "core_members", "core_territories", "core_unresolved", "out_ledger",
    "out_phase1_fate", "out_phase_change", "out_region_coverage",
)  # fmt: skip


def values(tables: Tables) -> dict[str, str]:
    """What fills the places of the page, in the language in force, as Markdown."""
    return {
        **_of_claims(tables),
        **_of_verdicts(tables),
        **_of_lists(tables),
        **_of_phases(tables),
        "example": raw(example(tables.judged, tables["core_claims"])),
        "hedges": raw(scrollable(hedges(tables.judged))),
    }


# --- the parts ---------------------------------------------------------------------------------------------


def _of_claims(tables: Tables) -> dict[str, str]:
    claims = tables["core_claims"]
    return {
        "claims": rows(claims, "core_claims", "claim_id", N_("chiffre publié"), N_("chiffres publiés")),
        "documents": distinct(claims, "core_claims", "source_id", N_("document"), N_("documents")),
        "concepts": distinct(claims, "core_claims", "concept", N_("concept"), N_("concepts")),
        "unresolved": rows(tables["core_unresolved"], "core_unresolved", "text"),
    }


def _of_verdicts(tables: Tables) -> dict[str, str]:
    judged = tables["out_ledger"]
    nouns = (N_("chiffre"), N_("chiffres"))
    counts = {one: rows(judged, "out_ledger", "verdict", *nouns, verdict=one) for one in VERDICTS}
    return {**counts, "rules": distinct(judged, "out_ledger", "rule", N_("règle"), N_("règles"))}


def _of_lists(tables: Tables) -> dict[str, str]:
    found = {"communes": rows(tables["core_communes"], "core_communes", "commune_code", N_("commune"), N_("communes"))}
    for phase in PHASES:
        found |= _of_phase(tables, phase)
    official = tables["out_region_coverage"].filter(region_code=FRANCE, phase=1).item(0, "commune_count")
    judged = tables.judged.filter(claim_id=COMMUNES).to_dicts()
    published = judged[0]["said"] if judged else "?"
    same = bool(judged) and tables.communes_then == judged[0]["value_low"]
    return found | {
        "counted_communes": counted(
            typography.number(official), "out_region_coverage", "commune_count", phase=1, region_code=FRANCE
        ),
        "published_communes": claimed(published, COMMUNES),
        "communes_verdict": tr(VERDICTS[judged[0]["verdict"]]) if judged else "?",
        "edition_check": tr(COMMUNE_CHECK if same else COMMUNE_GAP).format(edition=EDITION),
    }


def _of_phase(tables: Tables, phase: int) -> dict[str, str]:
    members, territories = tables["core_members"], tables["core_territories"]
    column = f"territory_{phase}"
    regions = tables["core_communes"].drop_nulls(column).group_by(column).agg(pl.col("region_code").n_unique())
    astride = regions.filter(pl.col("region_code") > 1).height
    kinds = {"epci": (N_("EPCI"),) * 2, "ept": (N_("EPT"),) * 2, "commune": (N_("commune"), N_("communes"))}
    return {
        f"phase_{phase}": typography.phase_name(phase),
        f"territories_{phase}": rows(
            territories, "core_territories", "territory_id", N_("territoire"), N_("territoires"), phase=phase
        ),
        f"members_{phase}": rows(members, "core_members", "member_code", N_("membre"), N_("membres"), phase=phase),
        **{
            f"{'alone' if kind == 'commune' else kind}_{phase}": rows(
                members, "core_members", "member_code", *nouns, phase=phase, member_kind=kind
            )
            for kind, nouns in kinds.items()
        },
        f"straddling_{phase}": with_noun(
            astride, derived(typography.number(astride), "core_communes"), N_("territoire"), N_("territoires")
        ),
    }


def _of_phases(tables: Tables) -> dict[str, str]:
    ids = [set(tables["core_territories"].filter(phase=phase)["territory_id"]) for phase in PHASES]
    shared = len(ids[0] & ids[1])
    marked = derived(typography.number(shared), "core_territories")
    return {
        "shared_ids": with_noun(shared, marked, N_("identifiant"), N_("identifiants")),
        "new": rows(
            tables["out_phase_change"], "out_phase_change", "change", N_("territoire"), N_("territoires"), change="new"
        ),
        "ended": rows(
            tables["out_phase1_fate"], "out_phase1_fate", "fate", N_("territoire"), N_("territoires"), fate="ended"
        ),
    }
