"""Places that a text may name: the official lists and the vocabulary's aliases by the words of their names (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from analysis.extraction.prose.folded_words import Finder, fold, phrase_of
from analysis.extraction.vocabulary import Phrase, Vocabulary, words_of

KINDS = ("country", "region", "department", "territory", "intercommunality", "plan", "commune")
_BETWEEN_NAMES = re.compile(r"\s+[-–]\s+")
_ARTICLES = frozenset({"la", "le", "les", "l"})
_SHORT_KIND = re.compile(r"(CC|CA|CU|EPT) (?:(?:de la|des|du|de|les) |(?:de l|d|l)['’])?", re.I)
_TRAILING = re.compile(r" (?:Agglom[ée]ration|Agglo|M[ée]tropole|Communauté)$")
_BRACKETS = re.compile(r"\s*\(.*?\)")
_LEAD = re.compile(r"(?:PETR|Communauté d'agglomération) (?:d['’]|de |du )?")
_NAMED_ALIKE = re.compile(r"(?:agglo\w*|m[ée]tropole|communaut[ée]|eurom[ée]tropole)", re.I)


class Place(NamedTuple):
    """A place: its kind and canonical name, the code of the région that holds it, a territory's phase."""

    kind: str
    name: str
    region: str | None = None
    phase: int | None = None


@dataclass(frozen=True)
class PlaceIndex:
    """Places by the folded words of their names; the names of something else stand for no place."""

    names: Mapping[Phrase, tuple[Place, ...]]
    regions: Mapping[str, Place]
    adjectives: Finder
    longest: Mapping[str, int]
    country: Place
    renamed: Mapping[Place, Place]  # a territory, and the one of the other phase whose name holds its own or is held
    totals: Mapping[tuple[str, str], float]  # by code of région and unit: what there is of it; "" the country

    @classmethod
    def of(cls, raw: Mapping[str, pl.DataFrame], rules: Vocabulary) -> "PlaceIndex":
        """Index of the raw tables `communes`, `intercommunalities`, `departments`, `regions` and `territories`."""
        regions = {code: Place("region", name, code) for code, name in _pairs(raw["regions"], "region_code", "name")}
        names: dict[Phrase, tuple[Place, ...]] = {}
        for key, place in [*_listed(raw, rules, regions), *_aliases(rules)]:
            known = names.get(key, ())
            if key and place not in known:
                names[key] = (*known, place)
        for key, place in _shortened(raw):  # where it is the name of nothing else
            if all(one.kind == "territory" for one in names.get(key, ())):
                names[key] = (*names.get(key, ()), place)
        _without_article(names)
        names |= {tuple(map(fold, key)): () for key, place in rules.places.items() if place is None}
        names |= {phrase_of(one): () for one in rules.prose.get("not_places", ())}
        longest: dict[str, int] = {}
        for key in names:
            longest[key[0]] = max(len(key), longest.get(key[0], 0))
        return cls(
            names,
            regions,
            _adjectives(raw, rules, regions),
            longest,
            Place("country", rules.whole),
            _renamed(raw),
            _totals(raw),
        )

    def alike(self, place: Place) -> tuple[Place, ...]:
        """The places of the same name, itself among them; none where the name stands for no place."""
        return self.names.get(phrase_of(place.name), ())

    def named(self, words: Phrase) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
        """The longest name that begins at each folded word, as first and last + 1 word and the places of that name."""
        for first, word in enumerate(words):
            sizes = range(min(self.longest.get(word, 0), len(words) - first), 0, -1)
            size = next((size for size in sizes if words[first : first + size] in self.names), 0)
            if size:
                yield first, first + size, self.names[words[first : first + size]]


def _pairs(table: pl.DataFrame, *columns: str) -> Iterator[tuple[str, ...]]:
    return table.select(columns).iter_rows()


def _listed(
    raw: Mapping[str, pl.DataFrame], rules: Vocabulary, regions: Mapping[str, Place]
) -> Iterator[tuple[Phrase, Place]]:
    """Names of the official lists with their places, widest first."""
    for place in regions.values():
        yield phrase_of(place.name), place
    for name, region in _pairs(raw["departments"], "name", "region_code"):
        yield phrase_of(name), Place("department", name, region)
    for name, region, phase in raw["territories"].select("name", "region_code", "phase").iter_rows():
        for written in {name, _LEAD.sub("", name)}:
            yield phrase_of(written), Place("territory", name, region, phase)
    yield from _intercommunalities(raw, rules)
    for name, region in _pairs(raw["communes"], "name", "region_code"):
        yield phrase_of(name), Place("commune", name, region)


