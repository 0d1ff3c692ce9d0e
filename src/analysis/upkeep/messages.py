"""Every message that readers are told, read from where it is written: modules, pages, notebooks, data."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat

from analysis.errors import TranslationError
from analysis.i18n import catalogue, passages
from analysis.i18n.language import CATALOGUES, FRENCH, LANGUAGES, shown
from analysis.i18n.language import catalogue as translations
from analysis.io import store, yaml_files
from analysis.io.paths import NOTEBOOKS, RAW
from analysis.tables import TABLES
from analysis.tables.layers import LAYERS

PACKAGE = Path(__file__).parents[1]
PAGES = PACKAGE / "publication/site/assets/pages"


def used(root: Path) -> dict[str, list[str]]:
    """Messages by text, each with the files that use it, relative to the project's root."""
    found = defaultdict[str, list[str]](list)
    for place, texts in _read(root):
        for text in texts:
            if text:
                found[text].append(place)
    return dict(found)


def _read(root: Path) -> Iterator[tuple[str, Iterable[str]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield f"src/analysis/{path.relative_to(PACKAGE).as_posix()}", catalogue.in_module(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("_templates/*.html")):
        yield f"src/analysis/{path.relative_to(PACKAGE).as_posix()}", catalogue.in_template(path.read_text("utf-8"))
    for path in sorted(PAGES.glob("*.md")):
        yield f"src/analysis/{path.relative_to(PACKAGE).as_posix()}", passages.messages(path.read_text("utf-8"))
    for path in sorted((root / NOTEBOOKS).glob("*.ipynb")):
        cells = nbformat.reads(store.read_text(path), as_version=4).cells
        prose = (one["source"] for one in cells if one.cell_type == "markdown")
        yield f"{NOTEBOOKS}/{path.name}", (text for source in prose for text in passages.messages(source))
    for table in (*TABLES.values(), *LAYERS):
        yield "src/analysis/tables", (table.title, table.group, *(one.title for one in table.fields))
    yield f"{RAW}/vocabulary.yaml", _labels(yaml_files.read_yaml(root / RAW / "vocabulary.yaml"))
    yield f"{RAW}/checks.yaml", _reasons(yaml_files.read_yaml(root / RAW / "checks.yaml"))


def _labels(vocabulary: dict[str, dict[str, object]]) -> Iterator[str]:
    """What the vocabulary calls units, phases and concepts."""
    for part in ("units", "phases", "concepts"):
        for one in vocabulary[part].values():
            if isinstance(one, dict) and "label" in one:
                yield str(one["label"])


def _reasons(checks: list[dict[str, object]]) -> Iterator[str]:
    for check in checks:
        reason = check.get("reason", "")
        yield from map(str, reason.values()) if isinstance(reason, dict) else (str(reason),)


def write(root: Path) -> list[str]:
    """Rewrite every catalogue with the messages in use; those without a translation."""
    messages, missing = used(root), list[str]()
    with store.batch() as files:
        for name in LANGUAGES:
            if name != FRENCH:
                known = translations(name)
                files.add_text(CATALOGUES / f"{name}.po", catalogue.written(name, messages, known))
                missing += [one for one in sorted(messages) if not known.get(one)]
    return missing


def check(root: Path) -> None:
    """Raise TranslationError when a catalogue lacks a message, or its file is not what `write` would write."""
    messages = used(root)
    for name in LANGUAGES:
        if name != FRENCH:
            catalogue.require_complete(name, messages, translations(name))
            if (CATALOGUES / f"{name}.po").read_text("utf-8") != catalogue.written(name, messages, translations(name)):
                raise TranslationError("it is not up to date.", where=shown(name), repair="Run `analysis catalogue`.")
