"""The pages of downloads: national files with their sizes, and a compact index of the reports' files (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.publication.downloads import citation
from analysis.publication.site import context_entries, edition_entries
from analysis.publication.site.context_entries import Declared
from analysis.publication.site.counting import derived
from analysis.publication.site.download_entries import anchor as table_anchor
from analysis.publication.site.download_entries import entry, label
from analysis.publication.site.download_files import PublishedFigure, PublishedFiles, PublishedTable
from analysis.publication.site.html import FORMATS, address, file_link, plain, raw, scrollable
from analysis.publication.site.indexes import FILES_PAGE, LISTS, anchor, link, region_files, toctree
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.places import Place, Places
from analysis.publication.site.tables_read import tables_drawn
from analysis.reports.origin_marks import ORIGIN
from analysis.reports.reader import head_row, html_table
from analysis.tables import published

SHORT = {"svg": "SVG", "png": "PNG", "csv": "CSV"}  # formats of a figure in the compact index
# Sections of the page: anchor, title, what stands there.
SECTIONS: Sequence[tuple[str, str, str]] = (
    ("tables", N_("Tables"), N_("CSV, XLSX et Parquet, chacune avec ses colonnes")),
    ("editions", N_("Éditions des listes"), N_("chaque liste officielle, ses dates et ce qu’elle compte")),
    ("contexte", N_("Couches de contexte"), N_("emploi et autres programmes : colonnes, couverture, limites, licence")),
    (
        "couches",
        N_("Couches cartographiques"),
        N_("GeoParquet et GeoPackage : territoires, membres, communes"),
    ),
    ("figures", N_("Figures"), N_("SVG, PNG, et les données dessinées en CSV")),
    ("regions", N_("Régions et territoires"), N_("un classeur par région, et les fichiers de chaque fiche")),
    ("notebooks", N_("Notebooks exécutés"), N_("pour refaire les calculs")),
    ("metadonnees", N_("Métadonnées"), N_("Data Package, DCAT-AP, sources et licences")),
    ("citer", N_("Citer"), N_("la référence, avec la version des données")),
)
DESCRIBED: Mapping[str, str] = {
    "datapackage.json": N_("Data Package (Frictionless) : colonnes, types, clés, sources, licences et empreintes"),
    "catalog.jsonld": N_("catalogue DCAT-AP en JSON-LD, en français et en anglais"),
    "sources.csv": N_("les sources, une par ligne"),
}
REFERENCES: Mapping[str, str] = {
    "citation.bib": "BibTeX",
    "citation.ris": "RIS (Zotero, EndNote)",
    "citation.csl.json": "CSL-JSON",
}


def downloads(files: PublishedFiles, known: Places, declared: Declared, out_editions: pl.DataFrame) -> str:
    """Every national table, layer, figure and executed notebook with formats and sizes, and how to cite them; what is
    declared of each context layer and of each edition of the lists.
    """
    national = [(page, size) for page, size in files.notebooks if page.stem not in known.by_stem]
    reports = [page for page, _ in files.notebooks if page.stem in known.by_stem]
    shown = {name for page in reports for name in page.pictures}
    figures = [one for one in files.figures if one.name not in shown]
    parts: Mapping[str, Sequence[str]] = {
        "tables": _tables(files),
        "editions": edition_entries.entries(out_editions, declared.sources),
        "contexte": context_entries.entries(declared),
        "couches": _layers(files),
        "figures": (raw('<ul class="files">\n' + "\n".join(map(_figure_entry, figures)) + "\n</ul>"),),
        "regions": (*_of_regions(files.regions, known), *_to_reports(reports, known)),
        "notebooks": (raw('<ul class="files">\n' + "\n".join(_notebook_entry(*one) for one in national) + "\n</ul>"),),
        "metadonnees": _metadata(files),
        "citer": _citation(files),
    }
    made = tr("Tables, couches et figures sont reconstruites à chaque exécution à partir des [sources](sources.md).")
    version = tr("Version des données : {version}").format(version=f"`{files.cited.version}`")
    contents = "\n".join(f"- {_told(f'[{tr(title)}](#donnees-{name})', tr(held))}" for name, title, held in SECTIONS)
    sections = [part for name, title, _ in SECTIONS for part in (_heading(name, title), *parts[name])]
    return "\n\n".join((f"# {tr('Données et téléchargements')}", made, version, contents, *sections))


def _told(what: str, files: str) -> str:
    """What it is, then its files or content, with the colon of the language."""
    return tr("{what} : {files}").format(what=what, files=files)


def _heading(name: str, title: str) -> str:
    return f"(donnees-{name})=\n## {tr(title)}"


# --- sections ----------------------------------------------------------------------------------------------


def _tables(files: PublishedFiles) -> list[str]:
    """The tables in their groups, after the workbook of all of them."""
    by_name = {one.table.name: one for one in files.tables}
    together = tr("Toutes les tables en un classeur, sauf les communes : {files}").format(files=_books(files.books))
    parts = [raw(f"<p>{typography.spaced(together)}</p>")]
    for group, names in published().items():
        found = [by_name[name] for name in names if name in by_name]
        parts += [f"### {tr(group)}"] * bool(found) + [part for one in found for part in _described(one, "####")]
    return parts


def _layers(files: PublishedFiles) -> list[str]:
    """The layers, after the GeoPackage of most of them."""
    said = tr("Coordonnées en degrés (WGS 84, EPSG:4326). Les limites communes à deux unités sont les mêmes partout.")
    together = tr("Toutes les couches en un GeoPackage, sauf les communes : {files}")
    books = (
        [raw(f"<p>{typography.spaced(together.format(files=_books(files.together)))}</p>")] if files.together else []
    )
    return [said, *books, *(part for one in files.layers for part in _described(one, "###"))]


def _described(one: PublishedTable, level: str) -> tuple[str, str, str]:
    return raw(table_anchor(one.table)), f"{level} {plain(tr(one.table.title))}", raw(entry(one))


def _books(books: Mapping[str, int]) -> str:
    return " · ".join(file_link("tables", path, size, label(path)) for path, size in books.items())


def _of_regions(regions: Mapping[str, Mapping[str, int]], known: Places) -> tuple[str, ...]:
    entries = [
        f"<li>{_told(link(one, one.name), file_link('tables', f'regions/{code}/{name}', size, 'XLSX'))}</li>"
        for one in known.regions
        for code, sizes in regions.items()
        for name, size in sizes.items()
        if code == one.region_code and name.endswith(".xlsx")
    ]
    lead = tr("Territoires, membres, communes, couverture et chiffres publiés de chaque région.")
    return (lead, raw('<ul class="names">\n' + "\n".join(entries) + "\n</ul>"))


def _to_reports(reports: Sequence[SitePage], known: Places) -> tuple[str, ...]:
    sheets = sum(1 for page in reports if known.by_stem[page.stem].phase)
    text = tr("Figures et notebooks de {reports} et de {sheets}, tables des régions en CSV : {link}.").format(
        reports=derived(typography.counted(len(reports) - sheets, "rapport régional", "rapports régionaux"), LISTS),
        sheets=derived(typography.counted(sheets, "fiche de territoire", "fiches de territoire"), LISTS),
        link=f"[{tr('tous leurs fichiers')}]({FILES_PAGE}.md)",
    )
    return (text, toctree([FILES_PAGE]))


def _metadata(files: PublishedFiles) -> list[str]:
    """What describes the files to machines, and under which licences they are published."""
    rows = [
        f'<li id="{name.partition(".")[0]}">{file_link("tables", name, size, escape(name))}'
        f"<br>{escape(typography.spaced(tr(DESCRIBED[name])))}</li>"
        for name, size in (files.metadata or {}).items()
    ]
    licences = tr(
        "Le code et les textes du projet sont sous licence {licence}. Les données gardent les licences de leurs "
        "sources, dites sous chaque table et chaque couche."
    )
    return [raw('<ul class="files">\n' + "\n".join(rows) + "\n</ul>"), licences.format(licence=files.cited.licence)]


def _citation(files: PublishedFiles) -> list[str]:
    """The reference as a sentence, and for reference managers."""
    links = " · ".join(
        file_link("tables", name, size, REFERENCES[name]) for name, size in (files.citations or {}).items()
    )
    entries = f'<pre class="citation-bibtex">{escape(citation.bibtex(files.cited))}</pre>'
    said = tr("La version change dès qu’une table ou une couche change : deux versions égales sont les mêmes données.")
    return [
        raw(f'<blockquote class="citation"><p>{escape(citation.text(files.cited))}</p></blockquote>\n<p>{links}</p>'),
        said,
        raw(f"<details><summary>BibTeX</summary>\n{entries}\n</details>"),
    ]


# --- files of the reports ----------------------------------------------------------------------------------


def report_files(files: PublishedFiles, known: Places) -> str:
    """The compact index by région: its tables, then figures and notebook of each report."""
    pages = {page.stem: page for page, _ in files.notebooks}
    published = {one.name: one for one in files.figures}
    said = tr("Chaque rapport et chaque fiche donne aussi les siens.")
    parts = [f"# {tr('Fichiers des régions et des territoires')}", said]
    for region in known.regions:
        data = region_files(region.region_code, files.regions.get(region.region_code, {}))
        reports = [one for one in (region, *known.of_region(region.region_code)) if one.stem in pages]
        rows = [_report_row(one, pages[one.stem], published) for one in reports]
        blocks = [f"<p>{typography.spaced(tr('Données : {files}').format(files=data))}</p>"] if data else []
        blocks += [_reports(region.name, rows)] if rows else []
        if blocks:
            parts += [f"({anchor(region.region_code)}-fichiers)=\n## {plain(region.name)}", raw("\n".join(blocks))]
    return "\n\n".join(parts)


def _reports(region: str, rows: Iterable[str]) -> str:
    caption = typography.spaced(tr("Fichiers : {region}").format(region=region))
    return scrollable(html_table(caption, head_row((tr("Page"), tr("Figures"), tr("Notebook"))), rows))


def _report_row(place: Place, page: SitePage, published: Mapping[str, PublishedFigure]) -> str:
    figures = "<br>".join(_figure_files(published[name]) for name in page.pictures if name in published)
    notebook = f'<a href="{address("notebooks", f"{page.stem}.ipynb")}" download>IPYNB</a>'
    drawn = " ".join(dict.fromkeys(table for name in page.pictures for table in tables_drawn(name)))
    return f'<tr><td>{link(place, place.title)}</td><td {ORIGIN}="{drawn}">{figures}</td><td>{notebook}</td></tr>'


def _figure_files(one: PublishedFigure) -> str:
    start = address("figures", escape(one.name))
    files = " ".join(f'<a href="{start}.{end}" download>{label}</a>' for end, label in SHORT.items())
    return _told(escape(one.title), files)


def _figure_entry(one: PublishedFigure) -> str:
    files = " · ".join(file_link("figures", f"{one.name}.{end}", one.sizes[end], tr(FORMATS[end])) for end in FORMATS)
    return f'<li {ORIGIN}="{" ".join(tables_drawn(one.name))}">{escape(one.title)}<br>{files}</li>'


def _notebook_entry(page: SitePage, size: int) -> str:
    return f"<li>{escape(page.title)}<br>{file_link('notebooks', f'{page.stem}.ipynb', size, 'IPYNB')}</li>"
