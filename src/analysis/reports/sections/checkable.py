"""What can be checked: each concept with what it is confronted with, and an example (pure)."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from analysis import ledger
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.indicators.checkable import AGAINST, LISTS, NOTHING, OTHERS
from analysis.ledger.readable import reason_of
from analysis.reports import reader
from analysis.reports.origin_marks import counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import with_noun

GROUNDS: Final[Mapping[str, str]] = {
    "list": N_("les listes officielles"),
    "arithmetic": N_("un calcul"),
    "enumeration": N_("les noms que la source énumère"),
    "same_number": N_("les enveloppes de même montant"),
    "conflict": N_("d’autres sources"),
    "none": N_("rien"),
}  # by kind of rule, in the order in which readers see them
CAPTIONS: Final[Mapping[str, str]] = {
    LISTS: N_("Chiffres comparés aux listes officielles"),
    OTHERS: N_("Chiffres comparés à un calcul ou à d’autres sources"),
    NOTHING: N_("Chiffres que rien ne permet encore de vérifier"),
}
CONCEPT: Final = (N_("sorte de chiffre"), N_("sortes de chiffres"))


def checkable_text(out_checkable: pl.DataFrame) -> str:
    """How many concepts the lists answer, and how many something else does."""
    sizes = out_checkable.group_by("against").len()
    told = dict.fromkeys(AGAINST, typography.number(0)) | {
        against: counted(typography.number(size), "out_checkable", "concept", against=against)
        for against, size in sizes.iter_rows()
    }
    total = counted(typography.number(out_checkable.height), "out_checkable", "concept")
    return tr(
        "Le vocabulaire reconnaît {total} : {lists} se comparent aux listes officielles, {others} au calcul ou à "
        "d’autres sources, {nothing} à rien encore."
    ).format(total=with_noun(total, out_checkable.height, *CONCEPT), **told)


def checkable_table(out_checkable: pl.DataFrame, against: str) -> ReaderTable:
    """Concepts, what each is measured on and confronted with, and an example: figure, verdict and reason.

    `against` is the group that the rows are of.
    """
    columns = (
        Column("counted", tr("Ce qui est compté")),
        Column("measured", tr("Mesuré sur")),
        Column("grounds", tr("Confronté à")),
        Column("example", tr("Exemple")),
        Column("told", tr("Ce que la règle en dit")),
    )
    rows = [_row(row) for row in out_checkable.sort("rank").iter_rows(named=True)]
    schema = dict.fromkeys((column.name for column in columns), pl.String())
    return reader.table(pl.DataFrame(rows, schema=schema), tr(CAPTIONS[against]), columns, origin=["out_checkable"])


def _row(row: Mapping[str, Any]) -> dict[str, str | None]:
    return {
        "counted": tr(row["concept_label"]),
        "measured": tr(row["measured_on"]),
        "grounds": typography.listed([tr(name) for kind, name in GROUNDS.items() if kind in _shown(row["kinds"])]),
        **_example(row),
    }


def _shown(kinds: list[str]) -> list[str]:
    """Kinds of rules; that a last one knows nothing to say is told only where there is no other."""
    return [kind for kind in kinds if kind != "none"] or kinds


def _example(row: Mapping[str, Any]) -> dict[str, str | None]:
    if row["verdict"] is None:
        return {"example": None, "told": None}
    verdict = tr(ledger.VERDICTS[row["verdict"]])
    return {
        "example": f"{ledger.said(row)} ({row['place']})",
        "told": f"{typography.capitalised(verdict)}{tr(' : ')}{reason_of(row)}",
    }
