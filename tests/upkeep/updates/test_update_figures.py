"""A reading note taken in: what it gives, what it changes, what is refused; the note is invented."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner
from updating import snapshot

from analysis import cli
from analysis.errors import AtlasError, ClaimError, SourceError
from analysis.i18n.language import speaking
from analysis.io import store
from analysis.sources import drafts, notes, provenance
from analysis.upkeep.updates import note_source, reading_note, transaction

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
ENTRY = drafts.entry(
    "exemple-2026", kind="article", producer="Gazette", title="Article inventé", published="2026-01-15",
    accessed="2026-01",
)  # fmt: skip


def answered(entry: str) -> str:
    """A drafted entry with an answer to each of its questions."""
    return re.sub(r'"\? [^"]*"', '"2026-01"', entry.replace('kind: "?', 'kind: article  # "?'))


@pytest.fixture
def note(project, tmp_path, monkeypatch):
    """A note of a source that is in sources.yaml."""
    monkeypatch.chdir(project)
    with (project / "data/raw/sources.yaml").open("a", encoding="utf-8") as file:
        file.write("\n" + ENTRY)
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
    assert (
        "contredit (intercommunalites-liste) : La liste de la phase 2 (septembre 2024) réunit 629 intercommunalités"
        in told
    )
    assert "sans concept : 12 entreprises" in told
    assert "Written: data/raw/notes/exemple-2026.md." in told
    after = snapshot(project)
    assert after.pop("notes/exemple-2026.md").decode() == NOTE
    assert after == before
    assert ask(note).output == "Nothing changed.\n"


def test_verdicts_are_those_of_the_pipeline(project, table):
    sources = provenance.load_sources(project / "data/raw/sources.yaml")
    found = reading_note.Confrontation(project, sources).of(notes.load_notes(project / "data/raw/notes", sources))
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
    assert {now["source_id"] for _, now in update.others.changed} == {
        "deployment-2019",
        "grand-est-2019",
        "latribune-2019",
    }
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
    (tmp_path / "sources.yaml").write_text(answered(entry), encoding="utf-8")
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


# --- a drafted note with its drafted source ------------------------------------------------------------------


@pytest.fixture
def drafted(project, tmp_path, monkeypatch):
    """A drafted note of a source that sources.yaml does not have, with the entry beside it."""
    monkeypatch.chdir(project)
    (tmp_path / "source.yaml").write_text(f"# invented\n{ENTRY}", encoding="utf-8")
    path = tmp_path / "note.md"
    path.write_text(NOTE.replace("\n- Un", "\n<!-- Page 3 : est-ce en France ? -->\n- Un"), encoding="utf-8")
    return path


def test_drafted_note_and_its_source_are_shown_then_written_together(project, drafted):
    before = snapshot(project)
    told = plain(ask(drafted, answer="y\n").output)
    assert "New source: # invented - id: exemple-2026" in told
    assert "Intercommunalités du programme, France, phase 2 : plus de 700" in told
    assert "Written: data/raw/notes/exemple-2026.md, data/raw/sources.yaml." in told
    after = snapshot(project)
    assert after.pop("notes/exemple-2026.md").decode() == drafted.read_text(encoding="utf-8")
    assert after.pop("sources.yaml") == before.pop("sources.yaml") + f"\n# invented\n{ENTRY}".encode()
    assert after == before
    assert ask(drafted).output == "Nothing changed.\n"
    assert ask(drafted, "--source-entry", drafted.with_name("source.yaml")).output == "Nothing changed.\n"


def test_drafted_note_of_a_new_source_may_give_an_amount_of_the_whole_country(project, drafted):
    amount = "- L’enveloppe représente 100 M€ par an en France, en phase 2.\n- Un"
    drafted.write_text(drafted.read_text(encoding="utf-8").replace("- Un", amount, 1), encoding="utf-8")
    outcome = ask(drafted, "--yes")
    assert outcome.exit_code == 0
    assert "100 M€ par an" in re.sub(r"[\u00a0\u202f]", " ", plain(outcome.output))
    assert "Written: data/raw/notes/exemple-2026.md, data/raw/sources.yaml." in plain(outcome.output)


def test_entry_of_a_source_may_stand_elsewhere(project, drafted, tmp_path):
    entry = drafted.with_name("source.yaml").rename(tmp_path / "its-source.yaml")
    assert ask(drafted, "--source-entry", entry, "--yes").exit_code == 0
    assert "exemple-2026" in provenance.load_sources(project / "data/raw/sources.yaml")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (drafts.entry("exemple-2026", kind="article", producer="Gazette", published="2026-01-15", accessed="2026-01"),
         "title: Value error, to be answered: son titre"),
        (drafts.entry("exemple-2026", published="2026"), "kind: Value error, to be answered: report, press_release"),
        (ENTRY.replace("exemple-2026", "autre-2026"), "holds autre-2026, the note is about exemple-2026"),
        (ENTRY + ENTRY, "stands twice"),
        ("[]", "holds no source"),
        (ENTRY.replace("2026-01-15", "2026-01-16"), "published 2026-01-15, but sources.yaml says 2026-01-16"),
    ],
)  # fmt: skip
def test_drafted_entry_that_is_not_ready_is_refused_and_nothing_is_written(project, drafted, entry, told):
    drafted.with_name("source.yaml").write_text(entry, encoding="utf-8")
    before = snapshot(project)
    with pytest.raises(SourceError, match=re.escape(told)):
        reading_note.work_out(project, drafted)
    assert snapshot(project) == before


def test_entry_that_says_otherwise_of_a_known_source_is_refused(project, note):
    entry = note.with_name("source.yaml")
    entry.write_text(ENTRY.replace("Gazette", "Autre gazette"), encoding="utf-8")
    with pytest.raises(SourceError, match=r"says otherwise of exemple-2026 than data/raw/sources\.yaml"):
        reading_note.work_out(project, note, entry)
    assert list(reading_note.work_out(project, note).contents) == [Path("data/raw/notes/exemple-2026.md")]


def test_entry_takes_the_line_ends_of_the_file(project, drafted):
    listed = project / "data/raw/sources.yaml"
    old = listed.read_bytes().replace(b"\n", b"\r\n")
    listed.unlink()
    listed.write_bytes(old)
    made = note_source.Listed(project, drafted, None)
    assert made.content.startswith(old)
    assert made.content.count(b"\n") == made.content.count(b"\r\n")
    assert list(made.sources) == [*provenance.load_sources(listed), "exemple-2026"]


def test_neither_file_is_written_when_one_cannot_be(project, drafted, monkeypatch):
    before = snapshot(project)
    written = transaction._write

    def full(path, content):
        if path.name == "1":
            raise OSError(28, "No space left on device", str(path))
        written(path, content)

    monkeypatch.setattr(transaction, "_write", full)
    with pytest.raises(AtlasError, match="No space left"):
        ask(drafted, "--yes")
    assert snapshot(project) == before
