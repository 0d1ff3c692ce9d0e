"""What readers choose on the interactive map: the edition of the lists, and what the colours tell (pure)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.publication import webmap
from analysis.sources.context import Layer
from analysis.sources.provenance import Source

# What became of communes, and of territories, since the edition before: one, several.
COMMUNES: Final = {
    "entered": (N_("commune entrée"), N_("communes entrées")),
    "left": (N_("commune sortie"), N_("communes sorties")),
    "moved": (N_("commune passée d’un territoire à un autre"), N_("communes passées d’un territoire à un autre")),
    "stayed": (N_("commune restée"), N_("communes restées")),
}
TERRITORIES: Final = {
    "entered": (N_("territoire entré"), N_("territoires entrés")),
    "left": (N_("territoire sorti"), N_("territoires sortis")),
}
MEANS: Final = {
    "flag": N_("Part des habitants qui vivent dans une commune de la liste"),
    "change": N_("Évolution entre la fin de {first} et la fin de {last}"),
}
TICK: Final = "{month} {year}"


# --- editions ----------------------------------------------------------------------------------------------


def editions(steps: webmap.Steps) -> list[dict[str, Any]]:
    """Every edition, the oldest first: its name, what the slider says of it, and what changed since the one before."""
    return [_edition(steps, one) for one in steps.ordered]


def _edition(steps: webmap.Steps, edition: Mapping[str, Any]) -> dict[str, Any]:
    name = typography.capitalised(tr(edition["title"]))
    day, phase = edition["as_of"], edition["phase"]
    count = typography.counted(edition["territory_count"], "territoire")
    spoken = (
        tr("{name} : état de {date}, {phase}, {count}")
        if len(day) < 10
        else tr("{name} : état du {date}, {phase}, {count}")
    )
    year, month = day.split("-")[:2]
    return {
        "id": edition["id"],
        "phase": phase,
        "newest": steps.newest[phase] == edition["id"],
        "first": edition["id"] not in steps.pairs,
        "name": name,
        "tick": TICK.format(month=typography.short_month(int(month)), year=year),
        "spoken": typography.spaced(
            spoken.format(name=name, date=typography.date(day), phase=typography.phase_name(phase), count=count)
        ),
        "facts": typography.spaced(f"{typography.phase_name(phase).capitalize()}, {count}"),
        "change": typography.spaced(_change(steps, edition)),
    }


def _change(steps: webmap.Steps, edition: Mapping[str, Any]) -> str:
    """What changed since the edition before, in a sentence."""
    before = steps.pairs.get(edition["id"])
    if before is None:
        return tr("C’est la plus ancienne liste connue : rien ne dit ce qui a changé avant elle.")
    parts = [typography.counted(count, *nouns) for count, nouns in _counts(steps, before, edition) if count]
    said = typography.listed(parts) if parts else tr("aucun changement")
    return tr("Depuis l’édition précédente ({title}) : {changes}.").format(title=tr(before["title"]), changes=said)


def _counts(
    steps: webmap.Steps, before: Mapping[str, Any], edition: Mapping[str, Any]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Communes by change, those that stayed where the phase changed; territories within a phase."""
    counts = Counter(steps.change(edition).values())
    old, new = (set(steps.ground(one["id"]).values()) for one in (before, edition))
    if before["phase"] != edition["phase"]:
        counts["stayed"] = len(steps.ground(edition["id"])) - counts["entered"]
        old = new = set()
    yield from ((counts[change], nouns) for change, nouns in COMMUNES.items())
    yield from ((len(ids), TERRITORIES[change]) for change, ids in (("entered", new - old), ("left", old - new)))


# --- what the colours tell ---------------------------------------------------------------------------------


def columns(layers: Mapping[str, Layer], known: Mapping[str, Source]) -> list[dict[str, Any]]:
    """Every column of a context layer that the map can be filled with, as its legend tells it."""
    every = webmap.fills(layers)
    return [_column(one, layers[one.layer], known, every) for one in every]


def _column(one: webmap.Fill, layer: Layer, known: Mapping[str, Source], every: list[webmap.Fill]) -> dict[str, Any]:
    changes = [other.key for other in every if one.change and other.column is one.column and other.change]
    return {
        "key": one.key,
        "layer": tr(layer.title),
        "title": typography.spaced(_title(one)),
        "level": one.level,
        "kind": "change" if one.change else one.column.kind,
        "means": typography.spaced(_meaning(one)),
        "source": f"{known[layer.source].producer}, {known[layer.source].title}",
        "after": _after(known[layer.source]),
        "address": f"sources.html#source-{layer.source}",
        "limits": typography.spaced(tr(layer.limits.strip())) if layer.limits else "",
        "with": [key for key in changes if key != one.key],
    }


def _title(one: webmap.Fill) -> str:
    title = tr(one.column.title)
    if one.change:
        return tr("{title} : évolution {years}").format(title=title, years=typography.years(*one.change))
    return tr("{title} ({year})").format(title=title, year=one.year)


def _meaning(one: webmap.Fill) -> str:
    """What a value is, and in which unit."""
    if one.change:
        return tr(MEANS["change"]).format(first=one.change[0], last=one.change[1])
    if one.column.kind == "flag":
        return tr(MEANS["flag"])
    if one.column.kind == "share":
        return tr("Part dans l’ensemble : {whole}").format(whole=tr(one.column.of or ""))
    return tr("Somme de ce que la source compte dans les communes du territoire")


def _after(source: Source) -> str:
    """What stands after the title of a source, which is French everywhere: its date, and its licence."""
    dated = f" ({typography.date(source.published)})" if source.published else ""
    return typography.spaced(f"{dated}. {tr('Licence : {licence}.').format(licence=source.licence.name)}")
