import html
import re

import polars as pl
from unmarked import unmarked

from analysis.i18n.language import speaking
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.sections.change import OWN_LINKS, change_text
from analysis.reports.sections.coverage import coverage_text
from analysis.reports.sections.label import timeline_text
from analysis.reports.sections.ledger import unresolved_text, verdicts_text
from analysis.reports.sections.members import MEMBER_SIZES, member_change_text
from analysis.reports.sections.plan import plan_text
from analysis.reports.sections.region import contracts_told
from analysis.reports.sections.territory import other_phase_told

MARK = re.compile(r'<data class="told" value="[^"]*">(.*?)</data>')


def plain(text: str) -> str:
    """The text without its marks, once each of its numbers has one."""
    assert unmarked(text) == []
    return html.unescape(MARK.sub(r"\1", text))


COVERAGE = pl.DataFrame(
    {
        "phase": [1, 2],
        "region_code": ["06", "06"],
        "region_name": ["Mayotte", "Mayotte"],
        "territory_count": [0, 1],
        "commune_count": [0, 17],
        "commune_share_pct": [0.0, 100.0],
        "population_2022": [0, 256518],
        "population_share_pct": [0.0, 100.0],
        "area_km2": [0.0, 366.1],
        "area_share_pct": [0.0, 100.0],
    }
)
TIMELINE = pl.DataFrame(
    {
        "claim_id": ["a:1", "b:1"],
        "source_id": ["a", "b"],
        "producer": ["A", "B"],
        "phase": [1, 1],
        "as_of": ["2018-11-22", "2022-12-31"],
        "date": ["2018-11-22", "2022-12-31"],
        "territory_count": [124, 149],
        "edition_count": [None, 149],
        "registry_count": [149, 149],
    }
)


def test_coverage_says_so_when_a_phase_covers_nothing():
    first, second = plain(coverage_text(COVERAGE, "06")).splitlines()
    assert first == "- Phase 1 (2019-2022) : aucun territoire ne couvre la région Mayotte."
    assert "**1\u00a0territoire**, 17\u00a0communes (100,0\u00a0%), 256\u202f518 habitants" in second


def test_coverage_leads_to_the_cells_of_its_table():
    mark = counted("256\u202f518", "out_region_coverage", "population_2022", phase=2, region_code="06")
    assert f"{mark} habitants" in coverage_text(COVERAGE, "06")


def test_coverage_is_told_in_english():
    with speaking("en"):
        first, second = plain(coverage_text(COVERAGE, "06")).splitlines()
    assert first == "- Phase 1 (2019–2022): no territory covers the Mayotte region."
    assert "**1\u00a0territory**, 17\u00a0communes (100.0%), 256,518 inhabitants" in second


def test_timeline_counts_sources_values_and_agreements():
    marked = timeline_text(TIMELINE)
    assert claimed("124", "a:1") in marked
    text = plain(marked)
    assert "Du 22 novembre 2018 au 31 décembre 2022, 2 sources donnent **2 nombres différents**" in text
    assert "124 et 149" in text
    assert "Sur 2 chiffres publiés, 1 " in text


def test_timeline_says_when_a_number_falls_back():
    later = TIMELINE.with_columns(territory_count=pl.Series([148, 146]))
    assert "il recule : 146 au 31 décembre 2022 (B) après 148 au 22 novembre 2018 (A)." in plain(timeline_text(later))
    assert "recule" not in timeline_text(TIMELINE)


def test_unresolved_figures_are_shown():
    columns = {"source_id": ["a"], "sentence": ["On compte 12 choses."], "start": [10], "text": ["12 choses"]}
    assert plain(unresolved_text(pl.DataFrame(columns))).endswith("- 12 choses (a) : On compte 12 choses.")
    assert "aucun n’est laissé" in unresolved_text(pl.DataFrame(columns).clear())


def test_verdicts_are_counted_in_the_order_given():
    judged = pl.DataFrame({"verdict": ["contradicted", "confirmed", "contradicted"]})
    text = plain(verdicts_text(judged))
    assert text == "3\u00a0chiffres publiés, un verdict chacun : 1\u00a0confirmé et 2\u00a0contredits."


def names(**columns: list[object]) -> pl.DataFrame:
    schema = {"item": pl.String, "registry_code": pl.String, "place": pl.String}
    return pl.DataFrame(columns | {"place": ["Grand Est"] * len(columns["item"])}, schema=schema)


