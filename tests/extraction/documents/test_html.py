# ruff: noqa: E501 - a document a line
import pytest

from analysis.errors import DocumentError
from analysis.extraction.documents import Document, document_of

ARTICLE = (
    "<p>Le programme compte 149 territoires depuis hier, et les élus en sont contents dans toutes les régions du pays.</p>"
    "<p>Les entreprises aidées sont au nombre de 4 500 ; elles emploient ensemble plus de 16 186 personnes, dit-on.</p>"
)
ASIDE = "<ul><li><a href='/1'>Les 300 usines</a></li><li><a href='/2'>12 idées</a></li><li><a href='/3'>99 choses</a></li></ul>"


def page(body: str, head: str = "") -> Document:
    return document_of(
        f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode(), "a.html"
    )


def told(document: Document, *kinds: str) -> list[str]:
    return [document.text[one.start : one.end] for one in document.blocks if not kinds or one.kind in kinds]


def heads_of(document: Document, text: str) -> list[str]:
    block = next(one for one in document.blocks if document.text[one.start : one.end] == text)
    return [document.text[slice(*document.blocks[head][1:3])] for head in block.heads]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<article>", "</article>"),
        ("<main>", "</main>"),
        ("<div role=main><article>", "</article></div>"),
        ("<div id=content><div class=texte>", "</div></div>"),
        ("<div itemprop=articleBody>", "</div>"),
        ("<table role=presentation><tr><td>", "</td></tr></table>"),
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "<nav>Menu 12</nav>",
        f"<div class='sidebar'>Les plus lus 77 {ASIDE}</div>",
        f"<aside class='related-posts'><h3>À lire aussi</h3>{ASIDE}</aside>",
        "<div class='cookie-banner'>Nous et nos 842 partenaires</div>",
        "<footer>© 2024 – 12 rue fictive</footer>",
        "<div id=comments class=comments><p>Jean : 900 fois non</p></div>",
        "<form><input value=3><button>45 partages</button></form>",
        f"<section>{ASIDE}</section>",
    ],
)
def test_only_what_belongs_to_the_article_is_read(before, after, around):
    document = page(f"{around}{before}{ARTICLE}{after}{around}")
    assert told(document) == [text for text in ARTICLE.replace("<p>", "").split("</p>") if text]


def test_what_stands_amid_the_article_and_is_not_of_it():
    document = page(
        f"<article><h1>Un bilan</h1>{ARTICLE}<div class=share>Partager 45</div><aside class=related>{ASIDE}</aside>"
        "<p>Lire aussi : <a href=/5>Les 88 sites</a></p><aside class=encadre><p>En chiffres : 34 projets en cours.</p></aside></article>"
    )
    assert told(document)[-1] == "En chiffres : 34 projets en cours."
    assert len(document.blocks) == 4


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("149<sup>1</sup> sites", "149 sites"),
        ("149<sup><a href='#n1'>[1]</a></sup> sites", "149 sites"),
        ("149 <a href='#n1'>[1]</a> sites", "149 sites"),
        ("149<a href='/x'>1</a> sites", "1491 sites"),
        ("1<sup>re</sup> région, 2 km<sup>2</sup>", "1re région, 2 km²"),
        ("CO<sub>2</sub> et 10 %", "CO2 et 10 %"),
        ("16&nbsp;186 et 2,5&#8239;%", "16\u00a0186 et 2,5\u202f%"),
        ("Le total est de\n\t 149\n sites", "Le total est de 149 sites"),
        ("terri&shy;toires <b>1</b><i>49</i>", "territoires 149"),
        ("13<br>sites", "13\nsites"),
        ("<del>99</del> <s>98</s> 13 sites<ins> en tout</ins>", "13 sites en tout"),
        (
            "13<span style='display: none'>99</span><span hidden>98</span><span class=sr-only>97</span> sites",
            "13 sites",
        ),
        (
            "13<!-- 99 --><script>98</script><style>97</style><noscript>96</noscript><template>95</template> sites",
            "13 sites",
        ),
        ("<a href='http://x/'>13 sites</a>", "13 sites"),
    ],
)
def test_text_of_a_paragraph(html, text):
    assert page(f"<article><p>{html}</p></article>").text == text


def test_headings_items_captions_and_footnotes():
    document = page(
        f"<article><h1>Un bilan</h1>{ARTICLE}<h3>Détail</h3><ul><li>3 axes</li><li><p>12 actions</p></li></ul><figure><figcaption>Carte 1"
        "</figcaption></figure><ol class=footnotes><li id=fn1>Fin 2022. <a href='#r1'>↩</a></li></ol></article>"
    )
    assert [(one.kind, one.level) for one in document.blocks] == [
        ("heading", 1), ("paragraph", 0), ("paragraph", 0), ("heading", 3), ("item", 0), ("item", 0), ("caption", 0), ("footnote", 0)
    ]  # fmt: skip
    assert told(document, "footnote") == ["Fin 2022."]


