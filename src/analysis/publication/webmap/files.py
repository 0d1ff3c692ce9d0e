"""The files that the interactive atlas reads: scripts that hand over data, so that they load from a disk too (pure)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import polars as pl
import shapely

from analysis.publication.webmap import names as naming
from analysis.publication.webmap import plane
from analysis.publication.webmap.arcs import Topology, encoded, topology
from analysis.publication.webmap.names import NONE, Names
from analysis.registry.geography import Geometries

OVERVIEW_GRID, COMMUNE_GRID = 0.05, 0.01  # steps of the grids, in kilometres of the plane
LAYERS: Final = ("region", "department", "epci", "territory_1", "territory_2")
FRANCE, SEARCH = "france", "search"
# What an arc between communes also divides, as bits; arcs at the sea divide everything that ends there.
DIVIDES: Final[Mapping[str, int]] = {"epci_code": 1, "territory_1": 2, "territory_2": 4, "department_code": 8}


def script(name: str, content: object) -> str:
    """A script that hands `content` over under a name; nothing in it can end a script of a page."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"AtlasData.put({json.dumps(name)},{safe});\n"


def files(names: Names, overview: gpd.GeoDataFrame, polygons: Geometries) -> Iterator[tuple[str, str]]:
    """Names and texts of every file.

    `overview` is core_boundaries_overview; `polygons` are the communes of core_communes in its order, in WGS 84.
    """
    regions = overview[overview["layer"] == "region"]
    zones = plane.zones(regions["code"].to_numpy(dtype=object), regions.geometry.to_numpy())
    yield SEARCH, script(SEARCH, naming.search(names))
    yield FRANCE, script(FRANCE, france(names, overview, zones))
    placed = plane.placed(polygons, names.communes["region_code"].to_numpy(), zones)
    for code, content in communes(names, placed):
        yield f"communes-{code}", script(f"communes-{code}", content)


# --- the country -------------------------------------------------------------------------------------------


def france(names: Names, overview: gpd.GeoDataFrame, zones: Mapping[str, plane.Zone]) -> dict[str, Any]:
    """The first view: borders of every layer, facts of territories and EPCI, frames of the overseas régions."""
    ordered = overview.sort_values(["layer", "code"], kind="stable")
    outlines = plane.placed(ordered.geometry.to_numpy(), _regions_of(ordered, names), dict(zones))
    found = topology(outlines, OVERVIEW_GRID)
    layers = {one: np.flatnonzero((ordered["layer"] == one).to_numpy()) for one in LAYERS}
    codes = ordered["code"].to_numpy()
    titles = dict(names.departments.select("department_code", "name").iter_rows())
    territories = naming.territory_facts(names)
    return {
        "grid": OVERVIEW_GRID,
        "arcs": encoded(found.arcs),
        "shapes": {one: [found.shapes[rank] for rank in rows] for one, rows in layers.items()},
        "points": {one: label_points(outlines[rows]) for one, rows in layers.items() if one != "region"},
        "departments": [
            [codes[rank], naming.shown(titles[codes[rank]]), *_box(outlines[rank])] for rank in layers["department"]
        ],
        "regions": [codes[rank] for rank in layers["region"]],
        "epci": naming.group_facts(names),
        "territories": territories,
        "frames": [[code, *frame, zones[code].factor] for code, frame in plane.FRAMES.items() if code in zones],
        "mainland": _box(outlines[[rank for rank in layers["region"] if codes[rank] not in plane.FRAMES]]),
    }


def _regions_of(overview: gpd.GeoDataFrame, names: Names) -> Geometries:
    """The région of each row, by what stands in which: an EPCI over two régions is drawn in one plane anyway."""
    columns = {"department": "department_code", "epci": "epci_code", "region": "region_code"}
    known: dict[tuple[str, str], str] = {}
    for layer in LAYERS:
        column = columns.get(layer, layer)
        pairs = names.communes.select(code=column, region="region_code").drop_nulls().unique(maintain_order=True)
        known |= {(layer, code): region for code, region in pairs.iter_rows()}
    return np.array([known[key] for key in zip(overview["layer"], overview["code"], strict=True)], dtype=object)


def label_points(outlines: Geometries) -> list[list[float]]:
    """A point inside the largest part of each outline, to a tenth of a kilometre."""
    parts, owner = shapely.get_parts(outlines, return_index=True)
    order = np.lexsort((-shapely.area(parts), owner))
    largest = parts[order[np.flatnonzero(np.diff(owner[order], prepend=-1))]]
    inside = shapely.point_on_surface(largest)
    points: list[list[float]] = np.round(np.column_stack((shapely.get_x(inside), shapely.get_y(inside))), 1).tolist()
    return points


def _box(outlines: Any) -> list[float]:
    return [round(float(side), 1) for side in shapely.total_bounds(outlines)]


# --- communes ----------------------------------------------------------------------------------------------


def communes(names: Names, placed: Geometries) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each département its communes' shapes, in the order of their codes, and what each arc divides.

    `placed` are the outlines of core_communes in the plane. Borders between départements are in both files.
    """
    rows = names.communes.with_row_index("rank").sort("commune_code")
    found = topology(placed, COMMUNE_GRID)
    classes = _classes(found, names.communes)
    points = label_points(placed)
    for (code,), group in rows.group_by("department_code", maintain_order=True):
        ranks = group.get_column("rank").to_list()
        own, former = found.part(ranks)
        yield (
            str(code),
            {
                "grid": COMMUNE_GRID,
                "arcs": encoded(own.arcs),
                "divides": "".join(f"{classes[arc]:x}" for arc in former),
                "shapes": own.shapes,
                "points": [points[rank] for rank in ranks],
            },
        )


def _classes(found: Topology, communes: pl.DataFrame) -> list[int]:
    columns = {bit: communes.get_column(name).to_list() for name, bit in DIVIDES.items()}
    return [_class(users, columns) for users in found.users()]


def _class(users: Sequence[int], columns: Mapping[int, list[str | None]]) -> int:
    if len(users) == 1:
        return sum(bit for bit, codes in columns.items() if codes[users[0]] is not None)
    return sum(bit for bit, codes in columns.items() if len({codes[user] for user in users}) > 1)


__all__ = ["COMMUNE_GRID", "FRANCE", "NONE", "OVERVIEW_GRID", "SEARCH", "communes", "files", "france", "script"]
