"""The files that the interactive atlas reads: scripts that hand over data, so that they load from a disk too (pure)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import polars as pl

from analysis.publication.webmap import names as naming
from analysis.publication.webmap import plane, steps
from analysis.publication.webmap.arcs import encoded, topology
from analysis.publication.webmap.country import Country, label_points
from analysis.publication.webmap.names import Names
from analysis.publication.webmap.steps import Steps
from analysis.registry import geography
from analysis.registry.geography import Geometries
from analysis.tables.codes import TERRITORY_COLUMNS

COMMUNE_GRID: Final = 0.01  # step of the grid, in kilometres of the plane
FRANCE, SEARCH = "france", "search"
# What an arc between communes also divides, as bits; arcs at the sea divide everything that ends there.
DIVIDES: Final[Mapping[str, int]] = {
    "epci_code": 1,
    **{column: 2**phase for phase, column in TERRITORY_COLUMNS.items()},
    "department_code": 8,
}


def script(name: str, content: object) -> str:
    """A script that hands `content` over under a name; nothing in it can end a script of a page."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"AtlasData.put({json.dumps(name)},{safe});\n"


def overview(communes: pl.DataFrame, polygons: Geometries, tolerance_m: float) -> gpd.GeoDataFrame:
    """Outlines of the first view, with those of the editions that `communes` has columns of (steps.with_layers)."""
    columns = {**geography.LAYERS, **steps.extra_layers(communes)}
    return geography.layers(communes, polygons, tolerance_m, keep_communes=False, columns=columns)


def files(names: Names, editions: Steps, outlines: gpd.GeoDataFrame, polygons: Geometries) -> Iterator[tuple[str, str]]:
    """Names and texts of every file.

    `outlines` are those of `overview`; `polygons` are the communes of core_communes in its order, in WGS 84.
    """
    regions = outlines[outlines["layer"] == "region"]
    zones = plane.zones(regions["code"].to_numpy(dtype=object), regions.geometry.to_numpy())
    communes = steps.with_layers(names.communes, editions)
    country = Country.of(outlines, communes, zones)
    contents = {
        SEARCH: naming.search(names),
        FRANCE: country.first(names),
        steps.LISTS: steps.lists(names, editions),
        **{steps.layer_of(one["id"]): country.edition(names, editions, one) for one in editions.ordered},
    }
    yield from ((name, script(name, content)) for name, content in contents.items())
    placed = plane.placed(polygons, communes["region_code"].to_numpy(), zones)
    for code, content in of_departments(communes, editions, placed):
        yield f"communes-{code}", script(f"communes-{code}", content)


# --- communes ----------------------------------------------------------------------------------------------


def of_departments(communes: pl.DataFrame, editions: Steps, placed: Geometries) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each département its communes' shapes, in the order of their codes, and what each arc divides.

    `communes` are those of steps.with_layers, `placed` their outlines in the plane. Borders between départements are
    in both files. `editions` tells for each earlier edition which arcs divide territories there and not in the newest
    of the phase, or there alone.
    """
    rows = communes.with_row_index("rank").sort("commune_code")
    found = topology(placed, COMMUNE_GRID)
    users, points = found.users(), label_points(placed)
    classes = _classes(users, communes, DIVIDES)
    earlier = {one["id"]: _turned(users, communes, one, classes) for one in editions.earlier}
    for (code,), group in rows.group_by("department_code", maintain_order=True):
        ranks = group.get_column("rank").to_list()
        own, former = found.part(ranks)
        turned = {name: [new for new, old in enumerate(former) if old in arcs] for name, arcs in earlier.items()}
        yield (
            str(code),
            {
                "grid": COMMUNE_GRID,
                "arcs": encoded(own.arcs),
                "divides": "".join(f"{classes[arc]:x}" for arc in former),
                "editions": {name: arcs for name, arcs in turned.items() if arcs},
                "shapes": own.shapes,
                "points": [points[rank] for rank in ranks],
            },
        )


def _turned(
    users: Sequence[Sequence[int]], communes: pl.DataFrame, edition: steps.Row, newest: Sequence[int]
) -> set[int]:
    """Arcs that divide territories in one of two editions alone: an earlier one, and the newest of its phase."""
    bit = DIVIDES[naming.OF_PHASE[edition["phase"]]]
    then = _classes(users, communes, {steps.layer_of(edition["id"]): bit})
    return {arc for arc, (one, other) in enumerate(zip(then, newest, strict=True)) if one != other & bit}


def _classes(users: Sequence[Sequence[int]], communes: pl.DataFrame, bits: Mapping[str, int]) -> list[int]:
    columns = {bit: communes.get_column(name).to_list() for name, bit in bits.items()}
    return [_class(one, columns) for one in users]


def _class(users: Sequence[int], columns: Mapping[int, list[str | None]]) -> int:
    if len(users) == 1:
        return sum(bit for bit, codes in columns.items() if codes[users[0]] is not None)
    return sum(bit for bit, codes in columns.items() if len({codes[user] for user in users}) > 1)
