"""What every notebook tells, in both languages: no number without an origin, no French left in English."""

import ast
import contextlib
import html
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote

import polars as pl
import pytest
from IPython.display import Markdown
from unmarked import unmarked

from analysis.i18n import typography
from analysis.i18n.language import speaking
from analysis.io.paths import project_root
from analysis.reports.atlas import Atlas
from analysis.reports.reader import ReaderTable
from analysis.tables import TABLES

NOTEBOOKS = {
    "10_label_timeline": {},
    "20_national_map": {},
    "30_envelopes": {},
    "40_phase_change": {},
    "50_region": {"region_code": "44"},
    "50_region of a region that a phase leaves out": {"region_code": "06"},
    "60_territory": {"phase": 2, "territory_id": "ti-4408"},
    "60_territory that was divided": {"phase": 1, "territory_id": "ti-8401"},
    "60_territory with a number in its name": {"phase": 1, "territory_id": "ti-1104"},
    "70_lille": {},
    "80_fact_check": {},
}
MARK = re.compile(r'<data class="told" value="([^"]*)">(.*?)</data>')
STAYS_FRENCH = re.compile(r'<(\w+)[^>]* lang="fr"[^>]*>.*?</\1>')
FRENCH = re.compile(
    r"\b(?:à|au|aux|avec|ce|dans|de|des|du|en|est|et|la|le|les|leur|ne|par|pas|pour|que|qui|son|sont|sur|une?)\b"
    r"|\b[cdjlnqs]’|[«»\u202f]|\u00a0[:;!?%€]",
    re.IGNORECASE,
)
NAMES = ("Banque des Territoires", "Cour des comptes", "Territoires d’industrie", "établissements publics territoriaux")


@cache
def told(notebook: str, language: str) -> dict[str, Markdown | ReaderTable]:
    """What the cells of a notebook that show sentences and tables show, by their code."""
    root, scope, found = project_root(), dict[str, Any](NOTEBOOKS[notebook]), dict[str, Markdown | ReaderTable]()
    with speaking(language), contextlib.chdir(root):
        for code in _cells(root, notebook):
            tree = ast.parse(code)
            last = tree.body.pop() if _shows(tree.body[-1]) else None
            exec(compile(tree, notebook, "exec"), scope)
            if last and last.value.args[0].id.endswith(("_text", "_table")):
                found[code] = eval(ast.unparse(last), scope)
    return found


def _cells(root: Any, notebook: str) -> Iterator[str]:
    """Code of a notebook's cells, without its parameters and what its end prints."""
    template = notebook.partition(" ")[0]
    for cell in json.loads((root / f"notebooks/{template}.ipynb").read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code" and not cell["metadata"].get("tags"):
            yield "".join(cell["source"])


def _shows(node: ast.stmt) -> bool:
    """Whether a statement is `atlas.show(…)` alone."""
    return isinstance(node, ast.Expr) and ast.unparse(node).startswith("atlas.show(")


def as_html(shown: Markdown | ReaderTable) -> str:
    return str(shown.data) if isinstance(shown, Markdown) else shown.html()


@cache
def library() -> Atlas:
    return Atlas(project_root())


@cache
def names(phase: int = 0, territory_id: str = "") -> re.Pattern[str]:
    """Names that stay French: places, members, notes, programmes, what sources list, a territory's communes."""
    columns = [
        ("core_territories", "name"), ("core_territories", "region_name"), ("core_members", "member_name"),
        ("out_enumerations", "item"), ("out_enumerations", "registry_name"), ("core_claims", "source_id"),
    ]  # fmt: skip
    found = {one for name, column in columns for one in library().table(name)[column].drop_nulls()}
    found |= set(library().table("out_programme_overlap")["title"])
    if phase:
        found |= set(library().table("core_communes").filter(pl.col(f"territory_{phase}") == territory_id)["name"])
    shown = sorted({typography.typographic(one) for one in found} | set(NAMES), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in shown))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_number_has_an_origin(notebook, language):
    shown = told(notebook, language)
    assert shown
    assert {code: found for code, one in shown.items() if (found := unmarked(as_html(one)))} == {}


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_tables_name_processed_tables(notebook):
    for shown in told(notebook, "fr").values():
        if isinstance(shown, ReaderTable):
            assert set(shown.origin.split()) <= set(TABLES), shown.caption
            assert shown.origin


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_nothing_french_is_left_in_english(notebook):
    given = NOTEBOOKS[notebook]
    known = names(**given) if "phase" in given else names()
    for code, shown in told(notebook, "en").items():
        text = html.unescape(re.sub(r"<[^>]*>", "\n", STAYS_FRENCH.sub("", as_html(shown))))
        assert FRENCH.findall(known.sub("", text.replace("\\", ""))) == [], code


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_marked_number_is_what_its_table_holds(notebook):
    for code, shown in told(notebook, "fr").items():
        for value, number in MARK.findall(as_html(shown)):
            assert html.unescape(number) in set(held(html.unescape(value))), f"{code}: {value}"


def held(value: str) -> Iterator[str]:
    """What the number behind a mark may be: the figure, or the cell, or the count or the sum of cells."""
    kind, _, rest = value.partition(":")
    if kind == "claim":
        claim = library().table("core_claims").filter(claim_id=unquote(rest)).row(0, named=True)
        bound = claim["value_high"] if claim["value_low"] is None else claim["value_low"]
        yield from (typography.number(bound), typography.euros(bound), f"plus de {typography.euros(bound)}")
        return
    path, _, query = rest.partition("?")
    name, _, column = path.partition(".")
    rows = library().table(name)
    for key, wanted in parse_qsl(query):
        rows = rows.filter(pl.col(key).cast(pl.String) == wanted)
    cells = rows[column].drop_nulls()
    counts = [rows.height, cells.n_unique()]
    for one in [*counts, cells.sum(), cells.first()] if cells.dtype.is_numeric() else counts:
        yield from (typography.number(one), typography.percent(one), typography.percent(one, 0), typography.euros(one))
