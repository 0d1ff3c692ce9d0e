"""A figure of a document in words: its verdict, its value, what it counts and where it stands (pure)."""

import math
from collections.abc import Mapping
from typing import Any, Final

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, LANGUAGES, N_, language, marked, tr
from analysis.i18n.periods import when
from analysis.ledger import VERDICTS, said
from analysis.ledger.checks import SIGNS
from analysis.ledger.confront import REASON_IN

UNRESOLVED: Final = "unresolved"  # no concept takes the figure, so nothing judges it
STATES: Final[Mapping[str, str]] = {**VERDICTS, UNRESOLVED: N_("sans concept")}
SIGN: Final[Mapping[str, str]] = {**SIGNS, UNRESOLVED: "·"}
ASKED_IN = {name: "questions" if name == FRENCH else f"questions_{name}" for name in LANGUAGES}  # columns
LARGEST = 1e15  # beyond it a number is shown as the document writes it
Row = Mapping[str, Any]


def state(figure: Row) -> str:
    """The verdict of a figure, or that no concept takes it."""
    return figure["verdict"] if figure["concept"] else UNRESOLVED


def state_label(figure: Row) -> str:
    """The same in words, a doubt included."""
    label = tr(STATES[state(figure)])
    return tr("{verdict}, lecture douteuse").format(verdict=label) if figure["doubtful"] else label


def value(figure: Row) -> str:
    """The value that was read, in words; the document's own where it cannot be written."""
    bounds = [one for one in (figure["value_low"], figure["value_high"]) if one is not None]
    if not bounds or not all(math.isfinite(one) and abs(one) < LARGEST for one in bounds):
        return str(figure["text"])
    try:
        return str(said(figure))
    except (ValueError, KeyError, IndexError):  # a day without its year
        return str(figure["text"])


def confronted(figure: Row) -> str:
    """The value that it was confronted with, in words; empty where there is none."""
    found = figure["registry_value"]
    if found is None or not math.isfinite(found):
        return ""
    number = round(found, 1)
    return value({**figure, "value_low": number, "value_high": number, "qualifier": "exact"})


def reason(figure: Row) -> str:
    """Why it has its verdict, in the language in force."""
    return figure[REASON_IN[language()]] or marked(figure["reason"] or "")


def counted(figure: Row) -> str:
    """What it counts, where, in which phase, when: `Territoires labellisés, France, phase 1, 22 novembre 2018`."""
    phase = tr("phase {phase}").format(phase=figure["phase"]) if figure["phase"] else ""
    date = dated(figure["as_of"])
    parts = (tr(figure["concept_label"] or ""), figure["place"] or "", phase, date)
    return typography.spaced(", ".join(typography.typographic(one) for one in parts if one))


def dated(as_of: str | None) -> str:
    """When a figure holds, in words; what is no day, month, year or period of them stands as it was read."""
    try:
        return when(as_of) if as_of else ""
    except (ValueError, KeyError, IndexError):
        return str(as_of)


def stands(figure: Row) -> str:
    """Where it stands in the document: `page 3, paragraphe 12`."""
    parts = []
    if figure["page"] is not None:
        parts.append(tr("page {page}").format(page=typography.number(figure["page"])))
    if figure["paragraph"] is not None:
        parts.append(tr("paragraphe {paragraph}").format(paragraph=typography.number(figure["paragraph"])))
    return ", ".join(parts)


def doubts(figure: Row) -> list[str]:
    """Why the reading is doubtful, each with the question to answer, in the language in force."""
    return figure[ASKED_IN[language()]] or []
