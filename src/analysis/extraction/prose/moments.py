"""When: dates written in full, and those that only the document's date explains (pure)."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from analysis.extraction.figure_units import is_calendar
from analysis.extraction.numerals import Quantity
from analysis.extraction.prose.doubt_kinds import Doubt

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
          "novembre", "décembre")  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "dix": 10}
_MONTH = "(?P<month>" + "|".join(MONTHS).replace("é", "[ée]").replace("û", "[ûu]") + ")"
_SIDE = r"(?P<side>dernier|derni[èe]re|prochain|prochaine|pass[ée]e?)"
_YEAR = r"(?P<year>20[0-4]\d)"
LATER = frozenset({"prochain", "prochaine"})


class Moment(NamedTuple):
    """A date or period as `as_of` has it, where it stands, and a doubt where the document does not settle it."""

    iso: str
    start: int
    end: int
    doubt: Doubt | None = None
    is_day_of_text: bool = False  # aujourd'hui, désormais


def ends_of(iso: str) -> tuple[str, str]:
    """First and last day of a date, month, year or period."""
    first, _, last = iso.partition("/")
    last = last or first
    return (first + "-01-01"[len(first) - 4 :])[:10], (last + "-12-31"[len(last) - 4 :])[:10]


def _day(published: str, *, first: bool = False) -> date:
    """The day of the document; of a month or a year, its last, or its first."""
    year, month, number = (*map(int, published.split("-")), 0, 0)[:3]
    if number or first:
        return date(year, month or 1, number or 1)
    following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return following - timedelta(days=1)


# --- words that lean on the document's date -------------------------------------------------------------------


def _month_iso(found: re.Match[str], today: date) -> str:
    month = MONTHS.index(next(one for one in MONTHS if _same(one, found["month"]))) + 1
    side = (found.groupdict().get("side") or "").lower()
    if side in LATER:
        year = today.year + (month <= today.month)
    else:
        year = today.year - (month > today.month or (month == today.month and bool(side)))
    return f"{year}-{month:02d}"


def _same(one: str, other: str) -> bool:
    plain = str.maketrans("éûè", "eue")
    return one.translate(plain) == other.lower().translate(plain)


def _weekday_iso(found: re.Match[str], today: date) -> str:
    wanted, side = DAYS.index(found["day"].lower()), (found.groupdict().get("side") or "").lower()
    back = (today.weekday() - wanted) % 7 or (7 if side else 0)
    ahead = (wanted - today.weekday()) % 7 or 7
    return (today + timedelta(days=ahead if side in LATER else -back)).isoformat()


def _ago_iso(found: re.Match[str], today: date) -> str:
    number = found["number"].lower()
    return str(today.year - (_NUMBERS.get(number) or int(number)))


def _half_iso(found: re.Match[str], today: date) -> str:
    year = found.groupdict().get("year") or str(today.year)
    return f"{year}-01/{year}-06" if found["rank"].lower()[0] in "1p" else f"{year}-07/{year}-12"


def _last_month(found: re.Match[str], today: date) -> str:
    return f"{today.year - (today.month == 1)}-{(today.month - 2) % 12 + 1:02d}"


def _year(shift: int) -> Callable[[re.Match[str], date], str]:
    return lambda found, today: str(today.year + shift)


def _days(shift: int) -> Callable[[re.Match[str], date], str]:
    return lambda found, today: (today + timedelta(days=shift)).isoformat()


def _end_iso(found: re.Match[str], today: date) -> str:
    return f"{found.groupdict().get('year') or today.year}-12-31"


_LEANING: tuple[tuple[str, Callable[[re.Match[str], date], str]], ...] = (
    (r"avant-hier", _days(-2)),
    (r"(?<!d['’])hier(?![^.;:!?]{0,40}aujourd)", _days(-1)),
    (r"demain", _days(1)),
    (rf"(?:en|au mois de?|d[èe]s|depuis|fin|d[ée]but|mi-|courant)\s*{_MONTH}\s+{_SIDE}", _month_iso),
    (rf"{_MONTH}\s+{_SIDE}", _month_iso),
    (rf"(?:en|au mois de|courant|fin|d[ée]but|mi-)\s?{_MONTH}(?!\s*\d)", _month_iso),
    (rf"(?P<day>{'|'.join(DAYS)})\s+{_SIDE}", _weekday_iso),
    (rf"ce\s+(?P<day>{'|'.join(DAYS)})(?!\s+\d)", _weekday_iso),
    (rf"(?<!du )(?<!au )(?<!le )(?<!les )(?P<day>{'|'.join(DAYS)})(?!\s+(?:\d|au\b|de\b|premier))", _weekday_iso),
    (r"(?:l['’]an(?:n[ée]e)?|l['’]exercice)\s+(?:dernier|derni[èe]re|pass[ée]e?)", _year(-1)),
    (r"l['’]ann[ée]e\s+pr[ée]c[ée]dente|un\s+an\s+(?:auparavant|plus\s+t[ôo]t)", _year(-1)),
    (r"(?:l['’]an(?:n[ée]e)?)\s+prochaine?", _year(1)),
    (r"cette\s+ann[ée]e(?!-l)", _year(0)),
    (r"il\s+y\s+a\s+(?P<number>\d{1,2}|[a-z]{2,6})\s+ans?", _ago_iso),
    (r"(?:le|du)\s+mois\s+(?:dernier|pass[ée])", _last_month),
    (rf"d['’]ici\s+(?:[àa]\s+)?(?:la\s+)?fin\s+(?:de\s+l['’]ann[ée]e|{_YEAR}|d['’]ann[ée]e)", _end_iso),
    (r"(?:avant|[àa])\s+la\s+fin\s+de\s+l['’]ann[ée]e", _end_iso),
    (rf"(?P<rank>premier|1er|second|deuxi[èe]me|2e)\s+semestre(?:\s+{_YEAR})?", _half_iso),
)  # fmt: skip
_LEANING_WORDS = re.compile("|".join(rf"(?:\b{re.sub(r'[?]P<[a-z]+>', '', one)}\b)" for one, _ in _LEANING), re.I)
_EACH = [(re.compile(one, re.I), reading) for one, reading in _LEANING]
_TODAY = re.compile(
    r"\b(?:aujourd['’]hui|[àa] ce jour|d[ée]sormais|actuellement|maintenant|ce jour|toujours|encore"
    r"|[àa] pr[ée]sent|on en est|en est-on)\b",
    re.I,
)
_THEN = re.compile(r"\b(?:[àa] (?:cette|la m[êe]me) date|alors(?!\s+qu)|ce jour-l[àa]|cette ann[ée]e-l[àa])\b", re.I)
_SAME_YEAR = re.compile(rf"\b(?:en\s+)?{_MONTH}\s+(?:de\s+)?(?:la\s+m[êe]me\s+ann[ée]e|suivant)", re.I)
_SIDE_AFTER = re.compile(rf"\s+(?:{_SIDE})\b", re.I)
_UNTIL = re.compile(r"(?:d['’]ici\s+(?:[àa]\s+)?(?:l['’]horizon\s+)?|jusqu['’](?:en|[àa])\s+|\bavant\s+)$", re.I)
_BEFORE = 24


def leaning(text: str, offset: int, published: str) -> Iterator[Moment]:
    """Dates that the document's date explains, in a piece of it that begins at `offset`."""
    today = _day(published)
    for found in _LEANING_WORDS.finditer(text):
        for pattern, reading in _EACH:
            if (whole := pattern.fullmatch(found[0])) is not None:
                with suppress(ValueError):  # il y a quelques ans
                    yield Moment(reading(whole, today), offset + found.start(), offset + found.end())
                break
    for found in _TODAY.finditer(text):
        yield Moment(published, offset + found.start(), offset + found.end(), is_day_of_text=True)


