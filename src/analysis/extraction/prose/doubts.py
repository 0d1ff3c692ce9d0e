"""What is doubtful in the choice of a concept and its place (pure)."""

import re
from collections.abc import Iterator

from analysis.extraction.prose.choosing import Choice, Setting
from analysis.extraction.prose.counted import Candidate
from analysis.extraction.prose.document_passages import Figure, Passage, Told
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.parallels import ELSEWHERE, Prior, answered, is_part
from analysis.extraction.prose.phasing import compared
from analysis.extraction.prose.place_index import Place
from analysis.extraction.prose.place_roles import ASIDE, OBJECT, SUBJECT
from analysis.extraction.prose.prose_lexicon import UNCOUNTED
from analysis.extraction.prose.where import Location, Scene, told_within
from analysis.extraction.vocabulary import Span

SURE = 0.35  # what must speak for a concept that is asserted
MARGIN = 0.12  # and how much more than for the next
WEAK_NOUN = 0.2
_BESIDE, _AHEAD = 2, 7  # within which an object, and a place after the figure, are surely its place
_JOINED_REACH = 4  # words from a place to the one that is joined to it
_AND = re.compile(
    r"\s+(?:et|ou)\s+(?:(?:de\s+la|de\s+l['’]|du|des|de|d['’]|en|dans)\s*)?(?:la\s+|le\s+|les\s+|l['’])?", re.I
)
_ALIKE = 100  # how many times as much as what was counted before a figure may still be of the same
_THEIRS, _OF_ITS_REACH = frozenset({"ses", "sa", "leurs", "leur"}), 3
_TAKEN_UP = 5  # words before the figure in which "en" takes up what was counted
_MONEY = frozenset({"EUR", "EUR/year"})


def doubts_of(figure: Figure, ranked: list[Choice], setting: Setting, scene: Scene) -> Iterator[Doubt]:
    """Doubts about the first of the `ranked` choices."""
    candidate, location, score = ranked[0]
    rival = next((one for one in ranked if one.candidate.concept != candidate.concept), None)
    if rival is not None and score - rival.score < MARGIN and not _takes_subject(location, rival.location):
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
    before = setting.passage.words.folded[max(figure.sentence[0], figure.words[0] - _TAKEN_UP) : figure.words[0]]
    goes_on = in_region or (location.places[0].kind == "territory" and "en" in before)  # il en compte dix
    if candidate.is_elided and location.level == "passage" and not (setting.passage.heads or goes_on):
        yield Doubt("nothing_said")
    elif "en" in before and (other := _other_noun(figure, candidate, location, setting)) is not None:
        yield Doubt("other_concept", (other.concept,), (other.span,))
    if _is_of_before(figure, candidate, setting):
        yield Doubt("part_of_before")
    yield from _of_place(figure, location, setting)


def _other_noun(figure: Figure, candidate: Candidate, location: Location, setting: Setting) -> Prior | None:
    """Another thing just counted, which "en" may mean as well: onze EPCI et 561 communes. X n'en a que douze."""
    told = [one for one in setting.priors[-2:] if one.sentence != ELSEWHERE and one.unit not in UNCOUNTED]
    if not candidate.is_elided or location.level != "sentence" or len(told) < 2 or told[0].sentence != told[1].sentence:
        return None
    if told[1].sentence == figure.sentence or answered(figure, setting.passage, setting.priors) is not None:
        return None
    size = max(figure.value, 1)
    return next((one for one in told if one.unit != candidate.unit and 1 / _ALIKE < one.value / size < _ALIKE), None)


def _takes_subject(location: Location, other: Location) -> bool:
    """Whether the place is the subject of the sentence, and another concept would take another place."""
    return location.is_of_subject and location.told is not other.told


