"""The pages of sources and of reading notes, as Markdown for Sphinx (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, N_, language, tr
from analysis.i18n.typography import shown
from analysis.publication.site.html import plain, raw
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.reader import foreign
from analysis.sources.corrections import Correction
from analysis.sources.notes import Note
from analysis.sources.provenance import Source

FRENCH_TEXT = ' lang="fr"'  # sentences of notes are French in every edition
KINDS: Mapping[str, str] = {
    "dataset": N_("Listes officielles et données de référence"),
    "report": N_("Rapports"),
    "press_release": N_("Communiqués"),
    "article": N_("Articles"),
}


def sources(
    known: Mapping[str, Source], claims: pl.DataFrame, noted: Iterable[str], fixes: Sequence[Correction] = ()
) -> str:
    """Every source with producer, title, date, licence, link, and how many figures its note gives.

    `fixes` are the corrections of the lists, each shown with what the list has and why it is corrected.
    """
    counts = {str(name): int(count) for name, count in claims.group_by("source_id").len().iter_rows()}
    notes = set(noted)
    parts = [f"# {tr('Sources')}", tr("D’où viennent les listes, les contours et chaque chiffre publié.")]
    for kind, heading in KINDS.items():
        entries = [one for one in known.values() if one.kind == kind]
        if entries:
            listed = "\n".join(_source(one, counts.get(one.id, 0), one.id in notes) for one in entries)
            parts += [f"## {tr(heading)}", raw(f'<ul class="sources">\n{listed}\n</ul>')]
    if fixes:
        lead = tr("Les listes sont montrées telles qu’elles sont publiées, à ces corrections près.")
        listed = "\n".join(f"<li>{_correction(one)}</li>" for one in fixes)
        parts += [f"## {tr('Corrections des listes')}", lead, raw(f"<ul>\n{listed}\n</ul>")]
    return "\n\n".join(parts)


def _correction(one: Correction) -> str:
    new, old = (foreign(escape(typography.typographic(str(text)))) for text in (one.new, one.old))
    told = typography.spaced(tr("{new}, dans la liste « {old} »."))
    return f"{told.format(new=new, old=old)} {foreign(escape(typography.spaced(one.reason)))}"


def _source(one: Source, count: int, noted: bool) -> str:
    title = foreign(escape(one.title))
    link = f'<a href="{escape(one.url)}" rel="external">{title}</a>' if one.url else title
    date = typography.date(one.published) if one.published else tr("sans date de publication")
    figures = typography.counted(count, "chiffre repris", "chiffres repris")
    figures = counted(figures, "core_claims", "claim_id", source_id=one.id) if count else figures
    read = tr("consulté en {date}").format(date=typography.date(one.accessed))
    note = f' · {figures} (<a href="notes.html#{anchor(one.id)}">{tr("note de lecture")}</a>)' if noted else ""
    return (
        f'<li id="source-{escape(one.id)}"><strong>{foreign(escape(one.producer))}</strong>, {link}<br>\n'
        f"{date} · {read}{note}<br>\n"
        f"{tr('Licence : {licence}').format(licence=_licence(one))}</li>"
    )


def _licence(one: Source) -> str:
    name, place = foreign(escape(one.licence.name)), one.licence.stated_at
    if place.startswith("https://"):
        return f'<a href="{escape(place)}" rel="license">{name}</a>'
    return f"{name} – {foreign(escape(place))}" if "/" not in place else name


def notes(read: Iterable[Note], known: Mapping[str, Source], claims: pl.DataFrame) -> str:
    """The sentences of every note, oldest source first; each figure has the anchor of its claim."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for claim in claims.sort("claim_id").iter_rows(named=True):
        found.setdefault((claim["source_id"], claim["sentence"]), []).append(claim)
    ordered = sorted(read, key=lambda note: (note.published, note.source_id))
    sections = [part for note in ordered for part in _note(note, known[note.source_id], found)]
    lead = tr(
        "Une phrase par chiffre, dans nos mots : aucune n’est une citation. Le chiffre relevé est en gras ; "
        "le signe # donne une adresse durable à chacun."
    )
    return "\n\n".join((f"# {tr('Notes de lecture')}", lead, *sections))


def _note(note: Note, source: Source, found: Mapping[tuple[str, str], list[dict[str, Any]]]) -> list[str]:
    date = f" ({typography.date(source.published)})" if source.published else ""
    lines = [_sentence(one.text, found.get((note.source_id, one.text), [])) for one in note.sentences]
    link = f'<p><a href="sources.html#source-{note.source_id}">{foreign(escape(source.title))}</a></p>'
    opening = f'<ul class="sentences"{FRENCH_TEXT if language() != FRENCH else ""}>'
    heading = f"({anchor(note.source_id)})=\n## {plain(source.producer)}{date}"
    return [heading, raw("\n".join((link, opening, *lines, "</ul>")))]


def links(claims: pl.DataFrame, noted: Iterable[str]) -> dict[str, str]:
    """Where sentences and sources stand on this page, by the text that tables show of them."""
    sentences = {shown(one["sentence"]): f"notes.html#{one['claim_id']}" for one in claims.iter_rows(named=True)}
    return sentences | {one: f"notes.html#{anchor(one)}" for one in noted}


def anchor(source_id: str) -> str:
    """Anchor of a source's note; Sphinx allows no dot in it."""
    return "note-" + source_id.replace(".", "-")


def _sentence(text: str, claims: list[dict[str, Any]]) -> str:
    if not claims:
        return f"<li>{escape(text)}</li>"
    first, *others = (str(claim["claim_id"]) for claim in claims)
    more = "".join(f'<span id="{escape(one)}"></span>' for one in others)
    mark = f'<a class="permalink" href="#{escape(first)}" aria-label="{tr("Adresse de ce chiffre")}">#</a>'
    return f'<li id="{escape(first)}">{more}{marked(text, claims)} {mark}</li>'


def marked(text: str, claims: Iterable[Mapping[str, Any]]) -> str:
    """The sentence as HTML with the figure of each claim in bold, and marked where the claim says its `claim_id`."""
    html, last = "", 0
    for start, end, claim_id in sorted({(one["start"], one["end"], one.get("claim_id", "")) for one in claims}):
        if start >= last:
            figure = claimed(text[start:end], claim_id) if claim_id else escape(text[start:end])
            html += f"{escape(text[last:start])}<strong>{figure}</strong>"
            last = end
    return html + escape(text[last:])
