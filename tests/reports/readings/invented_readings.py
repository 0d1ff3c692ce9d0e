"""What invented readings are made of: a figure that nothing is known of, one that holds, one that does not."""

import re

from analysis.extraction.documents import Block

PLAIN = {
    "doc": "a.txt", "concept": None, "place": None, "phase": None, "value_low": None, "value_high": None,
    "qualifier": "exact", "unit": "territory", "as_of": "2024-03-14", "said_by": None, "doubtful": False,
    "evidence": None, "verdict": None, "rule": None, "registry_value": None, "reason": None, "reason_en": None,
    "concept_label": None, "questions": [], "questions_en": [], "heads": None, "page": None, "paragraph": 1,
}  # fmt: skip
LABELLED = {"concept": "labelled_territories", "concept_label": "Territoires labellisés", "place": "France", "phase": 2}
RIGHT = LABELLED | {"verdict": "confirmed", "rule": "territoires-liste", "reason": "La liste compte 183 territoires.",
                    "reason_en": "The list counts 183 territories.", "registry_value": 183.0}  # fmt: skip
WRONG = RIGHT | {"verdict": "contradicted"}


def blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block("paragraph", *one.span(), page=None) for one in re.finditer(r".+", text))


def row(text: str, written: str, number: int = 1, **given: object) -> dict[str, object]:
    """A figure where the document writes it."""
    start = text.index(written)
    value = float(re.sub(r"\D", "", written) or 0)
    line = next(one[0] for one in re.finditer(r".+", text) if one.start() <= start < one.end())
    own = {"start": start, "end": start + len(written), "text": written, "sentence": line, "number": number}
    return PLAIN | {"value_low": value, "value_high": value} | own | given
