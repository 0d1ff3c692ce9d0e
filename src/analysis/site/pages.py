"""The first page of the site and its navigation, as Markdown for Sphinx (pure)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

import polars as pl

from analysis import style
from analysis.site import atlas, communes, find
from analysis.site.downloads import PublishedFigure
from analysis.site.html import image, raw
from analysis.site.indexes import INDEXES, toctree
from analysis.site.notebooks import SitePage
from analysis.sources import Source

TITLE = "Territoires d’industrie, atlas reproductible"
FIRST_SENTENCE = re.compile(r".+?[.?!…](?=\s|$)", re.DOTALL)
REFERENCE: Mapping[str, str] = {"donnees": "Données", "sources": "Sources", "notes": "Notes de lecture"}


# --- presentation ------------------------------------------------------------------------------------------


def index(
    coverage: pl.DataFrame,
    claims: pl.DataFrame,
    pages: Sequence[SitePage],
    cards: Sequence[tuple[SitePage, PublishedFigure]],
    known: Mapping[str, Source],
) -> str:
    """The first page: what the atlas is, three figures, the questions, the dates of the data.

    `pages` are the national notebooks; the indexes stand for all others.
    """
    return "\n\n".join(
        (
            "---\nhtml_theme.sidebar_secondary.remove: true\n---",
            f"# {TITLE}",
            presentation(coverage, claims),
            raw('<ul class="cards">\n' + "\n".join(_card(*one) for one in cards) + "\n</ul>"),
            "## Les questions",
            raw('<ul class="questions">\n' + "\n".join((*map(_question, pages), *_indexes())) + "\n</ul>"),
            "## Les données et leurs dates",
            raw(dates(known)),
            *(toctree(documents(entries), caption) for caption, entries in navigation(pages).items()),
        )
    )


def presentation(coverage: pl.DataFrame, claims: pl.DataFrame) -> str:
    """One paragraph whose every number is counted in the tables."""
    first, second = (coverage.filter(region_code="FR", phase=phase).row(0, named=True) for phase in (1, 2))
    return (
        "Le programme Territoires d’industrie réunit des intercommunalités autour de projets industriels : "
        f"**{style.counted(first['territory_count'], 'territoire')}** en {style.phase_name(1)}, "
        f"**{style.number(second['territory_count'])}** en {style.phase_name(2)}, soit "
        f"{style.percent(first['population_share_pct'])} puis {style.percent(second['population_share_pct'])} "
        "de la population. Articles, communiqués et rapports donnent souvent d’autres nombres. Ici, "
        f"{style.counted(claims.height, 'chiffre publié', 'chiffres publiés')} par "
        f"{style.counted(claims['source_id'].n_unique(), 'source')} se suivent chacun jusqu’à "
        "[la phrase qui le rapporte](notes.md) ; tous les autres sont recomptés sur les listes officielles."
    )


def _card(page: SitePage, figure: PublishedFigure) -> str:
    shown = image(figure.name, page.pictures[figure.name], figure.alt)
    title = f'<a href="{page.stem}.html">{escape(figure.title)}</a>'
    return f'<li class="card-figure"><span class="picture">{shown}</span><p>{title}</p></li>'


def _question(page: SitePage) -> str:
    found = FIRST_SENTENCE.match(page.lead)
    lead = f"<p>{escape(re.sub('[*`]', '', found[0]))}</p>" if found else ""
    return f'<li><a href="{page.stem}.html">{escape(page.title)}</a>{lead}</li>'


def dates(known: Mapping[str, Source]) -> str:
    """The date of every dataset, and between which dates the documents were published."""
    datasets = [one for one in known.values() if one.kind == "dataset"]
    read = sorted(one.published for one in known.values() if one.kind != "dataset" and one.published)
    items = [f"<li>{_dated(one)}</li>" for one in datasets]
    if read:
        span = f"du {style.date(read[0])} au {style.date(read[-1])}"
        what = style.counted(len(read), "document lu", "documents lus")
        items.append(f'<li><a href="sources.html">{what}</a>, publiés {span}</li>')
    return '<ul class="dates">\n' + "\n".join(items) + "\n</ul>"


def _dated(source: Source) -> str:
    date = f"<strong>{style.date(source.published)}</strong>" if source.published else "sans date de publication"
    text = f"{escape(source.producer)}, {escape(source.title)}"
    link = f'<a href="sources.html#source-{escape(source.id)}">{text}</a>'
    return f"{link} : {date} (consulté en {style.date(source.accessed)})"


def _indexes() -> Iterator[str]:
    for stem, (title, lead) in INDEXES.items():
        yield f'<li><a href="{stem}.html">{escape(title)}</a><p>{escape(lead)}</p></li>'


def navigation(pages: Sequence[SitePage]) -> dict[str, dict[str, str]]:
    """What the side bar lists, by caption: stem and title of the national notebooks, of the indexes, of the rest."""
    return {
        "Questions": {page.stem: page.title for page in pages},
        "Lieux": {
            atlas.NAME: atlas.title(),
            **{stem: title for stem, (title, _) in INDEXES.items()},
            find.INDEX: communes.title(),
        },
        "Références": dict(REFERENCE),
    }


def documents(entries: Iterable[str]) -> list[str]:
    """The pages of the navigation that Sphinx reads: those it only frames can stand in no table of contents."""
    return [one for one in entries if one not in (atlas.NAME, find.INDEX)]
