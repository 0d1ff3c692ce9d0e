"""The ledger: each published figure confronted with the official lists, with arithmetic, with other figures (pure)."""

from analysis.ledger.agreement import agrees, said
from analysis.ledger.checks import SIGNS, VERDICTS, Check, parse
from analysis.ledger.clashes import conflicts
from analysis.ledger.confront import require_sound, verdicts
from analysis.ledger.document_figures import RELATIONS, comparisons, judge
from analysis.ledger.facts import READ, Facts
from analysis.ledger.list_facts import Lists
from analysis.ledger.readable import readable, sourced, worded
from analysis.ledger.statements import Statements

__all__ = [
    "READ", "RELATIONS", "SIGNS", "VERDICTS", "Check", "Facts", "Lists", "Statements", "agrees", "comparisons",
    "conflicts", "judge", "parse", "readable", "require_sound", "said", "sourced", "verdicts", "worded",
]  # fmt: skip
