"""Tables that are committed: the official lists and the COG."""

from analysis.programme import PROGRAMME
from analysis.tables.codes import KINDS
from analysis.tables.fields import (
    COMMUNE,
    COMMUNE_CODE,
    EDITION,
    PHASE,
    POPULATION,
    REGION_CODE,
    SIREN,
    TERRITORY_ID,
)  # fmt: skip
from analysis.tables.schema import Field, Reference, Table

NAME = Field("name", "Nom dans la liste")
MEMBER = (
    Field("member_code", "SIREN du membre", pattern=SIREN),
    Field("member_kind", "Nature du membre", enum=KINDS),
)
OF_EDITION = Reference(("edition", "territory_id"), "edition_territories", ("edition", "territory_id"))

RAW = (
    Table(
        "communes",
        "Communes du code officiel géographique 2024",
        (
            COMMUNE_CODE,
            Field("name", "Nom"),
            Field("department_code", "Code INSEE du département", pattern=r"\d[0-9AB]\d?"),
            REGION_CODE,
            Field("epci_code", "SIREN de l’EPCI à fiscalité propre", required=False, pattern=SIREN),
            POPULATION,
        ),
        ("commune_code",),
        (
            Reference(("department_code",), "departments", ("department_code",)),
            Reference(("epci_code",), "intercommunalities", ("intercommunality_code",)),
        ),
        sources=("insee-cog-2024",),
    ),
    Table(
        "postcodes",
        "Codes postaux des communes",
        (COMMUNE_CODE, Field("postcode", "Code postal", pattern=r"\d{5}")),
        ("commune_code", "postcode"),
        (Reference(("commune_code",), "communes", ("commune_code",)),),
        sources=("laposte-postcodes",),
    ),
    Table(
        "intercommunalities",
        "EPCI à fiscalité propre et établissements publics territoriaux (COG 2024)",
        (
            Field("intercommunality_code", "SIREN", pattern=SIREN),
            Field("name", "Nom"),
            Field("kind", "Nature juridique", enum=("CA", "CC", "CU", "EPT", "MET69", "METRO")),
        ),
        ("intercommunality_code",),
        sources=("insee-cog-2024",),
    ),
    Table(
        "departments",
        "Départements (COG 2024)",
        (
            Field("department_code", "Code INSEE du département", pattern=r"\d[0-9AB]\d?"),
            Field("name", "Nom"),
            REGION_CODE,
        ),
        ("department_code",),
        (Reference(("region_code",), "regions", ("region_code",)),),
        sources=("insee-cog-2024",),
    ),
    Table(
        "regions",
        "Régions (COG 2024)",
        (REGION_CODE, Field("name", "Nom")),
        ("region_code",),
        sources=("insee-cog-2024",),
    ),
    Table(
        "territories",
        f"{PROGRAMME.name} des deux phases",
        (PHASE, TERRITORY_ID, NAME, REGION_CODE),
        ("phase", "territory_id"),
        (Reference(("region_code",), "regions", ("region_code",)),),
        sources=("anct-lists",),
    ),
    Table(
        "members",
        f"Membres des {PROGRAMME.territory.many}, par code",
        (PHASE, TERRITORY_ID, *MEMBER),
        ("phase", "member_code"),
        (Reference(("phase", "territory_id"), "territories", ("phase", "territory_id")),),
        sources=("anct-lists",),
    ),
    Table(
        "edition_territories",
        f"{PROGRAMME.name} des éditions antérieures des listes",
        (EDITION, TERRITORY_ID, NAME, REGION_CODE),
        ("edition", "territory_id"),
        (Reference(("region_code",), "regions", ("region_code",)),),
        sources=("anct-lists", "cdc-list-2020"),
        parts="territories",
    ),
    Table(
        "edition_members",
        "Membres des territoires des éditions antérieures, par code",
        (EDITION, TERRITORY_ID, *MEMBER),
        ("edition", "member_code"),
        (OF_EDITION,),
        sources=("anct-lists",),
        parts="members",
    ),
    Table(
        "edition_communes",
        "Communes des territoires des éditions antérieures qui nomment des communes",
        (EDITION, TERRITORY_ID, Field("commune_code", "Code INSEE de la commune (COG de l’édition)", pattern=COMMUNE)),
        ("edition", "commune_code"),
        (OF_EDITION,),
        sources=("cdc-list-2020",),
        parts="communes",
    ),
    Table(
        "commune_members",
        "Communes membres à titre individuel",
        (Field("member_code", "SIREN de la commune", pattern=SIREN), COMMUNE_CODE),
        ("member_code",),
        (Reference(("commune_code",), "communes", ("commune_code",)),),
        sources=("insee-cog-2024",),
    ),
    Table(
        "ept_communes",
        "Communes des établissements publics territoriaux membres",
        (Field("ept_code", "SIREN de l’EPT", pattern=SIREN), COMMUNE_CODE),
        ("commune_code",),
        (
            Reference(("ept_code",), "intercommunalities", ("intercommunality_code",)),
            Reference(("commune_code",), "communes", ("commune_code",)),
        ),
        sources=("insee-dgcl-ept",),
    ),
    Table(
        "cog_changes",
        "Changements de l’appartenance des communes entre deux éditions du COG",
        (
            Field("edition", "Première édition du COG qui montre le changement", "integer", minimum=2020),
            Field("commune_code", "Code INSEE de la commune", pattern=COMMUNE),
            Field("change", "Nature du changement", enum=("created", "ended", "moved")),
            Field("old_epci_code", "EPCI avant", required=False, pattern=SIREN),
            Field("new_epci_code", "EPCI après", required=False, pattern=SIREN),
            Field("successor_code", "Commune qui l’absorbe", required=False, pattern=COMMUNE),
        ),
        ("edition", "commune_code"),
        sources=("insee-cog-changes",),
    ),
)
