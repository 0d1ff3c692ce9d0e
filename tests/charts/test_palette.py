"""The palette: each colour has one role, is told apart from the others by all eyes, and stands out from the paper."""

import re

import pytest
from sight import contrast, is_red, least_distance

from analysis.charts.drawing import style
from analysis.ledger import VERDICTS

# What each constant of `style` is for. Letters are read, marks are seen, names are written on grounds, faint lines only
# guide the eye. One without a role fails.
ROLES = {
    "letters": {"INK", "INK_SOFT", "PHASE_COLOURS", "LEFT", "ENTERED"},
    "marks": {"BORDER", "BORDER_SOFT", "STAYED", "VERDICT_COLOURS"},
    "grounds": {"PAPER", "GROUND", "GROUND_FAR", "GROUND_OTHER"},
    "faint": {"GRID", "SPREAD"},
    "amounts": {"AMOUNTS"},
    "dark letters": {"DARK_PHASE_COLOURS"},
    "dark marks": {"DARK_STAYED", "DARK_VERDICT_COLOURS"},
    "dark grounds": {"DARK_PAPER", "DARK_GROUND"},
}
PAPERS = {
    "letters": style.PAPER,
    "marks": style.PAPER,
    "dark letters": style.DARK_PAPER,
    "dark marks": style.DARK_PAPER,
}
LEAST_CONTRAST = {"letters": 4.5, "marks": 3.0}
LEAST_DISTANCE = 18.0
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}")
SETS = {
    "phases": [*style.PHASE_COLOURS.values(), style.STAYED, style.GROUND],
    "phases, dark": [*style.DARK_PHASE_COLOURS.values(), style.DARK_STAYED, style.DARK_GROUND],
    "verdicts": list(style.VERDICT_COLOURS.values()),
    "verdicts, dark": list(style.DARK_VERDICT_COLOURS.values()),
}


def colours_of(value: object) -> list[str]:
    """Colours in a constant: itself, the values of a mapping, the items of a tuple."""
    items = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
    return [one for one in items if isinstance(one, str) and COLOUR.fullmatch(one)]


CONSTANTS = {name: value for name, value in vars(style).items() if name.isupper() and name != "RC"}
DECLARED = {name: found for name, value in CONSTANTS.items() if (found := colours_of(value))}
OF_ROLE = [(role, name, one) for role, names in ROLES.items() for name in sorted(names) for one in DECLARED[name]]


def test_every_colour_has_one_role_and_every_role_its_colour():
    named = [name for names in ROLES.values() for name in names]
    assert sorted(named) == sorted(DECLARED)


@pytest.mark.parametrize(("role", "name", "colour"), [one for one in OF_ROLE if one[0] in PAPERS])
def test_letters_and_marks_stand_out_from_their_paper(role, name, colour):
    assert contrast(colour, PAPERS[role]) >= LEAST_CONTRAST[role.split()[-1]]


@pytest.mark.parametrize("line", [style.BORDER, style.BORDER_SOFT])
@pytest.mark.parametrize("ground", [style.GROUND, style.GROUND_FAR, style.GROUND_OTHER])
def test_borders_stand_out_from_the_ground(line, ground):
    assert contrast(line, ground) >= 3


@pytest.mark.parametrize(
    "ground", [style.STAYED, *(one for role, _, one in OF_ROLE if role == "grounds"), *style.AMOUNTS[:3]]
)
def test_letters_in_ink_stand_out_from_what_they_are_written_on(ground):
    assert contrast(style.INK, ground) >= 4.5


@pytest.mark.parametrize("ground", [*style.AMOUNTS[3:], *style.PHASE_COLOURS.values()])
def test_letters_of_the_paper_stand_out_from_the_dark_grounds(ground):
    assert contrast(style.PAPER, ground) >= 4.5


@pytest.mark.parametrize("name", SETS)
def test_colours_of_a_set_are_told_apart_by_all_eyes(name):
    distance, *told = least_distance(SETS[name])
    assert distance >= LEAST_DISTANCE, told


def test_amounts_go_from_light_to_dark_in_one_step_each():
    ratios = [contrast(one, style.PAPER) for one in style.AMOUNTS]
    assert ratios == sorted(ratios)
    assert min(least_distance(style.AMOUNTS[rank : rank + 2])[0] for rank in range(4)) >= 12


def test_every_verdict_has_its_colour_in_both_modes():
    assert list(style.VERDICT_COLOURS) == list(VERDICTS)
    assert style.DARK_VERDICT_COLOURS.keys() == style.VERDICT_COLOURS.keys()
    assert style.DARK_PHASE_COLOURS.keys() == style.PHASE_COLOURS.keys()


def test_red_is_for_what_is_contradicted_alone():
    red = {one for _, _, one in OF_ROLE if is_red(one)}
    assert red == {style.VERDICT_COLOURS["contradicted"], style.DARK_VERDICT_COLOURS["contradicted"]}


def test_looks_are_made_of_the_palette():
    looks = [*style.STATUS_LOOKS.values(), *style.MAP_LOOKS.values(), *style.CHANGE_LOOKS.values()]
    assert {one.face for one in looks} == {style.STAYED, *style.PHASE_COLOURS.values()}
    assert {one.line for one in looks} == {style.PAPER}


@pytest.mark.parametrize(
    "looks", [style.STATUS_LOOKS, style.MAP_LOOKS, style.CHANGE_LOOKS], ids=["ground", "maps", "territories"]
)
def test_looks_are_told_apart_without_colour(looks):
    drawn = [look.hatch for look in looks.values()]
    assert len(set(drawn)) == len(drawn)


def test_no_other_module_names_a_colour(root):
    quoted = re.compile(rf"[\"']{COLOUR.pattern}[\"']")
    modules = (root / "src/analysis").rglob("*.py")
    named = [path.relative_to(root).as_posix() for path in modules if quoted.search(path.read_text())]
    assert named == ["src/analysis/charts/drawing/style.py"]
