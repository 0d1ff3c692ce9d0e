"""The search box for communes, EPCI and territories, and the words that its script says (pure)."""

import json
from collections.abc import Mapping
from html import escape
from typing import Final

from analysis import style
from analysis.language import N_, tr
from analysis.site.places import Places

INDEX: Final = "communes"  # the index of communes, which stands in for the box without JavaScript
ATLAS_FOLDER: Final = "atlas"
DATA: Final = f"{ATLAS_FOLDER}/data"
SHEETS: Final = "sheets"
SCRIPTS: Final = ("data.js", "find.js")  # in _static/atlas
WORDS: Final[Mapping[str, str]] = {
    "commune": N_("commune"),
    "epci": N_("intercommunalité"),
    "ept": N_("Établissement public territorial"),
    "group": N_("Intercommunalité"),
    "noGroup": N_("aucune"),
    "nowhere": N_("dans aucun territoire"),
    "partly": N_("en partie hors programme"),
    "none": N_("Aucun lieu de ce nom. Essayez un autre mot, ou l’index des communes."),
    "one": N_("1 résultat. Flèche bas pour l’atteindre."),
    "many": N_("{count} résultats. Flèche bas pour les parcourir."),
    "loading": N_("Chargement des noms…"),
    "failed": N_("La liste des communes n’a pas pu être lue : passez par l’index des communes."),
    "map": N_("Voir sur la carte"),
    "territoryOf": N_("territoire, phase {phase}"),
    "inPlace": N_("{name} ({place})"),
    "colon": N_("{label} :"),
}


def search_box(base: str = "", *, count: str = "", answers: bool = True) -> str:
    """HTML of the box; without JavaScript its form leads to the index of communes.

    `base` is the way to the edition's root ("../" on the atlas page), `count` the HTML that says how many communes
    there are, shown under the box. Without `answers` the page itself shows what was chosen (event `find:chosen`). No
    blank line and no backtick in it: it may stand as it is in Markdown.
    """
    label = tr("Chercher une commune, une intercommunalité ou un territoire")
    said = f"{count} · " if count else ""
    index = f'<a href="{base}{INDEX}.html">{escape(tr("Index des communes par département"))}</a>'
    scripts = "\n".join(f'<script defer src="{base}_static/atlas/{one}"></script>' for one in SCRIPTS)
    return f"""<div class="find">
<form class="find-form" action="{base}{INDEX}.html" role="search" aria-label="{escape(label)}">
<label for="find-input">{escape(label)}</label>
<div class="find-field">
<input id="find-input" class="find-input" name="q" type="search" autocomplete="off" autocapitalize="none"
 spellcheck="false" aria-describedby="find-hint">
<button type="submit">{escape(tr("Chercher"))}</button>
<ul id="find-options" class="find-options" role="listbox" aria-label="{escape(tr("Lieux trouvés"))}" hidden></ul>
</div>
</form>
<p id="find-hint" class="find-hint">{said}{index}</p>
<p class="find-status visually-hidden" role="status"></p>
<div class="find-answer" aria-live="polite"></div>
<script type="application/json" class="find-config">{data_block(_config(base, answers))}</script>
{scripts}
</div>"""


def _config(base: str, answers: bool) -> dict[str, object]:
    words = {key: style.spaced(tr(text)) for key, text in WORDS.items()}
    phases = {str(phase): style.phase_name(phase).capitalize() for phase in (1, 2)}
    return {"base": base, "data": f"{base}{DATA}/", "answers": answers, "words": words, "phases": phases}


def data_block(content: object) -> str:
    """JSON that may stand in a script of a page: nothing in it can end the script or a Markdown block."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace("`", "\\u0060")


def sheets(known: Places) -> dict[str, str]:
    """Address of each territory's sheet, from the site's root, by phase and number."""
    return {f"{one.phase}:{one.territory_id}": one.address for one in known.territories if one.stem}
