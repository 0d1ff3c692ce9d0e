"""Everything that a rule may call by name: the official lists and the other published figures (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import polars as pl

from analysis.ledger import list_facts, statements
from analysis.ledger.expressions import Function
from analysis.ledger.list_facts import Lists
from analysis.ledger.statements import Statements

TABLES = (
    "core_territories", "core_members", "core_communes", "core_claims", "core_enumerations", "out_enumerations",
    "out_hundred_millions",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """The lists and the statements, as functions."""

    lists: Lists
    statements: Statements

    @classmethod
    def build(
        cls, raw: Mapping[str, pl.DataFrame], tables: Mapping[str, pl.DataFrame], aliases: Mapping[str, Sequence[str]]
    ) -> "Facts":
        """From the raw tables, the processed ones of TABLES, and the vocabulary's names by place."""
        territories, members, communes, *figures = (tables[name] for name in TABLES)
        return cls(Lists(raw, territories, members, communes, aliases), Statements(*figures))

    def functions(self, source_id: str = "", given: list[dict[str, Any]] | None = None) -> dict[str, Function]:
        """Functions by name; `claim` gives another figure of the source, `says` how many it gives.

        `given` collects the rows of core_claims whose values they give.
        """
        said = replace(self.statements, given=[] if given is None else given)
        own = {name: getattr(self.lists, name) for name in list_facts.NAMES}
        others = {name: getattr(said, name) for name in statements.NAMES}
        same = {"claim": said.claim_from, "says": said.count_from}
        return {**own, **others, **{name: partial(function, source_id) for name, function in same.items()}}
