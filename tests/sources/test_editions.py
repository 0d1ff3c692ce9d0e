import pytest

from analysis.errors import SourceError
from analysis.sources import editions

SOURCES = """\
- id: lists
  kind: dataset
  producer: "P"
  title: "T"
  url: null
  published: "2020-10"
  accessed: "2026-11"
  licence: {name: "L", stated_at: "S"}
  sha256: null
- id: article
  kind: article
  producer: "P"
  title: "T"
  url: null
  published: "2020-10"
  accessed: "2026-11"
  licence: {name: "L", stated_at: "S"}
  sha256: null
"""


def entry(name: str, phase: int, valid_from: str, source: str = "lists") -> str:
    return (
        f'- {{id: "{name}", phase: {phase}, title: liste, valid_from: "{valid_from}", known_from: "2020-10", '
        f"cog: 2020, source: {source}}}\n"
    )


FIRST, SECOND, OTHER = entry("2020-10", 1, "2020-10-15"), entry("2022-12", 1, "2022-12"), entry("2023-11", 2, "2023-11")


@pytest.fixture
def written(tmp_path):
    """A folder of raw data with these editions and these files of rows."""

    def write(text, *files):
        (tmp_path / "sources.yaml").write_text(SOURCES)
        (tmp_path / "editions.yaml").write_text(text)
        (tmp_path / "editions").mkdir()
        for name in files:
            (tmp_path / "editions" / name).write_text("x\n")
        return tmp_path / "editions.yaml"

    return write


ROWS = ("2020-10_territories.csv", "2020-10_members.csv")


def test_editions_are_read_in_their_order_with_the_first_day_of_a_month(written):
    found = editions.load(written(FIRST + SECOND + OTHER, *ROWS))
    assert [(one.id, one.first_day) for one in found] == [
        ("2020-10", "2020-10-15"),
        ("2022-12", "2022-12-01"),
        ("2023-11", "2023-11-01"),
    ]
    assert editions.in_force(found, 1).id == "2022-12"


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        (SECOND + FIRST + OTHER, ROWS, r"2: 2020-10 holds from 2020-10-15, before 2022-12 .*Put the older first"),
        (FIRST + entry("2020-11", 1, "2020-10-15") + OTHER, ROWS, r"2: 2020-11 and 2020-10 .* from the same day"),
        (FIRST + entry("2020-10", 2, "2023-11"), (), r"1: id 2020-10 stands twice"),
        (FIRST + entry("2023-11", 2, "2023-11", "unknown"), (), r"2: 2023-11: source unknown is no dataset"),
        (FIRST + entry("2023-11", 2, "2023-11", "article"), (), r"2: 2023-11: source article is no dataset"),
        (FIRST + SECOND + OTHER, (), r"edition 2020-10 needs 2020-10_territories.csv and one of 2020-10_members.csv"),
        (FIRST + SECOND + OTHER, ROWS[:1], r"edition 2020-10 needs"),
        (FIRST + SECOND + OTHER, (*ROWS, "2020-10_communes.csv"), r"edition 2020-10 needs"),
        (FIRST + SECOND + OTHER, (*ROWS, "2021-01_members.csv"), r"2021-01_members.csv is of no earlier edition"),
        (FIRST + SECOND + OTHER, (*ROWS, "2022-12_members.csv"), r"2022-12_members.csv is of no earlier edition"),
        (FIRST, (), r"no edition of phase 2"),
        (entry("octobre", 1, "2020-10") + OTHER, (), r"1: entry 1 \(octobre\): id"),
        (entry("2020-10", 1, "2020-13") + OTHER, (), r"1: entry 1 \(2020-10\): valid_from"),
        ("[]", (), "not a list of editions"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(written, text, files, said):
    with pytest.raises(SourceError, match=said):
        editions.load(written(text, *files))


def test_the_committed_editions_are_read(root):
    found = editions.load(root / "data/raw/editions.yaml")
    assert [one.id for one in found] == ["2020-10", "2022-12", "2023-11", "2024-09"]
