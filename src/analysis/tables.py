"""The catalogue of tables: what each holds, column by column."""

from collections.abc import Iterable

from analysis.schema import Field, Reference, Table

SIREN = r"\d{9}"
COMMUNE = r"\d[0-9AB]\d{3}"
REGION = r"\d{2}"
TERRITORY = r"ti-\d{4}"
PHASE = Field("phase", "Phase du programme (1 : 2019-2022, 2 : 2023-2027)", "integer", enum=(1, 2))
TERRITORY_ID = Field("territory_id", "Identifiant du territoire dans la liste de sa phase", pattern=TERRITORY)
REGION_CODE = Field("region_code", "Code INSEE de la région", pattern=REGION)
COMMUNE_CODE = Field("commune_code", "Code INSEE de la commune (COG 2024)", pattern=COMMUNE)
AREA = Field("area_km2", "Superficie calculée sur le découpage communal", "number", unit="km2", minimum=0)
POPULATION = Field("population_2022", "Population municipale 2022", "integer", unit="inhabitant", minimum=0)
FUNDER = Field("funder", "Financeur que nomme la phrase", required=False)
KINDS = ("epci", "ept", "commune")
REGION_OR_FRANCE = Field("region_code", "Code INSEE de la région, FR pour la France", pattern=r"\d{2}|FR")
CHANGES = ("unchanged", "enlarged", "shrunk", "gain_and_loss", "merged", "split", "recomposed")
STATUSES = ("kept", "left", "entered")
QUALIFIERS = (
    "exact", "approximately", "nearly", "more_than", "less_than", "at_least", "at_most", "between",
)  # fmt: skip


def _count(name: str, title: str) -> Field:
    return Field(name, title, "integer", minimum=0)


def _share(name: str, title: str) -> Field:
    return Field(name, title, "number", unit="%", minimum=0, maximum=100)


def _years(*, required: bool = False) -> tuple[Field, ...]:
    return (
        Field("first_year", "Première année de la période", "integer", required=required),
        Field("last_year", "Dernière année de la période", "integer", required=required),
        Field("years", "Durée de la période", "integer", unit="year", required=required, minimum=1),
    )


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
        "Territoires d’industrie des deux phases",
        (PHASE, TERRITORY_ID, Field("name", "Nom dans la liste"), REGION_CODE),
        ("phase", "territory_id"),
        (Reference(("region_code",), "regions", ("region_code",)),),
        sources=("anct-lists",),
    ),
    Table(
        "members",
        "Membres des territoires d’industrie, par code",
        (
            PHASE,
            TERRITORY_ID,
            Field("member_code", "SIREN du membre", pattern=SIREN),
            Field("member_kind", "Nature du membre", enum=KINDS),
        ),
        ("phase", "member_code"),
        (Reference(("phase", "territory_id"), "territories", ("phase", "territory_id")),),
        sources=("anct-lists",),
    ),
    Table(
        "commune_members",
        "Communes membres à titre individuel (phase 1)",
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

CORE = (
    Table(
        "core_territories",
        "Territoires d’industrie des deux phases",
        (PHASE, TERRITORY_ID, Field("name", "Nom"), REGION_CODE, Field("region_name", "Région")),
        ("phase", "territory_id"),
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
            _count("commune_count", "Communes"),
            POPULATION,
        ),
        ("phase", "member_code"),
    ),
    Table(
        "core_communes",
        "Communes et le territoire auquel chacune appartient dans chaque phase",
        (
            COMMUNE_CODE,
            Field("name", "Nom"),
            Field("department_code", "Code INSEE du département"),
            REGION_CODE,
            Field("epci_code", "SIREN de l’EPCI", required=False, pattern=SIREN),
            Field("ept_code", "SIREN de l’EPT", required=False, pattern=SIREN),
            POPULATION,
            Field("member_1", "Membre de la phase 1 dont la commune relève", required=False, pattern=SIREN),
            Field("territory_1", "Territoire de la phase 1", required=False, pattern=TERRITORY),
            Field("member_2", "Membre de la phase 2 dont la commune relève", required=False, pattern=SIREN),
            Field("territory_2", "Territoire de la phase 2", required=False, pattern=TERRITORY),
        ),
        ("commune_code",),
    ),
    Table(
        "core_commune_boundaries",
        "Contours communaux nettoyés (couverture sans trou ni recouvrement)",
        (COMMUNE_CODE, AREA),
        ("commune_code",),
        geometry=True,
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
            Field("claim_id", "Identifiant"),
            Field("source_id", "Source"),
            Field("concept", "Ce qui est compté"),
            Field("place", "Lieu"),
            Field("phase", "Phase", "integer", required=False, enum=(1, 2)),
            Field("value_low", "Borne basse", "number", required=False),
            Field("value_high", "Borne haute", "number", required=False),
            Field("qualifier", "Précision", enum=QUALIFIERS),
            Field("unit", "Unité"),
            Field("as_of", "Date ou période du chiffre", pattern=r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?"),
            Field("sentence", "Phrase de la note"),
            Field("start", "Début du chiffre dans la phrase", "integer", minimum=0),
            Field("end", "Fin du chiffre dans la phrase", "integer", minimum=0),
        ),
        ("claim_id",),
    ),
    Table(
        "core_unresolved",
        "Chiffres des notes qu’aucun concept ne prend",
        (
            Field("source_id", "Source"),
            Field("sentence", "Phrase de la note"),
            Field("start", "Début", "integer"),
            Field("end", "Fin", "integer"),
            Field("text", "Chiffre"),
        ),
        ("source_id", "sentence", "start"),
    ),
    Table(
        "core_enumerations",
        "Listes nominatives des notes",
        (
            Field("source_id", "Source"),
            Field("concept", "Ce qui est énuméré"),
            Field("place", "Lieu"),
            Field("rank", "Rang dans la liste", "integer", minimum=1),
            Field("item", "Élément (vide : la source l’énumère, la note ne le reproduit pas)", required=False),
        ),
        ("source_id", "concept", "place", "rank"),
    ),
)

