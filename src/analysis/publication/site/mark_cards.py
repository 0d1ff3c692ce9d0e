"""What the cards of told.js show, as a script that assigns it: a site opened as files may not fetch (pure)."""

import json
from collections.abc import Sequence
from typing import Any, Final

from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.ledger.checks import SIGNS
from analysis.publication.site.figures_page import Figure
from analysis.publication.site.marks import anchor, unit_of
from analysis.publication.site.tables_page import Origins, dated, description
from analysis.sources.provenance import Source
from analysis.tables import TABLES

FILE: Final = "told-data.js"
NAME: Final = "ATLAS_TOLD"


def script(found: Sequence[Figure], known: Origins) -> str:
    """Every published figure, and every processed table with its columns, in the language in force."""
    data = {
        "labels": _labels(),
        "signs": dict(SIGNS),
        "sources": {one.source.id: _source(one.source) for one in found},
        "claims": {one.claim_id: _claim(one) for one in found},
        "tables": {name: _table(name, known) for name in known.names},
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"window.{NAME} = {text};\n"


def _labels() -> dict[str, str]:
    texts = {
        "close": tr("Fermer"),
        "note": tr("La note de lecture, dans nos mots"),
        "source": tr("Source"),
        "document": tr("le document"),
        "precision": tr("Précision"),
        "verdict": tr("Verdict"),
        "rule": tr("règle"),
        "computed": tr("Confronté à"),
        "ledger": tr("Voir la ligne du registre"),
        "computedTitle": tr("Nombre recompté"),
        "derived": tr("Nombre calculé à partir de ces tables"),
        "column": tr("Colonne"),
        "row": tr("Ligne"),
        "held": tr("Dans la table"),
        "table": tr("Table"),
        "stage": tr("Étape"),
        "lists": tr("Sources"),
        "version": tr("Version des données"),
        "origin": tr("Voir d’où vient ce nombre"),
    }
    return {name: typography.spaced(text) for name, text in texts.items()}


def _source(one: Source) -> dict[str, str]:
    date = typography.date(one.published) if one.published else ""
    return {"producer": one.producer, "title": one.title, "url": one.url or "", "date": date}


def _claim(one: Figure) -> dict[str, Any]:
    own = ("said", "about", "precision", "sentence", "verdict", "rule", "reason", "computed")
    return {name: getattr(one, name) for name in own} | {"source": one.source.id, "label": one.verdict_label}


def _table(name: str, known: Origins) -> dict[str, Any]:
    stage, table = known.stage(name), TABLES[name]
    notes = [tr("notes de lecture")] if known.noted(name) else []
    return {
        "title": tr(table.title),
        "anchor": anchor(name),
        "stage": stage.name,
        "description": description(stage),
        "command": stage.command,
        "sources": typography.listed([*map(dated, known.lists(name)), *notes]),
        "version": known.version(name),
        "columns": {one.name: [tr(one.title), unit_of(one)] for one in table.fields},
    }
