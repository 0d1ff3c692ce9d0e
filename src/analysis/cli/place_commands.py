"""Commands that answer for a place."""

from typing import Annotated, Any

import typer

from analysis.cli.program import app
from analysis.errors import ParameterError
from analysis.io.paths import RAW, require_project


@app.command("where")
def run_where(
    commune: Annotated[str, typer.Argument(help="Name, INSEE code or postcode")],
    on: Annotated[str, typer.Option(help="Day, YYYY-MM-DD, YYYY-MM or YYYY; by default the lists in force")] = "",
) -> None:
    """Say which territory a commune belongs to in each phase, by which edition of the list, since when, on any day."""
    from analysis.io import store
    from analysis.registry import whereabouts
    from analysis.sources import provenance
    from analysis.tables.codes import PHASES

    root, day = require_project(), whereabouts.as_day(on) if on else whereabouts.NEWEST
    editions = store.read_table("out_editions", root)
    whereabouts.require_known(editions, day)
    raw = (store.read_raw(name, root) for name in ("communes", "postcodes", "cog_changes"))
    found = whereabouts.communes_called(commune, *raw).join(
        store.read_raw("departments", root).select("department_code", department="name"), on="department_code"
    )
    code, name = _one(commune, found)
    lists = (store.read_table(name, root) for name in ("core_memberships", "core_edition_territories"))
    sources = provenance.load_sources(root / RAW / "sources.yaml")
    typer.echo(f"{name} ({code}), {f'on {day}' if on else 'in the lists in force'}:")
    first = {phase: str(editions.filter(phase=phase)["valid_from"].min()) for phase in PHASES}
    for one in whereabouts.whereabouts(code, day, editions, *lists):
        typer.echo(f"  phase {one.phase}: {_said(one, sources, first[one.phase])}")


def _one(asked: str, found: Any) -> tuple[str, str]:
    """Code and name of the commune, asked for where several are meant; of a code that is a postcode too, the code's."""
    rows = {row["commune_code"]: row["name"] for row in found.iter_rows(named=True)}
    if len(rows) == 1:
        return next(iter(rows.items()))
    for row in found.iter_rows(named=True):
        typer.echo(f"{row['commune_code']} {row['name']} ({row['department']})", err=True)
    if (own := asked.strip().upper()) in rows:
        typer.echo(f"{own} is an INSEE code and a postcode: taken as the code of {rows[own]}.", err=True)
        return own, rows[own]
    try:
        code = typer.prompt(f"{asked} may be any of these. INSEE code of the one you mean", err=True)
    except typer.Abort as error:
        repair = f"Give its code: `analysis where {min(rows)}`."
        raise ParameterError(f"{asked!r:.60} is the name or the postcode of several.", repair=repair) from error
    if code not in rows:
        raise typer.BadParameter(f"{code} is none of {', '.join(rows)}.")
    return code, rows[code]


def _said(one: Any, sources: Any, first: str) -> str:
    if one.edition is None:
        return f"no list yet: the first is of {first}"
    source = sources[one.edition["source"]]
    listed = f"edition {one.edition['id']} of the list, in force since {one.edition['valid_from']}"
    credit = f"{listed}; source: {source.producer}, {source.title} ({source.id})"
    if not one.territory_id:
        return f"in no territory ({credit})"
    known = " (the first list known)" if one.since == first else ""
    return f"{one.territory_id} {one.name}, since {one.since}{known} ({credit})"
