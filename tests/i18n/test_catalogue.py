"""The catalogue holds every message in use and nothing else, each translated; messages here are invented."""

import pytest
from babel.messages import Catalog

from analysis.errors import TranslationError
from analysis.i18n import catalogue, language
from analysis.upkeep import messages

MODULE = """
TITLE = N_("Titre")
a = tr("un" if x else "deux")
b = typography.counted(n, "cheval", "chevaux") + typography.counted(n, "pomme")
c = provenance.counted("12", "out_table", "column")
d = tr(TITLE) + other("jamais")
"""


def test_messages_of_a_module_are_what_is_translated_and_what_is_counted():
    assert sorted(catalogue.in_module(MODULE)) == ["Titre", "cheval", "chevaux", "deux", "pomme", "pommes", "un"]


def test_messages_of_a_template_are_what_it_translates():
    assert catalogue.in_template('<p title="{{ tr("Un titre") }}">{{ tr( "Du texte" )|safe }} {{ str("x") }}') == [
        "Un titre",
        "Du texte",
    ]


def known(**translations: str) -> Catalog:
    found = Catalog(locale="en")
    for message, translation in translations.items():
        found.add(message, translation)
    return found


def test_catalogue_is_written_sorted_with_places_and_only_with_messages_in_use():
    found = catalogue.updated("en", {"b": ["two.py", "one.py"], 'a "x"': ["one.py"]}, known(b="B", gone="G"))
    text = catalogue.written("en", found)
    assert text.endswith('#: one.py\nmsgid "a \\"x\\""\nmsgstr ""\n\n#: one.py two.py\nmsgid "b"\nmsgstr "B"\n')
    assert "gone" not in text
    assert [one.string for one in found.obsolete.values()] == ["G"]  # to be named: nothing is dropped in silence


CHANGED = """#: one.py
#, fuzzy
#| msgid "Un grand chat gris"
msgid "Un grand chat noir"
msgstr "A big grey cat"
"""


def test_a_changed_message_keeps_its_old_translation_as_a_proposal_until_it_is_confirmed():
    used = {"Un grand chat noir": ["one.py"]}
    text = catalogue.written("en", catalogue.updated("en", used, known(**{"Un grand chat gris": "A big grey cat"})))
    assert text.endswith(CHANGED)
    again = catalogue.updated("en", used, catalogue.read(text.encode(), "en"))
    assert catalogue.written("en", again) == text
    assert not again.obsolete
    confirmed = text.replace('#, fuzzy\n#| msgid "Un grand chat gris"\n', "").replace("grey", "black")
    done = catalogue.updated("en", used, catalogue.read(confirmed.encode(), "en"))
    assert catalogue.written("en", done) == confirmed


def test_a_message_that_had_no_translation_gets_the_nearest_one_as_a_proposal():
    before = known(**{"Un grand chat gris": "A big grey cat", "Un grand chat noir": ""})
    used = {"Un grand chat noir": ["one.py"], "Un grand chat gris": ["one.py"]}
    found = catalogue.updated("en", used, before)
    assert found["Un grand chat noir"].fuzzy
    assert not found["Un grand chat gris"].fuzzy


@pytest.fixture
def changed(monkeypatch, tmp_path):
    """A catalogue whose only message has changed since it was translated."""
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path)
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    monkeypatch.setattr(messages, "used", lambda root: {"Un grand chat noir": ["one.py"]})
    (tmp_path / "en.po").write_text('msgid "Un grand chat gris"\nmsgstr "A big grey cat"\n\nmsgid "x"\nmsgstr "y"\n')
    language.catalogue.cache_clear()
    yield tmp_path
    language.catalogue.cache_clear()


def test_a_proposal_is_no_translation(changed):
    told = [
        "no translation: Un grand chat noir (proposed: A big grey cat) [one.py]",
        "no longer used, dropped: x = y",
    ]
    assert [line for one in messages.missing(changed) for line in one.lines()] == told
    assert [line for one in messages.write(changed) for line in one.lines()] == told
    with language.speaking("en"):
        assert language.tr("Un grand chat noir") == "[fr: Un grand chat noir]"
    with pytest.raises(TranslationError, match="no translation of 'Un grand chat noir'"):
        messages.check(changed)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({}, "no translation of '{n} chats'"),
        ({"{n} chats": ""}, "no translation of '{n} chats'"),
        ({"{n} chats": "{m} cats"}, "the same placeholders: {m}, {n}"),
    ],
)
def test_incomplete_catalogue_is_refused_with_the_message(known, told):
    with pytest.raises(TranslationError, match="locale/en.po") as caught:
        catalogue.require_complete("en", ["{n} chats"], known)
    assert told in str(caught.value)


def test_every_message_in_use_is_translated_and_the_catalogue_holds_nothing_else(root):
    messages.check(root)
