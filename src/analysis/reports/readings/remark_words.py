"""What has to be told of a document, in the words that readers see (pure)."""

from collections.abc import Mapping
from typing import Final

from analysis.extraction.documents import Remark
from analysis.i18n import typography
from analysis.i18n.language import N_, tr

WORDS: Final[Mapping[str, str]] = {
    "encoding": N_("le fichier est codé en {}, pas en UTF-8"),
    "tags_left_out": N_("les balises HTML sont laissées de côté"),
    "letters_put_right": N_("des lettres mal décodées ({}) sont rétablies"),
    "bytes_of_no_letter": N_("certains octets ne sont d’aucune lettre ; un \ufffd en tient lieu"),
    "letters_unknown": N_("lettres dont les polices ne disent pas le sens, remplacées par \ufffd : {}"),
    "day_of_file": N_("le texte ne donne pas sa date ; celle du fichier ({}) en tient lieu"),
    "pages_damaged": N_("pages abîmées, non lues : {}"),
    "pages_without_text": N_("pages sans texte, peut-être numérisées : {}"),
    "pages_beyond": N_("pages lues : les {} premières sur {}"),
    "number_too_long": N_("nombres de plus de 15 chiffres, non lus : {}"),
    "form": N_("c’est un formulaire : ce qui est saisi dans ses champs n’est pas lu"),
    "files_inside": N_("fichiers joints au document, non lus : {}"),
    "language_en": N_("le texte semble être en anglais ; ses chiffres sont lus comme en français"),
    "language_de": N_("le texte semble être en allemand ; ses chiffres sont lus comme en français"),
    "language_es": N_("le texte semble être en espagnol ; ses chiffres sont lus comme en français"),
    "language_it": N_("le texte semble être en italien ; ses chiffres sont lus comme en français"),
    "language_nl": N_("le texte semble être en néerlandais ; ses chiffres sont lus comme en français"),
    "language_pt": N_("le texte semble être en portugais ; ses chiffres sont lus comme en français"),
}


def worded(remark: Remark) -> str:
    """A remark in the language of the page."""
    return typography.spaced(tr(WORDS[remark.code]).format(*remark.given))
