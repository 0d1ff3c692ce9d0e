"""An earlier version of the project, checked out beside this one and built as far as a comparison needs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from analysis import params, sources, store
from analysis.errors import ChangeError
from analysis.language import FRENCH
from analysis.notebooks import Job, jobs
from analysis.notebooks.manifest import inputs_of
from analysis.notebooks.templates import SELECTORS

PLACE = Path(".dvc/tmp/diff")
TABLES = ("claims", "indicators", "ledger", "phases", "registry", "slices")  # stages that build tables
LAST_LINES, SHOWN_WORDS = 6, 6
OWN_INPUTS = ("data", "parameters", "template")  # what makes a report another, but for code that serves all


def commit_of(root: Path, base: str) -> str:
    """The commit that a revision names; ChangeError for one that names none, or where there is no git."""
    command = ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise ChangeError("git is not installed.", where="BASE", repair="Install it.") from error
    if done.returncode:
        what = f"{base!r} names no commit here."
        raise ChangeError(what, where="BASE", repair="Give a branch, tag or commit: `git log --oneline` lists them.")
    return done.stdout.strip()


@contextmanager
def checked_out(root: Path, commit: str) -> Iterator[Path]:
    """The project as it was at a commit, in a folder that vanishes afterwards; DVC's cache is shared."""
    folder = root / PLACE / commit[:12]
    _remove(root, folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        _run(["git", "worktree", "add", "--detach", "--force", str(folder), commit], root)
        local = f"[cache]\n    dir = {root / '.dvc/cache'}\n"
        (folder / ".dvc/config.local").write_text(local, encoding="utf-8")
        yield folder
    finally:
        _remove(root, folder)


def build_tables(folder: Path) -> None:
    """Tables of a checked-out version: from DVC's cache where they are there, built otherwise."""
    _run([sys.executable, "-m", "dvc", "repro", "-q", *TABLES], folder)


def build_reports(folder: Path, chosen: Sequence[Job]) -> None:
    """Execute French reports in a checked-out version, with its own code."""
    kinds: dict[str, list[Job]] = {}
    for job in chosen:
        kinds.setdefault(job.template if job.parameters else "", []).append(job)
    for kind, ones in kinds.items():
        conditions = [f"notebook={kind}"] if kind else [f"notebook={one.template}" for one in ones]
        conditions += [f"{name}={one.parameters[parameter]}" for one in ones for name, parameter in SELECTORS.items()
                       if parameter in one.parameters]  # fmt: skip
        only = [part for one in dict.fromkeys(("language=fr", *conditions)) for part in ("--only", one)]
        _run([sys.executable, "-m", "analysis", "notebooks", *only], folder)


def build_all(folder: Path) -> None:
    """Everything that a checked-out version makes, but for its site."""
    _run([sys.executable, "-m", "dvc", "repro", "-q", "notebooks"], folder)


def wanted(root: Path) -> list[Job]:
    """The reports that a version makes."""
    asked = params.parse(sources.read_yaml(root / params.WHERE)).reports
    return jobs(asked, store.read_table("core_territories", root))


def moved(before: Path, after: Path) -> list[Job]:
    """The French reports whose own inputs are not the same in both versions, or that only one of them makes."""
    found = [{job.stem: job for job in wanted(root) if job.language == FRENCH} for root in (before, after)]
    old, new = (inputs_of(ones.values(), root) for ones, root in zip(found, (before, after), strict=True))
    known = found[0] | found[1]
    return [known[one] for one in sorted(known) if _own(old.get(one)) != _own(new.get(one))]


def _own(inputs: Mapping[str, str] | None) -> dict[str, str]:
    """Inputs of one report, but for the code and the lock that all of them have in common."""
    return {name: inputs[name] for name in OWN_INPUTS} if inputs else {}


def _run(command: Sequence[str], folder: Path) -> None:
    own = {"PYTHONPATH": str(folder / "src"), "DVC_SITE_CACHE_DIR": str(folder / ".dvc/tmp/site")}
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **own}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-LAST_LINES:])
        what = f"`{' '.join(map(str, command[:SHOWN_WORDS]))}` fails in that version:\n{last}"
        raise ChangeError(what, where=folder.name, repair="\nCompare with a version that builds.")


def _remove(root: Path, folder: Path) -> None:
    """Take a checked-out version away, whole or begun."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["git", "worktree", "prune"], cwd=root, capture_output=True, check=False)
