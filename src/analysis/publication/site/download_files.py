"""What readers can download, with the sizes of the files in bytes (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.publication.downloads.citation import Citation
from analysis.publication.site.notebooks import SitePage
from analysis.tables.schema import Table


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure's files: stem, title, alternative text, and the size of each format in bytes."""

    name: str
    title: str
    alt: str
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table or a layer: its number of rows, its files below outputs/tables with their sizes, its licences."""

    table: Table
    rows: int
    sizes: Mapping[str, int]
    licences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """Tables, layers, figures, notebooks with their size, workbooks, metadata and the citation of it all.

    `books` is the national workbook with its size, `together` the GeoPackage of most layers, `metadata` the files that
    describe the others, `citations` those for reference managers; `regions` has each région's workbook and sheets.
    """

    tables: Sequence[PublishedTable]
    figures: Sequence[PublishedFigure]
    notebooks: Sequence[tuple[SitePage, int]]
    books: Mapping[str, int]
    regions: Mapping[str, Mapping[str, int]]
    cited: Citation
    layers: Sequence[PublishedTable] = ()
    together: Mapping[str, int] | None = None
    metadata: Mapping[str, int] | None = None
    citations: Mapping[str, int] | None = None
