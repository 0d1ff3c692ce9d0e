"""What the reading of a text gives: quantities with their place, interval and hedge."""

from dataclasses import dataclass

Value = float | int

KEYS = (
    "doc",
    "start",
    "end",
    "text",
    "num_start",
    "num_end",
    "kind",
    "value_low",
    "value_high",
    "iso",
    "approx",
    "bound",
    "qualifier",
    "unit",
    "sentence_start",
    "sentence_end",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a text, as an interval with its hedge.

    Offsets are code points of the text given to `read`. `start:end` holds the number with its unit or
    counted noun (the frame of a range inside, an approximator such as "près de" outside);
    `num_start:num_end` the bare number with its magnitude. An open side of the interval is None.
    """

    start: int
    end: int
    num_start: int
    num_end: int
    kind: str  # count money percent ordinal date year period
    value_low: Value | None  # dates as YYYYMMDD, or MMDD when no year is written
    value_high: Value | None
    iso: str | None  # 2023-11-09, --11-09, 2019/2022, --04-12/--04-17, P10Y
    approx: bool
    bound: str | None  # at_least at_most
    qualifier: str  # exact approximately nearly more_than less_than at_least at_most between
    unit: str | None  # EUR EUR/year % point fraction factor, or the counted noun's lemma
    sentence_start: int
    sentence_end: int


def to_json(doc: str, quantity: Quantity, text: str) -> dict[str, object]:
    """One figure as the object that `extract --jsonl` prints: exactly the fields of `KEYS`, in that order."""
    found: dict[str, object] = {"doc": doc, "text": text[quantity.start : quantity.end]}
    return {key: found[key] if key in found else getattr(quantity, key) for key in KEYS}
