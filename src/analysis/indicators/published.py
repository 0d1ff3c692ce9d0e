"""Published figures turned into what charts draw: the label over time, money, the plan of Lille, lists (pure)."""

import calendar
import re
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from analysis.errors import ClaimError, UnknownCodeError
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.registry.matching import match_enumeration
from analysis.sources.provenance import Source
from analysis.tables import TABLES
from analysis.tables.schema import TYPES

FRANCE = "France"
AND = N_(" et ")  # between the funders of one amount
STEPS = {
    "envelope": "announced",
    "committed": "committed",
    "paid": "paid",
    "investment_fund": "related",
    "engineering_credits": "related",
}
HUNDRED_MILLIONS_EUR = 100e6
PLAN_PLACES = ("MEL", "MEL (PSTET)", "MEL (G.A.M.E)", "SCOT Lille Métropole")
# Who pays, as the sentence of a note names them.
FUNDERS = {
    N_("Banque des Territoires"): re.compile(r"\bBanque des Territoires\b"),
    N_("État"): re.compile(r"\b[Ll]['’]État\b"),
    N_("régions"): re.compile(r"\b[Ll]es régions\b"),
}


# --- the label over time -----------------------------------------------------------------------------------


def label_timeline(claims: pl.DataFrame, territories: pl.DataFrame, sources: Mapping[str, Source]) -> pl.DataFrame:
    """out_label_timeline: how many territories the country has, one row a national claim.

    `date` is the last day of what `as_of` names; `registry_count` counts the official list of the phase.
    """
    counts = dict(territories.group_by("phase").len().iter_rows())
    rows = []
    for claim in _national(claims, ["labelled_territories"], sources):
        count = int(_amount(claim))
        if claim["phase"] not in counts:
            _refuse(claim, "a national number of territories without a phase that has an official list.")
        rows.append(
            claim
            | {"date": last_day(claim["as_of"]), "territory_count": count}
            | {"registry_count": counts[claim["phase"]]}
        )
    return _table("out_label_timeline", rows)


def last_day(as_of: str) -> str:
    """`2018-11-22` itself, `2020-12` as `2020-12-31`, `2022` and `2019/2022` as `2022-12-31`."""
    year, *rest = as_of.rpartition("/")[2].split("-")
    month = rest[0] if rest else "12"
    day = rest[1] if len(rest) > 1 else str(calendar.monthrange(int(year), int(month))[1])
    return f"{year}-{month}-{day}"


def year_span(as_of: str) -> tuple[int | None, int | None]:
    """First and last year of `2019/2022` or `2023`; nothing for a day or a month, which date a statement."""
    found = re.fullmatch(r"(\d{4})(?:(?:-\d\d){0,2}/(\d{4})(?:-\d\d){0,2})?", as_of)
    return (int(found[1]), int(found[2] or found[1])) if found else (None, None)


def when(as_of: str) -> str:
    """`22 novembre 2018`, `novembre 2018`, `2022`, `2019-2022`: `as_of` as readers write it."""
    first, *rest = (typography.date(part) if "-" in part else part for part in as_of.split("/"))
    if not rest:
        return first
    return (
        typography.years(first, rest[0])
        if "-" not in as_of
        else tr("{first} à {last}").format(first=first, last=rest[0])
    )


def at(as_of: str) -> str:
    """`au 22 novembre 2018`, `en novembre 2018`, `de 2019 à 2022`: when a figure holds, not when it was published."""
    parts = as_of.split("/")
    if len(parts) > 1:
        first, last = (typography.date(part) if "-" in part else part for part in parts)
        return tr("de {first} à {last}").format(first=first, last=last)
    return (tr("au {day}") if as_of.count("-") > 1 else tr("en {month}")).format(day=when(as_of), month=when(as_of))


# --- money -------------------------------------------------------------------------------------------------


def envelopes(claims: pl.DataFrame, sources: Mapping[str, Source]) -> pl.DataFrame:
    """out_envelopes: national amounts announced, committed and paid, and the funds beside them, in euros.

    `total_eur` is the yearly amount times the years, or the amount; null for a yearly amount without a period.
    `funder` is null where the note's sentence names none.
    """
    rows = []
    for claim in _national(claims, list(STEPS), sources):
        amount, (first, last) = _amount(claim), year_span(claim["as_of"])
        years = last - first + 1 if first and last else None
        yearly = claim["unit"] == "EUR/year"
        if not yearly and claim["unit"] != "EUR":
            _refuse(claim, f"an amount of money in {claim['unit']}.")
        total = amount if not yearly else amount * years if years else None
        rows.append(
            claim
            | {"step": STEPS[claim["concept"]], "amount_eur": amount, "per_year": int(yearly), "years": years}
            | {"first_year": first, "last_year": last, "total_eur": total}
            | {"funder": _funder(claim["sentence"])}
        )
    return _table("out_envelopes", rows)


