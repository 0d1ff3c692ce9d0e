"""Sentences whose numbers come from the tables, never from the keyboard, each with its origin (pure, Markdown)."""

import re
from collections.abc import Mapping
from functools import partial
from html import escape
from itertools import pairwise
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.hedges import interval
from analysis.i18n.language import N_, tr
from analysis.i18n.periods import at, when
from analysis.registry.phases import CHANGE_WORDS, SIDE_WORDS, STATUS_WORDS
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.reader import foreign

FRANCE = "FR"
KINDS: Mapping[str, tuple[str, str]] = {
    "epci": (N_("intercommunalité"), N_("intercommunalités")),
    "ept": (N_("établissement public territorial"), N_("établissements publics territoriaux")),
    "commune": (N_("commune"), N_("communes")),
}
TERRITORY = (N_("territoire"), N_("territoires"))
COMMUNE = KINDS["commune"]
INHABITANT = (N_("habitant"), N_("habitants"))
MEMBER = (N_("membre"), N_("membres"))
CONTRACT = (N_("contrat signé"), N_("contrats signés"))
FIGURE = (N_("chiffre publié"), N_("chiffres publiés"))
MEMBER_SIZES = ("commune_count", "population_2022", "other_phase_population_2022")
MEMBERS: Mapping[str, str] = {
    "kept": N_("- **{status}** : {members}, soit {communes} et {people}."),
    "left": N_(
        "- **{status}** : {members}, soit {communes} et {people}, dont {covered} que le programme couvre aussi en "
        "phase 2 par un autre membre."
    ),
    "entered": N_(
        "- **{status}** : {members}, soit {communes} et {people}, dont {covered} que le programme couvre aussi en "
        "phase 1 par un autre membre."
    ),
}
OWN_LINKS = N_(
    "Chaque mot dit les propres liens d’un territoire. La figure et le tableau réunissent en groupes ceux qui sont "
    "liés, directement ou par d’autres : tous les territoires d’un groupe y ont le même mot."
)
STEPS: Mapping[str, str] = {
    "announced": N_("- **Annoncé**, phase 1 : {figures}."),
    "committed": N_("- **Engagé**, phase 1 : {figures}."),
    "paid": N_("- **Payé**, phase 1 : {figures}."),
}
LISTED = N_(
    "{names} noms énumérés par la source, dont {matched} retrouvés parmi les {territories} de la liste officielle."
)
ANNOUNCED = N_(
    "{contracts} annoncés, {names} noms énumérés par la source, dont {matched} retrouvés parmi les {territories} de la "
    "liste officielle."
)
HUNDRED_EUR = 100e6
# The rows of out_ledger whose figures are those of the official list of their phase.
AGREEING = {"concept": "labelled_territories", "place": "France", "qualifier": "exact", "verdict": "confirmed"}
MARKDOWN = re.compile(r"([\\`*_\[\]])")


def text(name: str) -> str:
    """A name of the data as Markdown that shows it as it is, in good typography."""
    return MARKDOWN.sub(r"\\\1", escape(typography.typographic(name), quote=False))


def _with_noun(mark: str, count: int, noun: str, plural: str) -> str:
    """A marked count with its noun (French, as typography.counted takes it)."""
    return f"{mark}{typography.HARD_SPACE}{typography.named(count, noun, plural)}"


# --- the label over time -----------------------------------------------------------------------------------


def timeline(points: pl.DataFrame) -> str:
    """What the sources say of the number of territories, and which of them agree with the official list."""
    of_points = partial(counted, table="out_label_timeline")
    ordered = points.sort("date", "claim_id")
    first, last = ordered.row(0, named=True), ordered.row(-1, named=True)
    values = ordered.unique("territory_count", keep="first").sort("territory_count")
    agreeing = points.filter(pl.col("territory_count") == pl.col("registry_count")).height
    official = [
        tr("{count} en {phase}").format(
            count=counted(typography.number(count), "core_territories", "territory_id", phase=phase),
            phase=typography.phase_name(phase),
        )
        for phase, count in points.select("phase", "registry_count").unique().sort("phase").iter_rows()
    ]
    said = tr(
        "Du {first} au {last}, {sources} sources donnent **{values} nombres différents** de territoires : {written}. "
        "Sur {figures} chiffres publiés, {agreeing} sont ceux de la liste officielle de leur phase : {official}. "
        "Des territoires se sont ajoutés au fil de la phase 1 : un nombre plus petit n’est pas une erreur s’il est "
        "daté d’avant."
    ).format(
        first=when(first["as_of"]),
        last=when(last["as_of"]),
        sources=of_points(typography.number(points["source_id"].n_unique()), column="source_id"),
        values=of_points(typography.number(values.height), column="territory_count"),
        written=typography.listed([_count(row) for row in values.iter_rows(named=True)]),
        figures=of_points(typography.number(points.height), column="claim_id"),
        agreeing=counted(typography.number(agreeing), "out_ledger", "verdict", **AGREEING),
        official=typography.listed(official),
    )
    return " ".join((said, *_setbacks(points)))


