import json
import tarfile
from io import BytesIO

import polars as pl
import pytest

from analysis.errors import MissingFileError
from analysis.io import store
from analysis.sources import cog
from analysis.tables import TABLES, schema
from analysis.upkeep.stages import raw_cog


def commune(code: str, **more: object) -> dict[str, object]:
    known = {"code": code, "nom": f"Ville {code}", "departement": "57", "region": "44", "zone": "metro"}
    return known | {"type": "commune-actuelle", "population": 100} | more


def package(communes: list[dict[str, object]], groups: dict[str, list[str]]) -> dict[str, list[dict[str, object]]]:
    """An invented edition of the COG."""
    return {
        "communes": communes,
        "epci": [
            {"code": code, "nom": "CC", "type": "CC", "membres": [{"code": one} for one in members]}
            for code, members in groups.items()
        ],
        "departements": [{"code": "57", "nom": "Moselle", "region": "44", "zone": "metro"}],
        "regions": [{"code": "44", "nom": "Grand Est", "zone": "metro"}],
    }


OLD = package([commune("57001"), commune("57002"), commune("57003")], {"200000001": ["57001", "57002", "57003"]})
NEW = package(
    [
        commune("57001"),
        commune("57003"),
        commune("57004"),
        commune("57002", type="commune-deleguee", chefLieu="57001"),
        commune("98701", zone="com"),
    ],
    {"200000001": ["57001"], "200000002": ["57003", "57004"]},
)


def test_raw_tables_fit_their_schema_and_leave_out_what_lies_outside_the_departements():
    tables = cog.raw_tables(NEW)
    for name, frame in tables.items():
        schema.check(frame, TABLES[name], name)
    assert tables["communes"].get_column("commune_code").to_list() == ["57001", "57003", "57004"]


def test_postcodes_are_those_of_the_communes_in_force_in_their_order():
    cut = package(
        [commune("57001", codesPostaux=["57300", "57290"]), commune("98701", zone="com", codesPostaux=["98700"])], {}
    )
    assert cog.postcodes(cut).rows() == [("57001", "57290"), ("57001", "57300")]


def test_changes_tells_created_ended_and_moved_communes():
    assert cog.changes({2023: OLD, 2024: NEW}, 2024).rows() == [
        (2024, "57002", "ended", "200000001", None, "57001"),
        (2024, "57003", "moved", "200000001", "200000002", None),
        (2024, "57004", "created", None, "200000002", None),
    ]


def test_tables_may_be_of_an_earlier_edition_than_the_last_change(tmp_path):
    packages = {2023: archive(tmp_path / "old.tgz", OLD), 2024: archive(tmp_path / "new.tgz", NEW)}
    raw_cog.raw_from_cog(tmp_path, packages, 2023)
    assert store.read_raw("communes", tmp_path).get_column("commune_code").to_list() == ["57001", "57002", "57003"]
    assert store.read_raw("cog_changes", tmp_path).get_column("successor_code").to_list() == ["57001", None, None]


def test_tables_of_an_edition_without_a_package_are_refused(tmp_path):
    with pytest.raises(MissingFileError, match="no package of the edition 2022.*2022=FILE"):
        raw_cog.raw_from_cog(tmp_path, {2023: archive(tmp_path / "old.tgz", OLD)}, 2022)


def archive(path, package):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in package.items():
            text = json.dumps(content).encode()
            member = tarfile.TarInfo(f"package/data/{name}.json")
            member.size = len(text)
            tar.addfile(member, BytesIO(text))
    return path


def test_raw_from_cog_rebuilds_tables_and_changes_from_archives(tmp_path):
    packages = {2023: archive(tmp_path / "old.tgz", OLD), 2024: archive(tmp_path / "new.tgz", NEW)}
    raw_cog.raw_from_cog(tmp_path, packages)
    assert store.read_raw("communes", tmp_path).height == 3
    assert store.read_raw("cog_changes", tmp_path).height == 3


def test_raw_from_cog_refuses_an_unreadable_archive(tmp_path):
    broken = tmp_path / "broken.tgz"
    broken.write_bytes(b"not an archive")
    with pytest.raises(MissingFileError, match="broken.tgz: not a readable package .*npm pack"):
        raw_cog.raw_from_cog(tmp_path, {2024: broken})


def test_raw_from_cog_refuses_when_no_archive_is_given(tmp_path):
    with pytest.raises(MissingFileError, match="no package given"):
        raw_cog.raw_from_cog(tmp_path, {})


def test_committed_changes_agree_with_committed_communes(raw):
    latest = raw["cog_changes"].filter(edition=2024, change="moved")
    joined = latest.join(raw["communes"], on="commune_code")
    assert joined.height == latest.height
    assert joined.filter(pl.col("epci_code") != pl.col("new_epci_code")).is_empty()


def test_every_commune_has_a_postcode(raw):
    assert raw["communes"].join(raw["postcodes"], on="commune_code", how="anti").is_empty()
    paris = raw["postcodes"].filter(commune_code="75056").get_column("postcode").to_list()
    assert paris == sorted([f"750{rank:02}" for rank in range(1, 21)] + ["75116"])
