"""`analysis update layer`: an analyst's file taken as a context layer, drafted first, then checked against the COG."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analysis.errors import SourceError, UpdateError
from analysis.indicators import context as indicator
from analysis.io import store, yaml_files
from analysis.io.paths import LAYERS
from analysis.registry import official_lists
from analysis.registry.context_codes import Codes
from analysis.registry.context_values import Reading
from analysis.sources import context, corrections, provenance
from analysis.sources.context import Layer
from analysis.sources.provenance import Source
from analysis.upkeep.stages import context as stage
from analysis.upkeep.updates import formats, layer_cells, layer_draft, layer_guess, note_source, transaction
from analysis.upkeep.updates.grid import Problem, plain, refused
from analysis.upkeep.updates.layer_cells import Cells
from analysis.upkeep.updates.note_source import SOURCES

REPAIR = "Nothing was written. Correct the file or its YAML, then run the command again."


@dataclass(frozen=True)
class Update:
    """New contents by path, the files they replace, and what people are shown: what joins, value by value."""

    contents: Mapping[Path, bytes]
    expected: Mapping[Path, str]
    name: str
    told: Sequence[str]
    joins: pl.DataFrame
    entry: str = ""
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Request:
    """The file, with its YAML and the entry of its source beside it, and the sheet of a workbook."""

    file: Path
    sheet: str = ""

    @property
    def name(self) -> str:
        """The name of the layer: that of the file, in small letters, digits and _."""
        return plain(self.file.stem).replace(" ", "_")

    @property
    def declared(self) -> Path:
        """The YAML beside the file."""
        return self.file.with_name(f"{self.name}.yaml")

    @property
    def source(self) -> Path:
        """The entry of its source beside the file."""
        return self.file.with_name(f"{self.name}.source.yaml")

    def cells(self, content: bytes) -> Cells:
        """What the file holds; UpdateError for what cannot be read."""
        grid = formats.grid_of(content, self.file.name, self.sheet, layer_cells.score)
        if not grid.rows or (wrong := layer_cells.problems(grid)):
            raise refused(self.file.name, wrong if grid.rows else [Problem("", "there is no row")], REPAIR)
        return layer_cells.cells(grid)


def draft(root: Path, asked: Request) -> list[str] | None:
    """Write the YAML and the entry of the source beside a file that has none, and say what was guessed; else None."""
    if asked.declared.is_file() or (root / LAYERS / f"{asked.name}.yaml").is_file():
        return None
    content = formats.load(asked.file)
    cells = asked.cells(content)
    found = layer_guess.guess(cells, Codes.of(store.read_raw_tables(root)))
    if found is None:
        what = "no column holds codes of communes, intercommunalities, departments or regions."
        raise UpdateError(what, where=asked.file, repair="Add one with the codes of Insee, or SIREN, as texts.")
    digest = hashlib.sha256(content).hexdigest()
    with store.batch() as files:
        files.add_text(asked.declared, layer_draft.layer(asked.name, found))
        if not asked.source.is_file():
            files.add_text(asked.source, layer_draft.source(asked.name, digest))
    drafted = f"Drafted: {asked.declared.name} and {asked.source.name}, beside the file."
    return [*layer_draft.told(found, len(cells.rows)), drafted, "Answer their questions (`? …`), then run this again."]


def work_out(root: Path, asked: Request) -> Update:
    """What a layer would change; without contents when it is the one in force, byte for byte.

    SourceError for a declaration, a source or a licence that is not complete, UpdateError, InvalidTableError or
    UnknownCodeError for cells that it does not allow.
    """
    places = [LAYERS / f"{asked.name}.csv", LAYERS / f"{asked.name}.yaml", SOURCES]
    expected = {path: transaction.digest(root / path) for path in places}
    text = yaml_files.read_document(asked.declared if asked.declared.is_file() else root / places[1])
    layer = provenance.validated(Layer, yaml_files.read_yaml(asked.declared, text), asked.declared, 1, asked.name)
    sources, listed, entry = _sources(root, layer, asked.source)
    cells, raw = asked.cells(formats.load(asked.file)), store.read_raw_tables(root)
    layers, plain_codes = context.load(root / LAYERS), Codes.of(raw)
    context.require_zones(asked.declared, layer, layers)
    zones = _zones(root, layer, layers, plain_codes)
    codes = plain_codes.with_zones(zones, [layer])
    content = _written(cells, layer, codes, asked.file.name)
    context.require_sound(asked.declared, layer, sources)
    _require_own_columns(asked.name, layer, layers)
    frame = pl.read_csv(content, infer_schema=False)
    values = Reading(asked.name, layer, frame, codes, asked.file.name, sources[layer.source].published).values()
    new = dict(zip(places, (content, text.encode(), listed), strict=True))
    changed = {path: one for path, one in new.items() if hashlib.sha256(one).hexdigest() != expected[path]}
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    joins = _joins(corrections.apply(raw, fixes), asked.name, layer, pl.concat([zones, values]))
    return Update(changed, expected, asked.name, [cells.told], joins, entry)


def _zones(root: Path, layer: Layer, layers: Mapping[str, Layer], codes: Codes) -> pl.DataFrame:
    """Rows of core_context that name the zone of each commune, where the layer is about zones; else none."""
    naming = {one.layer: layers[one.layer] for one in context.series(layers) if one.name == layer.zones}
    found = stage.read(root, naming, codes, provenance.load_sources(root / SOURCES))
    return found.filter(column=layer.zones or "")


def _sources(root: Path, layer: Layer, beside: Path) -> tuple[Mapping[str, Source], bytes, str]:
    """The sources, sources.yaml with the entry beside the file where it is not there yet, and that entry."""
    content = (root / SOURCES).read_bytes()
    known = provenance.load_sources(root / SOURCES)
    if layer.source in known or not beside.is_file():
        return known, content, ""
    found = provenance.load_sources(beside)
    if list(found) != [layer.source]:
        what = f"holds {', '.join(found) or 'no source'}, the layer names {layer.source}."
        raise SourceError(what, where=beside, repair="Give both the same id.")
    entry = yaml_files.read_document(beside).strip("\n") + "\n"
    return known | found, note_source.appended(content, entry), entry


def _require_own_columns(name: str, layer: Layer, layers: Mapping[str, Layer]) -> None:
    """SourceError for a column that another of the layers has too."""
    others = {one.name: one.layer for one in context.series(layers) if one.layer != name}
    for column in layer.columns:
        if column in others:
            what = f"{name}.yaml: the layer {others[column]} has a column {column} too."
            raise SourceError(what, where=LAYERS, repair="Give the column another name.")


def _written(cells: Cells, layer: Layer, codes: Codes, name: str) -> bytes:
    """The CSV of a layer: its headings as they are, cells as the project writes them; UpdateError for other cells."""
    if missing := [one for one in layer.headings if one not in cells.headings]:
        what = f"it has no column {', '.join(map(repr, missing))}; it has {', '.join(map(repr, cells.headings))}"
        raise refused(name, [Problem("", what)], REPAIR)
    kinds = {heading: one.kind for column, one in layer.columns.items() for heading in one.headings(column)}
    wrong: list[Problem] = []
    columns = []
    for heading in cells.headings:
        write = layer_cells.WRITERS.get(kinds.get(heading, ""))
        texts = cells.column(heading)
        if heading == layer.code:
            columns.append([heading, *(layer_cells.code(one, codes.of_units(layer)) for one in texts)])
            continue
        found = [write(one) if write else one for one in texts]
        lost = ((place, old) for place, old, new in zip(cells.places, texts, found, strict=True) if new is None)
        wrong += [Problem(place, f"{heading} {old!r} is no {kinds[heading]}") for place, old in lost]
        columns.append([heading, *(one or "" for one in found)])
    if wrong:
        raise refused(name, wrong, REPAIR)
    head, *rows = zip(*columns, strict=True)
    at = head.index(layer.code)
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows([head, *sorted(rows, key=lambda row: row[at])])
    return sink.getvalue().encode()


def _joins(raw: Mapping[str, pl.DataFrame], name: str, layer: Layer, values: pl.DataFrame) -> pl.DataFrame:
    """For each column and year what the territories of each phase get, as out_context will say."""
    told = indicator.build(values, official_lists.build(raw)["core_communes"], {name: layer})
    found = told.filter(pl.col("level").is_in(["territory", "member"]))
    return found.group_by("column", "year", "phase", "level").agg(
        known=pl.col("value").count(), all=pl.len(), covered=pl.col("coverage_pct").mean().round(1),
        least=pl.col("value").min(), most=pl.col("value").max(),
    ).sort("column", "year", "level", "phase")  # fmt: skip
