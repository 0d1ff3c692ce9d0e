"""Codes that several rooms give words and colours to: each has them all, and none of another."""

import ast

from analysis.i18n.hedges import HEDGES
from analysis.ledger import VERDICTS
from analysis.tables import codes


def test_every_verdict_has_a_word():
    assert set(VERDICTS) == set(codes.VERDICT_CODES)


def test_every_precision_has_a_hedge_or_is_said_by_its_bounds():
    assert {"exact", *HEDGES, "between"} == set(codes.QUALIFIERS)


def test_codes_are_defined_in_one_place(root):
    """No other module gives one of these names a value of its own, or writes the code of France out."""
    names = {"FRANCE", "COUNTRY", "PHASES", "KINDS", "STATUSES", "CHANGES", "FATES", "QUALIFIERS", "Verdict"}
    values = {repr(getattr(codes, name)) for name in names if name != "Verdict"}
    package = root / "src/analysis"
    twins = [
        f"{path.relative_to(package)}: {ast.unparse(node)}"
        for path in sorted(package.rglob("*.py"))
        if path.name != "codes.py"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and ast.unparse(node.value) in values
    ]
    assert twins == []
