"""Markdown as passages that are translated one by one: headings, paragraphs, list items, cells of tables (pure).

A passage is one message of the catalogue, on one line however it is wrapped. Fenced blocks (code, raw HTML,
directives), HTML, front matter and targets are no prose and stay as they are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.errors import TranslationError
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, UPDATE, language, shown, tr

Kind = Literal["told", "html", "kept"]
FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})")
HTML = re.compile(
    r"\s*<(?:!--|/?(?:article|aside|details|div|dl|figure|footer|form|h[1-6]|header|hr|nav|ol|p|pre|section|summary"
    r"|table|ul)\b)",
    re.IGNORECASE,
)
HEADING = re.compile(r"(\s{0,3}#{1,6}\s+)(.*)")
ITEM = re.compile(r"(\s*(?:[-*+]|\d{1,9}[.)]|>)\s+)(.*)", re.DOTALL)
ORDERED = re.compile(r"\s*\d{1,9}[.)]\s")
INTERRUPTING = re.compile(r"\s*(?:[-*+]|1[.)]|>)\s+\S")  # a list that starts at another number needs a blank line
ALONE = re.compile(r"\s*(?:\([\w-]+\)=|[-*_]{3,}|\{\w+\})\s*")  # a target, a rule, a place to fill
RULE = re.compile(r"[\s|:-]*")  # the line under a table's heads
CODE = re.compile(r"(`+[^`]*`+)")
LETTER = re.compile(r"[^\W\d_]")
PLACE = re.compile(r"(?<!\{)\{(\w+)\}")
WRAPPED = re.compile(r"[ \t]*\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of Markdown: what stands before its text (`- `, `## `), the text, and what stands after it."""

    kind: Kind
    text: str
    lead: str = ""
    end: str = "\n"

    @property
    def message(self) -> str:
        """What the catalogue translates; empty when there is nothing to translate."""
        return self.text if self.kind == "told" and LETTER.search(PLACE.sub("", self.text)) else ""


def messages(markdown: str) -> list[str]:
    """The messages of a Markdown text, in order, each once."""
    return list(dict.fromkeys(one.message for one in passages(markdown) if one.message))


def translated(markdown: str, values: Mapping[str, str] | None = None) -> str:
    """The text in the language in force; its places `{name}`, if `values` is given, filled with them.

    A passage that the catalogue lacks is marked as French. TranslationError for a place that nothing fills.
    """
    if values is None and language() == FRENCH:
        return markdown
    return _joined(markdown, lambda one: _told(one, values))


def spaced(markdown: str) -> str:
    """The text with the hard spaces that its sentences take, code apart: it is copied as it stands."""
    return _joined(markdown, _spaced)


def _told(passage: Passage, values: Mapping[str, str] | None) -> str:
    text = tr(passage.message) or passage.text
    if values is None or passage.kind != "told":
        return text
    try:
        return text.format(**values)
    except (KeyError, IndexError, ValueError) as error:
        where = shown(language())
        raise TranslationError(f"{error} cannot be filled in {text!r}.", where=where, repair=UPDATE) from error


def _spaced(passage: Passage) -> str:
    if passage.kind == "kept":
        return passage.text
    parts = CODE.split(passage.text) if passage.kind == "told" else [passage.text]
    return "".join(part if rank % 2 else typography.spaced(part) for rank, part in enumerate(parts))


def _joined(markdown: str, write: Callable[[Passage], str]) -> str:
    return "".join(f"{one.lead}{write(one)}{one.end}" for one in passages(markdown)).removesuffix("\n")


# --- cutting -----------------------------------------------------------------------------------------------


def passages(markdown: str) -> Iterator[Passage]:
    """The pieces of a Markdown text, in order."""
    lines = markdown.split("\n")
    rank = lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0
    if rank:
        yield Passage("kept", "\n".join(lines[:rank]))
    while rank < len(lines):
        stop = _stop(lines, rank)
        yield from _cut(lines[rank:stop])
        rank = stop


def _stop(lines: list[str], first: int) -> int:
    """The line after the block that starts at `first`."""
    line, following = lines[first], range(first + 1, len(lines))
    if fence := FENCE.match(line):
        closing = re.compile(rf"\s*{re.escape(fence[1])}{fence[1][0]}*\s*")
        return next((rank + 1 for rank in following if closing.fullmatch(lines[rank])), len(lines))
    if HTML.match(line):
        return next((rank for rank in following if not lines[rank].strip()), len(lines))
    if not line.strip() or ALONE.fullmatch(line) or HEADING.match(line) or _is_row(line):
        return first + 1
    ends = (FENCE, HTML, HEADING, ORDERED if ORDERED.match(line) else INTERRUPTING, INTERRUPTING)
    stops = (rank for rank in following if not lines[rank].strip() or any(one.match(lines[rank]) for one in ends))
    return next(stops, len(lines))


def _cut(block: list[str]) -> Iterator[Passage]:
    text, line = "\n".join(block), block[0]
    if FENCE.match(line):
        yield Passage("html" if "{raw}" in line else "kept", text)
    elif HTML.match(line):
        yield Passage("html", text)
    elif not line.strip() or RULE.fullmatch(line) or (ALONE.fullmatch(line) and "{" not in line):
        yield Passage("kept", text)
    elif _is_row(line):
        yield from _cells(line)
    else:
        found = HEADING.match(line) or ITEM.match(text)
        lead = found[1] if found else text[: len(text) - len(text.lstrip())]
        yield Passage("told", WRAPPED.sub(" ", text[len(lead) :].strip()), lead)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _cells(line: str) -> Iterator[Passage]:
    cells = [one.strip() for one in line.strip().strip("|").split("|")]
    for rank, text in enumerate(cells):
        yield Passage("told", text, "| ", " |\n" if rank == len(cells) - 1 else " ")
