"""Boundary layers that readers get: GeoParquet and GeoPackage, WGS 84."""

from analysis.programme import PROGRAMME
from analysis.tables.codes import KINDS, PHASES
from analysis.tables.fields import (
    AREA,
    COMMUNE_FIELDS,
    OF_TERRITORY,
    PHASE,
    POPULATION,
    REGION_CODE,
    SIREN,
    TERRITORY_ID,
    count,
    phase_fields,
    territory_name_of,
    territory_of,
)
from analysis.tables.schema import Field, Reference, Table

_MEASURES = (count("commune_count", "Communes"), POPULATION, AREA)


def _territories(name: str, title: str) -> Table:
    fields = (
        PHASE,
        TERRITORY_ID,
        Field("name", "Nom"),
        REGION_CODE,
        Field("region_name", "Région"),
        count("member_count", "Membres"),
        *_MEASURES,
    )
    return Table(name, title, fields, ("territory_id",), (OF_TERRITORY,), geometry=True)


def _members(name: str, title: str) -> Table:
    fields = (
        PHASE,
        Field("member_code", "SIREN du membre", pattern=SIREN),
        Field("member_kind", "Nature du membre", enum=KINDS),
        Field("member_name", "Nom du membre"),
        TERRITORY_ID,
        Field("territory_name", "Nom du territoire"),
        *_MEASURES,
    )
    known = Reference(("phase", "member_code"), "core_members", ("phase", "member_code"))
    return Table(name, title, fields, ("member_code",), (known,), geometry=True)


COMMUNES = Table(
    "communes",
    "Contours des communes, avec leur territoire dans chaque phase",
    (
        *COMMUNE_FIELDS,
        AREA,
        *phase_fields(territory_of, territory_name_of),
    ),
    ("commune_code",),
    (Reference(("commune_code",), "core_communes", ("commune_code",)),),
    geometry=True,
)
LAYERS = (
    *(_territories(f"territories_phase{phase}", f"Contours des territoires de la phase {phase}") for phase in PHASES),
    *(
        _members(f"members_phase{phase}", f"Contours des membres de la phase {phase} : {one.members}")
        for phase, one in PROGRAMME.phases.items()
    ),
    Table(
        "regions",
        "Contours des régions",
        (REGION_CODE, Field("region_name", "Région"), *_MEASURES),
        ("region_code",),
        geometry=True,
    ),
    COMMUNES,
)
