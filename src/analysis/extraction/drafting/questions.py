"""What an analyst is asked about a doubtful claim, in the language in force, from the doubts of its evidence (pure)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analysis.extraction.claims import CALENDAR
from analysis.extraction.drafting.claim_sentences import placed
from analysis.extraction.prose.doubt_kinds import KINDS
from analysis.extraction.vocabulary import Vocabulary
from analysis.i18n import periods, typography
from analysis.i18n.language import FRENCH, language, tr


def questions(claim: Mapping[str, Any], rules: Vocabulary) -> list[str]:
    """Why a doubtful claim is, each with the question to answer before it is taken; none for one without doubt.

    Words of the document are never repeated, only names of places, dates and concepts.
    """
    if not claim["doubtful"]:
        return []
    found = dict.fromkeys(_reason(doubt, claim, rules) for doubt in _doubts(claim["evidence"]))
    return list(found) or [typography.spaced(typography.capitalised(tr("est-ce bien ce que dit le document ?")))]


def _doubts(evidence: str | None) -> Iterator[Mapping[str, Any]]:
    """The doubts of an evidence whose code is known; none from one of another shape."""
    try:
        yield from (one for one in json.loads(evidence or "{}").get("doubts", ()) if one["code"] in KINDS)
    except (ValueError, AttributeError, TypeError, KeyError):
        return


def _reason(doubt: Mapping[str, Any], claim: Mapping[str, Any], rules: Vocabulary) -> str:
    """Why, and the question."""
    kind = KINDS[doubt["code"]]
    because = tr(kind.because).format(given=doubt.get("given", ""))
    question = tr(kind.question) or _question(kind.about, doubt.get("others", ()), claim, rules)
    return typography.spaced(tr("{subject} : {what}").format(subject=because, what=question))


def _question(part: str, others: Iterable[Any], claim: Mapping[str, Any], rules: Vocabulary) -> str:
    """Whether a part is what was read, or one of the `others` that it could be."""
    if not part:
        return tr("est-ce bien ce que dit le document ?")
    read = _said(part, claim[part], rules)
    other = next((_said(part, one, rules) for one in others if one != claim[part] and _is_value(part, one, rules)), "")
    if other:
        return tr("est-ce {first} ou {second} ?").format(first=read, second=other)
    return tr("est-ce bien {what} ?").format(what=read)


def _is_value(part: str, value: Any, rules: Vocabulary) -> bool:
    """Whether a part can have this value, as far as it can be told."""
    match part:
        case "concept":
            return value in rules.concepts
        case "as_of":
            return CALENDAR.fullmatch(str(value)) is not None
    return True


def _said(part: str, value: Any, rules: Vocabulary) -> str:
    """A value of a part, in words."""
    match part:
        case "concept":
            return tr("« {label} »").format(label=tr(rules.concepts[value].label))
        case "place":
            return placed(value, rules) if language() == FRENCH else str(value)
        case "phase":
            return tr("en phase {phase}").format(phase=value) if value else tr("hors de toute phase")
    return periods.at(value) if CALENDAR.fullmatch(value or "") else tr("à la date du document")
