"""Makes `pytest --nbval` strict, also for who runs it on a single notebook; shares the tests out among workers."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "tests" / "plugins"))
pytest_plugins = ["nbval_strict"]

MOST_CORES = 4  # memory for more workers is not everywhere


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: some tests wait for processes that they started."""
    return min(os.cpu_count() or 1, MOST_CORES) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of few tests first: theirs are the long ones, and no worker is to be left alone with one at the end.

    A file's tests stay together and in their order.
    """
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: tests[item.path])
