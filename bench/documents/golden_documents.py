"""The invented documents of tests/golden/documents, and their figures as a careful reader understands them.

The README there says how a document is written and how a figure is marked in it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from golden_marks import Claim, Mark, marked

from analysis.extraction.vocabulary import Vocabulary
from analysis.io.yaml_files import read_yaml
from analysis.reports.readings.grounds import rules_of

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "golden" / "documents"
HALVES = ("dev", "held_out")
STYLES = ("press", "release", "report", "table", "minutes", "web")
FORMATS = ("pdf", "html", "docx", "odt", "txt")
MARK = re.compile(r"\[\[(.+?)\]\]", re.S)
HOLE = 0xE000  # first of the private characters that hold the place of a mark while the page is cut into pieces
HOLES = re.compile("[\ue000-\uf8ff]")
LINES = (
    ("heading", re.compile(r"(#{1,6}) ")),
    ("item", re.compile(r"- ")),
    ("caption", re.compile(r": ")),
    ("footnote", re.compile(r"\[\^(\d+)\]: ")),
)
DIVIDER = re.compile(r"\|[\s|:-]+\|")


class Piece(NamedTuple):
    """A heading, paragraph, item, caption, footnote or row of a table: its texts, one unless it is a row."""

    kind: str
    texts: tuple[str, ...]
    level: int = 0


@dataclass(frozen=True)
class Golden:
    """One invented document; `text` is what its pieces say, a blank line between texts."""

    name: str
    half: str
    title: str
    published: str
    producer: str
    style: str
    format: str
    pieces: tuple[Piece, ...] = field(repr=False)
    text: str = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)

    @property
    def claims(self) -> list[Mark]:
        """The figures that a concept should take."""
        return [mark for mark in self.marks if mark.claim]


def vocabulary() -> Vocabulary:
    """The vocabulary of the project, with the words of free prose."""
    return rules_of(ROOT)


def documents(half: str, rules: Vocabulary) -> list[Golden]:
    """The documents of one half, by name."""
    return [document(path, rules) for path in sorted((FOLDER / half).glob("*.md"))]


def document(path: Path, rules: Vocabulary) -> Golden:
    """One document; ValueError names the file and the mark that cannot be read."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    header = {name: str(value) for name, value in read_yaml(path, front).items()}
    written: list[tuple[str, Claim | None, bool]] = []
    for found in MARK.finditer(body):
        try:
            written.append(marked(found[1], rules, header["published"]))
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{path.name}: the mark {found[0]} cannot be read: {error}") from error
    holes = (chr(HOLE + rank) for rank in range(len(written)))
    pieces = tuple(_pieces(MARK.sub(lambda _: next(holes), body)))
    text, marks = _filled("\n\n".join(text for piece in pieces for text in piece.texts), written)
    fill = partial(HOLES.sub, lambda hole: written[ord(hole[0]) - HOLE][0])
    said = tuple(piece._replace(texts=tuple(map(fill, piece.texts))) for piece in pieces)
    return Golden(path.stem, path.parent.name, **header, pieces=said, text=text, marks=marks)


def _pieces(body: str) -> Iterator[Piece]:
    """The pieces of a page: one a line, blank lines apart."""
    for line in filter(None, map(str.strip, body.splitlines())):
        if DIVIDER.fullmatch(line):
            continue
        if line.startswith("|"):
            yield Piece("row", tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        for kind, start in LINES:
            if found := start.match(line):
                sign = found[1] if found.lastindex else ""
                label = f"{sign} " if kind == "footnote" else ""
                yield Piece(kind, (label + line[found.end() :],), len(sign) if kind == "heading" else 0)
                break
        else:
            yield Piece("paragraph", (re.sub(r"\[\^(\d+)\]", r"\1", line),))


def _filled(text: str, written: list[tuple[str, Claim | None, bool]]) -> tuple[str, tuple[Mark, ...]]:
    """The text with each mark's words in its hole, and where they stand."""
    parts, marks, last, length = [], [], 0, 0
    for hole in HOLES.finditer(text):
        words, *said = written[ord(hole[0]) - HOLE]
        length += hole.start() - last
        parts += [text[last : hole.start()], words]
        marks.append(Mark(length, length + len(words), words, *said))
        length, last = length + len(words), hole.end()
    return "".join([*parts, text[last:]]), tuple(marks)


def counts(found: list[Golden]) -> Mapping[str, int]:
    """How many documents, figures, and figures that a concept should take."""
    return {
        "documents": len(found),
        "figures": sum(len(one.marks) for one in found),
        "claims": sum(len(one.claims) for one in found),
    }
