"""A module's source without what does nothing: comments, blank lines, docstrings. The same on every Python."""

import io
import tokenize
from functools import cache

IDLE = {"COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT", "ENCODING", "ENDMARKER"}
OPENING, CLOSING = {"FSTRING_START", "TSTRING_START"}, {"FSTRING_END", "TSTRING_END"}  # tokens only from Python 3.12 on


@cache
def what_runs(source: bytes) -> bytes:
    """The source without comments, blank lines and docstrings; those in texts kept; what is no Python as it is."""
    lines = io.BytesIO(source).readlines()
    try:
        tokens = list(tokenize.tokenize(io.BytesIO(source).readline))
    except (tokenize.TokenError, SyntaxError, UnicodeDecodeError):
        return source
    encoding = tokens[0].string
    kept, opened = set[int](), list[int]()
    for one in tokens:
        kind = tokenize.tok_name[one.type]
        row, column = one.start
        if kind == "COMMENT":
            before = lines[row - 1].decode(encoding)[:column].rstrip()
            lines[row - 1] = f"{before}\n".encode(encoding)
        if kind in OPENING:
            opened.append(row)
        elif kind in CLOSING:
            kept.update(range(opened.pop(), row + 1))
        if kind not in IDLE:
            kept.update(range(row, one.end[0] + 1))
    kept -= _docstrings(tokens)
    return b"".join(line for row, line in enumerate(lines, start=1) if row in kept)


def _docstrings(tokens: list[tokenize.TokenInfo]) -> set[int]:
    """Rows of statements that are only a text: docstrings, which say what is done and do nothing."""
    rows, statement = set[int](), list[tokenize.TokenInfo]()
    for one in tokens:
        kind = tokenize.tok_name[one.type]
        if kind == "NEWLINE":
            if [tokenize.tok_name[part.type] for part in statement] == ["STRING"]:
                rows.update(range(statement[0].start[0], statement[0].end[0] + 1))
            statement = []
        elif kind not in IDLE:
            statement.append(one)
    return rows
