from pathlib import Path

import nbformat
import polars as pl
import pytest

from analysis.errors import ParameterError
from analysis.io.params import Reports
from analysis.reports import notebooks
from analysis.reports.notebooks import parameters, templates

ROOT = Path(__file__).parents[3]
MODELS = parameters.read(ROOT)
NATIONAL = [name for name, model in MODELS.items() if not model.model_fields and not name.startswith(templates.LESSON)]
COMMITTED = sorted((ROOT / "notebooks").glob("*.ipynb"))
TERRITORIES = pl.DataFrame(
    {
        "phase": [1, 2, 2],
        "territory_id": ["ti-4401", "ti-4408", "ti-8401"],
        "name": ["Un", "Deux", "Trois"],
        "region_code": ["44", "44", "84"],
        "region_name": ["Est", "Est", "Sud"],
    }
)
REPORTS = Reports.model_validate(
    {"regions": [], "territories": [], "workers": 2, "timeout_s": 60},
)


def test_executed_defaults_equal_what_is_committed():
    """A report with the default parameters differs from the template by the injected cell only."""
    executed = ROOT / "outputs" / "notebooks"
    for name in NATIONAL:
        assert (executed / f"{name}.ipynb").read_text() == (ROOT / "notebooks" / f"{name}.ipynb").read_text()
    region = nbformat.read(executed / "50_region_44.ipynb", as_version=4)
    template = nbformat.read(ROOT / "notebooks" / "50_region.ipynb", as_version=4)
    kept = [cell for cell in region.cells if cell.id != "injected-parameters"]
    assert [cell.source for cell in kept] == [cell.source for cell in template.cells]
    assert [[_data(one) for one in cell.get("outputs", [])] for cell in kept] == [
        [_data(one) for one in cell.get("outputs", [])] for cell in template.cells
    ]


def _data(output):
    return output.get("data", output.get("text"))


# --- parameters ---


