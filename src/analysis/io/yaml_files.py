"""YAML that people write, read within bounds: no alias, no tag, no key twice; errors name file and line."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import yaml

from analysis.errors import SourceError

RERUN = "then run `dvc repro`."
DEEPEST = 32  # levels of YAML: the deepest file of the project has six
LONGEST = 1_000_000  # characters of YAML: some seconds
# Dates stay as written; a key `<<` is a key.
LEFT_AS_TEXT = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge")


class _Loader(yaml.composer.Composer, yaml.CSafeLoader):
    """Safe YAML that keeps dates as text and refuses a key written twice, and what no file of the project needs.

    Neither aliases (a few lines of them stand for billions of values), nor tags (which name types), nor deep nesting.
    """

    deep = 0

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        self.anchors: dict[str, yaml.Node] = {}

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()
        problem = (
            "aliases are not allowed" if isinstance(event, yaml.AliasEvent)
            else f"the tag {event.tag} is not allowed" if event.tag not in {None, "!"}
            else f"more than {DEEPEST} levels in one another" if self.deep >= DEEPEST
            else ""
        )  # fmt: skip
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
        self.deep += 1
        node = super().compose_node(parent, index)
        self.deep -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key is not a text", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag not in LEFT_AS_TEXT]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path, text: str | None = None, first_line: int = 1) -> Any:
    """Content of a YAML file (or of `text`, which starts at `first_line` of it); SourceError names the line."""
    text = read_document(path) if text is None else text
    if len(text) > LONGEST:
        refuse(
            path, None, f"{len(text):,} characters of YAML, more than {LONGEST:,}.", "Write less, or raise the limit"
        )
    try:
        node = compose(text)
        return None if node is None else _Loader("").construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark else first_line
        refuse(path, line, f"invalid YAML ({getattr(error, 'problem', None) or error}).", "Correct the syntax")
    except ValueError as error:  # a number of thousands of digits
        refuse(path, first_line, f"invalid YAML ({error}).", "Correct the value", cause=error)


@lru_cache(maxsize=32)
def compose(text: str) -> Any:
    """The nodes of a YAML text, with their places; they are not to be changed, for the next reader gets the same."""
    return yaml.compose(text, Loader=_Loader)


def read_document(path: Path) -> str:
    """Text of a UTF-8 file in NFC with LF line ends; SourceError names the line of a wrong byte."""
    try:
        return unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig")).replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise SourceError("the file is missing.", where=path, repair=f"Restore it, {RERUN}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what = f"line {line}: byte 0x{error.object[error.start]:02x} is not UTF-8."
        raise SourceError(what, where=path, repair=f"Save the file as UTF-8, {RERUN}") from error


def refuse(path: Path, line: int | None, what: str, repair: str, cause: Exception | None = None) -> NoReturn:
    """Raise SourceError with file, line, what is wrong and what to do."""
    place = f"line {line}: " if line else ""
    raise SourceError(place + what, where=path, repair=f"{repair}, {RERUN}") from cause
