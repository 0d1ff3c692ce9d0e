"""One French sentence a claim, made from its parts by the vocabulary's words (pure)."""

from collections.abc import Mapping
from typing import Any, NoReturn

from analysis.errors import ClaimError
from analysis.extraction.claims import CALENDAR
from analysis.extraction.drafting import written_figures as figures
from analysis.extraction.vocabulary import VOCABULARY, Vocabulary, filled, words_of
from analysis.i18n import periods, typography
from analysis.i18n.language import FRENCH, speaking


def sentence_of(claim: Mapping[str, Any], rules: Vocabulary, published: str | None = None) -> str:
    """The claim in a sentence of our own words; a date that is `published`, the note's default, is left out.

    Keys: concept, place, phase, value_low, value_high, qualifier, unit, as_of. ClaimError when the vocabulary has no
    words for it, or its parts do not make a figure.
    """
    concept = rules.concepts.get(claim["concept"])
    template = concept.template(claim["unit"]) if concept else ""
    if not template:
        _refuse(claim, f"concept {claim['concept']} has no `sentence` for the unit {claim['unit']}.")
    try:
        with speaking(FRENCH):
            said = filled(
                template,
                plural=figures.plural(claim),
                figure=figures.figure(claim),
                place=placed(claim["place"], rules),
                phase=f", en phase {claim['phase']}" if claim["phase"] else "",
            )
            when = _when(claim, published)
    except (KeyError, TypeError, ValueError, OverflowError, ArithmeticError) as error:
        _refuse(claim, f"{claim['value_low']!r} to {claim['value_high']!r} {claim['qualifier']} is no figure.", error)
    said = said.replace(" de un ", " d’un ")
    return typography.capitalised(typography.typographic(f"{when}, {said}." if when else f"{said}."))


def placed(place: str, rules: Vocabulary) -> str:
    """`en France`, `dans le Grand Est`, `pour la CC du Pays de Nay`: a place behind the word that it takes."""
    words = words_of(place)
    beginnings = ((*words[:size], "*") for size in range(len(words), -1, -1))
    written = next((rules.written[key] for key in (words, *beginnings) if key in rules.written), "{place}")
    return written.replace("{place}", place)


def _when(claim: Mapping[str, Any], published: str | None) -> str:
    """The date in words; empty where it is the note's own, or that of a figure which is a date."""
    as_of = claim["as_of"]
    if as_of is not None and not CALENDAR.fullmatch(as_of):
        raise ValueError(f"{as_of} is no date")
    is_figure = claim["unit"] == "date" and f"{claim['value_low']:.0f}" == (as_of or "").replace("-", "")
    return "" if is_figure or as_of in (None, published) else periods.at(as_of)


def _refuse(claim: Mapping[str, Any], what: str, cause: Exception | None = None) -> NoReturn:
    raise ClaimError(what, where=VOCABULARY, repair="Complete `sentence`, or correct the claim.") from cause
