import polars as pl
import pytest

from analysis.charts import phase_flow
from analysis.i18n import typography
from analysis.registry.phases import CHANGE_WORDS, groups

FATES = pl.DataFrame(
    {
        "phase1_id": ["a", "b", "c"],
        "fate": ["unchanged", "ended", "split"],
        "phase2_ids": pl.Series([["A"], [], ["B", "C"]], dtype=pl.List(pl.String)),
    }
)
CHANGES = pl.DataFrame(
    {
        "phase2_id": ["A", "B", "C", "N"],
        "change": ["unchanged", "split", "split", "new"],
        "phase1_ids": pl.Series([["a"], ["c"], ["c"], []], dtype=pl.List(pl.String)),
    }
)


@pytest.fixture(scope="module")
def picture(table, credit):
    return phase_flow.phase_flow(table("out_phase_change"), table("out_phase1_fate"), credit)


def test_title_and_headings_count_both_phases(picture):
    assert picture.title == "De 149 à 183\u00a0territoires\u00a0: 74 restent les mêmes, 29 sont entièrement nouveaux"
    texts = [text.get_text() for text in picture.figure.axes[0].texts]
    assert "Phase\u00a01\n149\u00a0territoires" in texts
    assert "Phase\u00a02\n183\u00a0territoires" in texts


def test_every_word_is_labelled_with_both_numbers_and_its_meaning(picture):
    texts = [text.get_text() for text in picture.figure.axes[0].texts]
    for row in picture.data.iter_rows(named=True):
        word = CHANGE_WORDS[row["word"]]
        name = (word.many if max(row["phase1_count"], row["phase2_count"]) > 1 else word.one).capitalize()
        assert name in texts
        assert word.meaning in texts
        place = texts.index(name)
        assert texts[place - 2 : place] == [
            typography.number(row["phase1_count"]),
            typography.number(row["phase2_count"]),
        ]


def bars(picture):
    return [patch for patch in picture.figure.axes[0].patches if hasattr(patch, "get_height")]


def test_bars_are_as_high_as_the_territories_they_count(picture):
    counts = [
        count for row in picture.data.select("phase1_count", "phase2_count").iter_rows() for count in row if count
    ]
    heights = [bar.get_height() for bar in bars(picture)]
    assert [height / heights[0] for height in heights] == pytest.approx([count / counts[0] for count in counts])


def test_a_side_without_territory_has_no_bar(credit):
    picture = phase_flow.phase_flow(CHANGES, FATES, credit)
    assert len(bars(picture)) == 2 + 2 + 1 + 1
    assert picture.data.filter(word="ended").row(0) == ("ended", 1, 0)


def test_every_ribbon_stands_for_links_and_for_all_of_them(picture, table, credit):
    changes, fates = table("out_phase_change"), table("out_phase1_fate")
    group = {(phase, code): word for phase, code, _, word in groups(changes, fates).iter_rows()}
    links = changes.explode("phase1_ids").drop_nulls("phase1_ids").select("phase1_ids", "phase2_id").rows()
    for row in picture.data.iter_rows(named=True):
        inside = [(one, two) for one, two in links if row["word"] in (group[1, one], group[2, two])]
        if inside:
            counts = tuple(len(set(side)) for side in zip(*inside, strict=True))
            assert (row["phase1_count"], row["phase2_count"]) == counts
    ribbons = [one for one in picture.figure.axes[0].patches if not hasattr(one, "get_height")]
    assert len(ribbons) == picture.data.filter(pl.col("phase1_count") * pl.col("phase2_count") > 0).height == 7


def test_texts_are_readable(picture, readable):
    readable(picture)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_phase_flow(picture):
    return picture.figure
