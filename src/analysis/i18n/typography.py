"""Numbers, amounts, dates and plurals as readers see them, in the language in force."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import format_decimal
from babel.plural import PluralRule

from analysis.i18n.language import FRENCH, N_, language, tr
from analysis.programme import YEARS

NARROW_SPACE: Final = "\u202f"
HARD_SPACE: Final = "\u00a0"
EN_DASH: Final = "\u2013"
MINUS: Final = "\u2212"
SPACED: Final = re.compile(r" (?=[:;!?»%€]|M€|Md€)|(?<=«) |(?<=phase) (?=\d)")
SPACED_ELSEWHERE: Final = re.compile(r"(?<=[Pp]hase) (?=\d)")

# Units of the tables' columns, as readers write them.
UNITS: Final = {
    "km2": "km²", "inhabitant": N_("habitants"), "EUR": "€", "%": "%", "year": N_("ans"), "employee": N_("salariés"),
}  # fmt: skip
# Shares that are measured are written so everywhere; whole per cents are for ticks and for ratios of rounded amounts.
SHARE_DECIMALS: Final = 1


def number(value: float, decimals: int = 0) -> str:
    """`1 234,5` in French (U+202F between thousands), `1,234.5` in English; not for years."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=language()))


def percent(share_pct: float, decimals: int = SHARE_DECIMALS) -> str:
    """`45,5 %` in French, `45.5%` in English; `share_pct` is already in per cent."""
    return number(share_pct, decimals) + (f"{HARD_SPACE}%" if language() == FRENCH else "%")


def signed(change_pct: float, decimals: int = SHARE_DECIMALS) -> str:
    """A change in per cent with its sign: `+2,8 %`, `−0,8 %`; `0,0 %` without."""
    rounded = round(change_pct, decimals)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return sign + percent(abs(change_pct), decimals)


def ordinal(rank: int) -> str:
    """`1er`, `12e`; in English `1st`, `12th`."""
    if language() == FRENCH:
        return f"{number(rank)}{'er' if rank == 1 else 'e'}"
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{number(rank)}{ending}"


def euros(amount_eur: float) -> str:
    """`1,36 Md€`, `100 M€`, `45 000 €`; in English `€1.36bn`, `€100m`, `€45,000`.

    The largest unit that keeps at most two decimals that matter.
    """
    for size, unit, short in ((1e9, "Md€", "bn"), (1e6, "M€", "m")):
        if amount_eur >= size:
            scaled = round(amount_eur / size, 2)
            decimals = next(places for places in (0, 1, 2) if round(scaled, places) == scaled)
            written = number(scaled, decimals)
            return f"{written}{HARD_SPACE}{unit}" if language() == FRENCH else f"€{written}{short}"
    written = number(amount_eur)
    return f"{written}{HARD_SPACE}€" if language() == FRENCH else f"€{written}"


def millions(count: float) -> str:
    """`12,6 millions`, `1,9 million`: below two takes the singular in French; always in English."""
    scaled = round(count / 1e6, 1)
    plural = scaled >= 2 and language() == FRENCH
    return f"{number(scaled, 1)}{HARD_SPACE}{'millions' if plural else 'million'}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 commune`, `16 169 communes`: the French noun, translated, in the number that the count takes.

    None and one take the singular in French, one alone in English; `plural` is for irregular nouns.
    """
    return f"{number(count)}{HARD_SPACE}{named(count, noun, plural)}"


def named(count: int, noun: str, plural: str = "") -> str:
    """The noun of `counted` without its number."""
    one = _plural_form(language())(count) == "one"  # of none: singular in French, plural in English
    return tr(noun if one else plural or noun + "s")


@cache
def _plural_form(name: str) -> PluralRule:
    return Locale(name).plural_form


def listed(items: Sequence[str]) -> str:
    """`a, b et c`."""
    last = tr(" et ")
    return last.join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def series(parts: Sequence[str]) -> str:
    """`a ; b ; c`, for parts that hold commas."""
    return tr(" ; ").join(parts)


def capitalised(text: str) -> str:
    """The text with a capital first letter and the others as they are."""
    return text[:1].upper() + text[1:]


def years(first: int | str, last: int | str) -> str:
    """`2019-2022`, in English with an en dash."""
    return f"{first}{'-' if language() == FRENCH else EN_DASH}{last}"


def short_month(month: int) -> str:
    """`janv.`, in English `Jan`."""
    return str(get_month_names("abbreviated", locale=language())[month])


def date(day: str) -> str:
    """`2023-11` as "novembre 2023", `2023-11-01` as "1er novembre 2023", in English "1 November 2023"."""
    year, month, *rest = day.split("-")
    first = "1er" if language() == FRENCH else "1"
    number_of_day = [first if rest[0] == "01" else str(int(rest[0]))] if rest else []
    return " ".join((*number_of_day, get_month_names("wide", locale=language())[int(month)], year))


def phase_name(phase: int) -> str:
    """`phase 1 (2019-2022)`."""
    return tr("phase {phase} ({years})").format(phase=phase, years=years(*YEARS[phase]))


def unit(name: str) -> str:
    """A column's unit as readers write it: `km²`, `habitants`; an unknown one as it is."""
    written = UNITS.get(name, name)
    return tr(written) if name in UNITS and written.isalpha() else written


def typographic(text: str) -> str:
    """French typography for names: curly apostrophes, and a hard space before an en dash."""
    return text.replace("'", "’").replace(" – ", f"{HARD_SPACE}– ").replace(" - ", f"{HARD_SPACE}- ")


def shown(text: str) -> str:
    """A name or a sentence of the data as pages write it: typographic, then spaced."""
    return spaced(typographic(text))


def spaced(text: str) -> str:
    """The hard spaces that sentences take in the language in force.

    In French before `: ; ! ? » %`, after `«`, and inside `phase 1` and `100 M€`; in English inside `phase 1`.
    """
    return (SPACED if language() == FRENCH else SPACED_ELSEWHERE).sub(HARD_SPACE, text)
