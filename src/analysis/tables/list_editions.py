"""Cleaned tables of the official lists, edition by edition."""

from analysis.programme import NAME
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
    VALID,
    count,
)  # fmt: skip
from analysis.tables.groups import LISTS
from analysis.tables.schema import Field, Table

LIST_EDITIONS = (
    Table(
        "core_memberships",
        "Communes et leur territoire, édition par édition des listes officielles",
        (
            COMMUNE_CODE,
            PHASE,
            EDITION,
            TERRITORY_ID,
            Field(
                "member_code", "Membre dont elle relève (vide : la liste n’en dit rien)", required=False, pattern=SIREN
            ),
            *VALID,
        ),
        ("commune_code", "edition"),
        group=LISTS,
        stage="registry",
        made_from=(
            "members",
            "territories",
            "edition_members",
            "edition_territories",
            "edition_communes",
            "communes",
            "commune_members",
            "ept_communes",
            "cog_changes",
        ),
    ),
    Table(
        "core_edition_territories",
        f"{NAME}, édition par édition des listes officielles",
        (EDITION, PHASE, TERRITORY_ID, Field("name", "Nom"), REGION_CODE, Field("region_name", "Région")),
        ("edition", "territory_id"),
        stage="registry",
        made_from=("territories", "edition_territories", "regions"),
    ),
    Table(
        "core_edition_members",
        "Membres des territoires, édition par édition des listes officielles qui en donnent",
        (
            EDITION,
            PHASE,
            TERRITORY_ID,
            Field("member_code", "SIREN du membre", pattern=SIREN),
            Field("member_kind", "Nature du membre", enum=KINDS),
            Field("member_name", "Nom du membre"),
            count("commune_count", "Communes"),
            POPULATION,
        ),
        ("edition", "member_code"),
        stage="registry",
        made_from=("members", "edition_members", "communes", "intercommunalities", "commune_members", "ept_communes"),
    ),
    Table(
        "core_edition_communes",
        "Communes des territoires, au code officiel géographique de chaque édition des listes",
        (
            EDITION,
            TERRITORY_ID,
            Field("commune_code", "Code INSEE de la commune (COG de l’édition)", pattern=COMMUNE),
            Field(
                "current_code",
                "Commune du COG 2024 dont elle fait partie (vide : on ne sait)",
                required=False,
                pattern=COMMUNE,
            ),
        ),
        ("edition", "commune_code"),
        stage="registry",
        made_from=(
            "members",
            "edition_members",
            "edition_communes",
            "communes",
            "commune_members",
            "ept_communes",
            "cog_changes",
        ),
    ),
)
