import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.i18n import typography
from analysis.i18n.language import speaking


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (1234.5, 1, "1\u202f234,5", "1,234.5"),
        (149, 0, "149", "149"),
        (30_929_176, 0, "30\u202f929\u202f176", "30,929,176"),
        (-2.5, 1, "-2,5", "-2.5"),
        (0, 2, "0,00", "0.00"),
    ],
)
def test_number_follows_the_locale(value, decimals, french, english):
    assert typography.number(value, decimals) == french
    with speaking("en"):
        assert typography.number(value, decimals) == english


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (1.36e9, "1,36\u00a0Md€"),
        (1.3e9, "1,3\u00a0Md€"),
        (2e9, "2\u00a0Md€"),
        (100e6, "100\u00a0M€"),
        (7.5e6, "7,5\u00a0M€"),
        (45_000, "45\u202f000\u00a0€"),
        (0, "0\u00a0€"),
    ],
)
def test_euros_uses_the_largest_unit(amount, written):
    assert typography.euros(amount) == written


def test_percent_has_a_hard_space_in_french_only():
    assert typography.percent(45.47) == "45,5\u00a0%"
    with speaking("en"):
        assert typography.percent(45.47) == "45.5%"


def test_typographic_curls_apostrophes_and_keeps_dashes_with_what_they_follow():
    assert typography.typographic("Pays de l'Aigle – Sud") == "Pays de l’Aigle\u00a0– Sud"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_number_reads_back(value):
    assert int(typography.number(value).replace(typography.NARROW_SPACE, "")) == value


@pytest.mark.parametrize(
    ("count", "written"),
    [(12_569_144, "12,6\u00a0millions"), (1_949_999, "1,9\u00a0million"), (2e6, "2,0\u00a0millions")],
)
def test_millions_below_two_are_singular(count, written):
    assert typography.millions(count) == written
