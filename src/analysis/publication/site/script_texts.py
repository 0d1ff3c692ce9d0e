"""What the first page says: one sentence under each of its figures, one under each question (pure)."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final, NamedTuple

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.i18n.periods import when
from analysis.indicators.hundred_millions import HUNDRED_MILLIONS_EUR
from analysis.ledger.checks import SEVERAL, VERDICTS
from analysis.publication.site.counting import distinct, rows
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.sections.money import amount
from analysis.sources.provenance import Source, with_updates
from analysis.tables.codes import FRANCE

COVERAGE: Final = "out_region_coverage"
LISTS, SOURCES = "anct-lists", "sources.html"
NEEDED: Final = (
    "core_claims", "core_communes", "out_envelopes", "out_hundred_millions", "out_label_timeline", "out_ledger",
    "out_phase1_fate", "out_phase_change", "out_region_coverage",
)  # fmt: skip
Tables = Mapping[str, pl.DataFrame]


class Message(NamedTuple):
    """What a figure says in one sentence (HTML); in words, who says it and when; and the address of the source."""

    sentence: str
    dated: str
    address: str


class Question(NamedTuple):
    """A question, the page that answers it, and the answer in short."""

    text: str
    stem: str
    answer: Callable[[Tables], str]


# --- under the three figures -------------------------------------------------------------------------------


def timeline(tables: Tables, known: Mapping[str, Source]) -> Message:
    """How many numbers of territories were published, and what the lists say."""
    name, points = "out_label_timeline", tables["out_label_timeline"].sort("date", "claim_id")
    first, last = (when(points.row(rank, named=True)["as_of"]) for rank in (0, -1))
    sentence = tr(
        "{sources} ont publié {numbers} pour la France ; les listes officielles en comptent {first} en phase 1 et "
        "{second} en phase 2."
    ).format(
        sources=distinct(points, name, "source_id", N_("source"), N_("sources")),
        numbers=distinct(
            points,
            name,
            "territory_count",
            N_("nombre différent de territoires"),
            N_("nombres différents de territoires"),
        ),
        **_both(tables, "territory_count", typography.number),
    )
    return Message(sentence, tr("Chiffres publiés du {first} au {last}").format(first=first, last=last), SOURCES)


def coverage(tables: Tables, known: Mapping[str, Source]) -> Message:
    """What share of the population each phase covers."""
    shares = _both(tables, "population_share_pct", typography.percent)
    sentence = tr("Le programme couvrait {first} de la population en phase 1 ; il en couvre {second} en phase 2.")
    newest = max(with_updates([LISTS], known), key=lambda one: known[one].published or "" if one in known else "")
    dated = _published(known, newest)
    told = tr("Liste de l’ANCT, {date}") if dated else tr("Liste de l’ANCT")
    return Message(sentence.format(**shares), told.format(date=dated), f"{SOURCES}#source-{newest}")


def money(tables: Tables, known: Mapping[str, Source]) -> Message | None:
    """What was paid of what was committed in phase one, by the source that gives both; None when none does."""
    found = tables["out_envelopes"].filter(phase=1, per_year=0)
    paid, committed = (found.filter(step=step) for step in ("paid", "committed"))
    both = paid.join(committed, on="source_id", how="semi").sort("as_of", "claim_id")
    if both.is_empty():
        return None
    last = both.row(-1, named=True)
    whole = committed.filter(source_id=last["source_id"]).sort("claim_id").row(0, named=True)
    sentence = tr("Sur les {committed} engagés pour la phase 1, {paid} ont été payés.").format(
        committed=_amount(whole), paid=_amount(last)
    )
    period, date = when(last["as_of"]), _published(known, last["source_id"])
    dated = tr("{producer}, {date} ; années {period}").format(producer=last["producer"], date=date, period=period)
    return Message(sentence, dated, f"{SOURCES}#source-{last['source_id']}")


def _amount(row: Mapping[str, Any]) -> str:
    return claimed(amount(row), row["claim_id"])


def _published(known: Mapping[str, Source], source_id: str) -> str:
    dated = known[source_id].published if source_id in known else None
    return typography.date(dated) if dated else ""


def _both(tables: Tables, column: str, write: Callable[[float], str]) -> dict[str, str]:
    """The country's value in each phase, marked: `first` and `second`."""
    return {
        name: counted(write(_country(tables, phase)[column]), COVERAGE, column, phase=phase, region_code=FRANCE)
        for name, phase in (("first", 1), ("second", 2))
    }


