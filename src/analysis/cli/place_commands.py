"""Commands that answer for a place."""

from typing import Annotated, Any

import typer

from analysis.cli.program import app
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
    code, name = _one(whereabouts.communes_called(commune, *raw))
    lists = (store.read_table(name, root) for name in ("core_memberships", "core_edition_territories"))
    sources = provenance.load_sources(root / RAW / "sources.yaml")
    typer.echo(f"{name} ({code}), {f'on {day}' if on else 'in the lists in force'}:")
    first = {phase: str(editions.filter(phase=phase)["valid_from"].min()) for phase in PHASES}
    for one in whereabouts.whereabouts(code, day, editions, *lists):
        typer.echo(f"  phase {one.phase}: {_said(one, sources, first[one.phase])}")


def _one(found: Any) -> tuple[str, str]:
    """Code and name of the commune, asked for where several are called so."""
    rows = {row["commune_code"]: row["name"] for row in found.iter_rows(named=True)}
    if len(rows) == 1:
        return next(iter(rows.items()))
    for code, name in rows.items():
        typer.echo(f"{code} {name}")
    code = typer.prompt("Several communes are called so. INSEE code of the one you mean")
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
