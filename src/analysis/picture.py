"""What a figure is: a drawing with title, credit line, alternative text and the data it draws (no IO)."""

import base64
import hashlib
import io
import re
import textwrap
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl
import polars as pl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis import fonts, painted, style, svg
from analysis.errors import FigureError
from analysis.language import tr
from analysis.names import file_name
from analysis.pixels import Raster

NOTEBOOK_DPI = 110
PRINT_DPI = 200
PNG = {"compress_level": 3}  # for drawings as small as the usual 6, in half the time
SVG_TAG = re.compile(r"<svg\b[^>]*>")
MARGIN = 0.12  # inches between the edge and the text
TITLE_LINE, SUBTITLE_LINE, CREDIT_LINE = 0.235, 0.175, 0.125  # inches a line
fonts.keep()


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished figure. `name` is its file stem; `alt` tells its message to who cannot see it.

    `data` holds one row a drawn mark, ready to be published beside the picture.
    """

    name: str
    figure: Figure
    title: str
    alt: str
    credit: str
    data: pl.DataFrame
    rendered: dict[int, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)
    seen: set[int] = field(
        default_factory=set, init=False, repr=False, compare=False
    )  # colours of a light PNG's pixels

    def __post_init__(self) -> None:
        for part in ("name", "title", "alt", "credit"):
            if not getattr(self, part).strip():
                raise FigureError(f"no {part}.", where=self.name or "a figure", repair="Give every figure one.")
        file_name(self.name, "a figure")
        if self.data.is_empty():
            raise FigureError("it draws no data.", where=self.name, repair="Do not draw an empty figure.")

    def png(self, dpi: int = PRINT_DPI) -> bytes:
        """The drawing as PNG bytes; the same bytes for the same data and lock. Drawn once for each `dpi`."""
        if dpi not in self.rendered:
            self.rendered[dpi] = self._rendered(dpi)
        return self.rendered[dpi]

    def _rendered(self, dpi: int) -> bytes:
        buffer = io.BytesIO()
        with mpl.rc_context(style.RC):
            if dpi == NOTEBOOK_DPI:  # what pages show: light, for readers on a slow line
                self.figure.savefig(buffer, format="raw", dpi=dpi)
                width, height = (int(one) for one in self.figure.get_size_inches() * dpi)
                raster = Raster(buffer.getvalue(), width, height)
                self.seen.update(raster.colours)
                return raster.png(declared=painted.of_figure(self.figure))
            self.figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None}, pil_kwargs=PNG)
        return buffer.getvalue()

    def svg(self) -> bytes:
        """The drawing as SVG bytes with `<title>` and `<desc>`, no date, few decimals, text as outlines."""
        buffer = io.StringIO()
        with mpl.rc_context(style.RC | {"svg.hashsalt": self.name}):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        text = svg.compact(buffer.getvalue())
        named = f"<title>{escape(self.title)}</title><desc>{escape(self.alt)}</desc>"
        return SVG_TAG.sub(lambda tag: f'{tag[0][:-1]} role="img">{named}', text, count=1).encode()

    def data_digest(self) -> str:
        """First twelve hexadecimal digits of the SHA-256 of the drawn data as CSV."""
        return hashlib.sha256(self.data.write_csv(float_precision=6).encode()).hexdigest()[:12]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        """Picture for notebooks; the plain text carries the data's digest, so that nbval sees the data change."""
        drawn = tr("[{rows} lignes, données {digest}]").format(rows=self.data.height, digest=self.data_digest())
        plain = f"{self.title}\n{self.alt}\n{drawn}"
        image = base64.b64encode(self.png(NOTEBOOK_DPI)).decode()
        return {"image/png": image, "text/plain": plain}, {"image/png": {"alt": self.alt, "name": self.name}}


def new_figure(width: float, height: float) -> Figure:
    """An empty figure, in inches, that no global state knows of."""
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure


def compose(figure: Figure, title: str, credit: str, subtitle: str = "") -> tuple[float, float, float, float]:
    """Write title, subtitle and credit line, wrapped to the figure's width; return what is left to draw in.

    The rectangle is (left, bottom, width, height) in figure fractions, as `Figure.add_axes` takes it.
    """
    width, height = figure.get_size_inches()
    top = height - MARGIN
    lines = (
        (title, style.TITLE_SIZE, TITLE_LINE, "bold", style.INK),
        (subtitle, style.SUBTITLE_SIZE, SUBTITLE_LINE, "normal", style.INK_SOFT),
    )
    for text, size, line, weight, colour in lines:
        if text:
            wrapped = _wrap(text, size * (1.13 if weight == "bold" else 1.0), width)
            figure.text(
                MARGIN / width,
                top / height,
                wrapped,
                fontsize=size,
                weight=weight,
                color=colour,
                va="top",
                linespacing=1.2,
            )
            top -= line * (wrapped.count("\n") + 1)
    wrapped = _wrap(credit, style.CREDIT_SIZE, width)
    figure.text(
        MARGIN / width,
        MARGIN / height,
        wrapped,
        fontsize=style.CREDIT_SIZE,
        color=style.INK_SOFT,
        va="bottom",
        linespacing=1.25,
    )
    bottom = MARGIN * 1.6 + CREDIT_LINE * (wrapped.count("\n") + 1)
    return MARGIN / width, bottom / height, 1 - 2 * MARGIN / width, (top - 0.05 - bottom) / height


def add_axes(figure: Figure, rectangle: tuple[float, float, float, float]) -> Axes:
    """Axes in `rectangle` (figure fractions), in the house style."""
    with mpl.rc_context(style.RC):
        return figure.add_axes(rectangle)


def _wrap(text: str, size: float, width: float) -> str:
    letters = int((width - 2 * MARGIN) * 72 / (size * 0.56))
    return "\n".join(
        textwrap.fill(part, letters, break_long_words=False, break_on_hyphens=False)
        for part in style.spaced(text).split("\n")
    )
