"""The register: derived tables are found by the names of their modules, and imported when they are asked for."""

import subprocess
import sys

import pytest

from analysis.tables import BUILT, TABLES, published, published_names, register, tables_of
from analysis.tables.groups import GROUPS


def test_a_table_without_a_module_is_none():
    assert "out_nothing" not in TABLES
    with pytest.raises(KeyError):
        TABLES["out_nothing"]


def test_every_derived_table_has_the_name_of_its_module():
    assert len(TABLES) == len([*TABLES]) == len({*TABLES})
    for name in register.derived_names():
        assert register.declaration(name).name == name


def test_what_is_shared_by_modules_is_no_table():
    assert not [name for name in TABLES if name.startswith("out__")]


@pytest.mark.parametrize("table", [one for one in tables_of(*BUILT) if one.group], ids=lambda one: one.name)
def test_a_published_table_stands_in_its_group_alone(table):
    assert [group for group, names in published().items() if table.name in names] == [table.group]


def test_groups_come_in_their_order_and_tables_by_rank():
    groups = published()
    assert [*groups][: len(GROUPS)] == [*GROUPS]
    assert published_names() == [name for names in groups.values() for name in names]
    for names in groups.values():
        derived = [TABLES[name].rank for name in names if name in register.derived_names()]
        assert derived == sorted(derived)


def test_a_derived_table_is_made_from_the_tables_that_its_builder_takes():
    assert TABLES.made_from("out_plan") == ("core_claims", "core_enumerations")  # and the sources, which are no table
    assert TABLES.made_from("core_claims") == ("notes",)


def test_asking_for_one_table_imports_no_other():
    code = (
        "import sys; from analysis.tables import TABLES; assert 'out_plan' in TABLES; TABLES['core_claims'];"
        "assert not [name for name in sys.modules if name.startswith('analysis.indicators.')];"
        "TABLES['out_plan']; print(*sorted(n for n in sys.modules if n.startswith('analysis.indicators.')))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["analysis.indicators._claims", "analysis.indicators.plan"]
