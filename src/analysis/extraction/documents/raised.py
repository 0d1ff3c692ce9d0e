"""What raised letters are in a plain text: powers and ordinals stay, the calls of notes go (pure)."""

import re

CALL = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[a-z]\))(?:[,;\s]+\d{1,3})*[\])]?,?")
_UNIT = re.compile(r"(?<![^\W\d_])[kcdm]?m$")
_POWERS = {"2": "²", "3": "³"}


def plain_raised(raised: str, before: str) -> str:
    """What a raised text becomes after the text before it on the line."""
    text = raised.strip()
    if text in _POWERS and _UNIT.search(before):
        return _POWERS[text]
    if CALL.fullmatch(text):
        return ""
    return "°" if text == "o" and before.endswith(("n", "N")) else raised
