"""How a page was made, told at its end: the notebook, the stage, the tables with their version, the command (pure)."""

import hashlib
from collections.abc import Iterator, Sequence
from html import escape

import nbformat

from analysis import __version__
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, language, tr
from analysis.publication.site.html import address, raw
from analysis.publication.site.marks import TABLES_PAGE, link
from analysis.publication.site.notebooks import SitePage, markdown_cell
from analysis.publication.site.tables_page import SHOWN, VERSION, Origins, dated, description
from analysis.publication.site.tables_read import tables_used
from analysis.reports.notebooks import Job

STAGE = "notebooks"


def code_of(notebook: nbformat.NotebookNode) -> str:
    """All code of a notebook."""
    return "\n".join(cell["source"] for cell in notebook.cells if cell.cell_type == "code")


def made(page: SitePage, job: Job, known: Origins) -> SitePage:
    """The page with a closed section at its end that says how it was made; its notebook gets the cell."""
    facts = "\n".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in _facts(page, job, known))
    section = (
        f'<details class="making"><summary>{tr("Comment cette page est faite")}</summary>\n'
        f'<dl class="facts">\n{facts}\n</dl>\n</details>'
    )
    page.notebook.cells.append(markdown_cell("page-making", raw(section)))
    return page


def _facts(page: SitePage, job: Job, known: Origins) -> Iterator[tuple[str, str]]:
    tables = tables_used(code_of(page.notebook))
    file = f'<a href="{address("notebooks", f"{page.stem}.ipynb")}" download><code>{page.stem}.ipynb</code></a>'
    parts = [file, tr("modèle {file}").format(file=f"<code>notebooks/{job.template}.ipynb</code>")]
    parts += [f"<code>{escape(f'{name} = {value!r}')}</code>" for name, value in job.parameters.items()]
    yield tr("Notebook"), ", ".join(parts)
    stage = known.stages[STAGE]
    yield tr("Étape"), f"<code>{stage.name}</code> ({escape(description(stage))})"
    yield tr("Tables lues"), ", ".join(link(one) for one in tables)
    sources = {one.id: one for table in tables for one in known.lists(table) if one.published}
    listed = typography.listed([escape(dated(one)) for one in sources.values()]) if sources else ""
    version = f'<a href="{TABLES_PAGE}.html"><code>{digest(tables, known)}</code></a>'
    yield tr(VERSION), typography.series([one for one in (version, listed) if one])
    yield tr("Version du projet"), f"<code>{__version__}</code>"
    only = " ".join(f"--only {one}" for one in _conditions(job))
    yield (
        tr("Pour la refaire"),
        f"<code>{stage.command}</code>, {tr('ou seule')} <code>analysis notebooks {only}</code>",
    )


def digest(tables: Sequence[str], known: Origins) -> str:
    """One version for several tables: the beginning of the digest of their digests."""
    text = "\n".join(f"{one} {known.digests[one]}" for one in tables)
    return hashlib.sha256(text.encode()).hexdigest()[:SHOWN]


def _conditions(job: Job) -> Iterator[str]:
    """What singles the report out on the command line."""
    yield f"notebook={job.template}"
    if language() != FRENCH:
        yield f"language={language()}"
    shorter = {"region_code": "region", "territory_id": "territory", "phase": "phase"}
    yield from (f"{shorter[name]}={value}" for name, value in job.parameters.items())
