"""What the reports say of a change, in words that all of them share, in the language in force (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, N_, language, tr
from analysis.ledger import VERDICTS
from analysis.upkeep.changes.causes import CODE
from analysis.upkeep.changes.moves import Move
from analysis.upkeep.changes.report import FileChange, Report, TableChange, VerdictChange

NONE: Final = "–"
NAMES_SHOWN: Final = 5
STATUSES: Final[Mapping[str, str]] = {"added": N_("ajout"), "removed": N_("retrait"), "changed": N_("changement")}
RAW, TABLES, FIGURES, NOTEBOOKS = N_("Données brutes"), N_("Tables"), N_("Figures"), N_("Notebooks")
VERDICTS_MOVED, PLACES = N_("Verdicts"), N_("Territoires")
MOVE_HEADS = (
    N_("territoire"), N_("membres perdus"), N_("membres gagnés"), N_("communes"), N_("habitants (2022)"),
)  # fmt: skip
VERDICT_HEADS = (N_("chiffre publié"), N_("avant"), N_("après"), N_("raison"))
ROW_HEADS = (N_("ligne"), N_("colonne"), N_("avant"), N_("après"))
NOTEBOOK_HEADS = (N_("notebook"), N_("changement"), N_("première différence"))


def headline(report: Report) -> str:
    """The report in one line."""
    code = typography.counted(len(report.code), "fichier de code ou de réglages", "fichiers de code ou de réglages")
    if not report:
        nothing = tr("Rien n’a changé depuis {base}.").format(base=report.base)
        other = tr("Sans effet : {code}.").format(code=code)
        return typography.spaced(f"{nothing} {other}" if report.code else nothing)
    counts = [
        (len(report.raw), typography.counted(len(report.raw), "fichier brut", "fichiers bruts")),
        (len(report.tables), typography.counted(len(report.tables), "table")),
        (len(report.verdicts), typography.counted(len(report.verdicts), "verdict")),
        (len(report.figures), typography.counted(len(report.figures), "figure")),
        (len(report.notebooks), typography.counted(len(report.notebooks), "notebook")),
        (len(report.code), code),
    ]
    said = ", ".join(words for count, words in counts if count)
    return typography.spaced(tr("Changements depuis {base} : {counts}.").format(base=report.base, counts=said))


def summary(table: TableChange) -> str:
    """How many rows of a table came, went and changed, and which columns."""
    rows = table.rows
    counts = (
        (rows.added, typography.counted(len(rows.added), "ligne ajoutée", "lignes ajoutées")),
        (rows.removed, typography.counted(len(rows.removed), "ligne retirée", "lignes retirées")),
        (rows.changed, typography.counted(len(rows.changed), "ligne changée", "lignes changées")),
    )
    parts = [words for found, words in counts if found]
    parts += [tr("colonne {name} ajoutée").format(name=name) for name in table.columns_added]
    parts += [tr("colonne {name} retirée").format(name=name) for name in table.columns_removed]
    return ", ".join(parts)


def what_and_why(table: TableChange) -> str:
    """The summary of a table's change, and what it comes from where that is known."""
    names = [tr("le code ou les réglages") if one == CODE else one for one in table.because]
    why = typography.spaced(tr("à cause de : {names}").format(names=", ".join(names)))
    return f"{summary(table)} ({why})" if names else summary(table)


def file(change: FileChange) -> str:
    """What became of a figure or a notebook."""
    status = tr(STATUSES[change.status])
    if change.boxes:
        pixels = typography.counted(change.pixels, "pixel diffère", "pixels diffèrent")
        places = typography.counted(len(change.boxes), "endroit encadré", "endroits encadrés")
        return _because(status, f"{pixels}, {places}")
    return _because(status, change.how) if change.how else status


def _because(status: str, how: str) -> str:
    return typography.spaced(tr("{title} : {place}").format(title=status, place=how))


def move(territory: Move) -> list[str]:
    """Cells of a territory's line, in the order of MOVE_HEADS."""
    name = f"{territory.name} ({typography.phase_name(territory.phase)}, {territory.territory_id})"
    communes = [f"−{typography.number(territory.communes_lost)}"] if territory.communes_lost else []
    communes += [f"+{typography.number(territory.communes_gained)}"] if territory.communes_gained else []
    lost, gained = (names(ones) for ones in (territory.members_lost, territory.members_gained))
    return [name, lost, gained, " ".join(communes) or NONE, signed(territory.inhabitants)]


def names(texts: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    more = len(texts) - NAMES_SHOWN
    shown = typography.series(texts[:NAMES_SHOWN])
    return f"{shown} {tr('et {more} de plus').format(more=typography.number(more))}" if more > 0 else shown or NONE


def signed(count: int) -> str:
    """`+1 234`, `−12`, `0`."""
    return f"{'+' if count > 0 else '−' if count < 0 else ''}{typography.number(abs(count))}"


def verdict_change(change: VerdictChange) -> list[str]:
    """Cells of a verdict's line, in the order of VERDICT_HEADS; the reason is that of the verdict that stands."""
    verdicts = (tr(VERDICTS[code]) if code in VERDICTS else code or NONE for code in (change.before, change.after))
    reason = change.reason if language() == FRENCH or not change.reason_en else change.reason_en
    return [change.claim_id, *verdicts, reason]


def more(count: int) -> str:
    """What is said in the place of what a list leaves out."""
    return tr("et {more} de plus").format(more=typography.number(count))


def value(cell: Any) -> str:
    """A cell's value as it is written in the tables; a dash for an empty one."""
    if cell is None or cell == "":
        return NONE
    return "; ".join(map(str, cell)) if isinstance(cell, list | tuple) else str(cell)


def row(cells: Iterable[tuple[str, Any]]) -> str:
    """A row's cells that are not empty: `name: value`."""
    return ", ".join(f"{name}: {value(found)}" for name, found in cells if found not in (None, "", []))
