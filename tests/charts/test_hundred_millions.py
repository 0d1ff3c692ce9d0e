import polars as pl
import pytest

from analysis.charts import hundred_millions

BASE = {
    "claim_id": "c0", "source_id": "a", "producer": "Journal", "role": "hundred", "envelope_rank": 1, "phase": 1,
    "amount_eur": 1e8, "per_year": 1, "first_year": 2019, "last_year": 2022, "years": 4, "total_eur": 4e8,
    "qualifier": "exact", "funder": "Banque", "sentence": "Une phrase.",
}  # fmt: skip
ONCE = {"claim_id": "c1", "envelope_rank": 2, "phase": 2, "per_year": 0, "first_year": 2023, "last_year": 2023,
        "years": 1, "total_eur": 1e8, "funder": None}  # fmt: skip
INSTEAD = {"claim_id": "c2", "envelope_rank": 3, "phase": 2, "role": "instead", "amount_eur": 5.2e7,
           "first_year": 2025, "last_year": 2025, "years": 1, "total_eur": 5.2e7, "funder": None}  # fmt: skip


def hundreds(*rows):
    return pl.DataFrame([BASE | row for row in rows], infer_schema_length=None)


def plain(text):
    return text.replace("\u00a0", " ")


def test_title_counts_envelopes_and_not_claims(credit):
    rows = hundreds({}, {"claim_id": "c9", "producer": "Revue"}, ONCE, INSTEAD)
    title = plain(hundred_millions.hundred_millions(rows, credit).title)
    assert title == "« 100 M€ » désigne 2 enveloppes différentes, de 100 M€ à 400 M€ en tout"


def test_funder_is_said_to_be_missing_when_the_sentence_names_none(credit):
    picture = hundred_millions.hundred_millions(hundreds({}, ONCE, INSTEAD), credit)
    texts = [one.get_text() for one in picture.figure.axes[0].texts]
    assert {"Banque, 2019-2022", "Financeur non précisé, 2023"} <= set(texts)
    assert "Montant révisé : financeur non précisé, 2025" in texts


def test_band_has_a_cell_a_year_when_the_amount_is_annual(credit):
    bars = hundred_millions.hundred_millions(hundreds({}), credit).figure.axes[0].patches
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(year, 1) for year in range(2019, 2023)]


def test_band_is_whole_when_the_amount_is_a_total(credit):
    row = {"per_year": 0, "amount_eur": 4e8}
    bars = hundred_millions.hundred_millions(hundreds(row), credit).figure.axes[0].patches
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(2019, 4)]


def test_total_keeps_the_hedge_of_the_claim():
    assert plain(hundred_millions.total(BASE | {"qualifier": "nearly"})) == "près de 400 M€"


def test_alt_tells_funder_years_and_total(credit):
    alt = plain(hundred_millions.hundred_millions(hundreds({}, ONCE), credit).alt)
    assert "Banque, 2019-2022, 100 M€ par an, soit 400 M€ en 4 ans (Journal)" in alt
    assert "financeur non précisé, 2023, 100 M€ (Journal)" in alt


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_hundred_millions(table, credit):
    return hundred_millions.hundred_millions(table("out_hundred_millions"), credit).figure


def test_real_hundred_millions_is_readable(table, credit, readable):
    readable(hundred_millions.hundred_millions(table("out_hundred_millions"), credit))
