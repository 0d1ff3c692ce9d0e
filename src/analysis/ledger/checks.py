"""Rules as data: what a check applies to, what it computes and what it says (pure)."""

import re
import string
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Annotated, Any, Literal, NoReturn, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from analysis.errors import LedgerError
from analysis.i18n import typography
from analysis.i18n.language import N_
from analysis.ledger.comparability import Difference
from analysis.ledger.expressions import WHERE, Function, require_known
from analysis.tables.codes import Verdict

VERDICTS: Mapping[str, str] = {
    "confirmed": N_("confirmé"),
    "consistent": N_("cohérent"),
    "superseded": N_("dépassé"),
    "contradicted": N_("contredit"),
    "not_checkable": N_("invérifiable"),
}  # in the order and under the name that readers see
# Beside a verdict's word: it is told apart by sign and word, never by colour alone.
SIGNS: Mapping[str, str] = {
    "confirmed": "✓", "consistent": "≈", "superseded": "↷", "contradicted": "✗", "not_checkable": "?",
}  # fmt: skip
SEVERAL = (N_("confirmés"), N_("cohérents"), N_("dépassés"), N_("contredits"), N_("invérifiables"))  # said of several
Kind = Literal["list", "arithmetic", "enumeration", "same_number", "conflict", "none"]
# What is known of a figure before anything is computed.
SCOPE = (
    "claim_id", "source", "concept", "place", "phase", "unit", "qualifier", "low", "high", "value", "least", "most",
    "day", "begins", "year", "first_year", "last_year", "years", "span", "said", "date",
)  # fmt: skip
FORMATS: Mapping[str, Callable[[Any], str]] = {
    "number": typography.number,
    "decimal": lambda value: typography.number(value, 1),
    "percent": lambda value: typography.percent(value, 0),
    "percent1": typography.percent,
    "euros": typography.euros,
    "text": lambda value: typography.typographic(f"{value:.0f}" if isinstance(value, float) else str(value)),
}
DEFAULT_FORMAT = "number"


def _several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


Texts = Annotated[tuple[str, ...], BeforeValidator(_several)]
Across = Annotated[tuple[Difference, ...], BeforeValidator(_several)]
Phases = Annotated[tuple[Literal[1, 2, "none"], ...], BeforeValidator(_several)]


class Check(BaseModel):
    """One rule. The first that applies to a figure judges it.

    It applies when concept, place, source, unit and phase are among those it names, if it names any, and every
    expression of `when` is true. Then `value` is computed (`computed` in what follows), then `names`. Where these are
    published figures that differ from this one in what `across` does not name, it is not checkable: see `comparing`.
    Else the figure holds when every expression of `holds` is true or, without any, when `value` is within what the
    figure says. A figure that does not hold is superseded when `at_date` is within what it says, or when every
    expression of `superseded_when` is true; else it is contradicted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: Kind
    concept: Texts = ()
    place: Texts = ()
    source: Texts = ()
    unit: Texts = ()
    phase: Phases = ()
    when: Texts = ()
    value: str | None = None
    at_date: str | None = None
    names: dict[str, str] = Field(default_factory=dict)
    holds: Texts = ()
    superseded_when: Texts = ()
    across: Across = ()
    agreed: Verdict | None = None
    reason: str | dict[Verdict, str]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind != "none" and not (self.value or self.holds):
            raise ValueError("neither value nor holds")
        if self.at_date and not self.value:
            raise ValueError("at_date without value")
        if self.kind == "none" and (self.holds or self.superseded_when or self.agreed):
            raise ValueError("a check of kind none holds nothing")
        if missing := [one for one in self.verdicts if not self.reason_of(one)]:
            raise ValueError(f"no reason for {', '.join(missing)}")
        return self

    @property
    def verdict_when_true(self) -> Verdict:
        """What is said of a figure that holds."""
        if self.kind == "none":
            return "not_checkable"
        return self.agreed or ("confirmed" if self.kind == "list" else "consistent")

    @property
    def verdicts(self) -> list[Verdict]:
        """Every verdict that the check can give."""
        if self.kind == "none":
            return ["not_checkable"]
        changed: list[Verdict] = ["superseded"] if self.at_date or self.superseded_when else []
        return [self.verdict_when_true, *changed, "contradicted"]

    def reason_of(self, verdict: Verdict) -> str:
        """The sentence for a verdict, with its places to fill."""
        return self.reason if isinstance(self.reason, str) else self.reason.get(verdict, "")

    def grounds(self) -> list[str]:
        """The expressions that the verdict rests on: the conditions, and the value and names that they use."""
        conditions = [*self.holds, *self.superseded_when] if self.holds else [*self.superseded_when, "computed"]
        used = set(re.findall(r"\w+", " ".join(conditions)))
        texts = []
        for name, text in reversed([("computed", self.value or ""), *self.names.items()]):
            if name in used and text:
                texts.append(text)
                used.update(re.findall(r"\w+", text))
        return [*texts, *self.holds, *self.superseded_when]

    def expressions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each expression of the check, with the names that it may use beside those of the figure."""
        yield from ((one, ()) for one in (*self.when, self.value, self.at_date) if one)
        known = ("computed",) if self.value else ()
        for name, one in self.names.items():
            yield one, known
            known = (*known, name)
        yield from ((one, known) for one in (*self.holds, *self.superseded_when))


