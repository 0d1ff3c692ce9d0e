"""Makes `pytest --nbval` strict, also for who runs it on a single notebook."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "tests" / "plugins"))
pytest_plugins = ["nbval_strict"]
