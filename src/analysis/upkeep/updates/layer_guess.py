"""What the columns of an analyst's file may be: its codes, its level, and a kind for each column (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.registry.context_codes import Codes
from analysis.sources.context import TAKEN
from analysis.tables.codes import COG_YEAR
from analysis.upkeep.updates import layer_cells
from analysis.upkeep.updates.grid import plain
from analysis.upkeep.updates.layer_cells import Cells

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
SHARES = frozenset({"part", "parts", "taux", "share", "pct", "pourcentage", "percent", "rate"})
MOST_CLASSES, LEAST_JOINED = 12, 0.5


@dataclass(frozen=True)
class Column:
    """A column guessed: its name, its headings by year (0 where no heading tells one), its kind."""

    name: str
    headings: Mapping[str, int]
    kind: str

    @property
    def years(self) -> tuple[int, ...]:
        """Its years in order."""
        return tuple(sorted(self.headings.values()))


@dataclass(frozen=True)
class Guess:
    """The column of codes, the level of its units, the editions of the COG, the columns, and what is left out."""

    code: str
    level: str
    cog: int
    columns: tuple[Column, ...]
    ignored: tuple[str, ...]
    joined: int
    strange: tuple[str, ...]
    is_list: bool  # a flag that is never 0: the file names what is in it and nothing else


def guess(cells: Cells, codes: Codes) -> Guess | None:
    """What a file may be; None where no column holds codes of units."""
    code, level, joined = max(_joins(cells, codes), key=lambda one: one[2])
    if joined < LEAST_JOINED * max(len(cells.rows), 1):
        return None
    known = codes.known[level]
    listed = [layer_cells.code(one, known) for one in cells.column(code)]
    strange = tuple(dict.fromkeys(one for one in listed if one not in known))
    ended = [codes.ended[one][0] for one in strange if one in codes.ended and codes.ended[one][0] <= COG_YEAR]
    kinds = {name: kind(cells.column(name)) for name in cells.headings if name != code}
    columns = tuple(_columns({name: one for name, one in kinds.items() if one}, code))
    ignored = tuple(name for name, one in kinds.items() if not one)
    flags = [one for column in columns if column.kind == "flag" for one in column.headings]
    said = {layer_cells.flag(one) for name in flags for one in cells.column(name)}
    is_list = "1" in said and "0" not in said
    return Guess(code, level, min(ended, default=COG_YEAR + 1) - 1, columns, ignored, joined, strange, is_list)


def _joins(cells: Cells, codes: Codes) -> Iterator[tuple[str, str, int]]:
    for heading in cells.headings:
        column = cells.column(heading)
        for level, known in codes.known.items():
            yield heading, level, sum(layer_cells.code(one, known) in known for one in column)


def kind(column: list[str]) -> str:
    """The kind of a column, by its cells: empty for one of texts such as names, and for an empty one."""
    if not any(layer_cells.word(one) for one in column):
        return ""
    for name in ("flag", "date", "count"):
        if all(layer_cells.WRITERS[name](one) is not None for one in column):
            return name
    classes = {one for one in column if one}
    return "class" if len(classes) <= min(MOST_CLASSES, len(column) // 2) else ""


def _columns(kinds: Mapping[str, str], code: str) -> Iterator[Column]:
    """Columns of one stem and kind with years in their headings are one; a number called a part is a share."""
    stems: dict[tuple[str, str], dict[str, int]] = {}
    for heading, found in kinds.items():
        year = YEAR.search(heading)
        stem = _slug(YEAR.sub(" ", heading)) or _slug(heading)
        of = "share" if found == "count" and _is_share(heading) else found
        stems.setdefault((stem, of), {})[heading] = int(year[1]) if year else 0
    names = {*TAKEN, code}
    for (stem, of), headings in stems.items():
        years = sorted(headings.values())
        together = years == list(range(years[0], years[0] + len(years))) and years[0] > 0
        whole = together or len(headings) == 1
        for part in [headings] if whole else [{one: year} for one, year in headings.items()]:
            name = stem if whole else _slug(next(iter(part)))
            name = f"{name}_{of}" if name in names else name
            names.add(name)
            yield Column(name, part, of)


def _is_share(heading: str) -> bool:
    return "%" in heading or bool(SHARES & set(plain(heading).split()))


def _slug(text: str) -> str:
    """A name of small letters, digits and _ from a heading."""
    found = plain(text).replace(" ", "_")
    return found if re.match("[a-z]", found) else f"c_{found}" if found else ""
