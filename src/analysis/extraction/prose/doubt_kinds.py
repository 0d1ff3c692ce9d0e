"""Why a claim is doubtful: a closed list of codes, the part of the claim that each is about, and its words (pure)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from analysis.extraction.vocabulary import Span
from analysis.i18n.language import N_


class Kind(NamedTuple):
    """What a code is about (a column of claims, or none), why in words, and the question where it has its own."""

    about: str
    because: str
    question: str = ""


KINDS: Final[Mapping[str, Kind]] = {
    "other_concept": Kind("concept", N_("Le texte peut compter là deux choses")),
    "hinted_concept": Kind("concept", N_("Aucun mot ne dit avec certitude ce qui est compté")),
    "unnamed_programme": Kind("concept", N_("Le programme n’est pas nommé près du montant")),
    "little_said": Kind("concept", N_("Peu de mots disent ce qui est compté")),
    "noun_elsewhere": Kind("concept", N_("Le nom de ce qui est compté n’est pas écrit près du chiffre")),
    "nothing_said": Kind("concept", N_("La phrase ne dit ni ce qui est compté ni où")),
    "part_of_before": Kind("concept", N_("Le chiffre ne compte qu’une partie de ce qui précède")),
    "narrower_place": Kind("place", N_("La même phrase compte aussi dans un lieu plus petit")),
    "far_place": Kind("place", N_("Le lieu n’est nommé que loin du chiffre")),
    "two_places": Kind("place", N_("Deux lieux sont aussi proches du chiffre")),
    "named_since": Kind("place", N_("Un autre lieu est nommé depuis")),
    "named_in_passing": Kind("place", N_("La même phrase nomme un lieu en passant")),
    "unnamed_subject": Kind("place", N_("Le texte ne désigne le lieu que par un renvoi")),
    "not_the_subject": Kind("place", N_("Le lieu n’est pas ce dont la phrase parle")),
    "two_dates": Kind("as_of", N_("Deux dates sont aussi proches du chiffre")),
    "wrong_weekday": Kind("as_of", N_("Le jour de la semaine n’est pas celui de la date")),
    "no_date": Kind("as_of", N_("Le document n’est pas daté"), N_("de quand est ce chiffre ?")),
    "same_phase": Kind("phase", N_("Le texte renvoie à un chiffre plus ancien")),
    "two_phases": Kind("phase", N_("Deux phases sont aussi proches du chiffre")),
    "tense_alone": Kind("phase", N_("Seul le temps du verbe fait penser à la phase précédente")),
    "phase_of_place": Kind("phase", N_("Seul le lieu fait penser à cette phase")),
    "between_phases": Kind("phase", N_("La date tombe entre les deux phases")),
    "nobody_named": Kind("said_by", N_("Ces mots sont cités sans que l’on dise de qui"), N_("qui parle ?")),
    "set_apart": Kind("", N_("Une correction le met à part ({given})")),
}


class Doubt(NamedTuple):
    """A code of `KINDS`, what the part could be instead, where that is told, and what a person gave as the reason."""

    code: str
    others: tuple[str | int, ...] = ()
    spans: tuple[Span, ...] = ()
    given: str = ""


def told(doubts: Iterable[Doubt], spans: Mapping[str, list[list[Any]]], text: str) -> list[dict[str, Any]]:
    """Each doubt once, as `evidence` has it: `code`, `about`, `others`, and `spans` beside those of the part itself."""
    found = []
    for one in dict.fromkeys(doubts):
        about = KINDS[one.code].about
        own = [[start, end, text[start:end]] for start, end in one.spans]
        each = [*spans.get(about, ()), *(span for span in own if span not in spans.get(about, ()))]
        given = {"given": one.given} if one.given else {}
        found.append({"code": one.code, "about": about, "others": [*one.others], "spans": each, **given})
    return found
