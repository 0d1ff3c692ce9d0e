"""Tables as notebooks and pages show them: which columns, in which order, under which headings, from which tables."""

from collections.abc import Callable, Mapping

import polars as pl

from analysis import ledger
from analysis.i18n import typography
from analysis.i18n.language import N_, alphabetical, tr
from analysis.indicators.published import when
from analysis.registry import phases
from analysis.reports import prose, reader
from analysis.reports.library import Library
from analysis.reports.reader import Column, ReaderTable

whole: Callable[[float], str] = typography.number
STEPS: Mapping[str, str] = {
    "announced": N_("annoncé"),
    "committed": N_("engagé"),
    "paid": N_("payé"),
    "related": N_("lié"),
}
ABOUT: Mapping[int, str] = {1: N_("Ce qu’il devient"), 2: N_("D’où il vient")}  # the own word of a phase's territory
CHANGE_TABLES = ["out_phase_change", "out_phase1_fate"]
CONFLICTS: Mapping[str, str] = {"same_date": N_("même date"), "decrease": N_("recul")}
SHARES: Mapping[str, str] = {
    "kept": N_("Restés, part"),
    "left": N_("Sortis, part"),
    "entered": N_("Entrés, part"),
}


def sizes() -> tuple[Column, Column, Column]:
    """Communes, inhabitants and area of what a row is about."""
    return (
        Column("commune_count", tr("Communes"), whole),
        Column("population_2022", tr("Population 2022"), whole),
        Column("area_km2", tr("Superficie (km²)"), whole),
    )


def sentence() -> Column:
    """The sentence of the reading note, which is French in every edition."""
    return Column("sentence", tr("Phrase de la note"), french=True)


def translated(column: str, words: Mapping[str, str]) -> pl.Expr:
    """A column of codes as words in the language in force; `words` are French, by code."""
    return pl.col(column).replace_strict({code: tr(word) for code, word in words.items()}, return_dtype=pl.String)


