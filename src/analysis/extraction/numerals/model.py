"""What the reading of a text gives: quantities with their place, interval and hedge."""

from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

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
    "sentence",
)


class Quantity(NamedTuple):
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


def json_lines(doc: str, quantities: Iterable[Quantity], text: str, offset: int = 0) -> Iterator[str]:
    """The figures of a text as `extract` prints them: an object a line with the fields of `KEYS`, in that order.

    `offset` is where the text begins in its document. Written out by hand: a general writer takes as long as reading.
    """
    head, place, sentence = f'{{"doc": {quoted(doc)}, "start": ', (-1, -1), ""
    for q in quantities:
        if place != (q.sentence_start, q.sentence_end):
            place = (q.sentence_start, q.sentence_end)
            sentence = (
                f'"sentence_start": {place[0] + offset}, "sentence_end": {place[1] + offset},'
                f' "sentence": {quoted(text[place[0] : place[1]])}}}\n'
            )
        yield (
            f'{head}{q.start + offset}, "end": {q.end + offset}, "text": {quoted(text[q.start : q.end])},'
            f' "num_start": {q.num_start + offset}, "num_end": {q.num_end + offset}, "kind": "{q.kind}",'
            f' "value_low": {_shown(q.value_low)}, "value_high": {_shown(q.value_high)}, "iso": {_quoted(q.iso)},'
            f' "approx": {"true" if q.approx else "false"}, "bound": {_quoted(q.bound)},'
            f' "qualifier": "{q.qualifier}", "unit": {_quoted(q.unit)}, {sentence}'
        )


def _shown(value: Value | None) -> str:
    return "null" if value is None else repr(value)


def _quoted(word: str | None) -> str:
    return "null" if word is None else quoted(word)
