"""The ledger of published figures as a page: each figure with its sentence, its source and its verdict (pure)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any, Final

import polars as pl

from analysis import ledger
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, N_, tr
from analysis.i18n.periods import when
from analysis.ledger.agreement import limits
from analysis.ledger.checks import SIGNS
from analysis.publication.site import reading_notes as site_notes
from analysis.publication.site.html import plain, raw
from analysis.publication.site.marks import CLAIMS_PAGE
from analysis.sources.provenance import Source

TITLE: Final = N_("Le registre des chiffres")
LEAD: Final = N_(
    "Chaque chiffre publié qu’une note de lecture rapporte : la phrase, la source, et ce que les listes officielles, "
    "le calcul ou les autres sources en disent."
)
PRECISION: Final[Mapping[str, str]] = {
    "exact": N_("énoncé sans réserve"),
    "approximately": N_("« environ » : à un cinquième près, dans les deux sens"),
    "nearly": N_("« près de » : approché par en dessous"),
    "more_than": N_("« plus de » : la valeur est une borne basse, exclue"),
    "less_than": N_("« moins de » : la valeur est une borne haute, exclue"),
    "at_least": N_("« au moins » : la valeur est une borne basse"),
    "at_most": N_("« au plus » : la valeur est une borne haute"),
    "between": N_("un intervalle"),
}
NOT_MEASURED: Final = ("date", "rank", "year")  # units whose numbers are not rounded


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure as readers see it; its sentence and the title of its source stay French."""

    claim_id: str
    said: str
    concept: str
    place: str
    phase: str
    date: str
    precision: str
    sentence: str
    span: tuple[int, int]
    source: Source
    verdict: str
    verdict_label: str
    rule: str
    reason: str
    computed: str

    @property
    def note(self) -> str:
        """Address of its sentence on the page of notes."""
        return f"notes.html#{self.claim_id}"

    @property
    def about(self) -> str:
        """What is counted, where, in which phase, when."""
        return " · ".join(filter(None, (self.concept, self.place, self.phase, self.date)))


def figures(
    judged: pl.DataFrame, claims: pl.DataFrame, sources: Mapping[str, Source], concepts: Sequence[str]
) -> list[Figure]:
    """The rows of the readable ledger as readers see them, by concept in the order of `concepts`, then by date.

    `claims` is core_claims, which knows the place of the figure in its sentence.
    """
    spans = {name: (start, end) for name, start, end in claims.select("claim_id", "start", "end").iter_rows()}
    order = {name: rank for rank, name in enumerate(concepts)}
    rows = sorted(
        judged.iter_rows(named=True),
        key=lambda row: (order.get(row["concept"], len(order)), row["published"], row["claim_id"]),
    )
    return [_figure(row, spans[row["claim_id"]], sources[row["source_id"]]) for row in rows]


def _figure(row: Mapping[str, Any], span: tuple[int, int], source: Source) -> Figure:
    return Figure(
        claim_id=row["claim_id"],
        said=row["said"],
        concept=row["concept_label"],
        place=typography.shown(row["place"]),
        phase=typography.phase_name(row["phase"]) if row["phase"] else "",
        date=when(row["as_of"]),
        precision=precision(row),
        sentence=row["sentence"],
        span=span,
        source=source,
        verdict=row["verdict"],
        verdict_label=row["verdict_label"],
        rule=row["rule"],
        reason=typography.spaced(row["reason"]),
        computed=row["computed"] or "",
    )


def precision(claim: Mapping[str, Any]) -> str:
    """How precise a figure is, in words, with the values that it lets through when rounding or hedge allow several."""
    words = tr(PRECISION[claim["qualifier"]])
    low, high, _ = limits(claim)
    if claim["unit"] in NOT_MEASURED or math.inf in (high, -low) or high - low <= (0 if claim["unit"] == "%" else 1):
        return typography.spaced(words)
    written = (ledger.said({**claim, "qualifier": "exact", "value_low": one, "value_high": one}) for one in (low, high))
    return typography.spaced(
        tr("{hedge} ; admet de {low} à {high}").format(hedge=words, low=next(written), high=next(written))
    )


