"""What a document's text says of itself: its day, who brings it out, its language (pure)."""

import re
from collections.abc import Sequence

from analysis.extraction.documents.document import Block

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip
_PLAIN = str.maketrans("éèûàâîôç", "eeuaaioc")
_MONTH = r"(?:janv(?:ier|\.)|f[ée]v(?:rier|r\.|\.)|mars|avr(?:il|\.)|mai|juin|juil(?:let|\.)|ao[ûu]t|sept(?:embre|\.)"
_MONTH += r"|oct(?:obre|\.)|nov(?:embre|\.)|d[ée]c(?:embre|\.))"
_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?"
_DATE = (
    rf"{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:er)?\s+(?P<month>{_MONTH})\s+(?P<year>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<dd>\d{1,2})[/.](?P<mm>\d{1,2})[/.](?P<yyyy>(?:19|20)\d\d))"
)
_MONTH_YEAR = rf"(?P<alone>{_MONTH})\s+(?P<of>(?:19|20)\d\d)"
_FOUND = rf"(?:{_DATE}|{_MONTH_YEAR})"
_SAID = re.compile(
    r"\b(?:publi[ée]e?s?|mise?s?\s+en\s+ligne|parue?s?|diffus[ée]e?s?|post[ée]e?s?|(?:date\s+de\s+)?publication"
    r"|parution)"
    rf"\s*(?::|–|-)?\s*(?:le\s+|en\s+)?{_FOUND}", re.IGNORECASE
)  # fmt: skip
_PLACE = (
    r"(?:Fait à |À |A )?[A-ZÀ-Ý][\w’'.]*(?:[ -](?:[A-ZÀ-Ý][\w’'.]*|sur|la|le|les|de|du|en|lès|et|aux?|l[’']\w+)){0,5}"
)
_DATELINE = re.compile(rf"^{_PLACE},?\s+le\s+{_DATE}", re.MULTILINE)
_PLACED = re.compile(rf"^(?:{_PLACE},\s+)?{_DATE}(?:\s*$|\.\s|\s+[–—]\s)", re.MULTILINE)
_UPDATED = re.compile(rf"\b(?:mise?\s+à\s+jour|actualisée?)\s*:?\s*(?:le\s+|en\s+)?{_FOUND}", re.IGNORECASE)
_ALONE = re.compile(rf"^(?:le\s+)?{_FOUND}[\s.]*$", re.IGNORECASE | re.MULTILINE)
_AFTER_DASH = re.compile(rf"^[^.\n]{{2,90}}[–—|-]\s+(?:le\s+)?{_FOUND}$", re.IGNORECASE | re.MULTILINE)
_TITLED = re.compile(
    r"^(?:communiqué|dossier|rapport|note|bilan|étude|synthèse|compte[ -]rendu"
    r"|procès-verbal|observations|avis|édition|lettre|fiche|billet|séance|discours|conseil|commission|réunion"
    r"|version)\b[^.\n]{0,60}?[–—|,:-]?"
    rf"\s+(?:du\s+|de\s+)?{_FOUND}[\s.]*$", re.IGNORECASE | re.MULTILINE
)  # fmt: skip
_BEGINNING, _END, _FIRST_BLOCKS = 3_000, 1_500, 12
_BODIES = re.compile(
    r"(?:pr[ée]fecture|pr[ée]fet|minist[èe]re|conseil (?:régional|départemental)|cour des comptes|chambre régionale"
    r"|sénat|assemblée nationale|agence|métropole|communauté|insee|anct|banque des territoires|observatoire|direction"
    r"|(?:région|département|ville)(?=\s(?:d[eu]s?\s|d['’]|(?-i:[A-ZÀ-Ý])))|mairie|comité|fédération|association"
    r"|institut|chambre de commerce|cci)\b"
    r"[^.:;!?\d\n–—|]{0,80}", re.IGNORECASE
)  # fmt: skip
_ACCOUNT = re.compile(
    r"(?:microsoft|ms|windows|office|propriétaire|utilisateurs?|users?|admin\w*|python|libreoffice|openoffice|unknown"
    r"|inconnu|anonym\w*|default|pc)\b.*|(?!insee\b|anct\b)[a-z][a-z\d._@-]*|\W*", re.IGNORECASE | re.DOTALL
)  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]+")
_FREQUENT = {
    "fr": "le la les des et en du une est pour dans que qui sur au aux par plus ont sont ce cette il elle avec de un",
    "en": "the of and to in is for that with are on by was from as this have has were it at be an or",
    "de": "der die und den von das mit ist für auf im eine des dem zu sich nicht ein wird werden",
    "es": "el los las y del que una por con para se es en la de al como más su lo",
    "it": "il di che gli della per una con sono del dei è la le nel alla delle un non",
    "nl": "de het een van en voor met zijn niet op aan door in dat er worden bij",
    "pt": "o os as de do da dos das e em que uma para com não por no na ao mais",
}  # fmt: skip
_LANGUAGES = {code: frozenset(words.split()) for code, words in _FREQUENT.items()}
_SAMPLE_WORDS, _FEWEST = 2_000, 8


