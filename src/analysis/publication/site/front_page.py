"""The first page of the site and its navigation, as Markdown for Sphinx (pure)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.publication.site import communes, map_page, search_box
from analysis.publication.site.cards import card_picture
from analysis.publication.site.counting import distinct, rows
from analysis.publication.site.download_files import PublishedFigure
from analysis.publication.site.guides import GUIDES
from analysis.publication.site.html import TITLE, image, raw
from analysis.publication.site.indexes import INDEXES, REGIONS, TERRITORIES, toctree
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.script_texts import MESSAGES, QUESTIONS, Message, Tables
from analysis.reports.reader import foreign
from analysis.sources.provenance import Source

REFERENCE: Final[Mapping[str, str]] = {
    "donnees": N_("Données"),
    "sources": N_("Sources"),
    "notes": N_("Notes de lecture"),
    "chiffres": N_("Registre des chiffres"),
    "calculs": N_("Nombres recomptés"),
    **GUIDES,
}
WAYS: Final[Mapping[str, str]] = {TERRITORIES: N_("Tous les territoires"), REGIONS: N_("Toutes les régions")}


# --- presentation ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entrance:
    """What the first page opens with: the search box (HTML) and the address of the atlas, if there are any."""

    search: str = ""
    atlas: str = ""


def index(
    tables: Mapping[str, pl.DataFrame],
    pages: Sequence[SitePage],
    cards: Sequence[tuple[SitePage, PublishedFigure]],
    known: Mapping[str, Source],
    entrance: Entrance = Entrance(),
) -> str:
    """The first page: what the atlas is, how to find a place, three figures, five questions, the dates of the data.

    `tables` are those of `messages.NEEDED` by name; `pages` the national notebooks.
    """
    shown = (_card(*one, tables, known, late=rank > 0) for rank, one in enumerate(cards))
    return "\n\n".join(
        (
            "---\nhtml_theme.sidebar_secondary.remove: true\n---",
            f"# {tr(TITLE)}",
            presentation(tables["core_claims"]),
            raw(_entrance(entrance)),
            f"## {tr('En trois figures')}",
            raw('<ul class="cards">\n' + "\n".join(shown) + "\n</ul>"),
            f"## {tr('Cinq questions')}",
            raw('<ol class="questions">\n' + "\n".join(_questions(tables, pages)) + "\n</ol>"),
            raw(_others(pages, [one for one, _ in cards])),
            f"## {tr('Les données et leurs dates')}",
            raw(dates(known, tables["core_claims"])),
            *(toctree(documents(entries), caption) for caption, entries in navigation(pages).items()),
        )
    )


def presentation(claims: pl.DataFrame) -> str:
    """What the programme is and what the atlas does, in one paragraph."""
    return tr(
        "Le programme Territoires d’industrie réunit des intercommunalités autour de projets industriels. Articles, "
        "communiqués et rapports n’en donnent pas les mêmes nombres. Ici, {figures} par {sources} se suivent chacun "
        "jusqu’à [la phrase qui le rapporte](notes.md) ; tous les autres sont recomptés sur les listes officielles "
        "([comment ?](methode.md))."
    ).format(
        figures=rows(claims, "core_claims", "claim_id", N_("chiffre publié"), N_("chiffres publiés")),
        sources=distinct(claims, "core_claims", "source_id", N_("source"), N_("sources")),
    )


def _entrance(entrance: Entrance) -> str:
    """Ways in: the search box, the interactive atlas, the indexes."""
    atlas = f'<a class="way-atlas" href="{escape(entrance.atlas)}">{escape(tr("Ouvrir l’atlas interactif"))}</a>'
    indexes = (f'<a href="{stem}.html">{escape(tr(title))}</a>' for stem, title in WAYS.items())
    ways = "\n".join((*([atlas] if entrance.atlas else []), *indexes))
    search = f"{entrance.search}\n" if entrance.search else ""
    return f'<div class="entrance">\n{search}<p class="ways">\n{ways}\n</p>\n</div>'


def _card(page: SitePage, figure: PublishedFigure, tables: Tables, known: Mapping[str, Source], *, late: bool) -> str:
    """A figure with its message, who says it and when, and the way to its page: its title."""
    shown = image(card_picture(figure.name), page.pictures[figure.name], figure.alt, late=late)
    title = f'<h3><a href="{page.stem}.html">{escape(page.title)}</a></h3>'
    found = MESSAGES[figure.name](tables, known) or Message(escape(figure.title), tr("Sources"), "sources.html")
    source = f'<a href="{escape(found.address)}">{escape(found.dated)}</a>'
    return (
        f'<li class="card-figure"><span class="picture">{shown}</span>\n{title}\n'
        f'<p class="message">{found.sentence}</p>\n<p class="card-source">{source}</p></li>'
    )


def _questions(tables: Tables, pages: Sequence[SitePage]) -> Iterator[str]:
    """Each question with its answer in short; one whose notebook was not run is left out."""
    there = {*INDEXES, *(page.stem for page in pages)}
    for one in QUESTIONS:
        if one.stem in there:
            yield f'<li><a href="{one.stem}.html">{escape(tr(one.text))}</a><p>{one.answer(tables)}</p></li>'


def _others(pages: Sequence[SitePage], shown: Sequence[SitePage]) -> str:
    """Links to the national pages that neither a figure nor a question leads to."""
    led = {*(one.stem for one in QUESTIONS), *(one.stem for one in shown)}
    links = [f'<a href="{one.stem}.html">{escape(one.title)}</a>' for one in pages if one.stem not in led]
    return f'<p class="others">{escape(tr("Et aussi :"))} {" · ".join(links)}</p>' if links else ""


def dates(known: Mapping[str, Source], claims: pl.DataFrame) -> str:
    """The date of every dataset, and between which dates the documents were published."""
    datasets = [one for one in known.values() if one.kind == "dataset"]
    quoted = set(claims.get_column("source_id"))
    read = sorted(one.published for one in known.values() if one.id in quoted and one.published)
    items = [f"<li>{_dated(one)}</li>" for one in datasets]
    if read:
        count = distinct(claims, "core_claims", "source_id", N_("document lu"), N_("documents lus"))
        link = f'<a href="sources.html">{escape(tr("toutes les sources"))}</a>'
        told = tr("{documents}, publiés du {first} au {last} : {link}")
        span = {"first": typography.date(read[0]), "last": typography.date(read[-1])}
        items.append(f"<li>{told.format(documents=count, link=link, **span)}</li>")
    return '<ul class="dates">\n' + "\n".join(items) + "\n</ul>"


def _dated(source: Source) -> str:
    undated = tr("sans date de publication")
    date = f"<strong>{typography.date(source.published)}</strong>" if source.published else undated
    text = foreign(f"{escape(source.producer)}, {escape(source.title)}")
    link = f'<a href="sources.html#source-{escape(source.id)}">{text}</a>'
    told = tr("{source} : {date} (consulté en {accessed})")
    return told.format(source=link, date=date, accessed=typography.date(source.accessed))


def navigation(pages: Sequence[SitePage]) -> dict[str, dict[str, str]]:
    """What the side bar lists, by caption: stem and title of the national notebooks, of the indexes, of the rest."""
    return {
        tr("Questions"): {page.stem: page.title for page in pages},
        tr("Lieux"): {
            map_page.NAME: map_page.title(),
            **{stem: tr(title) for stem, (title, _) in INDEXES.items()},
            search_box.INDEX: communes.title(),
        },
        tr("Références"): {stem: tr(title) for stem, title in REFERENCE.items()},
    }


def documents(entries: Iterable[str]) -> list[str]:
    """The pages of the navigation that Sphinx reads: those it only frames can stand in no table of contents."""
    return [one for one in entries if one not in (map_page.NAME, search_box.INDEX)]
