"""What one page of the site loads, links to, names and shows, as browsers read it (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.publication.site.html import elements
from analysis.publication.site.policy import executable, policy_of

LOADING = ("src", "href", "data", "poster", "action", "formaction", "background", "xlink:href", "ping", "manifest")
FOLLOWED = ("a", "area")  # a reader follows these by choice; nothing is loaded
FETCHED = frozenset({"stylesheet", "icon", "preload", "modulepreload"})  # of what a link may be to the page
EARLY = frozenset({"script", "style", "link", "body", "img"})  # what no page may have before its policy
# What says nothing of loads, links, code and pictures: most elements of a page have nothing else.
QUIET = frozenset({"class", "lang", "scope", "colspan", "rowspan", "role", "tabindex", "aria-label", "data-origin"})
TOLD_BY_NAME = EARLY | {"html", "svg"}  # elements that say something without any attribute


@dataclass
class Page:
    """What one page loads, links to, names and shows.

    `first` are the addresses that a reader's browser fetches before anything is scrolled or clicked: style sheets,
    scripts, icons and pictures, but not those that load late.
    """

    language: str = ""
    loads: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    images: list[tuple[str, str | None]] = field(default_factory=list)
    drawings: list[Mapping[str, str]] = field(default_factory=list)
    code: list[tuple[str, str]] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    before_policy: bool = False

    def add(self, tag: str, values: Mapping[str, str]) -> None:
        """Collect the addresses, anchors and alternative text of one tag with these attributes."""
        self.anchors.update(filter(None, (values.get("id"), values.get("name"))))
        self.runs.extend(executable(tag, values))
        if (policy := policy_of(tag, values)) is not None:
            self.policies.append(policy)
        elif tag in EARLY and not self.policies:
            self.before_policy = True
        if style := values.get("style"):
            self.code.append(("style", style))
        found = [values[name] for name in LOADING if name in values]
        found += _candidates(values["srcset"]) if "srcset" in values else []
        (self.links if tag in FOLLOWED else self.loads).extend(found)
        if values.get("http-equiv", "") == "refresh":
            self.loads.append(values.get("content", "").partition("=")[2])
        if tag not in FOLLOWED and values.get("loading") != "lazy" and _fetched(tag, values):
            self.first.extend(found)
        if tag == "img":
            self.images.append((values.get("src", ""), values.get("alt")))
        elif tag == "svg":
            self.drawings.append(values)
        elif tag == "html":
            self.language = values.get("lang", "")


def _fetched(tag: str, values: Mapping[str, str]) -> bool:
    """Whether a browser asks at once for what this tag names: not for the next page, nor for where a form is sent."""
    return tag not in {"link", "form"} or bool(FETCHED.intersection(values.get("rel", "").lower().split()))


def _candidates(srcset: str) -> list[str]:
    return [part.split()[0] for part in srcset.split(",") if part.strip()]


def parse(html: str) -> Page:
    """A page from its HTML, as browsers read it."""
    page = Page()
    for node in elements(html).traverse():
        tag, given = node.tag or "", node.attributes
        if tag not in TOLD_BY_NAME and given.keys() <= QUIET:
            continue
        if tag in {"script", "style"}:
            page.code.append((tag, node.text()))
        page.add(tag, {name: value or "" for name, value in given.items()})
    return page
