"""What the verb beside a figure and the other figure of a change say of when it held (pure)."""

import re

from analysis.extraction.figure_units import is_calendar
from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.vocabulary import Span

_VERB = r"\b(?:\w+(?<!r)(?:ait|aient)|avions|étions)\b"
_NO_VERBS = re.compile(r"\b(?:fait|sait|plaît|attrait|retrait|souhait|portrait|parfait|forfait|extrait|trait)\b", re.I)
_BEFORE = re.compile(rf"({_VERB})(?:[^\w.,;:!?»]+\w+){{0,4}}?[^\w.,;:!?»]*$", re.I)  # ne comptait alors que …
_AFTER = re.compile(rf"(?:[^\w.;:!?»,]+\w+){{0,2}}?[^\w.;:!?»,]+({_VERB})", re.I)  # … territoires avaient été
_REPORTED = re.compile(r"(?:[^\w.;:!?»]+\w+){0,4}?[^\w.;:!?»]+(?:que\b|qu['’])", re.I)  # rappelle à tous que
_LINKED = re.compile(r"\s*(?:,|et|,\s*et|,\s*soit)\s*(?:de\s+|d['’]|ses\s+|près de\s+)?", re.I)
_CLAUSE = re.compile(r"[,;:]|\b(?:et|mais)\b")
_NOW = re.compile(
    r"\bn(?:e\s|['’])[^,;:]*?\bplus\s+qu|\b(?:désormais|aujourd['’]hui|à présent|maintenant|actuellement)\b"
)
_PARTICIPLE = re.compile(
    r"(?:déjà\s+)?(?:n[ée]|issu|héritier|héritièr|labellisé|retenu|créé|formé|constitué|absent|présent|entré)"
    r"[es]*\b[^,;:]*$",
    re.I,
)
_ITS_SUBJECT = re.compile(r"[^,;:.]*,\s*\w")
_UNMOVED = re.compile(
    r"\b(?:n['’](?:a|ont)\s+(?:pas|guère|jamais)\s+\w+|inchangée?s?|stables?|le même|les mêmes|identiques?)\b"
    r"[^.;:]*\bdepuis\s+(?:le\s+)?$",
    re.I,
)
_BACK = 60
_ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
_TO = re.compile(r"(?:\W+\w+){0,3}?\W+(?:à|aux?)\s+(?:(?:près|plus|moins)\s+d\w+\s+)?")
_FROM = re.compile(r"\b(?:de|du|des|d['’])\s*$", re.I)


def is_past(figure: Figure, passage: Passage) -> bool:
    """Whether the verb of a figure is in the imperfect, and not because somebody reported it: il en comptait dix."""
    text, offset = passage.words.text, passage.words.offset
    start, end = figure.quantity.start - offset, figure.quantity.end - offset
    begun = passage.words.span(*figure.sentence)[0] - offset
    said = passage.near("saying", (figure.sentence[0], figure.words[0]))
    if any(one.words[1] == figure.words[0] or _REPORTED.match(text, one.end - offset, start) for one in said):
        return False
    before = _BEFORE.search(text, max(begun, start - _BACK), start)
    after = _AFTER.match(text, end, end + _BACK)
    if any(one is not None and not _NO_VERBS.fullmatch(one[1]) for one in (before, after)):
        return True
    last = _neighbour(figure, passage, -1)
    linked = last is not None and _LINKED.fullmatch(text, last.quantity.end - offset, start)
    return bool(linked and last is not None and is_past(last, passage))


def since_now(figure: Figure, passage: Passage) -> int:
    """Where the clause begins that tells the figure as it is now: …, il n'en compte plus que dix; 0 for none."""
    text, offset = passage.words.text, passage.words.offset
    begun, at = passage.words.span(*figure.sentence)[0] - offset, figure.quantity.start - offset
    first = max((one.end() for one in _CLAUSE.finditer(text, begun, at)), default=0)
    return first + offset if first and _NOW.search(text, first, at) else 0


def side_of_change(figure: Figure, passage: Passage) -> int | None:
    """1 for the first and 2 for the second figure of a change: de 149 à 183, 149 → 183; None for others and money."""
    if figure.quantity.kind == "money":
        return None
    following, before = _neighbour(figure, passage, 1), _neighbour(figure, passage, -1)
    if following is not None and _changes(figure, following, passage):
        return 1
    return 2 if before is not None and _changes(before, figure, passage) else None


def introduces(figure: Figure, passage: Passage, span: Span) -> bool:
    """Whether a phase is that of a participle that opens the sentence: né de territoires de la première phase, il …"""
    text, offset = passage.words.text, passage.words.offset
    begun = passage.words.span(*figure.sentence)[0] - offset
    opens = _PARTICIPLE.match(text, begun, span[0] - offset)
    return opens is not None and _ITS_SUBJECT.match(text, span[1] - offset, figure.quantity.start - offset) is not None


def is_unmoved(passage: Passage, start: int) -> bool:
    """Whether a date is only that since when nothing has changed: il n'a pas bougé depuis 2018."""
    at = start - passage.words.offset
    return _UNMOVED.search(passage.words.text, max(0, at - _BACK), at) is not None


def _changes(first: Figure, second: Figure, passage: Passage) -> bool:
    """Whether two figures that follow each other are the two ends of a change."""
    if "percent" in {first.quantity.kind, second.quantity.kind} and first.quantity.kind != second.quantity.kind:
        return False
    text, offset = passage.words.text, passage.words.offset
    start, end, then = first.quantity.start - offset, first.quantity.end - offset, second.quantity.start - offset
    if _ARROW.fullmatch(text, end, then):
        return True
    return bool(_TO.fullmatch(text, end, then) and _FROM.search(text, max(0, start - 8), start))


def _neighbour(figure: Figure, passage: Passage, step: int) -> Figure | None:
    """The figure of the same sentence right after (1) or before (-1)."""
    counts = [one for one in passage.figures_within(figure.sentence) if one is figure or not is_calendar(one.quantity)]
    rank = next((rank for rank, one in enumerate(counts) if one.words == figure.words), -2) + step
    return counts[rank] if 0 <= rank < len(counts) else None
