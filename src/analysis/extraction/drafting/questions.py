"""What an analyst is asked about a doubtful claim, in French, from the doubts of its evidence (pure)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analysis.extraction.claims import CALENDAR
from analysis.extraction.drafting.claim_sentences import placed
from analysis.extraction.vocabulary import Vocabulary
from analysis.i18n import periods, typography

RIVALS = re.compile(r"two (?P<kind>places|dates) are as near: (?P<first>.+?), (?P<second>.+)")
CONCEPT = re.compile(r"the concept may be (?P<other>\w+)")
ABOUT = {"concept": r"concept|counted", "as_of": r"date", "phase": r"phase", "said_by": r"speak|said|speech|quot"}


def questions(claim: Mapping[str, Any], rules: Vocabulary) -> list[str]:
    """The questions to answer before a doubtful claim is taken; none for a claim without doubt."""
    if not claim["doubtful"]:
        return []
    found = dict.fromkeys(_question(str(doubt), claim, rules) for doubt in _doubts(claim["evidence"]))
    return list(found) or ["Est-ce bien ce que dit le document ?"]


def _doubts(evidence: str | None) -> Iterator[Any]:
    try:
        yield from json.loads(evidence or "{}").get("doubts", ())
    except (ValueError, AttributeError, TypeError):
        return


def _question(doubt: str, claim: Mapping[str, Any], rules: Vocabulary) -> str:
    """One question; words of a doubt are never repeated, only names of places, dates and concepts."""
    if rivals := RIVALS.fullmatch(doubt):
        pair = [rivals["first"], rivals["second"]]
        if rivals["kind"] == "places":
            return _either(placed(one, rules) for one in pair)
        if all(map(CALENDAR.fullmatch, pair)):
            return _either(map(periods.at, pair))
    if (other := CONCEPT.fullmatch(doubt)) and other["other"] in rules.concepts:
        return _either(f"« {rules.concepts[name].label} »" for name in (claim["concept"], other["other"]))
    part = next((part for part, words in ABOUT.items() if re.search(words, doubt)), "place")
    return f"Est-ce bien {_said(part, claim, rules)} ?"


def _either(choices: Iterable[str]) -> str:
    return f"Est-ce {' ou '.join(choices)} ?"


def _said(part: str, claim: Mapping[str, Any], rules: Vocabulary) -> str:
    """What was read of a part, in words."""
    value = claim[part]
    match part:
        case "concept":
            return f"« {rules.concepts[value].label} »"
        case "place":
            return placed(value, rules)
        case "phase":
            return f"en phase {value}" if value else "hors de toute phase"
        case "as_of":
            return periods.at(value) if CALENDAR.fullmatch(value or "") else "à la date du document"
    return f"{typography.typographic(value)} qui le dit" if value else "le document lui-même qui le dit"
