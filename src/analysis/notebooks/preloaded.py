"""What the fork server imports once for all notebooks; imports only, since nothing may have run before a fork.

Nothing here registers itself with IPython (pyplot and the inline backend would): a notebook that imports it does so in
its own process, as in a normal kernel.
"""

import matplotlib.backends.backend_agg
import matplotlib.backends.backend_svg
import nbclient
import nbformat
import papermill
import rich.console
import typer

import analysis.atlas
import analysis.notebooks.child
import analysis.notebooks.warm

__all__ = ["analysis", "matplotlib", "nbclient", "nbformat", "papermill", "rich", "typer"]
