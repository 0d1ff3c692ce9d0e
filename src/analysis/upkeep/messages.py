"""Every message that readers are told, read from where it is written: modules, pages, notebooks, data."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from babel.messages import Catalog

from analysis.errors import TranslationError
from analysis.i18n import catalogue, passages
from analysis.i18n.language import CATALOGUES, FRENCH, LANGUAGES, shown
from analysis.i18n.language import catalogue as translations
from analysis.indicators.programme_overlap import TITLES
from analysis.io import store, yaml_files
from analysis.io.paths import LAYERS as LAYER_FILES
from analysis.io.paths import NOTEBOOKS, RAW
from analysis.programme import PROGRAMME, WHERE
from analysis.sources import context, editions
from analysis.tables import TABLES
from analysis.tables.layers import LAYERS

PACKAGE = Path(__file__).parents[1]
PAGES = PACKAGE / "publication/site/assets/pages"
LACKING, SHOWN = "no translation", 10


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
    yield str(WHERE), (*TITLES.values(), PROGRAMME.name, *PROGRAMME.territory.model_dump().values())
    yield f"{RAW}/vocabulary.yaml", _labels(yaml_files.read_yaml(root / RAW / "vocabulary.yaml"))
    yield f"{RAW}/checks.yaml", _reasons(yaml_files.read_yaml(root / RAW / "checks.yaml"))
    yield f"{RAW}/{editions.FILE}", (one["title"] for one in yaml_files.read_yaml(root / RAW / editions.FILE))
    for name, one in context.load(root / LAYER_FILES).items():
        columns = (text for column in one.columns.values() for text in (column.title, column.of or ""))
        yield f"{LAYER_FILES}/{name}.yaml", (one.title, one.limits, *columns)


def _labels(vocabulary: dict[str, dict[str, object]]) -> Iterator[str]:
    """What the vocabulary calls units, phases and concepts, and what it measures them on."""
    for part in ("units", "phases", "concepts"):
        for one in vocabulary[part].values():
            if isinstance(one, dict) and "label" in one:
                yield from (str(one[key]) for key in ("label", "measured_on") if key in one)


def _reasons(checks: list[dict[str, object]]) -> Iterator[str]:
    for check in checks:
        reason = check.get("reason", "")
        yield from map(str, reason.values()) if isinstance(reason, dict) else (str(reason),)


@dataclass(frozen=True, slots=True)
class Told:
    """What a catalogue lacks, and what it has lost: messages with the places that use them, and old translations."""

    language: str
    missing: Mapping[str, Sequence[str]]
    proposed: Mapping[str, str]
    dropped: Mapping[str, str]

    def summary(self) -> Iterator[str]:
        """What to say before a build: it shows these messages in French, and the tests refuse them."""
        lines = [line for line in self.lines() if line.startswith(LACKING)]
        yield from lines[:SHOWN]
        if lines:
            yield (
                f"{len(lines)} messages are shown in French, marked, in the edition {self.language}: run `analysis "
                f"catalogue`, then translate them in {shown(self.language)}; `make test` refuses them."
            )

    def lines(self) -> Iterator[str]:
        """What to tell people, a line each."""
        for message, places in self.missing.items():
            hint = f" (proposed: {self.proposed[message]})" if message in self.proposed else ""
            yield f"{LACKING}: {message}{hint} [{', '.join(sorted(set(places)))}]"
        for message, translation in self.dropped.items():
            yield f"no longer used, dropped: {message} = {translation}"


def write(root: Path) -> list[Told]:
    """Rewrite every catalogue with the messages in use; what each lacks and has lost."""
    messages, found = used(root), list[Told]()
    with store.batch() as files:
        for name in _translated():
            known = _updated(name, messages)
            files.add_text(CATALOGUES / f"{name}.po", catalogue.written(name, known))
            found.append(_told(name, messages, known))
    return found


def missing(root: Path) -> list[Told]:
    """What each catalogue lacks; nothing is written."""
    messages = used(root)
    return [_told(name, messages, _updated(name, messages)) for name in _translated()]


def check(root: Path) -> None:
    """Raise TranslationError when a catalogue lacks a message, or its file is not what `write` would write."""
    messages = used(root)
    for name in _translated():
        catalogue.require_complete(name, messages, translations(name))
        if store.read_text(CATALOGUES / f"{name}.po") != catalogue.written(name, _updated(name, messages)):
            raise TranslationError("it is not up to date.", where=shown(name), repair="Run `analysis catalogue`.")


def _translated() -> list[str]:
    return [name for name in LANGUAGES if name != FRENCH]


def _updated(name: str, messages: Mapping[str, Sequence[str]]) -> Catalog:
    path = CATALOGUES / f"{name}.po"  # a new language has none yet
    return catalogue.updated(name, messages, catalogue.read(path.read_bytes() if path.exists() else b"", name))


def _told(name: str, messages: Mapping[str, Sequence[str]], known: Catalog) -> Told:
    lacking = {str(one.id): str(one.string or "") for one in known if one.id and (one.fuzzy or not one.string)}
    proposed = {message: text for message, text in lacking.items() if text}
    dropped = {str(one.id): str(one.string) for one in known.obsolete.values() if one.string}
    return Told(name, {message: messages[message] for message in lacking}, proposed, dropped)
