"""A whole reading note from the claims of a document: figures, names and dates only, none of its words (pure)."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from analysis.errors import ClaimError
from analysis.extraction.claims import figures_of, known_places
from analysis.extraction.drafting import written_figures as figures
from analysis.extraction.drafting.claim_sentences import sentence_of
from analysis.extraction.drafting.questions import questions
from analysis.extraction.vocabulary import Phrase, Vocabulary, words_of
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, speaking
from analysis.sources.notes import FIGURES, REMARKS, Note, Sentence
from analysis.sources.provenance import DAY_OR_MONTH, asked

SAME_FIGURE = ("concept", "place", "phase", "as_of", "unit")
VALUE = ("value_low", "value_high", "qualifier")
PARTS: Mapping[str, str] = {
    "concept": "ce qui est compté",
    "place": "le lieu",
    "phase": "la phase",
    "as_of": "la date",
    "value_low": "la valeur",
    "value_high": "la valeur",
    "qualifier": "la précision",
    "unit": "l’unité",
}
YEARS, YEAR = "year", re.compile(r"\ban(?:s|née|nées)?\b", re.IGNORECASE)
LONGEST_NAME = 80  # characters of a speaker's name in a comment
Row = Mapping[str, Any]


class Header(NamedTuple):
    """What heads a drafted note: the source's id, and its date, an ISO day or month (else a question is written)."""

    source: str
    published: str | None


@dataclass
class _Figure:
    """A claim, stated once or several times: where, by whom, and what is to be asked before it is taken."""

    claim: Row
    places: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def draft(claims: pl.DataFrame, header: Header, rules: Vocabulary, gazetteer: Mapping[str, str]) -> str:
    """A note from the claims of a document (columns of `prose.COLUMNS`); `gazetteer` as `claims_from_notes` has it.

    Sure claims are sentences that the strict reader reads back to the same claim, doubtful ones comments with the
    question to answer and the sentence to take; what cannot be written, and what no concept takes, are comments.
    """
    dated = header.published if re.fullmatch(DAY_OR_MONTH, header.published or "") else None
    drafting = _Drafting(Note(header.source, "note.md", dated or ""), rules, known_places(rules, gazetteer))
    rows = [{**row, "as_of": row["as_of"] or dated} for row in claims.iter_rows(named=True)]
    with speaking(FRENCH):
        told = [line for one in _figures(rows, rules) for line in drafting.lines(one)]
        left = [_left(row) for row in rows if row["concept"] is None]
        date = dated or asked("quand le document a-t-il été publié (AAAA-MM-JJ ou AAAA-MM)")
        head = ["---", f"source: {header.source}", f'published: "{date}"', f"place_in_document: {_pages(rows)}", "---"]
    body = [*head, "", FIGURES, "", *told, *(["", REMARKS, "", *left] if left else [])]
    return "\n".join(body).rstrip() + "\n"


def _figures(rows: Iterable[Row], rules: Vocabulary) -> list[_Figure]:
    """Each claim once, in the order of the document; one that is sure somewhere is sure."""
    found: dict[tuple[Any, ...], _Figure] = {}
    rivals: dict[tuple[Any, ...], list[_Figure]] = {}
    for row in rows:
        if row["concept"] is None:
            continue
        key, where = tuple(row[name] for name in (*SAME_FIGURE, *VALUE)), _where(row)
        doubts = questions(row, rules)
        if key not in found:
            found[key] = _Figure(row, [where], doubts)
            rivals.setdefault(key[: len(SAME_FIGURE)], []).append(found[key])
            continue
        found[key].places += [where] * (where not in found[key].places)
        found[key].asked = found[key].asked and doubts and found[key].asked
    for group in rivals.values():
        if len(group) > 1:
            values = typography.listed([_value(one.claim) for one in group])
            for one in group:
                one.asked = [*one.asked, f"Le document donne pour cela {values} : laquelle de ces valeurs ?"]
    return list(found.values())


@dataclass(frozen=True)
class _Drafting:
    """A note being drafted: what the strict reader needs to read a sentence back."""

    note: Note
    rules: Vocabulary
    known: Mapping[Phrase, str | None]

    def lines(self, figure: _Figure) -> Iterator[str]:
        """The lines of a claim: where it stands, then its sentence, in a comment while it is doubtful."""
        where, claim = typography.capitalised(" ; ".join(figure.places)), figure.claim
        try:
            sentence = sentence_of(claim, self.rules, self.note.published)
            lost = self._lost(claim, sentence)
        except ClaimError:
            sentence, lost = "", "le vocabulaire ne sait pas l’écrire en une phrase"
        if lost:
            label = self.rules.concepts[claim["concept"]].label
            yield _comment(f"{where} : « {label} », {claim['place']}, {_value(claim)}, non repris : {lost}.")
        elif figure.asked:
            yield _comment(f"{where} : {' '.join(figure.asked)} Si la ligne qui suit est juste, ôtez-en les marques.")
            yield _comment(f"- {sentence}")
        else:
            yield _comment(where)
            yield f"- {sentence}"

    def _lost(self, claim: Row, sentence: str) -> str:
        """Why the strict reader would not read the claim back; empty when it does."""
        if claim["as_of"] is None:
            return "sa date n’est pas connue : donnez celle du document, puis relisez-le"
        try:
            rows = figures_of(self.note, Sentence(sentence, 1), self.rules, self.known)
        except ClaimError:
            return "la phrase ne peut pas être relue"
        if len(rows) != 1:
            return "la phrase se relit comme plusieurs chiffres"
        wrong = dict.fromkeys(said for name, said in PARTS.items() if not _alike(claim[name], rows[0][name]))
        return f"la relecture change {typography.listed(list(wrong))}" if wrong else ""


def _alike(one: Any, other: Any) -> bool:
    """The same value, as far as claims are rounded; names of the same words are the same place."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return one == other or (isinstance(one, str) and isinstance(other, str) and words_of(one) == words_of(other))


def _left(row: Row) -> str:
    plain = row["unit"] == YEARS and not YEAR.search(row["text"])  # minutes, months: numbers of something else
    value = _value({**row, "unit": None} if plain else row)
    return _comment(f"{typography.capitalised(_where(row))} : {value}, sans concept.")


def _value(row: Row) -> str:
    """The figure in words, without what is counted: that would be the document's word."""
    try:
        return figures.figure(row)
    except (KeyError, TypeError, ValueError, OverflowError, ArithmeticError):
        return "un chiffre"


def _where(row: Row) -> str:
    place = f"page {row['page']}" if row["page"] else f"paragraphe {row['paragraph']}"
    return f"{place}, selon {row['said_by'][:LONGEST_NAME]}" if row["said_by"] else place


def _pages(rows: Iterable[Row]) -> str:
    found = sorted({row["page"] for row in rows if row["page"]})
    if not found:
        return "texte"
    return f"page {found[0]}" if len(found) == 1 else f"pages {found[0]} à {found[-1]}"


def _comment(text: str) -> str:
    """A line that the strict reader leaves out; nothing in it can end it early."""
    return f"<!-- {re.sub('-{2,}', '–', typography.typographic(' '.join(text.split())))} -->"
