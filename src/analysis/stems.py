"""Names of reports, and so of their slices, notebooks and pages (pure)."""

from typing import Final

from analysis.errors import ParameterError

REGION, TERRITORY = "50_region", "60_territory"
SHARED: Final = "shared"  # the slice that every report reads


def region_stem(region_code: str) -> str:
    """`50_region_44`; ParameterError for a code that is no text."""
    _require(str, "region_code", region_code, REGION, f"{region_code!s:0>2}")
    return f"{REGION}_{region_code}"


def territory_stem(phase: int, territory_id: str) -> str:
    """`60_territory_2_ti-4408`; ParameterError for a phase that is no number, or an identifier that is no text."""
    _require(int, "phase", phase, TERRITORY, phase)
    _require(str, "territory_id", territory_id, TERRITORY, f"ti-{territory_id!s:0>4}")
    return f"{TERRITORY}_{phase}_{territory_id}"


def _require(kind: type, name: str, value: object, notebook: str, meant: object) -> None:
    """Refuse a parameter of another type: papermill's `-p` makes numbers of codes (`84`, and 4 of `04`), `-r` texts."""
    if type(value) is kind:
        return
    wanted, option = ("a text", "-r") if kind is str else ("a number", "-p")
    what = f"parameter {name} holds {value!r}, which is not {wanted}."
    repair = f"With papermill write `{option} {name} {meant}`, in the notebook `{name} = "
    raise ParameterError(what, where=f"notebooks/{notebook}.ipynb", repair=f"{repair}{kind(meant)!r}`.")
