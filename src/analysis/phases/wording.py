"""The French words for what became of territories and of ground."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analysis.style import HARD_SPACE


@dataclass(frozen=True, slots=True)
class Word:
    """A word in the singular and the plural, and what it means, in a few words."""

    one: str
    many: str
    meaning: str


CHANGE_WORDS: Final[Mapping[str, Word]] = {
    "unchanged": Word("inchangé", "inchangés", "mêmes habitants dans les deux phases"),
    "enlarged": Word("agrandi", "agrandis", "des habitants en plus, aucun en moins"),
    "shrunk": Word("réduit", "réduits", "des habitants en moins, aucun en plus"),
    "gain_and_loss": Word("remanié", "remaniés", "des habitants en plus, d’autres en moins"),
    "split": Word("divisé", "divisés", "d’un territoire, plusieurs"),
    "merged": Word("fusionné", "fusionnés", "de plusieurs territoires, un seul"),
    "recomposed": Word("recomposé", "recomposés", "divisions et fusions mêlées"),
    "ended": Word("disparu", "disparus", "sans lien avec un territoire de la phase" + HARD_SPACE + "2"),
    "new": Word("nouveau", "nouveaux", "sans lien avec un territoire de la phase" + HARD_SPACE + "1"),
}
STATUS_WORDS: Final[Mapping[str, Word]] = {
    "kept": Word("resté", "restés", "dans le programme aux deux phases"),
    "left": Word("sorti", "sortis", "dans le programme en phase" + HARD_SPACE + "1 seulement"),
    "entered": Word("entré", "entrés", "dans le programme en phase" + HARD_SPACE + "2 seulement"),
}
