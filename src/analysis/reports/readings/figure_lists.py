"""Figures of a document as lists: what was read, what it was confronted with, why, and where it stands (pure)."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, tr
from analysis.i18n.periods import when
from analysis.ledger import said
from analysis.reports.readings import figure_words as words
from analysis.reports.readings.shown_html import Html, text

Row = Mapping[str, Any]


def figures_list(figures: pl.DataFrame, empty: str = "") -> Html:
    """Each figure with its verdict, its reason and its place; marks in the text lead here, and these back to them."""
    return _list(figures, empty, lambda figure: f' id="r{figure["number"]}"')


def short_list(figures: pl.DataFrame, empty: str = "") -> Html:
    """The same for figures that another list has already: nothing leads here."""
    return _list(figures, empty, lambda _: "")


def bare_list(figures: pl.DataFrame, empty: str = "") -> Html:
    """Figures that no concept takes, a line each: as they are written, their place, their sentence."""
    rows = list(figures.iter_rows(named=True))
    items = [f'<li class="bare" id="r{row["number"]}">{_link(row)} {_sentence(row)} {_place(row)}</li>' for row in rows]
    return _shown(items, [f"{row['text']} – {row['sentence']}" for row in rows], empty)


def against_list(figures: pl.DataFrame, others: pl.DataFrame, empty: str = "") -> Html:
    """Figures with those of other sources (`Reading.comparisons`, and the `sentence` of each) that exclude them."""
    beside = {row["number"]: row for row in figures.iter_rows(named=True)}
    pairs = [(beside[other["number"]], other) for other in others.iter_rows(named=True) if other["number"] in beside]
    items = [f'<li class="entry">{"".join(_entry(one))}{_earlier(other)}</li>' for one, other in pairs]
    return _shown(items, [f"{one['text']} – {other['sentence']}" for one, other in pairs], empty)


def _list(figures: pl.DataFrame, empty: str, anchor: Any) -> Html:
    rows = list(figures.iter_rows(named=True))
    items = [f'<li class="entry"{anchor(row)}>{"".join(_entry(row))}</li>' for row in rows]
    return _shown(items, [f"{row['text']} – {words.state_label(row)} – {words.counted(row)}" for row in rows], empty)


def _shown(items: list[str], plain: list[str], empty: str) -> Html:
    if not items:
        told = empty or tr("Aucun chiffre.")
        return Html(f"<p>{escape(told)}</p>", told)
    return Html("\n".join(('<ol class="entries">', *items, "</ol>")), "\n".join(plain))


def _entry(figure: Row) -> Iterator[str]:
    """A figure: as it is written, its verdict, what it counts, the two values, the reason, the sentence."""
    state = words.state(figure)
    label = text(words.state_label(figure))
    look = f"verdict {state}{' doubtful' if figure['doubtful'] else ''}"
    verdict = f'<span class="{look}"><span aria-hidden="true">{words.SIGN[state]}</span> {label}</span>'
    yield f'<p class="head">{_link(figure)} {verdict} {_place(figure)}</p>'
    if figure["concept"]:
        yield f"<p>{text(words.counted(figure))}</p>"
        yield f'<p class="values">{_values(figure)}</p>'
    if reason := words.reason(figure):
        yield f"<p>{text(reason)}</p>"
    if doubts := words.doubts(figure):
        yield f'<p class="doubt">{text(tr("À vérifier. {doubt}").format(doubt=" ".join(doubts)))}</p>'
    speaker = f"<cite>{text(figure['said_by'])}</cite>" if figure["said_by"] else ""
    yield f"<blockquote>{_sentence(figure)}{speaker}</blockquote>"


def _link(figure: Row) -> str:
    """The figure as it is written, leading to its place in the text."""
    return f'<a href="#f{figure["number"]}">{text(figure["text"])}</a>'


def _place(figure: Row) -> str:
    return f'<span class="place">{text(words.stands(figure))}</span>'


def _sentence(figure: Row) -> str:
    """The sentence, the figure in it marked where it stands there once."""
    whole, written = figure["sentence"] or "", figure["text"] or ""
    before, found, after = whole.partition(written)
    once = written and found and written not in after
    marked = f"{text(before)}<mark>{text(found)}</mark>{text(after)}" if once else text(whole)
    heads = f"{text(figure['heads'])}{typography.HARD_SPACE}: " if figure["heads"] else ""
    return f'<span class="sentence" lang="{FRENCH}">{heads}{marked}</span>'


def _values(figure: Row) -> str:
    """What was published and what it was confronted with."""
    published = f"{escape(tr('Publié'))} <strong>{text(words.value(figure))}</strong>"
    found = words.confronted(figure)
    other = (
        f"{escape(tr('confronté à'))} <strong>{text(found)}</strong>"
        if found
        else escape(tr("aucun nombre à lui comparer"))
    )
    return f"{published}, {other}"


def _earlier(other: Row) -> str:
    """The figure of another source that cannot hold beside this one."""
    told = tr("Contre {value} ({date}), note de lecture {source}").format(
        value=said(other), date=when(other["as_of"]), source=other["source_id"]
    )
    return f'<p class="earlier">{text(told)}</p><blockquote lang="{FRENCH}">{text(other["sentence"])}</blockquote>'
