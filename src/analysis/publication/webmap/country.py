"""The first view of the map and its editions: outlines that share arcs, and facts of territories and EPCI (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import numpy as np
import polars as pl
import shapely

from analysis.publication.webmap import names as naming
from analysis.publication.webmap import plane, steps
from analysis.publication.webmap.arcs import Shape, Topology, encoded, topology
from analysis.publication.webmap.names import Names
from analysis.publication.webmap.steps import Steps
from analysis.registry.geography import Geometries
from analysis.tables.codes import TERRITORY_COLUMNS

OVERVIEW_GRID: Final = 0.05  # step of the grid, in kilometres of the plane
LAYERS: Final = ("region", "department", "epci", *TERRITORY_COLUMNS.values())  # of the first view
COLUMNS: Final = {"department": "department_code", "epci": "epci_code", "region": "region_code"}


@dataclass(frozen=True)
class Country:
    """Outlines in the plane, by layer and code, with the arcs that all of them share, and the zone of each région."""

    layers: list[str]
    codes: list[str]
    outlines: Geometries
    found: Topology
    zones: Mapping[str, plane.Zone]

    @classmethod
    def of(cls, overview: gpd.GeoDataFrame, communes: pl.DataFrame, zones: Mapping[str, plane.Zone]) -> "Country":
        """`overview` has columns layer, code, geometry (WGS 84); `communes` a column for each of its layers."""
        rank = {one: place for place, one in enumerate(LAYERS)}
        order = overview["layer"].map(lambda one: (rank.get(one, len(rank)), one))
        ordered = overview.assign(order=order).sort_values(["order", "code"], kind="stable")
        outlines = plane.placed(ordered.geometry.to_numpy(), _regions_of(ordered, communes), dict(zones))
        found = topology(outlines, OVERVIEW_GRID)
        return cls(ordered["layer"].to_list(), ordered["code"].to_list(), outlines, found, zones)

    def rows(self, layer: str) -> list[int]:
        """Ranks of the outlines of a layer, in the order of their codes."""
        return [rank for rank, one in enumerate(self.layers) if one == layer]

    @cached_property
    def _first(self) -> tuple[dict[str, list[Shape]], Topology, list[int]]:
        """Shapes of each layer of the first view, their arcs, and the former number of each."""
        rows = {one: self.rows(one) for one in LAYERS}
        part, former = self.found.part([rank for ranks in rows.values() for rank in ranks])
        shapes = iter(part.shapes)
        return {one: [next(shapes) for _ in ranks] for one, ranks in rows.items()}, part, former

    def first(self, names: Names) -> dict[str, Any]:
        """The first view: borders of every layer, facts of territories and EPCI, frames of the overseas régions."""
        shapes, part, _ = self._first
        rows = {one: self.rows(one) for one in LAYERS}
        titles = dict(names.departments.select("department_code", "name").iter_rows())
        mainland = [rank for rank in rows["region"] if self.codes[rank] not in plane.FRAMES]
        frames = [(code, frame) for code, frame in plane.FRAMES.items() if code in self.zones]
        return {
            "grid": OVERVIEW_GRID,
            "arcs": encoded(part.arcs),
            "shapes": shapes,
            "points": {one: label_points(self.outlines[ranks]) for one, ranks in rows.items() if one != "region"},
            "departments": [
                [code, naming.shown(titles[code]), *_box(self.outlines[rank])]
                for rank in rows["department"]
                for code in [self.codes[rank]]
            ],
            "regions": [self.codes[rank] for rank in rows["region"]],
            "epci": naming.group_facts(names),
            "territories": naming.territory_facts(names),
            "frames": [[code, *frame, self.zones[code].factor] for code, frame in frames],
            "mainland": _box(self.outlines[mainland]),
        }

    def edition(self, names: Names, editions: Steps, edition: steps.Row) -> dict[str, Any]:
        """One edition: facts and shapes of its territories that the first view does not show, and what changed.

        Arcs of the first view keep their numbers; those of the edition follow. `changes` are shapes by change.
        """
        facts = steps.facts(names, editions, edition) if edition in editions.earlier else []
        ranks = {self.codes[rank]: rank for rank in self.rows(steps.layer_of(edition["id"]))}
        own = [ranks[one["id"]] for one in facts]
        changes = self.rows(steps.change_layer_of(edition["id"]))
        part, _ = self.found.part([*own, *changes], self._first[2])
        changed: dict[str, Shape] = {}
        for rank, shape in zip(changes, part.shapes[len(own) :], strict=True):
            changed.setdefault(self.codes[rank].partition(":")[0], []).extend(shape)
        return {
            "arcs": encoded(part.arcs),
            "facts": facts,
            "shapes": part.shapes[: len(own)],
            "points": label_points(self.outlines[own]) if own else [],
            "changes": changed,
        }


def _regions_of(overview: gpd.GeoDataFrame, communes: pl.DataFrame) -> Geometries:
    """The région of each row, by what stands in which: an EPCI over two régions is drawn in one plane anyway."""
    known: dict[tuple[str, str], str] = {}
    for layer in dict.fromkeys(overview["layer"]):
        column = COLUMNS.get(layer, layer)
        pairs = communes.select(code=column, region="region_code").drop_nulls().unique(maintain_order=True)
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