def _setbacks(points: pl.DataFrame) -> list[str]:
    """The figures that are smaller than an earlier one of the same phase: they cannot both be right."""
    rows = list(points.sort("phase", "date", "claim_id").iter_rows(named=True))
    found = [
        tr("{after} après {before}").format(after=_count_and_source(after), before=_count_and_source(before))
        for before, after in pairwise(rows)
        if before["phase"] == after["phase"] and after["territory_count"] < before["territory_count"]
    ]
    told = tr("Mais le nombre ne peut pas reculer, et il recule : {setbacks}.")
    return [told.format(setbacks=typography.listed(found))] if found else []


def _count(row: Mapping[str, Any]) -> str:
    return claimed(typography.number(row["territory_count"]), row["claim_id"])


def _count_and_source(row: Mapping[str, Any]) -> str:
    return f"{_count(row)} {at(row['as_of'])} ({foreign(text(row['producer']))})"


# --- what the phases cover ---------------------------------------------------------------------------------


def coverage(table: pl.DataFrame, region_code: str = FRANCE) -> str:
    """One sentence a phase: territories, communes, inhabitants and area covered, in number and share."""
    rows = table.filter(pl.col("region_code") == region_code).sort("phase").iter_rows(named=True)
    return "\n".join(_coverage_sentence(row) for row in rows)


def _coverage_sentence(row: Mapping[str, Any]) -> str:
    phase = typography.phase_name(row["phase"]).capitalize()
    if not row["commune_count"]:
        return tr("- {phase} : aucun territoire ne couvre la région {region}.").format(
            phase=phase, region=text(row["region_name"])
        )
    mark = partial(counted, table="out_region_coverage", phase=row["phase"], region_code=row["region_code"])
    shares = {
        name: mark(typography.percent(row[f"{name}_share_pct"]), column=f"{name}_share_pct")
        for name in ("commune", "population", "area")
    }
    numbers = {
        name: mark(typography.number(row[name]), column=name)
        for name in ("territory_count", "commune_count", "population_2022", "area_km2")
    }
    return tr(
        "- {phase} : **{territories}**, {communes} ({commune}), {people} habitants ({population}), {area_km2} km² "
        "({area})."
    ).format(
        phase=phase,
        territories=_with_noun(numbers["territory_count"], row["territory_count"], *TERRITORY),
        communes=_with_noun(numbers["commune_count"], row["commune_count"], *COMMUNE),
        people=numbers["population_2022"],
        area_km2=numbers["area_km2"],
        **shares,
    )


def france(shares: pl.DataFrame) -> str:
    """One sentence a phase: the country's shares (slices.france_shares)."""
    told = tr(
        "- {phase} : {commune} des communes, {population} de la population et {area} de la superficie de la France."
    )
    return "\n".join(
        told.format(
            phase=typography.phase_name(row["phase"]).capitalize(),
            **{
                name: counted(
                    typography.percent(row[f"{name}_share_pct"]),
                    "out_region_coverage",
                    f"{name}_share_pct",
                    phase=row["phase"],
                    region_code=FRANCE,
                )
                for name in ("commune", "population", "area")
            },
        )
        for row in shares.sort("phase").iter_rows(named=True)
    )


# --- what changed ------------------------------------------------------------------------------------------


def changes(changed: pl.DataFrame, fates: pl.DataFrame) -> str:
    """What the territories of phase one become, and where those of phase two come from (both tables)."""
    lines, leads = (
        [],
        {
            1: tr("- Sur **{total}** de la phase 1, selon ce qu’ils deviennent : {parts}."),
            2: tr("- Sur **{total}** de la phase 2, selon d’où ils viennent : {parts}."),
        },
    )
    for phase, frame, table, column in (
        (1, fates, "out_phase1_fate", "fate"),
        (2, changed, "out_phase_change", "change"),
    ):
        counts = dict(frame.group_by(column).len().iter_rows())
        parts = [
            f"{counted(typography.number(counts[word]), table, column, **{column: word})} "
            f"{tr(name.many if counts[word] > 1 else name.one)}"
            for word, name in SIDE_WORDS[phase].items()
            if word in counts
        ]
        total = counted(typography.number(frame.height), table, f"phase{phase}_id")
        whole = _with_noun(total, frame.height, *TERRITORY)
        lines.append(leads[phase].format(total=whole, parts=typography.listed(parts)))
    return "\n".join([*lines, "", tr(OWN_LINKS)])


