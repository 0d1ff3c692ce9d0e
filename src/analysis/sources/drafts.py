"""A drafted entry of sources.yaml: what is known of a document, and a question for the rest (pure)."""

import json
import re

from analysis.sources.provenance import DAY_OR_MONTH, asked

LONGEST = 300  # characters of what a document says of itself
QUESTIONS = {
    "kind": "report, press_release ou article",
    "producer": "qui a publié le document",
    "title": "son titre, ou une description en quelques mots",
    "published": "sa date de publication (AAAA-MM-JJ ou AAAA-MM)",
    "accessed": "quand a-t-il été lu (AAAA-MM)",
    "licence": "sous quelle licence, telle que le producteur la nomme",
    "stated_at": "où la licence est énoncée (adresse)",
}
QUOTED = {"licence": "Chiffres cités comme des faits ; texte non reproduit", "stated_at": "data/raw/notes/README.md"}
ENTRY = """\
- id: {id}
  kind: {kind}
  producer: {producer}
  title: {title}
  url: {url}
  published: {published}
  accessed: {accessed}
  licence:
    name: {licence}
    stated_at: {stated_at}
  sha256: {sha256}
"""


def entry(source_id: str, *, url: str | None = None, sha256: str | None = None, **known: str | None) -> str:
    """The YAML of one entry. `known`: kind, producer, title, published, accessed, as far as they are known.

    The licence is that of figures that are quoted; that of a dataset, which is used as a whole, is a question. What is
    not known is one too, which the loader of sources refuses until it is answered. A date that is no day or month is
    not known.
    """
    stated = known if known.get("kind") == "dataset" else {**known, **QUOTED}
    told = {name: _line(stated.get(name)) or asked(question) for name, question in QUESTIONS.items()}
    for name in ("published", "accessed"):
        if not re.fullmatch(DAY_OR_MONTH, told[name]):
            told[name] = asked(QUESTIONS[name])
    values = {name: json.dumps(value, ensure_ascii=False) for name, value in told.items()}
    return ENTRY.format(id=source_id, url=url or "null", sha256=json.dumps(sha256), **values)


def _line(text: str | None) -> str:
    """A text on one line, without what cannot be printed: YAML refuses it."""
    return "".join(filter(str.isprintable, " ".join((text or "").split())))[:LONGEST]
