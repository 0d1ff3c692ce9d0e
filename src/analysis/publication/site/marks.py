"""Marks on numbers turned into links to where the number comes from; an unknown one stops the build (pure).

A mark is what `reports.origin_marks` writes. Its link works without JavaScript; told.js opens a card beside it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from posixpath import dirname, relpath
from typing import NoReturn
from urllib.parse import parse_qsl, unquote

import polars as pl

from analysis.errors import SiteError
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.publication.site.html import in_three
from analysis.publication.site.tables_read import PROCESSED
from analysis.reports.origin_marks import CELL, CLAIM, CLASS, ORIGIN
from analysis.tables import TABLES
from analysis.tables.schema import Field, Table

MADE = "made"  # kind of a mark on a number that no cell, count or sum holds: the tables it was computed from
CLAIMS_PAGE, TABLES_PAGE = "chiffres", "calculs"  # stems of the pages that marks lead to
# A mark, or a number that names tables, or a cell that gives a published figure, or an edge of a link, in which no
# other link may stand.
PARTS = re.compile(
    rf'<data class="{CLASS}" value="(?P<value>[^"]*)">(?P<shown>.*?)</data>|'
    rf'<span {ORIGIN}="(?P<tables>[^"]*)">(?P<derived>[^<]{{1,40}})</span>|'  # a number, no sentence
    r'(?P<cell><td\b[^>]*\bdata-claim="(?P<claim>[^"]*)"[^>]*>)(?P<content>[^<]+)(?=</td>)|'
    r"(?P<open><a\b)|(?P<close></a>)",
    re.DOTALL,
)
ORIGINS = re.compile(rf'\s{ORIGIN}="([^"]*)"')  # no text holds a quotation mark as it is
UNIT_WORDS: Mapping[str, str] = {"inhabitant": N_("habitants"), "year": N_("ans")}
NOT_SUMMED = ("phase", "first_year", "last_year", "per_year", "rank", "envelope_rank", "start", "end")
DECIMALS = 4  # of a cell's value
REPAIR = "Correct the mark where the number is written, then run `dvc repro`."
NONE = str(None)  # an absent value in a key


@dataclass(frozen=True, slots=True)
class Target:
    """Where a mark leads: page and anchor; and of a computed number, the row in words and what the table holds."""

    page: str
    anchor: str
    row: str = ""
    held: str = ""


@dataclass(frozen=True)
class Marks:
    """What marks may name: published figures by id, processed tables, and words for the values of keys by column.

    `read` gives a processed table by name. `words` translates a value of a column that ends with its name.
    """

    claims: Collection[str]
    read: Callable[[str], pl.DataFrame]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _known: dict[str, Target] = field(default_factory=dict, repr=False)
    _holding: dict[tuple[str, str], dict[object, set[int]]] = field(default_factory=dict, repr=False)

    def in_page(self, page: str, html: str) -> str:
        """The whole page (by its name) that Sphinx wrote, with every mark of its article as a link."""

        def address(name: str) -> str:
            return relpath(f"{name}.html", dirname(page) or ".") if name != page else ""

        before, article, after = in_three(html)
        return before + self.linked(page, article, address) + after

    def linked(self, page: str, html: str, address: Callable[[str], str]) -> str:
        """`html` of the page (its stem) with every mark as a link; `address` gives the way to a page from there.

        SiteError names page and mark that is of an unknown figure, table, column or row.
        """
        in_link = False

        def replace(found: re.Match[str]) -> str:
            nonlocal in_link
            if found["open"] or found["close"]:
                in_link = bool(found["open"])
                return found[0]
            if found["cell"]:
                value = f"{CLAIM}:{unescape(found['claim'])}"
                return found["cell"] + self._link(page, value, found["content"], address)
            if found["tables"] is not None:
                value = f"{MADE}:{unescape(found['tables'])}"
                return found[0] if in_link else self._link(page, value, found["derived"], address)
            if in_link:  # which leads to a page that tells more
                self.target(page, unescape(found["value"]), found["shown"])
                return found[0]
            return self._link(page, unescape(found["value"]), found["shown"], address)

        self._check_tables(page, html)
        return PARTS.sub(replace, html)

    def _link(self, page: str, value: str, shown: str, address: Callable[[str], str]) -> str:
        target = self.target(page, value, shown)
        there = address(target.page).partition("#")[0]
        more = {"data-told": value, "data-row": target.row, "data-held": target.held}
        said = "".join(f' {name}="{escape(text)}"' for name, text in more.items() if text)
        return f'<a class="{CLASS}" href="{escape(f"{there}#{target.anchor}")}"{said}>{shown}</a>'

    def target(self, page: str, value: str, shown: str = "") -> Target:
        """Where the mark `value` of the number `shown` leads; SiteError names page and mark."""
        if value not in self._known:
            kind, _, rest = value.partition(":")
            try:
                self._known[value] = self._found(kind, rest)
            except (KeyError, ValueError) as error:
                self._refuse(page, value, shown, str(error.args[0]))
        return self._known[value]

    def _found(self, kind: str, rest: str) -> Target:
        if kind == MADE:
            if not rest.split():
                raise KeyError("it names no table")
            return Target(TABLES_PAGE, anchor(rest.split(maxsplit=1)[0]))
        return self._cell(rest) if kind == CELL else self._claim(kind, unquote(rest))

    def _check_tables(self, page: str, html: str) -> None:
        for names in ORIGINS.findall(html):
            if lost := sorted({*unescape(names).split()} - PROCESSED):
                self._refuse(page, names, "", f"there is no processed table {', '.join(lost)}")

    def _claim(self, kind: str, claim_id: str) -> Target:
        if kind != CLAIM:
            raise KeyError(f"{kind!r} is neither {CLAIM} nor {CELL}")
        if claim_id not in self.claims:
            raise KeyError(f"core_claims holds no figure {claim_id!r}")
        return Target(CLAIMS_PAGE, claim_id)

    def _cell(self, rest: str) -> Target:
        path, _, query = rest.partition("?")
        name, _, column = path.partition(".")
        if name not in PROCESSED:
            raise KeyError(f"there is no processed table {name!r}")
        table, key = TABLES[name], parse_qsl(query, keep_blank_values=True)
        for one in (column, *(part for part, _ in key)):
            if one not in table.columns:
                raise KeyError(f"{name} has no column {one!r}")
        rows = self._rows(table, key)
        held = _held(rows, _field(table, column))
        return Target(TABLES_PAGE, anchor(name, column), self._row(table, key, rows), held)

    def _rows(self, table: Table, key: Iterable[tuple[str, str]]) -> pl.DataFrame:
        found = [
            self._rows_of(_field(table, name), table.name).get(_sought(_field(table, name), value), set())
            for name, value in key
        ]
        rows = self.read(table.name)
        rows = rows[sorted(set.intersection(*found))] if found else rows
        if rows.is_empty():
            raise KeyError(f"{table.name} has no row of that key")
        return rows

    def _rows_of(self, of: Field, table: str) -> dict[object, set[int]]:
        """Ranks of a table's rows by the value of a column, or by each value of a list."""
        if (table, of.name) not in self._holding:
            found = self._holding[table, of.name] = {}
            for rank, held in enumerate(self.read(table).get_column(of.name).to_list()):
                for one in held if isinstance(held, list) else [held]:
                    found.setdefault(one, set()).add(rank)
        return self._holding[table, of.name]

    def _row(self, table: Table, key: Iterable[tuple[str, str]], rows: pl.DataFrame) -> str:
        """The key in words: `phase 2 (2023-2027), Grand Est`; without any, how many rows the table has."""
        words = [self._word(_field(table, name), value, rows) for name, value in key]
        return " · ".join(words) if words else tr("toutes les lignes de la table")

    def _word(self, of: Field, value: str, rows: pl.DataFrame) -> str:
        if of.name.endswith("_id") and rows.height == 1:
            named = next((one for one in (of.name.replace("_id", "_name"), "name") if one in rows.columns), "")
            if named:
                return str(rows.item(0, named))
        known = next((words for name, words in self.words.items() if of.name.endswith(name)), {})
        return known.get(value) or tr("{column} : {value}").format(column=tr(of.title), value=value)

    def _refuse(self, page: str, value: str, shown: str, why: str) -> NoReturn:
        number = f" of the number {shown!r}" if shown else ""
        what = f"the mark {value!r}{number} leads nowhere: {why}."
        raise SiteError(what, where=f"outputs/site/{page}.html", repair=REPAIR)


