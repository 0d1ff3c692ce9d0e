"""Columns that several tables share, and what their values look like (pure)."""

from collections.abc import Callable

from babel import Locale

from analysis import programme
from analysis.i18n.language import FRENCH, LANGUAGES
from analysis.tables.codes import PHASES, QUALIFIERS, VERDICT_CODES
from analysis.tables.groups import BETWEEN_PHASES, FIGURES
from analysis.tables.schema import Field, Reference, Table

SIREN = r"\d{9}"
COMMUNE = r"\d[0-9AB]\d{3}"
REGION = r"\d{2}"
TERRITORY = programme.TERRITORY_ID
DAY = r"\d{4}-\d\d-\d\d"
YEARS_OF_PHASES = ", ".join(f"{phase} : {first}-{last}" for phase, (first, last) in programme.YEARS.items())
PHASE = Field("phase", f"Phase du programme ({YEARS_OF_PHASES})", "integer", enum=PHASES)
TERRITORY_ID = Field("territory_id", "Identifiant du territoire dans la liste de sa phase", pattern=TERRITORY)
EDITION = Field("edition", "Édition de la liste officielle", pattern=r"\d{4}-\d\d(-\d\d)?")
REGION_CODE = Field("region_code", "Code INSEE de la région", pattern=REGION)
COMMUNE_CODE = Field("commune_code", "Code INSEE de la commune (COG 2024)", pattern=COMMUNE)
VALID = (  # from when to when an edition of a list holds
    Field("valid_from", "Premier jour où cette édition vaut", pattern=DAY),
    Field("valid_to", "Dernier jour où elle vaut (vide : aucune édition ne la suit)", required=False, pattern=DAY),
)
AREA = Field("area_km2", "Superficie calculée sur le découpage communal", "number", unit="km2", minimum=0)
POPULATION = Field("population_2022", "Population municipale 2022", "integer", unit="inhabitant", minimum=0)
# What says which commune it is, and where.
COMMUNE_FIELDS = (
    COMMUNE_CODE,
    Field("name", "Nom"),
    Field("department_code", "Code INSEE du département"),
    REGION_CODE,
    Field("epci_code", "SIREN de l’EPCI", required=False, pattern=SIREN),
    Field("ept_code", "SIREN de l’EPT", required=False, pattern=SIREN),
    POPULATION,
)
# What is known of a published figure.
CLAIM_ID = Field("claim_id", "Identifiant")
SOURCE_ID = Field("source_id", "Source")
PRODUCER = Field("producer", "Producteur de la source")
PLACE = Field("place", "Lieu")
COUNTED = Field("concept", "Ce qui est compté")
LISTED = Field("concept", "Ce qui est énuméré")
PHASE_OF_FIGURE = Field("phase", "Phase", "integer", enum=PHASES)
PHASE_IF_ANY = Field("phase", "Phase", "integer", required=False, enum=PHASES)
BOUNDS = (
    Field("value_low", "Borne basse", "number", required=False),
    Field("value_high", "Borne haute", "number", required=False),
)
QUALIFIER = Field("qualifier", "Précision", enum=QUALIFIERS)
UNIT = Field("unit", "Unité")
# What the ledger says of it, with a column of reasons a language.
VERDICT = Field("verdict", "Verdict", enum=VERDICT_CODES)
REASONS = (
    Field("reason", "Raison du verdict, en une phrase"),
    *(
        Field(f"reason_{name}", f"Raison du verdict, en {Locale(name).get_display_name(FRENCH)}", required=False)
        for name in LANGUAGES
        if name != FRENCH
    ),
)
AS_OF = Field("as_of", "Date ou période du chiffre", pattern=r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")
CLAIM = (CLAIM_ID, SOURCE_ID, COUNTED, PLACE, PHASE_IF_ANY, *BOUNDS, QUALIFIER, UNIT, AS_OF)
SENTENCE = Field("sentence", "Phrase de la note")
FUNDER = Field("funder", "Financeur que nomme la phrase", required=False)
REGION_OR_FRANCE = Field("region_code", "Code INSEE de la région, FR pour la France", pattern=r"\d{2}|FR")
# Which value of the context layers a row holds.
CONTEXT_FIELDS = (
    Field("layer", "Couche de contexte"),
    Field("column", "Colonne de la couche"),
    Field("year", "Année", "integer"),
)
# Foreign keys of published tables. `sources` is the table of sources beside them.
OF_SOURCE = Reference(("source_id",), "sources", ("id",))
OF_CLAIM = Reference(("claim_id",), "core_claims", ("claim_id",))
OF_TERRITORY = Reference(("phase", "territory_id"), "core_territories", ("phase", "territory_id"))


def phase_fields(*parts: Callable[[int], Field]) -> tuple[Field, ...]:
    """Columns of each phase, phase by phase, where each of `parts` makes one for a phase."""
    return tuple(part(phase) for phase in PHASES for part in parts)


def territory_of(phase: int) -> Field:
    """`territory_<phase>`: in which territory a commune is."""
    return Field(f"territory_{phase}", f"Territoire de la phase {phase}", required=False, pattern=TERRITORY)


def territory_name_of(phase: int) -> Field:
    """`territory_<phase>_name`: how that territory is called."""
    return Field(f"territory_{phase}_name", f"Nom du territoire de la phase {phase}", required=False)


def territory_in(column: str) -> Reference:
    """A column with the id of a territory whose phase is said by the column's name."""
    return Reference((column,), "core_territories", ("territory_id",))


def count(name: str, title: str) -> Field:
    """A column that counts."""
    return Field(name, title, "integer", minimum=0)


def share(name: str, title: str) -> Field:
    """A column of per cents."""
    return Field(name, title, "number", unit="%", minimum=0, maximum=100)


def money(title: str, *, required: bool) -> tuple[Field, ...]:
    """The columns of an amount; whether its period is `required`."""
    whole = "Montant sur la période (calculé si annuel)"
    return (
        Field("amount_eur", title, "number", unit="EUR", minimum=0),
        Field("per_year", "Montant annuel (1) ou total (0)", "integer", enum=(0, 1)),
        Field("first_year", "Première année de la période", "integer", required=required),
        Field("last_year", "Dernière année de la période", "integer", required=required),
        Field("years", "Durée de la période", "integer", unit="year", required=required, minimum=1),
        Field("total_eur", whole, "number", unit="EUR", required=required, minimum=0),
    )


# --- tables of a kind --------------------------------------------------------------------------------------


def of_figures(name: str, title: str, *fields: Field, rank: int, stage: str = "indicators") -> Table:
    """A published table with a row a published figure: its id, its source, then these columns."""
    own = (CLAIM_ID, SOURCE_ID, *fields)
    return Table(name, title, own, ("claim_id",), (OF_CLAIM, OF_SOURCE), group=FIGURES, rank=rank, stage=stage)


def of_side(name: str, title: str, phase: int, word: Field, others: str, *more: Field, rank: int) -> Table:
    """A published table with a row a territory of one phase: the word for its change, and the territories of the other
    phase that it is linked with (`others`)."""
    own, linked = f"phase{phase}_id", f"phase{3 - phase}_ids"
    fields = (
        Field(own, f"Territoire de la phase {phase}", pattern=TERRITORY),
        Field(f"phase{phase}_name", "Son nom"),
        word,
        Field(linked, others, "list", pattern=TERRITORY),
        *more,
    )
    return Table(
        name, title, fields, (own,), (territory_in(own),), group=BETWEEN_PHASES, rank=rank, stage="phases", phases=2
    )
