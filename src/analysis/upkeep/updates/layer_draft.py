"""The YAML of a layer drafted from what was guessed, with a question for what only its author knows (pure)."""

import json
from collections.abc import Iterator

from analysis.sources import drafts
from analysis.sources.context import YEAR
from analysis.sources.provenance import asked
from analysis.tables.codes import COG_YEAR
from analysis.upkeep.updates.layer_guess import Column, Guess

RULES = {"count": "sum", "share": "none", "flag": "any", "class": "none", "date": "none"}
TITLE = "le titre de la couche, en quelques mots"
LIMITS = "ce qu’elle ne couvre pas, et ce que veut dire une unité absente"
OWN = {"count": ("unit", "ce qui est compté, au singulier"), "share": ("of", "de quoi c’est la part")}
WORDS = {"commune": "communes", "intercommunality": "intercommunalities", "department": "departments",
         "region": "regions"}  # fmt: skip


def layer(name: str, found: Guess) -> str:
    """The text of the YAML."""
    lines = [
        f"title: {_quoted(asked(TITLE))}",
        f"level: {found.level}",
        f"code: {_quoted(found.code)}",
        f"cog: {found.cog if found.cog == COG_YEAR else f'[{found.cog}, {COG_YEAR}]'}",
        f"source: {source_id(name)}",
        f"limits: {_quoted(asked(LIMITS))}",
        "# true where the file names all that is in it, so that what it does not name is not",
        f"complete: {str(found.is_list).lower()}",
    ]
    if found.ignored:
        lines.append(f"ignored: [{', '.join(map(_quoted, found.ignored))}]")
    return "\n".join([*lines, "columns:", *(line for one in found.columns for line in _column(one))]) + "\n"


def source(name: str, digest: str) -> str:
    """The text of the entry of its source."""
    return drafts.entry(source_id(name), sha256=digest, kind="dataset")


def source_id(name: str) -> str:
    """The id of the source that is drafted for a layer."""
    return name.replace("_", "-")


def told(found: Guess, rows: int) -> Iterator[str]:
    """What was guessed and what joins, a line each."""
    yield f"{found.joined} of {rows} rows join {WORDS[found.level]} of COG {COG_YEAR} by the column {found.code!r}."
    if found.strange:
        listed = ", ".join(found.strange[:6]) + (" …" if len(found.strange) > 6 else "")
        yield f"Other codes: {listed}."
    for one in found.columns:
        yield f"{one.name}: {one.kind}, from {', '.join(map(repr, one.headings))}."
    if found.ignored:
        yield f"Left out: {', '.join(map(repr, found.ignored))}."


def _column(one: Column) -> Iterator[str]:
    yield f"  {one.name}:"
    yield f"    title: {_quoted(asked('ce que dit la colonne, en quelques mots'))}"
    yield f"    kind: {one.kind}"
    if one.kind in OWN:
        key, question = OWN[one.kind]
        yield f"    {key}: {_quoted(asked(question))}"
    first = next(iter(one.headings))
    if len(one.headings) > 1:
        yield f"    heading: {_quoted(first.replace(str(one.headings[first]), YEAR))}"
        yield f"    years: [{one.years[0]}, {one.years[-1]}]"
    else:
        yield f"    heading: {_quoted(first)}"
        yield f"    year: {one.years[0] or _quoted(asked('de quelle année'))}"
    yield f"    adds_up: {RULES[one.kind]}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