def pointing_back(text: str, offset: int, last: Moment | None) -> Iterator[Moment]:
    """Dates told by one that came before: à cette date, en septembre de la même année."""
    if last is None:
        return
    for found in _THEN.finditer(text):
        yield Moment(last.iso, offset + found.start(), offset + found.end())
    for found in _SAME_YEAR.finditer(text):
        month = next(n for n, one in enumerate(MONTHS, 1) if _same(one, found["month"]))
        yield Moment(f"{last.iso[:4]}-{month:02d}", offset + found.start(), offset + found.end())


# --- dates that are written -----------------------------------------------------------------------------------


def written(figure: Quantity, text: str, offset: int, published: str | None) -> Moment | None:
    """A date figure as a moment; a day without year is the nearest to the document's, unless words say which."""
    iso = figure.iso or str(figure.value_low)
    if not is_calendar(figure):
        return None
    if not iso.startswith("--"):
        return Moment(iso, figure.start, figure.end)
    if published is None or "/" in iso:
        return None
    after = _SIDE_AFTER.match(text, figure.end - offset)
    years, today = [_day(published).year + shift for shift in (-1, 0, 1)], _day(published)
    days = [day for year in years if (day := _on(year, iso)) is not None]
    if after is not None:
        later = after["side"].lower() in LATER
        begun = _day(published, first=True)
        days = [day for day in days if (day > begun if later else day < today)] or days
        today = begun if later else today
    day = min(days, key=lambda one: abs((one - today).days))
    before = text[max(0, figure.start - offset - 12) : figure.start - offset].lower()
    weekday = next((one for one in DAYS if re.search(rf"{one}\s*$", before)), None)
    wrong = weekday is not None and DAYS[day.weekday()] != weekday
    fitting = [one for one in days if DAYS[one.weekday()] == weekday]
    day = fitting[0] if wrong and fitting else day
    doubt = Doubt("wrong_weekday") if wrong and not fitting else None
    return Moment(day.isoformat(), figure.start, figure.end, doubt)


def _on(year: int, iso: str) -> date | None:
    try:
        return date.fromisoformat(f"{year}{iso[1:]}")
    except ValueError:
        return None


def is_until(text: str, at: int) -> bool:
    """Whether the date that begins at `at` of a text is an end: d'ici à 2022, jusqu'en 2027, avant 2023."""
    return _UNTIL.search(text[max(0, at - _BEFORE) : at]) is not None
