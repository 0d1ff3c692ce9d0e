"""A reading note taken in: what it gives, what it changes, what is refused; the note is invented."""

import pytest
from typer.testing import CliRunner
from updating import snapshot

from analysis import cli
from analysis.errors import ClaimError, SourceError
from analysis.i18n.language import speaking
from analysis.io import store
from analysis.sources import notes, provenance
from analysis.upkeep.updates import reading_note

runner = CliRunner()
NOTE = """\
---
source: exemple-2026
published: "2026-01-15"
place_in_document: corps de l’article
---

## Chiffres

- En janvier 2026, la phase 2 concerne plus de 700 intercommunalités en France.
- Un jury distingue 12 entreprises de la phase 2 en France.
"""


@pytest.fixture
def note(project, tmp_path, monkeypatch):
    """A note of a source that is in sources.yaml."""
    monkeypatch.chdir(project)
    entry = reading_note.NEW_SOURCE.format(id="exemple-2026", published='"2026-01-15"').replace('"…"', '"2026-01"')
    with (project / "data/raw/sources.yaml").open("a", encoding="utf-8") as file:
        file.write("\n" + entry)
    path = tmp_path / "exemple-2026.md"
    path.write_text(NOTE, encoding="utf-8")
    return path


def ask(*arguments, answer=""):
    return runner.invoke(cli.app, ["update", "figures", *map(str, arguments)], input=answer, catch_exceptions=False)


def plain(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def test_new_note_shows_its_figures_with_their_verdicts_then_is_written(project, note):
    before = snapshot(project)
    outcome = ask(note, "--yes")
    told = plain(outcome.output)
    assert "Intercommunalités du programme, France, phase 2 : plus de 700" in told
    assert "contredit (intercommunalites-liste) : La liste de la phase 2 réunit 630 intercommunalités" in told
    assert "sans concept : 12 entreprises" in told
    assert "Written: data/raw/notes/exemple-2026.md." in told
    after = snapshot(project)
    assert after.pop("notes/exemple-2026.md").decode() == NOTE
    assert after == before
    assert ask(note).output == "Nothing changed.\n"


def test_verdicts_are_those_of_the_pipeline(project, table):
    read = notes.load_notes(project / "data/raw/notes", provenance.load_sources(project / "data/raw/sources.yaml"))
    found = reading_note.Confrontation(project).of(read)
    columns = ["claim_id", "verdict", "rule", "reason"]
    with speaking("fr"):
        assert found.judged.select(columns).sort("claim_id").equals(table("out_ledger").select(columns))


@pytest.mark.parametrize(("options", "answer", "code"), [(["--dry-run"], "", 0), ([], "n\n", 1)])
def test_note_is_not_written_without_a_yes(project, note, options, answer, code):
    before = snapshot(project)
    assert ask(note, *options, answer=answer).exit_code == code
    assert snapshot(project) == before


def test_changed_note_shows_the_figure_before_and_after_and_what_it_does_to_others(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    path = tmp_path / "first-review-2019.md"
    text = (project / "data/raw/notes/first-review-2019.md").read_text(encoding="utf-8")
    assert "144 territoires" in text
    path.write_text(text.replace("144 territoires", "147 territoires"), encoding="utf-8")
    update = reading_note.work_out(project, path)
    ((before, after),) = [pair for pair in update.own.changed if ":labelled_territories:" in pair[0]["claim_id"]]
    assert (before["said"], after["said"]) == ("144", "147")
    assert {now["source_id"] for _, now in update.others.changed} == {"grand-est-2019", "latribune-2019"}
    assert not update.others.added
    told = plain(ask(path, answer="y\n").output)
    assert "Other sources" in told
    assert "before" in told
    assert "147 territoires" in (project / "data/raw/notes/first-review-2019.md").read_text(encoding="utf-8")


def test_note_of_an_unknown_source_is_refused_with_the_entry_to_add(project, tmp_path):
    path = tmp_path / "exemple-2026.md"
    path.write_text(NOTE, encoding="utf-8")
    with pytest.raises(SourceError, match="source exemple-2026 is not in data/raw/sources.yaml") as caught:
        reading_note.work_out(project, path)
    entry = caught.value.repair.partition("\n")[2]
    assert "- id: exemple-2026\n" in entry
    assert 'published: "2026-01-15"' in entry
    (tmp_path / "sources.yaml").write_text(entry.replace('"…"', '"2026-01"'), encoding="utf-8")
    assert list(provenance.load_sources(tmp_path / "sources.yaml")) == ["exemple-2026"]


@pytest.mark.parametrize(
    ("old", "new", "error", "told"),
    [
        ("## Chiffres", "## Figures", SourceError, "line 7: cannot read"),
        ("2026-01-15", "2026-01-16", SourceError, "published 2026-01-16, but sources.yaml says 2026-01-15"),
        (" en France.\n- Un", ".\n- Un", ClaimError, "line 9"),
        ("12 entreprises", "des entreprises", ClaimError, "line 10"),
        ("place_in", "page_in", SourceError, "front matter: place_in_document"),
    ],
)
def test_note_that_breaks_its_format_is_refused_and_nothing_is_written(project, note, old, new, error, told):
    note.write_text(NOTE.replace(old, new), encoding="utf-8")
    before = snapshot(project)
    with pytest.raises(error, match=told):
        reading_note.work_out(project, note)
    assert snapshot(project) == before


def test_note_with_windows_line_ends_is_the_same_note(project, note):
    ask(note, "--yes")
    note.write_bytes(b"\xef\xbb\xbf" + NOTE.replace("\n", "\r\n").encode())
    assert ask(note).output == "Nothing changed.\n"
    assert store.read_text(project / "data/raw/notes/exemple-2026.md") == NOTE