def hundred_millions(envelopes: pl.DataFrame) -> pl.DataFrame:
    """out_hundred_millions: every envelope of 100 M€, a year or in all, and the yearly one that took its place.

    Takes out_envelopes. `role` is "instead" for another yearly amount of the same phase within the years of a
    yearly 100 M€; `envelope_rank` numbers what is one envelope: same funder, years and total.
    """
    announced = envelopes.filter(step="announced").drop_nulls("years")
    annual = pl.col("total_eur") / pl.col("years") == HUNDRED_MILLIONS_EUR
    chosen = announced.filter(annual).with_columns(role=pl.lit("hundred"))
    spans = chosen.filter(per_year=1).select("phase", since="first_year", until="last_year").unique()
    instead = (
        announced.filter(~annual, per_year=1)
        .join(spans, on="phase")
        .filter(pl.col("first_year") >= pl.col("since"), pl.col("last_year") <= pl.col("until"))
        .drop("since", "until")
        .unique("claim_id")
        .with_columns(role=pl.lit("instead"))
    )
    identity = pl.struct("first_year", "last_year", "total_eur", pl.col("funder").fill_null(""))
    both = pl.concat([chosen, instead.select(chosen.columns)])
    return _table("out_hundred_millions", both.with_columns(envelope_rank=identity.rank("dense")).to_dicts())


def _funder(sentence: str) -> str | None:
    named = [funder for funder, pattern in FUNDERS.items() if pattern.search(sentence)]
    return AND.join(named) or None


def funders(funder: str) -> str:
    """A `funder` of out_envelopes as readers write it."""
    return tr(AND).join(map(tr, funder.split(AND)))


# --- the plan of Lille -------------------------------------------------------------------------------------


def plan(claims: pl.DataFrame, enumerations: pl.DataFrame, sources: Mapping[str, Source]) -> pl.DataFrame:
    """out_plan: figures of the plan of the Métropole européenne de Lille and of its territory.

    `listed_count` is how many the source lists where it lists what it counts; null where it does not.
    """
    key = ["source_id", "concept", "place"]
    listed = enumerations.group_by(key).agg(listed_count=pl.len())
    local = claims.filter(pl.col("place").is_in(PLAN_PLACES)).join(listed, on=key, how="left", validate="m:1")
    return _table("out_plan", list(_produced(local, sources)))


# --- lists of names ----------------------------------------------------------------------------------------


def enumerations(
    listed: pl.DataFrame, claims: pl.DataFrame, territories: pl.DataFrame, members: pl.DataFrame
) -> pl.DataFrame:
    """out_enumerations: names that sources list, and what each denotes in the official lists (null: unmatched).

    Contracts of a région are territories of it; intercommunalities of a territory are members of it. The phase is
    that of the claim with the same source, concept and place.
    """
    key = ["source_id", "concept", "place"]
    phases = claims.join(listed, on=key, how="semi").select(*key, "phase").unique()
    phased = listed.join(phases, on=key, validate="m:1").drop_nulls("item")
    rows: list[dict[str, Any]] = []
    for (_, concept, place, phase), group in phased.group_by(*key, "phase"):
        of_phase = territories.filter(phase=phase)
        if concept == "signed_contracts":
            known = of_phase.filter(region_name=place).select("name", "territory_id")
        elif concept == "member_intercommunalities":
            name = match_enumeration([str(place)], of_phase["name"].to_list())[str(place)]
            of_place = members.join(
                of_phase.filter(pl.col("name") == pl.lit(name, pl.String)), on=["phase", "territory_id"], how="semi"
            )
            known = of_place.select("member_name", "member_code")
        else:
            continue
        codes = dict(known.iter_rows())
        names = match_enumeration(group["item"].to_list(), list(codes))
        rows += (
            row | {"registry_name": names[row["item"]], "registry_code": codes.get(names[row["item"]])}
            for row in group.iter_rows(named=True)
        )
    return _table("out_enumerations", rows)


# --- rows --------------------------------------------------------------------------------------------------


def _national(claims: pl.DataFrame, concepts: list[str], sources: Mapping[str, Source]) -> Iterator[dict[str, Any]]:
    return _produced(claims.filter(pl.col("concept").is_in(concepts), place=FRANCE), sources)


def _produced(claims: pl.DataFrame, sources: Mapping[str, Source]) -> Iterator[dict[str, Any]]:
    for claim in claims.iter_rows(named=True):
        if claim["source_id"] not in sources:
            what = f"claim {claim['claim_id']}: source {claim['source_id']} is unknown."
            raise UnknownCodeError(what, where="data/raw/sources.yaml", repair="Add it, then run `dvc repro`.")
        yield claim | {"producer": sources[claim["source_id"]].producer}


def _amount(claim: Mapping[str, Any]) -> float:
    """The value, or the one bound of an open interval ("plus de 260 M€"), or the lower of two."""
    found = [value for value in (claim["value_low"], claim["value_high"]) if value is not None]
    return float(found[0]) if found else _refuse(claim, "no value.")


def _refuse(claim: Mapping[str, Any], what: str) -> Any:
    where = f"data/raw/notes/{claim['source_id']}.md"
    raise ClaimError(
        f"claim {claim['claim_id']}: {what}", where=where, repair="Correct the sentence, then run `dvc repro`."
    )


def _table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as output table `name`, sorted by its key; what the table does not have is left out."""
    table = TABLES[name]
    kept = [{column: row[column] for column in table.columns} for row in rows]
    schema = {one.name: TYPES[one.type] for one in table.fields}
    return pl.DataFrame(kept, schema=schema).sort(table.key)
