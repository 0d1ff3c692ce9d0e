"""Bad input stops a stage before any output is replaced, and says file, place, what is wrong and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import AtlasError
from analysis.io import store
from analysis.upkeep import stages
from analysis.upkeep.stages import claims


def edit(path: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def apply(project: Path) -> None:
        file = project / path
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")

    return apply


def delete(path: str) -> Callable[[Path], None]:
    return lambda project: (project / path).unlink()


def without_line(beginning: str) -> Callable[[str], str]:
    return lambda text: "".join(line for line in text.splitlines(True) if not line.startswith(beginning))


def with_line(line: str) -> Callable[[str], str]:
    return lambda text: text + line + "\n"


REGISTRY = {
    "missing file": (delete("data/raw/members.csv"), ["data/raw/members.csv: the file is missing", "git checkout"]),
    "territory without members": (
        edit("data/raw/members.csv", without_line("2,ti-0601,")),
        ["data/raw/territories.csv: 1 territory(ies) without members, first ti-0601 of phase 2 (Mayotte)"],
    ),
    "unknown member": (
        edit("data/raw/members.csv", with_line("2,ti-4408,299999999,epci")),
        ["data/raw/members.csv: 1 code(s) absent from COG 2024: 299999999", "cog_changes.csv"],
    ),
    "member of an unknown territory": (
        edit("data/raw/members.csv", with_line("2,ti-9999,299999999,epci")),
        ["data/raw/members.csv", "absent from territories: 2 ti-9999"],
    ),
    "doubled key": (
        edit("data/raw/territories.csv", with_line("2,ti-4408,Nord Lorraine,44")),
        ["data/raw/territories.csv: rows", "the key phase=2 territory_id=ti-4408 stands more than once"],
    ),
    "corrupt file": (
        lambda project: (project / "data/raw/members.csv").write_bytes(b"\xff\xfe\x00junk"),
        ["data/raw/members.csv", "not UTF-8"],
    ),
    "correction made twice": (
        edit("data/raw/territories.csv", lambda text: text.replace("Vosges Saonoises", "Vosges Saônoises")),
        ["data/raw/corrections.yaml", "the correction expects 'Vosges Saonoises'"],
    ),
    "unknown region": (
        edit("data/raw/departments.csv", lambda text: text.replace("Moselle,44", "Moselle,45")),
        ["data/raw/departments.csv", "absent from regions: 45"],
    ),
}
CLAIMS = {
    "note without a source": (
        lambda project: (project / "data/raw/notes/unknown-2020.md").write_text(
            (project / "data/raw/notes/launch-2018.md").read_text().replace("launch-2018", "unknown-2020")
        ),
        ["unknown-2020.md", "source unknown-2020 is not in sources.yaml"],
    ),
    "figure without a unit": (
        edit(
            "data/raw/notes/launch-2018.md",
            lambda text: text.replace("## Chiffres\n", "## Chiffres\n\n- En France, la phase 1 compte 77.\n"),
        ),
        ["launch-2018.md", "no unit"],
    ),
    "broken sources": (
        edit("data/raw/sources.yaml", with_line("- id: [")),
        ["sources.yaml", "line"],
    ),
    "missing vocabulary": (delete("data/raw/vocabulary.yaml"), ["vocabulary.yaml", "missing"]),
}  # fmt: skip


def refused(run: Callable[[Path], None], project: Path, spoil: Callable[[Path], None], told: list[str]) -> None:
    folder = project / "data/processed"
    before = {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
    spoil(project)
    with pytest.raises(AtlasError) as caught:
        run(project)
    assert all(text in str(caught.value) for text in told), str(caught.value)
    assert {path.name: path.read_bytes() for path in folder.glob("*.parquet")} == before


@pytest.mark.parametrize(("spoil", "told"), REGISTRY.values(), ids=REGISTRY)
def test_registry_stage_refuses(built, spoil, told):
    refused(stages.STAGES["registry"], built, spoil, told)


@pytest.mark.parametrize(("spoil", "told"), CLAIMS.values(), ids=CLAIMS)
def test_claims_stage_refuses(built, spoil, told):
    refused(stages.STAGES["claims"], built, spoil, told)


def test_coverage_stage_refuses_another_cog_edition(built):
    spoil = edit("data/raw/communes.csv", without_line("57463,"))
    refused(stages.STAGES["coverage"], built, spoil, ["57463", "data/raw/communes.csv"])


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_stages_rebuild_the_same_bytes(built, root):
    for name in ("registry", "layers", "claims", "indicators", "phases"):
        stages.run(name, built)
    for path in (built / "data/processed").glob("*.parquet"):
        assert path.read_bytes() == (root / "data/processed" / path.name).read_bytes(), path.name


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_coverage_stage_rebuilds_the_same_bytes(project, root):
    stages.run("coverage", project)
    name = "data/processed/core_commune_boundaries.parquet"
    assert (project / name).read_bytes() == (root / name).read_bytes()


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_webmap_stage_rebuilds_the_same_bytes(built, root):
    before = {path.name: path.read_bytes() for path in (root / "data/processed/webmap").iterdir()}
    stages.run("webmap", built)
    assert {path.name: path.read_bytes() for path in (built / "data/processed/webmap").iterdir()} == before


def test_gazetteer_knows_regions_and_territories(root):
    places = claims.gazetteer(root)
    assert {"Grand Est", "Nord Lorraine", "SCOT Lille Métropole"} <= set(places)


def test_every_processed_table_fits_its_schema(root):
    from analysis import tables
    from analysis.tables import schema

    for table in tables.tables_of("core_", "out_"):
        schema.check(store.read_table(table.name, root), table, table.name)