# --- the page ----------------------------------------------------------------------------------------------


def page(found: Sequence[Figure]) -> str:
    """The ledger: a table of contents, then every figure under what it counts; anchors are the figures' ids."""
    groups = [(concept, list(some)) for concept, some in groupby(found, key=lambda one: one.concept)]
    counts = "\n".join(
        f'<li><a href="#{_anchor(rank)}">{escape(concept)}</a> <small>({len(some)})</small></li>'
        for rank, (concept, some) in enumerate(groups)
    )
    contents = f'<ul class="names contents" data-origin="out_ledger">\n{counts}\n</ul>'
    parts = [f"# {tr(TITLE)}", typography.spaced(tr(LEAD)), raw(f"{_legend(found)}\n{contents}")]
    for rank, (concept, some) in enumerate(groups):
        parts.append(f"({_anchor(rank)})=\n## {plain(concept)}")
        parts.append(raw("\n".join(map(_entry, some))))
    return "\n\n".join(parts)


def _anchor(rank: int) -> str:
    return f"concept-{rank + 1}"


def _legend(found: Sequence[Figure]) -> str:
    """How many figures have each verdict."""
    labels = {one.verdict: one.verdict_label for one in found}
    items = (
        f"<li>{_verdict(name, labels[name])} {sum(one.verdict == name for one in found)}</li>"
        for name in SIGNS
        if name in labels
    )
    return f'<ul class="verdicts" data-origin="out_ledger">\n{"".join(items)}\n</ul>'


def _verdict(name: str, label: str) -> str:
    return f'<span class="verdict {name}"><span aria-hidden="true">{SIGNS[name]}</span> {escape(label)}</span>'


def _entry(one: Figure) -> str:
    rows = "\n".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in _facts(one) if text)
    start, end = one.span
    sentence = site_notes.marked(one.sentence, [{"start": start, "end": end}])
    about = " · ".join(filter(None, (one.place, one.phase, one.date)))
    link = f'<a class="permalink" href="#{escape(one.claim_id)}" aria-label="{escape(_durable(one))}">#</a>'
    return (
        f'<article class="ledger-entry" id="{escape(one.claim_id)}" data-claim="{escape(one.claim_id)}">\n'
        f"<h3>{escape(one.said)} {_verdict(one.verdict, one.verdict_label)} {link}</h3>\n"
        f"<p>{escape(about)}</p>\n"
        f'<blockquote lang="{FRENCH}"><p><a href="{escape(one.note)}">{sentence}</a></p></blockquote>\n'
        f"<dl>\n{rows}\n</dl>\n</article>"
    )


def _durable(one: Figure) -> str:
    return tr("Adresse durable de ce chiffre : {figure}").format(figure=one.said)


def _facts(one: Figure) -> Iterator[tuple[str, str]]:
    """Names and values of the list under a figure, as HTML."""
    yield tr("Source"), source_html(one.source)
    yield tr("Précision"), escape(one.precision)
    yield tr("Raison du verdict"), escape(one.reason)
    yield tr("Confronté à"), escape(one.computed)
    yield tr("Règle"), f"<code>{escape(one.rule)}</code>"


def source_html(source: Source) -> str:
    """Producer, title (French) and date of a source, with a link to it here and to the document itself."""
    title = f'<a href="sources.html#source-{escape(source.id)}"><span lang="{FRENCH}">{escape(source.title)}</span></a>'
    date = f", {typography.date(source.published)}" if source.published else ""
    link = f' · <a href="{escape(source.url)}" rel="external">{tr("document")}</a>' if source.url else ""
    return f"{escape(source.producer)}, {title}{date}{link}"


__all__ = ["CLAIMS_PAGE", "TITLE", "Figure", "figures", "page", "precision", "source_html"]
