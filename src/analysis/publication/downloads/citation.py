"""How to cite the atlas, with the version of its data: as text, BibTeX, CSL-JSON and RIS (pure)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.errors import AtlasError
from analysis.i18n.language import tr

WHERE = "CITATION.cff"
KEY = "territoires-industrie-atlas"
DIGITS = 12  # of the digest that tells one state of the data from another
SPECIAL = re.compile(r"[\\{}%&#_$~^]")
BIBTEX: Mapping[str, str] = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """Title, authors, licence (SPDX), day of release, version (that of the package + that of the data), address."""

    title: str
    authors: tuple[str, ...]
    licence: str
    released: str
    version: str
    address: str = ""

    @property
    def year(self) -> str:
        """The year of release."""
        return self.released[:4]


def parse(content: Any, package: str, data: str, address: str = "") -> Citation:
    """The citation from CITATION.cff, for the version of the `package` and the digest of the `data`.

    Raises AtlasError when the file lacks what a citation needs, or states another version than the package's.
    """
    try:
        authors = tuple(str(one["name"]) for one in content["authors"])
        title, licence, released = (str(content[name]) for name in ("title", "license", "date-released"))
        stated = str(content["version"])
    except (KeyError, TypeError) as error:
        raise AtlasError(f"lacks {error}.", where=WHERE, repair="Write title, authors, version and date.") from error
    if stated != package:
        what = f"version {stated} is stated, the package is {package}."
        raise AtlasError(what, where=WHERE, repair="Write the package's version, then run `dvc repro`.")
    return Citation(title, authors, licence, released, f"{package}+{data[:DIGITS]}", address)


def text(citation: Citation) -> str:
    """One sentence, in the language in force."""
    names = ", ".join(citation.authors)
    cited = tr("{authors} ({year}). {title}. Version {version} [jeu de données].")
    written = cited.format(authors=names, year=citation.year, title=citation.title, version=citation.version)
    return f"{written} {citation.address}".rstrip()


def bibtex(citation: Citation) -> str:
    """A BibTeX entry; the double braces keep names and title as they are."""
    fields = {
        "author": "{" + " and ".join("{" + _bibtex(name) + "}" for name in citation.authors) + "}",
        "title": "{{" + _bibtex(citation.title) + "}}",
        "year": "{" + citation.year + "}",
        "version": "{" + _bibtex(citation.version) + "}",
        "note": "{Data set, version " + _bibtex(citation.version) + "}",
    }
    fields |= {"url": "{" + citation.address + "}"} if citation.address else {}
    inside = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return f"@misc{{{KEY},\n{inside}\n}}\n"


def _bibtex(value: str) -> str:
    return SPECIAL.sub(lambda found: BIBTEX.get(found[0], "\\" + found[0]), value)


def csl(citation: Citation) -> str:
    """A CSL-JSON list of one item."""
    item = {
        "id": KEY,
        "type": "dataset",
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors],
        "issued": {"date-parts": [[int(part) for part in citation.released.split("-")]]},
        "version": citation.version,
    }
    item |= {"URL": citation.address} if citation.address else {}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def ris(citation: Citation) -> str:
    """A RIS record, its lines ended as the format asks."""
    lines = [
        ("TY", "DATA"),
        *(("AU", name) for name in citation.authors),
        ("TI", citation.title),
        ("PY", citation.year),
        ("DA", citation.released.replace("-", "/")),
        ("ET", citation.version),
        *([("UR", citation.address)] if citation.address else []),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)
