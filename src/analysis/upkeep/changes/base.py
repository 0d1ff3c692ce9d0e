"""An earlier version of the project, checked out beside this one and built as far as a comparison needs."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import ChangeError
from analysis.i18n.language import FRENCH, VARIABLE
from analysis.io import params, store
from analysis.io.digests import file_digest
from analysis.io.paths import slice_path
from analysis.io.repository import versioned
from analysis.reports.notebooks import Job, jobs, parameters
from analysis.reports.notebooks.inputs import inputs_of
from analysis.reports.notebooks.templates import SELECTORS

PLACE = Path(".dvc/tmp/diff")
TABLES = ("claims", "indicators", "ledger", "phases", "registry", "slices")  # stages that build tables
LAST_LINES, SHOWN_WORDS = 6, 6
OWN_INPUTS = ("data", "parameters", "template")  # what makes a report another, but for code that serves all


def commit_of(root: Path, base: str) -> str:
    """The commit that a revision names; ChangeError for one that names none, or where there is no git."""
    if shutil.which("git") is None:
        raise ChangeError("git is not installed.", where="BASE", repair="Install it.")
    if not versioned(root):
        what = "this folder is not in a repository of git."
        raise ChangeError(what, where=root.name, repair="Compare in a clone of the project, which has its revisions.")
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if done.returncode:
        what = f"{base!r} names no commit here."
        shallow = _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"
        more = " This clone is shallow: `git fetch --unshallow` brings the others." if shallow else ""
        repair = f"Give a branch, tag or commit: `git log --oneline` lists them.{more}"
        raise ChangeError(what, where="BASE", repair=repair)
    return done.stdout.strip()


@contextmanager
def checked_out(root: Path, commit: str) -> Iterator[Path]:
    """The project as it was at a commit, in a folder that vanishes afterwards; DVC's cache is shared.

    The project may be a folder of a larger repository. ChangeError for a commit without a pipeline.
    """
    tree = root / PLACE / commit[:12]
    _remove(root)
    tree.parent.mkdir(parents=True, exist_ok=True)
    try:
        cache = _run([sys.executable, "-m", "dvc", "cache", "dir"], root).strip()
        _run(["git", "worktree", "add", "--quiet", "--detach", "--force", str(tree), commit], root)
        folder = tree / _git(root, "rev-parse", "--show-prefix").stdout.strip()
        if not (folder / "dvc.yaml").is_file() or not (folder / ".dvc").is_dir():
            raise ChangeError("it has no pipeline.", where=commit[:12], repair="Compare with a later version.")
        (folder / ".dvc/config.local").write_text(f"[cache]\n    dir = {cache}\n", encoding="utf-8")
        yield folder
    finally:
        _remove(root)


def build_tables(folder: Path) -> str:
    """Tables of a checked-out version, from DVC's cache where they are there, built otherwise; what failed, if any.

    A stage that fails leaves what does not depend on it.
    """
    return _tried([sys.executable, "-m", "dvc", "repro", "--keep-going", *TABLES], folder)


def behind(root: Path) -> list[str]:
    """Stages of this version whose tables are not those of its files: nothing can be said of them before `make`."""
    told = json.loads(_run([sys.executable, "-m", "dvc", "status", "--json", *TABLES], root))
    return sorted(told)


def build_reports(folder: Path, chosen: Sequence[Job]) -> str:
    """Execute French reports in a checked-out version, with its own code; what failed, if any."""
    kinds: dict[str, list[Job]] = {}
    for job in chosen:
        kinds.setdefault(job.template if job.parameters else "", []).append(job)
    for kind, ones in kinds.items():
        conditions = [f"notebook={kind}"] if kind else [f"notebook={one.template}" for one in ones]
        conditions += [f"{name}={one.parameters[parameter]}" for one in ones for name, parameter in SELECTORS.items()
                       if parameter in one.parameters]  # fmt: skip
        only = [part for one in dict.fromkeys(("language=fr", *conditions)) for part in ("--only", one)]
        if failed := _tried([sys.executable, "-m", "analysis", "notebooks", *only], folder):
            return failed
    return ""


def build_all(folder: Path) -> str:
    """Everything that a checked-out version makes, but for its site; what failed, if any."""
    return _tried([sys.executable, "-m", "dvc", "repro", "notebooks"], folder)


def wanted(root: Path) -> list[Job]:
    """The reports that a version makes."""
    asked = params.read(root).reports
    return jobs(asked, store.read_table("core_territories", root), parameters.read(root))


def all_of(before: Path, after: Path) -> list[Job]:
    """The French reports of both versions, by stem."""
    known = {job.stem: job for root in (before, after) for job in wanted(root) if job.language == FRENCH}
    return [known[one] for one in sorted(known)]


def moved(before: Path, after: Path) -> list[Job]:
    """The French reports whose own inputs are not the same in both versions, or that only one of them makes.

    Those whose own slice of the data has moved come first.
    """
    found = [{job.stem: job for job in wanted(root) if job.language == FRENCH} for root in (before, after)]
    old, new = (inputs_of(ones.values(), root) for ones, root in zip(found, (before, after), strict=True))
    known = found[0] | found[1]
    due = [one for one in sorted(known) if _own(old.get(one)) != _own(new.get(one))]
    return [known[one] for one in sorted(due, key=lambda one: _same_slice(known[one], before, after))]


def _same_slice(job: Job, before: Path, after: Path) -> bool:
    """Whether only what all reports read has moved: such a report comes after those whose own slice has."""
    one, other = (root / slice_path(job.slice) for root in (before, after))
    return one.is_file() and other.is_file() and file_digest(one) == file_digest(other)


def _own(inputs: Mapping[str, str] | None) -> dict[str, str]:
    """Inputs of one report, but for the code and the lock that all of them have in common."""
    return {name: inputs[name] for name in OWN_INPUTS} if inputs else {}


def _tried(command: Sequence[str], folder: Path) -> str:
    """The last words of a command that fails; an empty text for one that does not."""
    try:
        _run(command, folder)
    except ChangeError as error:
        return error.what
    return ""


def _run(command: Sequence[str], folder: Path) -> str:
    """What a command says, with the package of its folder; it ends with this process, and so do those it started."""
    own = {
        "PYTHONPATH": str(folder / "src"),
        "DVC_SITE_CACHE_DIR": str(folder / ".dvc/tmp/site"),
        VARIABLE: FRENCH,  # what a version makes does not depend on the language of the report
    }
    environment = {name: value for name, value in os.environ.items() if name != "DVC_STAGE"} | own
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        errors="replace", start_new_session=True,
    ) as process:  # fmt: skip
        try:
            out, err = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode:
        last = "\n".join((out.strip() + "\n" + err.strip()).strip().splitlines()[-LAST_LINES:])
        shown = " ".join(Path(one).name if one == sys.executable else str(one) for one in command[:SHOWN_WORDS])
        what = f"`{shown}` fails in that version:\n{last.replace(str(folder), '.')}"
        raise ChangeError(what, where=folder.name, repair="\nCompare with a version that builds.")
    return out


def _git(root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)


def _remove(root: Path) -> None:
    """Take away every version that is checked out here, whole or begun: this run's, and what a killed one has left."""
    shutil.rmtree(root / PLACE, ignore_errors=True)
    if shutil.which("git"):
        _git(root, "worktree", "prune")
