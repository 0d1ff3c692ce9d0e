"""The places that a document names, in order, and what "la région" or "le territoire" stands for (pure)."""

from collections.abc import Iterable, Iterator

from analysis.extraction.prose.document_passages import Passage, Told, of_kinds
from analysis.extraction.prose.folded_words import Words
from analysis.extraction.prose.marking import Mark, is_name
from analysis.extraction.prose.place_index import Place, PlaceIndex
from analysis.extraction.prose.place_roles import ASIDE, LISTED, OBJECT, SUBJECT, Roles
from analysis.extraction.prose.prose_lexicon import Spelling

_RECALLED = 70  # places of a passage that a stand-in may mean
_NEXT_REACH = 4  # words and a comma between two names side by side
_LISTED_REACH = 9  # words between two names of a list


def settle(
    passages: Iterable[Passage], index: PlaceIndex, titles: Iterable[Words], base: int | None, roles: Roles,
    spelling: Spelling,
) -> tuple[list[Told], ...]:  # fmt: skip
    """Give each passage the places that it names, stand-ins resolved; the places of each title.

    `base`: the phase of the document's date; a territory of that phase is meant before one of another.
    """
    each_title = [list(_title(title, index, spelling)) for title in titles]
    titled = [told for each in each_title for told in each]
    last: dict[str, Place] = {}
    for passage in passages:
        unknown: list[Mark] = []
        for mark in passage.marks.get("place", ()):
            stands_in = isinstance(mark.value, str)
            places = _stood_for(mark, passage, titled, last, index, base) if stands_in else mark.value
            if not places:
                unknown.append(mark)
                continue
            listed = not stands_in and mark.value[0].kind == "intercommunality" and _is_listed(passage, mark)
            role = LISTED if listed else roles.role(passage, mark)
            told = Told(places, mark.words, mark.start, mark.end, role, stands_in)
            passage.told.append(told)
            if not told.weak:
                last |= _sure(places)
        passage.told = _without_lists(passage)
        if unknown:  # l'agglomération, of which nothing was told
            passage.marks["unnamed"] = sorted([*passage.marks.get("unnamed", ()), *unknown], key=_first_word)
    return tuple(each_title)


def _first_word(mark: Mark) -> int:
    return mark.words[0]


def _title(title: Words, index: PlaceIndex, spelling: Spelling) -> Iterator[Told]:
    taken = 0
    for first, last, places in index.named(title.folded):
        if first >= taken and is_name(title, first, last, spelling):
            taken = last
            if places:
                yield Told(places, (first, last), -1, -1, SUBJECT, False)


def _stood_for(
    mark: Mark, passage: Passage, title: list[Told], last: dict[str, Place], index: PlaceIndex, base: int | None
) -> tuple[Place, ...]:
    """The place that "la région" or "le territoire" stands for: of its paragraph, heading, title, or the last named."""
    kind = str(mark.value)
    holders = [*reversed(passage.told[-_RECALLED:]), *_headed(passage), *title]
    found = [of_kinds(told.places, {kind}) for told in holders if not told.weak]
    found = [one for one in [*found, (last[kind],) if kind in last else ()] if one]
    current = [one for one in found if kind != "territory" or base is None or any(each.phase == base for each in one)]
    for one in [*current, *found]:
        return one
    if kind == "region":
        sure = [told for told in holders if len({one.region for one in told.places}) == 1]  # not Vienne, also a town
        each = [*(one for told in sure for one in told.places), *last.values()]
        held = next((one.region for one in each if one.region in index.regions), None)
        return (index.regions[held],) if held is not None else ()
    return ()


def _headed(passage: Passage) -> Iterator[Told]:
    """Places of the headings above a passage, nearest first."""
    for heading in passage.headings:
        yield from heading.told


def _is_listed(passage: Passage, mark: Mark) -> bool:
    """Whether an intercommunality is one of those that were just counted: il fédère deux EPCI, A et B."""
    window = (max(0, mark.words[0] - _RECALLED), mark.words[0])
    own = [one.words for one in passage.near("noun", window) if one.value == "intercommunality"]
    ends = {one.words[1] for one in passage.figures_within(window) if mark.words[0] < one.sentence[1]}
    counted = [passage.words.span(*one)[1] for one in own if not ends.isdisjoint(range(one[0], one[1] + 1))]
    return any(";" not in passage.words.written(end, mark.start) for end in counted)  # beyond it another is told of


def _sure(places: tuple[Place, ...]) -> dict[str, Place]:
    """Places by kind; a territory that is called like its département is not meant without a word that says so."""
    kinds = {one.kind: one for one in places}
    return {kind: one for kind, one in kinds.items() if kind != "territory" or "department" not in kinds}


def _without_lists(passage: Passage) -> list[Told]:
    """The places of a passage; territories and intercommunalities in a list of three or more are weakly named."""
    runs: list[list[int]] = [[]]
    for rank, told in enumerate(passage.told):
        before = passage.told[rank - 1] if rank else told
        reach = _NEXT_REACH if before.role in {ASIDE, OBJECT} else _LISTED_REACH
        joined = rank > 0 and passage.words.gap(before.words, told.words) <= reach
        counted = passage.figures_within((before.words[1], told.words[0]))
        is_apart = bool(counted) or ":" in passage.words.written(before.end, told.start)
        if is_apart or not (joined and _may_be_listed(told) and told.role not in {ASIDE, OBJECT}):
            runs.append([])
        if _may_be_listed(told):
            runs[-1].append(rank)
    listed = {rank for run in runs if len(run) > 2 for rank in run}
    listed |= {rank for rank, told in enumerate(passage.told) if _may_be_listed(told) and _is_item(passage, told)}
    return [told._replace(role=LISTED) if rank in listed else told for rank, told in enumerate(passage.told)]


def _may_be_listed(told: Told) -> bool:
    return {one.kind for one in told.places} <= {"territory", "intercommunality", "commune"}


def _is_item(passage: Passage, told: Told) -> bool:
    """Whether semicolons set a name apart on both sides."""
    text, offset = passage.words.text, passage.words.offset
    first, last = told.start - offset, told.end - offset
    return ";" in text[max(0, first - 3) : first] and ";" in text[last : last + 3]
