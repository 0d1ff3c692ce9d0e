"""The git repository that the project is in, if it is in one: an archive of a release, or a forge's ZIP, has none."""

import shutil
import subprocess
import sys
from pathlib import Path

OPTION = "core.no_scm"  # of DVC, which otherwise stops where there is no repository
LOCAL = Path(".dvc/config.local")  # DVC's settings of one copy of the project: never committed
# What a copy leaves behind, as .gitignore does.
BUILT = (
    ".venv", ".git", "outputs", "processed", "documents", "build", "tmp", "cache", LOCAL.name, "__pycache__",
    "*.egg-info", ".ipynb_checkpoints", ".coverage", ".hypothesis", ".*_cache",
)  # fmt: skip


def versioned(root: Path) -> bool:
    """Whether git knows this project: a folder in somebody else's repository, of which it knows no file, is none."""
    git = shutil.which("git")
    if git is None:
        return (root / ".git").exists()
    shown = subprocess.run([git, "ls-files", "--", "."], cwd=root, capture_output=True, check=False)
    return bool(shown.stdout)


def changed(root: Path) -> bool:
    """Whether files differ from the last commit; without a repository there is none to differ from."""
    command = ["git", "status", "--porcelain", "--", "."]
    return versioned(root) and bool(subprocess.run(command, cwd=root, capture_output=True, check=True).stdout)


def tell_dvc(root: Path) -> None:
    """Have DVC do without a repository where there is none, and with it again once there is one."""
    local = root / LOCAL
    without = local.is_file() and OPTION.partition(".")[2] in local.read_text(encoding="utf-8")
    if without == versioned(root):
        change = ["--unset", OPTION] if without else [OPTION, "true"]
        command = [sys.executable, "-m", "dvc", "config", "-q", "--local", *change]
        subprocess.run(command, cwd=root, check=True)


def copy(root: Path, folder: Path) -> None:
    """The project as it was committed, as a clone; without a repository, its files without what is built."""
    if versioned(root):
        subprocess.run(["git", "clone", "-q", str(root), str(folder)], check=True)
    else:
        shutil.copytree(root, folder, ignore=shutil.ignore_patterns(*BUILT))


def begin(folder: Path) -> None:
    """Make a copy a repository of its own, with one commit, where it is none."""
    if not versioned(folder):
        who = ["-c", "user.name=atlas", "-c", "user.email=atlas@example.org", "-c", "commit.gpgsign=false"]
        for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Copy"]):
            subprocess.run(["git", *who, *words], cwd=folder, check=True)
