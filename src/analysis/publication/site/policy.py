"""What a page of the site may load and run: its Content-Security-Policy, and what would break it (pure).

The policy stands in each page, not in a header: the site is served by any host and opened from a disk.
"""

import re
from collections.abc import Iterator, Mapping

# `file:` beside `'self'`: a page opened from a disk has no origin that Firefox would compare. On the web it allows
# nothing, since no browser lets a page of a host load a file of the reader's disk.
OWN = ("'self'", "file:")
NONE = ("'none'",)
DIRECTIVES: Mapping[str, tuple[str, ...]] = {
    "default-src": NONE,
    "script-src": OWN,
    "style-src": OWN,
    "img-src": (*OWN, "data:"),  # the theme's and Leaflet's style sheets hold small pictures
    "connect-src": OWN,  # the search reads the pages it quotes
    "object-src": NONE,
    "base-uri": NONE,
    "form-action": OWN,  # the box of the search
}
POLICY = "; ".join(f"{name} {' '.join(sources)}" for name, sources in DIRECTIVES.items())
HEADER = "content-security-policy"
# Types of a script that holds data: no browser runs it.
DATA = frozenset({"application/json", "application/ld+json"})
ADDRESSES = ("href", "src", "xlink:href", "action", "formaction", "data", "poster", "background", "srcset", "to")
HIDING = re.compile(r"[\x00- ]+")
CODE = ("javascript:", "vbscript:", "data:text/", "data:application/", "data:image/svg")


def policy_of(tag: str, values: Mapping[str, str]) -> str | None:
    """The policy that a tag with these attributes states; None for any other tag."""
    if tag == "meta" and values.get("http-equiv", "").strip().lower() == HEADER:
        return values.get("content", "")
    return None


def executable(tag: str, values: Mapping[str, str]) -> Iterator[str]:
    """What a tag with these attributes would run or style from the page itself, in words."""
    if tag == "script" and "src" not in values and values.get("type", "").strip().lower() not in DATA:
        yield "a script in the page"
    if tag == "style" or "style" in values:
        yield "a style in the page"
    for name, value in values.items():
        if name.startswith("on"):
            yield f"a handler {name}"
        elif name == "srcdoc":
            yield "a page in the page (srcdoc)"
        elif name in ADDRESSES and _bare(value).startswith(CODE):
            yield f"code as an address ({_bare(value)[:40]})"


def _bare(address: str) -> str:
    """An address as a browser reads it: without control characters and spaces, which hide a scheme."""
    return HIDING.sub("", address).lower()
