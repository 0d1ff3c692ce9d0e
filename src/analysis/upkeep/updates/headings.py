"""Columns of a producer's list, found by what their headings say (pure)."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.errors import UpdateError
from analysis.upkeep.updates.grid import Grid, Problem, Row, plain, refused, tidy

Score = Callable[[Sequence[str]], int]  # how much the cells of a row look like headings
CODE = re.compile(r"(?<!\d)\d{9}(?!\d)")
HEADING_ROWS = 20  # a title may stand above the headings
# What a column holds: its heading in this project, then what producers write. Compared by `plain`.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "phase": ("phase", "Phase du programme", "Vague", "Génération"),
    "territory_id": (
        *("territory_id", "id_ti", "Identifiant", "Identifiant du territoire", "Code du territoire", "Code TI"),
        *("Identifiant TI", "id territoire", "N° du territoire", "Identifiant du territoire dans la liste de sa phase"),
    ),
    "territory": (
        *("name", "territory_name", "Nom du territoire", "Territoire", "Territoire d’industrie", "lib_ti"),
        *("Territoires d’industrie", "Nom du Territoire d’industrie", "Libellé du territoire", "Nom du TI", "Nom TI"),
        *("Libellé du Territoire d’industrie", "Nom dans la liste", "nom_territoire", "territoire_industrie"),
    ),
    "region": (
        *("region_code", "Région", "Code région", "Code INSEE de la région", "Nom de la région", "region_name"),
        *("Libellé de la région", "lib_reg", "insee_reg", "Région administrative", "Code de la région"),
    ),
    "siren": (
        *("member_code", "SIREN", "N° SIREN", "Numéro SIREN", "Code SIREN", "SIREN EPCI", "siren_epci", "Code EPCI"),
        *("SIREN de l’EPCI", "SIREN du membre", "siren_membre", "SIREN des EPCI", "SIREN des membres"),
        *("Code SIREN de l’EPCI", "N° SIREN de l’EPCI", "Code de l’EPCI", "SIREN groupement", "siren_groupement"),
    ),
    "member": (
        *("member_name", "members", "EPCI", "Membre", "Membres", "Nom de l’EPCI", "Nom EPCI", "lib_epci", "nom_epci"),
        *("Nom du membre", "Intercommunalité", "Intercommunalités", "EPCI membres", "Liste des EPCI", "Libellé EPCI"),
        *("Intercommunalités membres", "EPCI concernés", "Collectivités", "Groupement", "Nom de l’intercommunalité"),
        *("Liste des membres", "Membres du territoire", "EPCI et communes", "Libellé de l’EPCI", "lib_membre"),
    ),
    "commune": (
        *("commune_code", "Code INSEE", "Code commune", "INSEE", "Code INSEE de la commune", "insee_com", "code_insee"),
        *("Code INSEE de la commune (COG 2024)", "Code de la commune", "Code INSEE commune", "codgeo", "code_com"),
        *("depcom", "com", "Codes INSEE", "Code géographique", "Code commune INSEE"),
    ),
    "place": (
        *("commune_name", "Commune", "Nom de la commune", "Nom commune", "lib_com", "nom_com", "libgeo", "nom_commune"),
        *("Libellé de la commune", "Libellé commune", "Nom de la commune (COG 2024)"),
    ),
}
# Known, and of no use here: what they say is found by code in the COG.
UNUSED = (
    *("member_kind", "Nature", "Nature juridique", "Nature du membre", "Type", "Type d’EPCI", "nature_juridique"),
    *(
        "Département",
        "Départements",
        "Code département",
        "lib_dep",
        "insee_dep",
        "dep",
        "Population",
        "population_2022",
        "commune_count",
    ),
    *("Nombre de communes", "Nombre d’EPCI", "Nombre de membres", "Superficie", "area_km2", "fid", "objectid"),
)
MEANING = {plain(text): role for role, texts in SYNONYMS.items() for text in texts}
LEFT_OUT = frozenset(map(plain, UNUSED))
REPAIR = "Rename the column, or leave it out with `--ignore HEADING`."


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each kind of cell stands, and the rows below the headings."""

    at: Mapping[str, int]
    rows: tuple[Row, ...]
    width: int


def score(cells: Sequence[str]) -> int:
    """How many headings that mean something stand in a row."""
    return len({MEANING[one] for one in map(plain, cells) if one in MEANING})


def row_of(rows: Sequence[Row], score: Score) -> int:
    """The rank of the row of headings: the first of those with the best score."""
    first = rows[:HEADING_ROWS]
    return max(range(len(first)), key=lambda rank: (score(first[rank].cells), -rank))


def find(grid: Grid, ignored: Collection[str] = ()) -> Columns:
    """The columns of a grid; UpdateError names every heading that means nothing here, and what would."""
    if not grid.rows:
        raise UpdateError("there is no row.", where=grid.name, repair="Give a list with headings.")
    best = row_of(grid.rows, score)
    headings = grid.rows[best]
    aside = {plain(one) for one in ignored} | LEFT_OUT
    problems, at = list(_above(grid.rows[:best])), dict[str, int]()
    for column, text in enumerate(headings.cells):
        key = plain(text)
        role = MEANING.get(key)
        if key in aside or not (key or _used(grid.rows[best + 1 :], column)):
            continue
        if role is None:
            what = f"heading {tidy(text)!r} means nothing here" if key else f"column {column + 1} has no heading"
            problems.append(Problem(headings.place, what))
        elif role in at:
            problems.append(Problem(headings.place, f"headings {headings.cells[at[role]]!r} and {text!r} say the same"))
        else:
            at[role] = column
    problems += _missing(at, headings.place)
    if problems:
        raise refused(grid.name, problems, f"{REPAIR}\n{accepted()}")
    return Columns(at, grid.rows[best + 1 :], len(headings.cells))


def _used(rows: Sequence[Row], column: int) -> bool:
    """Whether a column without a heading holds anything."""
    return any(column < len(row.cells) and row.cells[column].strip() for row in rows)


def _above(rows: Sequence[Row]) -> Iterator[Problem]:
    """Rows above the headings that hold a SIREN: members, not a title."""
    for row in rows:
        if any(CODE.search(cell) for cell in row.cells):
            yield Problem(row.place, "a member stands above the headings; move the headings to the first row")


def _missing(at: Mapping[str, int], place: str) -> list[Problem]:
    wanted = list[Problem]()
    if not {"territory", "territory_id"} & set(at):
        wanted.append(Problem(place, "no column gives the names of the territories, or their identifiers"))
    if not {"siren", "member", "commune"} & set(at):
        what = (
            'no column gives the members, by SIREN or as "name (SIREN); name (SIREN)", or the codes of their communes'
        )
        wanted.append(Problem(place, what))
    return wanted


def accepted() -> str:
    """Every heading that means something, by what it means."""
    lines = (f"  {role}: {', '.join(texts)}" for role, texts in SYNONYMS.items())
    return "Accepted headings (case, accents and punctuation do not count):\n" + "\n".join(lines)
