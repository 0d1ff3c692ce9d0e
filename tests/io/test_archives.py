"""Archives within bounds. All of them are made here."""

import ast
import gzip
import io
import json
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from analysis.errors import ArchiveError, AtlasError, InvalidTableError, MissingFileError
from analysis.io import archives, bundle, store

ROOT = Path(__file__).parents[2]


def tgz(*members, fmt=tarfile.PAX_FORMAT, **headers):
    """A package of (name, content or TarInfo)."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz", format=fmt, pax_headers=headers) as package:
        for name, content in members:
            if isinstance(content, tarfile.TarInfo):
                package.addfile(content)
            else:
                info = tarfile.TarInfo(name)
                info.size = len(content)
                package.addfile(info, io.BytesIO(content))
    return raw.getvalue()


def link(name, target, kind):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def read(content, **bounds):
    return archives.json_members(io.BytesIO(content), **bounds)


def zipped(*members, compression=zipfile.ZIP_STORED):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return raw.getvalue()


def test_documents_are_read_by_name():
    assert read(tgz(("package/data/communes.json", b"[1]"), ("package/README.md", b"x"))) == {"communes": [1]}


def test_package_that_unpacks_beyond_the_bound_is_refused_at_once():
    start = time.perf_counter()
    with pytest.raises(ArchiveError, match="more than its bounds"):
        read(tgz(("a.bin", b"\0" * (4 << 20)), ("b.json", b"1")), most=1 << 20)
    with pytest.raises(ArchiveError, match="more than its bounds"):
        read(tgz(("b.json", b"1"), comment="x" * (4 << 20)), most=1 << 20)
    assert time.perf_counter() - start < 10


def test_package_of_too_many_members_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with pytest.raises(ArchiveError, match="more than 3 members"):
        read(tgz(*((f"{rank}.json", b"1") for rank in range(4))))


def test_links_and_devices_of_a_package_are_passed_over(tmp_path):
    (tmp_path / "secret.json").write_text("1")
    members = [
        ("a.json", link("a.json", str(tmp_path / "secret.json"), tarfile.SYMTYPE)),
        ("b.json", link("b.json", "a.json", tarfile.LNKTYPE)),
        ("c.json", link("c.json", "", tarfile.FIFOTYPE)),
        ("d.json", b"2"),
    ]
    assert read(tgz(*members)) == {"d": 2}


def test_member_that_names_a_way_out_gives_its_last_name_only_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read(tgz(("../../evil.json", b"1"), ("/tmp/other.json", b"2"))) == {"evil": 1, "other": 2}
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(AtlasError, match="no name of a file"):
        read(tgz(("a/...json", b"1")))


@pytest.mark.parametrize(
    "content",
    [b"", b"x", gzip.compress(b"x" * 600), gzip.compress(b"\0" * (64 << 20)),
     tgz(("a.json", b"{")), tgz(("a.json", b"\xff")), tgz(("a.json", b"[" * 10**6)),
     tgz(("a.json", b"1" * 2000))[:60]],
    ids=["empty", "text", "no tar", "zeros", "half JSON", "not UTF-8", "deep", "cut"],
)  # fmt: skip
def test_broken_package_is_refused_by_name(content, tmp_path):
    with pytest.raises(ArchiveError):
        read(content)
    (tmp_path / "a.tgz").write_bytes(content)
    with pytest.raises(MissingFileError, match="npm pack"):
        store.read_cog_package(tmp_path / "a.tgz")


def overlapping():
    """A ZIP whose directory lists one part many times, under other names: more than the file holds."""
    one = zipped(("a", b"x" * 1000))
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        start = archive.start_dir
    entry = one[start : start + 46 + 1]
    listed = b"".join(entry[:46] + bytes([97 + rank]) for rank in range(20))
    end = bytearray(one[start + 47 :])
    end[8:12] = (20).to_bytes(2, "little") * 2
    end[12:16] = len(listed).to_bytes(4, "little")
    return one[:start] + listed + bytes(end)


@pytest.mark.parametrize(
    "content",
    [
        zipped(("a.arrow", b"\0" * 10_000_000), compression=zipfile.ZIP_DEFLATED),
        zipped(*((f"a{rank}", b"") for rank in range(201))),
        zipped(("../a.arrow", b"x")),
        zipped(("/a.arrow", b"x")),
        zipped(("a:b", b"x")),
        overlapping(),
        zipped(("a.arrow", b"x"))[:-4],
        b"PK",
        b"",
    ],
    ids=["compressed", "many", "way out", "absolute", "Windows", "overlapping", "cut", "PK", "empty"],
)
def test_bundle_that_is_none_is_refused_by_name(content):
    with pytest.raises(AtlasError):
        archives.parts(content)
    with pytest.raises(InvalidTableError, match="not a bundle"):
        bundle.unpack(content)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_part_that_stands_twice_is_refused():
    with pytest.raises(ArchiveError, match="twice"):
        archives.parts(zipped(("a", b"x" * 500), ("a", b"y")))


def test_parts_are_read_by_name():
    assert archives.parts(zipped(("a.arrow", b"x"), ("b.arrow", b"y"))) == {"a.arrow": b"x", "b.arrow": b"y"}


XML = {"xml.etree", "xml.dom", "xml.sax", "xml.parsers", "lxml", "pyexpat", "expat"}


def parsers(source):
    """What a module could parse XML with: writing needs `xml.sax.saxutils` only."""
    for node in ast.walk(ast.parse(source)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name != "xml.sax.saxutils" and any(name == one or name.startswith(f"{one}.") for one in (*XML, "xml")):
                yield name


# The one that reads producers' workbooks: document types and entities are refused, sizes bounded (tests/updates).
BOUNDED = {
    "src/analysis/extraction/documents/office/package.py": ["xml.etree", "xml.parsers"],  # not too deep, no entity
    "src/analysis/upkeep/updates/workbook_process.py": ["xml.parsers"],
}


def test_no_module_parses_xml_without_bounds():
    found = {
        path.relative_to(ROOT).as_posix(): list(parsers(path.read_text(encoding="utf-8")))
        for path in sorted(ROOT.glob("src/**/*.py"))
    }
    assert {path: names for path, names in found.items() if names} == BOUNDED


def test_parser_of_xml_is_seen():
    assert list(parsers("from xml.etree import ElementTree\nimport lxml.etree")) == ["xml.etree", "lxml.etree"]


def test_json_of_a_package_keeps_its_values():
    value = {"nom": "Saint-Étienne", "codes": ["42218"], "n": 1.5}
    assert read(tgz(("a.json", json.dumps(value).encode()))) == {"a": value}
