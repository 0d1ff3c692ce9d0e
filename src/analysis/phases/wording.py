"""The words for what became of territories and of ground, to be translated where they are used."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analysis.language import N_


@dataclass(frozen=True, slots=True)
class Word:
    """A word in the singular and the plural, and what it means, in a few words."""

    one: str
    many: str
    meaning: str


CHANGE_WORDS: Final[Mapping[str, Word]] = {
    "unchanged": Word(N_("inchangé"), N_("inchangés"), N_("mêmes habitants dans les deux phases")),
    "enlarged": Word(N_("agrandi"), N_("agrandis"), N_("des habitants en plus, aucun en moins")),
    "shrunk": Word(N_("réduit"), N_("réduits"), N_("des habitants en moins, aucun en plus")),
    "gain_and_loss": Word(N_("remanié"), N_("remaniés"), N_("des habitants en plus, d’autres en moins")),
    "split": Word(N_("divisé"), N_("divisés"), N_("d’un territoire, plusieurs")),
    "merged": Word(N_("fusionné"), N_("fusionnés"), N_("de plusieurs territoires, un seul")),
    "recomposed": Word(N_("recomposé"), N_("recomposés"), N_("divisions et fusions mêlées")),
    "ended": Word(N_("disparu"), N_("disparus"), N_("sans lien avec un territoire de la phase\u00a02")),
    "new": Word(N_("nouveau"), N_("nouveaux"), N_("sans lien avec un territoire de la phase\u00a01")),
}
STATUS_WORDS: Final[Mapping[str, Word]] = {
    "kept": Word(N_("resté"), N_("restés"), N_("dans le programme aux deux phases")),
    "left": Word(N_("sorti"), N_("sortis"), N_("dans le programme en phase\u00a01 seulement")),
    "entered": Word(N_("entré"), N_("entrés"), N_("dans le programme en phase\u00a02 seulement")),
}
