"""What a reading shows, as HTML that holds no text of the document unescaped, with its plain text (pure)."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).parent / "assets"
STYLE = ASSETS / "marks.css"  # of all that is shown here

UNSEEN = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no HTML may hold these
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # marks by which a text could turn what stands around it
STOP = "\ufffd"


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of a page, and what is shown of it where no HTML is."""

    html: str
    plain: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain}


def text(words: str | None) -> str:
    """Words of a document as HTML that shows them: every sign stays text, and none acts outside of it."""
    return escape(UNSEEN.sub(STOP, TURNING.sub(STOP, words or "")))
