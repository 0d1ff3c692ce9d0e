"""A list newer than the one in force as an edition of its own: its entry, and the rows of the former one (pure)."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, speaking
from analysis.sources.editions import ID, Edition, in_force
from analysis.sources.provenance import DAY_OR_MONTH
from analysis.tables.codes import COG_YEAR
from analysis.upkeep.updates.grid import Problem

MOVED = ("territories", "members")  # raw tables whose rows go to editions/
ENTRY = """\
- id: {id}
  phase: {phase}
  title: {title}
  valid_from: {valid_from}
  known_from: {known_from}
  cog: {cog}
  source: {source}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is said of the edition: from when it holds, its id (that month, unless one is given), its COG.

    With `correct` there is none: the list mends the rows of the edition in force.
    """

    valid_from: str = ""
    id: str = ""
    cog: int = COG_YEAR
    correct: bool = False

    @property
    def name(self) -> str:
        """The id that it gets."""
        return self.id or self.valid_from[:7]

    def edition(self, phase: int, source: str, published: str) -> Edition:
        """The entry of editions.yaml."""
        day = self.valid_from.count("-") > 1
        with speaking(FRENCH):
            title = f"liste {'du' if day else 'de'} {typography.date(self.valid_from)}"
        known = published if re.fullmatch(DAY_OR_MONTH, published) else self.valid_from
        days = {"valid_from": self.valid_from, "known_from": known}
        return Edition(id=self.name, phase=phase, title=title, **days, cog=self.cog, source=source)


def problems(asked: Asked, phases: Sequence[int], source: str, editions: Sequence[Edition]) -> Iterator[Problem]:
    """Why a list that changes rows of these phases cannot become an edition."""
    cure = "or --correct where the list mends the edition in force"
    if len(phases) > 1:
        yield Problem("", f"an edition is of one phase and the list changes both; give them one by one, {cure}")
    elif not re.fullmatch(DAY_OR_MONTH, asked.valid_from):
        said = f"--valid-from {asked.valid_from!r} is no day or month" if asked.valid_from else "the list is a new one"
        yield Problem("", f"{said}: give --valid-from YYYY-MM-DD or YYYY-MM, {cure}")
    elif not re.fullmatch(ID, asked.name) or asked.name in {one.id for one in editions}:
        yield Problem("", f"--edition {asked.name!r} stands in editions.yaml, or is no YYYY-MM or YYYY-MM-DD")
    else:
        now = in_force(editions, phases[0])
        new = asked.edition(phases[0], source, "")
        if new.first_day <= now.first_day:
            what = f"the list holds from {new.first_day}, and edition {now.id} is in force since {now.first_day}"
            yield Problem("", f"{what}; give a later --valid-from, {cure}")
    if source in {one.source for one in editions}:
        yield Problem("", f"source {source} is that of another edition; give a new --source, {cure}")


def moved(tables: Mapping[str, pl.DataFrame], former: Edition) -> dict[str, pl.DataFrame]:
    """The rows of the former edition as its files have them, by raw table."""
    return {name: tables[name].filter(phase=former.phase).drop("phase") for name in MOVED}


def with_former(
    tables: Mapping[str, pl.DataFrame], rows: Mapping[str, pl.DataFrame], former: Edition
) -> dict[str, pl.DataFrame]:
    """The raw tables with the rows of a former edition among the earlier ones."""
    added = {
        f"edition_{name}": frame.select(pl.lit(former.id).alias("edition"), pl.all()) for name, frame in rows.items()
    }
    return {**tables, **{name: pl.concat([tables[name], frame]) for name, frame in added.items()}}


def entry(edition: Edition) -> str:
    """An edition as an entry of editions.yaml."""
    values = {
        name: value if isinstance(value, int) else json.dumps(value, ensure_ascii=False) for name, value in edition
    }
    return ENTRY.format(**values)
