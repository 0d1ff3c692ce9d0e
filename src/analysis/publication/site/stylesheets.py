"""Style sheets of the theme without the rules that no page of the site can use (pure, but for `prune`)."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from analysis.publication.site.html import STATIC

# Class and id names of a page, and every word of its scripts: what a script adds later is named in it.
NAMED = re.compile(r"""\s(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
WORD = re.compile(r"[\w-]+")
# Pieces of a style sheet that a brace, a semicolon or a comma may stand in.
OPAQUE = re.compile(r"""/\*.*?\*/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^"')]*\)""", re.DOTALL)
STOP = re.compile(r"""[{};]|/\*|["']|url\(""")
NESTING = re.compile(r"@(?:media|supports|layer|container|document)\b", re.IGNORECASE)
# Parts of a selector that say nothing of what must be there: alternatives, negations, attributes, strings.
VAGUE = re.compile(r""":(?:not|is|where|has|-webkit-any|-moz-any)\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|\\.""")
NEEDED = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;\"'},]+)")
ICON = re.compile(r"fa[bsrl]?(?:-.*)?")  # Font Awesome's names: atlas.css has the shapes, no font is loaded
INDEX = "Search.setIndex"  # beginning of the file that search looks in, which holds every word of the site
# What the theme, Sphinx and MyST-NB bring; other style sheets stay as written.
THEIRS = ("basic.css", "mystnb.*.css", "pygments.css", "styles/pydata-sphinx-theme.css")


def words(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Every name of a class or an identifier that `pages` (HTML) have or `scripts` may give."""
    found: set[str] = set()
    for page in pages:
        for double, single in NAMED.findall(page):
            found.update((double or single).split())
        for script in SCRIPT.findall(page):
            found.update(WORD.findall(script))
    for script in scripts:
        found.update(WORD.findall(script))
    return found


def pruned(css: str, known: Collection[str]) -> str:
    """The style sheet without rules whose selectors all need a name that is not in `known`, nor fonts nobody asks."""
    kept = "".join(_kept(css, known))
    used = {one.strip().casefold() for one in FAMILY.findall(re.sub(r"@font-face\s*\{[^}]*\}", "", kept))}
    return re.sub(r"@font-face\s*\{[^}]*\}", lambda face: face[0] if _families(face[0]) & used else "", kept)


def _families(face: str) -> set[str]:
    return {one.strip().casefold() for one in FAMILY.findall(face)}


def _kept(css: str, known: Collection[str]) -> Iterator[str]:
    for prelude, body in _rules(css):
        if body is None:
            yield prelude
        elif NESTING.match(prelude):
            inner = "".join(_kept(body, known))
            if inner.strip():
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@"):
            yield f"{prelude}{{{body}}}"
        else:
            selectors = [one for one in _selectors(prelude) if _matches(one, known)]
            if selectors:
                yield f"{','.join(selectors)}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Each rule as prelude and body; a statement (`@import …;`) has none. Of the comments between, licences stay."""
    place = start = depth = opened = 0
    while found := STOP.search(css, place):
        mark, place = found[0], found.end()
        if mark not in "{};":
            piece = OPAQUE.match(css, found.start())
            place = piece.end() if piece else place
            if mark == "/*" and depth == 0 and not css[start : found.start()].strip():
                if css.startswith("/*!", found.start()):
                    yield css[found.start() : place], None
                start = place
        elif mark == "{":
            opened = place if depth == 0 else opened
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield css[start : opened - 1].strip(), css[opened : found.start()]
                start = place
        elif depth == 0:
            yield css[start:place].strip(), None
            start = place


def _selectors(prelude: str) -> Iterator[str]:
    """Parts of a list of selectors, at the commas that stand in no bracket."""
    depth = start = 0
    for place, mark in enumerate(prelude):
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth -= 1
        elif mark == "," and depth == 0:
            yield prelude[start:place].strip()
            start = place + 1
    yield prelude[start:].strip()


def _matches(selector: str, known: Collection[str]) -> bool:
    if "\\" in selector:  # an escaped name: rare, kept
        return True
    return all(name in known for name in NEEDED.findall(VAGUE.sub("", selector)))


def prune(folder: Path, named: Iterable[str]) -> None:
    """Prune the theme's style sheets of the site in `folder`, in place: they hold ten times what its pages use.

    `named` are the words of its pages; those of its scripts are read there.
    """
    scripts = (one for one in _texts(folder, "*.js") if not one.startswith(INDEX))
    known = {one for one in {*named, *words((), scripts)} if not ICON.fullmatch(one)}
    for path in (path for pattern in THEIRS for path in sorted((folder / STATIC).glob(pattern))):
        text = path.read_text(encoding="utf-8")
        path.unlink()  # it may have a second name, where it stays whole
        path.write_text(pruned(text, known), encoding="utf-8")


def _texts(folder: Path, pattern: str) -> Iterator[str]:
    return (path.read_text(encoding="utf-8") for path in sorted(folder.rglob(pattern)))
