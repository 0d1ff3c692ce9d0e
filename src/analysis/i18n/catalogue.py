"""The translation catalogue kept in step with the messages in use: collected, merged, checked.

Messages are French texts: what `tr`, `N_` and `typography.counted` take in the package's modules, blocks of Markdown in
notebooks and pages, labels and reasons in the data. `analysis catalogue` rewrites `i18n/locale/<language>.po` with all
of them and only them; what has no translation yet is named, with the nearest old one as a proposal.
"""

import ast
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from babel.messages import Catalog, pofile

from analysis.errors import TranslationError
from analysis.i18n.language import UPDATE, shown

TAKING: Final = ("tr", "N_")
COUNTING: Final = ("counted", "named")  # of typography: a noun, and its plural, which is by default the noun and an s
IN_TEMPLATE: Final = re.compile(r"""\btr\(\s*"([^"]*)"\s*\)""")
PLACEHOLDER: Final = re.compile(r"\{[a-z_]*\}")


# --- collected ---------------------------------------------------------------------------------------------


def in_module(source: str) -> Iterator[str]:
    """Messages of a module's source, as they come."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _in_call(node)


def in_template(text: str) -> list[str]:
    """Messages of a page template, as they come."""
    return IN_TEMPLATE.findall(text)


def _in_call(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    of_typography = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "typography"
    if name in TAKING and call.args:
        yield from _texts(call.args[0])
    elif name in COUNTING and of_typography and len(call.args) > 1:
        nouns = list(_texts(call.args[1]))
        yield from nouns
        yield from _texts(call.args[2]) if len(call.args) > 2 else (f"{noun}s" for noun in nouns)


def _texts(node: ast.expr) -> Iterator[str]:
    """The text of a literal, or those that a condition chooses from."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


# --- merged ------------------------------------------------------------------------------------------------


def read(text: bytes, name: str) -> Catalog:
    """A language's catalogue from its file, doubtful translations ("fuzzy") with the message they were made for."""
    found = pofile.read_po(io.BytesIO(text), locale=name, abort_invalid=True)
    for message in found:
        told = [one.removeprefix("|").strip() for one in message.user_comments if one.startswith("|")]
        if told:
            message.previous_id = [pofile.denormalize("\n".join(told).removeprefix("msgid "))]
            message.user_comments = [one for one in message.user_comments if not one.startswith("|")]
    return found


def updated(name: str, used: Mapping[str, Iterable[str]], before: Catalog) -> Catalog:
    """The catalogue of the messages `used`, each with the places that use it, from the one there was.

    A message without a translation gets that of the nearest one as a proposal, marked as doubtful; translations of
    messages that are gone, and that are no proposal, are in `obsolete`.
    """
    wanted, known = Catalog(locale=name), Catalog(locale=name)
    for message in sorted(used):
        wanted.add(message, locations=[(place, 0) for place in sorted(set(used[message]))])
    earlier = {one.id: one.previous_id for one in before if one.previous_id}
    for one in before:
        if one.id and one.string:
            known[one.id] = one
    known.update(wanted)
    for one in known:
        if one.fuzzy and not one.previous_id:
            one.previous_id = list(earlier.get(one.id, ()))
    return known


def written(name: str, catalog: Catalog) -> str:
    """A catalogue as the text of its file."""
    catalog.header_comment = ""
    buffer = io.BytesIO()
    options: dict[str, Any] = {"include_lineno": False, "omit_header": True, "ignore_obsolete": True}
    pofile.write_po(buffer, catalog, width=0, include_previous=True, **options)
    head = f'msgid ""\nmsgstr ""\n"Language: {name}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head + buffer.getvalue().decode().strip("\n") + "\n"


# --- checked -----------------------------------------------------------------------------------------------


def require_complete(name: str, used: Iterable[str], known: Mapping[str, str]) -> None:
    """Raise TranslationError for the first message without a translation, or with one that lost a placeholder."""
    for message in sorted(used):
        if not known.get(message):
            raise TranslationError(f"no translation of {message!r}.", where=shown(name), repair=UPDATE)
        lost = set(PLACEHOLDER.findall(message)) ^ set(PLACEHOLDER.findall(known[message]))
        if lost:
            what = f"the translation of {message!r} does not have the same placeholders: {', '.join(sorted(lost))}."
            raise TranslationError(what, where=shown(name), repair="Correct it there.")
