"""Whatever a file holds, it is read or refused: no other error, no endless work."""

import json
import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from updating import as_csv, as_geojson, as_xlsx, grouped

from analysis.errors import UpdateError
from analysis.upkeep.updates import formats, list_entries, workbook, workbook_process

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=12)
ROWS = st.lists(
    st.fixed_dictionaries({"Territoire": TEXTS, "SIREN": TEXTS, "EPCI": TEXTS, "Région": TEXTS}), min_size=1, max_size=6
)
WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "geojson": as_geojson}


@pytest.fixture
def here(monkeypatch):
    """Workbooks are read in this process: a thousand of them take seconds, not minutes."""

    def answer(content, name):
        try:
            return json.loads(json.dumps(workbook_process.answer(content)))
        except BaseException as error:  # the reader's own panic ends its process, which is told as damage
            if type(error).__name__ != "PanicException":
                raise
            return {"refused": str(error)}

    monkeypatch.setattr(workbook, "answer", answer)


def taken(content: bytes) -> list_entries.Listing | None:
    try:
        _, columns = formats.read(content, "x")
    except UpdateError:
        return None
    return list_entries.read(columns, 2)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    taken(content)


@given(
    st.sampled_from([b"PK\x03\x04", b'{"type": "FeatureCollection"', b"Territoire;SIREN\n", b"\xff\xfe"]), st.binary()
)
def test_any_bytes_after_a_good_beginning_are_read_or_refused(start, content):
    taken(start + content)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", WRITERS)
def test_damaged_list_is_read_or_refused(listed, form):
    content = WRITERS[form](listed(2)[:20])
    dice = random.Random(7)
    read = 0
    for _ in range(300):
        damaged = bytearray(content)
        for _ in range(dice.randint(1, 4)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        read += taken(bytes(damaged)) is not None
    assert read or form == "xlsx"


@pytest.mark.usefixtures("here")
def test_workbook_with_damaged_parts_is_read_or_refused(listed):
    with zipfile.ZipFile(BytesIO(as_xlsx(listed(2)[:20]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    dice, read = random.Random(7), 0
    for _ in range(300):
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in parts.items():
                damaged = bytearray(content)
                for _ in range(dice.randint(0, 2) if name.startswith("xl/") else 0):
                    damaged[dice.randrange(len(damaged))] = dice.choice(b'0129AZ<>/"= rstcv')
                archive.writestr(name, bytes(damaged))
        read += taken(target.getvalue()) is not None
    assert 0 < read < 300


@pytest.mark.usefixtures("here")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from(sorted(WRITERS)))
def test_every_row_becomes_entries_or_reasons(rows, form):
    found = taken(WRITERS[form](rows))
    if found is None:
        return
    filled = [row for row in rows if any(cell.strip() for cell in row.values())]
    told = {one.place for one in (*found.entries, *found.problems)}
    assert len(told) == len(filled) or form == "geojson"


@given(st.lists(st.tuples(st.text("ab -'(),", min_size=1, max_size=9), st.integers(0, 999_999_999)), min_size=1))
def test_members_in_brackets_are_read_as_they_are_written(members):
    pairs = [(f"CC {name.replace(')', '').replace('(', '')}x", f"{code:09d}") for name, code in members]
    rows = [{"EPCI": name, "SIREN": code, "Nom du territoire": "T", "Région": ""} for name, code in pairs]
    found = taken(as_csv(grouped(rows)))
    assert found is not None
    assert [one.siren for one in found.entries] == [code for _, code in pairs]
    assert [one.member for one in found.entries] == [" ".join(name.split()) for name, _ in pairs]


@pytest.mark.parametrize(
    "cell",
    [
        "CA du Pays inventé (200018653)",
        "CA du Pays inventé (SIREN : 200 018 653)",
        "CA du Pays inventé - (n° SIREN 200018653)",
        "CA du Pays inventé (200\u202f018\u00a0653)",
    ],
)
def test_siren_in_brackets_is_read_however_it_is_grouped(cell):
    found = taken(as_csv([{"Territoire": "T", "EPCI": f"{cell}; CC (CCI) (200018654), CC d’à côté (200018655)"}]))
    assert [(one.member, one.siren) for one in found.entries] == [
        ("CA du Pays inventé", "200018653"),
        ("CC (CCI)", "200018654"),
        ("CC d’à côté", "200018655"),
    ]


def test_long_cells_take_no_time():
    cell = "x" + " -" * 200_000 + "("
    found = taken(b'Territoire;EPCI\nT;"' + cell.encode() + b'"\n')
    assert found is None or found.problems
