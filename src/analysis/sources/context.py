"""Context layers as they are declared: beside each `data/raw/layers/<id>.csv` a few lines of YAML, read strictly."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, Self

from pydantic import Field, ValidationInfo, model_validator

from analysis.io.yaml_files import read_yaml, refuse
from analysis.sources.provenance import Entry, Source, validated

Level = Literal["commune", "intercommunality", "department", "region", "zone"]
Kind = Literal["count", "share", "flag", "class", "date"]
Rule = Literal["sum", "weighted", "any", "none"]
# How the values of each kind may add up to those of a territory.
RULES: Mapping[str, tuple[Rule, ...]] = {
    "count": ("sum", "none"), "share": ("weighted", "none"), "flag": ("any", "none"), "class": ("none",),
    "date": ("none",),
}  # fmt: skip
INHABITANTS = "population_2022"  # the weight that every commune has
YEAR, FIRST_YEAR, LAST_YEAR = "{year}", 1900, 2100
NAME = r"[a-z][a-z0-9_]*"
TAKEN = frozenset({"phase", "level", "code", "name", "layer", "column", "year", "value", INHABITANTS})
TEXTS = ("class", "date")  # kinds whose values are no numbers
ADD = "Add its entry there, with the licence"


class Column(Entry):
    """A column: what it says, in which unit, for which year or years, and how it adds up.

    `heading` is that of the CSV, with `{year}` where there is one a year; by default the column's name. `of` is what a
    share is a share of; `weighted_by` population_2022 or a count of the layer; `changes` are pairs of years.
    """

    title: str = Field(min_length=1)
    kind: Kind
    adds_up: Rule
    unit: str | None = Field(default=None, min_length=1)
    of: str | None = Field(default=None, min_length=1)
    weighted_by: str | None = None
    heading: str | None = None
    year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    years: tuple[int, int] | None = None
    changes: tuple[tuple[int, int], ...] = ()

    @property
    def every_year(self) -> tuple[int, ...]:
        """The years that it is about, in order."""
        return tuple(range(self.years[0], self.years[1] + 1)) if self.years else (int(self.year or 0),)

    def headings(self, name: str) -> dict[str, int]:
        """Heading of the CSV for each year."""
        pattern = self.heading or (f"{name}_{YEAR}" if self.years else name)
        return {pattern.replace(YEAR, str(year)): year for year in self.every_year}

    @model_validator(mode="after")
    def _dated(self) -> Self:
        first, last = self.years or (FIRST_YEAR, LAST_YEAR)
        if (self.year is None) == (self.years is None):
            raise ValueError("give either year or years: [first, last]")
        if not FIRST_YEAR <= first < last <= LAST_YEAR:
            raise ValueError(f"years: {first} to {last} is no span of years")
        if self.years and self.heading and YEAR not in self.heading:
            raise ValueError(f"heading: write {YEAR} where the headings of the CSV have the year")
        return self

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.adds_up not in RULES[self.kind]:
            raise ValueError(f"adds_up: a {self.kind} is one of {', '.join(RULES[self.kind])}, not {self.adds_up}")
        if (self.adds_up == "weighted") != (self.weighted_by is not None):
            raise ValueError("weighted_by: needed where adds_up is weighted, and only there")
        if (self.kind == "share") != (self.of is not None):
            raise ValueError("of: say what a share is a share of, and of nothing else")
        if (self.kind == "count") != (self.unit is not None):
            raise ValueError("unit: say what a count counts, and of nothing else")
        if wrong := [pair for pair in self.changes if not {*pair} <= {*self.every_year} or pair[0] >= pair[1]]:
            raise ValueError(f"changes: {wrong[0]} are no two of its years, the earlier first")
        if self.changes and self.kind != "count":
            raise ValueError("changes: only a count has any")
        return self


class Layer(Entry):
    """A layer: its units and their codes, its source, what it does not cover, and its columns.

    `cog` is the edition, or the first and the last of the editions, that its codes are of; `passages` are codes that
    the COG's tables do not follow, with the code of 2024 that stands for each; `outside` are rows of the file that are
    no unit of the level, each with the reason. A `complete` layer has a row for all that it is about: what is absent is
    not in it; of any other what is absent is unknown. `ignored` are headings that are left out.
    `zones`, where the units are zones, is the class of a layer of communes that names the zone of each.
    """

    title: str = Field(min_length=1)
    level: Level
    code: str = Field(min_length=1)
    cog: int | tuple[int, int]
    source: str
    columns: Mapping[str, Column] = Field(min_length=1)
    limits: str = ""
    complete: bool = False
    passages: Mapping[str, str] = {}
    outside: Mapping[str, str] = {}
    ignored: tuple[str, ...] = ()
    add_to_100: tuple[str, ...] = ()
    zones: str | None = None

    @property
    def editions(self) -> tuple[int, int]:
        """The first and the last edition of the COG that its codes are of."""
        return (self.cog, self.cog) if isinstance(self.cog, int) else self.cog

    @property
    def headings(self) -> list[str]:
        """Every heading that its CSV has."""
        own = (one for name, column in self.columns.items() for one in column.headings(name))
        return [self.code, *own, *self.ignored]

    @model_validator(mode="after")
    def _zoned(self) -> Self:
        if (self.level == "zone") != (self.zones is not None):
            raise ValueError("zones: say which class of a layer of communes names the zones, where level is zone only")
        return self

    @model_validator(mode="after")
    def _weighted(self, info: ValidationInfo) -> Self:
        counts = {name for name, one in self.columns.items() if one.kind == "count"} | {INHABITANTS}
        for name, one in self.columns.items():
            if one.weighted_by and one.weighted_by not in counts:
                raise ValueError(
                    f"columns.{name}.weighted_by: {one.weighted_by} is none of {', '.join(sorted(counts))}"
                )
        unknown = [one for one in self.add_to_100 if one not in self.columns or self.columns[one].kind != "share"]
        if unknown:
            raise ValueError(f"add_to_100: {unknown[0]} is no share of the layer")
        return self


class Series(NamedTuple):
    """A column of a layer, with the names of both."""

    layer: str
    name: str
    column: Column


def load(folder: Path, sources: Mapping[str, Source] | None = None) -> dict[str, Layer]:
    """Layers by id (the names of their files), in the order of the ids; SourceError names file and cure.

    Each YAML has its CSV and each CSV its YAML, the source is one of `sources` (and so has a licence), and no column is
    called like one of another layer.
    """
    found = {path.stem: parse(path, read_yaml(path), sources) for path in sorted(folder.glob("*.yaml"))}
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in found:
            refuse(path, None, "no YAML says what it holds.", "Run `analysis update layer` with the file")
    seen: dict[str, str] = {}
    for one in series(found):
        if other := seen.get(one.name):
            what = f"the layer {other} has a column {one.name} too."
            refuse(folder / f"{one.layer}.yaml", None, what, "Give the column another name")
        seen[one.name] = one.layer
    for name, layer in found.items():
        require_zones(folder / f"{name}.yaml", layer, found)
    return found


def series(layers: Mapping[str, Layer]) -> Iterator[Series]:
    """Every column of every layer."""
    return (Series(layer, name, one) for layer, of in layers.items() for name, one in of.columns.items())


def require_zones(path: Path, layer: Layer, layers: Mapping[str, Layer]) -> None:
    """SourceError where what names the zones of a layer is no class, of one year, of a layer of communes."""
    found = (one for one in series(layers) if one.column.kind == "class" and one.column.year)
    classes = sorted(one.name for one in found if layers[one.layer].level == "commune")
    if layer.zones and layer.zones not in classes:
        what = f"zones: {layer.zones} is no class of a layer of communes; there are {', '.join(classes) or 'none'}."
        refuse(path, None, what, "Take a layer first that names the zone of each commune, in a column of kind class")


def parse(path: Path, content: object, sources: Mapping[str, Source] | None = None) -> Layer:
    """One layer from the content of the YAML at `path`; SourceError for what is wrong in it."""
    layer = validated(Layer, content, path, 1, path.stem)
    require_sound(path, layer, sources)
    if not path.with_suffix(".csv").is_file():
        refuse(path, None, f"there is no {path.stem}.csv beside it.", "Restore it, or remove the YAML")
    return layer


def require_sound(path: Path, layer: Layer, sources: Mapping[str, Source] | None = None) -> None:
    """SourceError for names that are none, a heading that stands twice, or a source that is not there."""
    for name in (path.stem, *layer.columns):
        if not re.fullmatch(NAME, name):
            refuse(path, None, f"{name!r:.60} is no name.", "Use small letters, digits and _, a letter first")
    if taken := TAKEN.intersection(layer.columns):
        refuse(path, None, f"a column cannot be called {min(taken)}: tables have one.", "Give it another name")
    doubled = [one for one in layer.headings if layer.headings.count(one) > 1]
    if doubled:
        refuse(path, None, f"the heading {doubled[0]} is named twice.", "Name each heading once")
    if sources is not None and layer.source not in sources:
        refuse(path, None, f"source {layer.source} is not in sources.yaml.", ADD)
