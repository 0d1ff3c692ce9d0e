"""One published figure under one check: whether it applies, and the verdict that it gives (pure)."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from analysis.errors import LedgerError
from analysis.i18n.periods import year_span
from analysis.ledger.agreement import agrees, limits, said
from analysis.ledger.checks import Check
from analysis.ledger.claim_dates import dated, day_number, first_day_number
from analysis.ledger.claim_index import Row
from analysis.ledger.comparability import REASONS, Difference, is_impossible, obstacle
from analysis.ledger.expressions import Function, evaluate
from analysis.ledger.facts import Facts
from analysis.tables.codes import Verdict


def scope_of(claim: Mapping[str, Any]) -> dict[str, Any]:
    """What rules know of a figure by name: its columns, one value for both bounds, its date as numbers and words."""
    low, high, as_of = claim["value_low"], claim["value_high"], claim["as_of"]
    first, last = year_span(as_of) if as_of else (None, None)
    least, most, _ = limits(claim)
    return {
        **{name: claim[name] for name in ("claim_id", "concept", "place", "phase", "unit", "qualifier")},
        "source": claim["source_id"],
        "low": low,
        "high": high,
        "value": high if low is None else low,
        "least": least,
        "most": most,
        "day": day_number(as_of),
        "begins": first_day_number(as_of),
        "year": day_number(as_of) // 10_000,
        "first_year": first,
        "last_year": last,
        "years": last - first + 1 if first and last else None,
        "span": last - first + 1 if first and last else 0,
        "said": said(claim),
        "date": dated(as_of),
    }


def applies(
    check: Check, claim: Mapping[str, Any], scope: Mapping[str, Any], functions: Mapping[str, Function]
) -> bool:
    """Whether a check names the figure's concept, place, source, unit and phase, and its conditions are true."""
    wanted = {"concept": check.concept, "place": check.place, "source_id": check.source, "unit": check.unit}
    named = all(claim[column] in allowed for column, allowed in wanted.items() if allowed)
    in_phase = not check.phase or (claim["phase"] or "none") in check.phase
    return named and in_phase and _all_true(check.when, scope, functions)


class Judged(NamedTuple):
    """A verdict, the value that the figure was confronted with, the reason to fill, and a figure that differs."""

    verdict: Verdict
    value: float | None
    reason: str
    other: Mapping[str, Any] | None = None


def judged_by(check: Check, claim: Mapping[str, Any], facts: Facts) -> Judged:
    """The verdict of a check that applies to a figure."""
    given: list[Row] = []
    scope = scope_of(claim)
    functions = facts.functions(claim["source_id"], scope["day"], given)
    names = named(check, scope, functions)
    computed = names.get("computed")
    if check.kind != "none" and (found := _obstacle(check, claim, names, functions, given)):
        difference, other = found
        if computed is None or check.holds or not is_impossible(claim, computed, difference):
            reason = check.reason.get("not_checkable") if isinstance(check.reason, dict) else None
            return Judged("not_checkable", None, reason or REASONS[difference], other)
    verdict: Verdict = "contradicted"
    if check.kind == "none" or _holds(check, claim, computed, names, functions):
        verdict = check.verdict_when_true
    elif _changed(check, claim, names, functions):
        verdict = "superseded"
    return Judged(verdict, computed, check.reason_of(verdict))


def _obstacle(
    check: Check,
    claim: Mapping[str, Any],
    names: Mapping[str, Any],
    functions: Mapping[str, Function],
    given: list[Row],
) -> tuple[Difference, Mapping[str, Any]] | None:
    """Why the figures that the verdict rests on cannot be compared with this one."""
    given.clear()
    for text in check.grounds():
        evaluate(text, names, functions)
    return obstacle(claim, (one for one in given if one["claim_id"] != claim["claim_id"]), check.across)


def named(check: Check, scope: Mapping[str, Any], functions: Mapping[str, Function]) -> dict[str, Any]:
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
