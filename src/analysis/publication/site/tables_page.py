"""Where computed numbers come from: for each processed table its stage, what it is made from and its version (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Final

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, N_, tr
from analysis.io.pipeline import DESCRIPTIONS, Stage, maker
from analysis.publication.site.download_files import PublishedTable
from analysis.publication.site.html import file_link, plain, raw, scrollable
from analysis.publication.site.marks import anchor, link, unit_of
from analysis.publication.site.tables_read import PROCESSED
from analysis.reports.reader import head_row, html_table
from analysis.sources.provenance import Source
from analysis.tables import TABLES, lineage
from analysis.tables.schema import CONTEXT, NOTES, WHEEL, Field, Table

TITLE: Final = N_("D’où viennent les nombres recomptés")
LEAD: Final = N_(
    "Tout nombre qui n’est pas repris d’une source est lu dans une de ces tables. Chacune est construite par une "
    "étape, à partir d’autres tables, des listes officielles ou des notes de lecture ; la commande la reconstruit."
)
VERSION: Final = N_("Version des données")
SHOWN: Final = 12  # characters of a digest


@dataclass(frozen=True)
class Origins:
    """What the site knows of the processed tables.

    `digests` (SHA-256) and `rows` (counts) are by table; `wheel` is the source of the commune polygons, `around` are
    those of the context layers; `files` are the tables that readers can download; `uses` the pages that read a table,
    as titles by address.
    """

    stages: Mapping[str, Stage]
    digests: Mapping[str, str]
    rows: Mapping[str, int]
    sources: Mapping[str, Source]
    wheel: str
    around: tuple[str, ...] = ()
    files: Mapping[str, PublishedTable] = field(default_factory=dict)
    uses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def names(self) -> list[str]:
        """Processed tables in the order of the catalogue."""
        return [one for one in TABLES if one in PROCESSED]

    def stage(self, table: str) -> Stage:
        """The stage that makes a table."""
        return maker(self.stages, table)

    def version(self, table: str) -> str:
        """The beginning of a table's digest."""
        return self.digests[table][:SHOWN]

    def lists(self, table: str) -> list[Source]:
        """The official lists and reference data at the beginning of a table, each once."""
        found: dict[str, Source] = {}
        for one in lineage.origins(table):
            others = {WHEEL: (self.wheel,), CONTEXT: self.around}
            ids = TABLES[one].sources if one in TABLES else others.get(one, ())
            found |= {name: self.sources[name] for name in ids}
        return list(found.values())

    def noted(self, table: str) -> bool:
        """Whether the reading notes are among its beginnings."""
        return NOTES in lineage.origins(table)


def description(stage: Stage) -> str:
    """What a stage does, in the language in force."""
    return tr(DESCRIPTIONS[stage.name])


def dated(source: Source) -> str:
    """Producer and date of a source: `ANCT (novembre 2023)`."""
    date = typography.date(source.published) if source.published else tr("sans date de publication")
    return f"{source.producer} ({date})"


# --- the page ----------------------------------------------------------------------------------------------


def page(known: Origins) -> str:
    """Every processed table under the stage that makes it, column by column; anchors are table and table-column."""
    by_stage: dict[str, list[str]] = {}
    for table in known.names:
        by_stage.setdefault(known.stage(table).name, []).append(table)
    ordered = [name for name in known.stages if name in by_stage]
    items = "\n".join(f"<li>{link(one, tr(TABLES[one].title))}</li>" for name in ordered for one in by_stage[name])
    parts = [f"# {tr(TITLE)}", typography.spaced(tr(LEAD)), raw(f'<ul class="contents">\n{items}\n</ul>')]
    for name in ordered:
        parts += [f"## {plain(description(known.stages[name]))}", raw(_stage(known.stages[name]))]
        for table in by_stage[name]:
            parts += [raw(f'<div id="{table}"></div>'), f"### {plain(tr(TABLES[table].title))}"]
            parts.append(raw("\n".join(_table(TABLES[table], known))))
    return "\n\n".join(parts)


def _stage(stage: Stage) -> str:
    inputs = ", ".join(
        link(name) if name in PROCESSED else f"<code>{escape(path.removeprefix('data/raw/'))}</code>"
        for path, name in _data(stage)
    )
    code = ", ".join(f"<code>{escape(one)}</code>" for one in stage.reads if one.startswith("src/"))
    made = tr("Étape {stage}, refaite par {command}").format(
        stage=f"<code>{stage.name}</code>", command=f"<code>{stage.command}</code>"
    )
    summary = tr("Ce que l’étape lit")
    return (
        f'<p id="stage-{stage.name}">{made}</p>\n<details class="columns"><summary>{summary}</summary>\n'
        f"<p>{tr('Données : {inputs}').format(inputs=inputs)}</p>\n"
        f"<p>{tr('Code : {inputs}').format(inputs=code)}</p>\n</details>"
    )


def _data(stage: Stage) -> Iterator[tuple[str, str]]:
    paths = (path for path in stage.reads if path.startswith("data/"))
    return ((path, path.rpartition("/")[2].removesuffix(".parquet")) for path in paths)


def _table(table: Table, known: Origins) -> Iterator[str]:
    name = table.name
    rows = typography.counted(known.rows[name], "ligne")
    facts = [
        (tr("Faite de"), ", ".join(map(_input, TABLES.made_from(name)))),
        (tr("Sources"), _sources(name, known)),
        (tr(VERSION), f"<code>{known.version(name)}</code>"),
        (
            tr("Lue par"),
            " · ".join(f'<a href="{to}">{escape(title)}</a>' for to, title in known.uses.get(name, {}).items()),
        ),
        (tr("Télécharger"), _files(name, known)),
    ]
    listed = "\n".join(f"<dt>{what}</dt><dd>{text}</dd>" for what, text in facts if text)
    yield f'<p data-origin="{name}"><code>{name}</code>, {rows}</p>'
    yield f'<dl class="facts" data-origin="{name}">\n{listed}\n</dl>'
    head = head_row((tr("Colonne"), tr("Contenu"), tr("Unité")))
    caption = tr("Colonnes de {table}").format(table=name)
    yield scrollable(html_table(caption, head, (_column(table, one) for one in table.fields), name))


def _column(table: Table, one: Field) -> str:
    key = f" <small>({tr('clé')})</small>" if one.name in table.key else ""
    return (
        f'<tr id="{anchor(table.name, one.name)}"><td><code>{one.name}</code>{key}</td>'
        f"<td>{escape(tr(one.title))}</td><td>{escape(unit_of(one))}</td></tr>"
    )


def _input(name: str) -> str:
    if name in PROCESSED:
        return link(name)
    if name == NOTES:
        return f'<a href="notes.html">{tr("notes de lecture")}</a>'
    if name == CONTEXT:
        return tr("couches de contexte")
    return tr("contours communaux") if name == WHEEL else f"<code>{name}.csv</code>"


def _sources(table: str, known: Origins) -> str:
    lists = [
        f'<a href="sources.html#source-{escape(one.id)}">{escape(dated(one))}, '
        f'<span lang="{FRENCH}">{escape(one.title)}</span></a>'
        for one in known.lists(table)
    ]
    notes = [f'<a href="notes.html">{tr("notes de lecture")}</a>'] if known.noted(table) else []
    return typography.series([*lists, *notes])


def _files(table: str, known: Origins) -> str:
    published = known.files.get(table)
    if published is None:
        return ""
    return " · ".join(
        file_link("tables", name, size, "Parquet" if name.endswith(".parquet") else name.split(".")[-1].upper())
        for name, size in published.sizes.items()
    )
