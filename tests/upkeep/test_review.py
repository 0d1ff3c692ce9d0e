"""What was read of one source; texts are invented."""

import polars as pl

from analysis.upkeep import review

ROW = {
    "claim_id": "a:towns:france:1",
    "sentence": "La phase 2 compte 3 villes.",
    "concept_label": "Villes",
    "place": "France",
    "phase": 2,
    "said": "3",
    "verdict_label": "contredit",
    "rule": "villes",
    "reason": "La liste en compte 4.",
}
CLAIMS = pl.DataFrame({"source_id": ["a", "b", "a"], "claim_id": ["a:towns:france:1", "b:x:1", "a:towns:france:2"]})
LEFT = pl.DataFrame({"source_id": ["a"], "sentence": ["Il y a 5 ponts."], "text": ["5 ponts"]})


def test_source_shows_its_figures_then_those_that_wait_then_those_without_a_concept():
    assert review.of_source("a", CLAIMS, pl.DataFrame([ROW]), LEFT).replace("\u00a0", " ") == (
        "La phase 2 compte 3 villes.\n"
        "  Villes, France, phase 2 : 3\n"
        "  contredit (villes) : La liste en compte 4.\n\n"
        "a:towns:france:2\n"
        "  lu, mais pas encore confronté : lancez `analysis stage ledger`\n\n"
        "Il y a 5 ponts.\n"
        "  sans concept : 5 ponts"
    )


def test_source_without_figures_says_so():
    assert review.of_source("c", CLAIMS, pl.DataFrame([ROW]), LEFT) == "Aucun chiffre lu dans cette source."
