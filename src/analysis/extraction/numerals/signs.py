"""Plus and minus before a figure, against bullets and hyphens: (-14 %), – 5 %, "-18 dans la Meuse"."""

from .items import Item
from .tokens import Tokens

SIGNS = frozenset({"+", "-", "−", "–"})
_BEFORE_SIGN = frozenset({"de", "à", "d'", "(", "soit", "contre", "après", "et", "ou", "respectivement", ":"})


def signed(s: Tokens, item: Item) -> Item:
    """Take in the sign of "-2,5 %" or "+4"."""
    k = item.first - 1
    if s.low[k] not in SIGNS or item.low is None or item.high is None or not _is_sign(s, k, item):
        return item
    if s.low[k] != "+":
        item.low, item.high = -item.high, -item.low
        if item.number is not None:
            item.number.mantissa = -item.number.mantissa
    item.first, item.start, item.num_start = k, s.begin[k], s.begin[k]
    return item


def _is_sign(s: Tokens, k: int, item: Item) -> bool:
    """Whether the dash at token k is a sign, and not a bullet or a hyphen."""
    glued = s.glued(item.first)
    if k == 0 and s.low[k] != "−":  # a bullet before what is counted, a sign before -5 % or a decimal alone
        decimal = item.bare and item.number is not None and item.number.decimals > 0
        return decimal or (glued and item.kind != "count") or s.low[k] == "+"
    listed = s.low[k - 1] in {",", ";"} and item.kind == "percent"
    return (glued and not s.glued(k)) or s.low[k] == "−" or s.low[k - 1] in _BEFORE_SIGN or listed
