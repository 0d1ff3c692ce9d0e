"""What became of the territories and members of a phase, in the few words that maps fill them by (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from analysis.charts.drawing import style
from analysis.charts.maps import ground
from analysis.charts.maps.marks import Entry
from analysis.errors import FigureError
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.programme import PHASES, TERRITORY
from analysis.registry.phases import sides

_BETWEEN_TERRITORIES: Final[Mapping[int, Mapping[str, str]]] = {
    1: {
        "kept": N_("inchangé en phase 2"),
        "changed": N_("changé en phase 2"),
        "left": N_("disparu, sans lien avec la phase 2"),
    },
    2: {
        "kept": N_("inchangé depuis la phase 1"),
        "changed": N_("changé depuis la phase 1"),
        "entered": N_("nouveau, sans lien avec la phase 1"),
    },
}
_MEMBER: Final = N_("membre aux deux phases")
_BETWEEN_MEMBERS: Final[Mapping[int, Mapping[str, str]]] = {
    1: {
        "kept": _MEMBER,
        "changed": N_("resté dans le programme,\npar un autre membre"),
        "left": N_("sorti du programme\nen phase 2"),
    },
    2: {
        "kept": _MEMBER,
        "changed": N_("déjà dans le programme\nen phase 1, par un\nautre membre"),
        "entered": N_("entré dans le programme\nen phase 2"),
    },
}
# By phase; where there is one, nothing became of anything.
TERRITORY_WORDS: Final = _BETWEEN_TERRITORIES if len(PHASES) > 1 else {PHASES[0]: {"kept": TERRITORY.one}}
MEMBER_WORDS: Final = _BETWEEN_MEMBERS if len(PHASES) > 1 else {PHASES[0]: {"kept": N_("membre")}}
CHANGED: Final = "changed"  # beside the statuses: in the programme in both phases, but not as it was
_OF_TERRITORIES: Final = {"unchanged": "kept", "new": "entered", "ended": "left"}  # every other word: changed


def of_territories(
    changes: pl.DataFrame | None, fates: pl.DataFrame | None, phase: int, ids: Iterable[str]
) -> list[str]:
    """The look of each of these territories of a phase, a key of `style.MAP_LOOKS`.

    Takes rows of out_phase_change and out_phase1_fate, None where there is one phase. FigureError for a territory
    without a row.
    """
    if changes is None or fates is None:
        return ["kept" for _ in ids]
    words = dict(sides(changes, fates).filter(phase=phase).select("territory_id", "word").iter_rows())
    looks = {one: _OF_TERRITORIES.get(word, CHANGED) for one, word in words.items()}
    return _each(looks, ids, {1: "out_phase1_fate", 2: "out_phase_change"}[phase])


def of_members(member_change: pl.DataFrame | None, codes: Iterable[str]) -> list[str]:
    """The look of each of these members, a key of `style.MAP_LOOKS`: changed where most of its inhabitants are in the
    programme in both phases, but under another member in one of them.

    Takes rows of out_member_change, None where there is one phase. FigureError for a member without a row.
    """
    if member_change is None:
        return ["kept" for _ in codes]
    elsewhere = 2 * pl.col("other_phase_population_2022") > pl.col("population_2022")
    changed = (pl.col("status") != "kept") & elsewhere
    look = pl.when(changed).then(pl.lit(CHANGED)).otherwise("status")
    return _each(dict(member_change.select("member_code", look=look).iter_rows()), codes, "out_member_change")


def _each(looks: Mapping[str, str], names: Iterable[str], table: str) -> list[str]:
    listed = list(names)
    missing = [one for one in listed if one not in looks]
    if missing:
        raise FigureError(f"no row tells what became of {missing[0]}.", where=table, repair="Run `dvc repro phases`.")
    return [looks[one] for one in listed]


def entries(words: Mapping[str, str], found: Iterable[str]) -> list[Entry]:
    """Legend entries of the looks among these, `words` saying each."""
    return [(ground.swatch(style.MAP_LOOKS[one]), typography.spaced(tr(words[one]))) for one in in_order(found)]


def counts(words: Mapping[str, str], found: Iterable[str]) -> str:
    """How many there are of each look, as a sentence: `Inchangé en phase 2 : 5 ; changé en phase 2 : 8.`"""
    number = Counter(found)
    said = tr("{subject} : {what}")
    parts = [said.format(subject=tr(words[one]), what=typography.number(number[one])) for one in in_order(number)]
    return typography.capitalised(f"{typography.series(parts)}.")


def in_order(found: Iterable[str]) -> list[str]:
    """The looks among these, each once, in the order in which readers see them."""
    seen = set(found)
    return [one for one in style.MAP_LOOKS if one in seen]
