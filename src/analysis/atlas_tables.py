"""Tables as notebooks and pages show them: which columns, in which order, under which French headings."""

from collections.abc import Callable

import polars as pl

from analysis import ledger, phases, prose, reader, style
from analysis.library import Library
from analysis.published import when
from analysis.reader import Column, ReaderTable

whole: Callable[[float], str] = style.number
SIZES = (
    Column("commune_count", "Communes", whole),
    Column("population_2022", "Population 2022", whole),
    Column("area_km2", "Superficie (km²)", whole),
)
CLAIMS = (
    Column("sentence", "Phrase de la note"),
    Column("as_of", "Date ou période", when),
    Column("source_id", "Note de lecture"),
)


class ReaderTables(Library):
    """Tables for readers, one method each."""

    def label_table(self) -> ReaderTable:
        """Every published number of territories with its source."""
        columns = (
            Column("as_of", "Date", when),
            Column("territory_count", "Territoires", whole),
            Column("registry_count", "Liste officielle", whole),
            Column("producer", "Source"),
            Column("sentence", "Phrase de la note"),
        )
        return reader.table(self.table("out_label_timeline").sort("date", "claim_id"), "Chiffres publiés", columns)

    def coverage_table(self, phase: int) -> ReaderTable:
        """The regions and France in one phase."""
        columns = (
            Column("region_name", "Région"),
            Column("territory_count", "Territoires", whole),
            Column("commune_share_pct", "Communes", style.percent),
            Column("population_share_pct", "Population", style.percent),
            Column("area_share_pct", "Superficie", style.percent),
        )
        rows = self.table("out_region_coverage").filter(phase=phase).sort("region_code")
        return reader.table(rows, f"Couverture des régions, {style.phase_name(phase)}", columns)

    def change_table(self) -> ReaderTable:
        """Every word, what it means and how many territories of each phase it is said of."""
        columns = (
            Column("name", "Devenir"),
            Column("meaning", "Ce que cela veut dire"),
            Column("phase1_count", "Phase 1", whole),
            Column("phase2_count", "Phase 2", whole),
        )
        rows = phases.change_counts(self.table("out_phase_change"), self.table("out_phase1_fate"))
        named = rows.with_columns(
            name=pl.col("word").replace_strict({word: one.many for word, one in phases.CHANGE_WORDS.items()}),
            meaning=pl.col("word").replace_strict({word: one.meaning for word, one in phases.CHANGE_WORDS.items()}),
        )
        return reader.table(named, "Territoires des deux phases, selon ce qu’ils sont devenus", columns)

    def changed_table(self, word: str) -> ReaderTable:
        """The territories of phase two of which a word is said, or of phase one that ended."""
        columns = (Column("name", "Territoire"), Column("region_name", "Région"), *SIZES)
        phase, table, column = (1, "out_phase1_fate", "fate") if word == "ended" else (2, "out_phase_change", "change")
        ids = self.table(table).filter(pl.col(column) == word).select(territory_id=f"phase{phase}_id")
        regions = self.table("core_territories").select("phase", "territory_id", "region_name")
        rows = self.table("out_territories").filter(phase=phase).join(ids, on="territory_id", validate="1:1")
        named = rows.join(regions, on=["phase", "territory_id"], validate="1:1").sort("region_name", "name")
        caption = f"Territoires de la phase {phase} : {phases.CHANGE_WORDS[word].many}"
        return reader.table(named, caption, columns)

    def member_change_table(self, status: str) -> ReaderTable:
        """Members that left or entered, with the inhabitants that the programme covers in the other phase too."""
        phase = 2 if status == "entered" else 1
        columns = (
            Column("member_name", "Membre"),
            Column("name", "Territoire"),
            *SIZES[:2],
            Column("other_phase_population_2022", "dont couverte dans l’autre phase", whole),
        )
        names = self.table("core_territories").filter(phase=phase).select("name", "territory_id")
        rows = self.table("out_member_change").filter(status=status)
        named = rows.join(names, left_on=f"phase{phase}_id", right_on="territory_id", validate="m:1")
        caption = f"Membres {phases.STATUS_WORDS[status].many} entre les deux phases"
        return reader.table(named.sort("name", "member_name"), caption, columns)

    def region_change_table(self) -> ReaderTable:
        """Inhabitants that stayed, left and entered, by region, in number and share."""
        columns = (
            Column("region_name", "Région"),
            *(
                Column(f"{name}_{status}", f"{phases.STATUS_WORDS[status].many.capitalize()}{suffix}", written)
                for status in phases.STATUSES
                for name, suffix, written in (
                    ("population_2022", "", whole), ("population_share_pct", ", part", style.percent),
                )
            ),
        )  # fmt: skip
        values = ["population_2022", "population_share_pct"]
        rows = self.table("out_region_change").pivot(on="status", index=["region_code", "region_name"], values=values)
        return reader.table(rows.sort("region_code"), "Habitants, région par région", columns)

    def sensitivity_table(self, phase: int) -> ReaderTable:
        """How many territories of a phase get each word when two are linked by a smaller share of inhabitants."""
        thresholds = range(1, phases.LEAST_SHARED_PCT + 1)
        columns = (
            Column("name", "Devenir"),
            *(Column(f"{float(one)}", style.percent(one, 0), whole) for one in thresholds),
        )
        rows = phases.sensitivity(self.table("core_communes"), thresholds).filter(phase=phase)
        names = {word: one.many for word, one in phases.CHANGE_WORDS.items()}
        wide = rows.pivot(on="least_pct", index="word", values="territory_count")
        named = wide.with_columns(name=pl.col("word").replace_strict(names))
        caption = f"Territoires de la phase {phase}, selon la part d’habitants à partir de laquelle deux sont liés"
        return reader.table(named, caption, columns)

    def money_table(self) -> ReaderTable:
        """Every published amount with its source."""
        steps = {"announced": "annoncé", "committed": "engagé", "paid": "payé", "related": "lié"}
        columns = (
            Column("step", "Étape"),
            Column("amount", "Montant", str),
            Column("rythm", "Rythme"),
            Column("as_of", "Date ou période", when),
            Column("producer", "Source"),
            Column("sentence", "Phrase de la note"),
        )
        rows = (
            self.table("out_envelopes")
            .sort("phase", "step", "as_of", "claim_id")
            .with_columns(
                amount=pl.struct(pl.all()).map_elements(prose.amount, return_dtype=pl.String),
                step=pl.col("step").replace_strict(steps),
                rythm=pl.when(per_year=1).then(pl.lit("par an")).otherwise(pl.lit("en tout")),
            )
        )
        return reader.table(rows, "Montants publiés", columns)

    def ledger_table(self, verdict: str) -> ReaderTable:
        """Published figures with one verdict: what was said, what was found, and why."""
        columns = (
            Column("counted", "Ce qui est compté"),
            Column("said", "Publié", str),
            Column("computed", "Confronté à", str),
            Column("reason", "Raison"),
            Column("sentence", "Phrase de la note"),
        )
        counted = pl.concat_str("concept_label", "place", separator=", ")
        rows = self.judged.filter(verdict=verdict).sort("published", "claim_id").with_columns(counted=counted)
        return reader.table(rows, f"Verdict : {ledger.VERDICTS[verdict]}", columns)

    def conflicts_table(self) -> ReaderTable:
        """Pairs of published figures that cannot both hold."""
        words = {"same_date": "même date", "decrease": "recul"}
        columns = (
            Column("kind", "Conflit"),
            Column("sentence", "Phrase de la note"),
            Column("as_of", "Date ou période", when),
            Column("source_id", "Note de lecture"),
        )
        claims = self.table("core_claims")
        rows = ledger.conflicts(claims).join(claims.select("claim_id", "sentence"), on="claim_id", validate="m:1")
        named = rows.sort("conflict", "as_of").with_columns(kind=pl.col("kind").replace_strict(words))
        return reader.table(named, "Chiffres qui ne peuvent pas tenir ensemble", columns)

    def names_table(self, place: str, concept: str) -> ReaderTable:
        """Names that a source lists, and what each denotes in the official lists."""
        columns = (Column("item", "Nom dans la source"), Column("registry_name", "Nom au COG 2024"))
        rows = self.table("out_enumerations").filter(place=place, concept=concept).sort("source_id", "rank")
        return reader.table(rows, "Noms énumérés par la source", columns)

    def plan_table(self) -> ReaderTable:
        """Published figures of the plan of Lille."""
        rows = self.table("out_plan").sort("source_id", "claim_id")
        return reader.table(rows, "Chiffres publiés", CLAIMS)
