"""Everything that a rule may call by name: the official lists and the other published figures (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Final, Self

import polars as pl

from analysis.ledger import statements
from analysis.ledger.claim_index import Row
from analysis.ledger.expressions import Function
from analysis.ledger.list_facts import Lists
from analysis.ledger.statements import Statements

READ: Final = (
    "core_territories", "core_members", "core_communes",
    "core_claims", "core_enumerations", "out_enumerations", "out_hundred_millions",
    "cog_changes", "commune_members", "communes", "departments", "ept_communes", "intercommunalities", "members",
    "regions",
)  # fmt: skip
LISTS, STATED = slice(3), slice(3, 7)  # of these; the others are raw tables
GIVING = ("claim_from", "claim_total")  # functions whose value is a published figure, or the sum of several


@dataclass(frozen=True)
class Facts:
    """The lists and the statements, as functions."""

    lists: Lists
    statements: Statements

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], vocabulary: Mapping[str, Any]) -> Self:
        """The facts of the tables that READ names, under the parsed YAML of the vocabulary."""
        measured_on = {name: one["measured_on"] for name, one in vocabulary["concepts"].items()}
        territories, members, communes = (tables[name] for name in READ[LISTS])
        lists = Lists(tables, territories, members, communes, vocabulary["places"]["aliases"], measured_on)
        return cls(lists, Statements(*(tables[name] for name in READ[STATED])))

    def functions(self, source_id: str = "", given: list[Row] | None = None) -> dict[str, Function]:
        """Functions by name; `claim` gives another figure of the source, `says` how many it gives.

        `given` collects the rows of core_claims whose values they give.
        """
        said = {name: getattr(self.statements, name) for name in statements.NAMES}
        if given is not None:
            said |= {name: self._noting(said[name], given) for name in GIVING}
        same = {"claim": said["claim_from"], "says": said["count_from"]}
        return {**self.lists.functions, **said, **{name: partial(one, source_id) for name, one in same.items()}}

    def _noting(self, function: Callable[..., float], given: list[Row]) -> Callable[..., float]:
        """The function, which also adds to `given` the rows that its value is made from."""

        @wraps(function)
        def noting(source: str, concept: str, place: str, phase: int | None) -> float:
            value = function(source, concept, place, phase)
            given.extend(self.statements.figures_from(source, concept, place, phase))
            return value

        return noting
