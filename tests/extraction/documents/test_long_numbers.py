"""Numbers that are too long to be read are named with where they stand."""

import pytest
from made_documents import Sheet

from analysis.extraction import numerals
from analysis.extraction.documents import document_of
from analysis.extraction.documents.long_numbers import MOST_DIGITS


def told(text: str) -> list[str]:
    return [*map(str, document_of(text.encode(), "a.txt").remarks)]


@pytest.mark.parametrize("digits", [MOST_DIGITS + 1, 400])
@pytest.mark.parametrize("between", ["", " ", "\u202f"])
def test_a_number_that_is_not_read_is_named(digits, between):
    number = between.join(["9", *["999"] * (digits // 3)]) if between else "9" * digits
    text = f"Le bilan est là.\n\nOn compte {number} communes."
    assert not [*numerals.read(text)]
    assert told(text) == [f"numbers of more than 15 digits, not read: {number[:12]}… (l. 3)."]


@pytest.mark.parametrize(
    "number",
    ["9" * MOST_DIGITS, "999 999 999 999 999", "13, 14, 15, 16, 17, 18, 19, 20 et 21", "2019 2020 2021 2022 2023"],
)
def test_a_number_that_is_read_is_not(number):
    text = f"On compte {number} communes."
    assert [*numerals.read(text)]
    assert not told(text)


def test_the_page_is_named_where_there_are_pages():
    sheet = Sheet()
    sheet.put(60, 100, "Le bilan est bon.")
    sheet.add_page()
    sheet.put(60, 100, "On compte " + "9" * 40 + " communes.")
    remarks = [*map(str, document_of(sheet.bytes(), "a.pdf").remarks)]
    assert remarks[-1] == "numbers of more than 15 digits, not read: 999999999999… (p. 2)."


def test_many_are_not_all_named():
    remark = told(". ".join(["On compte " + "9" * 40] * 99))[-1]
    assert remark.count("(l. 1)") == 10
    assert remark.endswith(", ….")
