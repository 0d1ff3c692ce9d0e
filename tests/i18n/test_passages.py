"""Markdown cut into passages, translated one by one; texts are invented."""

import pytest

from analysis.errors import TranslationError
from analysis.i18n import language, passages

TEXT = """\
---
html_theme.sidebar_secondary.remove: true
---

# Un titre

Un paragraphe
sur deux lignes, avec `du code : ici` et [un lien](page.md).
- un point
  qui continue
- **un autre** point

1. premier
2. deuxième

(ancre)=
## Sous-titre

```yaml
- id: rien : à traduire
```

```{raw} html
<p>12 % de rien</p>
```

<div>
du HTML
</div>

| Nom | Valeur |
|-----|-------:|
| un  | 12 |

> une citation

{place}
"""
MESSAGES = [
    "Un titre",
    "Un paragraphe sur deux lignes, avec `du code : ici` et [un lien](page.md).",
    "un point qui continue",
    "**un autre** point",
    "premier",
    "deuxième",
    "Sous-titre",
    "Nom",
    "Valeur",
    "un",
    "une citation",
]  # fmt: skip


@pytest.fixture
def catalogue(monkeypatch):
    """An English catalogue that says every message in capitals, placeholders and code apart."""
    known = {one: one.upper() for one in MESSAGES}
    monkeypatch.setattr(language, "catalogue", lambda name: known)
    return known


def test_messages_are_headings_paragraphs_items_and_cells():
    assert passages.messages(TEXT) == MESSAGES


def test_message_said_twice_is_one_message():
    assert passages.messages("- un\n- un") == ["un"]


def test_french_text_stays_as_it_is():
    assert passages.translated(TEXT) == TEXT


def test_translated_changes_the_messages_and_nothing_else(catalogue):
    with language.speaking("en"):
        found = passages.translated(TEXT)
    assert "# UN TITRE\n\nUN PARAGRAPHE SUR DEUX LIGNES," in found
    assert "- UN POINT QUI CONTINUE\n- **UN AUTRE** POINT\n\n1. PREMIER\n2. DEUXIÈME\n" in found
    assert "| NOM | VALEUR |\n|-----|-------:|\n| UN | 12 |\n" in found
    for kept in (
        "---\nhtml_theme",
        "(ancre)=\n## SOUS",
        "- id: rien : à traduire\n```",
        "<p>12 % de rien</p>",
        "du HTML",
    ):
        assert kept in found
    assert found.endswith("> UNE CITATION\n\n{place}\n")


def test_passage_without_a_translation_is_shown_in_french_and_marked(catalogue):
    with language.speaking("en"):
        assert passages.translated("# Inconnu") == "# [fr: Inconnu]"
        assert passages.translated("- Il y a {n}", {"n": "3"}) == "- [fr: Il y a 3]"


def test_places_are_filled_outside_code():
    found = passages.translated("Il y a {n} villes.\n\n{table}\n\n```\n{n}\n```", {"n": "3", "table": "<b>x</b>"})
    assert found == "Il y a 3 villes.\n\n<b>x</b>\n\n```\n{n}\n```"


def test_place_that_nothing_fills_is_refused():
    with pytest.raises(TranslationError, match=r"'n' cannot be filled in 'Il y a \{n\}'"):
        passages.translated("Il y a {n}", {})


def test_braces_stay_without_values(catalogue):
    catalogue["un {x}"] = "one {x}"
    with language.speaking("en"):
        assert passages.translated("un {x}") == "one {x}"


def test_hard_spaces_are_put_outside_code():
    text = "Ceci : `a : b`\nen phase 1 ?\n\n```sh\nphase 1 : a\n```\n\n```{raw} html\n<p>12 % ?</p>\n```"
    found = passages.spaced(text)
    assert "Ceci\u00a0: `a : b` en phase\u00a01\u00a0?" in found
    assert "\nphase 1 : a\n" in found
    assert "<p>12\u00a0%\u00a0?</p>" in found


def test_fence_closes_with_its_own_marks():
    text = "````\n```\n# code\n```\n````\n# Titre"
    assert passages.messages(text) == ["Titre"]


def test_open_fence_goes_to_the_end():
    assert passages.messages("un\n```\ncode") == ["un"]
