"""What heads a cell, and which cells are figures."""

import pytest

from analysis.extraction.documents.table_heads import is_figure


@pytest.mark.parametrize("text", ["149", "1 202", "12,5 %", "3 M€", "25 ha", "12 km", "– ", "n.d.", "2 019 *"])
def test_a_number_with_its_unit_is_a_figure(text):
    assert is_figure(text)


@pytest.mark.parametrize("text", ["12 territoires", "2019 industrialisation", "1" + "a" * 5_000, "1 " + "ab" * 999])
def test_a_word_after_a_number_is_none_however_long(text):
    assert not is_figure(text)
