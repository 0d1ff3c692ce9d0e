"""An executed notebook without what differs from run to run, and as the text that is committed (pure)."""

import re

import nbformat

ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")
INJECTED = "injected-parameters"


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: times, addresses in memory, random ids."""
    for name in ("papermill", "widgets"):
        notebook.metadata.pop(name, None)
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        tags = cell.metadata.get("tags", [])
        if not tags:
            cell.metadata.pop("tags", None)
        if INJECTED in tags:
            cell["id"] = INJECTED
        for output in cell.get("outputs", []):
            _normalise_output(output)
    return notebook


def _normalise_output(output: nbformat.NotebookNode) -> None:
    if "text" in output:
        output["text"] = ADDRESS.sub("0x0", output["text"])
    data = output.get("data", {})
    for kind in ("text/plain", "text/html", "text/markdown"):
        if kind in data:
            data[kind] = ADDRESS.sub("0x0", data[kind])


def serialise(notebook: nbformat.NotebookNode) -> str:
    """A notebook as the text that is committed."""
    return str(nbformat.writes(notebook, version=4)).rstrip("\n") + "\n"