def member_changes(members: pl.DataFrame) -> str:
    """One sentence a status: members by kind, communes and inhabitants, and those that the other phase covers."""
    lines = []
    for status, word in STATUS_WORDS.items():
        rows = members.filter(status=status)
        mark = partial(counted, table="out_member_change", status=status)
        kinds = dict(rows.group_by("member_kind").len().iter_rows())
        parts = [
            _with_noun(
                mark(typography.number(kinds[kind]), column="member_code", member_kind=kind), kinds[kind], *names
            )
            for kind, names in KINDS.items()
            if kind in kinds
        ]
        if not parts:
            continue
        sums = {name: int(rows.get_column(name).sum()) for name in MEMBER_SIZES}
        communes, people, covered = (mark(typography.number(size), column=name) for name, size in sums.items())
        lines.append(
            tr(MEMBERS[status]).format(
                status=tr(word.many).capitalize(),
                members=typography.listed(parts),
                communes=_with_noun(communes, sums["commune_count"], *COMMUNE),
                people=_with_noun(people, sums["population_2022"], *INHABITANT),
                covered=covered,
            )
        )
    return "\n".join(lines)


# --- money -------------------------------------------------------------------------------------------------


def money(amounts: pl.DataFrame, hundreds: pl.DataFrame) -> str:
    """Announced, committed and paid in phase one, and how many different envelopes are called "100 M€"."""
    lines = []
    for step, told in STEPS.items():
        rows = amounts.filter(pl.col("step") == step, pl.col("phase") == 1, pl.col("per_year") == 0).sort("as_of")
        figures = [
            f"{claimed(amount(row), row['claim_id'])} {at(row['as_of'])} ({foreign(text(row['producer']))})"
            for row in rows.iter_rows(named=True)
        ]
        if figures:
            lines.append(tr(told).format(figures=typography.listed(figures)))
    distinct = hundreds.filter(pl.col("role") == "hundred")
    mark = partial(counted, table="out_hundred_millions", role="hundred")
    lines.append(
        tr(
            "- **« {amount} »** : {sources} sources emploient ce chiffre pour {envelopes} enveloppes différentes."
        ).format(
            amount=mark(typography.euros(HUNDRED_EUR), column="amount_eur"),
            sources=mark(typography.number(distinct.get_column("source_id").n_unique()), column="source_id"),
            envelopes=mark(typography.number(distinct.get_column("envelope_rank").n_unique()), column="envelope_rank"),
        )
    )
    return "\n".join(lines)


def amount(row: Mapping[str, Any]) -> str:
    """A published amount with its hedge: `près de 100 M€`, `plus de 260 M€` (a row of out_envelopes)."""
    return interval({**row, "value_low": row["amount_eur"], "value_high": row["amount_eur"]}, typography.euros)


# --- one territory, one region -----------------------------------------------------------------------------


def territory(row: Mapping[str, Any], region_name: str) -> str:
    """Name, region and size of one territory (a row of out_territories)."""
    mark = partial(counted, table="out_territories", phase=row["phase"], territory_id=row["territory_id"])
    numbers = {
        name: mark(typography.number(row[name]), column=name)
        for name in ("member_count", "commune_count", "population_2022", "area_km2")
    }
    return tr(
        "**{name}** – région {region}, {phase} – réunit {members} et {communes}, {people} habitants sur {area} km²."
    ).format(
        name=text(row["name"]),
        region=text(region_name),
        phase=typography.phase_name(row["phase"]),
        members=_with_noun(numbers["member_count"], row["member_count"], *MEMBER),
        communes=_with_noun(numbers["commune_count"], row["commune_count"], *COMMUNE),
        people=numbers["population_2022"],
        area=numbers["area_km2"],
    )