OUT = (
    Table(
        "out_territories",
        "Territoires d’industrie : membres, communes, population, superficie",
        (
            PHASE,
            TERRITORY_ID,
            Field("name", "Nom"),
            REGION_CODE,
            _count("member_count", "Membres"),
            _count("commune_count", "Communes"),
            POPULATION,
            AREA,
        ),
        ("phase", "territory_id"),
        geometry=True,
    ),
    Table(
        "out_region_coverage",
        "Part de chaque région couverte par le programme",
        (
            PHASE,
            REGION_OR_FRANCE,
            Field("region_name", "Région"),
            _count("territory_count", "Territoires"),
            _count("commune_count", "Communes couvertes"),
            _share("commune_share_pct", "Part des communes"),
            POPULATION,
            _share("population_share_pct", "Part de la population"),
            AREA,
            _share("area_share_pct", "Part de la superficie"),
        ),
        ("phase", "region_code"),
    ),
    Table(
        "out_phase_change",
        "Ce dont vient chaque territoire de la phase 2",
        (
            Field("phase2_id", "Territoire de la phase 2", pattern=TERRITORY),
            Field("phase2_name", "Son nom"),
            Field("change", "Ce qui l’a fait", enum=(*CHANGES, "new")),
            Field("phase1_ids", "Territoires de la phase 1 dont il vient", "list", pattern=TERRITORY),
            _share("shared_population_share_pct", "Part de ses habitants qui vivent dans ces territoires"),
        ),
        ("phase2_id",),
    ),
    Table(
        "out_phase1_fate",
        "Ce qu’est devenu chaque territoire de la phase 1",
        (
            Field("phase1_id", "Territoire de la phase 1", pattern=TERRITORY),
            Field("phase1_name", "Son nom"),
            Field("fate", "Ce qu’il est devenu", enum=(*CHANGES, "ended")),
            Field("phase2_ids", "Territoires de la phase 2 qui en viennent", "list", pattern=TERRITORY),
        ),
        ("phase1_id",),
    ),
    Table(
        "out_member_change",
        "Membres restés, sortis et entrés entre les deux phases",
        (
            Field("member_code", "SIREN du membre au COG 2024", pattern=SIREN),
            Field("member_kind", "Nature du membre", enum=KINDS),
            Field("status", "Membre dans les deux phases, sorti ou entré", enum=STATUSES),
            Field("phase1_id", "Son territoire de la phase 1", required=False, pattern=TERRITORY),
            Field("phase2_id", "Son territoire de la phase 2", required=False, pattern=TERRITORY),
            Field("member_name", "Nom du membre"),
            _count("commune_count", "Communes"),
            POPULATION,
            Field(
                "other_phase_population_2022",
                "Habitants dont la commune relève du programme dans la phase où le membre n’en est pas un",
                "integer",
                unit="inhabitant",
                minimum=0,
            ),
        ),
        ("member_code",),
    ),
    Table(
        "out_region_change",
        "Communes et habitants restés, sortis et entrés dans chaque région",
        (
            REGION_OR_FRANCE,
            Field("region_name", "Région"),
            Field("status", "Dans le programme aux deux phases, sorti ou entré", enum=STATUSES),
            _count("commune_count", "Communes"),
            _share("commune_share_pct", "Part des communes de la région"),
            POPULATION,
            _share("population_share_pct", "Part de la population de la région"),
        ),
        ("region_code", "status"),
    ),
    Table(
        "out_label_timeline",
        "Nombre de territoires annoncé, par date et par source",
        (
            Field("claim_id", "Identifiant"),
            Field("source_id", "Source"),
            Field("producer", "Producteur"),
            Field("phase", "Phase", "integer", enum=(1, 2)),
            Field("as_of", "Date ou période du chiffre, telle que la source la donne"),
            Field("date", "Dernier jour de cette date ou période", pattern=r"\d{4}-\d\d-\d\d"),
            _count("territory_count", "Territoires"),
            Field("qualifier", "Précision", enum=QUALIFIERS),
            _count("registry_count", "Territoires de la liste officielle de la phase"),
            Field("sentence", "Phrase de la note"),
        ),
        ("claim_id",),
    ),
    Table(
        "out_envelopes",
        "Montants annoncés, engagés et payés",
        (
            Field("claim_id", "Identifiant"),
            Field("source_id", "Source"),
            Field("producer", "Producteur de la source"),
            Field("step", "Étape", enum=("announced", "committed", "paid", "related")),
            Field("phase", "Phase", "integer", enum=(1, 2)),
            Field("as_of", "Date ou période"),
            Field("amount_eur", "Montant", "number", unit="EUR", minimum=0),
            Field("per_year", "Montant annuel (1) ou total (0)", "integer", enum=(0, 1)),
            *_years(),
            Field(
                "total_eur",
                "Montant sur la période (calculé si annuel)",
                "number",
                unit="EUR",
                required=False,
                minimum=0,
            ),
            Field("qualifier", "Précision", enum=QUALIFIERS),
            FUNDER,
            Field("concept", "Ce qui est compté"),
            Field("sentence", "Phrase de la note"),
        ),
        ("claim_id",),
    ),
    Table(
        "out_hundred_millions",
        "Les enveloppes de « 100 M€ », distinguées par financeur, période et montant total",
        (
            Field("claim_id", "Identifiant"),
            Field("source_id", "Source"),
            Field("producer", "Producteur de la source"),
            Field("role", "Enveloppe de 100 M€, ou celle qui la remplace", enum=("hundred", "instead")),
            Field("envelope_rank", "Numéro de l’enveloppe, par période", "integer", minimum=1),
            Field("phase", "Phase", "integer", enum=(1, 2)),
            Field("amount_eur", "Montant énoncé", "number", unit="EUR", minimum=0),
            Field("per_year", "Montant annuel (1) ou total (0)", "integer", enum=(0, 1)),
            *_years(required=True),
            Field("total_eur", "Montant sur la période (calculé si annuel)", "number", unit="EUR", minimum=0),
            Field("qualifier", "Précision", enum=QUALIFIERS),
            FUNDER,
            Field("sentence", "Phrase de la note"),
        ),
        ("claim_id",),
    ),
    Table(
        "out_plan",
        "Le plan de la Métropole européenne de Lille et son territoire, en chiffres publiés",
        (
            Field("claim_id", "Identifiant"),
            Field("source_id", "Source"),
            Field("producer", "Producteur de la source"),
            Field("place", "Lieu"),
            Field("concept", "Ce qui est compté"),
            Field("value_low", "Borne basse", "number", required=False),
            Field("value_high", "Borne haute", "number", required=False),
            Field("qualifier", "Précision", enum=QUALIFIERS),
            Field("unit", "Unité"),
            Field("as_of", "Date ou période du chiffre"),
            Field("listed_count", "Éléments que la source énumère", "integer", required=False, minimum=1),
            Field("sentence", "Phrase de la note"),
        ),
        ("claim_id",),
    ),
    Table(
        "out_enumerations",
        "Listes nominatives rapprochées des listes officielles",
        (
            Field("source_id", "Source"),
            Field("concept", "Ce qui est énuméré"),
            Field("place", "Lieu"),
            Field("phase", "Phase", "integer", enum=(1, 2)),
            Field("rank", "Rang dans la liste", "integer", minimum=1),
            Field("item", "Nom que donne la source"),
            Field("registry_code", "Territoire ou membre de la liste officielle", required=False),
            Field("registry_name", "Son nom dans la liste officielle", required=False),
        ),
        ("source_id", "concept", "place", "rank"),
    ),
    Table(
        "out_ledger",
        "Chaque chiffre publié, confronté aux listes officielles, au calcul et aux autres sources",
        (
            Field("claim_id", "Identifiant"),
            Field("source_id", "Source"),
            Field("concept", "Ce qui est compté"),
            Field("place", "Lieu"),
            Field("phase", "Phase", "integer", required=False, enum=(1, 2)),
            Field("value_low", "Borne basse", "number", required=False),
            Field("value_high", "Borne haute", "number", required=False),
            Field("qualifier", "Précision", enum=QUALIFIERS),
            Field("unit", "Unité"),
            Field("as_of", "Date ou période du chiffre", pattern=r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?"),
            Field(
                "verdict",
                "Verdict",
                enum=("confirmed", "contradicted", "superseded", "consistent", "not_checkable"),
            ),
            Field("rule", "Règle appliquée, dans data/raw/checks.yaml"),
            Field("registry_value", "Valeur confrontée (liste, calcul, compte, borne)", "number", required=False),
            Field("reason", "Raison du verdict, en une phrase"),
        ),
        ("claim_id",),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in (*RAW, *CORE, *OUT)}


def tables_of(*prefixes: str) -> Iterable[Table]:
    """Processed tables whose name starts with one of `prefixes`, in the order of the catalogue."""
    return (table for table in TABLES.values() if table.name.startswith(prefixes))
