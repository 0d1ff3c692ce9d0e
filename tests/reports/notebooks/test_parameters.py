"""Parameters as notebooks declare them, in the ways that papermill reads."""

import nbformat
import pytest

from analysis.errors import ParameterError
from analysis.reports.notebooks import parameters


def declared(tmp_path, *cells, tag=parameters.TAG):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    tagged = [nbformat.v4.new_code_cell(cell, metadata={"tags": [tag]}) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=tagged), folder / "90_new.ipynb")
    return parameters.read(tmp_path)["90_new"]


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ('region_code = "44"', {"region_code": "44"}),
        ('phase = 2\nterritory_id = "ti-4408"', {"phase": 2, "territory_id": "ti-4408"}),
        ('region_code: str = "04"  # code of a region', {"region_code": "04"}),
        ("least = 0.5\nshown = True", {"least": 0.5, "shown": True}),
        ("", {}),
    ],
    ids=["text", "two", "annotation and comment", "number, yes and no", "none"],
)
def test_parameters_are_those_of_the_tagged_cell(tmp_path, cell, values):
    model = declared(tmp_path, cell)
    assert model().model_dump() == values
    assert {name: field.annotation for name, field in model.model_fields.items()} == {
        name: type(value) for name, value in values.items()
    }


def test_a_cell_without_the_tag_declares_nothing(tmp_path):
    assert not declared(tmp_path, "year = 2024", tag="check").model_fields


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("today = date.today()", "parameter today: its default date.today() is no literal"),
        ("region_code: str = 44", "parameter region_code: 44 is no str"),
        ("regions = ['44', '84']", "parameter regions: ['44', '84'] is no list, text, number"),
    ],
)
def test_what_is_no_parameter_of_a_report_is_refused_with_an_example(tmp_path, cell, told):
    with pytest.raises(ParameterError, match="notebooks/90_new.ipynb") as caught:
        declared(tmp_path, cell)
    assert told in str(caught.value)
    assert "Write one as" in str(caught.value)


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/90_new.ipynb").write_text("[]")
    with pytest.raises(ParameterError, match="notebooks/90_new.ipynb: not a notebook"):
        parameters.read(tmp_path)


def test_committed_reports_declare_their_place(root):
    found = {name: model().model_dump() for name, model in parameters.read(root).items()}
    assert {name: values for name, values in found.items() if values} == {
        "50_region": {"region_code": "44"},
        "60_territory": {"phase": 2, "territory_id": "ti-4408"},
        "90_document": {
            "document": "notebooks/90_document.txt",
            "published": "",
            "producer": "",
            "title": "",
            "source": "",
        },
    }
