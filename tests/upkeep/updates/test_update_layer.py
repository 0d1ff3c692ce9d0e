"""`analysis update layer`: what is guessed, drafted, mended, asked and refused, with nothing written."""

from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.errors import AtlasError
from analysis.io import store
from analysis.io.paths import LAYERS, RAW
from analysis.registry.context_codes import Codes
from analysis.upkeep.stages import context as stage
from analysis.upkeep.updates import context_layer, layer_cells, layer_guess
from analysis.upkeep.updates.context_layer import Request
from analysis.upkeep.updates.layer_cells import Cells

CODES = Codes(
    {"commune": frozenset({"01001", "01002", "01004", "2A004"}), "region": frozenset({"84", "27"})},
    {"01003": (2022, "01001")},
)
YAML = """\
title: "Ateliers"
level: commune
code: insee
cog: 2024
source: {source}
columns:
  workshops: {{title: "Ateliers", kind: count, unit: workshop, heading: n, year: 2024, adds_up: sum}}
"""


def cells(headings, *rows):
    return Cells(tuple(headings), rows, tuple(f"line {rank}" for rank in range(2, len(rows) + 2)), "")


@pytest.mark.parametrize(
    ("write", "text", "written"),
    [
        ("count", "1 234,5", "1234.5"), ("count", "1\u202f204", "1204"), ("count", "n.d.", ""), ("count", "s", ""),
        ("share", "41,5 %", "41.5"), ("share", "1,234.5", None), ("count", "beaucoup", None), ("count", "-3", "-3"),
        ("flag", "Oui", "1"), ("flag", "x", "1"), ("flag", "non", "0"), ("flag", "", ""), ("flag", "peut-être", None),
        ("date", "03/11/2024", "2024-11-03"), ("date", "2024-11", "2024-11"), ("date", "hier", None),
        ("class", "FRR socle", "FRR socle"), ("class", "NA", ""),
    ],
)  # fmt: skip
def test_a_cell_is_written_as_the_project_does(write, text, written):
    assert layer_cells.WRITERS[write](text) == written


@pytest.mark.parametrize(("text", "code"), [("1001", "01001"), ("2a004", "2A004"), ("01002.0", "01002"), ("9", "9")])
def test_a_code_gets_back_what_a_spreadsheet_took(text, code):
    assert layer_cells.code(text, CODES.known["commune"]) == code


def test_columns_are_guessed_by_their_cells_and_headings():
    found = layer_guess.guess(
        cells(
            ["nom", "insee", "n 2020", "n 2021", "Part des cadres", "signé", "classe", "dans la liste"],
            ("A", "1001", "3", "4", "12,5", "01/02/2024", "haut", "x"),
            ("B", "01002", "1 000", "nd", "3", "", "bas", ""),
            ("C", "01004", "3", "4", "8", "2024-03", "bas", ""),
            ("D", "01003", "3", "4", "8", "2024-03", "haut", ""),
        ),
        CODES,
    )
    assert found is not None
    assert (found.code, found.level, found.cog, found.joined, found.strange) == (
        "insee",
        "commune",
        2021,
        3,
        ("01003",),
    )
    assert {one.name: (one.kind, one.years) for one in found.columns} == {
        "n": ("count", (2020, 2021)), "part_des_cadres": ("share", (0,)), "signe": ("date", (0,)),
        "classe": ("class", (0,)), "dans_la_liste": ("flag", (0,)),
    }  # fmt: skip
    assert found.ignored == ("nom",)
    assert found.is_list


def test_codes_of_regions_are_told_from_those_of_communes():
    found = layer_guess.guess(cells(["r", "n"], ("84", "1"), ("27", "2")), CODES)
    assert found is not None
    assert found.level == "region"


def test_years_with_a_gap_are_columns_of_their_own():
    found = layer_guess.guess(cells(["insee", "n 2014", "n 2020"], ("01001", "3", "2")), CODES)
    assert found is not None
    assert [(one.name, one.years) for one in found.columns] == [("n_2014", (2014,)), ("n_2020", (2020,))]


def test_a_table_without_codes_is_no_layer():
    assert layer_guess.guess(cells(["nom", "n"], ("Lyon", "3"), ("Paris", "4")), CODES) is None


# --- against the project -----------------------------------------------------------------------------------


def given(folder: Path, text: str, yaml: str | None = None, name: str = "workshops") -> Request:
    file = folder / f"{name}.csv"
    file.write_text(text, encoding="utf-8")
    if yaml is not None:
        file.with_suffix(".yaml").write_text(yaml, encoding="utf-8")
    return Request(file)


