import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import ledger
from analysis.charts import verdicts
from analysis.charts.drawing import style
from analysis.extraction import vocabulary
from analysis.io import store
from analysis.sources import provenance
from analysis.upkeep.stages import derived

COLUMNS = ("claim_id", "source_id", "producer", "published", "verdict")
ROWS = (
    ("c1", "a", "Journal", "2018-11-22", "confirmed"),
    ("c2", "a", "Journal", "2018-11-22", "contradicted"),
    ("c3", "b", "L'autre journal", "2019-03", "consistent"),
    ("c4", "b", "L'autre journal", "2019-03", "consistent"),
    ("c5", "b", "L'autre journal", "2019-03", "not_checkable"),
    ("c6", "b", "L'autre journal", "2019-03", "superseded"),
)


def judged(rows=ROWS):
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def real_ledger(root):
    """The ledger of the real project, worked out anew, as readers see it."""
    rows = derived.build(["out_ledger"], lambda name, kind: derived.read(name, kind, root))["out_ledger"]
    concepts = vocabulary.parse(provenance.load_vocabulary(root / "data/raw/vocabulary.yaml")).concepts
    labels = {name: one.label for name, one in concepts.items()}
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    return ledger.readable(rows, store.read_table("core_claims", root), known, labels)


@pytest.fixture(scope="module")
def real(root):
    return real_ledger(root)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def marks(picture):
    """How many marks each scatter has."""
    return [len(one.get_offsets()) for one in picture.figure.axes[0].collections]


def test_every_figure_has_a_mark_in_the_column_of_its_verdict(credit):
    picture = verdicts.verdicts(judged(), credit)
    assert sorted(marks(picture)) == [1, 1, 1, 1, 2]
    starts = {round(float(one.get_offsets()[0][0]), 1) for one in picture.figure.axes[0].collections}
    assert len(starts) == 5


def test_verdicts_are_told_apart_without_colour():
    looks = {(mark, name == verdicts.HOLLOW) for name, mark in verdicts.MARKS.items()}
    assert len(looks) == len(ledger.VERDICTS) == len(verdicts.PLURALS) == len(style.VERDICT_COLOURS)


def test_title_counts_each_verdict(credit):
    title = plain(verdicts.verdicts(judged(), credit).title)
    assert title == "6 chiffres publiés : 1 confirmé, 2 cohérents, 1 dépassé, 1 contredit et 1 invérifiable"


def test_verdict_that_no_figure_has_stands_in_the_alt_and_not_in_the_title(credit):
    picture = verdicts.verdicts(judged(ROWS[:1]), credit)
    assert plain(picture.title) == "1 chiffre publié : 1 confirmé"
    assert "0 contredit" in picture.alt


def test_alt_tells_each_source(credit):
    alt = plain(verdicts.verdicts(judged(), credit).alt)
    assert "Journal (22 novembre 2018), 1 confirmé et 1 contredit" in alt
    assert "L’autre journal (mars 2019), 2 cohérents, 1 dépassé et 1 invérifiable" in alt


@given(rows=st.permutations(ROWS))
def test_order_of_rows_is_irrelevant(rows):
    assert verdicts.counted(judged(rows)).equals(verdicts.counted(judged()))


@given(rows=st.lists(st.sampled_from(ROWS), min_size=1))
def test_no_figure_is_lost(rows):
    assert verdicts.counted(judged(rows)).get_column("count").sum() == len(rows)
    assert sum(verdicts.totals(judged(rows)).values()) == len(rows)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_verdicts(real, credit):
    return verdicts.verdicts(real, credit).figure


def test_real_verdicts_are_readable(real, credit, readable):
    readable(verdicts.verdicts(real, credit))
