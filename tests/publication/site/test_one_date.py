"""One thing, one date: the official lists are dated alike wherever a page says when they are from."""

from analysis.i18n import typography
from analysis.io.paths import NOTES, RAW
from analysis.sources import provenance
from analysis.sources.notes import load_notes

METHOD = "src/analysis/publication/site/assets/pages/methode.md"


def test_the_method_dates_the_lists_as_their_source_does(root):
    known = provenance.load_sources(root / RAW / "sources.yaml")
    text = (root / METHOD).read_text(encoding="utf-8")
    assert typography.date(str(known["anct-lists"].published)) in text


def test_a_note_is_published_when_its_source_is(root):
    known = provenance.load_sources(root / RAW / "sources.yaml")
    for note in load_notes(root / NOTES, known):
        assert note.published == known[note.source_id].published, note.source_id
