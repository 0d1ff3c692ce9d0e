"""No edition shows French words for want of a translation: nothing that is built holds the marks of `marked`."""

import pytest

from analysis.i18n.language import FRENCH, LANGUAGES, MARK
from analysis.io.paths import EXECUTED, FIGURES, SITE

READ = {".ipynb", ".html", ".svg", ".txt", ".js", ".json"}


@pytest.mark.parametrize("place", [EXECUTED, FIGURES, SITE], ids=lambda one: one.name)
@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != FRENCH])
def test_no_edition_shows_words_that_nobody_has_translated(root, place, language):
    paths = [path for path in (root / place / language).rglob("*") if path.suffix in READ]
    assert paths
    assert [path for path in paths if MARK.encode() in path.read_bytes()] == []
