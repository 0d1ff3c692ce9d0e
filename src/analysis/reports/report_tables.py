"""Tables of the reports: a region's, or a territory's, its members, communes, change and published figures."""

from collections.abc import Mapping

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, alphabetical, tr
from analysis.registry import phases
from analysis.registry.known_places import of_known_place
from analysis.reports import reader
from analysis.reports.atlas_tables import ABOUT, CHANGE_TABLES, ReaderTables, sentence, sizes, translated, whole
from analysis.reports.reader import Column, ReaderTable

STILL_MEMBERS: Mapping[str, str] = {
    "kept": N_("membre aussi"),
    "left": N_("n’est plus membre"),
    "entered": N_("n’était pas membre"),
}


class ReportTables(ReaderTables):
    """Tables for the readers of one report."""

    @of_known_place
    def region_table(self, region_code: str, phase: int) -> ReaderTable:
        """The territories of a region in one phase, with their members."""
        members = self.table("core_members").filter(phase=phase).sort(*alphabetical("member_name"))
        named = members.group_by("territory_id").agg(members=pl.col("member_name").str.join(", "))
        columns = (
            Column("name", tr("Territoire")),
            Column("members", tr("Membres")),
            Column("member_count", tr("Nombre"), whole),
            *sizes(),
        )
        rows = self.region_territories(region_code, phase).join(named, on="territory_id", how="left", validate="1:1")
        caption = tr("{region} : territoires de la {phase}").format(
            region=self.region_name(region_code), phase=typography.phase_name(phase)
        )
        empty, origin = tr("Aucun territoire dans cette phase."), ["out_territories", "core_members"]
        return reader.table(rows.sort(*alphabetical("name")), caption, columns, empty, origin)

    @of_known_place
    def contracts_table(self, region_code: str) -> ReaderTable:
        """Contracts that a source names, and the territory of the official list that each denotes."""
        columns = (
            Column("item", tr("Nom dans la source")),
            Column("registry_name", tr("Nom dans la liste officielle"), absent=tr("aucun")),
        )
        rows = self.contracts(region_code).sort("rank")
        caption, empty = tr("Contrats signés nommés par une source"), tr("Aucun contrat nommé.")
        return reader.table(rows, caption, columns, empty, ["out_enumerations"])

    @of_known_place
    def members_table(self, phase: int, territory_id: str) -> ReaderTable:
        """The members of a territory, and whether each is a member in the other phase too."""
        columns = (Column("member_name", tr("Membre")), Column("change", tr("Dans l’autre phase")), *sizes()[:2])
        statuses = self.table("out_member_change").select("member_code", "status")
        rows = (
            self.table("core_members")
            .filter(phase=phase, territory_id=territory_id)
            .join(statuses, on="member_code", how="left", validate="1:1")
            .with_columns(change=translated("status", STILL_MEMBERS))
        )
        origin = ["core_members", "out_member_change"]
        return reader.table(
            rows.sort(*alphabetical("member_name")), tr("Membres du territoire"), columns, origin=origin
        )

    @of_known_place
    def communes_table(self, phase: int, territory_id: str) -> ReaderTable:
        """The communes of a territory, member by member."""
        columns = (
            Column("member_name", tr("Membre")),
            Column("name", tr("Commune")),
            Column("department_code", tr("Département")),
            Column("population_2022", tr("Population 2022"), whole),
        )
        members = self.table("core_members").filter(phase=phase, territory_id=territory_id)
        rows = (
            self.table("core_communes")
            .filter(pl.col(f"territory_{phase}") == territory_id)
            .join(members, left_on=f"member_{phase}", right_on="member_code", validate="m:1", suffix="_member")
        )
        ordered, caption = (
            rows.sort(*alphabetical("member_name", "name"), "commune_code"),
            tr("Communes, membre par membre"),
        )
        return reader.table(ordered, caption, columns, origin=["core_communes", "core_members"])

    @of_known_place
    def region_origins_table(self, region_code: str) -> ReaderTable:
        """Where each territory of phase two of a region comes from."""
        columns = (
            Column("phase2_name", tr("Phase 2")),
            Column("word", tr(ABOUT[2])),
            Column("others", tr("Vient de"), absent=tr("aucun territoire de la phase 1")),
            Column("group", tr("Groupe de territoires liés")),
            Column("shared_population_share_pct", tr("Habitants qui y vivaient déjà"), typography.percent),
        )
        ids = self.region_territories(region_code, 2).select(phase2_id="territory_id")
        rows = (
            self.table("out_phase_change")
            .join(ids, on="phase2_id", how="semi")
            .sort(*alphabetical("phase2_name"), "phase2_id")
        )
        named = self._named(rows, 2, "phase1_ids")
        caption, empty = tr("D’où viennent les territoires de la phase 2"), tr("Aucun territoire.")
        return reader.table(named, caption, columns, empty, CHANGE_TABLES)

    @of_known_place
    def region_fates_table(self, region_code: str) -> ReaderTable:
        """What became of each territory of phase one of a region."""
        columns = (
            Column("phase1_name", tr("Phase 1")),
            Column("word", tr(ABOUT[1])),
            Column("others", tr("En phase 2"), absent=tr("aucun territoire")),
            Column("group", tr("Groupe de territoires liés")),
        )
        ids = self.region_territories(region_code, 1).select(phase1_id="territory_id")
        rows = (
            self.table("out_phase1_fate")
            .join(ids, on="phase1_id", how="semi")
            .sort(*alphabetical("phase1_name"), "phase1_id")
        )
        named = self._named(rows, 1, "phase2_ids")
        caption, empty = tr("Ce que sont devenus les territoires de la phase 1"), tr("Aucun territoire.")
        return reader.table(named, caption, columns, empty, CHANGE_TABLES)

    def _named(self, rows: pl.DataFrame, phase: int, ids: str) -> pl.DataFrame:
        """Rows about territories of `phase` with their own word, that of their group, and the names behind `ids`."""
        listed = self.table("core_territories").filter(phase=3 - phase).select("territory_id", "name").iter_rows()
        names = dict(listed)
        others = [typography.listed([names[code] for code in codes]) or None for codes in rows[ids]]
        told = phases.groups(*map(self.table, CHANGE_TABLES)).filter(phase=phase)
        known = rows.join(
            told, left_on=f"phase{phase}_id", right_on="territory_id", validate="1:1", maintain_order="left"
        )
        return known.with_columns(
            pl.Series("others", others, pl.String),
            word=translated("word", {word: one.one for word, one in phases.SIDE_WORDS[phase].items()}),
            group=translated("group", {word: one.one for word, one in phases.CHANGE_WORDS.items()}),
        )

    def figures_table(self) -> ReaderTable:
        """Published figures about the report's place, each with its verdict."""
        columns = (
            Column("counted", tr("Ce qui est compté")),
            Column("said", tr("Publié"), str, claim="claim_id"),
            Column("verdict_label", tr("Verdict")),
            Column("computed", tr("Confronté à"), str, absent=tr("aucun nombre")),
            Column("reason", tr("Raison")),
            sentence(),
            Column("source_id", tr("Note de lecture")),
        )
        counted = pl.concat_str("concept_label", "place", separator=", ")
        rows = self.judged.sort("published", "claim_id").with_columns(counted=counted)
        caption = tr("Chiffres publiés, et ce que les listes officielles en disent")
        return reader.table(rows, caption, columns, tr("Aucun chiffre publié n’a été relevé ici."), ["out_ledger"])
