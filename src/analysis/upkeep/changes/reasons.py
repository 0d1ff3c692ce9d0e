"""Findings in words that page, Markdown and JSON share, in the language in force (pure)."""

import math
from collections.abc import Sequence
from typing import Any, Final

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.upkeep.changes import phrases
from analysis.upkeep.changes.ranking import Finding, Kind
from analysis.upkeep.changes.ranking.numbers import decimals_of
from analysis.upkeep.changes.ranking.yardsticks import MAXIMUM, MINIMUM, as_number, field

HEADS: Final = (N_("rang"), N_("table"), N_("colonne"), N_("constat"))
TITLE: Final = N_("Le plus inhabituel d’abord")
EXPLANATION: Final = N_(
    "Un nombre est d’autant plus inhabituel qu’il a bougé de plusieurs fois l’écart habituel entre deux lignes de sa "
    "colonne (médiane des écarts entre logarithmes, dans une même phase ou d’une phase à l’autre) ; un code compte "
    "pour un tel écart, un texte pour la part de ses mots qui change, davantage si la colonne ne varie guère. Cela "
    "pèse moins si beaucoup de lignes ont changé autant, et plus si une seule phrase explique beaucoup de cellules : "
    "un facteur, un échange, un nouveau nom. Une ligne perdue compte pour toutes ses cellules, une valeur que la "
    "colonne ne peut contenir pour dix écarts au moins. Ce qui n’est qu’écrit autrement (arrondis, majuscules, "
    "accents) vient en dernier."
)
SENTENCES: Final = {
    Kind.FACTOR: N_("{factor} dans {rows}, comme dans une autre unité"),
    Kind.EXCHANGED: N_("« {before} » et « {after} » échangés entre {names}"),
    Kind.ELSEWHERE: N_(
        "« {before} » devient « {after} » dans {rows}, alors que toutes les autres lignes de « {after} » ont {beside} "
        "({names})"
    ),
    Kind.RENAMED: N_("« {before} » devient « {after} » partout, dans {rows}"),
    Kind.MOVED: N_("« {before} » devient « {after} » dans {rows} ({names})"),
    Kind.OUTSIDE: N_("{before} devient {after}, {bound} ({names})"),
    Kind.NUMBER: N_("{before} devient {after}{times}, {measure} fois l’écart habituel entre deux lignes ({names})"),
    Kind.SMALL: N_("{share} dans {rows}, moins d’un dixième de l’écart habituel entre deux lignes"),
    Kind.OTHERS: N_("autres changements dans {rows} ({names})"),
    Kind.EMPTIED: N_("vide désormais dans {rows} ({names})"),
    Kind.FILLED: N_("n’est plus vide dans {rows} ({names})"),
    Kind.LOST: N_("{rows} : il n’y a plus {names}"),
    Kind.NEW: N_("{rows} : il y a désormais {names}"),
    Kind.COLUMN_LOST: N_("colonne retirée ({rows})"),
    Kind.COLUMN_NEW: N_("colonne ajoutée ({rows})"),
    Kind.ROUNDED: N_("même nombre, arrondi ou écrit autrement, dans {rows}"),
    Kind.REWRITTEN: N_("même texte, écrit autrement, dans {rows} ({names})"),
}
BOUNDS: Final = {MINIMUM: N_("sous le minimum de {bound}"), MAXIMUM: N_("au-dessus du maximum de {bound}")}
OTHER_SIGN: Final = N_("autre signe dans {rows}")
MOST_LETTERS: Final = 60  # of a value in a sentence
MOST_DECIMALS: Final = 6
LAST_YEAR: Final = 9999  # whole numbers up to it may be years, which take no space
LEAST_SHARE: Final = 0.1  # per cent: what is less is not told


def lines(findings: Sequence[Finding]) -> list[tuple[str, str, str, str]]:
    """Cells of the findings' lines, in the order of HEADS."""
    ranked = enumerate(findings, start=1)
    return [(typography.number(rank), one.table, ", ".join(one.columns), reason(one)) for rank, one in ranked]


def reason(finding: Finding) -> str:
    """What happened, in one sentence, after the title of its column: `Population 2022 : ×1 000 dans 183 lignes…`."""
    sentence = SENTENCES[finding.kind]
    if finding.kind is Kind.FACTOR and finding.measure < 0:
        sentence = OTHER_SIGN
    said = tr(sentence).format(
        before=_value(finding.before),
        after=_value(finding.after),
        rows=_rows(finding),
        names=phrases.names([phrases.row(zip(finding.key, one, strict=True)) for one in finding.rows]),
        beside=phrases.row(finding.beside),
        bound=_bound(finding),
        factor=_factor(finding.measure),
        times=_times(finding),
        share=_share(finding.measure),
        measure=typography.number(finding.measure, 1),
    )
    title = typography.series([_title(finding.table, one) for one in finding.columns])
    return typography.spaced(tr("{title} : {place}").format(title=title, place=said) if title else said)


def as_json(rank: int, finding: Finding) -> dict[str, Any]:
    """A finding for machines, with its rank and its reason."""
    own = {name: getattr(finding, name) for name in finding.__slots__}
    return {"rank": rank, "reason": reason(finding), **own, "beside": dict(finding.beside)}


def _title(table: str, column: str) -> str:
    declared = field(table, column)
    return tr(declared.title) if declared else column


def _value(cell: Any) -> str:
    """A cell as it is written in the tables; a large or broken number as it is written in sentences."""
    if isinstance(cell, int | float) and math.isfinite(cell) and (abs(cell) > LAST_YEAR or cell % 1):
        decimals = decimals_of(cell)
        if decimals <= MOST_DECIMALS:
            return (typography.MINUS if cell < 0 else "") + typography.number(abs(cell), decimals)
    words = phrases.value(cell)
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1] + "…"


def _rows(finding: Finding) -> str:
    """`183 lignes sur 183`; of a whole column, all its rows."""
    count = len(finding.rows) or finding.of
    rows = typography.counted(count, "ligne")
    if finding.kind is Kind.LOST:
        rows = typography.counted(count, "ligne retirée", "lignes retirées")
    elif finding.kind is Kind.NEW:
        rows = typography.counted(count, "ligne ajoutée", "lignes ajoutées")
    if finding.kind is Kind.NEW or not finding.rows:
        return rows
    said = tr("{count} sur {total}").format(count=rows, total=typography.number(finding.of))
    return f"{said} ({phrases.row(finding.beside)})" if finding.kind is Kind.FACTOR and finding.beside else said


def _bound(finding: Finding) -> str:
    if finding.kind is not Kind.OUTSIDE:
        return ""
    ((name, bound),) = finding.beside
    return tr(BOUNDS[name]).format(bound=typography.number(bound))


def _factor(factor: float) -> str:
    """`×1 000`, `÷1 000`, `×6,56`."""
    sign, size = ("×", factor) if abs(factor) >= 1 else ("÷", 1 / factor if factor else 0.0)
    whole = abs(size - round(size)) < 1e-6 * abs(size)
    return sign + typography.number(size, 0 if whole else 2)


def _times(finding: Finding) -> str:
    """` (×2)` between two numbers of one sign."""
    before, after = as_number(finding.before), as_number(finding.after)
    times = after / before if before and after else 0.0
    return f" ({_factor(times)})" if 0 < times < math.inf else ""


def _share(measure: float) -> str:
    share = 100 * measure
    said = tr("moins de {share}") if share < LEAST_SHARE else tr("au plus {share}")
    return said.format(share=typography.percent(max(share, LEAST_SHARE)))
