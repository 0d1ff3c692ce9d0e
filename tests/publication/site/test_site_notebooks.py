"""Executed notebooks as the site shows them: pictures, tables, code behind toggles."""

import base64
import struct

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import SiteError
from analysis.publication.site import html as site_html
from analysis.publication.site import notebooks as site_notebooks
from analysis.publication.site.places import Place, Places

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480)


def shown(output: nbformat.NotebookNode, **metadata: object) -> site_notebooks.SitePage:
    cell = new_code_cell("atlas.x()", outputs=[output], metadata=metadata, id="x")
    return site_notebooks.page("10_x", new_notebook(cells=[new_markdown_cell("# Où ?\n\nIci. Et là."), cell]))


def picture(**described: str) -> nbformat.NotebookNode:
    data = {"image/png": base64.b64encode(PNG).decode(), "text/plain": "x"}
    return new_output("display_data", data, metadata={"image/png": described})


def html_of(page: site_notebooks.SitePage) -> str:
    return page.notebook.cells[1].outputs[0].data["text/html"]


def test_picture_takes_alternative_text_name_and_size_from_the_output():
    page = shown(picture(alt='Deux "cartes" & un <b>', name="national_map"))
    assert 'alt="Deux &quot;cartes&quot; &amp; un &lt;b&gt;"' in html_of(page)
    assert 'src="images/national_map.png"' in html_of(page)
    assert 'width="640" height="480"' in html_of(page)
    assert page.pictures == {"national_map": PNG}


def test_picture_links_to_its_published_files():
    html = html_of(shown(picture(alt="Carte.", name="national_map")))
    for end in ("svg", "png", "csv"):
        assert f'href="fichiers/figures/national_map.{end}" download' in html


def test_picture_without_name_is_shown_without_downloads():
    page = shown(picture(alt="Carte."))
    assert list(page.pictures) == ["10_x-x-0"]
    assert "figcaption" not in html_of(page)


def test_picture_without_alternative_text_is_refused():
    with pytest.raises(SiteError, match=r"10_x\.ipynb, cell `atlas.x\(\)`: the picture map has no alternative text"):
        shown(picture(name="map"))


@pytest.mark.parametrize("name", ["../map", "a/b", ""])
def test_picture_name_that_is_no_file_name_is_refused(name):
    if name:
        with pytest.raises(SiteError, match="no file name"):
            shown(picture(alt="Carte.", name=name))
    else:
        assert list(shown(picture(alt="Carte.", name=name)).pictures) == ["10_x-x-0"]


def test_markdown_output_stays_text():
    page = shown(new_output("display_data", {"text/markdown": "<script>alert(1)</script> : oui"}))
    assert page.notebook.cells[1].outputs[0].data["text/markdown"] == "&lt;script>alert(1)&lt;/script>\u00a0: oui"


def test_table_scrolls_under_its_caption():
    table = '<table class="atlas-table">\n<caption>Membres &amp; <b>communes</b></caption></table>'
    html = html_of(shown(new_output("display_data", {"text/html": table})))
    assert html.startswith('<div class="table-scroll" tabindex="0" role="region" aria-label="Membres &amp; communes">')


def test_cell_that_quotes_a_note_leads_to_it():
    table = '<td>Il y en a 149&nbsp;: oui.</td><td>Autre</td><td class="number">149</td>'
    linked = site_html.linked(table, {"Il y en a 149\u00a0: oui.": "notes.html#a:1", "149": "x"})
    assert linked == table.replace("<td>Il", '<td><a href="notes.html#a:1">Il').replace("oui.</td>", "oui.</a></td>")


def test_table_of_a_section_leads_to_the_sheets_of_the_phase_it_names():
    table = "<table>\n<caption>Contrats</caption>\n<thead><tr><th>Nom dans la liste officielle</th></tr></thead>\n"
    table += "<tbody>\n<tr><td>Vosges</td></tr>\n</tbody></table>"
    titles = ("# Région", "## Contrats de la phase 1", "## Contrats de la phase 2")
    cells = [new_markdown_cell(titles[0])]
    for title in titles[1:]:
        output = new_output("display_data", {"text/html": table})
        cells += [new_markdown_cell(title), new_code_cell("atlas.x()", outputs=[output])]
    sheets = tuple(Place("44", "Vosges", f"60_territory_{phase}_ti-4415", phase, "ti-4415") for phase in (1, 2))
    page = site_notebooks.page("50_x", new_notebook(cells=cells), known=Places((), sheets))
    shown = [cell.outputs[0].data["text/html"] for cell in page.notebook.cells if cell.cell_type == "code"]
    assert '<td><a href="60_territory_1_ti-4415.html">Vosges</a></td>' in shown[0]
    assert '<td><a href="60_territory_2_ti-4415.html">Vosges</a></td>' in shown[1]


def test_code_without_result_joins_the_next_cell():
    output = new_output("stream", text="1\n")
    cells = [new_markdown_cell("# T"), new_code_cell("a = 1"), new_code_cell("print(a)", outputs=[output])]
    page = site_notebooks.page("10_x", new_notebook(cells=cells))
    code = [cell for cell in page.notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code] == ["a = 1\n\nprint(a)"]
    assert "hide-input" in code[0].metadata.tags


def test_title_names_the_place_and_the_notebook_given_stays_as_it_was():
    given = new_notebook(cells=[new_markdown_cell("# Une région\n\nOù ?")])
    page = site_notebooks.page("50_region_44", given, "Grand Est")
    assert page.title == "Une région\u00a0: Grand Est"
    assert page.notebook.cells[0].source.startswith("# Une région\u00a0: Grand Est\n")
    assert given.cells[0].source == "# Une région\n\nOù ?"


def test_notebook_without_title_is_refused():
    with pytest.raises(SiteError, match="no title"):
        site_notebooks.page("10_x", new_notebook(cells=[new_markdown_cell("Rien")]))


def test_marks_and_what_stays_french_are_the_only_tags_in_markdown():
    kept = '<data class="told" value="claim:a">1 &lt;b&gt; 2</data> (<span lang="fr">Le Monde</span>)'
    text = f'{kept} <span onclick="x">non</span> <data class="told" value="a" id="b">3</data>'
    page = shown(new_output("display_data", {"text/markdown": text, "text/plain": "x"}))
    assert page.notebook.cells[1].outputs[0].data["text/markdown"] == kept + text.removeprefix(kept).replace(
        "<", "&lt;"
    )


def test_sentence_that_stays_french_leads_to_its_note():
    table = '<td lang="fr">Il y en a 149.</td><td lang="fr">Autre.</td>'
    linked = site_html.linked(table, {"Il y en a 149.": "notes.html#a:1"})
    assert linked == '<td lang="fr"><a href="notes.html#a:1">Il y en a 149.</a></td><td lang="fr">Autre.</td>'