@pytest.mark.parametrize(
    ("text", "yaml", "match"),
    [
        ("insee;n\n01001;1\n01001;2\n", YAML, "rows 2, 3: the code 01001 has more than one row"),
        ("insee;n\n01001;-1\n", YAML, "is below zero"),
        ("insee;n\n01001;beaucoup\n", YAML, "line 2: n 'beaucoup' is no count"),
        ("insee;n\n24089;1\n", YAML, r"24089 \(ended in COG \d+: part of 24325\).*another year"),
        ("insee;n\n99999;1\n", YAML, "99999"),
        ("insee;m\n01001;1\n", YAML, "it has no column 'n'"),
        ("insee;n;m\n01001;1;2\n", YAML, "nothing declares: m"),
        ("insee;n\n01001;1\n", YAML.replace("{source}", "inconnue"), "source inconnue is not in sources.yaml"),
        (
            "insee;n\n01001;1\n",
            YAML.replace("workshops:", "employees:"),
            "private_employees has a column employees too",
        ),
        ("insee;n\n01001;1\n", YAML.replace('"Ateliers", kind', '"? quoi", kind'), "to be answered: quoi"),
        ("insee;n\n01001;=1+1\n", YAML, "is a formula"),
        ("insee;n\n", YAML, "no row"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(project, tmp_path, text, yaml, match):
    before = {path: path.read_bytes() for path in (project / RAW).rglob("*") if path.is_file()}
    asked = given(tmp_path, text, yaml.format(source="insee-cog-2024"))
    with pytest.raises(AtlasError, match=match):
        context_layer.work_out(project, asked)
    assert {path: path.read_bytes() for path in (project / RAW).rglob("*") if path.is_file()} == before


def test_an_entry_without_a_licence_is_refused(project, tmp_path):
    asked = given(tmp_path, "insee;n\n01001;1\n", YAML.format(source="ateliers"))
    entry = "- {id: ateliers, kind: dataset, producer: X, title: Y, url: null, published: null, accessed: 2026-11, "
    asked.source.write_text(entry + "sha256: null}\n", encoding="utf-8")
    with pytest.raises(AtlasError, match="licence: Field required"):
        context_layer.work_out(project, asked)


def test_a_layer_is_taken_corrected_and_taken_again(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    asked = given(tmp_path, "insee;n\n1001;1 000\n", YAML.format(source="insee-cog-2024"))
    run = lambda *more: CliRunner().invoke(cli.app, ["update", "layer", str(asked.file), *more])  # noqa: E731
    assert "Would write: data/raw/layers/workshops.csv" in run("--dry-run").stdout
    assert not (project / LAYERS / "workshops.csv").exists()
    assert "Written:" in run("--yes").stdout
    assert (project / LAYERS / "workshops.csv").read_text(encoding="utf-8") == "insee,n\n01001,1000\n"
    assert "Nothing changed." in run("--yes").stdout
    given(tmp_path, "insee;n\n1001;1 001\n")
    asked.declared.unlink()  # the one of the project is the one in force
    assert "Written: data/raw/layers/workshops.csv." in run("--yes").stdout
    assert pl.read_csv(project / LAYERS / "workshops.csv")["n"].to_list() == [1001]


ZONES = """\
title: "Bassins"
level: commune
code: insee
cog: 2024
source: insee-cog-2024
columns:
  basin: {title: "Bassin", kind: class, heading: b, year: 2024, adds_up: none}
"""


def test_zones_are_those_that_a_layer_of_communes_names(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    of_zones = YAML.format(source="insee-cog-2024").replace("level: commune", "level: zone\nzones: basin")
    run = lambda name: CliRunner().invoke(cli.app, ["update", "layer", f"{tmp_path}/{name}.csv", "--yes"])  # noqa: E731
    zoned = given(tmp_path, "insee;n\nBassin 1;7\nB2;5\n", of_zones)
    with pytest.raises(AtlasError, match="zones: basin is no class of a layer of communes"):
        context_layer.work_out(project, zoned)
    given(tmp_path, "insee;b\n01001;Bassin 1\n01002;Bassin 1\n01004;B2\n", ZONES, "basins")
    assert "Written:" in run("basins").stdout
    assert "Written:" in run("workshops").stdout
    stage.run(project)
    read = store.read_table("core_context", project).filter(layer="workshops")
    assert read.select("level", "code", "value").rows() == [("zone", "B2", 5.0), ("zone", "Bassin 1", 7.0)]
    given(tmp_path, "insee;n\nB3;7\n", of_zones)
    with pytest.raises(AtlasError, match=r"1 code\(s\) of no zone of basin: B3"):
        context_layer.work_out(project, zoned)