def _shortened(raw: Mapping[str, pl.DataFrame]) -> Iterator[tuple[Phrase, Place]]:
    """Territories by the first of the names that theirs is made of: le Saint-Quentinois."""
    for name, region, phase in raw["territories"].select("name", "region_code", "phase").iter_rows():
        first, *others = _BETWEEN_NAMES.split(name)
        if others:
            yield phrase_of(first), Place("territory", name, region, phase)


def _intercommunalities(raw: Mapping[str, pl.DataFrame], rules: Vocabulary) -> Iterator[tuple[Phrase, Place]]:
    region_of: dict[str, str] = dict(raw["communes"].select("epci_code", "region_code").iter_rows())
    canonical = {words_of(name): place for name, place in ((" ".join(k), v) for k, v in rules.places.items())}
    for code, name in _pairs(raw["intercommunalities"], "intercommunality_code", "name"):
        place = Place("intercommunality", canonical.get(words_of(name)) or name, region_of.get(code))
        for written in _written(name, rules):
            yield phrase_of(written), place


def _written(name: str, rules: Vocabulary) -> Iterator[str]:
    """How prose may write the name of an intercommunality: in full, shortened, without its kind."""
    plain = _BRACKETS.sub("", name)
    yield plain
    short = _SHORT_KIND.match(plain)
    if short is None:
        return
    rest, full = plain[short.end() :], plain[len(short[1]) :]
    for kind in rules.prose.get("intercommunality_kinds", {}).get(short[1].upper(), ()):
        yield f"{kind} {full}"
        yield f"{kind} {rest}"
        yield f"{kind} de {rest}"
    if len(words_of(rest)) > 1 or _NAMED_ALIKE.search(rest):
        yield rest
    if len(words_of(bare := _TRAILING.sub("", rest))) > 1:
        yield bare


def _renamed(raw: Mapping[str, pl.DataFrame]) -> dict[Place, Place]:
    """Territories by those of the other phase, where only one of the same région has a name with the same words."""
    rows = raw["territories"].select("name", "region_code", "phase").iter_rows()
    known = [(Place("territory", *row), frozenset(phrase_of(row[0])) - _ARTICLES) for row in rows]
    found = {}
    for one, words in known:
        others = [
            other
            for other, each in known
            if other.region == one.region and other.phase != one.phase and (words <= each or each <= words)
        ]
        if len(others) == 1:
            found[one] = others[0]
    return found


def _totals(raw: Mapping[str, pl.DataFrame]) -> dict[tuple[str, str], float]:
    """How many communes, inhabitants, intercommunalities and territories of a phase a région has."""
    communes, territories = raw["communes"], raw["territories"]
    counted = communes.group_by("region_code").agg(
        commune=pl.len(), inhabitant=pl.col("population_2022").sum(), intercommunality=pl.col("epci_code").n_unique()
    )
    sizes = (
        territories.group_by("region_code", "phase").len().group_by("region_code").agg(territory=pl.col("len").max())
    )
    whole = [
        table.select(pl.lit("").alias("region_code"), pl.exclude("region_code").sum()) for table in (counted, sizes)
    ]
    return {
        (row["region_code"], unit): float(row[unit])
        for table in (counted, sizes, *whole)
        for row in table.iter_rows(named=True)
        for unit in table.columns[1:]
    }


def _aliases(rules: Vocabulary) -> Iterator[tuple[Phrase, Place]]:
    kinds = rules.prose.get("alias_kinds", {})
    for key, name in rules.places.items():
        if name is not None:
            yield tuple(map(fold, key)), Place(kinds.get(name, "plan"), name)


def _without_article(names: dict[Phrase, tuple[Place, ...]]) -> None:
    """A name that begins with an article may also be that of the places called so without it: la Marne, La Marne."""
    for key in [one for one in names if one[0] in _ARTICLES and one[1:] in names]:
        names[key] = tuple(dict.fromkeys((*names[key[1:]], *names[key])))


def _adjectives(raw: Mapping[str, pl.DataFrame], rules: Vocabulary, regions: Mapping[str, Place]) -> Finder:
    """Other words for régions and départements, each with how it is written: initials, adjectives, demonyms."""
    named = {place.name: place for place in regions.values()}
    held = {name: Place("department", name, code) for name, code in _pairs(raw["departments"], "name", "region_code")}
    return Finder(
        (phrase_of(one), (by_name[name], one))
        for key, by_name in (("region_words", named), ("department_words", held))
        for name, each in rules.prose.get(key, {}).items()
        if name in by_name
        for one in each
    )
