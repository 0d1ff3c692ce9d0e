import json
import re
from pathlib import Path

import polars as pl

from analysis.charts.catalogue import charts
from analysis.charts.drawing import picture_files
from analysis.upkeep import generated


def pattern(name):
    """The catalogue's name of a figure as a regular expression."""
    return re.compile(re.sub(r"<\w+>", r"[\\w-]+", name))


def owners(root):
    """The French notebook that shows each published figure, by the manifest."""
    reports = json.loads((root / "outputs/notebooks/manifest.json").read_text())["reports"]
    return {
        path.stem: stem
        for stem, one in reports.items()
        for path in map(Path, one["outputs"])
        if path.suffix == ".svg" and "en" not in path.parts
    }


def test_every_figure_of_the_pipeline_has_picture_data_and_text(root):
    folder = root / "outputs/figures"
    names = owners(root)
    assert {path.name for path in folder.iterdir() if path.is_file()} == {
        f"{one}.{kind}" for one in names for kind in picture_files.ENDINGS
    }
    for name in names:
        title, alt, credit = (folder / f"{name}.txt").read_text().splitlines()
        assert len(alt) > len(title) / 2
        assert credit.startswith("Source")
        assert pl.read_csv(folder / f"{name}.csv", infer_schema=False).height > 0
        svg = (folder / f"{name}.svg").read_text()
        assert "<desc>" in svg
        assert not re.search(r'(?:href|src)="https?://', svg)


def test_catalogue_of_the_readme_names_every_published_figure_with_its_notebook(root):
    shown = {one.entry: (pattern(one.entry), notebook) for one, notebook in generated.figures_shown(root)}
    met = set()
    for figure, stem in owners(root).items():
        found = [name for name, (one, notebook) in shown.items() if one.fullmatch(figure) and stem.startswith(notebook)]
        assert len(found) == 1, figure
        met.update(found)
    assert met == set(shown)


def test_every_chart_is_shown_in_a_notebook(root):
    assert sorted(one.name for one, _ in generated.figures_shown(root)) == list(charts())


def test_every_figure_is_shown_in_its_notebook(root):
    for name, stem in owners(root).items():
        executed = (root / "outputs/notebooks" / f"{stem}.ipynb").read_text()
        alt = (root / "outputs/figures" / f"{name}.txt").read_text().splitlines()[1]
        assert alt[:60] in executed.replace('\\"', '"'), name


def test_gallery_is_what_the_pipeline_draws(root):
    names = {path.name for path in (root / "docs/gallery").iterdir()}
    assert names == {f"{name}.{kind}" for name in generated.SHOWN for kind in ("png", "txt")}
    for name in generated.SHOWN:
        alt = (root / "outputs/figures" / f"{name}.txt").read_text().splitlines()[1]
        assert (root / f"docs/gallery/{name}.txt").read_text().strip() == alt


def test_write_gallery_replaces_the_folder(built, monkeypatch):
    monkeypatch.setattr(generated, "SHOWN", ["coverage"])
    (built / "docs/gallery").mkdir(parents=True)
    (built / "docs/gallery/old.png").write_bytes(b"old")
    for _ in range(2):
        generated.write_gallery(built)
    assert {path.name for path in (built / "docs/gallery").iterdir()} == {"coverage.png", "coverage.txt"}
