"""A value that is kept in a file is given back whole, or not at all."""

from pathlib import Path

import pytest

from analysis.io import sealed

VALUE = {"page": ["un", b"\n\n"], "n": 2}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    sealed.save(tmp_path / "kept", "key", VALUE)
    return tmp_path / "kept"


def test_value_is_given_back_under_its_key_alone(path: Path) -> None:
    assert sealed.load(path, "key") == VALUE
    assert sealed.load(path, "other") is None
    assert sealed.load(path.with_name("absent"), "key") is None


def test_every_byte_that_is_altered_and_every_cut_is_noticed(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert sealed.load(path, "key") is None
        path.write_bytes(whole[:place])
        assert sealed.load(path, "key") is None
    path.write_bytes(whole)
    assert sealed.load(path, "key") == VALUE


def test_old_value_goes_when_a_new_one_is_kept(path: Path) -> None:
    sealed.save(path, "new", 3)
    assert [sealed.load(path, one) for one in ("key", "new")] == [None, 3]
    assert [one.name for one in path.parent.iterdir()] == ["kept"]
