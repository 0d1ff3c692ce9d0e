"""What notebooks call: one method a picture, a table or a paragraph; every table is read once."""

from collections.abc import Mapping

from IPython.display import Markdown

from analysis import ledger
from analysis.charts import (
    contradictions,
    coverage,
    envelopes,
    hundred_millions,
    label_timeline,
    lille_map,
    lille_plan,
    national_map,
    phase_flow,
    phase_status_map,
    region_balance,
    region_change,
    region_flow,
    region_map,
    territory_change,
    territory_map,
    verdicts,
)
from analysis.charts.drawing.picture import Picture
from analysis.i18n import typography
from analysis.i18n.language import N_
from analysis.registry.known_places import of_known_place
from analysis.reports import prose
from analysis.reports.library import CONTRACTS_PHASE
from analysis.reports.report_tables import ReportTables

PLAN_NOUNS: Mapping[str, str] = {
    "challenges": N_("défis"),
    "governance_actors": N_("acteurs de la gouvernance"),
    "observatories": N_("observatoires"),
    "thematic_hubs": N_("hubs thématiques"),
}


def paragraph(text: str) -> Markdown:
    """A Markdown paragraph with the spacing of the language in force."""
    return Markdown(typography.spaced(text))


class Atlas(ReportTables):
    """Pictures and paragraphs, beside the tables."""

    # --- pictures ---

    def label_timeline(self) -> Picture:
        """How many territories, when, says who."""
        return self.shown(label_timeline.draw(self.table("out_label_timeline"), self.credit("label_timeline")))

    def national_map(self) -> Picture:
        """Both phases side by side."""
        table = self.table("out_region_coverage")
        return self.shown(national_map.draw(self.territories, self.overview, table, self.credit("national_map")))

    def coverage(self) -> Picture:
        """Shares of communes, population and area in both phases."""
        return self.shown(coverage.draw(self.table("out_region_coverage"), self.credit("coverage")))

    def region_balance(self) -> Picture:
        """The eighteen regions in both phases."""
        return self.shown(region_balance.draw(self.table("out_region_coverage"), self.credit("region_balance")))

    def phase_flow(self) -> Picture:
        """What became of the territories of phase one, and where those of phase two come from."""
        picture = phase_flow.draw(
            self.table("out_phase_change"), self.table("out_phase1_fate"), self.credit("phase_flow"),
        )  # fmt: skip
        return self.shown(picture)

    def phase_status_map(self) -> Picture:
        """The ground that stayed in the programme, left it and entered it."""
        return self.shown(
            phase_status_map.draw(self.overview, self.table("out_region_change"), self.credit("phase_status_map"))
        )

    def region_change(self) -> Picture:
        """The share of each region's inhabitants that stayed, left and entered."""
        return self.shown(region_change.draw(self.table("out_region_change"), self.credit("region_change")))

    @of_known_place
    def region_flow(self, region_code: str) -> Picture:
        """A region's territories of both phases, by name, and what passes between them."""
        picture = region_flow.draw(
            region_code, self.table("out_phase_change"), self.table("out_phase1_fate"), self.table("core_communes"),
            self.table("core_territories"), self.credit(f"region_flow_{region_code}"),
        )  # fmt: skip
        return self.shown(picture)

    @of_known_place
    def territory_change(self, phase: int, territory_id: str) -> Picture:
        """A territory and its ground in the other phase, side by side."""
        picture = territory_change.draw(
            phase, territory_id, self.table("out_phase_change"), self.table("out_phase1_fate"),
            self.table("core_territories"), self.detail,
            self.credit(f"territory_change_phase{phase}_{territory_id}"),
        )  # fmt: skip
        return self.shown(picture)

    def envelopes(self) -> Picture:
        """Announced, committed, paid."""
        return self.shown(envelopes.draw(self.table("out_envelopes"), self.credit("envelopes")))

    def hundred_millions(self) -> Picture:
        """The envelopes of "100 M€" told apart."""
        return self.shown(hundred_millions.draw(self.table("out_hundred_millions"), self.credit("hundred_millions")))

    @of_known_place
    def region_map(self, region_code: str, phase: int) -> Picture:
        """A region's territories, named; contracts marked where a source names them."""
        signed = self.contracts(region_code).get_column("registry_code").drop_nulls().to_list()
        marked = signed if phase == CONTRACTS_PHASE and signed else None
        table = self.table("out_region_coverage")
        credit = self.credit(f"region_map_{region_code}_phase{phase}")
        return self.shown(
            region_map.draw(region_code, phase, self.territories, self.detail, table, credit, signed=marked)
        )

    @of_known_place
    def territory_map(self, phase: int, territory_id: str) -> Picture:
        """A territory's place in the country, and its members by name."""
        picture = territory_map.draw(
            phase, territory_id, self.territories, self.overview, self.commune_outlines,
            self.table("core_communes"), self.table("core_members"),
            self.credit(f"territory_map_phase{phase}_{territory_id}"),
        )  # fmt: skip
        return self.shown(picture)

    def lille_map(self) -> Picture:
        """The SCOT Lille Métropole and its communes."""
        picture = lille_map.draw(
            self.commune_outlines, self.table("core_communes"), self.table("core_members"), self.credit("lille_map"),
        )  # fmt: skip
        return self.shown(picture)

    def lille_plan(self) -> Picture:
        """The plan of the Métropole européenne de Lille in figures."""
        return self.shown(lille_plan.draw(self.table("out_plan"), self.credit("lille_plan")))

    def verdicts(self) -> Picture:
        """How many published figures hold, by source."""
        return self.shown(verdicts.draw(self.judged, self.credit("verdicts")))

    def contradictions(self) -> Picture:
        """Published figures that the lists contradict, or have left behind, over time."""
        return self.shown(contradictions.draw(self.judged, self.credit("contradictions")))

    # --- paragraphs ---

    def unresolved_text(self) -> Markdown:
        """Figures of the notes that no concept takes."""
        return paragraph(prose.unresolved(self.table("core_unresolved").sort("source_id", "start")))

    def verdicts_text(self) -> Markdown:
        """How many figures are confirmed, contradicted, and so on."""
        return paragraph(prose.verdicts(self.judged, ledger.VERDICTS))

    def timeline_text(self) -> Markdown:
        """What the sources say of the number of territories."""
        return paragraph(prose.timeline(self.table("out_label_timeline")))

    @of_known_place
    def coverage_text(self, region_code: str = prose.FRANCE) -> Markdown:
        """What both phases cover of the country or of a region."""
        return paragraph(prose.coverage(self.table("out_region_coverage"), region_code))

    def france_text(self) -> Markdown:
        """What both phases cover of the country, in whole per cent."""
        return paragraph(prose.france(self.france_shares))

    def change_text(self) -> Markdown:
        """How many territories were kept, changed, ended and came."""
        return paragraph(prose.changes(self.table("out_phase_change"), self.table("out_phase1_fate")))

    def member_change_text(self) -> Markdown:
        """How many members stayed, left and entered, and how many inhabitants that makes."""
        return paragraph(prose.member_changes(self.table("out_member_change")))

    def money_text(self) -> Markdown:
        """Announced, committed, paid, and the envelopes of 100 M€, in sentences."""
        return paragraph(prose.money(self.table("out_envelopes"), self.table("out_hundred_millions")))

    @of_known_place
    def contracts_text(self, region_code: str) -> Markdown:
        """Signed contracts that a source names, against the official list."""
        names = self.contracts(region_code)
        total = self.region_territories(region_code, CONTRACTS_PHASE).height
        said = self.announced_contracts(region_code)
        return paragraph(prose.contracts(names, said, total, region_code=region_code, phase=CONTRACTS_PHASE))

    @of_known_place
    def territory_text(self, phase: int, territory_id: str) -> Markdown:
        """One territory in a sentence."""
        row = self.table("out_territories").filter(phase=phase, territory_id=territory_id).row(0, named=True)
        return paragraph(prose.territory(row, self.region_name(row["region_code"])))

    @of_known_place
    def other_phase_text(self, phase: int, territory_id: str) -> Markdown:
        """What a territory comes from, or what became of it."""
        return paragraph(prose.other_phase(phase, self.other_phase(phase, territory_id)))

    def plan_text(self) -> Markdown:
        """What the plan announces against what it lists."""
        return paragraph(prose.announced_and_listed(self.table("out_plan"), dict(PLAN_NOUNS)))
