import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.drawing import style
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


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colour", [style.INK, style.INK_SOFT, *style.PHASE_COLOURS.values(), style.ACCENT])
def test_text_colours_stand_out_from_paper(colour):
    assert contrast(colour, style.PAPER) >= 4.5


@pytest.mark.parametrize("colour", [style.BORDER, style.BORDER_SOFT])
def test_lines_stand_out_from_paper_and_ground(colour):
    assert contrast(colour, style.PAPER) >= 3
    assert contrast(colour, style.GROUND) >= 3


@pytest.mark.parametrize("colour", style.MAP_COLOURS)
def test_labels_stand_out_from_map_colours(colour):
    assert contrast(style.INK, colour) >= 4.5


@pytest.mark.parametrize("look", [*style.STATUS_LOOKS.values(), *style.CHANGE_LOOKS.values()], ids=str)
def test_looks_stand_out_from_the_paper(look):
    ink = look.line if look.face == style.PAPER else look.face
    assert contrast(ink, style.PAPER) >= 3


@pytest.mark.parametrize("looks", [style.STATUS_LOOKS, style.CHANGE_LOOKS], ids=["ground", "territories"])
def test_looks_are_told_apart_without_colour(looks):
    drawn = [look.hatch for look in looks.values()]
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize(
    ("count", "written"),
    [(12_569_144, "12,6\u00a0millions"), (1_949_999, "1,9\u00a0million"), (2e6, "2,0\u00a0millions")],
)
def test_millions_below_two_are_singular(count, written):
    assert typography.millions(count) == written
