"""Which part of a page is its article, and what in it is not (pure)."""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.extraction.documents.raised import CALL
from analysis.extraction.numerals.lexicon import wordset

NOT_SHOWN = wordset("script style template noscript svg math iframe object embed applet audio video canvas map"
                      " head link meta button select textarea input datalist dialog frame frameset"
    " noframes")  # fmt: skip
_AROUND = wordset("nav footer menu search")
_AROUND_ROLES = wordset("navigation contentinfo search complementary menu menubar toolbar banner dialog")
_AROUND_WORDS = wordset(
    "nav navbar navigation menu footer sidebar cookie cookies consent rgpd gdpr breadcrumb breadcrumbs ariane share"
    " sharing partage partager social sociaux related similaire similaires comments comment commentaires newsletter"
    " promo advert ad ads pub publicite sponsor widget pagination pager popup modal overlay skip recommended recommandations"
    " toolbar login subscribe abonnement paywall teaser teasers tags outbrain taboola"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_WORDS = wordset("hidden visually-hidden visuallyhidden sr-only screen-reader-text d-none")
_ELSEWHERE = re.compile(
    r"(?:à )?(?:lire|voir|découvrir)(?: (?:aussi|également|la suite))?\s*[:>–]|sur le même (?:sujet|thème)", re.I
)
_BLOCKS = wordset("div section ul ol aside header p table dl form li h2 h3 h4")
_TEXT = wordset("p li td th blockquote pre h1 h2 h3 h4 h5 h6 dd figcaption caption")
_CANDIDATES = "[itemprop=articleBody]", "article", "main", "[role=main]"
_BACK = wordset("↩ ↑ ^ ⤴ ⏎ ↵ ↩︎")
_LEAST_LETTERS, _MOST_LOST = 140, 0.4


def article_of(page: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the article: the one that the page names, else where most of its text stands."""
    body = page.body
    if body is None:
        return None
    for node in [*body.css(", ".join((*_AROUND, *NOT_SHOWN)))]:
        if node.tag != "footer" or node.parent is None or node.parent.tag != "blockquote":
            node.decompose()
    whole = letters(body)
    for selector in _CANDIDATES:
        found = sorted(body.css(selector), key=letters, reverse=True)
        size = letters(found[0]) if found else 0
        alone = len(found) == 1 or (len(found) > 1 and size > 2 * letters(found[1]))
        if alone and size >= min(_LEAST_LETTERS, 0.5 * whole):
            return _with_heading(found[0], body)
    return _densest(body, whole)


def letters(node: LexborNode) -> int:
    """How many characters of text a node holds outside links."""
    linked = sum(len(one.text(strip=True)) for one in node.css("a"))
    return max(0, len(node.text(strip=True)) - linked)


def _with_heading(node: LexborNode, body: LexborNode) -> LexborNode:
    """A body of an article, or the element around it that has the heading too and hardly anything else."""
    around, size = node, letters(node)
    while around.parent is not None and around.parent.mem_id != body.mem_id and around.css_first("h1") is None:
        around = around.parent
        if letters(around) > 1.3 * size + 600:
            return node
    return around if around.css_first("h1") is not None else node


def _densest(body: LexborNode, whole: int) -> LexborNode:
    """The smallest element that holds most of the text of paragraphs."""
    current = body
    while True:
        inside = [(letters(one), one) for one in current.iter() if one.tag not in _TEXT]
        size, best = max(inside, key=lambda pair: pair[0], default=(0, current))
        if size < 0.8 * whole or not size:
            return current
        current = best


def is_left_out(node: LexborNode, total: int) -> bool:
    """Whether an element is not shown, or is of the site rather than of the article.

    What only its name gives away stays where it holds much of the article's text, `total` characters.
    """
    tag, attributes = node.tag, node.attributes
    if tag in NOT_SHOWN or tag in _AROUND or "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return True
    words = set((attributes.get("class") or "").lower().split())
    if attributes.get("aria-hidden") == "true" or words & _HIDDEN_WORDS:
        return True
    if tag not in _BLOCKS:
        return False
    words |= {(attributes.get("id") or "").lower()}
    named = {part for word in words for part in re.split(r"[-_]+|(?<=[a-z])(?=[A-Z])", word)} & _AROUND_WORDS
    around = named or attributes.get("role") in _AROUND_ROLES or tag in {"aside", "form"}
    if around and len(node.text(strip=True)) <= _MOST_LOST * total and not (tag == "aside" and _is_text(node)):
        return True
    return _is_list_of_links(node)


def _is_text(node: LexborNode) -> bool:
    """Whether an aside says something itself: a box of key figures, not links."""
    size = len(node.text(strip=True))
    return size > 0 and letters(node) > 0.7 * size and not _ELSEWHERE.match(node.text(strip=True))


def _is_list_of_links(node: LexborNode) -> bool:
    """Whether a block only leads elsewhere: links to other pages, and hardly a word beside them."""
    links = [one for one in node.css("a") if not is_call(one)]
    if not links or node.css_first("p p, td, figure, h1") is not None:
        return False
    text = node.text(strip=True)
    linked = sum(len(one.text(strip=True)) for one in links)
    if _ELSEWHERE.match(text) and linked > 0.3 * len(text):
        return True
    return len(links) > 2 and linked > 0.8 * len(text) and node.tag in {"ul", "ol", "div", "section", "dl"}


def is_call(node: LexborNode) -> bool:
    """Whether a link is the call of a footnote: to a place on the page, shown by a number or sign."""
    target = node.attributes.get("href") or ""
    shown = node.text(strip=True).strip("[]() ")
    return "#" in target and not target.endswith("#") and (shown in _BACK or bool(CALL.fullmatch(shown)))


def walk(root: LexborNode, enter: Callable[[LexborNode], bool], leave: Callable[[LexborNode], None]) -> None:
    """Go through what is below a root in order; what `enter` refuses is passed over and not left.

    Without recursion: a page may be nested deeper than Python goes.
    """
    node = root.child
    while node is not None:
        if enter(node):
            if node.child is not None:
                node = node.child
                continue
            leave(node)
        while node.next is None:
            node = node.parent
            if node is None or node.mem_id == root.mem_id:
                return
            leave(node)
        node = node.next