def link(table: str, text: str = "") -> str:
    """A link to a table on the page of tables."""
    return f'<a href="{TABLES_PAGE}.html#{anchor(table)}">{escape(text or table)}</a>'


def origin_line(tables: Iterable[str]) -> str:
    """The discreet line under a figure or table that says which tables it was made from; empty without any."""
    listed = ", ".join(map(link, tables))
    text = typography.spaced(tr("Origine : {tables}")).format(tables=listed)
    return f'<span class="origin">{text}</span>' if listed else ""


def anchor(table: str, column: str = "") -> str:
    """Anchor of a table, or of one of its columns, on the page of tables."""
    return f"{table}-{column}" if column else table


def _field(table: Table, name: str) -> Field:
    return next(one for one in table.fields if one.name == name)


def _sought(one: Field, value: str) -> object:
    """A cell's value from the text that a mark has for it."""
    if value == NONE:
        return None
    return float(value) if one.type in ("integer", "number") else value


def _held(rows: pl.DataFrame, one: Field) -> str:
    """What the rows that a mark finds hold: one number with its unit, else how many rows, values, and their sum."""
    column = rows.get_column(one.name)
    numeric = one.type in ("integer", "number")
    if rows.height == 1 and numeric and column.item() is not None:
        return with_unit(column.item(), one)
    counts = [typography.counted(rows.height, "ligne")]
    if column.null_count():
        counts.append(tr("{count} remplies").format(count=typography.number(rows.height - column.null_count())))
    if one.type != "list" and rows.height > 1:
        counts.append(typography.counted(column.drop_nulls().n_unique(), "valeur différente", "valeurs différentes"))
    if numeric and rows.height > 1 and one.unit != "%" and one.name not in NOT_SUMMED:
        counts.append(tr("somme {sum}").format(sum=with_unit(float(column.sum()), one)))
    return ", ".join(counts)


def with_unit(value: float, one: Field) -> str:
    """A cell's value as readers write it, every decimal it has up to the fourth, and the unit of its column."""
    written = f"{value:.{DECIMALS}f}".rstrip("0").partition(".")[2]
    if one.unit == "%":
        return typography.percent(value, len(written))
    number = typography.number(value, len(written))
    return f"{number}{typography.HARD_SPACE}{unit_of(one)}" if one.unit else number


def unit_of(one: Field) -> str:
    """The unit of a column in the language in force; empty for a count or a text."""
    unit = one.unit or ""
    return tr(UNIT_WORDS[unit]) if unit in UNIT_WORDS else typography.UNITS.get(unit, unit)