def test_a_cell_knows_what_heads_it():
    document = page(
        "<article><table><caption>Par région</caption><tr><th rowspan=2>Région<th colspan=2>Sites<tr><th>2019<th>2023<tr>"
        "<td rowspan=2>Grand Est<td>13<td>20<tr><td>14<td>21<tr><td>Bretagne<td>4<td>7</table></article>"
    )
    assert heads_of(document, "20") == ["Sites", "2023", "Grand Est", "Par région"]
    assert heads_of(document, "14") == ["Sites", "2019", "Grand Est", "Par région"]
    assert heads_of(document, "7") == ["Sites", "2023", "Bretagne", "Par région"]


def test_large_figures_are_read_with_what_stands_below_them():
    document = page(
        f"<article>{ARTICLE}<div><div>149</div><div>territoires aidés</div></div><div><b>87</b></div><p>% de contents</p></article>"
    )
    assert told(document)[2:] == ["149 territoires aidés", "87 % de contents"]


DATA = '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","name":"x","datePublished":"2020-01-01"},{"@type":["NewsArticle"],'
DATA += '"headline":"Un bilan fictif","datePublished":"2024-03-12T09:00:00+01:00","publisher":{"name":"Le Courrier fictif"}}]}</script>'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (DATA, "", ("Un bilan fictif", "2024-03-12", "Le Courrier fictif")),
        ("<meta property=og:site_name content='Le Courrier'><meta property='article:published_time' content='2023-05-01T10:00'>", "",
         (None, "2023-05-01", "Le Courrier")),
        ("<title>Un bilan | Le Courrier</title><meta name=DC.date content=2023-05>", "", ("Un bilan", "2023-05", None)),
        ("", "<p>Publié le 3 avril 2022 à 10h</p>", (None, "2022-04-03", None)),
        ("", "<time datetime='2021-02-03T10:00'>hier</time>", (None, "2021-02-03", None)),
        (DATA, "<p>Mis en ligne le 13 mars 2024</p>", ("Un bilan fictif", "2024-03-13", "Le Courrier fictif")),
        ("<script type='application/ld+json'>{not json</script>", "", (None, None, None)),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(head, body, expected):
    document = page(f"<article>{body}{ARTICLE}</article>", head)
    assert (document.title, document.published, document.producer) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso-8859-15", "utf-16"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings(encoding, declared):
    head = f"<meta http-equiv=Content-Type content='text/html; charset={encoding}'>" if declared else ""
    html = f"<!doctype html><html><head>{head}</head><body><article><p>Une aide de 12 € à l'été.</p></article></body></html>"
    assert document_of(html.encode(encoding), "a.html").text.startswith("Une aide de 12 €")


def test_a_web_archive_is_read():
    archive = (
        'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; '
        "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><article><p>149 =C3=A9lus</p></article></body>"
        "</html>\r\n--x--\r\n"
    )
    assert document_of(archive.encode(), "a.mhtml").text == "149 élus"


def test_a_web_archive_without_page_is_told():
    archive = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\n--x--\r\n'
    with pytest.raises(DocumentError, match="a web archive without a page"):
        document_of(archive, "a.mhtml")


TABLE = "<table><tr><th>Département<th>Phase 1<th>Phase 2<tr><td>Eure<td>231<td>483</table>"


@pytest.mark.parametrize(
    "around",
    [
        "<p class=caption>Communes du programme</p>{}",
        "<p>Communes du programme</p>{}",
        "<div class='tableau-legende'>Communes du programme</div>{}",
        "<figure>{}<figcaption>Communes du programme</figcaption></figure>",
        "<figure><figcaption>Communes du programme</figcaption>{}</figure>",
    ],
)
def test_a_line_above_a_table_or_below_it_in_its_figure_heads_its_cells(around):
    document = page(f"<article>{ARTICLE}{around.format(TABLE)}<p>La suite.</p></article>")
    assert heads_of(document, "483") == ["Phase 2", "Eure", "Communes du programme"]
    assert told(document, "caption") == ["Communes du programme"]
    assert told(document)[-1] == "La suite."


def test_a_source_below_a_table_heads_nothing_of_the_next():
    document = page(
        f"<article>{ARTICLE}{TABLE}<p class=caption>Source : liste.</p>{TABLE.replace('483', '500')}</article>"
    )
    assert heads_of(document, "500") == ["Phase 2", "Eure"]
