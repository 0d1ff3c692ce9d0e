"""A program of its own, run by `workbook.py`: a workbook from standard input becomes JSON on standard output.

Workbooks come from strangers, and a small one can ask for any amount of memory or time: this process has a bound on
both, and imports nothing of the package. Formulas become texts that start with "=", because what a file stores as their
result may be stale; those of an XLS cannot be told from values.
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile
from xml.parsers import expat

import python_calamine

MAX_PARTS, MAX_BYTES, MAX_MEMORY, MAX_SECONDS = 2_000, 64 << 20, 2 << 30, 60
XLSX_CELL = re.compile(rb"<((?:\w+:)?c)\b([^<>]*)(?<!/)>(.*?)</\1>", re.DOTALL)
XLSX_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^<>]*(?:/>|>([^<]*))")
ODS_CELL = re.compile(rb'<(table:table-cell)\b([^<>]*?)\btable:formula="([^"]*)"([^<>]*?)(/?)>')
TYPE = re.compile(rb'\bt="[^"]*"')


def main() -> None:
    """Print the answer, within bounds of memory and time."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)


def answer(content: bytes) -> dict[str, object]:
    """{"sheets": [...]} or {"refused": why}."""
    try:
        return {"sheets": sheets(repacked(content) if content.startswith(b"PK") else content)}
    except Exception as error:
        return {"refused": str(error) or type(error).__name__}


def repacked(content: bytes) -> bytes:
    """The archive with its parts stored as they are, MAX_BYTES in all, formulas as texts."""
    target, left = io.BytesIO(), MAX_BYTES
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        if len(old.infolist()) > MAX_PARTS:
            raise ValueError(f"more than {MAX_PARTS} parts")
        for one in old.infolist():
            with old.open(one) as file:
                part = file.read(left + 1)
            left -= len(part)
            if left < 0:
                raise ValueError(f"its parts hold more than {MAX_BYTES >> 20} MB")
            new.writestr(one.filename, marked(part) if one.filename.endswith(".xml") else part)
    return target.getvalue()


def marked(part: bytes) -> bytes:
    """A part with each cell that holds a formula turned into the text of it."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refused_type
    parser.Parse(part, True)  # a part that is cut is an error here, and the end of the sheet for a reader
    if b"table:formula=" in part:
        return ODS_CELL.sub(ods_text, part)
    return XLSX_CELL.sub(xlsx_text, part) if b"sheetData" in part else part


def refused_type(*_: object) -> None:
    """Refuse a document type: nothing else can define an entity."""
    raise ValueError("its XML declares a document type or an entity")


def xlsx_text(cell: re.Match[bytes]) -> bytes:
    """A cell of an XLSX sheet, its formula as a text."""
    formula = XLSX_FORMULA.search(cell[3])
    if not formula:
        return cell[0]
    tag, prefix = cell[1], cell[1][:-1]
    inside = b"<%bis><%bt>=%b</%bt></%bis>" % (prefix, prefix, formula[1] or b"", prefix, prefix)
    return b'<%b%b t="inlineStr">%b</%b>' % (tag, TYPE.sub(b"", cell[2]), inside, tag)


def ods_text(cell: re.Match[bytes]) -> bytes:
    """The tag of a cell of an ODS sheet, its formula as the text."""
    others = re.sub(rb'(?:office|calcext):[\w-]+="[^"]*"', b"", cell[2] + cell[4])
    text = b"=" + cell[3].partition(b"=")[2]  # without the prefix that names its language
    return b'<%b %b office:value-type="string" office:string-value="%b"%b>' % (cell[1], others, text, cell[5])


def sheets(content: bytes) -> list[dict[str, object]]:
    """Visible sheets: name, rows of texts, and merged ranges as first and last cell."""
    found = list[dict[str, object]]()
    with python_calamine.load_workbook(io.BytesIO(content)) as book:
        for rank, about in enumerate(book.sheets_metadata):
            shown = about.visible == python_calamine.SheetVisibleEnum.Visible
            if shown and about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_index(rank)
                rows = [[text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
                found.append({"name": about.name, "rows": rows, "merged": sheet.merged_cell_ranges or []})
    return found


def text(cell: object) -> str:
    """A cell as people read it: whole numbers without decimals, dates as ISO 8601."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)


if __name__ == "__main__":
    main()
