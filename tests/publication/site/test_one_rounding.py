"""One figure, one rounding: what pages, figures and sentences say of one thing is written with the same number."""

import re
from collections import defaultdict
from html import unescape
from pathlib import Path

import polars as pl
import pytest

from analysis.i18n import typography
from analysis.i18n.language import LANGUAGES, speaking
from analysis.reports.sections.coverage import coverage_text, france_text

TOLD = re.compile(r'<a class="told"[^>]*? data-told="(cell:[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
MARKED = re.compile(r'<data class="told" value="(cell:[^"]*)">(.*?)</data>', re.DOTALL)
NUMBER = re.compile(r"\d(?:[\d\u202f,.]*\d)?")
WHOLE_SHARE = re.compile(r"(?<![\d,.])\d+\xa0?%")
# What these say in whole per cent: published figures as their sources write them, ratios of rounded amounts.
PUBLISHED = ("contradictions", "envelopes", "lille_plan", "verdicts")


def said(found: re.Pattern[str], *texts: str) -> dict[str, set[str]]:
    """The numbers that are written for each origin."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for origin, written in found.findall(text):
            numbers[unescape(origin)] |= set(NUMBER.findall(unescape(re.sub(r"<[^>]+>", "", written)))[:1])
    return numbers


def disagreeing(numbers: dict[str, set[str]]) -> dict[str, set[str]]:
    return {origin: written for origin, written in numbers.items() if len(written) > 1}


def test_two_roundings_of_one_origin_are_found():
    mark = '<data class="told" value="cell:t.share?phase=1&amp;region_code=FR">{}</data>'
    assert disagreeing(said(MARKED, mark.format("45,5\xa0%"), mark.format("45\xa0%"))) == {
        "cell:t.share?phase=1&region_code=FR": {"45,5", "45"}
    }
    assert not disagreeing(said(MARKED, mark.format("1\u202f204"), mark.format("1\u202f204\xa0communes")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_is_written_alike_wherever_it_is_told(language):
    row = {"region_code": "FR", "region_name": "France", "territory_count": 3, "commune_count": 20, "area_km2": 12.5,
           "population_2022": 1500, "commune_share_pct": 39.46, "population_share_pct": 60.0,
           "area_share_pct": 99.96}  # fmt: skip
    table = pl.DataFrame([{"phase": phase} | row for phase in (1, 2)])
    with speaking(language):
        told = said(MARKED, coverage_text(table), france_text(table))
        assert told["cell:out_region_coverage.commune_share_pct?phase=1&region_code=FR"] == {typography.number(39.5, 1)}
    assert len(told) == 2 * 7
    assert not disagreeing(told)


def built_pages(root: Path, language: str) -> list[str]:
    folder = root / "outputs/site" / ("" if language == "fr" else language)
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_write_one_figure_differently(root, language):
    numbers = said(TOLD, *built_pages(root, language))
    assert len(numbers) > 500
    assert not disagreeing(numbers)


def test_figures_write_measured_shares_as_pages_do(root):
    told = {path.stem: path.read_text(encoding="utf-8") for path in sorted((root / "outputs/figures").glob("*.txt"))}
    assert len(told) > 300
    whole = {
        name: found
        for name, text in told.items()
        if not name.startswith(PUBLISHED) and (found := WHOLE_SHARE.findall(text))
    }
    assert not whole
