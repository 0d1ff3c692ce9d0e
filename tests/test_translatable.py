"""What readers see is written as messages: no French text stands in these modules outside `tr`, `N_`, `counted`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

# Folders and modules whose every French text is a message; more of the package joins as it is translated.
TRANSLATED = ("figures", "maps", "phases", "alluvial.py", "picture.py")
# Literal names that every language writes alike.
NAMES = frozenset({"La Réunion", "SCOT Lille Métropole"})
HOLDING = ("tr", "N_", "counted", "named", "compile")  # messages, counted nouns, regular expressions
FRENCH = re.compile(
    r"[àâäçéèêëîïôöùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ«»]|(?<![\w.’-])(?:"
    r"aux?|aucune?|avec|dans|des?|du|elles?|est|et|hors|ils?|la|les?|leurs?|liste|membres?|ne|n\. d\.|ou|par|pas|plus"
    r"|pour|publiés?|qui|sans|selon|ses?|sont|sous|sur|territoires?|habitants?|une?|vers"
    r")(?![\w.=’-])|\b[dlnsj]’",
    re.IGNORECASE,
)


def untranslated(code: str) -> list[str]:
    """French literals of a module's text that no message holds, in their order."""
    tree = ast.parse(code)
    held = {id(node) for call in _holding(tree) for part in call.args for node in ast.walk(part)} | _docstrings(tree)
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    found = [node for node in texts if id(node) not in held and FRENCH.search(node.value) and node.value not in NAMES]
    return [node.value for node in sorted(found, key=lambda node: (node.lineno, node.col_offset))]


def _holding(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls whose texts readers see in their language, or never."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in HOLDING:
                yield node


def _docstrings(tree: ast.AST) -> set[int]:
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def modules(root: Path) -> list[Path]:
    places = [root / "src/analysis" / name for name in TRANSLATED]
    return [path for place in places for path in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]


def test_no_french_text_stands_outside_messages(root):
    found = {path.name: untranslated(path.read_text(encoding="utf-8")) for path in modules(root)}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('title = "Carte de la région"', ["Carte de la région"]),
        ('title = f"{count} territoires"', [" territoires"]),
        ('axes.text(0, 0, tr("Carte de la région"))', []),
        ('NAME = N_("hors programme")', []),
        ('style.counted(count, "territoire lié", "territoires liés")', []),
        ('NAME = re.compile(r"^CC (?:de |du )")', []),
        ('"""Dates « et » lieux."""', []),
        ('def draw():\n    """La carte."""\n    return "par an"', ["par an"]),
        ('frame["population_2022"]', []),
        ('raise ParameterError("no region.", repair="Give its code.")', []),
    ],
)
def test_french_literal_is_found(code, found):
    assert untranslated(code) == found
