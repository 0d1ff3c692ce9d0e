"""Charts of what stands around the programme: what they tell, and nothing that reads as an effect."""

import re

import nbformat
import polars as pl
import pytest
from matplotlib.colors import to_hex
from sight import is_red

from analysis.charts.employment_groups import employment_groups
from analysis.charts.industry_share import binned, grouped, industry_share
from analysis.charts.programme_overlap import ordered, programme_overlap
from analysis.i18n.language import catalogue, speaking
from analysis.io.paths import LAYERS, RAW
from analysis.sources import context, provenance

CHARTS = {
    "industry_share": (industry_share, "out_industry_share"),
    "employment_groups": (employment_groups, "out_employment_groups"),
    "programme_overlap": (programme_overlap, "out_programme_overlap"),
}
# What says that one thing comes from another. "aucun effet" and "pas un effet" deny it.
CAUSAL = re.compile(
    r"\beffets?\b|\bimpacts?\b|grâce (?:à|au)|\bentraîn|\bpermis de\b|\ba permis\b|\bfavoris|\bdynamis|\bboost"
    r"|\bsout(?:ient|enu)|\ben raison d|à cause d|\bcausé|\bprovoqu|\bproduit par\b|\bstimul|\brelanc"
    r"|\bdû au|\bbénéfici|\beffects?\b|\bthanks to\b|\bbecause of\b|\bled to\b|\bcaused?\b|\bdriven by\b|\bdue to\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:aucun|pas un|no) effe(?:t|ct)\b", re.IGNORECASE)


def causal(text: str) -> list[str]:
    return CAUSAL.findall(DENIED.sub("", text))


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_chart_of_the_real_tables_is_readable_and_describes(table, credit, readable, name, language):
    draw, source = CHARTS[name]
    with speaking(language):
        picture = draw(table(source), credit)
        readable(picture)
    assert causal(picture.title + picture.alt) == []
    written = [one for axes in picture.figure.axes for one in axes.texts if one.get_text().strip()]
    ticks = [one for axes in picture.figure.axes for one in (*axes.get_xticklabels(), *axes.get_yticklabels())]
    assert min(one.get_fontsize() for one in (*written, *ticks)) * 110 / 72 >= 11  # pixels on the page


@pytest.mark.parametrize("name", CHARTS)
def test_red_is_kept_for_what_is_contradicted(table, credit, name):
    draw, source = CHARTS[name]
    figure = draw(table(source), credit).figure
    colours = {to_hex(one.get_facecolor()) for axes in figure.axes for one in axes.patches}
    colours |= {to_hex(line.get_color()) for axes in figure.axes for line in axes.lines}
    assert [one for one in colours if is_red(one)] == []


def test_bars_hold_every_intercommunality_once(table):
    shares = table("out_industry_share")
    found = binned(grouped(shares))
    assert found["count"].sum() == shares.height
    assert found.group_by("group").agg(pl.col("share_pct").sum().round(6))["share_pct"].to_list() == [100.0, 100.0]
    inside = shares.filter(pl.col("status").is_in(["kept", "entered"])).height
    assert found.filter(group="members")["count"].sum() == inside


def test_phases_come_first_then_the_programmes_with_most_communes(table):
    found = ordered(table("out_programme_overlap"))
    assert found["programme"].unique(maintain_order=True).to_list() == [
        "phase_1", "phase_2", "frr", "ort", "pvd", "acv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’emploi progresse grâce au programme", 1), ("un effet du label", 1), ("elle ne mesure aucun effet", 0),
        ("Le label a permis de créer des emplois", 1), ("an effect of the label", 1), ("no effect", 0),
        ("Salariés du privé : +2,5 % de 2014 à 2018", 0), ("zone bénéficiaire du label", 1),
    ],
)  # fmt: skip
def test_causal_words_are_found(text, found):
    assert len(causal(text)) >= found
    assert bool(causal(text)) == bool(found)


def told(root) -> dict[str, str]:
    """What readers are told of the context: prose and outputs of the notebook, titles of layers and columns."""
    notebook = nbformat.read(root / "notebooks/35_context.ipynb", as_version=4)
    texts = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "markdown"}
    for cell in notebook.cells:
        outputs = [one.get("data", {}).get("text/plain", "") for one in cell.get("outputs", [])]
        texts |= {f"{cell.id}, shown": "\n".join(outputs)} if outputs and cell.id != "most-listed" else {}
    for name, layer in context.load(root / LAYERS, provenance.load_sources(root / RAW / "sources.yaml")).items():
        texts[name] = "\n".join([layer.title, layer.limits, *(one.title for one in layer.columns.values())])
    return texts


def test_no_sentence_on_the_context_reads_as_an_effect_of_the_programme(root):
    texts = told(root)
    assert len(texts) > 15
    assert {name: found for name, text in texts.items() if (found := causal(text))} == {}
    english = catalogue("en")
    assert [one for text in texts.values() if causal(one := english.get(text, ""))] == []
    assert "n’est pas observé" in texts["no-effect"]
    assert texts["no-effect"].startswith("## Pourquoi ce n’est pas un effet")


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_industry_share(table, credit):
    return industry_share(table("out_industry_share"), credit).figure


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_employment_groups(table, credit):
    return employment_groups(table("out_employment_groups"), credit).figure


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_programme_overlap(table, credit):
    return programme_overlap(table("out_programme_overlap"), credit).figure
