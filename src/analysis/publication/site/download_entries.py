"""A published table or layer as readers of the downloads page see it: its files, then its columns (pure)."""

from collections.abc import Iterable, Mapping
from html import escape

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, N_, tr
from analysis.publication.site.download_files import PublishedTable
from analysis.publication.site.html import file_link, scrollable
from analysis.publication.site.tables_read import PROCESSED
from analysis.reports.origin_marks import ORIGIN, counted
from analysis.reports.reader import head_row, html_table
from analysis.sources.provenance import Source
from analysis.tables import TABLES
from analysis.tables.schema import Field, Reference, Table

LABELS: Mapping[str, str] = {"csv": "CSV", "xlsx": "XLSX", "parquet": "Parquet", "gpkg": "GeoPackage"}
GEOPARQUET = "GeoParquet"
OF_LAYERS = ("core_commune_boundaries", "core_communes", "core_members")  # what layers are made from
TYPES: Mapping[str, str] = {
    "string": N_("texte"),
    "integer": N_("entier"),
    "number": N_("nombre"),
    "list": N_("liste, séparée par « ; »"),
}
HEADINGS = (N_("Colonne"), N_("Contenu"), N_("Type"), N_("Unité"))


def anchor(table: Table) -> str:
    """Where other pages and the metadata lead: the name of the table, above its heading."""
    return f'<span id="{escape(table.name)}"></span>'


def entry(one: PublishedTable) -> str:
    """Rows, files and licences of a table or layer, then its columns on demand."""
    table = one.table
    files = " · ".join(file_link("tables", path, size, label(path, table)) for path, size in one.sizes.items())
    caption = tr("Colonnes de {table}").format(table=table.name)
    columns = scrollable(html_table(caption, head_row(map(tr, HEADINGS)), map(_column, table.fields)))
    rows = typography.counted(one.rows, "ligne")
    if table.name in PROCESSED:
        rows, origin = counted(rows, table.name, table.key[0]), table.name
    else:
        origin = " ".join(OF_LAYERS)
    said = tr("{table}, {rows} : {files}").format(table=f"<code>{escape(table.name)}</code>", rows=rows, files=files)
    return (
        f'<div class="download" {ORIGIN}="{origin}">\n'
        f"<p>{typography.spaced(said)}"
        f"{_licences(one)}</p>\n"
        f'<details class="columns"><summary>{escape(tr("Colonnes"))}</summary>\n{columns}\n{_keys(table)}</details>\n'
        "</div>"
    )


def _licences(one: PublishedTable) -> str:
    if not one.licences:
        return ""
    said = tr("Licences : {names}") if len(one.licences) > 1 else tr("Licence : {names}")
    return f"<br>{escape(typography.spaced(said.format(names=', '.join(one.licences))))}"


def table_link(name: str) -> str:
    """A link to a published table on the page."""
    return f'<a href="#{escape(name)}">{escape(tr(TABLES[name].title))}</a>'


def of_source(source: Source) -> list[tuple[str, str]]:
    """A source and its licence as facts; their names are French in every edition."""
    named = f'<span lang="{FRENCH}">{escape(f"{source.producer}, {source.title}")}</span>'
    link = f'<a href="sources.html#source-{escape(source.id)}">{named}</a>'
    return [(tr("Source"), link), (tr("Licence"), f'<span lang="{FRENCH}">{escape(source.licence.name)}</span>')]


def label(path: str, table: Table | None = None) -> str:
    """What a link to a file says of its format."""
    ending = path.rpartition(".")[2]
    return GEOPARQUET if ending == "parquet" and table and table.geometry else LABELS[ending]


def _column(one: Field) -> str:
    values = f"<br><code>{escape(' · '.join(map(str, one.enum)))}</code>" if one.enum else ""
    kind = tr("{type}, parfois vide").format(type=tr(TYPES[one.type])) if not one.required else tr(TYPES[one.type])
    unit = typography.unit(one.unit) if one.unit else ""
    cells = (f"<code>{escape(one.name)}</code>", escape(tr(one.title)) + values, escape(kind), escape(unit))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _keys(table: Table) -> str:
    """What identifies a row, and the tables that its columns refer to."""
    said = [tr("Clé : {columns}").format(columns=_code(table.key))] if table.key else []
    said += [_reference(one) for one in table.references]
    return f"<p>{'<br>'.join(map(typography.spaced, said))}</p>\n" if said else ""


def _reference(one: Reference) -> str:
    target = f'<a href="#{escape(one.table)}"><code>{escape(one.table)}</code></a> ({_code(one.targets)})'
    return tr("{columns} renvoie à {target}").format(columns=_code(one.columns), target=target)


def _code(names: Iterable[str]) -> str:
    return " + ".join(f"<code>{escape(name)}</code>" for name in names)
