"""catalog.jsonld: the published tables and layers as a DCAT-AP 3 catalogue, in French and English (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.i18n import language
from analysis.i18n.language import N_, speaking, tr
from analysis.publication.downloads.citation import Citation
from analysis.publication.downloads.datapackage import MEDIA, SPDX, Dataset, File, address, licences
from analysis.sources.provenance import Source

NAME = "catalog.jsonld"
# Where a site publishes the folder of the catalogue, below its own address, and the page that presents it.
FOLDER, PAGE = "fichiers/tables/", "../../donnees.html"
CONTEXT: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority/{}"
IANA = "https://www.iana.org/assignments/media-types/{}"
FILE_TYPES: Mapping[str, str] = {"csv": "CSV", "xlsx": "XLSX", "parquet": "PARQUET", "gpkg": "GPKG"}
THEMES = ("ECON", "REGI")
# The programme's two phases.
PROGRAMME = (2019, 2027)
DESCRIPTION = N_(
    "Les deux phases du programme Territoires d’industrie, commune par commune, et chaque chiffre publié à leur sujet, "
    "confronté aux listes officielles."
)
PROVENANCE = N_(
    "Reconstruit à partir des sources citées par une chaîne de traitement reproductible (dvc repro) ; chaque chiffre "
    "publié est rapporté avec la phrase de sa note de lecture."
)
TABLE_TITLE, LAYER_TITLE = N_("Table : {title}"), N_("Couche : {title}")
COLUMNS = N_("Colonnes : {columns}.")
KEYWORDS = (N_("Territoires d’industrie"), N_("politique industrielle"), N_("intercommunalités"))


def catalogue(cited: Citation, datasets: Sequence[Dataset], known: Mapping[str, Source]) -> dict[str, Any]:
    """The catalogue as JSON-LD; addresses are relative to it, or to where `cited.address` says that the site is."""
    base = {"@base": cited.address + FOLDER} if cited.address else {}
    common = _common(cited)
    return {
        "@context": {**base, **CONTEXT},
        "@id": NAME,
        "@type": "dcat:Catalog",
        "dct:title": _said(cited.title, "en"),
        "dct:description": _both(DESCRIPTION),
        **common,
        "dct:license": {"@id": SPDX.format(cited.licence)},
        "dct:temporal": _period(PROGRAMME),
        "foaf:homepage": {"@id": cited.address or "../../index.html", "@type": "foaf:Document"},
        "dcat:themeTaxonomy": {"@id": AUTHORITY.format("data-theme")},
        "dcat:dataset": [_dataset(one, cited, common, known) for one in datasets],
    }


def _common(cited: Citation) -> dict[str, Any]:
    """What is true of the catalogue and of each of its datasets."""
    publisher = {"@id": f"{NAME}#publisher", "@type": "foaf:Agent", "foaf:name": ", ".join(cited.authors)}
    return {
        "dct:publisher": publisher,
        "dct:issued": {"@type": "xsd:date", "@value": cited.released},
        "dct:language": {"@id": AUTHORITY.format("language/FRA")},
        "dct:spatial": {"@id": AUTHORITY.format("country/FRA"), "@type": "dct:Location"},
        "dcat:version": cited.version,
    }


def _dataset(
    dataset: Dataset, cited: Citation, common: Mapping[str, Any], known: Mapping[str, Source]
) -> dict[str, Any]:
    title = LAYER_TITLE if dataset.table.geometry and dataset.files[0].ending != "csv" else TABLE_TITLE
    spdx = licences(dataset.sources, known, cited.licence)
    return {
        "@id": f"{NAME}#{dataset.table.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.table.name,
        "dct:title": _both(title, title=dataset.table.title),
        "dct:description": _both(COLUMNS, columns=[field.title for field in dataset.table.fields]),
        **common,
        "dct:accessRights": {"@id": AUTHORITY.format("access-right/PUBLIC")},
        "dct:accrualPeriodicity": {"@id": AUTHORITY.format("frequency/IRREG")},
        "dct:temporal": _period(dataset.years or PROGRAMME),
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _both(PROVENANCE)},
        "dcat:keyword": [said for keyword in KEYWORDS for said in _both(keyword)],
        "dcat:theme": [{"@id": AUTHORITY.format(f"data-theme/{theme}")} for theme in THEMES],
        "dcat:landingPage": {"@id": f"{PAGE}#{dataset.table.name}", "@type": "foaf:Document"},
        "prov:wasDerivedFrom": [_source(known[source]) for source in dataset.sources],
        "dcat:distribution": [_distribution(dataset, file, spdx) for file in dataset.files],
    }


def _distribution(dataset: Dataset, file: File, spdx: Sequence[str]) -> dict[str, Any]:
    """One file; of several licences the most demanding is its licence, and all are told as its rights."""
    kind = file.path.rpartition("/")[2].partition(".")[2]  # "en.xlsx" is a workbook with English headings
    spoken = language.LANGUAGES.get(kind.partition(".")[0], language.LANGUAGES[language.FRENCH]).authority
    return {
        "@id": f"{NAME}#{dataset.table.name}-{kind.replace('.', '-')}",
        "@type": "dcat:Distribution",
        "dct:title": _said(f"{dataset.table.name} ({kind.upper()})", "fr"),
        "dct:language": {"@id": AUTHORITY.format(f"language/{spoken}")},
        "dcat:accessURL": {"@id": file.path},
        "dcat:downloadURL": {"@id": file.path},
        "dct:format": {"@id": AUTHORITY.format(f"file-type/{FILE_TYPES[file.ending]}")},
        "dcat:mediaType": {"@id": IANA.format(MEDIA[file.ending])},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)},
        "dct:license": {"@id": address(spdx[0]), "@type": "dct:LicenseDocument"},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": ", ".join(spdx)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
    }


def _source(source: Source) -> dict[str, Any]:
    """A source under its own address, or under its id where it has none."""
    return {
        "@id": source.url or f"{NAME}#source-{source.id}",
        "@type": "prov:Entity",
        "dct:title": _said(f"{source.producer}, {source.title}", "fr"),
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _said(source.licence.name, "fr")},
    }


def _period(years: tuple[int, int]) -> dict[str, Any]:
    first, last = ({"@type": "xsd:gYear", "@value": str(year)} for year in years)
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}


def _said(text: str, name: str) -> dict[str, str]:
    return {"@language": name, "@value": text}


def _both(message: str, **inside: str | Iterable[str]) -> list[dict[str, str]]:
    """The message in each language, with what stands inside it translated too."""
    said = []
    for name in language.LANGUAGES:
        with speaking(name):
            words = {
                key: tr(value) if isinstance(value, str) else ", ".join(map(tr, value)) for key, value in inside.items()
            }
            said.append(_said(tr(message).format(**words), name))
    return said
