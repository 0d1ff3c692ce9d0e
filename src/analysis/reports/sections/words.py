"""Words and columns that several sections share (pure)."""

import re
from collections.abc import Callable, Mapping
from html import escape

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.registry.phases.wording import KIND_NOUNS
from analysis.reports.reader import Column

TERRITORY = (N_("territoire"), N_("territoires"))
COMMUNE = KIND_NOUNS["commune"]
UNITS: Mapping[str, tuple[str, str]] = {  # of a layer: one, several
    "commune": COMMUNE,
    "intercommunality": (N_("intercommunalité"), N_("intercommunalités")),
    "department": (N_("département"), N_("départements")),
    "region": (N_("région"), N_("régions")),
    "zone": (N_("zone"), N_("zones")),
}
INHABITANT = (N_("habitant"), N_("habitants"))
MEMBER = (N_("membre"), N_("membres"))
CONTRACT = (N_("contrat signé"), N_("contrats signés"))
# The own word of a territory of each phase, and where it stands.
ABOUT: Mapping[int, str] = {1: N_("Ce qu’il devient"), 2: N_("D’où il vient")}
CHANGE_TABLES = ["out_phase_change", "out_phase1_fate"]
FIGURE = (N_("chiffre publié"), N_("chiffres publiés"))
MARKDOWN = re.compile(r"([\\`*_\[\]])")


def text(name: str) -> str:
    """A name of the data as Markdown that shows it as it is, in good typography."""
    return MARKDOWN.sub(r"\\\1", escape(typography.typographic(name), quote=False))


def with_noun(mark: str, count: int, noun: str, plural: str) -> str:
    """A marked count with its noun (French, as typography.counted takes it)."""
    return f"{mark}{typography.HARD_SPACE}{typography.named(count, noun, plural)}"


whole: Callable[[float], str] = typography.number


def sizes() -> tuple[Column, Column, Column]:
    """Communes, inhabitants and area of what a row is about."""
    return (
        Column("commune_count", tr("Communes"), whole),
        Column("population_2022", tr("Population 2022"), whole),
        Column("area_km2", tr("Superficie (km²)"), whole),
    )


def sentence() -> Column:
    """The sentence of the reading note, which is French in every edition."""
    return Column("sentence", tr("Phrase de la note"), french=True)


def translated(column: str, words: Mapping[str, str]) -> pl.Expr:
    """A column of codes as words in the language in force; `words` are French, by code."""
    return pl.col(column).replace_strict({code: tr(word) for code, word in words.items()}, return_dtype=pl.String)