@pytest.mark.parametrize(
    ("name", "given", "values"),
    [
        ("50_region", {}, {"region_code": "44"}),
        ("50_region", {"region_code": "84"}, {"region_code": "84"}),
        ("60_territory", {"phase": "1", "territory_id": "ti-4401"}, {"phase": 1, "territory_id": "ti-4401"}),
        ("60_territory", {"phase": 2, "territory_id": "ti-8401"}, {"phase": 2, "territory_id": "ti-8401"}),
        ("10_label_timeline", {}, {}),
    ],
    ids=["default", "text", "texts of a command line", "typed", "none"],
)
def test_validate_returns_typed_values(name, given, values):
    assert notebooks.validate(name, given, MODELS, TERRITORIES) == values


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("50_regoin", {}, "no such notebook. Did you mean '50_region'"),
        ("50_region", {"region": "44"}, "unknown parameter 'region'. Did you mean 'region_code'?"),
        (
            "50_region",
            {"region_code": 44},
            'region_code holds the number 44, not a text. Write it as a text: region_code = "44" (Est)',
        ),
        (
            "50_region",
            {"region_code": "4"},
            "region_code holds '4', which is no region's code. The regions: 44 Est, 84 Sud.",
        ),
        ("50_region", {"region_code": "93"}, "'93', which is no region's code. The regions: 44 Est, 84 Sud."),
        (
            "60_territory",
            {"phase": 1, "territory_id": "ti-4408"},
            "ti-4408 (Deux) is a territory of phase two only. Ask for it with phase=2",
        ),
        ("60_territory", {"phase": "3"}, "phase holds 3, which is no phase"),
        ("60_territory", {"phase": True}, "phase holds True, which is no phase"),
        ("10_label_timeline", {"year": "2023"}, "unknown parameter 'year'. Its parameters: none"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_validate_refuses_and_helps(name, given, told):
    with pytest.raises(ParameterError, match="notebooks/") as caught:
        notebooks.validate(name, given, MODELS, TERRITORIES)
    assert told in str(caught.value)


def test_jobs_are_the_national_notebooks_and_the_reports_asked_for():
    reports = REPORTS.model_copy(update={"regions": ["84"]})
    french = [*NATIONAL, "50_region_84"]
    assert [job.stem for job in notebooks.jobs(reports, TERRITORIES, MODELS)] == [
        *french,
        *(f"en/{one}" for one in french),
    ]


def test_a_notebook_is_made_for_each_place_that_its_parameters_name():
    models = {
        "05_both": parameters.Parameters,
        "15_jobs": MODELS["50_region"],
        "25_people": MODELS["60_territory"],
        "50_region": MODELS["50_region"],
    }
    reports = Reports.model_validate({"regions": ["84"], "territories": [{"phase": 2, "territory_id": "ti-4408"}],
                                      "workers": 1, "timeout_s": 1, "languages": ["fr"]})  # fmt: skip
    found = notebooks.jobs(reports, TERRITORIES, models)
    assert [one.stem for one in found] == ["05_both", "15_jobs_84", "25_people_2_ti-4408", "50_region_84"]
    assert [one.slice for one in found] == ["05_both", "50_region_84", "60_territory_2_ti-4408", "50_region_84"]


def test_a_notebook_whose_document_somebody_gives_is_made_by_no_run(table):
    models = {"90_document": MODELS["90_document"], "95_document": MODELS["90_document"]}
    everything = REPORTS.model_copy(update={"regions": "all", "territories": "all"})
    assert notebooks.jobs(everything, table("core_territories"), models) == []
    assert [name for name, model in MODELS.items() if templates.is_from_outside(model)] == ["90_document"]


def test_edition_reads_the_slice_of_the_french_one_and_has_a_folder_of_its_own():
    french = notebooks.jobs(REPORTS.model_copy(update={"regions": ["84"], "languages": ["fr"]}), TERRITORIES, MODELS)[
        -1
    ]
    english = templates.edition(french, "en")
    assert (english.slice, str(english.folder), english.language) == (french.slice, "en", "en")
    assert (french.slice, str(french.folder)) == ("50_region_84", ".")


def test_select_takes_one_language():
    wanted = notebooks.jobs(REPORTS.model_copy(update={"regions": ["84"]}), TERRITORIES, MODELS)
    assert [one.stem for one in notebooks.select(wanted, ["language=en", "region=84"], TERRITORIES)] == [
        "en/50_region_84"
    ]


def test_jobs_of_everything_are_one_a_region_and_one_a_territory(table):
    reports = REPORTS.model_copy(update={"regions": "all", "territories": "all"})
    stems = [job.stem for job in notebooks.jobs(reports, table("core_territories"), MODELS)]
    assert stems[: len(NATIONAL)] == NATIONAL
    assert len(stems) == len(set(stems)) == 2 * (len(NATIONAL) + 18 + 149 + 183)


def test_jobs_refuse_a_report_of_an_unknown_territory():
    sheets = [{"phase": 2, "territory_id": "ti-9999"}]
    reports = Reports.model_validate({"regions": [], "territories": sheets, "workers": 1, "timeout_s": 1})
    with pytest.raises(ParameterError, match=r"\(phase 2\) holds 'ti-9999', which does not exist. Nearest:"):
        notebooks.jobs(reports, TERRITORIES, MODELS)


@pytest.mark.parametrize(
    ("only", "stems"),
    [
        (["region=44"], ["50_region_44"]),
        (["territory=ti-4401"], ["60_territory_1_ti-4401"]),
        (["phase=2", "notebook=60_territory"], ["60_territory_2_ti-4408", "60_territory_2_ti-8401"]),
        (["region=44", "region=84"], ["50_region_44", "50_region_84"]),
    ],
    ids=" ".join,
)
def test_select_keeps_what_meets_every_condition(only, stems):
    assert [job.stem for job in notebooks.select(notebooks.report_jobs(TERRITORIES), only, TERRITORIES)] == stems


@pytest.mark.parametrize(
    ("only", "told"),
    [
        (["regoin=44"], "unknown condition. Did you mean 'region'?"),
        (["44"], "unknown condition."),
        (["region=44", "phase=2"], "--only region=44 --only phase=2: no report of the run meets all conditions"),
        (
            ["region=est"],
            "--only region=est: parameter region_code holds 'est', which is no region's code. Did you mean 44 (Est)?",
        ),
        (["territory=ti-8402"], "'ti-8402', which does not exist. Nearest: ti-8401 (Trois)"),
        (["notebook=60_teritory"], "no report of the run has this notebook. Did you mean '60_territory'?"),
        (["language=de"], "no report of the run has this language. Its values: fr."),
    ],
    ids=["misspelt", "no name", "none left", "a name", "unknown territory", "unknown notebook", "unknown language"],
)
def test_select_refuses_and_helps(only, told):
    with pytest.raises(ParameterError) as caught:
        notebooks.select(notebooks.report_jobs(TERRITORIES), only, TERRITORIES)
    assert told in str(caught.value)
