"""The site's own pages, as Markdown for Sphinx: presentation and downloads (pure)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from analysis import style
from analysis.schema import Field, Table
from analysis.site.html import FORMATS, file_link, image, raw, scrollable
from analysis.site.notebooks import SitePage
from analysis.sources import Source, french_date

TITLE = "Territoires d’industrie, atlas reproductible"
FIRST_SENTENCE = re.compile(r".+?[.?!…](?=\s|$)", re.DOTALL)
REFERENCE: Mapping[str, str] = {"donnees": "Données", "sources": "Sources", "notes": "Notes de lecture"}


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure's files: stem, title, alternative text, and the size of each format in bytes."""

    name: str
    title: str
    alt: str
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table's files, with the size of each format in bytes, and how many rows it has."""

    table: Table
    rows: int
    sizes: Mapping[str, int]


# --- presentation ------------------------------------------------------------------------------------------


def index(
    coverage: pl.DataFrame,
    claims: pl.DataFrame,
    pages: Sequence[SitePage],
    cards: Sequence[tuple[SitePage, PublishedFigure]],
    known: Mapping[str, Source],
) -> str:
    """The first page: what the atlas is, three figures, the questions, the dates of the data."""
    return "\n\n".join(
        (
            "---\nhtml_theme.sidebar_secondary.remove: true\n---",
            f"# {TITLE}",
            presentation(coverage, claims),
            raw('<ul class="cards">\n' + "\n".join(_card(*one) for one in cards) + "\n</ul>"),
            "## Les questions",
            raw('<ul class="questions">\n' + "\n".join(map(_question, pages)) + "\n</ul>"),
            "## Les données et leurs dates",
            raw(dates(known)),
            _contents("Questions", {page.stem: None for page in pages}),
            _contents("Références", REFERENCE),
        )
    )


def presentation(coverage: pl.DataFrame, claims: pl.DataFrame) -> str:
    """One paragraph whose every number is counted in the tables."""
    first, second = (coverage.filter(region_code="FR", phase=phase).row(0, named=True) for phase in (1, 2))
    return (
        "Le programme Territoires d’industrie réunit des intercommunalités autour de projets industriels : "
        f"**{style.counted(first['territory_count'], 'territoire')}** en {style.PHASE_NAMES[1]}, "
        f"**{style.number(second['territory_count'])}** en {style.PHASE_NAMES[2]}, soit "
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
        span = f"du {french_date(read[0])} au {french_date(read[-1])}"
        what = style.counted(len(read), "document lu", "documents lus")
        items.append(f'<li><a href="sources.html">{what}</a>, publiés {span}</li>')
    return '<ul class="dates">\n' + "\n".join(items) + "\n</ul>"


def _dated(source: Source) -> str:
    date = f"<strong>{french_date(source.published)}</strong>" if source.published else "sans date de publication"
    text = f"{escape(source.producer)}, {escape(source.title)}"
    link = f'<a href="sources.html#source-{escape(source.id)}">{text}</a>'
    return f"{link} : {date} (consulté en {french_date(source.accessed)})"


def _contents(caption: str, entries: Mapping[str, str | None]) -> str:
    lines = [f"{title} <{name}>" if title else name for name, title in entries.items()]
    return f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(lines) + "\n```"


# --- downloads ---------------------------------------------------------------------------------------------


def downloads(
    tables: Iterable[PublishedTable],
    figures: Iterable[PublishedFigure],
    notebooks: Iterable[tuple[SitePage, int]],
    workbook: tuple[str, int],
) -> str:
    """Every table, figure and executed notebook, with its formats and sizes."""
    return "\n\n".join(
        (
            "# Données et téléchargements",
            "Tables et figures sont reconstruites à chaque exécution à partir des [sources](sources.md).",
            "## Tables",
            raw(f"<p>Toutes les tables en un classeur : {file_link('tables', *workbook, 'XLSX')}</p>"),
            *(part for one in tables for part in (f"### {one.table.title}", raw(_table_entry(one)))),
            "## Figures",
            raw('<ul class="files">\n' + "\n".join(map(_figure_entry, figures)) + "\n</ul>"),
            "## Notebooks exécutés",
            raw('<ul class="files">\n' + "\n".join(_notebook_entry(*one) for one in notebooks) + "\n</ul>"),
        )
    )


def _table_entry(one: PublishedTable) -> str:
    name = one.table.name
    geometry = f" (GeoParquet, WGS{style.HARD_SPACE}84)" if one.table.geometry else ""
    labels = {"csv": "CSV", "parquet": f"Parquet{geometry}"}
    files = " · ".join(file_link("tables", f"{name}.{end}", one.sizes[end], labels[end]) for end in one.sizes)
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in ("Colonne", "Contenu", "Unité"))
    columns = "\n".join(map(_column, one.table.fields))
    table = (
        f'<table class="atlas-table">\n<caption>Colonnes de {name}</caption>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{columns}\n</tbody>\n</table>"
    )
    return (
        f"<p><code>{name}</code>, {style.counted(one.rows, 'ligne')} : {files}</p>\n"
        f'<details class="columns"><summary>Colonnes</summary>\n{scrollable(table)}\n</details>'
    )


def _column(one: Field) -> str:
    unit = style.UNITS.get(one.unit, one.unit) if one.unit else ""
    return f"<tr><td><code>{escape(one.name)}</code></td><td>{escape(one.title)}</td><td>{escape(unit)}</td></tr>"


def _figure_entry(one: PublishedFigure) -> str:
    files = " · ".join(file_link("figures", f"{one.name}.{end}", one.sizes[end], FORMATS[end]) for end in FORMATS)
    return f"<li>{escape(one.title)}<br>{files}</li>"


def _notebook_entry(page: SitePage, size: int) -> str:
    return f"<li>{escape(page.title)}<br>{file_link('notebooks', f'{page.stem}.ipynb', size, 'IPYNB')}</li>"
