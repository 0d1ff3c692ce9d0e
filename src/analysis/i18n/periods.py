"""Dates and periods of published figures, as sources give them (`2018-11-22`, `2020-12`, `2019/2022`), in words."""

import calendar
import re

from analysis.i18n import typography
from analysis.i18n.language import tr


def last_day(as_of: str) -> str:
    """`2018-11-22` itself, `2020-12` as `2020-12-31`, `2022` and `2019/2022` as `2022-12-31`."""
    year, *rest = as_of.rpartition("/")[2].split("-")
    month = rest[0] if rest else "12"
    day = rest[1] if len(rest) > 1 else str(calendar.monthrange(int(year), int(month))[1])
    return f"{year}-{month}-{day}"


def year_span(as_of: str) -> tuple[int | None, int | None]:
    """First and last year of `2019/2022` or `2023`; nothing for a day or a month, which date a statement."""
    found = re.fullmatch(r"(\d{4})(?:(?:-\d\d){0,2}/(\d{4})(?:-\d\d){0,2})?", as_of)
    return (int(found[1]), int(found[2] or found[1])) if found else (None, None)


def when(as_of: str) -> str:
    """`22 novembre 2018`, `novembre 2018`, `2022`, `2019-2022`: `as_of` as readers write it."""
    first, *rest = (typography.date(part) if "-" in part else part for part in as_of.split("/"))
    if not rest:
        return first
    return (
        typography.years(first, rest[0])
        if "-" not in as_of
        else tr("{first} à {last}").format(first=first, last=rest[0])
    )


def at(as_of: str) -> str:
    """When a figure holds: `au 22 novembre 2018`, `en novembre 2018`, `de 2019 à 2022`, `du 3 mars au 5 juin 2019`.

    That is not when it was published.
    """
    parts = as_of.split("/")
    if len(parts) > 1:
        first, last = (typography.date(part) if "-" in part else part for part in parts)
        days = all(part.count("-") > 1 for part in parts)
        return (tr("du {first} au {last}") if days else tr("de {first} à {last}")).format(first=first, last=last)
    return (tr("au {day}") if as_of.count("-") > 1 else tr("en {month}")).format(day=when(as_of), month=when(as_of))


def since(as_of: str) -> str:
    """From when on something holds: `depuis le 22 novembre 2018`, `depuis novembre 2018`."""
    return (tr("depuis le {day}") if as_of.count("-") > 1 else tr("depuis {month}")).format(
        day=when(as_of), month=when(as_of)
    )
