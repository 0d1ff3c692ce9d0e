"""What readers see is written as messages: no French text stands in the package outside `tr`, `N_`, `counted`."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from analysis.upkeep import messages

# French that no reader is told, or that every language writes alike, by module or folder of the package; None: all.
LEFT_OUT: Mapping[str, tuple[str, frozenset[str] | None]] = {
    "extraction/numerals": ("words of the French texts that it reads", None),
    "extraction/prose": ("the same", None),
    "extraction/documents": ("the same", None),
    "tables": ("titles of tables and columns, which `messages` collects from the tables themselves", None),
    "indicators": ("the same", None),
    "extraction/drafting": ("writes reading notes, which are French in every edition", None),
    "sources/drafts.py": ("how a source's entry is written", None),
    "upkeep/updates/layer_draft.py": ("how a layer's YAML is written", None),
    "upkeep/updates/new_edition.py": ("title of an edition, as its entry has it", None),
    "upkeep/updates/headings.py": ("headings of producers' lists", None),
    "upkeep/updates/grid.py": ("letters of producers' lists", frozenset({"œ", "Œ"})),
    "upkeep/updates/cell.py": ("separators in producers' lists", None),
    "upkeep/updates/letters.py": ("letters of producers' lists", None),
    "registry/matching.py": ("words and letters of names", None),
    "i18n/language.py": ("a letter of names, a language by its own name", frozenset({"œ", "Français"})),
    "registry/known_places.py": (
        "names of regions of before 2016, in an error",
        frozenset({"Franche-Comté", "Midi-Pyrénées", "Rhône-Alpes", " is the département "}),
    ),
    "sources/notes.py": ("how a reading note is written", None),
    "reports/notebooks/preloaded.py": ("drawn once to have fonts ready, never shown", None),
    "ledger/confront.py": ("a failed check, with which nothing is published", frozenset({"Vérification en échec :"})),
    "ledger/place_names.py": (
        "words of the vocabulary",
        frozenset({"région", "département", "territoire", "intercommunalité"}),
    ),
    "extraction/claims.py": ("quotes a note in an error", None),
    "publication/downloads/citation.py": ("tags of RIS", frozenset({"AU", "ET"})),
    "sources/cog.py": ("a key of the COG packages", frozenset({"membres"})),
    "cli/program.py": ("the programme's name", None),
    "charts/drawing/style.py": ("a font", frozenset({"DejaVu Sans"})),
    "publication/site/sphinx.py": ("the programme's name", frozenset({"Territoires d’industrie"})),
    "publication/site/indexes.py": ("name of a page's file", frozenset({"territoires"})),
    "publication/site/script_texts.py": ("name of a page's file", frozenset({"territoires"})),
    "publication/site/method_hedges.py": ("quotation marks of what is marked as French", frozenset({"« ", " »"})),
}
# Literal names that every language writes alike.
NAMES = frozenset({"La Réunion", "SCOT Lille Métropole"})
HOLDING = ("tr", "N_", "counted", "named", "compile")  # messages, counted nouns, regular expressions
FRENCH = re.compile(
    r"[àâäçéèêëîïôöùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ«»]|(?<![\w.’-])(?:"
    r"aux?|aucune?|avec|dans|des?|du|elles?|est|et|hors|ils?|la|les?|leurs?|liste|membres?|ne|n\. d\.|ou|par|pas|plus"
    r"|pour|publiés?|qui|sans|selon|ses?|sont|sous|sur|territoires?|habitants?|une?|vers"
    r")(?![\w.=’-])|\b[dlnsj]’|(?<=[\w})%]) [:;?!](?= |$)|^ [:;?!] ",
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


def left_out(path: str, text: str) -> bool:
    """Whether a French text of a module may stand outside messages."""
    found = [texts for place, (_, texts) in LEFT_OUT.items() if path == place or path.startswith(f"{place}/")]
    return any(texts is None or text in texts for texts in found)


def package(root: Path) -> dict[str, str]:
    """Every module of the package by its path in it."""
    folder = root / "src/analysis"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}


def test_no_french_text_stands_outside_messages_in_any_module(root):
    found = {
        path: [text for text in untranslated(code) if not left_out(path, text)] for path, code in package(root).items()
    }
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_each_exception_is_still_needed(root):
    modules = package(root)
    for place, (_, texts) in LEFT_OUT.items():
        inside = {path: code for path, code in modules.items() if path == place or path.startswith(f"{place}/")}
        french = {text for code in inside.values() for text in untranslated(code)}
        assert french if texts is None else texts <= french, place


def test_scripts_of_the_pages_say_nothing_of_their_own(root):
    folder = root / "src/analysis/publication/site/assets/_static"
    for path in [one for one in sorted(folder.rglob("*.js")) if "leaflet" not in one.parts]:
        code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
        texts = [one for pair in re.findall(r"\"([^\"\n]*)\"|`([^`]*)`", code) for one in pair]
        assert [one for one in texts if re.search(r"[À-ÖØ-öø-ÿ«»]|[A-Za-z]{3,} [a-z]+ [a-z]{2,}", one)] == [], path.name


def test_apostrophes_of_what_readers_are_told_are_typographic(root):
    straight = [one for one in messages.used(root) if re.search(r"\w'\w", re.sub(r"`[^`]*`|<[^>]*>", "", one))]
    assert straight == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('title = "Carte de la région"', ["Carte de la région"]),
        ('title = f"{count} territoires"', [" territoires"]),
        ('axes.text(0, 0, tr("Carte de la région"))', []),
        ('NAME = N_("hors programme")', []),
        ('typography.counted(count, "territoire lié", "territoires liés")', []),
        ('NAME = re.compile(r"^CC (?:de |du )")', []),
        ('"""Dates « et » lieux."""', []),
        ('def draw():\n    """La carte."""\n    return "par an"', ["par an"]),
        ('frame["population_2022"]', []),
        ("text = f'<p>Données de la région : {data}</p>'", ["<p>Données de la région : "]),
        ('name = f"{concept} : {said}"', [" : "]),
        ('raise ParameterError("no region.", repair="Give its code.")', []),
    ],
)
def test_french_literal_is_found(code, found):
    assert untranslated(code) == found
