"""The pages of docs/how-to, followed to the letter in a copy of the project, and what CONTRIBUTING.md says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import following
import polars as pl
import pytest

from analysis.io import store
from analysis.publication.site import guides
from analysis.upkeep.dependencies import PACKAGE


@pytest.fixture
def copy(built: Path, root: Path) -> Path:
    """A copy of the project with its tables and with the package itself."""
    shutil.copytree(root / PACKAGE, built / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    return built


def follow(name: str, project: Path, root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    following.follow(root / f"docs/how-to/{name}.md", project, environment)


def test_a_check_is_added(copy, root):
    follow("add-a-check", copy, root)
    ledger = store.read_table("out_ledger", copy)
    before = store.read_table("out_ledger", root)
    changed = ledger.join(before, on=["claim_id", "verdict", "reason"], how="anti")
    assert changed.select("concept", "verdict").rows() == [("councillors", "consistent")]


def test_a_document_is_read_and_its_note_taken(copy, root):
    follow("read-a-document", copy, root)
    ledger = store.read_table("out_ledger", copy)
    known = store.read_table("out_ledger", root)
    new = ledger.filter(source_id="gazette-inventee")
    assert sorted(new.select("concept", "place", "phase", "as_of").rows(), key=str) == [
        ("intercommunalities", "France", 2, "2026-01-15"), ("labelled_territories", "France", 1, "2019/2022"),
        ("labelled_territories", "France", 2, "2026-01-15"), ("labelled_territories", "Grand Est", 2, "2026-01-15"),
    ]  # fmt: skip
    assert set(known["claim_id"]) == set(ledger["claim_id"]) - set(new["claim_id"])


def test_a_language_is_added(copy, root):
    (copy / "data/processed/slices").unlink()  # a link to those of the project itself
    params = copy / "params.yaml"
    params.write_text(params.read_text("utf-8").replace("territories: all", "territories: []"), "utf-8")
    follow("add-a-language", copy, root)
    catalogue = (copy / PACKAGE / "i18n/locale/de.po").read_text("utf-8")
    english = (root / PACKAGE / "i18n/locale/en.po").read_text("utf-8")
    messages = [set(re.findall(r'^msgid (".*")$', text, re.MULTILINE)) for text in (catalogue, english)]
    assert messages[0] ^ messages[1] == {'"Raison du verdict, en allemand"'}  # the title of its column
    report = (copy / "grand-est.ipynb").read_text("utf-8")
    assert "[fr: " in report
    assert "reason_de" in pl.read_parquet_schema(copy / "data/processed/out_ledger.parquet")


def test_the_english_page_of_a_source_is_that_of_the_site(root):
    """The site's page is followed by its own test: `add-a-source` has the same blocks, in order."""
    french = guides.text("ajouter-une-source")
    blocks = following.blocks(root / "docs/how-to/add-a-source.md")
    assert len(blocks) == french.count("```") // 2
    places = [french.index(block.text) for block in blocks]
    assert places == sorted(places)


def test_every_page_of_instructions_is_linked_and_followed(root):
    pages = {path.stem for path in (root / "docs/how-to").glob("*.md")}
    linked = set(re.findall(r"\(docs/how-to/([\w-]+)\.md\)", (root / "CONTRIBUTING.md").read_text("utf-8")))
    tests = "".join(path.read_text("utf-8") for path in (root / "tests").rglob("test_*.py"))
    assert pages == linked
    assert {name for name in pages if re.search(rf'["`/]{name}["`.]', tests)} == pages


def test_what_contributing_says_stands_where_it_says(root):
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`([\w-]*[./][\w./-]+)` \(`([^`]+)`\)", text)
    assert len(named) >= 8
    for path, name in named:
        assert name in (root / path).read_text("utf-8"), f"{path}: {name}"


def test_a_row_of_the_member_list_reaches_a_pixel_and_a_cell(root):
    """The way that CONTRIBUTING.md tells, for one member of one territory."""
    row = store.read_raw("members", root).filter(phase=2, territory_id="ti-4408").row(0, named=True)
    member = store.read_table("core_members", root).filter(phase=2, member_code=row["member_code"]).row(0, named=True)
    figure = root / "outputs/figures/territory_map_phase2_ti-4408"
    assert row["member_code"] in pl.read_csv(f"{figure}.csv", infer_schema=False)["member_code"].to_list()
    page = root / "outputs/site/60_territory_2_ti-4408.html"
    assert member["member_name"].replace("'", "’") in page.read_text("utf-8")


SHOWN = """\
ti-4409 ateliers 1190.0 22.2348 1 3
ti-4415 ateliers 324.0 35.5192 2 3
ti-7505 ateliers 2.0 0.3354 3 3
"""


@pytest.mark.no_cover  # in processes of its own
def test_a_table_of_one_s_own_becomes_a_layer_without_code(copy, root):
    code = {path: path.read_bytes() for path in (copy / PACKAGE).rglob("*.py")}
    follow("add-your-own-data", copy, root)
    context = store.read_table("out_context", copy)
    others = context.filter(pl.col("layer") != "ateliers")
    assert others.equals(store.read_table("out_context", root))
    assert {path: path.read_bytes() for path in (copy / PACKAGE).rglob("*.py")} == code
    cell = following.cells(root / "docs/how-to/add-your-own-data.md")[0].text
    environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
    run = [sys.executable, "-c", cell]
    told = subprocess.run(run, cwd=copy, env=environment, capture_output=True, text=True, check=True).stdout
    assert told.startswith(SHOWN)
    listed = (copy / "data/raw/layers/ateliers.csv").read_text("utf-8")
    assert "\n10323,Romilly-sur-Seine,1204,1190,38,0\n" in listed
    assert "\n01004," in listed
