"""Colours of the style sheets: each is a property with a role, those of the palette are the figures' own."""

import re
from pathlib import Path

import pytest
import tinycss2
from sight import contrast, is_red, same_hue

from analysis.charts.drawing import style
from analysis.io.paths import project_root

ROOT = project_root(Path(__file__))
SHEETS = sorted(one for one in (ROOT / "src").rglob("*.css") if "leaflet" not in one.parts)  # leaflet is not ours
COLOUR = re.compile(r"#(?:[0-9a-f]{3,4}){1,2}\b", re.IGNORECASE)
PAPERS = {"light": style.PAPER, "dark": style.DARK_PAPER}
VERDICTS = {"light": style.VERDICT_COLOURS, "dark": style.DARK_VERDICT_COLOURS}
# Properties that hold a colour of the palette, in the light and in the dark.
PALETTE = {
    "phase-1": (style.PHASE_COLOURS[1], style.DARK_PHASE_COLOURS[1]),
    "phase-2": (style.PHASE_COLOURS[2], style.DARK_PHASE_COLOURS[2]),
    "stayed": (style.STAYED, style.DARK_STAYED),
    "land": (style.GROUND, style.DARK_GROUND),
    "paper": (style.PAPER, style.DARK_PAPER),
    "gap": (style.PAPER, style.DARK_PAPER),
    "halo": (style.PAPER, style.DARK_PAPER),
    **{
        f"{start}{name}": (colour, style.DARK_VERDICT_COLOURS[name])
        for name, colour in style.VERDICT_COLOURS.items()
        for start in ("", "told-")
    },
}
# What all others are for. Letters are read on the mode's paper, signs are seen on it, letters stand on grounds.
ROLES = {
    "letters": {
        "ink", "ink-soft", "link", "old", "unresolved", "pst-color-primary", "pst-color-secondary", "pst-color-accent",
        "pst-color-link", "pst-color-link-higher-contrast", "pst-color-link-hover", "pst-color-inline-code",
        "pst-color-text-base", "pst-color-text-muted",
    },
    "signs": {"atlas-focus", "edge", "edge-soft", "mark"},
    "grounds": {
        "sea", "target", "pst-color-target", "pst-color-primary-bg", "pst-color-table-row-hover-bg", "atlas-stripe",
        "pst-color-background", "pst-color-on-background",
    },
    "faint": {"rule", "atlas-rule", "line"},
    "tints": {"fill-1", "fill-2"},  # of a phase, under its border
    "amounts": {"q0", "q1", "q2", "q3", "q4"},
}  # fmt: skip
INK = {"light": "#1f2328", "dark": "#dbe1e8"}


def declarations(sheet: Path) -> list[tuple[str, str, str]]:
    """Mode, property and value of what a style sheet declares."""
    return list(_declared(tinycss2.parse_stylesheet(sheet.read_text(), True, True), "light"))


def _declared(rules, mode):
    for rule in rules:
        head = tinycss2.serialize(rule.prelude) if rule.type in ("qualified-rule", "at-rule") else ""
        of = "dark" if re.search(r'theme="dark"|scheme: dark', head) else mode
        if rule.type == "at-rule" and rule.content is not None:
            yield from _declared(tinycss2.parse_rule_list(rule.content, True, True), of)
        elif rule.type == "qualified-rule":
            of = "light" if head.strip() == "figure.page" else of  # a page of a PDF is white in the dark too
            for one in tinycss2.parse_declaration_list(rule.content, True, True):
                yield of, one.name, tinycss2.serialize(one.value).strip()


COLOURED = [
    pytest.param(sheet, mode, name, value, id=f"{sheet.name}-{mode}-{name}")
    for sheet in SHEETS
    for mode, name, value in declarations(sheet)
    if COLOUR.search(value)
]
PROPERTIES = [one for one in COLOURED if one.values[2].startswith("--")]
OTHERS = [one for one in COLOURED if one not in PROPERTIES]


def whole(colour: str) -> str:
    digits = colour.lstrip("#").upper()
    return f"#{digits if len(digits) >= 6 else ''.join(2 * one for one in digits)}"[:7]


@pytest.mark.parametrize(("sheet", "mode", "name", "value"), PROPERTIES)
def test_a_colour_has_one_role_and_looks_like_it(sheet, mode, name, value):
    role = next((role for role, names in ROLES.items() if name[2:] in names), "palette")
    paper = PAPERS[mode]
    if role == "palette":
        assert whole(value) == PALETTE[name[2:]][mode == "dark"]
    elif role == "letters":
        assert contrast(value, paper) >= 4.5
    elif role == "signs":
        assert contrast(value, paper) >= 3
    elif role == "grounds":
        assert contrast(INK[mode], value) >= 4.5
    elif role == "tints":
        phases = style.PHASE_COLOURS if mode == "light" else style.DARK_PHASE_COLOURS
        assert same_hue(value, phases[int(name[-1])])
        assert contrast(INK[mode], value) >= 4.5
    elif role == "amounts":
        assert same_hue(value, style.AMOUNTS[2])
        if mode == "light":
            assert whole(value) == style.AMOUNTS[int(name[-1])]


@pytest.mark.parametrize(("sheet", "mode", "name", "value"), OTHERS)
def test_elsewhere_stands_the_white_of_paper_or_what_a_property_falls_back_to(sheet, mode, name, value):
    if (found := re.fullmatch(r".*var\((--[\w-]+), (#\w+)\).*", value)) is None:
        assert set(COLOUR.findall(value)) == {"#fff"}
        return
    known = {one.values[3] for one in PROPERTIES if one.values[1:3] == ("light", found[1])}
    assert found[2] in known | {"#fff"}


@pytest.mark.parametrize(("sheet", "mode", "name", "value"), COLOURED)
def test_red_is_for_what_is_contradicted_alone(sheet, mode, name, value):
    for colour in COLOUR.findall(value):
        assert not is_red(colour) or name.removeprefix("--").removeprefix("told-") == "contradicted"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_are_hexadecimal_but_for_shadows(sheet):
    for _, name, value in declarations(sheet):
        assert not re.search(r"\b(?:hsl|hwb|lab|lch|oklch|color)\(|\b(?:red|crimson|maroon|tomato)\b", value), name
        assert all(one == "0 0 0 " for one in re.findall(r"rgba?\(([^/)]*)", value)), name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_letter_has_the_colour_of_a_verdict(sheet):
    assert not [value for _, name, value in declarations(sheet) if name == "color" and "verdict" in value]
