"""The site: its own pages on tiny inputs, the pages that the pipeline built, and a second build elsewhere."""

import filecmp
import gzip
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from html import escape as html_escape
from pathlib import Path

import polars as pl
import pytest
import yaml

from analysis.errors import MissingFileError, SiteError
from analysis.io import params
from analysis.publication.site import build as site
from analysis.publication.site import html as site_html
from analysis.publication.site import kept, own_pages, read_files
from analysis.publication.site import reading_notes as site_notes
from analysis.publication.site.files import link_tree
from analysis.publication.site.guides import GUIDES
from analysis.publication.site.places import Places
from analysis.publication.site.read_inputs import read_places
from analysis.publication.site.script_texts import QUESTIONS
from analysis.publication.site.sphinx import folded, render
from analysis.reports import notebooks
from analysis.reports.notebooks import parameters
from analysis.reports.origin_marks import claimed
from analysis.sources import provenance
from analysis.sources.corrections import Correction
from analysis.sources.notes import Note, Sentence

REPORTS = ("50_", "60_")  # beginnings of the stems of reports
# Words of the theme and of MyST-NB that would show if a translation were missing.
ENGLISH = (
    "Skip to main", "Back to top", "On this page", "Site navigation", "Section Navigation", "Color mode", "Search",
    "Show code", "Hide code", "Toggle", "Breadcrumb", "previous", "next page", "Permalink", "Built with",
    "Created using", "Download", "Sources:",
)  # fmt: skip


# --- pages -------------------------------------------------------------------------------------------------


def claims(*rows: tuple[str, str, str, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["claim_id", "source_id", "sentence", "start", "end"], orient="row")


def test_note_marks_each_figure_and_gives_it_an_anchor(root):
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    source = next(one for one in known.values() if one.kind == "report")
    text = "La phase 1 <compte> 149 territoires."
    note = Note(source.id, "x.md", source.published or "", [Sentence(text, 1), Sentence("Sans chiffre relevé.", 2)])
    page = site_notes.notes([note], known, claims(("a:b:france:1", source.id, text, 20, 23)))
    figure = claimed("149", "a:b:france:1")
    assert f'<li id="a:b:france:1">La phase 1 &lt;compte&gt; <strong>{figure}</strong> territoires.' in page
    assert 'href="#a:b:france:1"' in page
    assert "<li>Sans chiffre relevé.</li>" in page


def test_page_of_sources_shows_each_correction_with_what_the_list_has_and_why(root):
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    fix = Correction(
        table="territories", where={"phase": 1}, column="name", **{"from": "L'Ecole", "to": "L'École"},
        reason="L’accent manque ; le COG l’écrit.",
    )  # fmt: skip
    page = site_notes.sources(known, claims(), [], [fix])
    assert "<li>L’École, dans la liste «\u00a0L’Ecole\u00a0». L’accent manque\u00a0; le COG l’écrit.</li>" in page


def test_source_page_counts_figures_and_gives_licence_and_link(root):
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    source = next(one for one in known.values() if one.kind == "report" and one.url)
    page = site_notes.sources(known, claims(("a", source.id, "x", 0, 1), ("b", source.id, "y", 0, 1)), [source.id])
    entry = page.split(f'id="source-{source.id}"')[1].split("</li>")[0]
    assert "2\u00a0chiffres repris" in entry
    assert f'href="{source.url}"' in entry
    assert source.licence.name in entry
    assert all(f'id="source-{one}"' in page for one in known)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0\u00a0octets"), (999, "999\u00a0octets"), (64_800, "65\u00a0ko"), (1_751_677, "1,8\u00a0Mo")],
)
def test_size_is_written_in_french(size, text):
    assert site_html.size_text(size) == text


def test_raw_block_cannot_be_closed_from_inside():
    assert site_html.raw("```\n# Titre").count("```") == 2


def test_accents_are_folded_for_search():
    assert folded("région œuvre Noël") == "region œuvre Noel"


def test_card_that_no_notebook_shows_is_refused():
    with pytest.raises(SiteError, match="only none"):
        own_pages.cards([], [])


def test_page_that_sphinx_warns_about_is_refused(tmp_path):
    source = tmp_path / "source"
    (source / "_static").mkdir(parents=True)
    (source / "_static/favicon.svg").write_text("<svg/>", encoding="utf-8")
    (source / "index.md").write_text("# Titre\n\n[perdue](absente.md)\n", encoding="utf-8")
    with pytest.raises(SiteError, match=r"Sphinx warns: index\.md:3: .*absente\.md"):
        render(source, tmp_path / "html", tmp_path / "cache")


