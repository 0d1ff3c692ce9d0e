"""Codes of context layers: those of COG 2024, and those of other editions with their passage (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from analysis.errors import UnknownCodeError
from analysis.sources.context import Layer
from analysis.tables.codes import COG_YEAR

SHOWN = 6


@dataclass(frozen=True)
class Codes:
    """Codes in force by level, and the communes that ended: edition and successor by code, in order of time.

    `zones` are the codes of zones, by the column that names the zone of each commune.
    """

    known: Mapping[str, frozenset[str]]
    ended: Mapping[str, tuple[int, str | None]]
    zones: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Mapping[str, pl.DataFrame]) -> "Codes":
        """From the raw tables of the COG."""
        columns = {
            "commune": ("communes", "commune_code"),
            "intercommunality": ("intercommunalities", "intercommunality_code"),
            "department": ("departments", "department_code"),
            "region": ("regions", "region_code"),
        }
        known = {level: frozenset(raw[table].get_column(column)) for level, (table, column) in columns.items()}
        gone = raw["cog_changes"].filter(change="ended").sort("edition")
        rows = gone.select("commune_code", "edition", "successor_code").iter_rows()
        return cls(known, {code: (edition, successor) for code, edition, successor in rows})

    def with_zones(self, context: pl.DataFrame, layers: Iterable[Layer]) -> "Codes":
        """With the zones that `layers` are about, as rows of core_context name them."""
        names = {one.zones for one in layers if one.zones}
        named = {name: context.filter(column=name).get_column("text").drop_nulls() for name in sorted(names)}
        return replace(self, zones={name: frozenset(codes) for name, codes in named.items()})

    def of_units(self, layer: Layer) -> frozenset[str]:
        """The codes of the units that a layer is about."""
        return self.zones[layer.zones] if layer.zones else self.known[layer.level]

    def passages(self, layer: Layer, listed: Iterable[str], where: str) -> dict[str, str]:
        """The code of 2024 for each code that is none; UnknownCodeError for those that nothing leads to one.

        A code is followed where the layer says that its codes are of an edition that had it, or names its passage.
        """
        known = self.of_units(layer)
        strange = [one for one in dict.fromkeys(listed) if one not in known and one not in layer.outside]
        found = {one: layer.passages.get(one) or self._followed(one, layer) for one in strange}
        lost = [one for one, to in found.items() if to not in known]
        if lost:
            raise UnknownCodeError(self._told(lost, layer), where=where, repair=self._cure(lost, layer))
        return {one: to for one, to in found.items() if to}

    def later(self, layer: Layer) -> dict[str, str]:
        """Communes of 2024 that a later edition of the layer's codes does not have, with what each became part of."""
        if layer.level != "commune":
            return {}
        return {
            code: successor
            for code, (edition, successor) in self.ended.items()
            if successor and COG_YEAR < edition <= layer.editions[1]
        }

    def _followed(self, code: str, layer: Layer) -> str | None:
        """Where the changes lead from a code that an edition of the layer had; None where they do not."""
        seen: set[str] = set()
        first, step = layer.editions[0], code
        while step in self.ended and step not in seen and layer.level == "commune":
            edition, successor = self.ended[step]
            if not first < edition <= COG_YEAR or successor is None:
                return None
            seen.add(step)
            step = successor
        return step if seen else None

    def _told(self, lost: list[str], layer: Layer) -> str:
        shown = [f"{one} (ended in COG {self.ended[one][0]}{self._into(one)})" if one in self.ended else one
                 for one in lost[:SHOWN]]  # fmt: skip
        more = " …" if len(lost) > SHOWN else ""
        units = f"{layer.level} of {layer.zones or f'COG {COG_YEAR}'}"
        return f"{len(lost)} code(s) of no {units}: {', '.join(shown)}{more}."

    def _into(self, code: str) -> str:
        successor = self.ended[code][1]
        return f": part of {successor}" if successor else ""

    def _cure(self, lost: list[str], layer: Layer) -> str:
        older = [self.ended[one][0] for one in lost if one in self.ended and self.ended[one][1]]
        if older and min(older) <= layer.editions[0]:
            return f"The codes are of another year: write `cog: {min(older) - 1}` in the YAML, or correct them."
        if any(one.isdigit() and f"0{one}" in self.of_units(layer) for one in lost):
            return "A spreadsheet took the 0 before them away: write the codes as texts, with all their digits."
        return (
            "Name their codes of 2024 in the YAML under `passages`, what is no unit under `outside`, or correct them."
        )
