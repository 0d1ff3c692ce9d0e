"""A build of a part, to see an edit sooner: all tables by DVC, then some of the reports, and a site of those alone.

DVC does not run what is partial, so its record never takes a part for the whole: the next `make` finds reports and
site other than recorded, and makes what is missing.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.io import params
from analysis.upkeep import building
from analysis.upkeep.building import Say

WHOLE = ("slices", "webmap", "tables")  # with all that they are made from
WARNING = "PARTIAL BUILD"


def build(root: Path, only: Sequence[str], say: Say, look: Callable[[], object]) -> int:
    """Bring all tables, then the reports that meet the conditions `only`, or that params.local.yaml names, up to date.

    With conditions the site stays as it was. Exit code of what failed, or 0.
    """
    what = f"only {', '.join(only)}" if only else f"what {params.LOCAL} names"
    say(f"{WARNING}: {what}. dvc.lock does not record it; a whole `make` makes the rest.")
    code = building.build(root, WHOLE, say, look)
    conditions = [part for one in only for part in ("--only", one)]
    commands = [["notebooks", *conditions], *([] if only else [["site"]])]
    with building.alone(root, say):
        for command in commands:
            code = (
                code or subprocess.run([sys.executable, "-m", "analysis", *command], cwd=root, check=False).returncode
            )
    site = "outputs/site is as it was" if only else "outputs/site holds these reports alone"
    ended = f"{site}; for the whole, " + ("" if only else f"remove {params.LOCAL} and ") + "run `make`."
    say(f"{WARNING}: {ended}" if not code else f"{WARNING}: stopped, for the reason above.")
    return code
