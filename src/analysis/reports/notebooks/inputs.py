"""What each report is made from, by content: template, parameters, code, lock, data, translations."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.i18n.language import CATALOGUES, FRENCH, catalogue
from analysis.io import imports
from analysis.io.digests import code_digest, digest_of, file_digest, folder_digest, or_absent
from analysis.io.paths import LOCK, NOTEBOOKS, PROCESSED, RAW, slice_path
from analysis.programme import PROGRAMME
from analysis.reports.notebooks.heard import Heard
from analysis.reports.notebooks.templates import Job
from analysis.reports.stems import SHARED
from analysis.tables import tables_of

PACKAGE = Path(__file__).parents[2]
RAW_READ = ("sources.yaml", "vocabulary.yaml")  # what the library reads beside the tables
# What executes a notebook. `preloaded` warms the processes: its own lines count, what it imports changes no output.
EXECUTING = ("analysis.reports.notebooks.child", "analysis.reports.notebooks.warm")
WARMING = Path("reports/notebooks/preloaded.py")
ABOUT = PROGRAMME.model_dump_json()  # read when this process began, so that no notebook is heard to read it
UNHEARD = re.compile(r"\b(?:read|scan)_\w+\(")  # in a cell: polars and Arrow open files without telling Python
Known = Mapping[str, Heard]


def inputs_of(jobs: Iterable[Job], root: Path, known: Known | None = None) -> dict[str, dict[str, str]]:
    """For each job by stem: SHA-256 of template, parameters, code, lock, data and, of a translation, its catalogue.

    Data and messages are those that an execution asked for, where `known` holds it by stem; else all that it may.
    """
    now, lock = Now(root), or_absent(file_digest, root / LOCK)
    code = cache(lambda template: digest_of(code_digest(PACKAGE, code_of(template, root)), ABOUT))
    text = cache(lambda template: template_digest(root / NOTEBOOKS / f"{template}.ipynb"))
    found = {}
    for job in jobs:
        own = {"code": code(job.template), "lock": lock, "template": text(job.template)}
        heard = now.same((known or {}).get(job.stem) or all_of(job, root))
        found[job.stem] = own | {"parameters": digest_of(dict(job.parameters))} | asked(job, heard)
    return found


def asked(job: Job, heard: Heard) -> dict[str, str]:
    """SHA-256 of what an execution asked for."""
    data = {"data": digest_of(heard.files)}
    if job.language == FRENCH and not heard.messages:
        return data
    whole = folder_digest(CATALOGUES) if heard.messages is None else digest_of(heard.messages)
    return data | {"catalogue": whole}


def all_of(job: Job, root: Path) -> Heard:
    """All that an execution may ask for, where nobody has heard what it does."""
    files = {path.as_posix(): or_absent(file_digest, root / path) for path in data_of(job, root)}
    return Heard(files, {} if job.language == FRENCH else None)


class Now:
    """The answers that an execution would get now, each looked up once."""

    def __init__(self, root: Path) -> None:
        self.digest = cache(lambda name: or_absent(file_digest, root / name))

    def same(self, heard: Heard) -> Heard:
        """The same questions with their answers of now."""
        messages = heard.messages and {
            language: {one: catalogue(language).get(one, "") for one in asked_for}
            for language, asked_for in heard.messages.items()
        }
        return Heard({name: self.digest(name) for name in heard.files}, messages)


# --- files -------------------------------------------------------------------------------------------------


def read_by(job: Job, root: Path) -> list[Path]:
    """The files that an execution may read, relative to the project's root."""
    return [Path("dvc.yaml"), NOTEBOOKS / f"{job.template}.ipynb", *data_of(job, root)]


def data_of(job: Job, root: Path) -> list[Path]:
    """The data that an execution may read: a report's slice, or all tables; another branch's may lie beside them."""
    if job.parameters:
        return [slice_path(SHARED), slice_path(job.slice)]
    built = sorted(PROCESSED / f"{one.name}.parquet" for one in tables_of("core_", "out_"))
    return [*(path for path in built if (root / path).exists()), *(RAW / name for name in RAW_READ)]


def reads_unheard(template: Path) -> bool:
    """Whether a cell may open files in a way that nobody hears."""
    return any(UNHEARD.search(source) for source in _code_cells(template))


# --- code --------------------------------------------------------------------------------------------------


def code_of(template: str, root: Path, package: Path = PACKAGE) -> set[Path]:
    """Modules of the package that run when a notebook does: what its cells import, and what executes it."""
    try:
        named = imports.notebook_imports(root / NOTEBOOKS / f"{template}.ipynb")
    except (OSError, ValueError, KeyError, TypeError):  # no notebook, which fails when it is run
        named = set()
    except SyntaxError:  # a cell in IPython's own language may import anything
        return set(package.rglob("*.py"))
    return imports.closure(package, [*named, *EXECUTING]) | {one for one in [package / WARMING] if one.is_file()}


def package_digest(folder: Path = PACKAGE) -> str:
    """SHA-256 of all that the package brings to any notebook: its code, the catalogues, the programme."""
    return digest_of(code_digest(folder, folder.rglob("*.py")), folder_digest(folder / "i18n" / CATALOGUES.name), ABOUT)


def template_digest(path: Path) -> str:
    """Of what is run, not of the outputs that the template shows; an unreadable one is taken as it is."""
    try:
        return digest_of(
            [[cell["cell_type"], cell.get("id"), cell["metadata"], cell["source"]] for cell in _cells(path)]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return or_absent(file_digest, path)


def _code_cells(path: Path) -> Iterator[str]:
    """Sources of a notebook's code cells; none of what is no notebook, which fails when it is run."""
    try:
        yield from ["".join(cell["source"]) for cell in _cells(path) if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return


def _cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found
