"""The pipeline's stages: read tables, call the pure modules, write all results of a stage together."""

from collections.abc import Callable, Mapping
from pathlib import Path

import geopandas as gpd
import polars as pl
from rich.console import Console
from rich.progress import track

from analysis import (
    bundle,
    claims,
    cog,
    corrections,
    geography,
    indicators,
    ledger,
    notes,
    params,
    phases,
    published,
    registry,
    slices,
    sources,
    store,
    vocabulary,
    webmap,
)  # fmt: skip
from analysis.errors import MissingFileError
from analysis.library import Library
from analysis.names import file_name
from analysis.notebooks import report_jobs
from analysis.paths import NOTES, RAW, SLICES, WEBMAP, slice_path
from analysis.stems import REGION, SHARED
from analysis.swapping import replaced_folder


def read_params(root: Path) -> params.Params:
    """The project's knobs, checked."""
    return params.parse(sources.read_yaml(root / params.WHERE))


def coverage(root: Path) -> None:
    """Commune polygons of the wheel, cleaned into a coverage and measured."""
    codes, polygons = store.read_wheel_communes(read_params(root).boundaries.wheel_version)
    geography.require_same_communes(codes, store.read_raw("communes", root))
    cleaned = geography.clean_coverage(codes, polygons)
    attributes = {"commune_code": codes, "area_km2": geography.areas_km2(cleaned)}
    frame = gpd.GeoDataFrame(attributes, geometry=cleaned, crs=geography.WGS84)
    store.write_tables({"core_commune_boundaries": frame}, root)


def registry_tables(root: Path) -> None:
    """The official lists, corrected, checked against each other and against the COG."""
    fixes = corrections.parse(sources.read_yaml(root / corrections.WHERE))
    store.write_tables(registry.build(corrections.apply(store.read_raw_tables(root), fixes)), root)


def layers(root: Path) -> None:
    """EPCI, territories, départements and régions at two levels of generalisation."""
    knobs = read_params(root).boundaries
    communes = store.read_table("core_communes", root)
    outlines = store.read_geo("core_commune_boundaries", root)
    geography.require_same_communes(outlines["commune_code"].to_list(), communes)
    polygons = outlines.geometry.to_numpy()
    detail = geography.layers(communes, polygons, knobs.detail_tolerance_m, keep_communes=True)
    overview = geography.layers(communes, polygons, knobs.overview_tolerance_m, keep_communes=False)
    store.write_tables({"core_boundaries_detail": detail, "core_boundaries_overview": overview}, root)


def claim_tables(root: Path) -> None:
    """Figures of the reading notes, as claims."""
    known = sources.load_sources(root / RAW / "sources.yaml")
    read = notes.load_notes(root / NOTES, known)
    rules = vocabulary.parse(sources.load_vocabulary(root / RAW / "vocabulary.yaml"))
    found = claims.claims_from_notes(read, rules, gazetteer(root))
    tables = {"core_claims": found.claims, "core_unresolved": found.unresolved}
    store.write_tables(tables | {"core_enumerations": claims.enumerations(read)}, root)


def gazetteer(root: Path) -> dict[str, str]:
    """Places that a note may name, as the official lists write them: communes up to régions, and territories."""
    tables = [store.read_raw(name, root) for name in ("communes", "intercommunalities", "departments", "regions")]
    tables.append(store.read_table("core_territories", root))
    return {name: name for table in tables for name in table.get_column("name")}


def indicator_tables(root: Path) -> None:
    """What the figures draw, from the lists and from the published figures."""
    store.write_tables(registry_indicators(root) | published_indicators(root), root)


def registry_indicators(root: Path) -> dict[str, pl.DataFrame | gpd.GeoDataFrame]:
    """Territories and regional coverage, measured on the official lists."""
    areas = store.read_table("core_commune_boundaries", root)
    communes = store.read_table("core_communes", root)
    territories = store.read_table("core_territories", root)
    members = store.read_table("core_members", root)
    covered = indicators.phase_communes(communes, areas)
    outlines = store.read_geo("core_boundaries_detail", root)
    regions = store.read_raw("regions", root)
    return {
        "out_territories": indicators.territories(territories, members, covered, outlines),
        "out_region_coverage": indicators.region_coverage(communes, areas, covered, territories, regions),
    }


