"""Each published figure judged by the first check that applies to it (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from analysis.errors import AtlasError, LedgerError, UnknownCodeError
from analysis.expressions import WHERE, Function, evaluate
from analysis.ledger.checks import VERDICTS, Check, Verdict, fill
from analysis.ledger.facts import Facts
from analysis.ledger.hedges import agrees, said
from analysis.ledger.statements import day_number
from analysis.published import when, year_span
from analysis.schema import TYPES
from analysis.sources import Source
from analysis.tables import TABLES

FAILED = "Vérification en échec :"  # begins the reason of a figure whose check failed
NO_CHECK, NO_REASON = "none", "Aucune règle ne s’applique à ce chiffre."


def verdicts(claims: pl.DataFrame, facts: Facts, checks: Sequence[Check]) -> pl.DataFrame:
    """out_ledger: one verdict a figure of core_claims.

    A check that fails leaves a figure that is not checkable and says so: `require_sound` then raises.
    """
    table = TABLES["out_ledger"]
    rows = [claim | _judged(claim, facts, checks) for claim in claims.iter_rows(named=True)]
    kept = [{name: row[name] for name in table.columns} for row in rows]
    return pl.DataFrame(kept, schema={one.name: TYPES[one.type] for one in table.fields}).sort(table.key)


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
    """The ledger with what readers need, by date of the source, then by claim; `labels` names concepts in French.

    Adds producer, published (date of the source), said and computed (both values in words), concept_label,
    verdict_label, sentence.
    """
    unknown = sorted(set(ledger.get_column("source_id")) - set(sources))
    if unknown:
        what = f"unknown source: {', '.join(unknown)}."
        raise UnknownCodeError(what, where="data/raw/sources.yaml", repair="Add the entry, then run `dvc repro`.")
    rows = [
        row
        | {"producer": sources[row["source_id"]].producer, "published": sources[row["source_id"]].published}
        | {"said": said(row), "computed": _computed(row), "concept_label": labels[row["concept"]]}
        | {"verdict_label": VERDICTS[row["verdict"]]}
        for row in ledger.iter_rows(named=True)
    ]
    added = dict.fromkeys(("producer", "published", "said", "computed", "concept_label", "verdict_label"), pl.String())
    shown = pl.DataFrame(rows, schema=pl.Schema({**ledger.schema, **added}))
    sentences = claims.select("claim_id", "sentence")
    return shown.join(sentences, on="claim_id", how="left", validate="1:1").sort("published", "claim_id")


def _computed(row: Mapping[str, Any]) -> str | None:
    """The value that a figure was confronted with, in words."""
    if row["registry_value"] is None:
        return None
    value = round(row["registry_value"], 1)
    return said({**row, "value_low": value, "value_high": value, "qualifier": "exact"})


def _judged(claim: Mapping[str, Any], facts: Facts, checks: Sequence[Check]) -> dict[str, Any]:
    """Verdict, rule, registry_value and reason of one figure."""
    scope, functions = scope_of(claim), facts.functions(claim["source_id"])
    for check in checks:
        try:
            if _applies(check, claim, scope, functions):
                verdict, value, reason = _judge(check, claim, scope, functions)
                return {"verdict": verdict, "rule": check.name, "registry_value": value, "reason": reason}
        except AtlasError as error:
            reason = f"{FAILED} {error.what}"
            return {"verdict": "not_checkable", "rule": check.name, "registry_value": None, "reason": reason}
    return {"verdict": "not_checkable", "rule": NO_CHECK, "registry_value": None, "reason": NO_REASON}


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


def _judge(
    check: Check, claim: Mapping[str, Any], scope: Mapping[str, Any], functions: Mapping[str, Function]
) -> tuple[Verdict, float | None, str]:
    names = dict(scope)
    computed = _number(check.value, names, functions) if check.value else None
    if computed is not None:
        names["computed"] = computed
    for name, text in check.names.items():
        names[name] = evaluate(text, names, functions)
    verdict: Verdict = "contradicted"
    if check.kind == "none" or _holds(check, claim, computed, names, functions):
        verdict = check.verdict_when_true
    elif _changed(check, claim, names, functions):
        verdict = "superseded"
    return verdict, computed, fill(check.reason_of(verdict), names)


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
