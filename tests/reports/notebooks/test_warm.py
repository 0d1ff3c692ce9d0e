"""The warm engine gives what a kernel gives, and no notebook sees what another left."""

import json
import subprocess
import sys

import pytest

# Every way in which a cell can show something, invented; each must come out as from a Jupyter kernel.
SHOWN = [
    "1 + 1",
    "x = 3\nx;",
    "print('one')\nprint('two', end='')",
    "import os, sys\nprint('to output')",
    "from IPython.display import HTML, JSON, Markdown, clear_output, display\nHTML('<b>bold</b>')",
    "handle = display(Markdown('first'), display_id='shown')\nprint('between')",
    "handle.update(Markdown('second'))",
    "print('gone')\nclear_output()\nprint('kept')",
    "print('gone later')\nclear_output(wait=True)\nprint('kept too')",
    "display({'text/plain': 'plain', 'application/json': {'a': (1, 2.5), 'é': None}}, raw=True, metadata={'m': 1})",
    "_, Out[1], len(In)",
    "import asyncio\nawait asyncio.sleep(0)\nprint('awaited')",
    "async def later():\n    return 5\nawait later()",
    "!echo from a shell",
    "%%capture held\nprint('held back')",
    "held.stdout",
    "import matplotlib.figure\nmatplotlib.figure.Figure()",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nprint('drawn')",
    "figure, axes = plt.subplots()\naxes.bar([1], [2])\nfigure",
    "import polars as pl\npl.DataFrame({'a': [1, 2]})",
    "import pandas as pd\npd.DataFrame({'a': [1.5]})",
    "object()",
    "class Odd:\n    _repr_html_ = lambda self: '<i>odd</i>'\n    __repr__ = lambda self: 'odd'\nOdd()",
    "__name__, get_ipython() is not None, sys.stdout.encoding, sys.stdout.isatty()",
    "sys.stdout.write('no line end')",
    "print('\\rover', end='')\nprint('\\rwritten')",
    ("1 / 0", "skip-execution"),
    "",
    "import random\nlen({random.random() for _ in range(9)})",
    "from pathlib import Path\nPath.cwd().name == Path(os.environ['ATLAS_FIGURES']).parents[2].name",
]


def test_outputs_equal_a_kernels_byte_for_byte(invent, carry_out):
    invent("70_lille", *SHOWN)
    warm, kernel = (carry_out("70_lille", engine=engine)["70_lille"] for engine in ("warm", "kernel"))
    for mine, theirs in zip(json.loads(warm)["cells"], json.loads(kernel)["cells"], strict=True):
        assert mine == theirs, mine["source"]
    assert warm == kernel


def test_what_a_child_process_writes_is_shown_with_its_cell(invent, carry_out):
    """A kernel shows it too, but whether in time for its cell depends on how busy the machine is: no comparison."""
    invent("70_lille", "import os\n_ = os.system('echo from a child; echo more')", "print('after')")
    cells = json.loads(carry_out("70_lille", engine="warm")["70_lille"])["cells"]
    shown = [{output["name"]: "".join(output["text"]) for output in cell["outputs"]} for cell in cells[-2:]]
    assert shown == [{"stdout": "from a child\nmore\n"}, {"stdout": "after\n"}]


FAILING = {
    "division": "1 / 0",
    "input": "input('name? ')",
    "syntax": "def (",
    "exit": "raise SystemExit(3)",
    "repr": "type('Broken', (), {'__repr__': lambda self: 1 / 0})()",
    "magic": "%no_such_magic",
    "shell": "!exit 3\nassert _exit_code == 0",
    "await": "import asyncio\nawait asyncio.wait_for(asyncio.sleep(9), 0.01)",
    "group": "raise ExceptionGroup('several', [ValueError('one'), KeyError('two')])",
}


@pytest.mark.parametrize("source", FAILING.values(), ids=FAILING)
def test_errors_are_those_of_a_kernel(invent, carry_out, source):
    invent("70_lille", source, "print('never reached')")
    warm, kernel = (carry_out("70_lille", engine=engine)["70_lille"] for engine in ("warm", "kernel"))
    assert "cell 1 failed" in str(warm)
    assert str(warm) == str(kernel)


@pytest.mark.parametrize("stem", ["50_region_06", "60_territory_1_ti-0301"])
def test_reports_of_the_pipeline_equal_a_kernels(root, tmp_path, stem):
    from analysis.io.store import read_table
    from analysis.reports.notebooks import Job, execute, pool, report_jobs
    from analysis.reports.notebooks.child import NOTEBOOK, Task

    job: Job = next(one for one in report_jobs(read_table("core_territories", root)) if one.stem == stem)
    with execute.pinned_environment(tmp_path / "ipython"):
        (result,) = pool.run_tasks([Task(job, root, tmp_path / stem, "kernel", 120)], pool.Limits(1, 120, 4000))
    assert result.error is None
    assert (tmp_path / stem / NOTEBOOK).read_bytes() == (root / f"outputs/notebooks/{stem}.ipynb").read_bytes()