def phase_tables(root: Path) -> None:
    """What became of each territory, member and commune between the phases."""
    communes = store.read_table("core_communes", root)
    territories = store.read_table("core_territories", root)
    members = store.read_table("core_members", root)
    fixes = corrections.parse(sources.read_yaml(root / corrections.WHERE))
    raw = corrections.apply(store.read_raw_tables(root), fixes)
    tables = {
        "out_phase_change": phases.phase_change(territories, communes),
        "out_phase1_fate": phases.phase1_fate(territories, communes),
        "out_member_change": phases.member_change(members, communes, raw["cog_changes"]),
        "out_region_change": phases.region_change(communes, raw["regions"]),
    }
    store.write_tables(tables, root)


def published_indicators(root: Path) -> dict[str, pl.DataFrame | gpd.GeoDataFrame]:
    """Published figures arranged for the charts: the label over time, money, the plan of Lille, lists of names."""
    found = store.read_table("core_claims", root)
    listed = store.read_table("core_enumerations", root)
    territories = store.read_table("core_territories", root)
    members = store.read_table("core_members", root)
    known = sources.load_sources(root / RAW / "sources.yaml")
    amounts = published.envelopes(found, known)
    return {
        "out_label_timeline": published.label_timeline(found, territories, known),
        "out_envelopes": amounts,
        "out_hundred_millions": published.hundred_millions(amounts),
        "out_plan": published.plan(found, listed, known),
        "out_enumerations": published.enumerations(listed, found, territories, members),
    }


def ledger_table(root: Path) -> None:
    """Each published figure confronted with the lists, with arithmetic and with other figures."""
    fixes = corrections.parse(sources.read_yaml(root / corrections.WHERE))
    raw = corrections.apply(store.read_raw_tables(root), fixes)
    words = sources.load_vocabulary(root / RAW / "vocabulary.yaml")
    rules = vocabulary.parse(words)
    tables = {name: store.read_table(name, root) for name in ledger.TABLES}
    facts = ledger.Facts.build(raw, tables, words["places"]["aliases"])
    entries = sources.read_yaml(root / RAW / "checks.yaml")
    checks = ledger.parse(entries, rules.concepts, facts.functions())
    judged = ledger.verdicts(tables["core_claims"], facts, checks)
    store.write_tables({"out_ledger": judged}, root)
    ledger.require_sound(judged)


def slice_files(root: Path) -> None:
    """For each region and territory, the part of the tables that its report may see."""
    library = Library(root)
    tables = slices.Tables(
        {name: store.read_table(name, root) for name in slices.PLAIN},
        {name: store.read_geo(name, root) for name in slices.OUTLINES},
        library.sourced,
        library.sources,
    )
    wanted = report_jobs(tables.plain["core_territories"])
    with replaced_folder(root / SLICES) as folder:
        (folder / slice_path(SHARED).name).write_bytes(bundle.pack(slices.shared(tables)))
        for job in track(wanted, "slices", console=Console(stderr=True)):
            cut = slices.region if job.template == REGION else slices.territory
            (folder / slice_path(job.stem).name).write_bytes(bundle.pack(cut(tables, **job.parameters)))


def webmap_files(root: Path) -> None:
    """Borders and names as scripts, for the interactive atlas and the search box."""
    tables = (store.read_table(name, root) for name in ("core_communes", "core_territories", "core_members"))
    names = webmap.Names(*tables, *(store.read_raw(name, root) for name in ("departments", "intercommunalities")))
    outlines = store.read_geo("core_commune_boundaries", root)
    geography.require_same_communes(outlines["commune_code"].to_list(), names.communes)
    overview = store.read_geo("core_boundaries_overview", root)
    with replaced_folder(root / WEBMAP) as folder:
        for name, text in webmap.files(names, overview, outlines.geometry.to_numpy()):
            (folder / f"{file_name(name, WEBMAP)}.js").write_text(text, encoding="utf-8")


def raw_from_cog(root: Path, packages: Mapping[int, Path]) -> None:
    """Rebuild the raw tables of the COG from packages (year of the edition -> archive); the latest is used."""
    if not packages:
        raise MissingFileError("no package given.", repair="Name at least one archive as EDITION=FILE.")
    read = {edition: store.read_cog_package(archive) for edition, archive in packages.items()}
    tables = cog.raw_tables(read[max(read)])
    if len(read) > 1:
        tables["cog_changes"] = cog.changes(read)
    with store.batch() as files:
        for name, frame in tables.items():
            files.add_csv(root / RAW / f"{name}.csv", frame)


STAGES: Mapping[str, Callable[[Path], None]] = {
    "coverage": coverage,
    "registry": registry_tables,
    "layers": layers,
    "claims": claim_tables,
    "phases": phase_tables,
    "indicators": indicator_tables,
    "ledger": ledger_table,
    "slices": slice_files,
    "webmap": webmap_files,
}
