"""Number words of every country and orthography parse back; the labelled sentences, for the other tests too."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.extraction.numerals import read

GOLDEN = Path(__file__).parents[1] / "golden"
UNITS = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
]  # fmt: skip
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 7: "septante", 9: "nonante"}


def rows(half: str = "") -> list[dict[str, Any]]:
    """The labelled sentences, of one half or all."""
    lines = [line for path in sorted(GOLDEN.glob("numerals*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    found = [json.loads(line) for line in lines]
    return [row for row in found if "text" in row and half in ("", row["half"])]


def spelled(value: int, country: str = "fr", hyphens: str = "old") -> str:
    """A whole number below 10**12 in words, as in France, Belgium or Switzerland, in either orthography."""
    parts: list[str] = []
    for size, name in ((10**9, "milliard"), (10**6, "million")):
        if value >= size:
            parts += [*_thousands(value // size, country), name + ("s" if value // size > 1 else "")]
            value %= size
    if value or not parts:
        parts += _thousands(value, country)
    return _joined(parts, hyphens)


def _thousands(value: int, country: str) -> list[str]:
    above, below = divmod(value, 1000)
    parts = _hundreds(above, country) if above > 1 else []
    if parts and parts[-1] in {"cents", "quatre-vingts"}:  # no plural before mille
        parts[-1] = parts[-1][:-1]
    parts += ["mille"] if above else []
    return parts + (_hundreds(below, country) if below or not above else [])


def _hundreds(value: int, country: str) -> list[str]:
    above, below = divmod(value, 100)
    if not above:
        return _tens(below, country)
    cent = "cents" if above > 1 and not below else "cent"
    return ([UNITS[above]] if above > 1 else []) + [cent] + (_tens(below, country) if below else [])


def _tens(value: int, country: str) -> list[str]:
    if value <= 16:
        return [UNITS[value]]
    ten, unit = divmod(value, 10)
    if ten == 1:
        return ["dix", "-", UNITS[unit]]
    word = {("ch", 8): "huitante"}.get((country, ten)) or (TENS.get(ten) if country != "fr" or ten < 7 else None)
    if word is None:  # soixante-dix, quatre-vingts, and quatre-vingt-dix in France
        word, unit = {7: ("soixante", unit + 10), 8: ("quatre-vingt", unit), 9: ("quatre-vingt", unit + 10)}[ten]
        if word == "quatre-vingt":
            return ["quatre-vingts"] if not unit else [word, "-", *_tens(unit, country)]
    if not unit:
        return [word]
    if unit in {1, 11}:
        return [word, "et", UNITS[unit]]
    return [word, "-", *_tens(unit, country)]


def _joined(parts: list[str], hyphens: str) -> str:
    """The words with hyphens everywhere (1990) or only where the older rules want them."""
    text = " ".join(parts).replace(" - ", "-")
    return text.replace(" ", "-") if hyphens == "1990" else text


@given(st.integers(2, 10**12 - 1), st.sampled_from(["fr", "be", "ch"]), st.sampled_from(["old", "1990"]))
@example(80, "fr", "old")
@example(71, "fr", "1990")
@example(200_000_081, "ch", "old")
def test_number_in_words_parses_back(value, country, hyphens):
    noun = "d'euros" if value % 10**6 == 0 else "euros"
    assert [q.value_low for q in read(f"Il manque {spelled(value, country, hyphens)} {noun}.")] == [value]


@pytest.mark.parametrize(
    ("value", "country", "words"),
    [
        (21, "fr", "vingt et un"), (71, "fr", "soixante et onze"), (80, "fr", "quatre-vingts"),
        (97, "be", "nonante-sept"),
        (99, "fr", "quatre-vingt-dix-neuf"), (85, "ch", "huitante-cinq"), (1900, "fr", "mille neuf cents"),
        (200_001, "fr", "deux cent mille un"), (2_000_300, "fr", "deux millions trois cents"),
    ],
)  # fmt: skip
def test_speller_writes_as_the_grammars_say(value, country, words):
    assert spelled(value, country) == words
