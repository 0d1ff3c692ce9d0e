"""What was worked out is worked out again only where something that it was made from is another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.i18n import language
from analysis.i18n.language import speaking, tr
from analysis.io.memory import Memory


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        return f"made {self.asked}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memory"


@pytest.fixture(autouse=True)
def _asked_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.io.memory.LOOKED_UP", set())


def remembered(path: Path, make: Callable[[], str], *parts: object, key: str = "rules") -> str:
    memory = Memory(path, key)
    found = memory.recall(make, *parts)
    memory.save()
    return found


@pytest.mark.parametrize("changed", [{"key": "others"}, {"part": "b"}], ids=str)
def test_result_is_recalled_while_rules_and_parts_are_the_same(path: Path, changed: dict[str, str]) -> None:
    make = Maker()
    assert [remembered(path, make, "page", "a") for _ in range(2)] == ["made 1", "made 1"]
    part, key = changed.get("part", "a"), changed.get("key", "rules")
    assert remembered(path, make, "page", part, key=key) == "made 2"


def test_parts_are_not_joined(path: Path) -> None:
    make = Maker()
    assert remembered(path, make, "ab", "c") != remembered(path, make, "a", "bc")


def test_what_is_not_asked_for_again_is_forgotten(path: Path) -> None:
    make = Maker()
    remembered(path, make, "a")
    remembered(path, make, "b")
    assert remembered(path, make, "a") == "made 3"


def test_spoilt_memory_is_empty(path: Path) -> None:
    make = Maker()
    remembered(path, make, "a")
    path.write_bytes(path.read_bytes()[:-1])
    assert remembered(path, make, "a") == "made 2"


def test_result_is_made_again_when_a_message_it_asked_for_is_translated_otherwise(path: Path, monkeypatch) -> None:
    said = {"Bonjour": "Hello", "Merci": "Thanks"}
    asked: set[tuple[str, str]] = set()
    monkeypatch.setattr(language, "catalogue", lambda name: said)
    monkeypatch.setattr("analysis.io.memory.catalogue", lambda name: said)
    for where in ("analysis.i18n.language.LOOKED_UP", "analysis.io.memory.LOOKED_UP"):
        monkeypatch.setattr(where, asked)
    with speaking("en"):
        assert remembered(path, lambda: tr("Bonjour"), "a") == "Hello"
        asked.clear()  # another process, which recalls it and asks nothing
        assert remembered(path, lambda: tr("Bonjour"), "a") == "Hello"
        asked.clear()
        said["Merci"] = "Thank you"
        assert remembered(path, lambda: "again", "a") == "Hello"
        asked.clear()
        said["Bonjour"] = "Good morning"
        assert remembered(path, lambda: tr("Bonjour"), "a") == "Good morning"
