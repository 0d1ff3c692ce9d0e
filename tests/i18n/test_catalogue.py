"""The catalogue holds every message in use and nothing else, each translated; messages here are invented."""

import pytest

from analysis.errors import TranslationError
from analysis.i18n import catalogue
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


def test_catalogue_is_written_sorted_with_places_and_only_with_messages_in_use():
    text = catalogue.written("en", {"b": ["two.py", "one.py"], 'a "x"': ["one.py"]}, {"b": "B", "gone": "G"})
    assert text.endswith('#: one.py\nmsgid "a \\"x\\""\nmsgstr ""\n\n#: one.py two.py\nmsgid "b"\nmsgstr "B"\n')
    assert "gone" not in text


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
