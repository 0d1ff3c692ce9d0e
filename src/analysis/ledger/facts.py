"""Everything that a rule may call by name: the official lists and the other published figures (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Final, Self

import polars as pl

from analysis.ledger import statements
from analysis.ledger.claim_dates import UNDATED
from analysis.ledger.claim_index import Row
from analysis.ledger.dated_lists import ListEditions
from analysis.ledger.expressions import Function
from analysis.ledger.list_facts import Lists
from analysis.ledger.statements import Statements

READ: Final = (
    "core_communes", "core_edition_communes", "core_edition_members", "core_edition_territories", "core_memberships",
    "out_editions",
    "core_claims", "core_enumerations", "out_enumerations", "out_hundred_millions",
    "cog_changes", "commune_members", "communes", "departments", "ept_communes", "intercommunalities", "regions",
)  # fmt: skip
STATED: Final = slice(6, 10)  # of these; before are the lists, after them raw tables
GIVING = ("claim_from", "claim_total")  # functions whose value is a published figure, or the sum of several


@dataclass(frozen=True)
class Facts:
    """The lists, edition by edition, and the statements, as functions."""

    editions: ListEditions
    statements: Statements

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], vocabulary: Mapping[str, Any]) -> Self:
        """The facts of the tables that READ names, under the parsed YAML of the vocabulary."""
        measured_on = {name: one["measured_on"] for name, one in vocabulary["concepts"].items()}
        editions = ListEditions(tables, vocabulary["places"]["aliases"], measured_on)
        return cls(editions, Statements(*(tables[name] for name in READ[STATED])))

    @property
    def lists(self) -> Lists:
        """The lists in force."""
        return self.editions.newest

    def functions(self, source_id: str = "", day: int = UNDATED, given: list[Row] | None = None) -> dict[str, Function]:
        """Functions by name; `claim` gives another figure of the source, `says` how many it gives.

        The lists are those of a `day` such as 20201215. `given` collects the rows of core_claims that values are from.
        """
        said = {name: getattr(self.statements, name) for name in statements.NAMES}
        if given is not None:
            said |= {name: self._noting(said[name], given) for name in GIVING}
        same = {"claim": said["claim_from"], "says": said["count_from"]}
        own = {name: partial(one, source_id) for name, one in same.items()}
        return {**self.editions.on(day).functions, **self.editions.functions(day), **said, **own}

    def _noting(self, function: Callable[..., float], given: list[Row]) -> Callable[..., float]:
        """The function, which also adds to `given` the rows that its value is made from."""

        @wraps(function)
        def noting(source: str, concept: str, place: str, phase: int | None) -> float:
            value = function(source, concept, place, phase)
            given.extend(self.statements.figures_from(source, concept, place, phase))
            return value

        return noting