def _country(tables: Tables, phase: int) -> dict[str, Any]:
    return tables[COVERAGE].filter(region_code=FRANCE, phase=phase).row(0, named=True)


# --- under the five questions ------------------------------------------------------------------------------


def _communes(tables: Tables) -> str:
    return tr(
        "Sur {communes}, {first} sont dans un territoire de la phase 1 et {second} dans un territoire de la phase 2. "
        "La fiche de chaque territoire nomme ses membres et toutes ses communes."
    ).format(
        communes=rows(tables["core_communes"], "core_communes", "commune_code", N_("commune"), N_("communes")),
        **_both(tables, "commune_count", typography.number),
    )


def _costs(tables: Tables) -> str:
    name, hundreds = "out_hundred_millions", tables["out_hundred_millions"]
    return tr(
        "Annoncé, engagé ou payé : {amounts}, chacun avec sa source. Le même « {hundred} » désigne {envelopes}."
    ).format(
        hundred=counted(typography.euros(HUNDRED_MILLIONS_EUR), name, "amount_eur", role="hundred"),
        amounts=rows(tables["out_envelopes"], "out_envelopes", "amount_eur", N_("montant"), N_("montants")),
        envelopes=distinct(
            hundreds, name, "envelope_rank", N_("enveloppe différente"), N_("enveloppes différentes"), role="hundred"
        ),
    )


def _disagreements(tables: Tables) -> str:
    judged = tables["out_ledger"]
    counts = dict(judged.group_by("verdict").len().iter_rows())
    parts = [
        f"{counted(typography.number(counts[one]), 'out_ledger', 'verdict', verdict=one)} {tr(label)}"
        for one, label in zip(VERDICTS, SEVERAL, strict=True)
        if one in counts
    ]
    nouns = (N_("chiffre publié"), N_("chiffres publiés"))
    return tr("Chacun des {figures} a son verdict : {verdicts}.").format(
        figures=rows(judged, "out_ledger", "claim_id", *nouns), verdicts=typography.listed(parts)
    )


def _changes(tables: Tables) -> str:
    new = rows(tables["out_phase_change"], "out_phase_change", "change", change="new")
    kept = rows(tables["out_phase_change"], "out_phase_change", "change", change="unchanged")
    ended = rows(tables["out_phase1_fate"], "out_phase1_fate", "fate", fate="ended")
    return tr(
        "Territoires de la phase 2 entièrement nouveaux : {new} ; restés les mêmes : {kept}. Territoires de la "
        "phase 1 disparus : {ended}."
    ).format(new=new, kept=kept, ended=ended)


def _regions(tables: Tables) -> str:
    regions = tables[COVERAGE].filter(pl.col("region_code") != FRANCE, phase=2)
    ordered = regions.sort("population_share_pct", "region_code")
    found = {name: ordered.row(rank, named=True) for name, rank in (("least", 0), ("most", -1))}
    shares = {
        name: counted(
            typography.percent(row["population_share_pct"]), COVERAGE, "population_share_pct",
            phase=2, region_code=row["region_code"],
        )
        for name, row in found.items()
    }  # fmt: skip
    names = {f"{name}_region": escape(row["region_name"]) for name, row in found.items()}
    return tr(
        "La phase 2 couvre, selon la région, de {least} ({least_region}) à {most} ({most_region}) de la population."
    ).format(**shares, **names)


QUESTIONS: Final = (
    Question(N_("Ma commune est-elle dans un territoire, dans quelle phase et avec qui ?"), "territoires", _communes),
    Question(N_("Que coûte le programme, et qui le dit ?"), "30_envelopes", _costs),
    Question(N_("Où les chiffres se contredisent-ils ?"), "80_fact_check", _disagreements),
    Question(N_("Qu’est-ce qui a changé entre les deux phases ?"), "40_phase_change", _changes),
    Question(N_("Quelle part de ma région est couverte ?"), "regions", _regions),
)
# Under the figures of the first page, by the figure's name.
MESSAGES: Final[Mapping[str, Callable[[Tables, Mapping[str, Source]], Message | None]]] = {
    "label_timeline": timeline,
    "national_map": coverage,
    "envelopes": money,
}
