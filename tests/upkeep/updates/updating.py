"""The list in force as a producer would give it, in every format."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from analysis.registry import official_lists
from analysis.upkeep.updates.source_record import Given

HEADINGS = ("Phase", "Identifiant", "Nom du territoire", "Région", "SIREN", "EPCI", "Code INSEE")
GROUPED = ("Territoire d’industrie", "Région", "Intercommunalités membres")
DATED = Given(published="2025-03", accessed="2025-04-02")
Rows = list[dict[str, str]]


def rows_of(raw: Mapping[str, pl.DataFrame], phase: int | None = None) -> Rows:
    """One row a member, by heading, in the order of members.csv."""
    named = official_lists.named_members(raw, official_lists.member_communes(raw))
    alone = dict(raw["commune_members"].iter_rows())
    regions = dict(raw["regions"].iter_rows())
    territories = {(row["phase"], row["territory_id"]): row for row in raw["territories"].iter_rows(named=True)}
    found = []
    for row in named.iter_rows(named=True):
        territory = territories[row["phase"], row["territory_id"]]
        cells = (
            str(row["phase"]),
            row["territory_id"],
            territory["name"],
            regions[territory["region_code"]],
            row["member_code"],
            row["member_name"],
            alone.get(row["member_code"], ""),
        )
        found.append(dict(zip(HEADINGS, cells, strict=True)))
    return [row for row in found if phase in (None, int(row["Phase"]))]


def grouped(rows: Rows) -> Rows:
    """One row a territory, its members as "name (SIREN); name (SIREN)"; neither phase nor identifier."""
    made: dict[str, dict[str, str]] = {}
    for row in rows:
        name, region, listed = GROUPED
        one = made.setdefault(row["Nom du territoire"], {name: row["Nom du territoire"], region: row["Région"]})
        one[listed] = "; ".join(filter(None, (one.get(listed), f"{row['EPCI']} ({row['SIREN']})")))
    return list(made.values())


def as_csv(rows: Rows, separator: str = ";", encoding: str = "utf-8", newline: str = "\n") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator, lineterminator=newline)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Rows, *, numbers: bool = False, title: str = "") -> bytes:
    """A workbook with one sheet; `numbers` writes codes as a spreadsheet stores them when people type them."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Liste")
        lines: list[Sequence[str]] = [[title]] if title else []
        lines += [list(rows[0]), *(list(row.values()) for row in rows)]
        for at, line in enumerate(lines):
            for column, cell in enumerate(line):
                if numbers and cell.isdigit():
                    sheet.write_number(at, column, int(cell))
                else:
                    sheet.write_string(at, column, cell)
    return target.getvalue()


def as_geojson(rows: Rows) -> bytes:
    features = [{"type": "Feature", "geometry": None, "properties": row} for row in rows]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below data/raw, hidden ones too."""
    folder = root / "data/raw"
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}
