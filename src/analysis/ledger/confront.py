"""Each published figure judged by the first check that applies to it (pure)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from analysis.errors import AtlasError, LedgerError, UnknownCodeError
from analysis.i18n.language import FRENCH, LANGUAGES, N_, language, marked, speaking, tr, translation
from analysis.i18n.periods import when, year_span
from analysis.ledger.agreement import agrees, said
from analysis.ledger.checks import VERDICTS, Check, fill
from analysis.ledger.comparability import REASONS, Difference, is_impossible, obstacle
from analysis.ledger.expressions import WHERE, Function, evaluate
from analysis.ledger.facts import Facts
from analysis.ledger.statements import day_number
from analysis.sources.provenance import Source
from analysis.tables import TABLES
from analysis.tables.codes import Verdict
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
        rows = [claim | _judged(claim, facts, checks) for claim in claims.iter_rows(named=True)]
    return from_rows(TABLES["out_ledger"], rows)


def require_sound(ledger: pl.DataFrame) -> None:
    """Raise LedgerError with the checks that failed, when any did."""
    failed = ledger.filter(pl.col("reason").str.starts_with(FAILED)).sort("claim_id")
    if failed.height:
        first = failed.row(0, named=True)
        what = f"{failed.height} figure(s) without a verdict, first {first['claim_id']} (check {first['rule']}): "
        repair = "Correct the check, then run `dvc repro`."
        raise LedgerError(what + first["reason"].removeprefix(FAILED).strip(), where=WHERE, repair=repair)


def readable(
    ledger: pl.DataFrame, claims: pl.DataFrame, sources: Mapping[str, Source], labels: Mapping[str, str]
) -> pl.DataFrame:
    """The ledger with what readers need: `sourced`, then `worded`."""
    return worded(sourced(ledger, claims, sources, labels))


def sourced(
    ledger: pl.DataFrame, claims: pl.DataFrame, sources: Mapping[str, Source], labels: Mapping[str, str]
) -> pl.DataFrame:
    """The ledger with producer, published (date of the source), sentence and concept_label: the same in every language.

    By date of the source, then by claim; `labels` names concepts in French.
    """
    unknown = sorted(set(ledger.get_column("source_id")) - set(sources))
    if unknown:
        what = f"unknown source: {', '.join(unknown)}."
        raise UnknownCodeError(what, where="data/raw/sources.yaml", repair="Add the entry, then run `dvc repro`.")
    rows = [
        row
        | {"producer": sources[row["source_id"]].producer, "published": sources[row["source_id"]].published}
        | {"concept_label": labels[row["concept"]]}
        for row in ledger.iter_rows(named=True)
    ]
    added = dict.fromkeys(("producer", "published", "concept_label"), pl.String())
    found = pl.DataFrame(rows, schema=pl.Schema({**ledger.schema, **added}))
    sentences = claims.select("claim_id", "sentence")
    return found.join(sentences, on="claim_id", how="left", validate="1:1").sort("published", "claim_id")


def worded(sourced: pl.DataFrame) -> pl.DataFrame:
    """Rows of `sourced` in the language in force, their order kept.

    Adds said and computed (both values in words) and verdict_label; translates concept_label and reason.
    A reason without a translation is marked as French.
    """
    rows = [
        row
        | {"said": said(row), "computed": _computed(row), "reason": _reason(row)}
        | {"concept_label": tr(row["concept_label"]), "verdict_label": tr(VERDICTS[row["verdict"]])}
        for row in sourced.iter_rows(named=True)
    ]
    added = dict.fromkeys(("said", "computed", "verdict_label"), pl.String())
    return pl.DataFrame(rows, schema=pl.Schema({**sourced.schema, **added}))


def _reason(row: Mapping[str, Any]) -> str:
    return row[REASON_IN[language()]] or marked(row["reason"])


def _computed(row: Mapping[str, Any]) -> str | None:
    """The value that a figure was confronted with, in words."""
    if row["registry_value"] is None:
        return None
    value = round(row["registry_value"], 1)
    return said({**row, "value_low": value, "value_high": value, "qualifier": "exact"})


def _judged(claim: Mapping[str, Any], facts: Facts, checks: Sequence[Check]) -> dict[str, Any]:
    """Verdict, rule, registry_value and both reasons of one figure."""
    scope, functions = scope_of(claim), facts.functions(claim["source_id"])
    for check in checks:
        try:
            if _applies(check, claim, scope, functions):
                return _with_reasons(_judge(check, claim, facts), check, claim, functions)
        except AtlasError as error:
            reason = f"{FAILED} {error.what}"
            return _not_checkable(check.name, dict.fromkeys(REASON_IN.values()) | {REASON_IN[FRENCH]: reason})
    return _not_checkable(NO_CHECK, _in_each(translation, NO_REASON))


def _not_checkable(rule: str, reasons: Mapping[str, str | None]) -> dict[str, Any]:
    return {"verdict": "not_checkable", "rule": rule, "registry_value": None, **reasons}


def _with_reasons(
    judged: "_Judged", check: Check, claim: Mapping[str, Any], functions: Mapping[str, Function]
) -> dict[str, Any]:
    """The columns of the ledger; numbers, dates and the figure's words are written anew in each language."""

    def filled(reason: str) -> str | None:
        template = translation(reason)
        return fill(template, _words(check, claim, judged, functions)) if template else None

    found = {"verdict": judged.verdict, "rule": check.name, "registry_value": judged.value}
    return found | _in_each(filled, judged.reason)