def contracts(listed: pl.DataFrame, announced: dict[str, object] | None, total: int) -> str:
    return contracts_told(listed, announced, total, "44")


def test_contracts_confronts_announced_listed_and_found():
    listed = names(item=["A", "B"], registry_code=["ti-1", None])
    text = contracts(listed, {"value_low": 2.0, "claim_id": "a:1"}, 15)
    assert claimed("2", "a:1") in text
    assert "2\u00a0contrats signés annoncés, 2 noms énumérés" in plain(text)
    assert "dont 1 retrouvés parmi les 15\u00a0territoires" in plain(text)
    assert plain(contracts(listed, None, 15)).startswith("2 noms énumérés")


def test_contracts_says_so_when_no_source_names_any():
    assert contracts(names(item=[], registry_code=[]), None, 3).startswith("Aucune source")


def test_announced_and_listed_tells_when_they_differ():
    plan = pl.DataFrame(
        {"concept": ["challenges", "thematic_hubs", "observatories"], "value_low": [12.0, 6.0, 1.0],
         "listed_count": [11, 6, None], "claim_id": ["a:1", "a:2", "a:3"]}
    )  # fmt: skip
    text = plan_text(plan)
    assert claimed("12", "a:1") in text
    lines = plain(text).splitlines()
    assert lines == [
        "- Défis : 12 annoncés, 11 énumérés – **le compte n’y est pas**.",
        "- Hubs thématiques : 6 annoncés, 6 énumérés – le compte y est.",
    ]


def test_changes_count_every_word_of_both_phases():
    fates = pl.DataFrame({"fate": ["split", "ended", "split"]})
    changed = pl.DataFrame({"change": ["new", "split"]})
    first, second, _, about = plain(change_text(changed, fates)).splitlines()
    assert first == ("- Sur **3\u00a0territoires** de la phase 1, selon ce qu’ils deviennent : 2 divisés et 1 disparu.")
    assert second == (
        "- Sur **2\u00a0territoires** de la phase 2, selon d’où ils viennent : 1 issu d’une division et 1 nouveau."
    )
    assert about == OWN_LINKS


def test_member_changes_tell_what_the_other_phase_covers():
    members = pl.DataFrame(
        [("kept", "epci", 4, 40, 40), ("left", "commune", 1, 10, 7), ("left", "epci", 2, 20, 0)],
        schema=["status", "member_kind", *MEMBER_SIZES],
        orient="row",
    )
    kept, left = plain(member_change_text(members)).splitlines()
    assert kept == "- **Restés** : 1\u00a0intercommunalité, soit 4\u00a0communes et 40\u00a0habitants."
    assert left == (
        "- **Sortis** : 1\u00a0intercommunalité et 1\u00a0commune, soit 3\u00a0communes et 30\u00a0habitants, "
        "dont 7 que le programme couvre aussi en phase 2 par un autre membre."
    )


CHANGE = {"territory_id": "ti-1", "name": "<b>A*</b> & d'ici", "word": "split", "group": "split", "others": ["B_c"],
          "share_pct": 91.0}  # fmt: skip


def test_names_stay_text_in_markdown():
    text = other_phase_told(2, CHANGE)
    assert r"**&lt;b&gt;A\*&lt;/b&gt; &amp; d’ici** – territoire **issu d’une division**" in text
    assert r"Issu, en phase 1, de *B\_c*." in text


def test_other_phase_tells_the_share_of_who_lived_there_already():
    mark = counted("91,0\u00a0%", "out_phase_change", "shared_population_share_pct", phase2_id="ti-1")
    assert other_phase_told(2, CHANGE).endswith(f"{mark} de ses habitants y vivaient déjà.")
    assert other_phase_told(1, CHANGE | {"share_pct": None}).endswith(r"Devenu, en phase 2, *B\_c*.")


def test_other_phase_tells_the_group_when_its_word_is_another_one():
    told = (
        "Avec ceux qui leur sont liés, ils forment une **recomposition** : de plusieurs territoires, plusieurs autres."
    )
    assert other_phase_told(2, CHANGE | {"group": "recomposed"}).endswith(told)


def test_sources_are_said_to_be_french_in_english():
    later = TIMELINE.with_columns(territory_count=pl.Series([148, 146]))
    with speaking("en"):
        text = timeline_text(later)
    assert '</data> on 31 December 2022 (<span lang="fr">B</span>) after' in text
