"""Each published figure judged by the first check that applies to it (pure)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from analysis.errors import AtlasError, LedgerError
from analysis.i18n.language import FRENCH, LANGUAGES, N_, speaking, translation
from analysis.ledger.agreement import said
from analysis.ledger.checks import Check, fill
from analysis.ledger.claim_dates import dated
from analysis.ledger.expressions import WHERE, Function
from analysis.ledger.facts import Facts
from analysis.ledger.judging import Judged, applies, judged_by, named, scope_of
from analysis.tables import TABLES
from analysis.tables.schema import from_rows

FAILED = "Vérification en échec :"  # begins the reason of a figure whose check failed
NO_CHECK, NO_REASON = "none", N_("Aucune règle ne s’applique à ce chiffre.")
REASON_IN = {
    name: "reason" if name == FRENCH else f"reason_{name}" for name in LANGUAGES
}  # column of the reason in each language


def verdicts(claims: pl.DataFrame, facts: Facts, checks: Sequence[Check]) -> pl.DataFrame:
    """out_ledger: one verdict a figure of core_claims, with its reason in French and in English.

    A check that fails leaves a figure that is not checkable and says so: `require_sound` then raises. A reason that
    the catalogue does not translate leaves an empty `reason_en`, so that who adds a check and makes the French edition
    alone is not stopped; `worded` raises when an English page asks for it, and the catalogue's test names it.
    """
    with speaking(FRENCH):
        rows = [claim | verdict_of(claim, facts, checks) for claim in claims.iter_rows(named=True)]
    return from_rows(TABLES["out_ledger"], rows)


def require_sound(ledger: pl.DataFrame) -> None:
    """Raise LedgerError with the checks that failed, when any did."""
    failed = ledger.filter(pl.col("reason").str.starts_with(FAILED)).sort("claim_id")
    if failed.height:
        first = failed.row(0, named=True)
        what = f"{failed.height} figure(s) without a verdict, first {first['claim_id']} (check {first['rule']}): "
        repair = "Correct the check, then run `dvc repro`."
        raise LedgerError(what + first["reason"].removeprefix(FAILED).strip(), where=WHERE, repair=repair)


def verdict_of(
    claim: Mapping[str, Any], facts: Facts, checks: Sequence[Check], *, strict: bool = True
) -> dict[str, Any]:
    """Verdict, rule, registry_value and both reasons of one figure.

    A check that fails gives the verdict and says so; unless `strict`, it is passed over.
    """
    scope = scope_of(claim)
    functions = facts.functions(claim["source_id"], scope["day"])
    for check in checks:
        try:
            if applies(check, claim, scope, functions):
                return _with_reasons(judged_by(check, claim, facts), check, claim, functions)
        except AtlasError as error:
            if not strict:
                continue
            reason = f"{FAILED} {error.what}"
            return not_checkable(check.name, dict.fromkeys(REASON_IN.values()) | {REASON_IN[FRENCH]: reason})
    return not_checkable(NO_CHECK, in_each_language(translation, NO_REASON))


def not_checkable(rule: str, reasons: Mapping[str, str | None]) -> dict[str, Any]:
    """The columns of a figure that nothing can be said of."""
    return {"verdict": "not_checkable", "rule": rule, "registry_value": None, **reasons}


def _with_reasons(
    judged: Judged, check: Check, claim: Mapping[str, Any], functions: Mapping[str, Function]
) -> dict[str, Any]:
    """The columns of the ledger; numbers, dates and the figure's words are written anew in each language."""

    def filled(reason: str) -> str | None:
        template = translation(reason)
        return fill(template, _words(check, claim, judged, functions)) if template else None

    found = {"verdict": judged.verdict, "rule": check.name, "registry_value": judged.value}
    return found | in_each_language(filled, judged.reason)


def in_each_language(write: Callable[[str], str | None], reason: str) -> dict[str, str | None]:
    """The columns of a reason, each as `write` gives it in the column's language."""
    columns = {}
    for name, column in REASON_IN.items():
        with speaking(name):
            columns[column] = write(reason)
    return columns


def _words(check: Check, claim: Mapping[str, Any], judged: Judged, functions: Mapping[str, Function]) -> dict[str, Any]:
    """What a reason may name, in the language in force."""
    names = named(check, scope_of(claim), functions)
    other = judged.other
    return names | ({"other": said(other), "other_date": dated(other["as_of"])} if other else {})
