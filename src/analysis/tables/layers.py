"""Boundary layers that readers get: GeoParquet and GeoPackage, WGS 84."""

from analysis.tables.codes import KINDS
from analysis.tables.fields import (
    AREA,
    COMMUNE_FIELDS,
    OF_TERRITORY,
    PHASE,
    POPULATION,
    REGION_CODE,
    SIREN,
    TERRITORY,
    TERRITORY_ID,
    count,
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
        Field("territory_1", "Territoire de la phase 1", required=False, pattern=TERRITORY),
        Field("territory_1_name", "Nom du territoire de la phase 1", required=False),
        Field("territory_2", "Territoire de la phase 2", required=False, pattern=TERRITORY),
        Field("territory_2_name", "Nom du territoire de la phase 2", required=False),
    ),
    ("commune_code",),
    (Reference(("commune_code",), "core_communes", ("commune_code",)),),
    geometry=True,
)
LAYERS = (
    _territories("territories_phase1", "Contours des territoires de la phase 1"),
    _territories("territories_phase2", "Contours des territoires de la phase 2"),
    _members("members_phase1", "Contours des membres de la phase 1 : EPCI, EPT et communes"),
    _members("members_phase2", "Contours des membres de la phase 2 : EPCI et EPT"),
    Table(
        "regions",
        "Contours des régions",
        (REGION_CODE, Field("region_name", "Région"), *_MEASURES),
        ("region_code",),
        geometry=True,
    ),
    COMMUNES,
)
