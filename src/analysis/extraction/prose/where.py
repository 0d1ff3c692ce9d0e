"""What where-questions share: the place found for a figure, what was told so far, the places near a figure."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.extraction.prose.document_passages import Figure, Passage, Told
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.place_index import Place
from analysis.extraction.prose.place_roles import SUBJECT
from analysis.extraction.vocabulary import Span

WINDOW, SIGNS_WINDOW = 70, 40  # words on either side of a figure in which its sentence is looked at


class Location(NamedTuple):
    """The place of a figure: those of its name that can hold the concept, how it was found, and what is doubtful."""

    places: tuple[Place, ...]
    level: str  # sentence passage lead heading title default
    cost: int = 0
    told: Told | None = None
    doubt: Doubt | None = None

    @property
    def is_of_subject(self) -> bool:
        """Whether the place is the subject of the figure's sentence."""
        return self.level == "sentence" and self.told is not None and self.told.role == SUBJECT


@dataclass
class Scene:
    """What has been told so far: places by kind, and the places of the passage's claims."""

    title: list[Told]
    producer: list[Told]
    country: Place
    last: dict[str, Place] = field(default_factory=dict)
    topic: Place | None = None  # of the last claim of a passage before
    # In this passage: where a figure stands, which place it holds on, what is doubtful of that.
    claimed: list[tuple[int, Place, Doubt | None]] = field(default_factory=list)


def around(figure: Figure, window: int = WINDOW) -> Span:
    """The words of a figure's sentence that are near enough to matter."""
    first, last = figure.sentence
    return max(first, figure.words[0] - window), min(last, figure.words[1] + window)


def told_within(passage: Passage, words: Span) -> list[Told]:
    """Places named inside a run of words."""
    first = bisect_left(passage.told, words[0], key=_first_word)
    return passage.told[first : bisect_left(passage.told, words[1], key=_first_word)]


def _first_word(told: Told) -> int:
    return told.words[0]
