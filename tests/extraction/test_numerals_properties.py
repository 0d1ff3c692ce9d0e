"""Properties of the extraction on any text: round trips, places, independence, normal forms, linear time."""

import re
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_numerals_words import rows

from analysis.extraction.numerals import characters, markup, read, reading, sentences, tokens
from analysis.i18n import typography

pytestmark = pytest.mark.no_cover  # of thousands of texts: traced, it takes much longer, and shows no other line

SENTENCES = [
    row["text"] for row in rows() if row["text"][0].isupper() and row["text"][-1] == "." and "\n" not in row["text"]
]
PIECES = [
    "12", "1 234", "3,5", "0", "un", "deux", "cent", "mille", "vingt", "quatre", "-", " - ", "et", "à", "de", "entre",
    "millions", "M", "€", "%", "euros", "sur", "ou", "tiers", "dizaine", "une", "premier", "e", "er", "mars", "2019",
    "du", "au", "le", ",", ".", "(", ")", "/", "'", "’", "\u00a0", "\u202f", "\n", "n°", "h", "É", "e\u0301", "ﬁ", "İ",
    "½", "²", "XXIe", "siècle", "par", "an", "France", "+", "ans", "demi", "points", "fois", "plus", "Ω", "\U0001f600",
]  # fmt: skip
soup = st.lists(st.sampled_from(PIECES), max_size=40).map(
    lambda parts: "".join(f"{part} " if len(part) > 1 else part for part in parts)
)
texts = st.one_of(st.text(max_size=200), soup, st.sampled_from(SENTENCES))


def values(text):
    return [(q.kind, q.value_low, q.value_high, q.unit, q.qualifier, q.iso) for q in read(text)]


@given(st.integers(2, 10**9), st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", ".", "'", "’"]))
def test_number_in_digits_parses_back_with_any_separator(value, separator):
    digits = f"{value:,}".replace(",", separator)
    assert [q.value_low for q in read(f"On compte {digits} habitants.")] == [value]


@given(st.integers(2, 10**9), st.integers(0, 3))
def test_number_formatted_by_the_project_parses_back(thousandths, decimals):
    value = round(thousandths / 1000, decimals)
    found = read(f"On produit {typography.number(value, decimals)} tonnes.")
    assert [q.value_low for q in found] == [pytest.approx(value)]


@given(st.integers(0, 100_000), st.integers(0, 2))
def test_percentage_formatted_by_the_project_parses_back(thousandths, decimals):
    value = round(thousandths / 1000, decimals)
    found = read(f"La part est de {typography.percent(value, decimals)}.")
    assert [(q.value_low, q.unit) for q in found] == [(pytest.approx(value), "%")]


@given(st.integers(0, 10**13))
def test_amount_formatted_by_the_project_parses_back(amount):
    found = read(f"Il faut {typography.euros(amount)}.")
    assert [q.unit for q in found] == ["EUR"]
    assert found[0].value_low == pytest.approx(amount, rel=0.01)


@given(st.integers(2, 10**7))
def test_count_formatted_by_the_project_parses_back(count):
    assert [(q.value_low, q.unit) for q in read(typography.counted(count, "commune") + ".")] == [(count, "commune")]


@given(texts)
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_in_order_and_never_overlap(text):
    found = read(text)
    for q in found:
        assert 0 <= q.sentence_start <= q.start <= q.num_start < q.num_end <= q.end <= q.sentence_end <= len(text)
        assert q.value_low is None or q.value_high is None or q.value_low <= q.value_high
        assert (q.bound == "at_least") == (q.value_high is None)
        assert (q.bound == "at_most") == (q.value_low is None)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(texts)
@settings(max_examples=200, deadline=None)
def test_sentences_are_in_order_and_hold_every_visible_character(text):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert re.sub(r"\s", "", covered) == re.sub(r"\s", "", text)


@given(
    st.sampled_from(SENTENCES),
    st.sampled_from(SENTENCES),
    st.sampled_from(SENTENCES),
    st.sampled_from([" ", "\n", "\n\n"]),
)
@settings(max_examples=300, deadline=None)
def test_sentence_reads_the_same_between_any_others(before, sentence, after, gap):
    shift = len(before) + len(gap)
    whole = read(before + gap + sentence + gap + after)
    inside = [q for q in whole if shift <= q.start < shift + len(sentence)]
    moved = [(q.start - shift, q.end - shift, q.kind, q.value_low, q.value_high, q.unit, q.qualifier) for q in inside]
    assert moved == [(q.start, q.end, q.kind, q.value_low, q.value_high, q.unit, q.qualifier) for q in read(sentence)]


@given(texts)
@settings(max_examples=200, deadline=None)
def test_composed_and_decomposed_text_give_the_same_values(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert values(composed) == values(decomposed)
    for one, other in zip(read(composed), read(decomposed), strict=True):
        slices = composed[one.start : one.end], decomposed[other.start : other.end]
        assert unicodedata.normalize("NFC", slices[0]) == unicodedata.normalize("NFC", slices[1])


ADVERSARIAL = [
    "1 ", "111 ", "1,", "1.", "1-", "1/", ".", " ", "'", "é", "e\u0301", "deux ou ", "un sur ", "cent mille ", "vingt-",
    "( 12) ", "axe 1, 2, ", "entre 1 et ", "de 1 à ", "de de ", "1er ", "mars ", "9 mars ", "1, 2, ", "plus de ",
    "million d'", "% ", "n° 1 ", "12 h ", "A-1", "...", "!?", "\n", "a\n", "1\n", "une ", "sept jours sur ",
    "déjà les ", "&amp;", "&nbsp;", "<b", "<a ", "<sup>", "<script>", "<!--", "<p>1", "1\u00ad", "vingt\u00ad",
    "1\t234", "Ã©", "Â ", "1[1]", "1*", "1²", "1\n234 ", "vingt-\n", "- ", "« ", "1 « a ", "12\n", "1T2024 ",
    "de 98 à ", "1 h 30 ",
]  # fmt: skip


def calls(text):
    """How many calls, of Python and of C, the reading of a text makes."""
    count = 0

    def counter(frame, event, argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counter)
    try:
        sum(1 for _ in reading.iter_read(text))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", ADVERSARIAL, ids=repr)
def test_steps_grow_in_proportion_to_the_text(piece):
    short, long = piece * (2_500 // len(piece)), piece * (10_000 // len(piece))
    assert calls(long) <= 4.5 * calls(short) + 500


def repeats(pattern):
    """The unbounded repetitions of a pattern, each with whether it can give back what it took."""
    parser = re._parser
    stack, found = [parser.parse(pattern.pattern)], []
    while stack:
        node = stack.pop()
        if isinstance(node, parser.SubPattern):
            stack.extend(argument for _, argument in node.data)
            found += [(str(op), argument[1]) for op, argument in node.data if "REPEAT" in str(op)]
        elif isinstance(node, list | tuple):
            stack.extend(node)
    return [op for op, most in found if most == parser.MAXREPEAT]


@pytest.mark.parametrize(
    "module",
    [tokens, sys.modules["analysis.extraction.numerals.sentences"], reading, characters, markup],
    ids=lambda m: m.__name__,
)
def test_no_regular_expression_can_go_back(module):
    patterns = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    assert all(op == "POSSESSIVE_REPEAT" for pattern in patterns for op in repeats(pattern))


def test_long_line_of_ones_is_read_whole():
    assert sum(1 for _ in reading.iter_read("1 " * 20_000)) == 20_000
