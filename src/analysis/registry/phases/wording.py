"""The words for what became of territories and of ground, to be translated where they are used."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analysis.i18n.language import N_


@dataclass(frozen=True, slots=True)
class Word:
    """A word in the singular and the plural, and what it means, in a few words."""

    one: str
    many: str
    meaning: str


_SAME: Final = {  # one territory that remains one: the same word from both sides
    "unchanged": Word(N_("inchangé"), N_("inchangés"), N_("mêmes habitants dans les deux phases")),
    "enlarged": Word(N_("agrandi"), N_("agrandis"), N_("des habitants en plus, aucun en moins")),
    "shrunk": Word(N_("réduit"), N_("réduits"), N_("des habitants en moins, aucun en plus")),
    "gain_and_loss": Word(N_("remanié"), N_("remaniés"), N_("des habitants en plus, d’autres en moins")),
}
_ENDED: Final = Word(N_("disparu"), N_("disparus"), N_("sans lien avec un territoire de la phase\u00a02"))
_NEW: Final = Word(N_("nouveau"), N_("nouveaux"), N_("sans lien avec un territoire de la phase\u00a01"))

# By phase, what a territory's own links say of it: of phase one what it becomes, of phase two where it comes from.
SIDE_WORDS: Final[Mapping[int, Mapping[str, Word]]] = {
    1: _SAME
    | {
        "split": Word(N_("divisé"), N_("divisés"), N_("plusieurs territoires en sont issus, et d’aucun autre")),
        "merged": Word(N_("fusionné"), N_("fusionnés"), N_("avec d’autres, en un seul territoire")),
        "recomposed": Word(N_("recomposé"), N_("recomposés"), N_("divisé, et fusionné avec d’autres")),
        "ended": _ENDED,
    },
    2: _SAME
    | {
        "split": Word(
            N_("issu d’une division"), N_("issus d’une division"), N_("d’un territoire, dont d’autres sont issus")
        ),
        "merged": Word(
            N_("issu d’une fusion"),
            N_("issus d’une fusion"),
            N_("de plusieurs territoires, et lui seul"),
        ),
        "recomposed": Word(
            N_("issu de divisions et de fusions"),
            N_("issus de divisions et de fusions"),
            N_("de plusieurs territoires, dont d’autres sont issus"),
        ),
        "new": _NEW,
    },
}
# What the territories of both phases that are linked, directly or through others, form together.
CHANGE_WORDS: Final[Mapping[str, Word]] = _SAME | {
    "split": Word(N_("division"), N_("divisions"), N_("d’un territoire, plusieurs")),
    "merged": Word(N_("fusion"), N_("fusions"), N_("de plusieurs territoires, un seul")),
    "recomposed": Word(N_("recomposition"), N_("recompositions"), N_("de plusieurs territoires, plusieurs autres")),
    "ended": _ENDED,
    "new": _NEW,
}
# What members are, in the singular and the plural.
KIND_NOUNS: Final[Mapping[str, tuple[str, str]]] = {
    "epci": (N_("intercommunalité"), N_("intercommunalités")),
    "ept": (N_("établissement public territorial"), N_("établissements publics territoriaux")),
    "commune": (N_("commune"), N_("communes")),
}
STATUS_WORDS: Final[Mapping[str, Word]] = {
    "kept": Word(N_("resté"), N_("restés"), N_("dans le programme aux deux phases")),
    "left": Word(N_("sorti"), N_("sortis"), N_("dans le programme en phase\u00a01 seulement")),
    "entered": Word(N_("entré"), N_("entrés"), N_("dans le programme en phase\u00a02 seulement")),
}
