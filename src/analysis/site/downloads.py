"""The pages of downloads: national files with their sizes, and a compact index of the reports' files (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from analysis import style
from analysis.schema import Field, Table
from analysis.site.html import FILES, FORMATS, file_link, plain, raw, scrollable
from analysis.site.indexes import FILES_PAGE, anchor, link, region_files, toctree
from analysis.site.notebooks import SitePage
from analysis.site.places import Place, Places

SHORT = {"svg": "SVG", "png": "PNG", "csv": "CSV"}  # formats of a figure in the compact index


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


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """What readers can download: tables, figures, notebooks with their size, workbooks.

    `books` are the national workbook and its sources with their sizes; `regions` has the same of each région.
    """

    tables: Sequence[PublishedTable]
    figures: Sequence[PublishedFigure]
    notebooks: Sequence[tuple[SitePage, int]]
    books: Mapping[str, int]
    regions: Mapping[str, Mapping[str, int]]


def downloads(files: PublishedFiles, known: Places) -> str:
    """Every national table, figure and executed notebook with formats and sizes, and the way to the reports' files."""
    national = [(page, size) for page, size in files.notebooks if page.stem not in known.by_stem]
    reports = [page for page, _ in files.notebooks if page.stem in known.by_stem]
    shown = {name for page in reports for name in page.pictures}
    figures = [one for one in files.figures if one.name not in shown]
    return "\n\n".join(
        (
            "# Données et téléchargements",
            "Tables et figures sont reconstruites à chaque exécution à partir des [sources](sources.md).",
            "## Tables",
            raw(f"<p>Toutes les tables en un classeur, et leurs sources : {_books(files.books)}</p>"),
            *(part for one in files.tables for part in (f"### {one.table.title}", raw(_table_entry(one)))),
            *_of_regions(files.regions, known),
            "## Figures",
            raw('<ul class="files">\n' + "\n".join(map(_figure_entry, figures)) + "\n</ul>"),
            "## Notebooks exécutés",
            raw('<ul class="files">\n' + "\n".join(_notebook_entry(*one) for one in national) + "\n</ul>"),
            *_to_reports(reports, known),
        )
    )


def _books(books: Mapping[str, int]) -> str:
    return " · ".join(file_link("tables", name, size, name.split(".")[-1].upper()) for name, size in books.items())


def _of_regions(regions: Mapping[str, Mapping[str, int]], known: Places) -> tuple[str, ...]:
    entries = [
        f"<li>{link(one, one.name)} : {file_link('tables', f'regions/{code}/{name}', size, 'XLSX')}</li>"
        for one in known.regions
        for code, sizes in regions.items()
        for name, size in sizes.items()
        if code == one.region_code and name.endswith(".xlsx")
    ]
    lead = "Territoires, membres, communes, couverture et chiffres publiés de chaque région."
    return ("## Classeurs des régions", lead, raw('<ul class="names">\n' + "\n".join(entries) + "\n</ul>"))


def _to_reports(reports: Sequence[SitePage], known: Places) -> tuple[str, ...]:
    sheets = sum(1 for page in reports if known.by_stem[page.stem].phase)
    counts = [style.counted(len(reports) - sheets, "rapport régional", "rapports régionaux")]
    counts += [style.counted(sheets, "fiche") + " de territoire"]
    text = (
        f"Figures et notebooks de {style.listed(counts)}, tables des régions en CSV : "
        f"[tous leurs fichiers]({FILES_PAGE}.md)."
    )
    return ("## Rapports et fiches", text, toctree([FILES_PAGE]))


def report_files(files: PublishedFiles, known: Places) -> str:
    """The compact index by région: its tables, then figures and notebook of each report."""
    pages = {page.stem: page for page, _ in files.notebooks}
    published = {one.name: one for one in files.figures}
    parts = ["# Fichiers des régions et des territoires", "Chaque rapport et chaque fiche donne aussi les siens."]
    for region in known.regions:
        data = region_files(region.region_code, files.regions.get(region.region_code, {}))
        reports = [one for one in (region, *known.of_region(region.region_code)) if one.stem in pages]
        rows = "\n".join(_report_row(one, pages[one.stem], published) for one in reports)
        blocks = [f"<p>Données : {data}</p>"] if data else []
        blocks += [_table(f"Fichiers : {region.name}", ("Page", "Figures", "Notebook"), rows)] if rows else []
        if blocks:
            parts += [f"({anchor(region.region_code)}-fichiers)=\n## {plain(region.name)}", raw("\n".join(blocks))]
    return "\n\n".join(parts)


def _report_row(place: Place, page: SitePage, published: Mapping[str, PublishedFigure]) -> str:
    figures = "<br>".join(_figure_files(published[name]) for name in page.pictures if name in published)
    notebook = f'<a href="{FILES}/notebooks/{page.stem}.ipynb" download>IPYNB</a>'
    return f"<tr><td>{link(place, place.title)}</td><td>{figures}</td><td>{notebook}</td></tr>"


def _figure_files(one: PublishedFigure) -> str:
    address = f"{FILES}/figures/{escape(one.name)}"
    files = " ".join(f'<a href="{address}.{end}" download>{label}</a>' for end, label in SHORT.items())
    return f"{escape(one.title)} : {files}"


# --- entries -----------------------------------------------------------------------------------------------


def _table_entry(one: PublishedTable) -> str:
    name = one.table.name
    geometry = f" (GeoParquet, WGS{style.HARD_SPACE}84)" if one.table.geometry else ""
    labels = {"csv": "CSV", "parquet": f"Parquet{geometry}"}
    files = " · ".join(file_link("tables", f"{name}.{end}", one.sizes[end], labels[end]) for end in one.sizes)
    columns = "\n".join(map(_column, one.table.fields))
    table = _table(f"Colonnes de {name}", ("Colonne", "Contenu", "Unité"), columns)
    return (
        f"<p><code>{name}</code>, {style.counted(one.rows, 'ligne')} : {files}</p>\n"
        f'<details class="columns"><summary>Colonnes</summary>\n{table}\n</details>'
    )


def _table(caption: str, headings: Iterable[str], rows: str) -> str:
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    return scrollable(
        f'<table class="atlas-table">\n<caption>{escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _column(one: Field) -> str:
    unit = style.UNITS.get(one.unit, one.unit) if one.unit else ""
    return f"<tr><td><code>{escape(one.name)}</code></td><td>{escape(one.title)}</td><td>{escape(unit)}</td></tr>"


def _figure_entry(one: PublishedFigure) -> str:
    files = " · ".join(file_link("figures", f"{one.name}.{end}", one.sizes[end], FORMATS[end]) for end in FORMATS)
    return f"<li>{escape(one.title)}<br>{files}</li>"


def _notebook_entry(page: SitePage, size: int) -> str:
    return f"<li>{escape(page.title)}<br>{file_link('notebooks', f'{page.stem}.ipynb', size, 'IPYNB')}</li>"