# --- the built site ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built_site(root: Path) -> Path:
    folder = root / "outputs/site"
    if not (folder / "index.html").is_file():
        pytest.fail("outputs/site is not built: run `make`.")
    return folder


@pytest.fixture(scope="module")
def stems(root, table) -> list[str]:
    reports = params.read(root).reports
    french = reports.model_copy(update={"languages": ["fr"]})
    return sorted(job.stem for job in notebooks.jobs(french, table("core_territories"), parameters.read(root)))


@pytest.fixture(scope="module")
def places(root) -> Places:
    return read_places(root)


@pytest.fixture(scope="module")
def html(built_site) -> dict[str, str]:
    paths = [*sorted(built_site.glob("*.html")), built_site / "atlas/index.html"]
    return {path.relative_to(built_site).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def visible(html: str) -> str:
    """What a reader may see or hear: text, titles and labels, without code."""
    labels = re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*)"', html)
    text = re.sub(r"<(script|style|pre|code)\b.*?</\1>|<!--.*?-->|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join((text, *labels))


def test_every_page_is_there(built_site, html, stems, table):
    own = {
        "index.html", "search.html", "regions.html", "territoires.html", "donnees.html", "fichiers-rapports.html",
        "sources.html", "notes.html", "chiffres.html", "calculs.html", "communes.html", "atlas/index.html",
        *(f"{name}.html" for name in GUIDES),
    }  # fmt: skip
    departments = {f"communes-{code}.html" for code in table("core_communes")["department_code"]}
    wanted = own | departments | {f"{stem}.html" for stem in stems}
    assert set(html) == wanted
    assert all((built_site / "en" / name).is_file() for name in wanted)


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_site_keeps_its_promises(built_site, stems):
    site.check(built_site, [f"{stem}.html" for stem in stems])


def test_every_figure_in_a_page_has_text(html):
    for name, text in html.items():
        for image in re.findall(r"<img\b[^>]*>", text):
            assert re.search(r'alt="[^"]{10,}"', image), name


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_pages_are_in_french(html):
    for name, text in html.items():
        assert '<html lang="fr"' in text
        seen = visible(text)
        found = [word for word in ENGLISH if word in seen]
        assert not found, f"{name}: {found}"


def test_first_page_shows_three_figures_and_five_questions(html):
    assert html["index.html"].count('class="card-figure"') == 3
    listed = re.findall(
        r'<li><a href="(\w+)\.html">', html["index.html"].split('class="questions"')[1].split("</ol>")[0]
    )
    assert listed == [one.stem for one in QUESTIONS]


def test_side_bar_lists_national_pages_and_indexes_and_marks_where_the_reader_is(html, stems):
    for name, text in html.items():
        bar = re.search(r'<nav class="bd-docs-nav.*?</nav>', text, re.DOTALL)[0]
        national = [f"{stem}.html" for stem in stems if not stem.startswith(REPORTS)]
        places = ["atlas/index.html", "regions.html", "territoires.html", "communes.html"]
        references = ("donnees", "sources", "notes", "chiffres", "calculs", *GUIDES)
        others = [*places, *(f"{one}.html" for one in references)]
        found = [name if one == "#" else one.removeprefix("../") for one in re.findall('href="([^"]+)"', bar)]
        assert found == [*national, *others]
        sections = {"50_": "regions.html", "60_": "territoires.html", "communes-": "communes.html"}
        section = next((one for start, one in sections.items() if name.startswith(start)), name)
        current = re.findall(r'class="toctree-l1 current active"><a [^>]*href="([^"]+)"', bar)
        assert [name if one == "#" else one for one in current] == ([section] if section in found else [])


def test_report_and_its_places_lead_to_each_other(html, stems, places):
    for stem in (one for one in stems if one.startswith(REPORTS)):
        place, text = places.by_stem[stem], html[f"{stem}.html"]
        index = "territoires.html" if place.phase else "regions.html"
        assert f'href="{stem}.html"' in html[index]
        assert f'href="territoires.html#region-{place.region_code}"' in text
        region = places.by_code[place.region_code]
        if place.phase and region.stem:
            crumbs = re.search(r'<ul class="bd-breadcrumbs">.*?</ul>', text, re.DOTALL)[0]
            assert re.findall(r'href="([^"]+)" class="nav-link">([^<]+)<', crumbs) == [
                ("regions.html", "Régions"),
                (region.address, html_escape(region.name)),
            ]
            assert f'<td><a href="{stem}.html">{html_escape(place.name)}</a></td>' in html[region.address]


def test_no_page_is_heavy(built_site):
    for path in built_site.glob("*.html"):
        assert len(gzip.compress(path.read_bytes(), mtime=0)) < 300_000, path.name


def test_first_page_takes_its_numbers_from_the_tables(html, table):
    count = table("out_region_coverage").filter(region_code="FR").sort("phase")["territory_count"].to_list()
    message = html["index.html"].split('class="message"')[1].split("</p>")[0]
    assert set(map(str, count)) <= set(re.findall(r">(\d+)<", message))


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_every_published_file_can_be_downloaded(built_site, html, root):
    links = {name: set(re.findall(r'href="fichiers/([^"]+)"', text)) for name, text in html.items()}
    reached = links["donnees.html"] | links["fichiers-rapports.html"]
    for name in ("donnees.html", "fichiers-rapports.html"):
        english = (built_site / "en" / name).read_text(encoding="utf-8")
        links[f"en/{name}"] = set(re.findall(r'href="\.\./fichiers/([^"]+)"', english))
        reached |= links[f"en/{name}"]
    of_places = re.compile(
        r"notebooks/(?:en/)?[56]0_|figures/.*(?:_\d\d(?:_phase\d)?|_ti-\d{4})\.|tables/regions/.*(?:csv|json)"
    )
    for kind in ("figures", "tables", "notebooks"):
        for path in (
            one for one in (root / "outputs" / kind).rglob("*") if one.is_file() and one.name != "manifest.json"
        ):
            name = path.relative_to(root / "outputs").as_posix()
            assert (built_site / "fichiers" / name).read_bytes() == path.read_bytes()
            if path.suffix != ".txt":
                assert name in reached
                page = "en/donnees.html" if "/en/" in name or name.endswith(".en.xlsx") else "donnees.html"
                assert (name in links[page]) != bool(of_places.match(name)), name


def test_report_gives_its_own_files_with_the_workbook_of_its_language(built_site, html, stems, root):
    for stem in (one for one in stems if one.startswith("50_")):
        folder = root / "outputs/tables/regions" / stem.removeprefix("50_region_")
        pages = {"": html[f"{stem}.html"], "../": (built_site / f"en/{stem}.html").read_text(encoding="utf-8")}
        for path in folder.iterdir():
            given = {way for way, page in pages.items() if _gives(page, way, f"regions/{folder.name}/{path.name}")}
            workbook = "../" if path.name.endswith(".en.xlsx") else "" if path.suffix == ".xlsx" else None
            assert given == (set(pages) if workbook is None else {workbook}), path


def _gives(page: str, way: str, file: str) -> bool:
    return f'href="{way}fichiers/tables/{file}" download' in page


def test_every_claim_has_an_anchor(html, table):
    anchors = set(re.findall(r'id="([^"]+)"', html["notes.html"]))
    assert set(table("core_claims")["claim_id"]) <= anchors


def test_every_published_number_of_territories_leads_to_its_sentence(html, table):
    page = html["10_label_timeline.html"]
    assert all(f'<a href="notes.html#{one}">' in page for one in table("out_label_timeline")["claim_id"])


def test_search_index_holds_territories_without_accents(built_site):
    index = (built_site / "searchindex.js").read_text(encoding="utf-8")
    assert "metropol" in index
    assert "Stemmer" in (built_site / "_static/language_data.js").read_text(encoding="utf-8")
    assert "search-atlas.js" in (built_site / "search.html").read_text(encoding="utf-8")


def test_site_holds_no_machine_path_and_no_cache(built_site, root):
    names = {path.name for path in built_site.rglob("*")}
    assert not names & {".buildinfo", ".doctrees", "_sources", "environment.pickle"}
    for path in built_site.rglob("*"):
        if path.suffix in {".html", ".js", ".css", ".svg"}:
            text = path.read_text(encoding="utf-8")
            assert str(root) not in text, path
            assert "/tmp/" not in text, path
            if path.suffix == ".html":
                assert f"{date.today():%Y-%m-%d}" not in text, path


FEW = {"languages": ["fr"], "regions": ["84"], "territories": [{"phase": 1, "territory_id": "ti-8401"}]}


def ask_for(project: Path, reports: dict) -> None:
    """Set which reports params.yaml asks for."""
    content = yaml.safe_load((project / "params.yaml").read_text(encoding="utf-8"))
    content["reports"] |= reports
    (project / "params.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")


STYLE, GUIDE = "_static/atlas.css", "pages/methode.md"  # among the site's assets
EDITS = (  # a file, what is replaced in it, by what, and a page that shows it
    (f"src/analysis/publication/site/assets/{STYLE}", r"\Z", ".loop { top: 0 }\n", "_static/site.css"),
    (f"src/analysis/publication/site/assets/{GUIDE}", "montre deux sortes", "montre ici deux sortes", "methode.html"),
    ("outputs/notebooks/20_national_map.ipynb", '"# Où', '"# Ici, où', "20_national_map.html"),
    (
        "src/analysis/i18n/locale/en.po",
        "industrie and share of each",
        "industrie, and share of each",
        "en/regions.html",
    ),
    ("params.yaml", "ti-8401", "ti-8402", "60_territory_1_ti-8402.html"),
)


def rebuilt(project: Path) -> Path:
    """The site of a copy of the project, made by the code that is in it."""
    environment = os.environ | {"PYTHONPATH": str(project / "src")}
    command = [sys.executable, "-m", "analysis", "site"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return project / "outputs/site"


def replace(path: Path, old: str, new: str) -> None:
    """Replace a pattern once in a file, which has a second name."""
    text, count = re.subn(old, lambda _: new, path.read_text(encoding="utf-8"), count=1)
    assert count, path
    path.unlink()
    path.write_text(text, encoding="utf-8")


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_building_again_after_edits_gives_the_bytes_of_a_build_from_nothing_elsewhere(built, root, tmp_path):
    """With a few reports: what makes a page does not depend on how many there are."""
    for kind in ("figures", "tables", "notebooks"):
        link_tree(root / "outputs" / kind, built / "outputs" / kind)
    shutil.copytree(root / "src", built / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    ask_for(built, FEW | {"languages": ["fr", "en"]})
    first = rebuilt(built)
    for path, old, new, page in EDITS:
        before = (first / page).read_bytes() if (first / page).is_file() else b""
        replace(built / path, old, new)
        assert (rebuilt(built) / page).read_bytes() != before, path
    elsewhere = tmp_path / "elsewhere" / "the same"
    shutil.copytree(built, elsewhere, symlinks=True)
    shutil.rmtree(elsewhere / kept.FOLDER)
    second = rebuilt(elsewhere)
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert filecmp.cmpfiles(first, second, map(str, files), shallow=False)[1:] == ([], [])
    assert "<h1>Ici, où sont" in (first / "20_national_map.html").read_text(encoding="utf-8")


def test_site_of_which_nothing_changed_is_taken_as_it_is(built, root, monkeypatch):
    """No edition is started, no page is written, and what was checked is checked again."""
    for kind in ("figures", "tables", "notebooks"):
        link_tree(root / "outputs" / kind, built / "outputs" / kind)
    ask_for(built, FEW | {"regions": [], "territories": []})
    site.build(built)
    before = {path: path.stat().st_ino for path in (built / "outputs/site").rglob("*") if path.is_file()}
    monkeypatch.setattr(site, "ProcessPoolExecutor", None)
    site.build(built)
    assert before == {path: path.stat().st_ino for path in (built / "outputs/site").rglob("*") if path.is_file()}
    (built / "outputs/tables/out_plan.csv").rename(built / "outputs/tables/out_plan2.csv")
    with pytest.raises(TypeError):  # what it is made from is another: an edition would be started
        site.build(built)


def test_failed_build_leaves_the_old_site(built, root):
    old = built / "outputs/site/index.html"
    old.parent.mkdir(parents=True)
    old.write_text("ancien", encoding="utf-8")
    ask_for(built, FEW)  # every edition takes a process of its own
    with pytest.raises(MissingFileError, match=r"outputs/notebooks/10_label_timeline\.ipynb"):
        site.build(built)
    assert old.read_text(encoding="utf-8") == "ancien"
    assert [path.name for path in (built / "outputs").iterdir()] == ["site"]


def test_broken_notebook_and_missing_figure_file_are_named(built):
    ask_for(built, FEW)  # every edition takes a process of its own
    (built / "outputs/notebooks").mkdir(parents=True)
    (built / "outputs/notebooks/10_label_timeline.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(SiteError, match=r"10_label_timeline\.ipynb: not a notebook"):
        site.build(built)
    (built / "outputs/figures").mkdir()
    for end, text in (("svg", "<svg/>"), ("txt", "Titre\nTexte\nSource\n")):
        (built / f"outputs/figures/map.{end}").write_text(text, encoding="utf-8")
    with pytest.raises(MissingFileError, match=r"outputs/figures/map\.png"):
        read_files.published_figures(built)


def test_every_page_loads_one_style_sheet_and_script_in_common(built_site):
    pages = [path for path in built_site.rglob("*.html") if "fichiers" not in path.parts]
    assert len(pages) > 10
    for path in pages:
        found = set(re.findall(r'(?:href|src)="(?:\.\./)*_static/([^"?]+)', path.read_text(encoding="utf-8")))
        assert {"mode.js", "site.css", "site.js"} <= found, path
        assert not {"told.js", "told.css", "doctools.js", "basic.css"} & found, path
    assert not (built_site / "_static/told.js").exists()
    assert (built_site / "_static/told-data.js").is_file()
