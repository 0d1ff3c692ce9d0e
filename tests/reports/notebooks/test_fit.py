"""No output holds a warning or a path of the machine: such a one fails its notebook, by both engines and by name."""

import sys
import tempfile
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest

from analysis.errors import NotebookError
from analysis.reports.notebooks import fit

ROOT = Path("/data0/Mes documents/l'atlas (1)")


def shown(text, kind="text/plain"):
    return [{"output_type": "execute_result", "data": {kind: text}, "metadata": {}}]


def printed(text, name="stdout"):
    return [{"output_type": "stream", "name": name, "text": text}]


UNFIT = {
    "standard error": (printed("rien de grave", "stderr"), "standard error: rien de grave"),
    "the project": (printed(f"lu dans {ROOT}/data/raw"), f"a path of this machine: {ROOT}/data/raw"),
    "the project in HTML": (shown(f"<a>{escape(str(ROOT))}</a>", "text/html"), str(ROOT)),
    "the project in an address": (shown(f"voir {quote(str(ROOT))}/x", "text/markdown"), str(ROOT)),
    "the environment": (shown(f"{sys.prefix}/lib"), sys.prefix),
    "a temporary file": (shown(f"<{tempfile.gettempdir()}/x1>"), tempfile.gettempdir()),
    "another home": (printed("/home/zoe/atlas\n"), "/home/zoe/atlas"),
    "a home of macOS": (printed("'/Users/zoe/a'"), "/Users/zoe/a"),
    "a home of Windows": (printed(r"C:\Users\zoe"), r"C:\Users\zoe"),
    "a kernel's file": (printed("/tmp/ipykernel_12/3.py:1: x"), "/tmp/ipykernel_12/3.py"),
    "a local address": (shown('<img src="file:///x/y.png">', "text/html"), "file:///x/y.png"),
    "a path deep in JSON": (shown({"a": ["ok", {"b": "/var/lib/x"}]}, "application/json"), "/var/lib/x"),
    "a path in SVG": (shown("<svg><!-- /opt/x/y --></svg>", "image/svg+xml"), "/opt/x/y"),
    "a package": (printed("…/python3.12/site-packages/polars"), "site-packages"),
    "a warning on standard output": (printed("x.py:3: FutureWarning: bientôt"), "a warning: FutureWarning: bientôt"),
    "a logged warning": (printed("WARNING:root:attention"), "a warning: WARNING:root:attention"),
}  # fmt: skip


@pytest.mark.parametrize(("outputs", "told"), UNFIT.values(), ids=UNFIT)
def test_an_output_that_readers_should_not_see_is_told(outputs, told):
    assert told in fit.unfit(outputs, ROOT)


FIT = {
    "prose": printed("12 km/h, et/ou 50 %, ratio 3/4, data/raw/notes/x.md, /region/44"),
    "an address": shown('<a href="https://exemple.fr/home/tmp/a">exemple.fr/opt/a</a> </var/a>', "text/html"),
    "a picture's bytes": shown("/tmp/AAAA/home/x", "image/png"),
    "a word": printed("Avertissement : aucun. WARNINGS"),
    "nothing": [],
}


@pytest.mark.parametrize("outputs", FIT.values(), ids=FIT)
def test_what_readers_may_see_is_left_alone(outputs):
    assert fit.unfit(outputs, ROOT) == ""


def test_the_error_names_notebook_cell_and_text():
    cells = [{"cell_type": "markdown", "source": "x"}, {"source": "ask()", "outputs": printed("/tmp/a/b")}]
    with pytest.raises(NotebookError) as caught:
        fit.require_fit({"cells": cells}, ROOT, Path("notebooks/70_lille.ipynb"), "code=7")
    assert str(caught.value).startswith("notebooks/70_lille.ipynb: the cell at position 2 (code=7) shows a path")
    assert "/tmp/a/b" in str(caught.value)
    assert "ask()" in str(caught.value)


def test_the_words_of_a_document_may_name_any_path_and_warn_but_no_cell_writes_to_standard_error():
    outputs = [*printed("/home/zoe/atlas\nFutureWarning: bientôt"), *shown("file:///etc/passwd", "text/html")]
    quoted = {"metadata": {"tags": ["quoted"]}, "source": "x", "outputs": outputs}
    fit.require_fit({"cells": [quoted]}, ROOT, Path("notebooks/90_document.ipynb"), "document=a")
    loud = quoted | {"outputs": [*outputs, *printed("oops", "stderr")]}
    with pytest.raises(NotebookError, match="standard error: oops"):
        fit.require_fit({"cells": [loud]}, ROOT, Path("notebooks/90_document.ipynb"), "document=a")


CELLS = {
    "standard error": "import sys\nprint('to error', file=sys.stderr)",
    "a warning": "import warnings\nwarnings.warn('careful')",
    "a logged warning": "import logging\nlogging.getLogger('x').warning('logged')",
    "the project's path": "import os\nprint(os.getcwd())",
    "a path in HTML": "import os\nfrom IPython.display import HTML\nHTML(f'<b>{os.getcwd()}</b>')",
}


@pytest.mark.parametrize("source", CELLS.values(), ids=CELLS)
def test_both_engines_refuse_it_alike(invent, carry_out, tmp_path, source):
    invent("70_lille", "1", source)
    warm, kernel = (str(carry_out("70_lille", engine=engine)["70_lille"]) for engine in ("warm", "kernel"))
    assert "70_lille.ipynb: the cell at position 2 (no parameters) shows" in warm
    assert [line for line in warm.splitlines() if "ipykernel_" not in line] == [
        line for line in kernel.splitlines() if "ipykernel_" not in line
    ]