def _of_place(figure: Figure, location: Location, setting: Setting) -> Iterator[Doubt]:
    """Doubts about the place: far, no subject, or that of who speaks."""
    passage, told = setting.passage, location.told
    if location.level == "title":
        yield Doubt("far_place")
    elif location.level == "sentence" and told is not None and not passage.heads:
        ahead = told.words[0] > figure.words[0]
        if told.role == OBJECT and not ahead and location.cost > _BESIDE:
            yield Doubt("not_the_subject")
        if told.role == SUBJECT and ahead and location.cost > _AHEAD:
            yield Doubt("far_place")
        if told.words[0] < figure.words[0] and (near := passage.near("unnamed", _before(told, figure))):
            yield Doubt("unnamed_subject", (), ((near[-1].start, near[-1].end),))  # l'agglomération et X réunissent
        if (other := _joined(_named(told, passage, figure), location, passage, figure)) is not None:
            yield Doubt("two_places", (other.places[0].name,), ((other.start, other.end),))
    if compared(figure, passage) and (other := _beaten(figure, passage, location)) is not None:
        yield Doubt("named_in_passing", (other.places[0].name,), ((other.start, other.end),))
    if location.level != "sentence" and (owner := _whose(figure, passage, location)) is not None:
        yield Doubt("named_since", (owner.places[0].name,), ((owner.start, owner.end),))
    speaker = passage.near("first_person", (figure.sentence[0], figure.words[0]))
    if speaker and location.level != "sentence" and not passage.heads:
        yield Doubt("unnamed_subject", (), ((speaker[-1].start, speaker[-1].end),))
    elif location.doubt:
        yield location.doubt


def _whose(figure: Figure, passage: Passage, location: Location) -> Told | None:
    """A territory told last whose share it may be, and not that of its région: la moitié de ses habitants."""
    last = figure.words[1]
    if figure.quantity.kind != "percent" or _THEIRS.isdisjoint(passage.words.folded[last : last + _OF_ITS_REACH]):
        return None
    told = [*(one for above in passage.headings[:1] for one in above.told), *told_within(passage, (0, figure.words[0]))]
    kinds = {one.kind for one in told[-1].places} if told else set()
    is_other = kinds & {"territory", "intercommunality"} and not kinds & {one.kind for one in location.places}
    return told[-1] if is_other else None


def _beaten(figure: Figure, passage: Passage, location: Location) -> Told | None:
    """A place of the same kind named in passing, which what is compared with may be of: devant Y, dix contre neuf."""
    kinds = {one.kind for one in location.places}
    told = told_within(passage, (figure.sentence[0], figure.words[0]))
    return next(
        (one for one in reversed(told) if one.role == ASIDE and kinds & {each.kind for each in one.places}), None
    )


def _named(told: Told, passage: Passage, figure: Figure) -> Told:
    """The name that a place of the figure's sentence is told by, where "le territoire" only stands for it."""
    named = [one for one in told_within(passage, (figure.sentence[0], told.words[0])) if not one.stands_in]
    return next((one for one in reversed(named) if told.stands_in and one.places[0] == told.places[0]), told)


def _before(told: Told, figure: Figure) -> Span:
    return max(figure.sentence[0], told.words[0] - _JOINED_REACH), told.words[0]


def _joined(told: Told, location: Location, passage: Passage, figure: Figure) -> Told | None:
    """A place of the same kind that "et" joins to that of the figure: trois territoires de l'Aube et de la Marne."""
    first, last = told.words
    ahead = first > figure.words[0]
    beside = (last, last + _JOINED_REACH) if ahead else (figure.sentence[0], first)
    for other in told_within(passage, beside)[None if ahead else -1 :]:
        left, right = (told, other) if ahead else (other, told)
        between = passage.words.written(left.end, right.start)
        if _AND.fullmatch(between) and {one.kind for one in other.places} & {one.kind for one in location.places}:
            return other
    return None


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
    near = [passage, *passage.headings, *passage.heads, *([passage.lead] if passage.lead else [])]
    return any(one.marks.get(sign) for one in near for sign in ("own", "programme", "phase", "place"))


def _narrower(figure: Figure, setting: Setting, scene: Scene) -> Place | None:
    """The place of a claim of the same sentence, where nothing says that the figure is of the whole country."""
    begun = setting.passage.words.span(*figure.sentence)[0]
    same = [place for at, place, _ in scene.claimed[-3:] if at >= begun and place.kind not in {"country", "territory"}]
    return same[-1] if same else None
