"""Cleaned tables."""

from analysis.programme import NAME
from analysis.tables.codes import KINDS, PHASES, TERRITORY_COLUMNS, UNIT_LEVELS
from analysis.tables.fields import (
    AREA,
    CLAIM,
    COMMUNE_CODE,
    COMMUNE_FIELDS,
    CONTEXT_FIELDS,
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
    TERRITORY_ID,
    count,
    phase_fields,
    territory_in,
    territory_of,
)  # fmt: skip
from analysis.tables.groups import FIGURES, LISTS
from analysis.tables.schema import CONTEXT, NOTES, WHEEL, Field, Reference, Table


def _member_of(phase: int) -> Field:
    title = f"Membre de la phase {phase} dont la commune relève"
    return Field(f"member_{phase}", title, required=False, pattern=SIREN)


CORE = (
    Table(
        "core_territories",
        f"{NAME} des deux phases",
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
            *phase_fields(_member_of, territory_of),
        ),
        ("commune_code",),
        (
            *(territory_in(f"territory_{phase}") for phase in PHASES),
            *(Reference((f"member_{phase}",), "core_members", ("member_code",)) for phase in PHASES),
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
                Field("layer", "Couche", enum=("department", "region", "epci", *TERRITORY_COLUMNS.values())),
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
    Table(
        "core_context",
        "Couches de contexte, une ligne par valeur",
        (
            *CONTEXT_FIELDS,
            Field("level", "Niveau des unités", enum=UNIT_LEVELS),
            Field("code", "Code de l’unité au COG 2024"),
            Field("value", "Valeur", "number", required=False, minimum=0),
            Field("text", "Classe ou date", required=False),
        ),
        ("layer", "column", "year", "code"),
        stage="context",
        made_from=("communes", "intercommunalities", "departments", "regions", "cog_changes", CONTEXT),
    ),
)
