"""Tables of the reports: a region's, or a territory's, its members, communes, change and published figures."""

import polars as pl

from analysis import phases, reader, style
from analysis.atlas_tables import SIZES, ReaderTables, whole
from analysis.reader import Column, ReaderTable

SHARE = Column("shared_population_share_pct", "Habitants qui y vivaient déjà", style.percent)
VERDICT = (
    Column("counted", "Ce qui est compté"),
    Column("said", "Publié", str),
    Column("verdict_label", "Verdict"),
    Column("computed", "Confronté à", str),
    Column("reason", "Raison"),
    Column("sentence", "Phrase de la note"),
    Column("source_id", "Note de lecture"),
)


class ReportTables(ReaderTables):
    """Tables for the readers of one report."""

    def region_table(self, region_code: str, phase: int) -> ReaderTable:
        """The territories of a region in one phase, with their members."""
        members = self.table("core_members").filter(phase=phase).sort("member_name")
        named = members.group_by("territory_id").agg(members=pl.col("member_name").str.join(", "))
        columns = (
            Column("name", "Territoire"),
            Column("members", "Membres"),
            Column("member_count", "Nombre", whole),
            *SIZES,
        )
        rows = self.region_territories(region_code, phase).join(named, on="territory_id", how="left", validate="1:1")
        caption = f"{self.region_name(region_code)} : territoires de la {style.phase_name(phase)}"
        return reader.table(rows.sort("name"), caption, columns, empty="Aucun territoire dans cette phase.")

    def contracts_table(self, region_code: str) -> ReaderTable:
        """Contracts that a source names, and the territory of the official list that each denotes."""
        columns = (Column("item", "Nom dans la source"), Column("registry_name", "Nom dans la liste officielle"))
        rows = self.contracts(region_code).sort("rank")
        return reader.table(rows, "Contrats signés nommés par une source", columns, empty="Aucun contrat nommé.")

    def members_table(self, phase: int, territory_id: str) -> ReaderTable:
        """The members of a territory, and whether each is a member in the other phase too."""
        columns = (Column("member_name", "Membre"), Column("change", "Dans l’autre phase"), *SIZES[:2])
        statuses = self.table("out_member_change").select("member_code", "status")
        words = {"kept": "membre aussi", "left": "n’est plus membre", "entered": "n’était pas membre"}
        rows = (
            self.table("core_members")
            .filter(phase=phase, territory_id=territory_id)
            .join(statuses, on="member_code", how="left", validate="1:1")
            .with_columns(change=pl.col("status").replace_strict(words))
        )
        return reader.table(rows.sort("member_name"), "Membres du territoire", columns)

    def communes_table(self, phase: int, territory_id: str) -> ReaderTable:
        """The communes of a territory, member by member."""
        columns = (
            Column("member_name", "Membre"),
            Column("name", "Commune"),
            Column("department_code", "Département"),
            Column("population_2022", "Population 2022", whole),
        )
        members = self.table("core_members").filter(phase=phase, territory_id=territory_id)
        rows = (
            self.table("core_communes")
            .filter(pl.col(f"territory_{phase}") == territory_id)
            .join(members, left_on=f"member_{phase}", right_on="member_code", validate="m:1", suffix="_member")
        )
        return reader.table(rows.sort("member_name", "name", "commune_code"), "Communes, membre par membre", columns)

    def region_origins_table(self, region_code: str) -> ReaderTable:
        """Where each territory of phase two of a region comes from."""
        columns = (Column("phase2_name", "Phase 2"), Column("word", "Devenir"), Column("others", "Vient de"), SHARE)
        ids = self.region_territories(region_code, 2).select(phase2_id="territory_id")
        rows = self.table("out_phase_change").join(ids, on="phase2_id", how="semi").sort("phase2_name", "phase2_id")
        named = self._named(rows, "change", "phase1_ids", 1)
        return reader.table(named, "D’où viennent les territoires de la phase 2", columns, empty="Aucun territoire.")

    def region_fates_table(self, region_code: str) -> ReaderTable:
        """What became of each territory of phase one of a region."""
        columns = (Column("phase1_name", "Phase 1"), Column("word", "Devenir"), Column("others", "En phase 2"))
        ids = self.region_territories(region_code, 1).select(phase1_id="territory_id")
        rows = self.table("out_phase1_fate").join(ids, on="phase1_id", how="semi").sort("phase1_name", "phase1_id")
        named = self._named(rows, "fate", "phase2_ids", 2)
        return reader.table(
            named, "Ce que sont devenus les territoires de la phase 1", columns, empty="Aucun territoire."
        )

    def _named(self, rows: pl.DataFrame, word: str, ids: str, phase: int) -> pl.DataFrame:
        """Rows with the French word and the names of the territories of `phase` that `ids` lists."""
        listed = self.table("core_territories").filter(phase=phase).select("territory_id", "name").iter_rows()
        names = dict(listed)
        one = {word: wording.one for word, wording in phases.CHANGE_WORDS.items()}
        return rows.with_columns(
            word=pl.col(word).replace_strict(one),
            others=pl.col(ids).map_elements(
                lambda some: style.listed([names[code] for code in some]) if len(some) else None,
                return_dtype=pl.String,
                skip_nulls=False,
            ),
        )

    def figures_table(self) -> ReaderTable:
        """Published figures about the report's place, each with its verdict."""
        counted = pl.concat_str("concept_label", "place", separator=", ")
        rows = self.judged.sort("published", "claim_id").with_columns(counted=counted)
        caption = "Chiffres publiés, et ce que les listes officielles en disent"
        return reader.table(rows, caption, VERDICT, empty="Aucun chiffre publié n’a été relevé ici.")
