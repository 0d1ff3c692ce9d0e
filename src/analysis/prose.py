"""Sentences whose numbers come from the tables, never from the keyboard (pure, French, Markdown)."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import polars as pl

from analysis import style
from analysis.phases import CHANGE_WORDS, STATUS_WORDS
from analysis.published import when
from analysis.reader import interval

FRANCE = "FR"
KINDS: Mapping[str, tuple[str, str]] = {
    "epci": ("intercommunalité", "intercommunalités"),
    "ept": ("établissement public territorial", "établissements publics territoriaux"),
    "commune": ("commune", "communes"),
}
MEMBER_SIZES = ("commune_count", "population_2022", "other_phase_population_2022")
BESIDE: Mapping[str, str] = {
    "left": "en phase 2 par un autre membre",
    "entered": "en phase 1 par un autre membre",
}
SHARES = (("commune", "des communes"), ("population", "de la population"), ("area", "de la superficie"))


def timeline(points: pl.DataFrame) -> str:
    """What the sources say of the number of territories, and which of them agree with the official list."""
    values = points.get_column("territory_count").unique().sort().to_list()
    first, last = points.sort("date").row(0, named=True), points.sort("date").row(-1, named=True)
    agreeing = points.filter(pl.col("territory_count") == pl.col("registry_count")).height
    written = style.listed([style.number(value) for value in values])
    official = [f"{style.number(count)} en {style.phase_name(phase)}" for phase, count in _registry(points)]
    return (
        f"Du {when(first['as_of'])} au {when(last['as_of'])}, "
        f"{points.get_column('source_id').n_unique()} sources donnent "
        f"**{len(values)} nombres différents** de territoires : {written}. "
        f"Sur {points.height} chiffres publiés, {agreeing} sont ceux de la liste officielle de leur phase : "
        f"{style.listed(official)}. Des territoires se sont ajoutés au fil de la phase 1 : un nombre plus petit "
        f"n’est pas une erreur s’il est daté d’avant. {_setbacks(points)}"
    ).strip()


def _setbacks(points: pl.DataFrame) -> str:
    """The figures that are smaller than an earlier one of the same phase: they cannot both be right."""
    rows = list(points.sort("phase", "date", "claim_id").iter_rows(named=True))
    found = [
        f"{style.number(after['territory_count'])} ({after['producer']}, {when(after['as_of'])}) après "
        f"{style.number(before['territory_count'])} ({before['producer']}, {when(before['as_of'])})"
        for before, after in pairwise(rows)
        if before["phase"] == after["phase"] and after["territory_count"] < before["territory_count"]
    ]
    return f"Mais le nombre ne peut pas reculer, et il recule : {style.listed(found)}." if found else ""


def _registry(points: pl.DataFrame) -> list[tuple[int, int]]:
    return list(points.select("phase", "registry_count").unique().sort("phase").iter_rows())


def coverage(table: pl.DataFrame, region_code: str = FRANCE) -> str:
    """One sentence a phase: territories, communes, inhabitants and area covered, in number and share."""
    rows = table.filter(pl.col("region_code") == region_code).sort("phase").iter_rows(named=True)
    return "\n".join(f"- {_coverage_sentence(row)}" for row in rows)


def _coverage_sentence(row: dict[str, Any]) -> str:
    name = style.phase_name(row["phase"]).capitalize()
    if not row["commune_count"]:
        return f"{name} : aucun territoire ne couvre {in_region(row['region_name'], 'la région')}."
    return (
        f"{name} : **{style.counted(row['territory_count'], 'territoire')}**, "
        f"{style.counted(row['commune_count'], 'commune')} ({style.percent(row['commune_share_pct'])}), "
        f"{style.number(row['population_2022'])} habitants ({style.percent(row['population_share_pct'])}), "
        f"{style.number(row['area_km2'])} km² ({style.percent(row['area_share_pct'])})."
    )


def france(shares: pl.DataFrame) -> str:
    """One sentence a phase: the country's shares, in whole per cent (slices.france_shares)."""
    names = (
        ("commune_share_pct", "des communes"),
        ("population_share_pct", "de la population"),
        ("area_share_pct", "de la superficie"),
    )
    lines = [
        f"- {style.phase_name(row['phase']).capitalize()} : "
        f"{style.listed([f'{style.percent(row[name], 0)} {noun}' for name, noun in names])} de la France."
        for row in shares.sort("phase").iter_rows(named=True)
    ]
    return "\n".join(lines)


def in_region(name: str, noun: str) -> str:
    """`la région Mayotte`, but `la France` as it is."""
    return "la France" if name == "France" else f"{noun} {name}"


def changes(changed: pl.DataFrame, fates: pl.DataFrame) -> str:
    """What became of the territories of phase one, and where those of phase two come from (both tables)."""
    lines = []
    for phase, frame, column in ((1, fates, "fate"), (2, changed, "change")):
        counts = dict(frame.group_by(column).len().iter_rows())
        parts = [
            f"{style.number(counts[word])} {name.many if counts[word] > 1 else name.one}"
            for word, name in CHANGE_WORDS.items()
            if word in counts
        ]
        total = style.counted(frame.height, "territoire")
        lines.append(f"- Sur **{total}** de la phase {phase} : {style.listed(parts)}.")
    return "\n".join(lines)