def _in_each(write: Callable[[str], str | None], reason: str) -> dict[str, str | None]:
    """The columns of a reason, each as `write` gives it in the column's language."""
    columns = {}
    for name, column in REASON_IN.items():
        with speaking(name):
            columns[column] = write(reason)
    return columns


def _words(
    check: Check, claim: Mapping[str, Any], judged: "_Judged", functions: Mapping[str, Function]
) -> dict[str, Any]:
    """What a reason may name, in the language in force."""
    names = _named(check, scope_of(claim), functions)
    other = judged.other
    return names | ({"other": said(other), "other_date": when(other["as_of"])} if other else {})


def scope_of(claim: Mapping[str, Any]) -> dict[str, Any]:
    """What rules know of a figure by name: its columns, one value for both bounds, its date as numbers and words."""
    low, high, as_of = claim["value_low"], claim["value_high"], claim["as_of"]
    first, last = year_span(as_of)
    return {
        **{name: claim[name] for name in ("claim_id", "concept", "place", "phase", "unit", "qualifier")},
        "source": claim["source_id"],
        "low": low,
        "high": high,
        "value": high if low is None else low,
        "day": day_number(as_of),
        "year": day_number(as_of) // 10_000,
        "first_year": first,
        "last_year": last,
        "years": last - first + 1 if first and last else None,
        "said": said(claim),
        "date": when(as_of),
    }


def _applies(
    check: Check, claim: Mapping[str, Any], scope: Mapping[str, Any], functions: Mapping[str, Function]
) -> bool:
    wanted = {"concept": check.concept, "place": check.place, "source_id": check.source, "unit": check.unit}
    named = all(claim[column] in allowed for column, allowed in wanted.items() if allowed)
    in_phase = not check.phase or (claim["phase"] or "none") in check.phase
    return named and in_phase and _all_true(check.when, scope, functions)


class _Judged(NamedTuple):
    """A verdict, the value that the figure was confronted with, the reason to fill, and a figure that differs."""

    verdict: Verdict
    value: float | None
    reason: str
    other: Mapping[str, Any] | None = None


def _judge(check: Check, claim: Mapping[str, Any], facts: Facts) -> _Judged:
    given: list[dict[str, Any]] = []
    functions = facts.functions(claim["source_id"], given)
    names = _named(check, scope_of(claim), functions)
    computed = names.get("computed")
    if check.kind != "none" and (found := _obstacle(check, claim, names, functions, given)):
        difference, other = found
        if computed is None or check.holds or not is_impossible(claim, computed, difference):
            reason = check.reason.get("not_checkable") if isinstance(check.reason, dict) else None
            return _Judged("not_checkable", None, reason or REASONS[difference], other)
    verdict: Verdict = "contradicted"
    if check.kind == "none" or _holds(check, claim, computed, names, functions):
        verdict = check.verdict_when_true
    elif _changed(check, claim, names, functions):
        verdict = "superseded"
    return _Judged(verdict, computed, check.reason_of(verdict))


def _obstacle(
    check: Check,
    claim: Mapping[str, Any],
    names: Mapping[str, Any],
    functions: Mapping[str, Function],
    given: list[dict[str, Any]],
) -> tuple[Difference, Mapping[str, Any]] | None:
    """Why the figures that the verdict rests on cannot be compared with this one."""
    given.clear()
    for text in check.grounds():
        evaluate(text, names, functions)
    return obstacle(claim, (one for one in given if one["claim_id"] != claim["claim_id"]), check.across)


def _named(check: Check, scope: Mapping[str, Any], functions: Mapping[str, Function]) -> dict[str, Any]:
    """What is known of the figure, then `computed`, then the check's names."""
    names = dict(scope)
    if check.value:
        names["computed"] = _number(check.value, names, functions)
    for name, text in check.names.items():
        names[name] = evaluate(text, names, functions)
    return names


def _holds(
    check: Check,
    claim: Mapping[str, Any],
    computed: float | None,
    names: Mapping[str, Any],
    functions: Mapping[str, Function],
) -> bool:
    if check.holds or computed is None:
        return _all_true(check.holds, names, functions)
    return agrees(claim, computed)


def _changed(
    check: Check, claim: Mapping[str, Any], names: Mapping[str, Any], functions: Mapping[str, Function]
) -> bool:
    """Whether the figure was true at its date."""
    if check.at_date and agrees(claim, _number(check.at_date, names, functions)):
        return True
    return bool(check.superseded_when) and _all_true(check.superseded_when, names, functions)


def _number(text: str, names: Mapping[str, Any], functions: Mapping[str, Function]) -> float:
    value = evaluate(text, names, functions)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LedgerError(f"`{text}` gives {value!r}, not a number.")
    return float(value)


def _all_true(texts: Iterable[str], names: Mapping[str, Any], functions: Mapping[str, Function]) -> bool:
    """Whether every expression is true; one that is neither true nor false is an error."""
    for text in texts:
        value = evaluate(text, names, functions)
        if not isinstance(value, bool):
            raise LedgerError(f"`{text}` gives {value!r}, neither true nor false.")
        if not value:
            return False
    return True
