"""What an edit needs, soon: style and types, the tests of the modules that were touched, changed notebooks compared."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from analysis.errors import AtlasError
from analysis.io import imports
from analysis.io.paths import NOTEBOOKS

PACKAGE, TESTS = Path("src/analysis"), Path("tests")
CODE = ("src", "tests", "bench")
LONG = (TESTS / "browser", TESTS / "fuzz")  # left to `make test`
NBVAL = ("--nbval", "--nbval-sanitize-with", "tests/nbval.cfg", "--nbval-cell-timeout", "120")

Say = Callable[[str], object]


def changed(root: Path, base: str) -> list[Path]:
    """Files that differ from a revision and are there, new ones included, relative to the project's root."""
    commands = (["diff", "--name-only", "--relative", base, "--", "."], ["ls-files", "-o", "--exclude-standard"])
    found = set[str]()
    for words in commands:
        shown = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
        if shown.returncode:
            what = f"git cannot say what has changed since {base}: {shown.stderr.strip()}"
            raise AtlasError(what, repair="Name a revision of this repository, or run `make test`.")
        found |= set(shown.stdout.splitlines())
    return sorted(Path(one) for one in found if (root / one).is_file())


def tests_of(root: Path, paths: Sequence[Path]) -> list[Path]:
    """Test files that were changed themselves, that import a changed module, or that bear its name in its room."""
    modules = [one for one in paths if one.is_relative_to(PACKAGE) and one.suffix == ".py"]
    names, mirrored = {_dotted(one) for one in modules}, {_mirror(one) for one in modules}
    return [path for path in _tests(root) if path in paths or path in mirrored or names & _imports(root / path)]


def _tests(root: Path) -> Iterator[Path]:
    for path in sorted((root / TESTS).rglob("test_*.py")):
        name = path.relative_to(root)
        if not any(name.is_relative_to(one) for one in LONG):
            yield name


def _imports(path: Path) -> set[str]:
    return set(imports.imported(imports.tree(path)))


def _dotted(module: Path) -> str:
    parts = module.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _mirror(module: Path) -> Path:
    inside = module.relative_to(PACKAGE)
    return TESTS / inside.with_name(f"test_{inside.name}")


def steps(root: Path, paths: Sequence[Path]) -> Iterator[tuple[str, list[str]]]:
    """What is to be run, by name: modules of Python with their arguments."""
    code = [str(one) for one in paths if one.suffix == ".py" and one.parts[0] in CODE]
    if code:
        yield "style", ["ruff", "check", *code]
        yield "format", ["ruff", "format", "--check", *code]
        yield "types", ["mypy"]
    tests = [str(one) for one in tests_of(root, paths)]
    if tests:
        yield f"{len(tests)} files of tests", ["pytest", "-q", "-n", "2", "--dist", "loadfile", *tests]
    notebooks = [str(one) for one in paths if one.parent == NOTEBOOKS and one.suffix == ".ipynb"]
    if notebooks:
        yield "notebooks", ["pytest", "-q", *NBVAL, *notebooks]


def check(root: Path, base: str, say: Say) -> int:
    """Run all steps, also after one that failed; 1 if one did, else 0."""
    paths = changed(root, base)
    say(f"{len(paths)} files have changed since {base}.")
    failed = []
    for name, words in steps(root, paths):
        start = time.monotonic()
        done = subprocess.run([sys.executable, "-m", *words], cwd=root, check=False)
        say(f"{name}: {'FAILED' if done.returncode else 'fine'}, {time.monotonic() - start:.0f} s")
        failed += [name] if done.returncode else []
    say(f"Failed: {', '.join(failed)}." if failed else "All fine; the rest of the tests is run by `make test`.")
    return 1 if failed else 0
