"""Raw tables of communes and intercommunalities from the Code officiel géographique packages (pure).

The packages are those of `@etalab/decoupage-administratif`, one a COG edition, already parsed from JSON.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import polars as pl

Package = Mapping[str, list[dict[str, Any]]]
CURRENT = "commune-actuelle"
OUTSIDE = "com"  # collectivités d'outre-mer: neither région nor EPCI, no territory


def raw_tables(package: Package) -> dict[str, pl.DataFrame]:
    """Raw tables communes, postcodes, intercommunalities, departments and regions of one edition, sorted by code."""
    return {
        "communes": communes(package),
        "postcodes": postcodes(package),
        "intercommunalities": intercommunalities(package),
        "departments": _units(package["departements"], "department_code", region="region"),
        "regions": _units(package["regions"], "region_code"),
    }


def communes(package: Package) -> pl.DataFrame:
    """Communes of the départements, with their EPCI and municipal population; one row a commune."""
    groups = membership(package)
    rows = [
        {
            "commune_code": one["code"],
            "name": one["nom"],
            "department_code": one["departement"],
            "region_code": one["region"],
            "epci_code": groups.get(one["code"]),
            "population_2022": one["population"],
        }
        for one in current(package).values()
    ]
    return pl.DataFrame(rows, infer_schema_length=None).sort("commune_code")


def postcodes(package: Package) -> pl.DataFrame:
    """Postcodes of the communes of the départements; one row a commune and postcode.

    Paris, Lyon and Marseille have those of their arrondissements.
    """
    rows = [
        {"commune_code": code, "postcode": postcode}
        for code, one in current(package).items()
        for postcode in one.get("codesPostaux", [])
    ]
    return pl.DataFrame(rows, {"commune_code": pl.String, "postcode": pl.String}).sort("commune_code", "postcode")


def intercommunalities(package: Package) -> pl.DataFrame:
    """EPCI with own taxation and the établissements publics territoriaux: code, name, kind."""
    rows = [
        {"intercommunality_code": one["code"], "name": one["nom"], "kind": one["type"]}
        for one in (*package["epci"], *package.get("ept", []))
    ]
    return pl.DataFrame(rows).sort("intercommunality_code")


def current(package: Package) -> dict[str, dict[str, Any]]:
    """Communes in force by code, without the collectivités d'outre-mer."""
    return {
        one["code"]: one
        for one in package["communes"]
        if one["type"] == CURRENT and one.get("zone") != OUTSIDE and one.get("region")
    }


def membership(package: Package) -> dict[str, str]:
    """EPCI code by commune code."""
    return {member["code"]: one["code"] for one in package["epci"] for member in one["membres"]}


def changes(packages: Mapping[int, Package], base: int) -> pl.DataFrame:
    """What changed for each commune between consecutive editions: created, ended, or moved to another EPCI.

    `packages` maps the year of the edition to its package, `base` is the edition of the other raw tables. The
    successor of a commune that ended is known where the base, or the later edition in which it ended, keeps it as a
    commune déléguée or associée.
    """
    rows: list[dict[str, Any]] = []
    for before, after in pairwise(sorted(packages)):
        rows += _edition_changes(packages[before], packages[after], after, _absorbed(packages[max(base, after)]))
    return pl.DataFrame(rows, infer_schema_length=None).sort("edition", "commune_code")


def _absorbed(package: Package) -> dict[str, str]:
    """The commune into which each commune déléguée or associée went."""
    return {
        one["code"]: one["chefLieu"] for one in package["communes"] if one["type"] != CURRENT and one.get("chefLieu")
    }


def _edition_changes(
    before: Package, after: Package, edition: int, absorbed: Mapping[str, str]
) -> list[dict[str, Any]]:
    old, new = membership(before), membership(after)
    old_codes, new_codes = set(current(before)), set(current(after))
    rows = []
    for code in sorted(old_codes | new_codes):
        if code in old_codes and code in new_codes and old.get(code) == new.get(code):
            continue
        change = "created" if code not in old_codes else "ended" if code not in new_codes else "moved"
        rows.append(
            {
                "edition": edition,
                "commune_code": code,
                "change": change,
                "old_epci_code": old.get(code) if code in old_codes else None,
                "new_epci_code": new.get(code) if code in new_codes else None,
                "successor_code": absorbed.get(code) if change == "ended" else None,
            }
        )
    return rows


def _units(units: list[dict[str, Any]], code: str, region: str | None = None) -> pl.DataFrame:
    rows = [
        {code: one["code"], "name": one["nom"]} | ({"region_code": one[region]} if region else {})
        for one in units
        if one.get("zone") != OUTSIDE
    ]
    return pl.DataFrame(rows).sort(code)