def parse(raw: Any, concepts: Collection[str], functions: Mapping[str, Function]) -> list[Check]:
    """Checks from parsed YAML, in order, one for anything last; LedgerError names the check and what is wrong in it."""
    if not isinstance(raw, list) or not raw:
        _refuse("the file is not a list of checks.")
    checks = [_parse_one(entry, rank) for rank, entry in enumerate(raw, start=1)]
    names = [one.name for one in checks]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        _refuse(f"check {doubled[0]} stands twice.")
    for one in checks:
        _require_sound(one, concepts, functions)
    return sorted(checks, key=_takes_anything)


def _takes_anything(check: Check) -> bool:
    """Whether a check applies to every figure: such a one is the last, wherever others are added."""
    return not (check.concept or check.place or check.source or check.unit or check.phase or check.when)


def _parse_one(entry: Any, rank: int) -> Check:
    try:
        return Check.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        name = entry.get("name") if isinstance(entry, Mapping) else None
        field = ".".join(map(str, first["loc"]))
        _refuse(f"check {name or rank}: {field + ': ' if field else ''}{first['msg']}.", error)


def _require_sound(check: Check, concepts: Collection[str], functions: Mapping[str, Function]) -> None:
    """LedgerError for an unknown concept, an expression that cannot work, or a place to fill that nothing fills."""
    if unknown := sorted(set(check.concept) - set(concepts)):
        _refuse(f"check {check.name}: unknown concept {', '.join(unknown)}.")
    if shadowed := sorted({"computed", *SCOPE} & set(check.names)):
        _refuse(f"check {check.name}: the name {', '.join(shadowed)} is taken.")
    try:
        for text, known in check.expressions():
            require_known(text, {*SCOPE, *known}, functions)
        filled = {name: 0 for name in (*SCOPE, "computed", *check.names) if name != "computed" or check.value}
        for verdict in check.verdicts:
            fill(check.reason_of(verdict), filled)
        if check.kind != "none" and isinstance(check.reason, dict):
            fill(check.reason_of("not_checkable"), filled | {"other": 0, "other_date": 0})
    except LedgerError as error:
        _refuse(f"check {check.name}: {error.what}", error)


def fill(template: str, values: Mapping[str, Any]) -> str:
    """A sentence with its places `{name}` or `{name:format}` filled; LedgerError when one cannot be."""
    parts = []
    try:
        places = list(string.Formatter().parse(template))
    except ValueError as error:
        raise LedgerError(f"`{template}` has a brace too many or too few ({error}).") from error
    for literal, name, form, _ in places:
        parts.append(literal)
        if name is None:
            continue
        value = values.get(name)
        default = "text" if isinstance(value, str) else DEFAULT_FORMAT
        if name not in values or (form or default) not in FORMATS:
            raise LedgerError(f"`{{{name}:{form}}}` cannot be filled; known formats: {', '.join(FORMATS)}.")
        if value is None:
            raise LedgerError(f"`{{{name}}}` has no value.")
        parts.append(FORMATS[form or default](value))
    return typography.spaced("".join(parts))


def _refuse(what: str, cause: Exception | None = None) -> NoReturn:
    raise LedgerError(what, where=WHERE, repair="Correct the check, then run `dvc repro`.") from cause
