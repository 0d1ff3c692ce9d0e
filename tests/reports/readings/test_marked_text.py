"""The text of a document: every figure in its place, every sign shown as it is written."""

import re
from dataclasses import replace
from html import unescape

import polars as pl
import pytest
from invented_readings import RIGHT, WRONG

from analysis.extraction.documents import Block
from analysis.i18n.language import speaking
from analysis.reports.readings.marked_text import marked_text

TEXT = "En 2023, 183 territoires et 19 pôles."
MARK = re.compile(
    r'<a class="([^"]*)" id="(\w+)" href="([^"]*)" title="([^"]*)">([^<]*)<span class="sign"[^>]*>(.)</span>'
)


def words(html: str) -> str:
    """What a reader reads: no tag, no sign of a verdict."""
    hidden = re.sub(r'<span class="(?:sign|unseen)"[^>]*>[^<]*</span>', "", html)
    return unescape(re.sub(r"<[^>]*>", "", hidden)).strip()


def test_each_figure_bears_the_class_the_sign_and_the_word_of_its_verdict(reading):
    html = marked_text(reading(TEXT, ("183 territoires", RIGHT), ("19 pôles", WRONG | {"doubtful": True}))).html
    assert [one[:3] + one[4:] for one in MARK.findall(html)] == [
        ("figure confirmed", "f1", "#r1", "183 territoires", "✓"),
        ("figure contradicted doubtful", "f2", "#r2", "19 pôles", "✗"),
    ]
    assert "(confirmé)" in html
    assert "(contredit, lecture douteuse)" in html
    assert words(html) == TEXT


def test_a_figure_without_a_concept_is_pale_and_leads_to_its_line(reading):
    html = marked_text(reading(TEXT, ("19 pôles", {}))).html
    assert [one[:3] for one in MARK.findall(html)] == [("figure unresolved", "f1", "#r1")]
    assert "(sans concept)" in html


def test_what_is_said_of_a_figure_is_in_the_language_of_the_page(reading):
    with speaking("en"):
        title = MARK.findall(marked_text(reading(TEXT, ("183 territoires", RIGHT))).html)[0][3]
    assert (
        title
        == "confirmed. Labelled territories, France, phase\u00a02, 14 March 2024. The list counts 183 territories."
    )


HOSTILE = "12 <script>alert(1)</script> & \"x\" 'y' <img src=x onerror=alert(1)> </div> {{7*7}} [fr: é] `*_"


def test_nothing_of_the_document_is_markup(reading):
    html = marked_text(
        reading(HOSTILE, ("12 <script>alert(1)</script>", WRONG | {"place": '"><b>x', "reason": "</a><i>"}))
    ).html
    assert words(html) == HOSTILE
    assert set(re.findall(r"<(\w+)", html)) == {"div", "p", "a", "span"}
    assert "onerror=alert(1)&gt;" in html


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ufffe"])
def test_signs_that_no_page_may_hold_or_that_turn_the_text_are_replaced(reading, sign):
    html = marked_text(reading(f"a{sign}b 12 c", ("12", {}))).html
    assert words(html) == "a\ufffdb 12 c"


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([(3, 5), (3, 5)], ["12", ""]),
        ([(3, 8), (6, 11)], ["12 et", " 13"]),
        ([(3, 11), (6, 8)], ["12 et 13", ""]),
        ([(9, 40)], ["13"]),
    ],
    ids=["the same place twice", "one across another", "one in another", "beyond the end"],
)
def test_every_figure_has_its_anchor_and_the_text_stays_whole(reading, spans, marked):
    found = reading("Ou 12 et 13", *[("12", RIGHT)] * len(spans))
    starts, ends = zip(*spans, strict=True)
    moved = found.figures.with_columns(pl.Series("start", starts), pl.Series("end", ends))
    html = marked_text(replace(found, figures=moved)).html
    assert [one[4] for one in MARK.findall(html)] == marked
    assert [one[1] for one in MARK.findall(html)] == [f"f{rank}" for rank in range(1, len(spans) + 1)]
    assert words(html) == "Ou 12 et 13"


def test_blocks_are_headings_lists_cells_notes_and_pages(reading):
    lines = ["Titre", "Intertitre", "premier", "second", "Région", "13", "Note 1", "Fin"]
    text = "\n\n".join(lines)
    kinds = ["heading", "heading", "item", "item", "cell", "cell", "footnote", "paragraph"]
    starts = [text.index(one) for one in lines]
    made = [
        Block(kind, start, start + len(line), 1 + (rank > 5), {0: 1, 1: 2}.get(rank, 0))
        for rank, (kind, start, line) in enumerate(zip(kinds, starts, lines, strict=True))
    ]
    html = marked_text(reading(text, ("13", RIGHT), blocks=tuple(made))).html
    bare = re.sub(r"<a .*?</a>", "13", html).splitlines()
    assert bare[1:-1] == [
        '<p class="page-break" id="page-1">page 1</p>',
        "<h3>Titre</h3>",
        "<h4>Intertitre</h4>",
        "<ul><li>premier</li><li>second</li></ul>",
        '<div class="cells" tabindex="0"><table><tr><td>Région</td><td>13</td></tr></table></div>',
        '<p class="page-break" id="page-2">page 2</p>',
        '<p class="footnote">Note 1</p>',
        "<p>Fin</p>",
    ]


def test_the_text_says_in_which_language_it_is(reading):
    assert '<div class="reading-text" lang="de">' in marked_text(reading("12", ("12", {}), language="de")).html
    assert 'lang="fr">' in marked_text(reading("12", ("12", {}), language='x"y')).html


def test_cells_stand_in_the_rows_that_their_heads_tell(reading):
    names = ["Région", "Territoires", "Communes", "Corse", "2", "25", "Bretagne", "10", "750"]
    text, at, made = "\n\n".join(names), 0, []
    for rank, name in enumerate(names):
        heads = () if rank < 3 else (rank % 3, rank - rank % 3) if rank % 3 else (0,)
        made.append(Block("cell", at, at + len(name), None, 0, heads))
        at += len(name) + 2
    html = marked_text(reading(text, blocks=tuple(made))).html
    rows = [re.findall("<td>(.*?)</td>", one) for one in re.findall("<tr>(.*?)</tr>", html)]
    assert rows == [names[:3], names[3:6], names[6:]]
