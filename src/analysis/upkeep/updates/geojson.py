"""GeoJSON as a grid: one row a feature, its properties as columns; geometries are not read (pure)."""

import json
from collections.abc import Mapping
from typing import Any

from analysis.errors import UpdateError
from analysis.upkeep.updates.grid import MAX_COLUMNS, MAX_ROWS, Grid, Row, row

REPAIR = "Give a GeoJSON FeatureCollection whose features have properties."


def read(text: str, name: str) -> Grid:
    """Headings and one row a feature ("feature 3"); UpdateError where it is not a FeatureCollection."""
    try:
        content = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UpdateError(f"not readable as GeoJSON ({error}).", where=name, repair=REPAIR) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise UpdateError("it is not a FeatureCollection.", where=name, repair=REPAIR)
    properties = [_properties(one, rank, name) for rank, one in enumerate(features, start=1)]
    headings = tuple(dict.fromkeys(key for one in properties for key in one))
    if len(features) > MAX_ROWS or len(headings) > MAX_COLUMNS:
        raise UpdateError(f"more than {MAX_ROWS} features or {MAX_COLUMNS} properties.", where=name, repair=REPAIR)
    rows = (_row(one, headings, rank) for rank, one in enumerate(properties, start=1))
    return Grid(name, (row("properties", headings), *rows), "read as GeoJSON")


def _row(properties: Mapping[str, Any], headings: tuple[str, ...], rank: int) -> Row:
    texts = [_text(properties.get(heading)) for heading in headings]
    unread = {at: "is neither text nor whole number" for at, text in enumerate(texts) if text is None}
    return row(f"feature {rank}", (text or "" for text in texts), unread)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"a name stands twice in one object: {', '.join(key for key, _ in pairs[:5])}")
    return found


def _properties(feature: Any, rank: int, name: str) -> Mapping[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) and feature.get("type") == "Feature" else None
    if not isinstance(found, dict):
        raise UpdateError(f"feature {rank} has no properties.", where=name, repair=REPAIR)
    return found


def _text(value: Any) -> str | None:
    """A property as the text of a cell, a list of texts as its items parted by semicolons; None for what is none."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    if isinstance(value, bool | int):
        return str(value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else None
