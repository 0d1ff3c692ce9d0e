"""Everything that a rule may call by name: the official lists and the other published figures (pure)."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from analysis.ledger import list_facts, statements
from analysis.ledger.expressions import Function
from analysis.ledger.list_facts import Lists
from analysis.ledger.statements import Statements


@dataclass(frozen=True)
class Facts:
    """The lists and the statements, as functions."""

    lists: Lists
    statements: Statements

    def functions(self, source_id: str = "", given: list[dict[str, Any]] | None = None) -> dict[str, Function]:
        """Functions by name; `claim` gives another figure of the source, `says` how many it gives.

        `given` collects the rows of core_claims whose values they give.
        """
        said = replace(self.statements, given=[] if given is None else given)
        own = {name: getattr(self.lists, name) for name in list_facts.NAMES}
        others = {name: getattr(said, name) for name in statements.NAMES}
        same = {"claim": said.claim_from, "says": said.count_from}
        return {**own, **others, **{name: partial(function, source_id) for name, function in same.items()}}
