"""What became of the territories of phase one, and where those of phase two come from (pure)."""

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, alphabetical, tr
from analysis.registry import phases
from analysis.registry.phases import SIDE_WORDS
from analysis.reports import reader
from analysis.reports.origin_marks import counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import ABOUT, CHANGE_TABLES, TERRITORY, sizes, translated, whole, with_noun

OWN_LINKS = N_(
    "Chaque mot dit les propres liens d’un territoire. La figure et le tableau réunissent en groupes ceux qui sont "
    "liés, directement ou par d’autres : tous les territoires d’un groupe y ont le même mot."
)


def change_text(out_phase_change: pl.DataFrame, out_phase1_fate: pl.DataFrame) -> str:
    """What the territories of phase one become, and where those of phase two come from (both tables)."""
    lines, leads = (
        [],
        {
            1: tr("- Sur **{total}** de la phase 1, selon ce qu’ils deviennent : {parts}."),
            2: tr("- Sur **{total}** de la phase 2, selon d’où ils viennent : {parts}."),
        },
    )
    for phase, frame, table, column in (
        (1, out_phase1_fate, "out_phase1_fate", "fate"),
        (2, out_phase_change, "out_phase_change", "change"),
    ):
        counts = dict(frame.group_by(column).len().iter_rows())
        parts = [
            f"{counted(typography.number(counts[word]), table, column, **{column: word})} "
            f"{tr(name.many if counts[word] > 1 else name.one)}"
            for word, name in SIDE_WORDS[phase].items()
            if word in counts
        ]
        total = counted(typography.number(frame.height), table, f"phase{phase}_id")
        whole = with_noun(total, frame.height, *TERRITORY)
        lines.append(leads[phase].format(total=whole, parts=typography.listed(parts)))
    return "\n".join([*lines, "", tr(OWN_LINKS)])


def change_table(out_phase_change: pl.DataFrame, out_phase1_fate: pl.DataFrame) -> ReaderTable:
    """Every kind of group, what it means and how many territories of each phase are in such groups."""
    columns = (
        Column("name", tr("Groupe de territoires liés")),
        Column("meaning", tr("Ce que cela veut dire")),
        Column("phase1_count", tr("Phase 1"), whole),
        Column("phase2_count", tr("Phase 2"), whole),
    )
    rows = phases.change_counts(out_phase_change, out_phase1_fate)
    named = rows.with_columns(
        name=translated("word", {word: one.many for word, one in phases.CHANGE_WORDS.items()}),
        meaning=translated("word", {word: one.meaning for word, one in phases.CHANGE_WORDS.items()}),
    )
    caption = tr("Territoires des deux phases, selon le groupe que forment ceux qui sont liés")
    return reader.table(named, caption, columns, origin=CHANGE_TABLES)


def changed_table(
    out_phase_change: pl.DataFrame,
    out_phase1_fate: pl.DataFrame,
    out_territories: pl.DataFrame,
    core_territories: pl.DataFrame,
    word: str,
) -> ReaderTable:
    """The territories of phase two of which a word is said, or of phase one that ended."""
    columns = (Column("name", tr("Territoire")), Column("region_name", tr("Région")), *sizes())
    if word == "ended":
        phase, table, of_word = 1, "out_phase1_fate", out_phase1_fate.filter(fate=word)
    else:
        phase, table, of_word = 2, "out_phase_change", out_phase_change.filter(change=word)
    ids = of_word.select(territory_id=f"phase{phase}_id")
    regions = core_territories.select("phase", "territory_id", "region_name")
    rows = out_territories.filter(phase=phase).join(ids, on="territory_id", validate="1:1")
    named = rows.join(regions, on=["phase", "territory_id"], validate="1:1").sort(*alphabetical("region_name", "name"))
    caption = tr("Territoires de la phase {phase} : {word}").format(
        phase=phase, word=tr(phases.SIDE_WORDS[phase][word].many)
    )
    return reader.table(named, caption, columns, origin=["out_territories", table])


def sensitivity_table(core_communes: pl.DataFrame, phase: int) -> ReaderTable:
    """How many territories of a phase get each word when two are linked by a smaller share of inhabitants."""
    thresholds = range(1, phases.LEAST_SHARED_PCT + 1)
    columns = (
        Column("name", tr(ABOUT[phase])),
        *(Column(f"{float(one)}", typography.percent(one, 0), whole) for one in thresholds),
    )
    rows = phases.sensitivity(core_communes, thresholds).filter(phase=phase)
    names = {word: one.many for word, one in phases.SIDE_WORDS[phase].items()}
    wide = rows.pivot(on="least_pct", index="word", values="territory_count")
    named = wide.with_columns(name=translated("word", names))
    caption = tr("Territoires de la phase {phase}, selon la part d’habitants à partir de laquelle deux sont liés")
    return reader.table(named, caption.format(phase=phase), columns, origin=["core_communes"])
