"""The git repository that the project is in, if it is in one: an archive of a release, or a forge's ZIP, has none."""

import shutil
import subprocess
import sys
from pathlib import Path

OPTION = "core.no_scm"  # of DVC, which otherwise stops where there is no repository
LOCAL = Path(".dvc/config.local")  # DVC's settings of one copy of the project: never committed
BUILT = (".venv", ".git", "outputs", "processed", "build", "tmp", "cache", LOCAL.name, "__pycache__", "*.egg-info", ".*_cache")


def versioned(root: Path) -> bool:
    """Whether git knows this project: a folder in somebody else's repository, of which it knows no file, is none."""
    git = shutil.which("git")
    if git is None:
        return (root / ".git").exists()
    shown = subprocess.run([git, "ls-files", "--", "."], cwd=root, capture_output=True, check=False)
    return bool(shown.stdout)


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
