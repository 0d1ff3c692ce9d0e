"""The figures of a block: those that the numerals find, changes parted in two, and small counts that only prose has."""

import re
from collections.abc import Collection, Iterator, Sequence

from analysis.extraction.numerals import Quantity, read, sentences
from analysis.extraction.vocabulary import Span

_TO = re.compile(r"\s+[àa]\s+")
_MOVES = (
    r"pass|évol|progress|augment|grimp|bondi|baiss|recul|chut|tomb|mont|doubl|tripl|croî|crû|gagn|ramen|rédui|port"
    r"|diminu|éten|élarg|agrandi|resserr|rétréci|étoff|accr"
)
_CHANGE = re.compile(rf"\b(?:{_MOVES})\w*(?:\W+\w+){{0,3}}\W*$", re.I)
# A second change after a first: passe de 3 à 5 communes, et de …
_CHANGES = re.compile(rf"\b(?:{_MOVES})\w*[^.;]*(?:(?:,|\bet)|\bde\s[^.;]*\s[àa]\s[^.;]*)\s*$", re.I)
_SHARE_CHANGES = re.compile(rf"\b(?:{_MOVES})\w*[^.;]*$", re.I)
_HEAD = re.compile(r"(?:^|[.:;!?«]\s*|\n)$")  # De 149 à 183 territoires
_BACK = 160

_NO_NOUN = (
    r"(?=\s*(?:[.,;:!?»)]|$)|\s+(?:en|auparavant|dans|à|au|aux|pour|lors|hier|aujourd|avant|la|le|et|ou|sur|contre|alors"
    r"|depuis|jusqu|ici|chez|avec|par)\b)"
)
_ONE = re.compile(
    r"\b(?P<only>(?P<a>une?)\s+seule?)\b(?:\s+(?P<n>\w[\w-]*)|(?P<none>))"  # un seul territoire
    # n'en a qu'un
    r"|\b(?:n['’]|ne\s)[^.;:!?]{1,60}?\bqu['’](?P<b>une?)(?:\s+seule?)?\b(?:\s+(?P<m>\w[\w-]*)|(?P<bare>))"
    r"|\b(?:compt|dénombr|recens|réuni|fédèr)\w*\s+(?P<c>une?)(?:\s+seule?)?\s+(?P<o>\w[\w-]*)"  # compte un territoire
    r"|[?:]\s+(?P<d>Une?)\s+(?P<p>\w[\w-]*)(?=\s*[,.!])"  # Et ici ? Un territoire, …
    r"|\b(?:a|ont|avai(?:t|ent)|possèd\w+|détien\w+)\s+(?P<f>une?)\s+(?P<q>territoire|label)\b"  # avait un territoire
    r"|\b(?P<g>une?)\s+(?P<r>\w[\w-]*)\s+(?:seulement|et un seul|et une seule)\b"  # un territoire seulement
    r"|\ben\s+(?:a|ont|avai(?:t|ent)|compt\w+|gard\w+|conserv\w+)\s+(?:\w+\s+)?(?P<h>une?)(?=\s*[.,;:)]|$)"  # en a un
    r"|\b(?:recul|pass|tomb|mont|rest|revien|descend|grimp|rédui)\w*\s+à\s+(?P<i>une?)(?=\s*[.,;:)]|\s+et\b|$)"
    r"|\b(?P<e>une?)\s+de\s+(?:plus|moins|mieux)\b(?!\s+en\b)",
    re.I,
)
_ALONE = re.compile(_NO_NOUN)
# The adjective "neuf" is never what several are, nor what "en" is said of.
_NINE = re.compile(
    r"\b(?:(?:sont|sommes|étaient|étions|seront|furent)(?:\s+(?:que|désormais|déjà|alors|encore))?"
    r"|en\s+[\w-]+(?:\s+que)?|n['’][^.,;:!?]{1,40}?\s+que|contre)\s+(?P<nine>neuf)\b"
    r"|(?:^|(?<=[.;:!?»]\s))(?P<first>neuf)\s+(?:ont|sont|étaient|avaient|d['’]entre|seulement)\b",
    re.I,
)
_FACTOR = "factor"
_MULTIPLES = {"double": 2, "doublent": 2, "triple": 3, "triplent": 3, "quadruple": 4, "quadruplent": 4}
_TIMES = re.compile(
    rf"\b({'|'.join(_MULTIPLES)})\s+(?:presque\s+)?(?:le|son|leur|ce)\s+nombre\b", re.I
)  # triple le nombre
_ABOUT = re.compile(r"\s+(?:environ|à peu près)\b", re.I)
_STABLE = re.compile(r"\b(?:stable|inchangée?|identique|constante?)s?\s+\((?P<count>\d{1,3})\)", re.I)
_AFTER_NAME = re.compile(
    r"\s+\((?P<count>\d{1,3})\)|\s+(?P<bare>\d{1,3}(?:[ \u00a0\u202f]\d{3})*)(?=\s*(?:[.,;)]|et\b|$))"
    r"|,?\s+(?P<one>une?)(?=\s*[.,;])"  # la Guyane deux et Mayotte un
)
_NUMBER = re.compile(r"\D")


