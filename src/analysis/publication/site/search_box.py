"""The search for communes, EPCI and territories: its box, its place on the page of the search, its words (pure)."""

import json
from collections.abc import Mapping
from html import escape
from typing import Final

from analysis.i18n import typography
from analysis.i18n.language import N_, language, tr
from analysis.publication.site.places import Places
from analysis.tables.codes import PHASES

INDEX: Final = "communes"  # the index of communes, which stands in for the box without JavaScript
ATLAS_FOLDER: Final = "atlas"
DATA: Final = f"{ATLAS_FOLDER}/data"
SHEETS: Final = "sheets"
# In _static/atlas: what finds and tells, then what shows it in the box, or above the results of the page of the search.
FINDING: Final = ("data.js", "finding.js", "since.js", "telling.js")
BOX: Final = "box.js"
RESULTS: Final = "search-places.js"
WORDS: Final[Mapping[str, str]] = {
    "commune": N_("commune"),
    "epci": N_("intercommunalité"),
    "ept": N_("Établissement public territorial"),
    "group": N_("Intercommunalité"),
    "noGroup": N_("aucune"),
    "nowhere": N_("dans aucun territoire"),
    "partly": N_("en partie hors programme"),
    "none": N_("Aucun lieu de ce nom. Essayez un autre mot, ou l’index des communes."),
    "one": N_("1 résultat."),
    "many": N_("{count} résultats."),
    "some": N_("{count} résultats, dont {shown} ici : écrivez la suite pour préciser."),
    "missing": N_("Aucune commune n’a le code {code}, peut-être un CEDEX. Codes voisins et grandes communes :"),
    "keys": N_("Flèche bas pour parcourir la liste."),
    "choose": N_("Plusieurs lieux répondent : choisissez le vôtre dans la liste."),
    "places": N_("Communes, intercommunalités et territoires"),
    "codes": N_("Codes"),
    "postcode": N_("code postal {code}"),
    "insee": N_("code Insee {code}"),
    "siren": N_("SIREN {code}"),
    "id": N_("identifiant {code}"),
    "bothPhases": N_("phase 1 : {first} ; phase 2 : {second}"),
    "loading": N_("Chargement des noms…"),
    "failed": N_("La liste des communes n’a pas pu être lue : passez par l’index des communes."),
    "map": N_("Voir sur la carte"),
    "territoryOf": N_("territoire, phase {phase}"),
    "inPlace": N_("{name} ({place})"),
    "colon": N_("{label} :"),
    "onDay": N_("le {date}"),
    "inMonth": N_("{date}"),
    "since": N_("Dans le territoire « {name} » depuis {when}."),
    "sinceFirst": N_(
        "Dans le territoire « {name} » depuis {when} au plus tard : c’est la première liste connue de la phase {phase}."
    ),
    "goneSince": N_("Dans aucun territoire depuis {when}."),
    "neverListed": N_("Dans aucun territoire, quelle que soit l’édition des listes."),
    "listsFailed": N_("Les éditions des listes n’ont pas pu être lues."),
    "byEdition": N_("Liste par liste"),
    "ofEdition": N_("{date}, phase {phase}"),
}


def search_box(base: str = "", *, count: str = "", answers: bool = True) -> str:
    """HTML of the box; without JavaScript its form leads to the index of communes.

    `base` is the way to the edition's root ("../" on the atlas page), `count` the HTML that says how many communes
    there are, shown under the box. Without `answers` the page itself shows what was chosen (event `find:chosen`). No
    blank line and no backtick in it: it may stand as it is in Markdown.
    """
    label = tr("Chercher une commune ou un code postal, une intercommunalité, un territoire")
    said = f"{count} · " if count else ""
    index = f'<a href="{base}{INDEX}.html">{escape(tr("Index des communes par département"))}</a>'
    return f"""<div class="find">
<form class="find-form" action="{base}{INDEX}.html" role="search" aria-label="{escape(label)}">
<label for="find-input">{escape(label)}</label>
<div class="find-field">
<input id="find-input" class="find-input" name="q" type="search" autocomplete="off" autocapitalize="none"
 spellcheck="false" aria-describedby="find-hint">
<button type="submit">{escape(tr("Chercher"))}</button>
<div class="find-panel" hidden>
<p class="find-said" aria-hidden="true"></p>
<ul id="find-options" class="find-options" role="listbox" aria-label="{escape(tr("Lieux trouvés"))}"></ul>
</div>
</div>
</form>
<p id="find-hint" class="find-hint">{said}{index}</p>
<p class="find-status visually-hidden" role="status"></p>
<div class="find-answer" aria-live="polite"></div>
{_told(base, answers, BOX)}
</div>"""


def search_results() -> str:
    """HTML for the page of the search: hidden until a script has found places by the words that were asked for."""
    return f'<section class="found-places" hidden>\n{_told("", True, RESULTS)}\n</section>'


def _told(base: str, answers: bool, last: str) -> str:
    """The configuration, and the scripts of the search, which wait for the page."""
    scripts = "\n".join(f'<script defer src="{base}_static/atlas/{one}"></script>' for one in (*FINDING, last))
    config = data_block(_config(base, answers))
    return f'<script type="application/json" class="find-config">{config}</script>\n{scripts}'


def _config(base: str, answers: bool) -> dict[str, object]:
    words = {key: typography.spaced(tr(text)) for key, text in WORDS.items()}
    phases = {str(phase): typography.phase_name(phase).capitalize() for phase in PHASES}
    said = {"words": words, "phases": phases, "language": language()}
    return {"base": base, "data": f"{base}{DATA}/", "answers": answers, **said}


def data_block(content: object) -> str:
    """JSON that may stand in a script of a page: nothing in it can end the script or a Markdown block."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace("`", "\\u0060")


def sheets(known: Places) -> dict[str, str]:
    """Address of each territory's sheet, from the site's root, by phase and number."""
    return {f"{one.phase}:{one.territory_id}": one.address for one in known.territories if one.stem}
