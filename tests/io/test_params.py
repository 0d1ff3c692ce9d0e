import copy

import pytest

from analysis.errors import ParameterError
from analysis.io import params

KNOBS = {
    "boundaries": {"wheel_version": "0.15.0", "detail_tolerance_m": 200, "overview_tolerance_m": 1000},
    "reports": {
        "regions": ["44"],
        "territories": [{"phase": 2, "territory_id": "ti-4408"}],
        "workers": 2,
        "timeout_s": 300,
    },
}


def changed(group: str, **values: object) -> dict[str, object]:
    knobs = copy.deepcopy(KNOBS)
    knobs[group].update(values)
    return knobs


def test_parse_reads_the_committed_knobs(root):
    assert params.read(root).boundaries.wheel_version


def test_parse_keeps_codes_as_text():
    assert params.parse(changed("reports", regions=["04"])).reports.regions == ["04"]


@pytest.mark.parametrize(
    ("knobs", "told"),
    [
        (changed("boundaries", detail_tolerence_m=5), "unknown parameter 'boundaries.detail_tolerence_m'. Did you "
         "mean 'detail_tolerance_m'?"),
        (changed("reports", regions=[44]), "'reports.regions.0' holds 44: Input should be a valid string. Write it in "
         "quotes: \"44\"."),
        (changed("reports", regions="al"), "'reports.regions' holds 'al': Input should be a valid list or "),
        (changed("reports", regions=["44", "44"]), "44 stands twice"),
        (changed("reports", workers=0), "'reports.workers' holds 0"),
        (changed("reports", territories=[{"phase": 3, "territory_id": "ti-4408"}]), "territories.0.phase"),
        ({"boundaries": KNOBS["boundaries"]}, "parameter 'reports' is missing"),
        (None, "params.yaml: the file is empty"),
    ],
    ids=["misspelt", "integer code", "misspelt all", "twice", "no worker", "third phase", "missing group", "empty"],
)  # fmt: skip
def test_parse_names_the_knob_when_it_is_wrong(knobs, told):
    with pytest.raises(ParameterError, match="params.yaml") as caught:
        params.parse(knobs)
    assert told in str(caught.value)
