"""Compares this folder with an earlier version and writes the report as pages, Markdown and JSON."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.errors import ChangeError
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.io.paths import OUTPUTS, PROCESSED
from analysis.io.swapping import replaced_folder
from analysis.reports.notebooks import Job
from analysis.reports.notebooks.manifest import WHERE
from analysis.upkeep import building
from analysis.upkeep.changes import base, markdown, page, pictures, reasons
from analysis.upkeep.changes.report import FileChange, Report, report

OUTPUT = Path(".dvc/tmp/changes")
MOST = 24  # regional reports and sheets executed in the earlier version, unless all are asked for
IMAGES = "images"
NEEDED = "core_territories.parquet"  # without it nothing says which reports there are
NO_REPORTS = N_("Figures et notebooks ne sont pas comparés : cette version ne les fait pas.")

Say = Callable[[str], object]


def compare(root: Path, revision: str, output: Path, say: Say, *, full: bool = False) -> Report:
    """What moved since a revision of git, written into the folder `output`.

    Waits for another run in the folder. ChangeError for an unknown revision, one whose lists do not build, or a
    project that is not built here.
    """
    commit = base.commit_of(root, revision)
    if not (root / WHERE).is_file():
        raise ChangeError("this version is not built.", where=WHERE, repair="Run `make` first.")
    with building.alone(root, say), base.checked_out(root, commit) as folder:
        say(f"tables of {revision} ({commit[:12]})")
        failed = base.build_tables(folder)
        if failed and not (folder / PROCESSED / NEEDED).is_file():
            raise ChangeError(failed, where=revision, repair="\nCompare with a version that builds.")
        stems, missing = (list[str](), [failed, tr(NO_REPORTS)]) if failed else _executed(folder, root, say, full=full)
        if late := base.behind(root):
            said = tr("Cette version n’est pas à jour ({names}) : lancez `make` avant de comparer.")
            missing = [typography.spaced(said).format(names=", ".join(late)), *missing]
        found = report(f"{revision} ({commit[:12]})", folder, root, stems, missing, incomplete=bool(failed))
        write(found, folder, root, output)
    return found


def _executed(folder: Path, root: Path, say: Say, *, full: bool) -> tuple[list[str], list[str]]:
    """Stems of the reports that can be compared, executed in the earlier version, and a word on the others."""
    if full:
        say("all notebooks of that version")
        chosen, missing, failed = base.all_of(folder, root), list[str](), base.build_all(folder)
    else:
        chosen, missing = _chosen(base.moved(folder, root))
        there = base.wanted(folder)
        say(f"{len(chosen)} notebooks of that version")
        failed = base.build_reports(folder, [one for one in chosen if one in there])
    return ([], [failed, tr(NO_REPORTS)]) if failed else ([one.stem for one in chosen], missing)


def _chosen(due: Sequence[Job]) -> tuple[list[Job], list[str]]:
    """The reports to be compared, and a word on those that are not."""
    national = [one for one in due if not one.parameters]
    others = [one for one in due if one.parameters]
    kept = others[:MOST]
    left = len(others) - len(kept)
    reports = typography.counted(left, "autre rapport a d’autres données", "autres rapports ont d’autres données")
    said = tr("{reports} : --full compare aussi leurs notebooks et leurs figures.").format(reports=reports)
    return [*national, *kept], [typography.spaced(said)] if left else []


def write(report: Report, before: Path, after: Path, output: Path) -> None:
    """Replace the folder `output` by the report: index.html with its pictures, changes.md, changes.json."""
    with replaced_folder(output) as folder:
        (folder / IMAGES).mkdir()
        for one in report.figures[: page.MOST_FIGURES]:
            _place(one, before, after, folder / IMAGES)
        (folder / "changes.md").write_text(markdown.text(report), encoding="utf-8")
        (folder / "index.html").write_text(page.html(report), encoding="utf-8")
        shutil.copy(page.TEMPLATES / page.STYLE_FILE, folder)
        findings = [reasons.as_json(rank, one) for rank, one in enumerate(report.findings, start=1)]
        told = json.dumps(report.as_json() | {"findings": findings}, ensure_ascii=False, indent=1, default=str)
        (folder / "changes.json").write_text(told + "\n", encoding="utf-8")


def _place(figure: FileChange, before: Path, after: Path, images: Path) -> None:
    for side, root in ((page.BEFORE, before), (page.AFTER, after)):
        path = root / OUTPUTS / figure.path
        if path.is_file():
            (images / page.picture(figure, side)).write_bytes(pictures.outlined(path.read_bytes(), figure.boxes))
