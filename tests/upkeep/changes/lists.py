"""Changes of the raw data as they happen, made in a copy of the project."""

from pathlib import Path

import polars as pl

from analysis.tables.codes import COG_YEAR

LOSER = ("2", "ti-7510")  # loses an intercommunality, gains eleven communes
TAKEN = 11


def read(project: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(project / f"data/raw/{name}.csv", infer_schema=False)


def write(project: Path, name: str, frame: pl.DataFrame) -> None:
    path = project / f"data/raw/{name}.csv"
    path.unlink()  # it may have a second name elsewhere
    frame.write_csv(path)


def with_check_digit(digits: str) -> str:
    """A SIREN from its first eight digits (Luhn)."""
    total = sum(sum(divmod(int(one) * (1 + rank % 2), 10)) for rank, one in enumerate(digits))
    return digits + str(-total % 10)


def lose_one_gain_eleven(project: Path) -> tuple[str, list[str]]:
    """The territory's first intercommunality goes, eleven of its communes stay on their own; their codes."""
    members, own = read(project, "members"), read(project, "commune_members")
    of_loser = members.filter(phase=LOSER[0], territory_id=LOSER[1], member_kind="epci")
    lost = of_loser["member_code"][0]
    communes = read(project, "communes").filter(epci_code=lost)["commune_code"].sort()[:TAKEN].to_list()
    codes = [with_check_digit(f"21{one[:2]}0{one[2:]}") for one in communes]
    gained = pl.DataFrame({"phase": LOSER[0], "territory_id": LOSER[1], "member_code": codes, "member_kind": "commune"})
    kept = members.join(of_loser.head(1), on=members.columns, how="anti", maintain_order="left")
    write(project, "members", pl.concat([kept, gained.select(members.columns)]))
    known = own["member_code"].to_list()
    new = pl.DataFrame({"member_code": codes, "commune_code": communes}).filter(~pl.col("member_code").is_in(known))
    write(project, "commune_members", pl.concat([own, new]))
    return lost, communes


def merge_two(project: Path) -> tuple[str, str]:
    """A commune ends in its neighbour on the list, of the same intercommunality; their codes."""
    communes, changes = read(project, "communes"), read(project, "cog_changes")
    ended, heir = communes.filter(epci_code="200039204").sort("commune_code").head(2).iter_rows(named=True)
    people = str(int(ended["population_2022"]) + int(heir["population_2022"]))
    heirs = pl.col("commune_code") == heir["commune_code"]
    population = pl.when(heirs).then(pl.lit(people)).otherwise("population_2022").alias("population_2022")
    left = communes.filter(pl.col("commune_code") != ended["commune_code"])
    write(project, "communes", left.with_columns(population))
    code = pl.col("commune_code").replace(ended["commune_code"], heir["commune_code"])
    postcodes = read(project, "postcodes").with_columns(code).unique()
    write(project, "postcodes", postcodes.sort("commune_code", "postcode"))
    row = [str(COG_YEAR), ended["commune_code"], "ended", ended["epci_code"], None, heir["commune_code"]]
    write(project, "cog_changes", pl.concat([changes, pl.DataFrame([row], changes.schema, orient="row")]))
    return ended["commune_code"], heir["commune_code"]