def other_phase(phase: int, change: Mapping[str, Any]) -> str:
    """What a territory comes from, or what became of it (a dict of Library.other_phase)."""
    word, others = SIDE_WORDS[phase][change["word"]], [f"*{text(name)}*" for name in change["others"]]
    lead = tr("**{name}** – territoire **{word}** : {meaning}.")
    told = [lead.format(name=text(change["name"]), word=tr(word.one), meaning=tr(word.meaning))]
    if others:
        where = tr("Issu, en phase 1, de {others}.") if phase == 2 else tr("Devenu, en phase 2, {others}.")
        told.append(where.format(others=typography.listed(others)))
    if others and change["share_pct"] is not None:
        share = counted(
            typography.percent(change["share_pct"]),
            "out_phase_change",
            "shared_population_share_pct",
            phase2_id=change["territory_id"],
        )
        told.append(tr("{share} de ses habitants y vivaient déjà.").format(share=share))
    if change["group"] != change["word"]:
        group = CHANGE_WORDS[change["group"]]
        text_of_group = tr("Avec ceux qui leur sont liés, ils forment une **{group}** : {meaning}.")
        told.append(text_of_group.format(group=tr(group.one), meaning=tr(group.meaning)))
    return " ".join(told)


def contracts(
    listed_names: pl.DataFrame, announced: Mapping[str, Any] | None, total: int, *, region_code: str, phase: int
) -> str:
    """Signed contracts that a source names, confronted with the region's official list of a phase.

    `announced` is the row of core_claims that says how many were signed, `total` how many territories are listed.
    """
    if listed_names.is_empty():
        return tr("Aucune source lue ne nomme de contrat signé dans cette région.")
    place = listed_names.item(0, "place")
    mark = partial(counted, table="out_enumerations", concept="signed_contracts", place=place)
    matched = listed_names.drop_nulls("registry_code").get_column("registry_code").n_unique()
    official = counted(
        typography.number(total), "out_territories", "territory_id", phase=phase, region_code=region_code
    )
    found = {
        "names": mark(typography.number(listed_names.height), column="item"),
        "matched": mark(typography.number(matched), column="registry_code"),
        "territories": _with_noun(official, total, *TERRITORY),
    }
    if announced is None:
        return tr(LISTED).format(**found)
    count = int(announced["value_low"])
    said = claimed(typography.number(count), announced["claim_id"])
    return tr(ANNOUNCED).format(contracts=_with_noun(said, count, *CONTRACT), **found)


# --- published figures -------------------------------------------------------------------------------------


def announced_and_listed(plan: pl.DataFrame, nouns: Mapping[str, str]) -> str:
    """For each concept of `nouns` (French): what the source announces against how many it lists."""
    rows = plan.filter(pl.col("concept").is_in(list(nouns))).drop_nulls("listed_count").sort("concept")
    same = tr("- {noun} : {said} annoncés, {listed} énumérés – le compte y est.")
    other = tr("- {noun} : {said} annoncés, {listed} énumérés – **le compte n’y est pas**.")
    return "\n".join(
        (same if row["value_low"] == row["listed_count"] else other).format(
            noun=tr(nouns[row["concept"]]).capitalize(),
            said=claimed(typography.number(row["value_low"]), row["claim_id"]),
            listed=counted(
                typography.number(row["listed_count"]), "out_plan", "listed_count", claim_id=row["claim_id"]
            ),
        )
        for row in rows.iter_rows(named=True)
    )


def unresolved(figures: pl.DataFrame) -> str:
    """Figures of the notes that no concept takes: shown, never dropped."""
    if figures.is_empty():
        return tr("Chaque chiffre des notes de lecture a trouvé le concept qu’il mesure : aucun n’est laissé de côté.")
    lead = tr("Chiffres dont aucun concept du vocabulaire ne dit ce qu’ils mesurent :")
    return "\n".join([lead, *(_unresolved(row) for row in figures.iter_rows(named=True))])


def _unresolved(row: Mapping[str, Any]) -> str:
    mark = partial(counted, table="core_unresolved", source_id=row["source_id"], start=row["start"])
    figure, sentence = mark(row["text"], column="text"), mark(row["sentence"], column="sentence")
    return f"- {figure} ({row['source_id']}){tr(' : ')}{sentence}"


def verdicts(judged: pl.DataFrame, names: Mapping[str, str]) -> str:
    """How many published figures got each verdict; `names` (French) are in the order to follow."""
    counts = dict(judged.group_by("verdict").len().iter_rows())
    parts = [
        _with_noun(
            counted(typography.number(counts[verdict]), "out_ledger", "verdict", verdict=verdict),
            counts[verdict],
            name,
            f"{name}s",
        )
        for verdict, name in names.items()
        if verdict in counts
    ]
    total = counted(typography.number(judged.height), "out_ledger", "claim_id")
    return tr("{figures}, un verdict chacun : {verdicts}.").format(
        figures=_with_noun(total, judged.height, *FIGURE), verdicts=typography.listed(parts)
    )
