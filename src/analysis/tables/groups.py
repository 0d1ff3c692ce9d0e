"""The groups in which readers find the published tables, in their order."""

from typing import Final

LISTS: Final = "Listes officielles"
MEASURED: Final = "Territoires et régions mesurés"
BETWEEN_PHASES: Final = "D’une phase à l’autre"
CONTEXT: Final = "Autour du programme"
FIGURES: Final = "Chiffres publiés et verdicts"
GROUPS: Final = (LISTS, MEASURED, BETWEEN_PHASES, CONTEXT, FIGURES)
