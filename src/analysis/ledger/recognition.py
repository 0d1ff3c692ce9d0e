"""Whether a document is one of the sources that the ledger already has, and which of its figures are there (pure)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from analysis.ledger.claim_index import Row

SAME: Final = ("concept", "place", "value_low", "value_high", "unit")  # of one figure read twice; dates may be implied
LEAST_FIGURES, LEAST_SHARE = 3, 0.6  # of a source's figures, found again in a document that is that source


def as_known(rows: Sequence[dict[str, Any]], known: Iterable[Row]) -> list[dict[str, Any]]:
    """A document's figures under the source and the ids that the ledger has for them, where it has them.

    `rows` are the document's figures under one source, `known` are rows of core_claims. A document whose source the
    ledger does not have is taken for the source most of whose figures it gives, if there is one: else the ledger would
    take a text that is read again for a second witness.
    """
    theirs = defaultdict[str, list[Row]](list)
    for row in known:
        theirs[row["source_id"]].append(row)
    source = _source(rows, theirs)
    ids = defaultdict[tuple[Any, ...], list[str]](list)
    for row in theirs.get(source, ()):
        ids[_key(row)].append(row["claim_id"])
    found = []
    for row in rows:
        same = ids[_key(row)]
        found.append({**row, "source_id": source, "claim_id": same.pop(0) if same else row["claim_id"]})
    return found


def _source(rows: Sequence[Row], theirs: Mapping[str, Sequence[Row]]) -> str:
    own = str(rows[0]["source_id"]) if rows else ""
    if own in theirs:
        return own
    ours = Counter(map(_key, rows))
    shared = {name: (ours & Counter(map(_key, figures))).total() for name, figures in theirs.items()}
    likely = [name for name, count in shared.items() if count >= max(LEAST_FIGURES, LEAST_SHARE * len(theirs[name]))]
    return max(likely, key=lambda name: (shared[name] / len(theirs[name]), name), default=own)


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in SAME)
