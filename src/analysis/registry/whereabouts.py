"""Which territory a commune belonged to on a day, in each phase, according to which edition of the list (pure)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import polars as pl

from analysis.errors import ParameterError
from analysis.i18n.periods import last_day
from analysis.io.nearness import nearest
from analysis.registry import matching
from analysis.registry.memberships import at_day, heir, heirs_of
from analysis.tables.codes import PHASES

NEWEST: Final = "9999-12-31"
DAY: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
CODE: Final = re.compile(r"\d[0-9AB]\d{3}", re.IGNORECASE)


class Whereabouts(NamedTuple):
    """What one phase's list says of a commune: `edition` is the row of out_editions, None before the first one.

    `territory_id` and `name` are empty where the commune is in no territory; it is in it since the edition that holds
    from the day `since`, without a gap.
    """

    phase: int
    edition: Mapping[str, Any] | None
    territory_id: str = ""
    name: str = ""
    since: str = ""


def as_day(asked: object) -> str:
    """A day as text or as a date, the last day of a month or of a year; ParameterError for what is none."""
    text = str(asked)
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(last_day(text)).isoformat()
    except ValueError:
        pass  # 30 February
    repair = "Write a day as YYYY-MM-DD, a month as YYYY-MM, or a year."
    raise ParameterError(f"{text!r:.40} is no date.", repair=repair)


def require_known(editions: pl.DataFrame, day: str) -> None:
    """ParameterError for a day before the first edition of any list; it says which days are known."""
    known = editions.sort("valid_from")
    if known.item(0, "valid_from") > day:
        listed = ", ".join(f"{row['valid_from']} (phase {row['phase']})" for row in known.iter_rows(named=True))
        what = f"no list is known of {day}: the first is of {known.item(0, 'valid_from')}."
        raise ParameterError(what, repair=f"Ask for that day or a later one; editions begin on {listed}.")


def communes_called(asked: str, communes: pl.DataFrame, postcodes: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Rows of the raw table communes that an INSEE code, a postcode or a name means, an ended one by its successor.

    ParameterError where there is none, with the nearest names.
    """
    text = asked.strip().upper()
    if CODE.fullmatch(text):
        now = heir(text, heirs_of(changes), set(communes.get_column("commune_code")))
        meant = {now, *postcodes.filter(postcode=text).get_column("commune_code")} - {None}
        found = communes.filter(pl.col("commune_code").is_in(meant))
    else:
        wanted = matching.words(asked)
        named = [matching.words(name) == wanted for name in communes.get_column("name")]
        found = communes.filter(pl.Series(named, dtype=pl.Boolean))
    if found.is_empty():
        near = ", ".join(nearest(asked, communes.get_column("name").to_list()))
        hint = f" Did you mean {near}?" if near else ""
        raise ParameterError(
            f"no commune is called {asked!r:.60}.{hint}", repair="Give its name, INSEE code or postcode."
        )
    return found.sort("commune_code")


def whereabouts(
    code: str, day: str, editions: pl.DataFrame, memberships: pl.DataFrame, territories: pl.DataFrame
) -> list[Whereabouts]:
    """What the lists of a day say of a commune, phase by phase.

    Takes out_editions, core_memberships and core_edition_territories.
    """
    own = memberships.filter(commune_code=code)
    return [_of_phase(phase, day, editions, own, territories) for phase in PHASES]


def _of_phase(
    phase: int, day: str, editions: pl.DataFrame, own: pl.DataFrame, territories: pl.DataFrame
) -> Whereabouts:
    edition = at_day(editions, phase, day)
    if edition is None:
        return Whereabouts(phase, None)
    placed = dict(own.filter(phase=phase).select("edition", "territory_id").iter_rows())
    territory = placed.get(edition["id"], "")
    if not territory:
        return Whereabouts(phase, edition)
    since = edition["valid_from"]
    earlier = editions.filter(pl.col("valid_from") < since, phase=phase).sort("valid_from", descending=True)
    for before in earlier.iter_rows(named=True):
        if placed.get(before["id"]) != territory:
            break
        since = before["valid_from"]
    name = territories.filter(edition=edition["id"], territory_id=territory).item(0, "name")
    return Whereabouts(phase, edition, territory, name, since)
