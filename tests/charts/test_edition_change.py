import polars as pl
import pytest

from analysis.charts.edition_change import by_territory, edition_change

CHANGES = pl.DataFrame(
    [
        (1, "2020-10", "2022-12", "ti-4401", "commune", "57001", "A", "entered", None, 1, 10),
        (1, "2020-10", "2022-12", "ti-4401", "commune", "57002", "B", "moved", "ti-4402", 1, 10),
        (1, "2020-10", "2022-12", "ti-4403", "commune", "57003", "C", "left", None, 1, 10),
        (1, "2020-10", "2022-12", "ti-4401", "territory", "ti-4401", "T", "entered", None, 1, 10),
    ],
    ["phase", "from_edition", "to_edition", "territory_id", "unit", "code", "name", "change", "previous_territory",
     "commune_count", "population_2022"],
    orient="row",
)  # fmt: skip
TERRITORIES = pl.DataFrame(
    {"edition": ["2020-10", "2022-12"], "territory_id": ["ti-4403", "ti-4401"], "name": ["Old", "New"]}
)


def test_a_row_a_territory_and_one_that_ended_has_its_old_name():
    found = by_territory(CHANGES, TERRITORIES)
    assert found.select("name", "left", "moved", "entered").rows() == [("New", 0, 1, 1), ("Old", 1, 0, 0)]


def test_every_change_of_a_commune_is_drawn_once(table, credit):
    picture = edition_change(
        table("out_edition_change"), table("core_edition_territories"), table("out_editions"), credit
    )
    drawn = sum(abs(bar.get_width()) for bar in picture.figure.axes[0].patches)
    assert drawn == table("out_edition_change").filter(unit="commune").height
    assert picture.data.select("left", "moved", "entered").sum().row(0) == (81, 153, 513)


def test_title_and_alternative_text_come_from_the_data(table, credit, readable):
    picture = edition_change(
        table("out_edition_change"), table("core_edition_territories"), table("out_editions"), credit
    )
    assert "513 communes entrent, 81 sortent et 153 changent" in picture.title
    assert all(one in picture.alt for one in ("Soissonnais-Valois", "Finistère", "septembre 2024"))
    readable(picture)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_edition_change(table, credit):
    return edition_change(
        table("out_edition_change"), table("core_edition_territories"), table("out_editions"), credit
    ).figure
