"""Findings on the numbers of a column: one factor, what it cannot hold, single ones, small moves, rounding (pure)."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import compress
from operator import not_
from typing import NamedTuple

import polars as pl

from analysis.upkeep.changes.ranking.finding import (
    EDITIONS,
    SMALL,
    Compared,
    Finding,
    Kind,
    rarity,
    some_alone,
    together,
)
from analysis.upkeep.changes.ranking.yardsticks import DUST, Yardstick, yardstick
from analysis.upkeep.changes.rows import Cell

LEAST = 3  # cells that a factor needs
NEAR = 0.1  # of a number: how much it may have moved besides
OTHER_UNIT = 2.0  # a factor that is no power of ten is at least this, or its inverse
MOST_CELLS = 0.9  # of the cells that changed: what it must explain
IMPOSSIBLE = 10.0  # usual differences, at least, for what the column cannot hold


class Step(NamedTuple):
    """A number that became another one."""

    cell: Cell
    before: float
    after: float


def of_numbers(compared: Compared, column: str, steps: Sequence[Step]) -> Iterator[Finding]:
    """Findings on the numbers of a column; every step is in one of them."""
    if not steps:
        return
    by = yardstick(compared, column)
    factor, same, left = _one_factor(steps)
    if same:
        yield _multiplied(compared, column, by, factor, same)
    alone, heaps = list[Step](), dict[Kind, list[Step]]()
    for one in left:
        if _far(by, one) >= SMALL:
            alone.append(one)
        else:
            kind = Kind.ROUNDED if _rounded(one.before, one.after) else Kind.SMALL
            heaps.setdefault(kind, []).append(one)
    yield from some_alone(list(_single(compared, by, alone)))
    for kind, ones in heaps.items():
        unusual = max(_far(by, one) for one in ones) * rarity(len(ones), compared.before.height)
        yield compared.finding(kind, unusual, [one.cell for one in ones], measure=_share(ones))


def _single(compared: Compared, by: Yardstick, steps: Sequence[Step]) -> Iterator[Finding]:
    """A finding each; the more others have moved at least as far, the less unusual."""
    further = {far: rank for rank, far in enumerate(sorted((_far(by, one) for one in steps), reverse=True), start=1)}
    for one in steps:
        far = _far(by, one)
        kind = Kind.OUTSIDE if by.outside(one.before, one.after) else Kind.NUMBER
        beside = (by.bound(one.after),) if kind is Kind.OUTSIDE else ()
        unusual = far * rarity(further[far], compared.before.height)
        yield compared.finding(kind, unusual, [one.cell], measure=far, beside=beside)


def _far(by: Yardstick, step: Step) -> float:
    far = by.far(step.before, step.after)
    return max(far, IMPOSSIBLE) if by.outside(step.before, step.after) else far


def _share(steps: Sequence[Step]) -> float:
    """How much of itself a number moved at most."""
    return max(abs(one.after - one.before) / (abs(one.before) or abs(one.after) or 1) for one in steps)


def _multiplied(compared: Compared, column: str, by: Yardstick, factor: float, steps: Sequence[Step]) -> Finding:
    far = max(by.far(one.before, one.after) for one in steps)
    number = pl.col(column).cast(pl.Float64, strict=False)
    rows = compared.before.filter(number.is_finite() & (number != 0))
    beside = list[tuple[str, object]]()
    for place, name in enumerate(compared.key):
        values = {one.cell.key[place] for one in steps}
        if name in EDITIONS and len(values) == 1 and compared.before[name].n_unique() > 1:
            rows = rows.filter(pl.col(name).is_in(values))
            beside.append((name, values.pop()))
    cells = [one.cell for one in steps]
    unusual = far * together(len(cells))
    return compared.finding(Kind.FACTOR, unusual, cells, measure=factor, of=rows.height, beside=tuple(beside))


def _one_factor(steps: Sequence[Step]) -> tuple[float, list[Step], list[Step]]:
    """The factor that most of the numbers were multiplied by, those numbers, and the others; 1 where they are few."""
    found = [(sum(_follows(one, factor) for one in steps), factor) for factor in _factors(steps)]
    count, factor = max(found, default=(0, 1.0))
    if count < LEAST:
        return 1.0, [], list(steps)
    same = [_follows(one, factor, digits=0) for one in steps]
    return factor, list(compress(steps, same)), list(compress(steps, map(not_, same)))


def _factors(steps: Sequence[Step]) -> Iterator[float]:
    """Factors to try: powers of ten, another sign, and the median where it explains nearly all."""
    ratios = sorted(one.after / one.before for one in steps if one.before)
    ratios = [one for one in ratios if one and math.isfinite(one)]
    powers = Counter(round(math.log10(ratio)) for ratio in ratios if ratio > 0)
    yield from (10.0**power for power, count in sorted(powers.items()) if power and count >= LEAST)
    yield -1.0
    median = ratios[len(ratios) // 2] if ratios else 1.0
    explained = sum(_follows(one, median) for one in steps)
    if explained >= MOST_CELLS * len(steps) and not 1 / OTHER_UNIT < median < OTHER_UNIT:
        yield median


def _follows(step: Step, factor: float, digits: int = 2) -> bool:
    """Whether a number was multiplied by a factor; it may have been rounded or cut, to `digits` digits at least."""
    unit = 10.0 ** -decimals_of(step.after)
    rounded = unit if abs(step.after) >= unit * 10 ** (digits - 1) or not digits else 0.0
    return bool(step.before) and abs(step.after - factor * step.before) <= max(NEAR * abs(step.after), rounded)


def _rounded(before: float, after: float) -> bool:
    """Whether one number is the other with fewer decimals, or differs from it by dust."""
    unit = 10.0 ** -min(map(decimals_of, (before, after)))
    return abs(after - before) <= unit / 2 + DUST * max(abs(before), abs(after))


def decimals_of(number: float) -> int:
    """How many decimals a number is written with."""
    return max(0, -int(Decimal(repr(number)).normalize().as_tuple().exponent))