def member_changes(members: pl.DataFrame) -> str:
    """One sentence a status: members by kind, communes and inhabitants, and those that the other phase covers."""
    lines = []
    for status, word in STATUS_WORDS.items():
        rows = members.filter(status=status)
        kinds = dict(rows.group_by("member_kind").len().iter_rows())
        parts = [style.counted(kinds[kind], *names) for kind, names in KINDS.items() if kind in kinds]
        if not parts:
            continue
        communes, people, covered = (int(rows.get_column(name).sum()) for name in MEMBER_SIZES)
        sizes = f"{style.counted(communes, 'commune')} et {style.counted(people, 'habitant')}"
        also = (
            "" if status == "kept" else f", dont {style.number(covered)} que le programme couvre aussi {BESIDE[status]}"
        )
        lines.append(f"- **{word.many.capitalize()}** : {style.listed(parts)}, soit {sizes}{also}.")
    return "\n".join(lines)


def money(amounts: pl.DataFrame, hundreds: pl.DataFrame) -> str:
    """Announced, committed and paid in phase one, and how many different envelopes are called "100 M€"."""
    lines = []
    words = {"announced": "annoncé", "committed": "engagé", "paid": "payé"}
    for step, word in words.items():
        rows = amounts.filter(pl.col("step") == step, pl.col("phase") == 1, pl.col("per_year") == 0).sort("as_of")
        figures = [
            f"{amount(row)} ({style.typographic(row['producer'])}, {when(row['as_of'])})"
            for row in rows.iter_rows(named=True)
        ]
        if figures:
            lines.append(f"- **{word.capitalize()}**, phase 1 : {style.listed(figures)}.")
    distinct = hundreds.filter(pl.col("role") == "hundred")
    lines.append(
        f"- **« 100 M€ »** : {distinct.get_column('source_id').n_unique()} sources emploient ce chiffre pour "
        f"{distinct.get_column('envelope_rank').n_unique()} enveloppes différentes."
    )
    return "\n".join(lines)


def amount(row: dict[str, Any]) -> str:
    """A published amount with its hedge: `près de 100 M€`, `plus de 260 M€` (a row of out_envelopes)."""
    return interval(row | {"value_low": row["amount_eur"], "value_high": row["amount_eur"]}, style.euros)


def territory(row: dict[str, Any], region_name: str) -> str:
    """Name, region and size of one territory (a row of out_territories)."""
    return (
        f"**{style.typographic(row['name'])}** – région {style.typographic(region_name)}, "
        f"{style.phase_name(row['phase'])} – réunit "
        f"{style.counted(row['member_count'], 'membre')} et {style.counted(row['commune_count'], 'commune')}, "
        f"{style.number(row['population_2022'])} habitants sur {style.number(row['area_km2'])} km²."
    )


def other_phase(phase: int, change: Mapping[str, Any]) -> str:
    """What a territory comes from, or what became of it (a dict of Library.other_phase)."""
    word, others = CHANGE_WORDS[change["word"]], [f"*{style.typographic(name)}*" for name in change["others"]]
    name = style.typographic(change["name"])
    if not others:
        return f"**{name}** – territoire **{word.one}** : {word.meaning}."
    where = "Issu, en phase 1, de" if phase == 2 else "Devenu, en phase 2,"
    share = change["share_pct"]
    part = "" if share is None else f" {style.percent(share)} de ses habitants y vivaient déjà."
    return f"**{name}** – territoire **{word.one}** : {word.meaning}. {where} {style.listed(others)}.{part}"


def contracts(listed_names: pl.DataFrame, announced: int | None, total: int) -> str:
    """Signed contracts that a source names, confronted with the region's official list of phase one."""
    if listed_names.is_empty():
        return "Aucune source lue ne nomme de contrat signé dans cette région."
    matched = listed_names.drop_nulls("registry_code").get_column("registry_code").n_unique()
    said = f"{style.counted(announced, 'contrat signé', 'contrats signés')} annoncés, " if announced else ""
    return (
        f"{said}{listed_names.height} noms énumérés par la source, dont {matched} retrouvés parmi les "
        f"{style.counted(total, 'territoire')} de la liste officielle."
    )


def announced_and_listed(plan: pl.DataFrame, nouns: dict[str, str]) -> str:
    """For each concept of `nouns`: what the source announces against how many it lists."""
    rows = plan.filter(pl.col("concept").is_in(list(nouns))).drop_nulls("listed_count").sort("concept")
    lines = []
    for row in rows.iter_rows(named=True):
        same = row["value_low"] == row["listed_count"]
        verdict = "le compte y est" if same else "**le compte n’y est pas**"
        lines.append(
            f"- {nouns[row['concept']].capitalize()} : {style.number(row['value_low'])} annoncés, "
            f"{style.number(row['listed_count'])} énumérés – {verdict}."
        )
    return "\n".join(lines)


def unresolved(figures: pl.DataFrame) -> str:
    """Figures of the notes that no concept takes: shown, never dropped."""
    if figures.is_empty():
        return "Chaque chiffre des notes de lecture a trouvé le concept qu’il mesure : aucun n’est laissé de côté."
    rows = [f"- {row['text']} ({row['source_id']}) : {row['sentence']}" for row in figures.iter_rows(named=True)]
    return "Chiffres dont aucun concept du vocabulaire ne dit ce qu’ils mesurent :\n" + "\n".join(rows)


def verdicts(judged: pl.DataFrame, names: Mapping[str, str]) -> str:
    """How many published figures got each verdict."""
    counts = dict(judged.group_by("verdict").len().iter_rows())
    parts = [style.counted(counts[verdict], name) for verdict, name in names.items() if verdict in counts]
    total = style.counted(judged.height, "chiffre publié", "chiffres publiés")
    return f"{total}, un verdict chacun : {style.listed(parts)}."
