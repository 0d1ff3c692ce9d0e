"""The ledger: each published figure confronted with the official lists, with arithmetic, with other figures (pure)."""

from analysis.ledger.agreement import agrees, said
from analysis.ledger.checks import VERDICTS, Check, parse
from analysis.ledger.clashes import conflicts
from analysis.ledger.confront import readable, require_sound, sourced, verdicts, worded
from analysis.ledger.facts import TABLES, Facts

__all__ = [
    "TABLES", "VERDICTS", "Check", "Facts", "agrees", "conflicts", "parse", "readable", "require_sound", "said",
    "sourced", "verdicts", "worded",
]  # fmt: skip
