"""Cleaned tables."""

from analysis.tables.codes import KINDS
from analysis.tables.fields import (
    AREA,
    CLAIM,
    COMMUNE_CODE,
    COMMUNE_FIELDS,
    LISTED,
    OF_SOURCE,
    OF_TERRITORY,
    PHASE,
    PLACE,
    POPULATION,
    REGION_CODE,
    SENTENCE,
    SIREN,
    SOURCE_ID,
    TERRITORY,
    TERRITORY_ID,
    count,
    territory_in,
)  # fmt: skip
from analysis.tables.groups import FIGURES, LISTS
from analysis.tables.schema import NOTES, WHEEL, Field, Reference, Table

CORE = (
    Table(
        "core_territories",
        "Territoires d’industrie des deux phases",
        (PHASE, TERRITORY_ID, Field("name", "Nom"), REGION_CODE, Field("region_name", "Région")),
        ("phase", "territory_id"),
        group=LISTS,
        stage="registry",
        made_from=("territories", "regions"),
    ),
    Table(
        "core_members",
        "Membres des territoires, avec leur nom au COG 2024",
        (
            PHASE,
            TERRITORY_ID,
            Field("member_code", "SIREN du membre", pattern=SIREN),
            Field("member_kind", "Nature du membre", enum=KINDS),
            Field("member_name", "Nom du membre"),
            count("commune_count", "Communes"),
            POPULATION,
        ),
        ("phase", "member_code"),
        (OF_TERRITORY,),
        group=LISTS,
        stage="registry",
        made_from=("members", "communes", "intercommunalities", "commune_members", "ept_communes", "cog_changes"),
    ),
    Table(
        "core_communes",
        "Communes et le territoire auquel chacune appartient dans chaque phase",
        (
            *COMMUNE_FIELDS,
            Field("member_1", "Membre de la phase 1 dont la commune relève", required=False, pattern=SIREN),
            Field("territory_1", "Territoire de la phase 1", required=False, pattern=TERRITORY),
            Field("member_2", "Membre de la phase 2 dont la commune relève", required=False, pattern=SIREN),
            Field("territory_2", "Territoire de la phase 2", required=False, pattern=TERRITORY),
        ),
        ("commune_code",),
        (
            territory_in("territory_1"),
            territory_in("territory_2"),
            Reference(("member_1",), "core_members", ("member_code",)),
            Reference(("member_2",), "core_members", ("member_code",)),
        ),
        group=LISTS,
        stage="registry",
        made_from=("communes", "members", "commune_members", "ept_communes"),
    ),
    Table(
        "core_commune_boundaries",
        "Contours communaux nettoyés (couverture sans trou ni recouvrement)",
        (COMMUNE_CODE, AREA),
        ("commune_code",),
        geometry=True,
        stage="coverage",
        made_from=("communes", WHEEL),
    ),
    *(
        Table(
            f"core_boundaries_{level}",
            title,
            (
                Field("layer", "Couche", enum=("department", "region", "epci", "territory_1", "territory_2")),
                Field("code", "Code de l’unité"),
            ),
            ("layer", "code"),
            geometry=True,
            stage="layers",
            made_from=("core_commune_boundaries", "core_communes"),
        )
        for level, title in (
            ("detail", "Contours pour cartes régionales"),
            ("overview", "Contours nationaux"),
        )
    ),
    Table(
        "core_claims",
        "Chiffres publiés, tels que les notes de lecture les rapportent",
        (
            *CLAIM,
            SENTENCE,
            Field("start", "Début du chiffre dans la phrase", "integer", minimum=0),
            Field("end", "Fin du chiffre dans la phrase", "integer", minimum=0),
        ),
        ("claim_id",),
        (OF_SOURCE,),
        group=FIGURES,
        stage="claims",
        made_from=(NOTES,),
    ),
    Table(
        "core_unresolved",
        "Chiffres des notes qu’aucun concept ne prend",
        (
            SOURCE_ID,
            SENTENCE,
            Field("start", "Début", "integer"),
            Field("end", "Fin", "integer"),
            Field("text", "Chiffre"),
        ),
        ("source_id", "sentence", "start"),
        stage="claims",
        made_from=(NOTES,),
    ),
    Table(
        "core_enumerations",
        "Listes nominatives des notes",
        (
            SOURCE_ID,
            LISTED,
            PLACE,
            Field("rank", "Rang dans la liste", "integer", minimum=1),
            Field("item", "Élément (vide : la source l’énumère, la note ne le reproduit pas)", required=False),
        ),
        ("source_id", "concept", "place", "rank"),
        (OF_SOURCE,),
        group=FIGURES,
        stage="claims",
        made_from=(NOTES,),
    ),
)
