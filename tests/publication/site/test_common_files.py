"""What every page loads is one style sheet and one script; what only some load stays as it is."""

import re
import shutil
from pathlib import Path

import pytest

from analysis.errors import SiteError
from analysis.publication.site import common_files

HEAD = """<head>
  <script src="{0}_static/mode.js"></script>
  <link rel="stylesheet" href="{0}_static/a.css"/>
    <link rel="stylesheet" type="text/css" href="{0}_static/styles/b.css?v=12" />
  {1}<script defer src="{0}_static/one.js?v=3"></script>
  <script defer="defer" src="{0}_static/two.js"></script>
</head>"""
OWN = '<link rel="stylesheet" href="../_static/map.css"/><script defer src="../_static/map.js"></script>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two pages at two depths, of which one loads more than the other."""
    for name in ("a.css", "styles/b.css", "map.css"):
        path = tmp_path / "_static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f".{path.stem} {{ top: 0 }}", encoding="utf-8")
    for name in ("mode.js", "one.js", "two.js", "map.js"):
        (tmp_path / "_static" / name).write_text(f'"{name}" // said', encoding="utf-8")
    (tmp_path / "_static/macros.html").write_text("no page of the site", encoding="utf-8")
    (tmp_path / "atlas").mkdir()
    (tmp_path / "index.html").write_text(HEAD.format("", ""), encoding="utf-8")
    (tmp_path / "atlas/index.html").write_text(HEAD.format("../", OWN), encoding="utf-8")
    return tmp_path


def join(folder: Path) -> None:
    """Join what the pages of a site ask for, and have them ask for that."""
    pages = {folder / name: (folder / name).read_text(encoding="utf-8") for name in ("atlas/index.html", "index.html")}
    joints = common_files.join(folder, [common_files.asked(text) for text in pages.values()])
    for path, text in pages.items():
        path.write_text(common_files.versioned(common_files.joined(text, joints), joints), encoding="utf-8")


def asked(page: Path) -> list[str]:
    """What a page loads, without versions."""
    return re.findall(r'(?:href|src)="([^"?]+)', page.read_text(encoding="utf-8"))


def test_pages_load_what_they_share_at_once_and_the_rest_as_before(site: Path) -> None:
    join(site)
    assert asked(site / "index.html") == ["_static/mode.js", "_static/site.css", "_static/site.js"]
    expected = ["mode.js", "site.css", "map.css", "map.js", "site.js"]
    assert asked(site / "atlas/index.html") == [f"../_static/{one}" for one in expected]
    left = sorted(path.relative_to(site / "_static").as_posix() for path in (site / "_static").rglob("*"))
    assert left == ["macros.html", "map.css", "map.js", "mode.js", "site.css", "site.js"]
    assert (site / "_static/site.css").read_text(encoding="utf-8") == ".a { top: 0 }\n.b { top: 0 }"
    assert (site / "_static/site.js").read_text(encoding="utf-8") == '"one.js" // said\n;\n"two.js" // said'


def test_the_address_changes_with_what_is_loaded(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = shutil.copytree(site, tmp_path_factory.mktemp("other") / "site")
    (other / "_static/a.css").write_text(".other { top: 0 }", encoding="utf-8")
    pages = []
    for folder in (site, other):
        join(folder)
        pages.append((folder / "index.html").read_text(encoding="utf-8"))
    sheets, scripts = ([re.findall(rf"site\.{kind}\?v=(\w{{8}})", page) for page in pages] for kind in ("css", "js"))
    assert len(sheets[0]) == len(sheets[1]) == 1
    assert sheets[0] != sheets[1]
    assert scripts[0] == scripts[1]


@pytest.mark.parametrize("address", ["url(images/x.png)", "url( '../x.woff2')"])
def test_a_style_sheet_that_loads_from_its_own_folder_is_named(site: Path, address: str) -> None:
    (site / "_static/styles/b.css").write_text(f".b {{ background: {address} }}", encoding="utf-8")
    with pytest.raises(SiteError, match=r"styles/b\.css.*x\.(png|woff2)"):
        join(site)


def test_pictures_within_a_style_sheet_may_stay(site: Path) -> None:
    kept = '.b { background: url("data:image/svg+xml,<svg/>"); fill: url(#a) }'
    (site / "_static/styles/b.css").write_text(kept, encoding="utf-8")
    join(site)
    assert (site / "_static/site.css").read_text(encoding="utf-8").endswith(kept)
