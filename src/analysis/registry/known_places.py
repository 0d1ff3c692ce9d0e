"""Regions and territories that people name, checked against the lists; what is unknown is told with its nearest (pure).

A region is told with every region's code and name, and with what the code or name was taken from: a département, a
region of before 2016, a name. A territory is told with its nearest by id and by name, and with the phase it is of.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl

from analysis import programme
from analysis.errors import ParameterError
from analysis.io.nearness import nearest
from analysis.tables.codes import PHASES, YEARS

LISTS = "data/raw/territories.csv"
REGION, TERRITORY, PHASE = "region_code", "territory_id", "phase"
# Regions of before 2016: Insee code -> name and region of today (Insee, Code officiel géographique).
FORMER: Mapping[str, tuple[str, str]] = {
    "21": ("Champagne-Ardenne", "44"), "22": ("Picardie", "32"), "23": ("Haute-Normandie", "28"),
    "25": ("Basse-Normandie", "28"), "26": ("Bourgogne", "27"), "31": ("Nord-Pas-de-Calais", "32"),
    "41": ("Lorraine", "44"), "42": ("Alsace", "44"), "43": ("Franche-Comté", "27"),
    "54": ("Poitou-Charentes", "75"), "72": ("Aquitaine", "75"), "73": ("Midi-Pyrénées", "76"),
    "74": ("Limousin", "75"), "82": ("Rhône-Alpes", "84"), "83": ("Auvergne", "84"),
    "91": ("Languedoc-Roussillon", "76"),
}  # fmt: skip


def require(
    given: Mapping[str, Any], territories: pl.DataFrame, departments: pl.DataFrame | None = None, where: str = ""
) -> None:
    """ParameterError unless the region, or the territory of a phase, among the `given` values is one of the lists.

    `territories` is core_territories; with `departments` (its raw table) a département's code is understood too.
    """
    if REGION in given:
        _require_region(given[REGION], territories, departments, where)
    if PHASE in given:
        require_phase(given[PHASE], where)
    if TERRITORY in given:
        _require_territory(given[TERRITORY], given.get(PHASE), territories, where)


def require_phase(value: Any, where: str = "") -> None:
    """ParameterError unless the value is the number of a phase."""
    if type(value) is not int or value not in PHASES:
        what = f"parameter {PHASE} holds {value!r:.60}, which is no phase."
        raise ParameterError(what, where=where, repair=f"Write {_phases()}.")


def _phases() -> str:
    return " or ".join(f"phase = {phase} ({first}-{last})" for phase, (first, last) in YEARS.items())


def are_typed(given: Mapping[str, Any]) -> bool:
    """Whether each value is of its type: a number is written like a text in a file's name."""
    return all(type(value) is (int if name == PHASE else str) for name, value in given.items())


def _require_region(value: Any, territories: pl.DataFrame, departments: pl.DataFrame | None, where: str) -> None:
    known = dict(territories.select("region_code", "region_name").unique().sort("region_code").iter_rows())
    if type(value) is str and value in known:
        return
    meant = _as_text(value, "{:02}".format, REGION, known, where)
    hint = _region_meant(meant, known, departments)
    listed = ", ".join(f"{code} {name}" for code, name in known.items())
    what = f"parameter {REGION} holds {value!r:.60}, which is no region's code.{hint}"
    raise ParameterError(what, where=where, repair=f"The regions: {listed}.")


def _region_meant(text: str, known: Mapping[str, str], departments: pl.DataFrame | None) -> str:
    """What a region that is not one was probably meant to be, as the end of a sentence; empty where nobody knows."""
    code = text.strip().upper().zfill(2)
    if code in known:
        return f" Did you mean {code} ({known[code]})?"
    if code in FORMER and FORMER[code][1] in known:
        name, today = FORMER[code]
        return f" It was {name} until 2015, now in {today} ({known[today]})."
    if departments is not None and (row := departments.filter(department_code=code)).height:
        today = row.item(0, "region_code")
        return f" {code} is the département {row.item(0, 'name')}, in {today} ({known.get(today, '')})."
    former = {name: today for name, today in FORMER.values() if today in known}
    names = {name: code for code, name in known.items()} | former
    found = dict.fromkeys(f"{names[name]} ({known[names[name]]})" for name in nearest(text, names))
    return f" Did you mean {' or '.join(found)}?" if found else ""


def _require_territory(value: Any, phase: int | None, territories: pl.DataFrame, where: str) -> None:
    phases = {one: dict(_names(territories, one)) for one in PHASES}
    own = phases[phase] if phase else {code: name for names in phases.values() for code, name in names.items()}
    if type(value) is str and value in own:
        return
    text = _as_text(value, programme.territory_id, TERRITORY, own, where)
    shown = f"{TERRITORY} (phase {phase})" if phase else TERRITORY
    other = next((one for one in PHASES if phase and one != phase and text in phases[one]), None)
    if other:
        number = {1: "one", 2: "two"}[other]
        what = f"{text} ({phases[other][text]}) is a territory of phase {number} only."
        repair = f"Ask for it with phase={other}, or for its nearest of phase {phase}: "
        meant = nearest_places(phases[other][text], own)
        raise ParameterError(what, where=where, repair=f"{repair}{meant}; all are in {LISTS}.")
    what = f"parameter {shown} holds {value!r:.60}, which does not exist."
    meant = nearest_places(text, own)
    raise ParameterError(what, where=where, repair=f"Nearest: {meant}; all are in {LISTS}.")


def _names(territories: pl.DataFrame, phase: int) -> Iterable[tuple[str, str]]:
    return territories.filter(pl.col("phase") == phase).select("territory_id", "name").sort("territory_id").iter_rows()


def _as_text(value: Any, written: Callable[[int], str], name: str, known: Mapping[str, str], where: str) -> str:
    """The value as text; a number that is a known code without its quotes is refused with them."""
    if type(value) is not int:
        return str(value)
    text = written(value)
    if text not in known:
        return str(value)
    repair = f'Write it as a text: {name} = "{text}" ({known[text]}); with papermill, -r {name} {text}.'
    raise ParameterError(f"parameter {name} holds the number {value}, not a text.", where=where, repair=repair)


# --- nearest -----------------------------------------------------------------------------------------------


def nearest_places(text: str, names: Mapping[str, str]) -> str:
    """The three nearest of `names` (id -> name), by name where the text is one, else by id; each with its name."""
    ids = {name: code for code, name in names.items()}
    found = [ids[name] for name in nearest(text, ids)]
    if not found:
        digits = re.sub(r"\D", "", text)
        wanted = programme.territory_id(digits) if digits else text.lower()
        found = difflib.get_close_matches(wanted, names, n=3, cutoff=0.0)
    return ", ".join(f"{code} ({names[code]})" for code in found)
