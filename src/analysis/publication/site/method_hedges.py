"""What each hedge lets through, with an example, and one figure followed from its sentence to its verdict (pure)."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import polars as pl

from analysis import ledger
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.i18n.periods import when
from analysis.ledger.agreement import AROUND, CLOSE_BELOW, limits
from analysis.publication.site.counting import derived, rows
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.reader import foreign, head_row, html_table

EXAMPLE: Final = "gazette-2023:share_of_new_intercommunalities:france:1"
# What each hedge lets through: see ledger.hedges.
RULES: Final[Mapping[str, tuple[str, str]]] = {
    "exact": (N_("aucune"), "v − h ≤ x < v + h"),
    "approximately": (N_("environ, une douzaine de"), "{least} v ≤ x ≤ {most} v"),
    "nearly": (N_("près de"), "{close} v ≤ x < v + h"),
    "more_than": (N_("plus de"), "x > v"),
    "less_than": (N_("moins de"), "x < v"),
    "at_least": (N_("au moins"), "x ≥ v"),
    "at_most": (N_("au plus"), "x ≤ v"),
    "between": (N_("entre … et …"), "v₁ − h ≤ x < v₂ + h"),
}


def example(judged: pl.DataFrame, claims: pl.DataFrame) -> str:
    """EXAMPLE from its sentence to its verdict, as a list of terms; without it, the first hedged and confirmed figure.

    `judged` is the readable ledger (`ledger.readable`), `claims` core_claims.
    """
    found = judged.filter(claim_id=EXAMPLE)
    if found.is_empty():
        found = judged.filter(pl.col("qualifier") != "exact", verdict="confirmed")
    if found.is_empty():
        return ""
    row = found.row(0, named=True)
    claim = claims.filter(claim_id=row["claim_id"]).row(0, named=True)
    sentence = foreign(f"« {escape(claim['sentence'])} »")
    parts = {
        tr("Phrase de la note"): f'<a href="notes.html#{escape(row["claim_id"])}">{sentence}</a>',
        tr("Ce qui est lu"): foreign(f"« {escape(claim['sentence'][claim['start'] : claim['end']])} »"),
        tr("Avec la précaution"): claimed(row["said"], row["claim_id"]),
        tr("Concept, lieu, date"): escape(f"{row['concept_label']}, {row['place']}, {when(row['as_of'])}"),
        tr("Intervalle admis"): admitted(row),
        tr("Valeur recomptée"): counted(
            row["computed"] or "", "out_ledger", "registry_value", claim_id=row["claim_id"]
        ),
        tr("Règle"): f"<code>{escape(row['rule'])}</code>",
        tr("Verdict"): f"<strong>{escape(row['verdict_label'])}</strong>",
        tr("Raison"): derived(row["reason"], "out_ledger"),
    }
    items = "\n".join(f"<div><dt>{escape(term)}</dt><dd>{told}</dd></div>" for term, told in parts.items())
    return f'<dl class="worked-example">\n{items}\n</dl>'


def admitted(claim: Mapping[str, Any]) -> str:
    """The values that a published figure lets through, in words, marked as that figure's."""
    low, high, open_end = limits(claim)
    exact = {"qualifier": "exact"}

    def told(value: float) -> str:
        return claimed(ledger.said({**claim, **exact, "value_low": value, "value_high": value}), claim["claim_id"])

    if low == float("-inf"):
        bounds = N_("moins de {high}") if claim["qualifier"] == "less_than" else N_("au plus {high}")
        return tr(bounds).format(high=told(high))
    if high == float("inf"):
        bounds = N_("plus de {low}") if claim["qualifier"] == "more_than" else N_("au moins {low}")
        return tr(bounds).format(low=told(low))
    bounds = N_("de {low} à moins de {high}") if open_end else N_("de {low} à {high}")
    return tr(bounds).format(low=told(low), high=told(high))


def hedges(judged: pl.DataFrame) -> str:
    """A table: a hedge's words, what it lets through, how many figures have it, and one of them."""
    rows = (_hedge(hedge, words, rule, judged) for hedge, (words, rule) in RULES.items())
    heads = (tr("Précaution"), tr("Valeurs admises"), tr("Chiffres"), tr("Exemple"), tr("Ce qu’il admet"))
    return html_table(tr("Précautions et tolérances"), head_row(heads, {2: "number"}), rows)


def _hedge(hedge: str, words: str, rule: str, judged: pl.DataFrame) -> str:
    found = judged.filter(pl.col("unit").is_in(["date", "year", "rank"]).not_(), qualifier=hedge)
    example = "<td></td><td></td>"
    if found.height:
        row = found.sort("value_low", "value_high", "claim_id", nulls_last=True).row(found.height // 2, named=True)
        what = f"{claimed(row['said'], row['claim_id'])} ({escape(row['concept_label'])})"
        example = f"<td>{what}</td><td>{admitted(row)}</td>"
    count = rows(judged, "out_ledger", "qualifier", qualifier=hedge)
    return (
        f'<tr><th scope="row">{escape(tr(words))}</th><td><code>{escape(_bounds(rule))}</code></td>'
        f'<td class="number">{count}</td>{example}</tr>'
    )


def _bounds(rule: str) -> str:
    """A rule with the shares of the figure that the ledger uses."""
    shares = {"least": 1 - AROUND, "most": 1 + AROUND, "close": 1 - CLOSE_BELOW}
    return rule.format(**{name: typography.number(share, 1) for name, share in shares.items()})
