"""What is doubtful in the choice of a concept and its place (pure)."""

from collections.abc import Iterator

from analysis.extraction.prose.choosing import Choice, Setting
from analysis.extraction.prose.counted import Candidate
from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.parallels import is_part
from analysis.extraction.prose.place_index import Place
from analysis.extraction.prose.where import Scene

SURE = 0.35  # what must speak for a concept that is asserted
MARGIN = 0.12  # and how much more than for the next
WEAK_NOUN = 0.2
_MONEY = frozenset({"EUR", "EUR/year"})


def doubts_of(figure: Figure, ranked: list[Choice], setting: Setting, scene: Scene) -> Iterator[Doubt]:
    """Doubts about the first of the `ranked` choices."""
    candidate, location, score = ranked[0]
    rival = next((one for one in ranked if one.candidate.concept != candidate.concept), None)
    if rival is not None and score - rival.score < MARGIN:
        yield Doubt("other_concept", (rival.candidate.concept,), rival.candidate.spans)
    if location.level == "default" and (near := _narrower(figure, setting, scene)) is not None:
        yield Doubt("narrower_place", (near.name,))
    if candidate.is_hinted:
        yield Doubt("hinted_concept")
    if candidate.unit in _MONEY and not _speaks_of_it(setting.passage):
        yield Doubt("unnamed_programme")
    in_region = location.places[0].kind == "region"  # what a région leaves unsaid is nearly always its territories
    if candidate.score < SURE and not (in_region or (candidate.is_elided and location.level == "sentence")):
        yield Doubt("little_said")
    elif candidate.is_elided and candidate.noun_weight < WEAK_NOUN:
        yield Doubt("noun_elsewhere")
    if candidate.is_elided and location.level == "passage" and not (setting.passage.heads or in_region):
        yield Doubt("nothing_said")
    if _is_of_before(figure, candidate, setting):
        yield Doubt("part_of_before")
    if location.level == "title":
        yield Doubt("far_place")
    if location.doubt:
        yield location.doubt


def _is_of_before(figure: Figure, candidate: Candidate, setting: Setting) -> bool:
    """Whether only a part of what was told before is counted: 58 d'entre eux, les quatre autres."""
    (first, last), folded = figure.words, setting.passage.words.folded
    if "autres" in folded[first + 1 : last + 1][:2]:
        return True
    if not candidate.is_elided:
        return False
    return folded[last : last + 2] == ("d", "entre") or is_part(figure, setting.passage, setting.priors)


def _speaks_of_it(passage: Passage) -> bool:
    """Whether the programme or one of its phases or places is named in the passage or just above it."""
    near = [passage, *passage.headings[:1], *passage.heads, *([passage.lead] if passage.lead else [])]
    return any(one.marks.get(sign) for one in near for sign in ("own", "programme", "phase", "place"))


def _narrower(figure: Figure, setting: Setting, scene: Scene) -> Place | None:
    """The place of a claim of the same sentence, where nothing says that the figure is of the whole country."""
    begun = setting.passage.words.span(*figure.sentence)[0]
    same = [place for at, place, _ in scene.claimed[-3:] if at >= begun and place.kind not in {"country", "territory"}]
    return same[-1] if same else None
