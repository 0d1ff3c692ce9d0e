"""Every mistake is answered with what is wrong, where, and what mends it: no traceback, no library's words."""

import re
import sys

import pytest

from analysis import cli

LIBRARIES = re.compile(
    r"Traceback|polars|pydantic|KeyError|StopIteration|AttributeError|TypeError|A fault of the program"
)


@pytest.fixture
def told(built, monkeypatch, capsys):
    """What the command line answers in a copy of the project; it must refuse."""

    def answer(*arguments):
        monkeypatch.chdir(built)
        monkeypatch.setattr(sys, "argv", ["analysis", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        assert caught.value.code not in {0, None}
        return capsys.readouterr().err

    return answer


def edited(root, path, old, new, count=1):
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).unlink()
    (root / path).write_text(text.replace(old, new, count), encoding="utf-8")


def written(root, path, text):
    (root / path).unlink(missing_ok=True)
    (root / path).write_text(text, encoding="utf-8")


WRONG_PHASE = "territories: [{phase: 2, territory_id: ti-5311}]"
LILLE = "notebooks/70_lille.ipynb"
CORE = "data/processed/core_territories.parquet"
REPORT = ("report", "50_region")
SHEET = ("report", "60_territory")


@pytest.mark.parametrize(
    ("arguments", "fragments"),
    [
        (("build", "siet"), ["no stage is named 'siet'. Did you mean 'site'?", "The stages: coverage, registry"]),
        ((*REPORT, "-p", "region_code=99"), ["region_code holds '99'", "44 Grand Est", "94 Corse"]),
        ((*REPORT, "-p", "region_code=8"), ["08 is the département Ardennes, in 44 (Grand Est)"]),
        ((*REPORT, "-p", "region_code=grand-est"), ["Did you mean 44 (Grand Est)?"]),
        ((*REPORT, "-p", "region_code=Grand  Est "), ["Did you mean 44 (Grand Est)?"]),
        ((*REPORT, "-p", "region_code=ile de france"), ["Did you mean 11 (Île-de-France)?"]),
        ((*REPORT, "-p", "region_code=44 "), ["Did you mean 44 (Grand Est)?"]),
        ((*REPORT, "-p", "region_code=42"), ["It was Alsace until 2015, now in 44 (Grand Est)"]),
        ((*REPORT, "-p", "region_code=Auvergne"), ["Did you mean 84 (Auvergne-Rhône-Alpes)?"]),
        ((*REPORT, "-p", "region_code=2a"), ["2A is the département Corse-du-Sud, in 94 (Corse)"]),
        ((*REPORT, "-p", "region_code="), ["region_code holds ''", "The regions: 01 Guadeloupe"]),
        ((*REPORT, "-p", "regoin_code=44"), ["Did you mean 'region_code'?"]),
        ((*REPORT, "-o", "x.html"), ["x.html: a report is written as a notebook", "nbconvert --to html x.ipynb"]),
        ((*REPORT, "-o", "x.pdf"), ["-o x.ipynb", "print that page"]),
        ((*REPORT, "-o", "x.txt"), ["-o x.ipynb"]),
        ((*REPORT, "-o", "x"), ["-o x.ipynb"]),
        ((*REPORT, "-o", "data"), ["a folder, not a file", "-o data/report.ipynb"]),
        ((*REPORT, "-o", "absent/x.ipynb"), ["its folder does not exist", "mkdir -p absent"]),
        ((*REPORT, "-o", "notebooks/50_region.ipynb"), ["the templates stand there"]),
        ((*SHEET, "-p", "phase=2", "-p", "territory_id=ti-5311"), ["a territory of phase one only", "phase=1"]),
        ((*SHEET, "-p", "phase=1", "-p", "territory_id=ti-4416"), ["a territory of phase two only", "phase=2"]),
        ((*SHEET, "-p", "territory_id=Nord-Lorraine"), ["Nearest: ti-4408 (Nord Lorraine)"]),
        ((*SHEET, "-p", "territory_id=TI-4408"), ["Nearest: ti-4408 (Nord Lorraine)"]),
        ((*SHEET, "-p", "phase=3"), ["phase holds 3, which is no phase"]),
        (("report", "50_regoin"), ["no such notebook. Did you mean '50_region'?"]),
        (("report", "50_region.ipynb"), ["Did you mean '50_region'?"]),
        (("notebooks", "--only", "region=Grand Est"), ["Did you mean 44 (Grand Est)?"]),
        (("notebooks", "--only", "regoin=44"), ["Did you mean 'region'?"]),
        (("notebooks", "--only", "territory=ti-44"), ["which does not exist. Nearest: "]),
        (("notebooks", "--only", "notebook=70_lile"), ["Did you mean '70_lille'?"]),
        (("show", "launch-2081"), ["unknown source 'launch-2081'", "Did you mean 'launch-2018'?"]),
        (("stage", "regitsry"), ["is none of coverage, registry", "Did you mean 'registry'?"]),
        (("update", "figures", "absent.md"), ["absent.md", "missing"]),
        (("update", "members", "absent.xlsx"), ["absent.xlsx", "cannot be read"]),
    ],
    ids=lambda one: " ".join(one)[-40:],
)
def test_a_wrong_word_is_answered_with_the_right_one(told, arguments, fragments):
    text = told(*arguments)
    for fragment in fragments:
        assert fragment in text
    assert not LIBRARIES.search(text)
    assert text.count("Error") == 1


@pytest.mark.parametrize(
    ("break_it", "arguments", "fragments"),
    [
        (lambda root: written(root, "params.yaml", ""), REPORT, ["params.yaml: the file is empty"]),
        (
            lambda root: edited(root, "params.yaml", "reports:", "raports:"),
            REPORT,
            ["'raports'. Did you mean 'reports'?"],
        ),
        (
            lambda root: edited(root, "params.yaml", "regions: all", "regions: [99]"),
            ("notebooks",),
            ['in quotes: "99"'],
        ),
        (
            lambda root: edited(root, "params.yaml", "regions: all", 'regions: ["99"]'),
            ("notebooks",),
            ["params.yaml", "region_code holds '99'"],
        ),
        (
            lambda root: edited(root, "params.yaml", "territories: all", WRONG_PHASE),
            ("notebooks",),
            ["params.yaml", "a territory of phase one only"],
        ),
        (
            lambda root: written(root, "data/raw/vocabulary.yaml", "units: {}\n"),
            ("stage", "claims"),
            ["vocabulary.yaml", "the entry 'concepts' is missing"],
        ),
        (
            lambda root: written(root, "data/raw/corrections.yaml", "- {table: x}\n"),
            ("stage", "registry"),
            ["corrections.yaml", "entry 1: where: Field required"],
        ),
        (
            lambda root: written(root, "data/raw/checks.yaml", "- {name: x}\n"),
            ("stage", "ledger"),
            ["checks.yaml", "x"],
        ),
        (
            lambda root: edited(root, "data/raw/vocabulary.yaml", "places:", "plaecs:"),
            ("stage", "ledger"),
            ["vocabulary.yaml", "the entry 'places' is missing"],
        ),
        (
            lambda root: edited(root, "data/raw/sources.yaml", "- id: ", "- di: "),
            ("stage", "claims"),
            ["sources.yaml", "line 1"],
        ),
        (
            lambda root: (root / "data/raw/regions.csv").unlink(),
            ("stage", "registry"),
            ["data/raw/regions.csv: the file is missing", "git checkout"],
        ),
        (lambda root: (root / CORE).unlink(), REPORT, ["not built yet. Run `make`"]),
        (
            lambda root: (root / "dvc.yaml").unlink() or (root / CORE).unlink(),
            REPORT,
            ["this is not the atlas' folder"],
        ),
        (
            lambda root: written(root, "notebooks/90_new.ipynb", "{}"),
            ("report", "90_new"),
            ["90_new.ipynb", "not a notebook"],
        ),
        (lambda root: written(root, LILLE, "{"), ("report", "70_lille"), ["70_lille.ipynb", "not a notebook"]),
        (
            lambda root: written(root, LILLE, '{"worksheets": [], "nbformat": 3}'),
            ("report", "70_lille"),
            ["70_lille.ipynb", "not a notebook"],
        ),
        (lambda root: written(root, LILLE, "[]"), ("report", "70_lille"), ["not a notebook"]),
        (
            lambda root: (root / LILLE).unlink(),
            ("report", "70_lille"),
            ["70_lille.ipynb: no such notebook", "Known: 00_start_here"],
        ),
        (lambda root: written(root, "mine.ipynb", "a letter"), (*REPORT, "-o", "mine.ipynb"), ["is no notebook"]),
    ],
    ids=range(19),
)
def test_a_broken_file_is_named_with_what_is_wrong_in_it(told, built, break_it, arguments, fragments):
    break_it(built)
    text = told(*arguments)
    for fragment in fragments:
        assert fragment in text
    assert not LIBRARIES.search(text)


def test_an_error_that_nobody_foresaw_is_one_line_and_names_the_place(told, monkeypatch):
    monkeypatch.setitem(cli.__dict__, "app", lambda: {}["absent"])
    text = told("stage")
    assert re.search(r"^KeyError: 'absent' \(.*, line \d+\)\. A fault of the program: set ATLAS_TRACEBACK=1", text)
    assert "Traceback" not in text