class ReaderTables(Library):
    """Tables for readers, one method each."""

    def label_table(self) -> ReaderTable:
        """Every published number of territories with its source."""
        columns = (
            Column("as_of", tr("Date du chiffre"), when),
            Column("territory_count", tr("Territoires"), whole, claim="claim_id"),
            Column("registry_count", tr("Liste officielle"), whole),
            Column("producer", tr("Source"), french=True),
            sentence(),
        )
        rows = self.table("out_label_timeline").sort("date", "claim_id")
        return reader.table(rows, tr("Chiffres publiés"), columns, origin=["out_label_timeline"])

    def coverage_table(self, phase: int) -> ReaderTable:
        """The regions and France in one phase."""
        columns = (
            Column("region_name", tr("Région")),
            Column("territory_count", tr("Territoires"), whole),
            Column("commune_share_pct", tr("Communes"), typography.percent),
            Column("population_share_pct", tr("Population"), typography.percent),
            Column("area_share_pct", tr("Superficie"), typography.percent),
        )
        rows = self.table("out_region_coverage").filter(phase=phase).sort("region_code")
        caption = tr("Couverture des régions, {phase}").format(phase=typography.phase_name(phase))
        return reader.table(rows, caption, columns, origin=["out_region_coverage"])

    def change_table(self) -> ReaderTable:
        """Every kind of group, what it means and how many territories of each phase are in such groups."""
        columns = (
            Column("name", tr("Groupe de territoires liés")),
            Column("meaning", tr("Ce que cela veut dire")),
            Column("phase1_count", tr("Phase 1"), whole),
            Column("phase2_count", tr("Phase 2"), whole),
        )
        rows = phases.change_counts(*map(self.table, CHANGE_TABLES))
        named = rows.with_columns(
            name=translated("word", {word: one.many for word, one in phases.CHANGE_WORDS.items()}),
            meaning=translated("word", {word: one.meaning for word, one in phases.CHANGE_WORDS.items()}),
        )
        caption = tr("Territoires des deux phases, selon le groupe que forment ceux qui sont liés")
        return reader.table(named, caption, columns, origin=CHANGE_TABLES)

    def changed_table(self, word: str) -> ReaderTable:
        """The territories of phase two of which a word is said, or of phase one that ended."""
        columns = (Column("name", tr("Territoire")), Column("region_name", tr("Région")), *sizes())
        phase, table, column = (1, "out_phase1_fate", "fate") if word == "ended" else (2, "out_phase_change", "change")
        ids = self.table(table).filter(pl.col(column) == word).select(territory_id=f"phase{phase}_id")
        regions = self.table("core_territories").select("phase", "territory_id", "region_name")
        rows = self.table("out_territories").filter(phase=phase).join(ids, on="territory_id", validate="1:1")
        named = rows.join(regions, on=["phase", "territory_id"], validate="1:1").sort(
            *alphabetical("region_name", "name")
        )
        caption = tr("Territoires de la phase {phase} : {word}").format(
            phase=phase, word=tr(phases.SIDE_WORDS[phase][word].many)
        )
        return reader.table(named, caption, columns, origin=["out_territories", table])

    def member_change_table(self, status: str) -> ReaderTable:
        """Members that left or entered, with the inhabitants that the programme covers in the other phase too."""
        phase = 2 if status == "entered" else 1
        columns = (
            Column("member_name", tr("Membre")),
            Column("name", tr("Territoire")),
            *sizes()[:2],
            Column("other_phase_population_2022", tr("dont couverte dans l’autre phase"), whole),
        )
        names = self.table("core_territories").filter(phase=phase).select("name", "territory_id")
        rows = self.table("out_member_change").filter(status=status)
        named = rows.join(names, left_on=f"phase{phase}_id", right_on="territory_id", validate="m:1")
        caption = tr("Membres {status} entre les deux phases").format(status=tr(phases.STATUS_WORDS[status].many))
        return reader.table(
            named.sort(*alphabetical("name", "member_name")), caption, columns, origin=["out_member_change"]
        )

    def region_change_table(self) -> ReaderTable:
        """Inhabitants that stayed, left and entered, by region, in number and share."""
        columns = [Column("region_name", tr("Région"))]
        for status in phases.STATUSES:
            heading = typography.capitalised(tr(phases.STATUS_WORDS[status].many))
            columns.append(Column(f"population_2022_{status}", heading, whole))
            columns.append(Column(f"population_share_pct_{status}", tr(SHARES[status]), typography.percent))
        values = ["population_2022", "population_share_pct"]
        rows = self.table("out_region_change").pivot(on="status", index=["region_code", "region_name"], values=values)
        caption = tr("Habitants, région par région")
        return reader.table(rows.sort("region_code"), caption, columns, origin=["out_region_change"])

    def sensitivity_table(self, phase: int) -> ReaderTable:
        """How many territories of a phase get each word when two are linked by a smaller share of inhabitants."""
        thresholds = range(1, phases.LEAST_SHARED_PCT + 1)
        columns = (
            Column("name", tr(ABOUT[phase])),
            *(Column(f"{float(one)}", typography.percent(one, 0), whole) for one in thresholds),
        )
        rows = phases.sensitivity(self.table("core_communes"), thresholds).filter(phase=phase)
        names = {word: one.many for word, one in phases.SIDE_WORDS[phase].items()}
        wide = rows.pivot(on="least_pct", index="word", values="territory_count")
        named = wide.with_columns(name=translated("word", names))
        caption = tr("Territoires de la phase {phase}, selon la part d’habitants à partir de laquelle deux sont liés")
        return reader.table(named, caption.format(phase=phase), columns, origin=["core_communes"])

    def money_table(self) -> ReaderTable:
        """Every published amount with its source."""
        columns = (
            Column("step", tr("Étape")),
            Column("amount", tr("Montant"), str, claim="claim_id"),
            Column("rythm", tr("Rythme")),
            Column("as_of", tr("Date ou période"), when),
            Column("producer", tr("Source"), french=True),
            sentence(),
        )
        amounts = self.table("out_envelopes").sort("phase", "step", "as_of", "claim_id")
        rows = amounts.with_columns(
            pl.Series("amount", map(prose.amount, amounts.iter_rows(named=True)), pl.String),
            step=translated("step", STEPS),
            rythm=pl.when(per_year=1).then(pl.lit(tr("par an"))).otherwise(pl.lit(tr("en tout"))),
        )
        return reader.table(rows, tr("Montants publiés"), columns, origin=["out_envelopes"])

    def ledger_table(self, verdict: str) -> ReaderTable:
        """Published figures with one verdict: what was said, what was found, and why."""
        columns = (
            Column("counted", tr("Ce qui est compté")),
            Column("said", tr("Publié"), str, claim="claim_id"),
            Column("computed", tr("Confronté à"), str, absent=tr("aucun nombre")),
            Column("reason", tr("Raison")),
            sentence(),
        )
        counted = pl.concat_str("concept_label", "place", separator=", ")
        rows = self.judged.filter(verdict=verdict).sort("published", "claim_id").with_columns(counted=counted)
        caption = tr("Verdict : {verdict}").format(verdict=tr(ledger.VERDICTS[verdict]))
        return reader.table(rows, caption, columns, origin=["out_ledger"])

    def conflicts_table(self) -> ReaderTable:
        """Pairs of published figures that cannot both hold."""
        columns = (
            Column("kind", tr("Conflit")),
            sentence(),
            Column("as_of", tr("Date ou période"), when),
            Column("source_id", tr("Note de lecture")),
        )
        claims = self.table("core_claims")
        rows = ledger.conflicts(claims).join(claims.select("claim_id", "sentence"), on="claim_id", validate="m:1")
        named = rows.sort("conflict", "as_of").with_columns(kind=translated("kind", CONFLICTS))
        caption = tr("Chiffres qui ne peuvent pas tenir ensemble")
        return reader.table(named, caption, columns, origin=["core_claims"])

    def plan_table(self) -> ReaderTable:
        """Published figures of the plan of Lille."""
        columns = (
            sentence(),
            Column("as_of", tr("Date ou période"), when),
            Column("source_id", tr("Note de lecture")),
        )
        rows = self.table("out_plan").sort("source_id", "claim_id")
        return reader.table(rows, tr("Chiffres publiés"), columns, origin=["out_plan"])