def day_of(found: re.Match[str]) -> str | None:
    """The ISO day or month of a date that was found; None for a day that no calendar has."""
    given = found.groupdict()
    if given["iso"]:
        return given["iso"]
    if given.get("alone"):
        return f"{given['of']}-{_rank(given['alone']):02}"
    year, day = given["year"] or given["yyyy"], int(given["day"] or given["dd"])
    month = _rank(given["month"]) if given["month"] else int(given["mm"])
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _rank(month: str) -> int:
    return next(rank for rank, name in enumerate(MONTHS, start=1) if _key(name) == _key(month))


def _key(month: str) -> str:
    """Three letters tell a month, but for June and July."""
    plain = month.lower().translate(_PLAIN)
    return plain[: 4 if plain.startswith("jui") else 3]


def published_in(text: str, blocks: Sequence[Block]) -> str | None:
    """The day or month on which a text says that it came out: in words, in its dateline, or alone on a line."""
    beginning = text[:_BEGINNING]
    end = text[max(_BEGINNING, len(text) - _END) :]
    first = "\n".join(text[one.start : one.end] for one in blocks[:_FIRST_BLOCKS])
    chronology = len(_PLACED.findall(first)) > 1  # each of its lines is led by a day
    lines = (_DATELINE, _ALONE, *(() if chronology else (_PLACED,)), _TITLED, _AFTER_DASH)
    places = ((_SAID, beginning), *((one, first) for one in lines), (_UPDATED, beginning), (_SAID, end))
    for pattern, place in places:
        for found in pattern.finditer(place):
            if day := day_of(found):
                return day
    return None


def is_dateline(line: str) -> bool:
    """Whether a line says nothing but the day, and the town where the text was written."""
    return bool(_PLACED.fullmatch(line) or _DATELINE.fullmatch(line))


def producer_in(text: str, blocks: Sequence[Block]) -> str | None:
    """The public body whose name stands on a line of its own at the beginning."""
    for one in blocks[:6]:
        said = text[one.start : one.end]
        found = _BODIES.match(said)
        if one.kind != "cell" and found and (found.end() == len(said) or said[found.end()] in "–—|"):
            return found[0].strip()
    return None


def is_producer(author: str) -> bool:
    """Whether the author that a file states may be who made it: neither a programme nor the name of an account."""
    return bool(author) and not _ACCOUNT.fullmatch(author)


def title_in(text: str, blocks: Sequence[Block]) -> str | None:
    """The first of the largest headings at the beginning."""
    headings = [one for one in blocks[:_FIRST_BLOCKS] if one.kind == "heading"]
    best = min(headings, key=lambda one: (one.level, one.start), default=None)
    return " ".join(text[best.start : best.end].split()) if best else None


def language_of(text: str) -> str:
    """The language whose frequent words a text uses most; "und" where it has too few words."""
    words = [found[0].lower() for found, _ in zip(_WORDS.finditer(text), range(_SAMPLE_WORDS), strict=False)]
    counts = {code: sum(word in frequent for word in words) for code, frequent in _LANGUAGES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if len(words) >= _FEWEST and counts[best] * 12 >= len(words) else "und"


def mentions_year(text: str, year: str) -> bool:
    """Whether a text mentions a year, or none at all: a file's own date is believed only then."""
    return year in text or not re.search(r"\b(?:19|20)\d\d\b", text)
