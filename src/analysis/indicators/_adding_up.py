"""Values of a layer's units added up to grounds, by the rule that its column declares (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from analysis.indicators._grounds import GROUND
from analysis.sources.context import INHABITANTS, Layer, Series

UNIT_CODES: Mapping[str, str] = {
    "commune": "commune_code", "intercommunality": "epci_code", "department": "department_code",
    "region": "region_code", "zone": "zone",
}  # fmt: skip
DECIMALS = 4
MOMENT = (*GROUND, "year")
TOLD = (*MOMENT, "value", "unit_count", "coverage_pct")


@dataclass(frozen=True)
class Adding:
    """One layer on all grounds: `values` are its rows of core_context, `sizes` communes and inhabitants of a ground.

    `units`: a row a ground and unit that lies whole in it, with its inhabitants, whether it is all of the ground
    (`alone`), and whether another unit of the level holds it too (`inner`).
    """

    layer: Layer
    values: pl.DataFrame
    sizes: pl.DataFrame
    units: pl.DataFrame

    @classmethod
    def of(cls, layer: Layer, values: pl.DataFrame, grounds: pl.DataFrame) -> "Adding":
        """`grounds` as _grounds.grounds gives them."""
        sizes = grounds.group_by(*GROUND).agg(of_ground=pl.len(), total=pl.col(INHABITANTS).sum())
        found = _whole(grounds, UNIT_CODES[layer.level], inner=False)
        if layer.level == "intercommunality":  # an établissement public territorial lies in a metropolis
            found = pl.concat([found, _whole(grounds, "ept_code", inner=True)])
        joined = found.join(sizes, on=GROUND, validate="m:1")
        units = joined.with_columns(alone=pl.col("communes") == pl.col("of_ground"))
        return cls(layer, values, sizes, units)

    def column(self, one: Series) -> pl.DataFrame:
        """TOLD of one column; what is not added up is told of grounds that are one unit, and no row of the others."""
        rows = self._rows(one.name)
        years = pl.DataFrame({"year": one.column.every_year}, schema={"year": pl.Int64})
        if one.column.adds_up == "none":
            alone = self.units.filter("alone").join(years, how="cross").join(rows, on=["unit", "year"], how="left")
            there = pl.col("value").is_not_null()
            return alone.with_columns(unit_count=there.cast(pl.Int64), coverage_pct=there * 100.0).select(TOLD)
        known = self._weighed(one, self.units.filter(~pl.col("inner")).join(rows, on="unit"))
        counted = pl.col("value") > 0 if one.column.adds_up == "any" else pl.col("value").is_not_null()
        added = known.group_by(MOMENT).agg(
            (pl.col("value") * pl.col("weight")).sort().sum().alias("amount"),
            pl.col("weight").sort().sum(),
            pl.col("inhabitants").sum(),
            unit_count=counted.sum().cast(pl.Int64),
        )
        grid = self.sizes.join(years, how="cross").join(added, on=MOMENT, how="left")
        return self._told(one, grid)

    def change(self, one: Series, first: int, last: int) -> pl.DataFrame:
        """TOLD of the change of a count between two years, in per cent: of the units that are known in both.

        Null where they had none in the first year.
        """
        rows = self._rows(one.name)
        before = rows.filter(year=first).select("unit", before="value")
        how: Literal["full", "inner"] = "full" if self.layer.complete else "inner"
        both = before.join(rows.filter(year=last).select("unit", "value"), on="unit", how=how, coalesce=True)
        units = self.units.filter("alone" if one.column.adds_up == "none" else ~pl.col("inner"))
        grid = units.select(GROUND).unique().join(self.sizes, on=GROUND)
        added = (
            units.join(both.with_columns(pl.col("before", "value").fill_null(0)), on="unit")
            .group_by(GROUND)
            .agg(pl.col("before", "value", "inhabitants").sum(), unit_count=pl.len().cast(pl.Int64))
        )
        covered = pl.col("total") if self.layer.complete else pl.col("inhabitants").fill_null(0)
        return grid.join(added, on=GROUND, how="left").select(
            *GROUND,
            pl.lit(last, pl.Int64).alias("year"),
            pl.when(pl.col("before") > 0)
            .then(100 * (pl.col("value") / pl.col("before") - 1))
            .round(DECIMALS)
            .alias("value"),
            pl.col("unit_count").fill_null(0),
            (100.0 * covered / pl.col("total")).fill_nan(None).round(DECIMALS).alias("coverage_pct"),
        )

    def _rows(self, name: str) -> pl.DataFrame:
        return self.values.filter(column=name).select("year", "value", unit="code")

    def _weighed(self, one: Series, known: pl.DataFrame) -> pl.DataFrame:
        """With the `weight` of each value: a count of the layer, inhabitants, or 1 in a sum."""
        if one.column.weighted_by in (None, INHABITANTS):
            summed = one.column.adds_up == "sum"
            return known.with_columns(weight=pl.lit(1.0) if summed else pl.col("inhabitants").cast(pl.Float64))
        weights = self._rows(str(one.column.weighted_by)).rename({"value": "weight"})
        return known.join(weights, on=["unit", "year"])

    def _told(self, one: Series, grid: pl.DataFrame) -> pl.DataFrame:
        """TOLD of what was added up; in a complete layer what is absent is none, in another it is not covered."""
        amount, whole = pl.col("amount"), pl.col("total").cast(pl.Float64)
        covered = whole if self.layer.complete else pl.col("inhabitants").fill_null(0)
        if self.layer.complete:
            grid = grid.with_columns(pl.col("amount", "unit_count").fill_null(0))
        share = 100 * amount / (covered if self.layer.complete else pl.col("weight"))
        rules = {"sum": amount, "weighted": amount / pl.col("weight"), "any": share}
        return grid.with_columns(
            value=rules[one.column.adds_up].fill_nan(None).round(DECIMALS),
            unit_count=pl.col("unit_count").fill_null(0),
            coverage_pct=(100 * covered / whole).fill_nan(None).round(DECIMALS),
        ).select(TOLD)


def _whole(grounds: pl.DataFrame, column: str, *, inner: bool) -> pl.DataFrame:
    """Units of which all communes are in a ground: GROUND, unit, communes, inhabitants, inner."""
    named = grounds.drop_nulls(column).rename({column: "unit"})
    found = named.group_by(*GROUND, "unit").agg(communes=pl.len(), inhabitants=pl.col(INHABITANTS).sum())
    every = found.group_by("unit").agg(most=pl.col("communes").max())  # all of France is a ground
    whole = found.join(every, on="unit").filter(pl.col("communes") == pl.col("most")).drop("most")
    return whole.with_columns(inner=pl.lit(inner))
