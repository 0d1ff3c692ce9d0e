"""What an update changes, as tables for a terminal (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.registry import official_lists
from analysis.upkeep.changes.rows import RowChanges, compare
from analysis.upkeep.updates import context_layer, reading_note
from analysis.upkeep.updates.producer_list import Update

Raw = Mapping[str, pl.DataFrame]
Row = Mapping[str, Any]


def members(update: Update) -> RenderableType:
    """Totals of each phase, territories, members and provenance before and after, then what is worth a look."""
    before, after = _registry(update.before), _registry(update.after)
    parts: list[RenderableType] = [Text(update.told)]
    parts += [Text(_totals(phase, before, after)) for phase in update.phases]
    parts += _tables(before, after)
    if update.provenance:
        rows = ((one.field, one.before or "unknown", one.after or "unknown") for one in update.provenance)
        parts.append(_table("Source", ("field", "before", "after"), rows))
    parts += [Text(f"look at {one}") for one in update.remarks]
    return Group(*parts)


def _registry(raw: Raw) -> dict[str, pl.DataFrame]:
    """Territories and named members, with the inhabitants of each."""
    named = official_lists.named_members(raw, official_lists.member_communes(raw))
    sizes = named.group_by("phase", "territory_id").agg(members=pl.len(), inhabitants=pl.col("population_2022").sum())
    return {"territories": raw["territories"].join(sizes, on=["phase", "territory_id"], how="left"), "members": named}


def _totals(phase: int, before: Raw, after: Raw) -> str:
    counts = []
    for frames in (before, after):
        rows = frames["territories"].filter(phase=phase)
        counts.append((rows.height, int(rows["members"].sum()), int(rows["inhabitants"].sum())))
    words = zip(("territories", "members", "inhabitants (2022)"), *counts, strict=True)
    return f"phase {phase}" + "".join(f"\n  {word} {_step(old, new)}" for word, old, new in words)


def _step(old: int, new: int) -> str:
    return f"{old:,}" if old == new else f"{old:,} → {new:,} ({new - old:+,})"


def _tables(before: Raw, after: Raw) -> Iterator[RenderableType]:
    plain = ["phase", "territory_id", "name", "region_code"]
    found = compare(before["territories"].select(plain), after["territories"].select(plain), plain[:2])
    old, new = (_by_territory(frames["territories"]) for frames in (before, after))
    lines = list(_territories(found, old, new))
    if lines:
        yield _table("Territories", ("phase", "territory", "change", "members", "inhabitants"), lines)
    moves = compare(before["members"], after["members"], ["phase", "member_code"])
    lines = list(_members(moves, old, new))
    if lines:
        yield _table("Members", ("phase", "territory", "members", "inhabitants"), lines)


def _by_territory(territories: pl.DataFrame) -> dict[tuple[int, str], Row]:
    return {(row["phase"], row["territory_id"]): row for row in territories.iter_rows(named=True)}


def _territories(changes: RowChanges, old: Mapping[Any, Row], new: Mapping[Any, Row]) -> Iterator[tuple[str, ...]]:
    """Territories that went, that came, and that have another name or region."""
    for word, rows, sizes in (("removed", changes.removed, old), ("added", changes.added, new)):
        for row in rows:
            yield _line(row, word, sizes)
    for was, now in changes.changed:
        renamed = was["name"] != now["name"]
        yield _line(now, f"was {was['name']}" if renamed else f"was in region {was['region_code']}", new)


def _line(row: Row, change: str, sizes: Mapping[Any, Row]) -> tuple[str, ...]:
    size = sizes[row["phase"], row["territory_id"]]
    return str(row["phase"]), _named(row), change, f"{size['members'] or 0}", f"{size['inhabitants'] or 0:,}"


def _named(row: Row) -> str:
    return f"{row['territory_id']} {row['name']}"


def _members(changes: RowChanges, old: Mapping[Any, Row], new: Mapping[Any, Row]) -> Iterator[tuple[str, ...]]:
    """Members that each territory lost and gained; one that moved is lost by one and gained by another."""
    moves = defaultdict[tuple[int, str], list[tuple[str, Row]]](list)
    for sign, rows in (
        ("−", [*changes.removed, *(was for was, _ in changes.changed)]),
        ("+", [*changes.added, *(now for _, now in changes.changed)]),
    ):
        for row in rows:
            moves[row["phase"], row["territory_id"]].append((sign, row))
    for place in sorted(moves):
        lines = [f"{sign} {row['member_name']} ({row['member_code']})" for sign, row in moves[place]]
        effect = sum(row["population_2022"] * (1 if sign == "+" else -1) for sign, row in moves[place])
        yield str(place[0]), _named(new.get(place) or old[place]), "\n".join(lines), f"{effect:+,}"


def note(update: reading_note.Update) -> RenderableType:
    """A new source, what was read of its note with the verdicts, then what changes from the note in force."""
    parts: list[RenderableType] = [Text(f"New source:\n{update.entry}")] if update.entry else []
    parts += [Text(update.review), Text("")]
    for title, found in ((update.source_id, update.own), ("Other sources", update.others)):
        lines = [("new", *_figure(row)) for row in found.added]
        lines += [("gone", *_figure(row)) for row in found.removed]
        for was, now in found.changed:
            lines += [("before", *_figure(was)), ("after", *_figure(now))]
        if lines:
            parts.append(_table(title, ("change", "claim", "figure", "verdict", "sentence"), lines))
    return Group(*parts)


def layer(update: context_layer.Update) -> RenderableType:
    """A new source, then what territories and members get from each column of a context layer."""
    parts: list[RenderableType] = [Text(f"New source:\n{update.entry}")] if update.entry else []
    parts += [Text(one) for one in update.told]
    rows = [
        (
            one["column"], str(one["year"]), f"{one['level']}, phase {one['phase']}", f"{one['known']} of {one['all']}",
            f"{one['covered']:g} %", "–" if one["least"] is None else f"{one['least']:,g} to {one['most']:,g}",
        )
        for one in update.joins.iter_rows(named=True)
    ]  # fmt: skip
    headings = ("column", "year", "told of", "with a value", "covered", "values")
    return Group(*parts, _table(update.name, headings, rows))


def _figure(row: Row) -> tuple[str, ...]:
    return row["claim_id"], row["said"], row["verdict_label"], row["sentence"]


def _table(title: str, headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table that shows texts as they are: no markup in them, columns as wide as the terminal lets them."""
    made = Table(title=title, title_justify="left", show_lines=False)
    for heading in headings:
        made.add_column(heading, justify="right" if heading == "inhabitants" else "left", overflow="fold")
    for row in rows:
        made.add_row(*map(Text, row))
    return made
