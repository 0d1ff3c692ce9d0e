"""A parameter that papermill has made a number of is refused by name, before any table is asked for it."""

import pytest

from analysis.errors import ParameterError
from analysis.stems import region_stem, territory_stem


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        (84, "-r region_code 84"),
        (4, "-r region_code 04"),
        (84.0, "-r region_code"),
        (True, ""),
        (None, ""),
        (["84"], ""),
    ],
)
def test_a_region_that_is_no_text_is_refused(code, cure):
    with pytest.raises(ParameterError, match="parameter region_code holds .* which is not a text") as caught:
        region_stem(code)
    assert cure in str(caught.value)
    assert "notebooks/50_region.ipynb" in str(caught.value)


def test_the_cure_for_a_notebook_is_python():
    with pytest.raises(ParameterError, match="in the notebook `region_code = '04'`"):
        region_stem(4)


@pytest.mark.parametrize(
    ("phase", "territory", "told"),
    [
        ("2", "ti-4408", "phase holds '2', which is not a number"),
        (True, "ti-4408", "phase holds True"),
        (2.0, "ti-4408", "phase holds 2.0"),
        (2, 4408, "territory_id holds 4408, which is not a text. With papermill write `-r territory_id ti-4408`"),
        (2, 301, "`-r territory_id ti-0301`"),
        (2, None, "territory_id holds None"),
    ],
)
def test_a_territory_of_other_types_is_refused(phase, territory, told):
    with pytest.raises(ParameterError) as caught:
        territory_stem(phase, territory)
    assert told in str(caught.value)


def test_stems_are_those_of_files():
    assert region_stem("04") == "50_region_04"
    assert territory_stem(2, "ti-4408") == "60_territory_2_ti-4408"
