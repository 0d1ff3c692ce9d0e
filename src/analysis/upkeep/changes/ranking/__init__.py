"""Findings: what changed in the tables, put together where one sentence says it, the most unusual first (pure)."""

from .finding import Finding, Kind
from .tables import of_table, of_tables

__all__ = ["Finding", "Kind", "of_table", "of_tables"]
