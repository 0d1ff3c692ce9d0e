import polars as pl
import pytest

from analysis.charts import region_flow
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.registry.phases import flow_of, groups

REGIONS = ["01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]


@pytest.fixture(scope="module")
def frames(table):
    names = ("out_phase_change", "out_phase1_fate", "core_communes", "core_territories")
    return [table(name) for name in names]


@pytest.fixture(scope="module")
def draw(frames, credit):
    return lambda code: region_flow.region_flow(*frames, code, credit)


def texts(picture):
    return {text.get_text().replace("\n", " "): text for text in picture.figure.axes[0].texts}


@pytest.mark.parametrize("code", REGIONS)
def test_every_territory_is_named_and_readable(draw, frames, readable, code):
    picture = draw(code)
    readable(picture)
    own = frames[3].filter(region_code=code)
    shown = pl.concat(
        [picture.data.select(phase=pl.lit(one, pl.Int64), territory_id=f"phase{one}_id") for one in (1, 2)]
    )
    assert own.join(shown.drop_nulls(), on=["phase", "territory_id"], how="anti").is_empty()
    written = " | ".join(texts(picture))
    for name in own.get_column("name"):
        assert region_flow.style.typographic(name) in written


@pytest.mark.parametrize("code", REGIONS)
def test_rows_about_other_territories_change_nothing(draw, frames, credit, code):
    changes, fates, communes, territories = frames
    keys = set(flow_of(code, *frames).territories)
    first, second = ({key[2:] for key in keys if key.startswith(phase)} for phase in ("1", "2"))
    needed = pl.col("territory_1").is_in(first) | pl.col("territory_2").is_in(second)
    kept = pl.concat_str("phase", "territory_id", separator=" ").is_in(keys)
    sliced = region_flow.region_flow(
        changes.filter(pl.col("phase2_id").is_in(second)), fates.filter(pl.col("phase1_id").is_in(first)),
        communes.filter(needed), territories.filter(kept), code, credit,
    )  # fmt: skip
    assert sliced.svg() == draw(code).svg()


def test_title_counts_the_regions_own_territories(draw):
    assert draw("84").title == "Auvergne-Rhône-Alpes\u00a0: de 17 à 24\u00a0territoires, dont 10\u00a0inchangés"
    assert draw("06").title == "Mayotte\u00a0: aucun territoire puis 1\u00a0territoire"
    assert draw("93").title.startswith("Provence-Alpes-Côte d’Azur\u00a0: 8\u00a0territoires dans chaque phase, dont 1")


def test_bands_hold_the_inhabitants_in_common(draw, frames):
    row = draw("84").data.filter(phase1_name="Roanne - Tarare", phase2_name="Beaujolais").row(0, named=True)
    both = frames[2].filter(territory_1=row["phase1_id"], territory_2=row["phase2_id"])
    assert row["shared_population_2022"] == both.get_column("population_2022").sum() > 0


def test_partner_of_another_region_is_in_italics_with_its_region(draw):
    picture = draw("24")
    slanted = [text for text, label in texts(picture).items() if label.get_style() == "italic"]
    assert slanted == ["Vallée de l’Huisne (Pays de la Loire)"]
    assert any(
        typography.spaced(region_flow.ELSEWHERE) in text.get_text().replace("\n", " ") for text in picture.figure.texts
    )
    assert not any("En italique" in text.get_text() for text in draw("84").figure.texts)


@pytest.mark.parametrize("code", REGIONS)
def test_linked_territories_stand_under_one_word_that_is_their_group_s(draw, frames, code):
    told = groups(*frames[:2])
    group = {(phase, one): word for phase, one, _, word in told.iter_rows()}
    for row in draw(code).data.iter_rows(named=True):
        for phase in (1, 2):
            if row[f"phase{phase}_id"]:
                assert row["group"] == group[phase, row[f"phase{phase}_id"]]
    flow = flow_of(code, *frames)
    for word, members in region_flow.grouped(flow).items():
        for family in members:
            assert {flow.territories[key]["group"] for key in family.first + family.second} == {word}


def test_a_region_without_territory_is_refused(draw):
    with pytest.raises(ParameterError, match="no territory in region '99'"):
        draw("99")


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
@pytest.mark.parametrize("code", ["84", "44", "06"])
def test_image_region_flow(draw, code):
    return draw(code).figure