def figures_of(text: str, nouns: Collection[str], names: Sequence[Span]) -> list[Quantity]:
    """Every figure of a text, in order.

    `nouns`: lemmas that may be counted; `names`: where régions and territories are named, whose figure stands beside.
    """
    found = [_hedged(part, text) for one in read(text) for part in _parted(one, text)]
    more = [*_small(text, nouns), *_after_names(text, names, bool(found))]
    if not more:
        return found
    taken = {at for one in found for at in range(one.num_start, one.num_end)}
    spans = sentences(text)
    for value, start, end, noun in more:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            begun, ended = next(((a, b) for a, b in spans if a <= start < b), (0, len(text)))
            last = text.index(noun, end) + len(noun) if noun and noun != _FACTOR else end
            kind = "percent" if noun == _FACTOR else "count"
            found.append(
                Quantity(start, last, start, end, kind, value, value, None, False, None, "exact", noun, begun, ended)
            )
    return sorted(found)


_Small = tuple[int, int, int, str | None]  # a value, where it stands, the noun counted


def _small(text: str, nouns: Collection[str]) -> Iterator[_Small]:
    """Ones and nines that are counts, and what stayed the same."""
    for one in _ONE.finditer(text):
        group = next(name for name in "abcdefghi" if one[name])
        noun = one["n"] or one["m"] or one["o"] or one["p"] or one["q"] or one["r"]
        end = one.end("only") if one["only"] else one.end(group)
        before = text[: one.start(group)].rstrip()[-1:]
        if one["only"] and noun and before in {"", ".", ","} and not _ALONE.match(text, one.end()):
            continue  # a subject, not a count: un seul territoire associait …
        is_counted = noun is not None and (noun in nouns or noun.lower() in nouns)
        if is_counted or group == "e" or (group in "abhi" and _ALONE.match(text, end)):
            yield 1, one.start(group), end, noun if is_counted else None
    for times in _TIMES.finditer(text):
        yield _MULTIPLES[times[1].lower()], *times.span(1), _FACTOR
    for nine in _NINE.finditer(text):
        yield 9, *nine.span("nine" if nine["nine"] else "first"), None
    for stable in _STABLE.finditer(text):
        yield int(stable["count"]), *stable.span("count"), None


def _after_names(text: str, names: Sequence[Span], is_listed: bool) -> Iterator[_Small]:
    """Numbers right after a name: Grand Est (17); in a list also without brackets: et Chinonais 23."""
    for _, end in names:
        beside = _AFTER_NAME.match(text, end)
        if beside is None or (not beside["count"] and not is_listed):
            continue
        group = next(name for name in ("count", "bare", "one") if beside[name])
        yield int(_NUMBER.sub("", beside[group]) or 1), *beside.span(group), None


def _hedged(found: Quantity, text: str) -> Quantity:
    """A share with the hedge that follows it: la moitié environ."""
    about = found.kind == "percent" and found.qualifier == "exact" and _ABOUT.match(text, found.end)
    return found._replace(qualifier="approximately", approx=True) if about else found


def _parted(found: Quantity, text: str) -> Iterator[Quantity]:
    """A figure, or the two of a change that are read as the ends of a range: de 149 à 183 after "passe"."""
    link = _TO.search(text, found.num_start, found.num_end)
    if found.qualifier != "between" or link is None or not _is_change(found, text):
        yield found
        return
    exact = found._replace(qualifier="exact")
    yield exact._replace(start=found.num_start, end=link.start(), num_end=link.start(), value_high=found.value_low)
    yield exact._replace(start=link.end(), num_start=link.end(), value_low=found.value_high)


def _is_change(found: Quantity, text: str) -> bool:
    """Whether "de … à …" goes from one to the other: after a verb of change, in a series of them, or at a head."""
    start = found.start
    if _CHANGE.search(text, max(0, start - 40), start) or _CHANGES.search(text, max(0, start - _BACK), start):
        return True
    if found.kind == "percent" and _SHARE_CHANGES.search(text, max(0, start - _BACK), start):
        return True
    return text[start : start + 3].lower() == "de " and _HEAD.search(text, max(0, start - 4), start) is not None
