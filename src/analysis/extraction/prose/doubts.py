"""What is doubtful in the choice of a concept and its place, in words (pure)."""

from collections.abc import Iterator

from analysis.extraction.prose.choosing import Choice, Setting
from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.prose.place_index import Place
from analysis.extraction.prose.where import Scene

SURE = 0.35  # what must speak for a concept that is asserted
MARGIN = 0.12  # and how much more than for the next
WEAK_NOUN = 0.3
_MONEY = frozenset({"EUR", "EUR/year"})


def doubts_of(figure: Figure, ranked: list[Choice], setting: Setting, scene: Scene) -> Iterator[str]:
    """Doubts about the first of the `ranked` choices."""
    candidate, location, score = ranked[0]
    if len(ranked) > 1 and score - ranked[1].score < MARGIN:
        yield f"the concept may be {ranked[1].candidate.concept}"
    if location.level == "default" and (near := _narrower(figure, setting, scene)) is not None:
        yield f"the figure may be of {near.name}"
    if candidate.is_hinted:
        yield "no word says for certain what is counted"
    if candidate.unit in _MONEY and not _speaks_of_it(setting.passage):
        yield "the programme is not named beside the amount"
    if candidate.score < SURE:
        yield "little says what is counted"
    elif candidate.is_elided and candidate.noun_weight < WEAK_NOUN:
        yield "the noun is only told elsewhere"
    last = figure.words[1]
    if candidate.is_elided and setting.passage.words.folded[last : last + 2] == ("d", "entre"):
        yield "only a part of what was told before is counted"
    yield location.doubt


def _speaks_of_it(passage: Passage) -> bool:
    """Whether the programme or one of its phases or places is named in the passage or just above it."""
    near = [passage, *passage.headings[:1], *passage.heads, *([passage.lead] if passage.lead else [])]
    return any(one.marks.get(sign) for one in near for sign in ("own", "programme", "phase", "place"))


def _narrower(figure: Figure, setting: Setting, scene: Scene) -> Place | None:
    """The place of a claim of the same sentence, where nothing says that the figure is of the whole country."""
    begun = setting.passage.words.span(*figure.sentence)[0]
    same = [place for at, place, _ in scene.claimed[-3:] if at >= begun and place.kind not in {"country", "territory"}]
    return same[-1] if same else None