# --- isolation ---

LOOK = """
import builtins, gc, json, locale, os, sys, threading, warnings
import matplotlib, numpy as np, polars as pl, analysis.charts.drawing.style
state = {
    "globals": sorted(name for name in globals() if not name.startswith("_")),
    "rcParams": matplotlib.rcParams["font.size"], "style": analysis.charts.drawing.style.INK,
    "folder": os.getcwd(), "umask": os.umask(0o22), "scratch": sorted(os.listdir(os.environ["TMPDIR"])),
    "environment": {k: v for k, v in os.environ.items() if not k.startswith(("ATLAS", "TMP", "IPY", "JUP", "MPLCONF"))},
    "locale": locale.setlocale(locale.LC_ALL), "path": sys.path, "modules": "antigravity" in sys.modules,
    "filters": len(warnings.filters), "threads": threading.active_count(), "builtin": hasattr(builtins, "left"),
    "recursion": sys.getrecursionlimit(), "polars": pl.Config.state()["POLARS_FMT_MAX_ROWS"],
    "errors": np.geterr(), "precision": np.get_printoptions()["precision"],
    "files": os.listdir(os.environ["ATLAS_FIGURES"]), "counter": len(In),
}
print(json.dumps(state, sort_keys=True, default=str).encode().hex())  # paths in clear would fail the notebook
"""  # fmt: skip
SPOIL = """
import builtins, locale, os, random, sys, warnings
import matplotlib, numpy as np, polars as pl, analysis.charts.drawing.style
matplotlib.rcParams["font.size"] = 99; analysis.charts.drawing.style.INK = "#000"; left_over = 1
os.environ["LEFT"] = "1"; locale.setlocale(locale.LC_ALL, "C"); sys.path.insert(0, "/nowhere")
sys.modules["antigravity"] = sys; warnings.simplefilter("error"); builtins.left = 1; sys.setrecursionlimit(5000)
pl.Config.set_tbl_rows(3); np.seterr(all="ignore"); np.set_printoptions(precision=1); os.umask(0o77)
random.seed(1); np.random.seed(1)
open(os.environ["ATLAS_FIGURES"] + "/left.txt", "w").close(); open(os.environ["TMPDIR"] + "/left", "w").close()
os.chdir(os.environ["TMPDIR"]); pl.DataFrame({"a": [1, 2]}).sort("a")
"""
DRAW = "import random, numpy as np\nprint(random.random(), np.random.random())"


def printed(text):
    return ["".join(out["text"]) for cell in json.loads(text)["cells"] for out in cell["outputs"] if "text" in out]


def test_a_notebook_starts_from_a_state_that_no_other_has_touched(invent, carry_out):
    from analysis.reports.notebooks import Job
    from analysis.reports.notebooks.pool import Limits

    invent("look", LOOK)
    invent("spoil", SPOIL)
    order = [("look", 0), ("spoil", 0), ("look", 1), ("spoil", 1), ("look", 2)]
    jobs = [Job(name, f"{name}-{rank}") for name, rank in order]
    found = carry_out(*jobs, limits=Limits(1, 60, 2000))
    assert all(isinstance(text, str) for text in found.values()), found
    seen = [json.loads(bytes.fromhex(printed(found[f"look-{rank}"])[0].strip())) for rank in range(3)]
    assert seen[0] == seen[1] == seen[2]
    assert "LEFT" not in seen[1]["environment"]
    assert seen[1]["counter"] == 2


def test_random_numbers_are_not_those_of_another_notebook(invent, carry_out):
    invent("one", DRAW)
    invent("two", DRAW)
    found = carry_out("one", "two")
    (one,), (two,) = printed(found["one"]), printed(found["two"])
    assert not set(one.split()) & set(two.split())


OPENED = """
import sys
from pathlib import Path
import analysis.reports.notebooks.preloaded
before = set(sys.modules)
from analysis.reports.notebooks.warm import LocalClient
LocalClient()
Path(sys.argv[1]).write_text("\\n".join(sorted(set(sys.modules) - before)))
"""


def test_what_opens_a_shell_is_imported_before_the_fork(tmp_path):
    found = tmp_path / "modules"
    subprocess.run([sys.executable, "-c", OPENED, str(found)], check=True)
    assert [one for one in found.read_text().split() if one.startswith("IPython.core")] == []
