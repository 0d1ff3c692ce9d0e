"""datapackage.json (Frictionless Data Package 2.0): tables and layers with their columns, sources, licences (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.publication.downloads.citation import KEY, Citation
from analysis.sources.provenance import Source
from analysis.tables.schema import DELIMITER, Field, Reference, Table

NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
# Media type of each format that tables and layers come in, by the ending of the file.
MEDIA: Mapping[str, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "gpkg": "application/geopackage+sqlite3",
}
DIALECT: Mapping[str, str] = {"delimiter": ",", "lineTerminator": "\n"}
LAYER_FOLDER = "layers/"  # its Parquet files are GeoParquet
SPDX = "https://spdx.org/licenses/{}.html"
# Licences that sources.yaml names, as SPDX knows them, the most demanding first. Of other sources, whose figures are
# quoted as facts, nothing but the project's own words is published: its own licence applies.
LICENCES: Mapping[str, str] = {
    "GNU GPL 3.0": "GPL-3.0-or-later",
    "ODbL 1.0": "ODbL-1.0",
    "Informations publiques, réutilisation libre": "LicenseRef-CRPA-L321-1",
    "Licence Ouverte 2.0": "etalab-2.0",
}
# What SPDX does not know: the law that allows it.
LAW: Mapping[str, str] = {"LicenseRef-CRPA-L321-1": "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000031366350/"}


@dataclass(frozen=True, slots=True)
class File:
    """A published file: path below the package's folder, size in bytes, SHA-256 in hexadecimal digits."""

    path: str
    size: int
    sha256: str

    @property
    def ending(self) -> str:
        """What tells its format, as in MEDIA."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table or layer and its files, the one that `table` describes column by column first.

    `sources` are ids; `years` are the first and the last that it is about.
    """

    table: Table
    files: tuple[File, ...]
    sources: tuple[str, ...]
    years: tuple[int, int] | None = None


def licences(source_ids: Iterable[str], known: Mapping[str, Source], own: str) -> list[str]:
    """SPDX names of the licences that apply to what is made of these sources, the most demanding first."""
    named = [known[one].licence.name for one in source_ids]
    found = [spdx for name, spdx in LICENCES.items() if name in named]
    return found + [own] * (not found or any(one not in LICENCES for one in named))


def address(spdx: str) -> str:
    """Where a licence can be read."""
    return LAW.get(spdx, SPDX.format(spdx))


def package(
    cited: Citation,
    title: str,
    datasets: Sequence[Dataset],
    known: Mapping[str, Source],
    books: Mapping[File, str] | None = None,
    name: str = KEY,
) -> dict[str, Any]:
    """The descriptor: a resource a dataset, for its first file, with its other files as `alternatives`.

    `books` are files that hold many datasets, with their titles: alternatives to the package as a whole.
    """
    used = [one for one in known if any(one in dataset.sources for dataset in datasets)]
    whole = [{"path": file.path, "title": held, **_properties(file)} for file, held in (books or {}).items()]
    return {
        "$schema": PROFILE.format("datapackage"),
        "name": name,
        "title": title,
        "version": cited.version,
        **({"homepage": cited.address} if cited.address else {}),
        "licenses": [_licence(one) for one in licences(used, known, cited.licence)],
        "contributors": [{"title": author, "roles": ["creator"]} for author in cited.authors],
        "sources": [_source(known[one]) for one in used],
        "resources": [_resource(one, known, cited.licence) for one in datasets],
        **({"alternatives": whole} if whole else {}),
    }


def _resource(dataset: Dataset, known: Mapping[str, Source], own: str) -> dict[str, Any]:
    """A CSV is a table to the standard; a GeoParquet, which it does not know, is a file with described columns."""
    main, *others = dataset.files
    text = {"type": "table", "encoding": "utf-8", "dialect": DIALECT} if main.ending == "csv" else {}
    alternatives = [{"path": file.path, **_properties(file)} for file in others]
    return {
        "name": dataset.table.name,
        "path": main.path,
        "title": dataset.table.title,
        **_properties(main),
        **text,
        "licenses": [_licence(spdx) for spdx in licences(dataset.sources, known, own)],
        "sources": [_source(known[source]) for source in dataset.sources],
        "schema": table_schema(dataset.table),
        **({"alternatives": alternatives} if alternatives else {}),
    }


def _properties(file: File) -> dict[str, Any]:
    kind = "geoparquet" if file.path.startswith(LAYER_FOLDER) and file.ending == "parquet" else file.ending
    return {
        "format": kind,
        "mediatype": MEDIA[file.ending],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def _licence(spdx: str) -> dict[str, str]:
    titles = {identifier: name for name, identifier in LICENCES.items()}
    return {"name": spdx, "title": titles.get(spdx, spdx), "path": address(spdx)}


def _source(source: Source) -> dict[str, str]:
    """Standard properties, and the licence under which the source gives what was taken from it."""
    found = {"title": f"{source.producer}, {source.title}", "path": source.url, "version": source.published}
    return {name: value for name, value in found.items() if value} | {"licence": source.licence.name}


# --- columns -----------------------------------------------------------------------------------------------


def table_schema(table: Table) -> dict[str, Any]:
    """A Table Schema 2.0; units, which it does not know, stand in a property of their own."""
    keys = [_foreign_key(one) for one in table.references]
    return {
        "$schema": PROFILE.format("tableschema"),
        "fields": [_field(one) for one in table.fields],
        "missingValues": [""],
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    listed = {"delimiter": DELIMITER, "itemType": "string"} if field.type == "list" else {}
    constraints = {
        "required": (field.required and field.type != "list") or None,
        "pattern": field.pattern if field.type == "string" else None,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "enum": list(field.enum) or None,
    }
    kept = {name: value for name, value in constraints.items() if value is not None}
    return {
        "name": field.name,
        "title": field.title,
        "type": field.type,
        **listed,
        **({"unit": field.unit} if field.unit else {}),
        **({"constraints": kept} if kept else {}),
    }


def _foreign_key(reference: Reference) -> dict[str, Any]:
    return {
        "fields": list(reference.columns),
        "reference": {"resource": reference.table, "fields": list(reference.targets)},
    }
