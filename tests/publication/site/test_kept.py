"""A site that is built again makes only the pages that are due, and is the one that a build from nothing gives."""

import filecmp
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import SiteError
from analysis.io import memory
from analysis.publication.site import kept
from analysis.publication.site.html import ExtraPage
from analysis.publication.site.sphinx import render

PAGES = {
    "index": "# Accueil\n\n[la suite](deux.md)\n\n```{toctree}\n:hidden:\n\nun\ndeux\ntrois\n```",
    "un": "# Premier titre\n\nUn hippopotame.\n\n[](deux.md) [là](#ici)",
    "deux": "# Deuxième titre\n\n(ici)=\n## Partie\n\nUn zèbre.",
    "trois": "# Troisième titre\n\nUn zèbre et un lynx.",
}
EXTRA = ExtraPage("sous/extra", "Carte", "<h1>Carte</h1><p>a</p>", (("un", "Premier titre"),))


class Site:
    """Markdown of a site, built where an earlier build is kept, or elsewhere from nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.pages, self.extra, self.nav = folder, dict(PAGES), [EXTRA], "Lieux"

    def build(self, place: str = "again") -> Path:
        work = self.folder / place
        shutil.rmtree(work / "source", ignore_errors=True)
        (work / "source/_static").mkdir(parents=True)
        (work / "source/_static/favicon.svg").write_text("<svg/>", encoding="utf-8")
        for name, text in self.pages.items():
            (work / f"source/{name}.md").write_text(text, encoding="utf-8")
        shown = {"atlas_nav": [(self.nav, [("un", "Premier titre")])]}
        render(work / "source", work / "html", work / "trees", shown, self.extra)
        return work / "html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("site"))
    made.pages |= {"sources": "---\norphan: true\n---\n# Sources", "donnees": "---\norphan: true\n---\n# Données"}
    made.build()
    return made


def text(site: Site) -> None:
    site.pages["un"] = site.pages["un"].replace("hippopotame", "rhinocéros")


def heading(site: Site) -> None:
    site.pages["deux"] = site.pages["deux"].replace("Deuxième titre", "Autre titre")


def target(site: Site) -> None:
    site.pages["deux"] = site.pages["deux"].replace(
        "(ici)=\n## Partie\n\nUn zèbre.", "## Une autre\n\n(ici)=\n## Partie"
    )


def gone(site: Site) -> None:
    del site.pages["trois"]
    site.pages["index"] = site.pages["index"].replace("\ntrois", "")


def added(site: Site) -> None:
    site.pages["quatre"] = "# Quatrième\n\nUn ours."
    site.pages["index"] = site.pages["index"].replace("\nun\n", "\nun\nquatre\n")


def framed(site: Site) -> None:
    site.extra = [ExtraPage("sous/extra", "Carte", "<h1>Carte</h1><p>b</p>", (("un", "Premier titre"),))]


def navigation(site: Site) -> None:
    site.nav = "Places"


def no_extra(site: Site) -> None:
    site.extra = []


def files(folder: Path) -> list[str]:
    """All that a reader may get; `.buildinfo` is Sphinx's own."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [one for one in found if one != ".buildinfo"]


@pytest.mark.parametrize("edit", [text, heading, target, gone, added, framed, navigation, no_extra])
def test_building_again_after_an_edit_gives_what_a_build_from_nothing_gives(site: Site, edit: Callable) -> None:
    before = {path: path.read_bytes() for path in (site.folder / "again/html").rglob("*.html")}
    edit(site)
    again, fresh = site.build(), site.build(edit.__name__)
    assert files(again) == files(fresh)
    assert filecmp.cmpfiles(again, fresh, files(fresh), shallow=False)[1:] == ([], [])
    assert before != {path: path.read_bytes() for path in again.rglob("*.html")}, "the edit reaches no page"


def test_pages_that_are_not_due_are_not_written_again(site: Site) -> None:
    before = {path: path.stat().st_mtime_ns for path in (site.folder / "again/html").glob("*.html")}
    site.pages["deux"] += "\n\nUne ligne."
    site.build()
    written = {path.stem for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert written == {"deux", "search", "index"}  # index lists deux


def test_page_that_is_lost_is_written_again(site: Site) -> None:
    page = site.folder / "again/html/un.html"
    held = page.read_bytes()
    page.unlink()
    site.build()
    assert page.read_bytes() == held


# --- what is trusted ---------------------------------------------------------------------------------------


def used(place: Path) -> bool:
    """Whether a build finds what another has left."""
    with kept.kept(place) as work:
        found = (work / "trees").is_dir()
        (work / "trees").mkdir(exist_ok=True)
    return found


def test_what_a_whole_build_left_is_used(tmp_path: Path) -> None:
    assert [used(tmp_path / "fr"), used(tmp_path / "fr")] == [False, True]


@pytest.mark.parametrize("stopped", [SiteError("x", repair="y"), KeyboardInterrupt()])
def test_nothing_is_used_of_a_build_that_stopped(tmp_path: Path, stopped: BaseException) -> None:
    used(tmp_path / "fr")
    with pytest.raises(type(stopped)), kept.kept(tmp_path / "fr"):
        raise stopped
    assert not used(tmp_path / "fr")


@pytest.mark.parametrize("changed", ["TEMPLATES", "CODE", "PACKAGES"])
def test_other_code_templates_or_packages_use_nothing(tmp_path: Path, monkeypatch, changed: str) -> None:
    copies = {"TEMPLATES": "atlas-nav.html", "CODE": "publication/site/sphinx.py", "PACKAGES": "x-1.0.dist-info"}
    there = tmp_path / changed
    if changed == "PACKAGES":
        (there / copies[changed]).mkdir(parents=True)
    else:
        shutil.copytree(getattr(kept, changed), there, ignore=shutil.ignore_patterns("*.pyc", "_static"))
    monkeypatch.setattr(memory if changed == "PACKAGES" else kept, changed, there)
    used(tmp_path / "fr")
    assert used(tmp_path / "fr")
    if changed == "PACKAGES":
        (there / copies[changed]).rename(there / "x-1.1.dist-info")
    else:
        path = there / copies[changed]
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not used(tmp_path / "fr")
