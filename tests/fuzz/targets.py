"""What is fuzzed: every parser of what people write, as a function of bytes that reads them or raises a named error."""

import io
import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from yaml import safe_dump as dump

from analysis import ledger
from analysis.extraction import claims, corpus, numerals, reading_corrections, vocabulary
from analysis.extraction.documents import Remarks
from analysis.io import params, store
from analysis.io.paths import NOTES, RAW, project_root
from analysis.reports import notebooks
from analysis.reports.notebooks import parameters
from analysis.reports.notebooks.manifest import WHERE, Manifest
from analysis.sources import corrections, notes, provenance
from analysis.upkeep.updates import formats, list_entries

ROOT = project_root(Path(__file__))
CASES = Path(__file__).parent / "cases"
PHASE = 2
CODE = re.compile(r"(?<![^\W_])[0-9]{9}(?![^\W_]|[.,][0-9])")  # surely a SIREN


@dataclass(frozen=True, slots=True)
class Target:
    """A parser: what it does with bytes, what it is fed to begin with, and its share of the inputs."""

    name: str
    read: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    share: int = 1


# --- what they need -----------------------------------------------------------------------------------------


@cache
def folder() -> Path:
    """A folder of this process for parsers that take a path: in memory where there is such a disk."""
    shared = Path("/dev/shm")
    made = tempfile.TemporaryDirectory(prefix="fuzz-", dir=shared if shared.is_dir() else None)
    KEPT.append(made)
    for name in (RAW, NOTES, WHERE.parent):
        (Path(made.name) / name).mkdir(parents=True, exist_ok=True)
    return Path(made.name)


KEPT: list[tempfile.TemporaryDirectory[str]] = []  # removed when the process ends


@cache
def known() -> Mapping[str, provenance.Source]:
    return provenance.load_sources(ROOT / RAW / "sources.yaml")


@cache
def rules() -> vocabulary.Vocabulary:
    return vocabulary.parse(provenance.load_vocabulary(ROOT / RAW / "vocabulary.yaml"))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def raw(name: str) -> bytes:
    return (ROOT / RAW / name).read_bytes()


def head(name: str) -> bytes:
    """The first lines of a file."""
    return b"".join(raw(name).splitlines(keepends=True)[:8])


def small_vocabulary() -> bytes:
    """The vocabulary with two concepts."""
    whole = provenance.load_vocabulary(ROOT / RAW / "vocabulary.yaml")
    return dump({**whole, "concepts": dict(list(whole["concepts"].items())[:2])}, allow_unicode=True).encode()


def entries_of(name: str, *, most: int = 12) -> list[bytes]:
    """The entries of a YAML list in small files: a mutation of a large one is slow and seldom hits."""
    parts = raw(name).decode().split("\n- ")
    return [f"- {part.removeprefix('- ')}\n".encode() for part in parts[1 : most + 1]]


# --- parsers ------------------------------------------------------------------------------------------------


def text(content: bytes) -> object:
    return numerals.read(content.decode("utf-8", "replace"))


def note(content: bytes) -> object:
    return notes.load_note(written(folder() / NOTES / "launch-2018.md", content), known())


def claim(content: bytes) -> object:
    sentence = notes.Sentence(" ".join(content.decode("utf-8", "replace").split()) or "x", 1)
    read = notes.Note("launch-2018", "launch-2018.md", "2018-11-22", [sentence])
    return claims.claims_from_notes([read], rules(), {"Grand Est": "Grand Est", "Lille": "Lille"})


def table(name: str) -> Callable[[bytes], object]:
    def read(content: bytes) -> object:
        written(folder() / RAW / f"{name}.csv", content)
        return store.read_raw(name, folder())

    return read


def source_list(content: bytes) -> object:
    return provenance.load_sources(written(folder() / "sources.yaml", content))


def yaml(name: str, content: bytes) -> object:
    return provenance.read_yaml(written(folder() / name, content))


def fixes(content: bytes) -> object:
    return corrections.parse(yaml("corrections.yaml", content))


def reading_fixes(content: bytes) -> object:
    return reading_corrections.parse(yaml("reading.yaml", content), "reading.yaml", rules(), {"Bretagne": "Bretagne"})


def words(content: bytes) -> object:
    return vocabulary.parse(provenance.load_vocabulary(written(folder() / "vocabulary.yaml", content)))


def checks(content: bytes) -> object:
    return ledger.parse(yaml("checks.yaml", content), rules().concepts, functions())


@cache
def functions() -> Mapping[str, Callable[..., object]]:
    """The names that checks may call; what they answer is not asked here."""
    return dict.fromkeys(re.findall(r"(\w+)\(", raw("checks.yaml").decode()), lambda *_: 0)


def knobs(content: bytes) -> object:
    return params.parse(yaml("params.yaml", content))


def notebook_parameters(content: bytes) -> object:
    template, _, rest = content.decode("utf-8", "replace").partition("\n")
    pairs = (line.partition("=") for line in rest.split("\n") if "=" in line)
    return notebooks.validate(template, {name: value for name, _, value in pairs}, models(), territories())


@cache
def models() -> parameters.Models:
    return parameters.read(project_root())


@cache
def territories() -> object:
    return store.read_raw("territories", ROOT)


def document(content: bytes) -> object:
    said = Remarks()
    with said.kept("x.txt"):
        figures = [json.loads(one) for one in corpus.stream(io.BytesIO(content), "x.txt", said)]
        _lie_where_they_say(figures, content)
        return figures
    return None


def _lie_where_they_say(figures: Sequence[Mapping[str, Any]], content: bytes) -> None:
    """Offsets slice the document as it was given, whatever was cleaned before it was read."""
    try:
        whole = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    if "\x00" in whole:
        return
    for one in figures:
        assert one["text"] == whole[one["start"] : one["end"]]
        assert one["sentence"] == whole[one["sentence_start"] : one["sentence_end"]]
        assert one["sentence_start"] <= one["start"] <= one["num_start"] < one["num_end"] <= one["end"]


def json_lines(content: bytes) -> object:
    path = written(folder() / "x.jsonl", content)
    return [corpus.read_part(part) for part in corpus.parts([str(path)])]


def manifest(content: bytes) -> object:
    written(folder() / WHERE, content)
    found = Manifest.load(folder())
    found.save()
    return found


def member_list(content: bytes) -> object:
    _, columns = formats.read(content, "x")
    found = list_entries.read(columns, PHASE)
    told = {one.place for one in found.problems}
    taken = {(one.place, one.siren) for one in found.entries}
    for row in (one for one in columns.rows if one.place not in told):
        for at in (at for role, at in columns.at.items() if role in {"siren", "member"} and at < len(row.cells)):
            lost = [code for code in CODE.findall(row.cells[at]) if (row.place, code) not in taken]
            assert not lost, f"{row.place}: {lost} neither taken nor refused"
    return found


SENTENCES = [
    "Le Grand Est obtient 13 territoires labellisés, soit 1,3 Md€ (deux cent quarante-deux projets, 40 %).",
    "Entre 3 et 5 M€ par an de 2019 à 2022 ; une douzaine d’EPCI, plus de 1 200 à 1 300 projets.",
    "<p>Le 1<sup>er</sup> sept. 2019, 12&nbsp;M&euro; pour 149¹ ate\u00adliers, quatre-\nvingts « pactes ».</p>",
    "Le 22 novembre 2018, environ la moitié des 149 territoires, dont les deux tiers au 1er trimestre.",
]
LISTS = [
    "Territoire;SIREN;EPCI;Région\nVallée;200018653;CA du Lac;44\nVallée;249720061;CC du Pré;44\n",
    'territoire,membres,region\n"Vallée","CA du Lac (200018653); CC du Pré (249720061)","44"\n',
    "id_ti;insee_com;lib_com\n101;1004;AmbÃ©rieu\n0101;01004;Amb&eacute;rieu\n",
    'territoire;membres\nV;"A (200018653), B et C (249720061)<br>249 710 062 D | [2,49710062E+08] E, 2,49E+08"\n',
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"territoire":"Vallée",'
    '"membres":"CA du Lac (200018653)","region":"44"},"geometry":null}]}',
]
MANIFEST = (
    '{"version": 1, "reports": {"50_region_44": {"inputs": {"code": "x"}, "outputs": {"notebooks/a.ipynb": "y"}}}}'
)
CORPUS_LINES = ['{"id": "a", "text": "149 territoires, 1,3 Md€"}\n{"id": "b", "text": "une douzaine"}\n']


def encoded(texts: Sequence[str]) -> Callable[[], Sequence[bytes]]:
    return lambda: [one.encode(encoding) for one in texts for encoding in ("utf-8", "cp1252", "utf-16")]


READING_FIXES = """\
- {page: 3, text: 15 territoires, field: place, from: France, to: Bretagne, reason: Le titre le dit.}
- {start: 12, field: concept, from: communes, to: null, reason: Ce n’en est pas un.}
- {start: 40, field: doubtful, from: true, to: false, reason: La phrase est claire.}
"""

TARGETS = {
    one.name: one
    for one in (
        Target("numerals", text, encoded(SENTENCES), 365),
        Target("claims", claim, lambda: [one.encode() for one in SENTENCES], 15),
        Target("note", note, lambda: [raw("notes/launch-2018.md")], 60),
        Target("csv-territories", table("territories"), lambda: [head("territories.csv")], 20),
        Target("csv-members", table("members"), lambda: [head("members.csv")], 20),
        Target("csv-changes", table("cog_changes"), lambda: [head("cog_changes.csv")], 20),
        Target("sources", source_list, lambda: entries_of("sources.yaml"), 15),
        Target("corrections", fixes, lambda: [*entries_of("corrections.yaml")], 25),
        Target("reading-corrections", reading_fixes, lambda: [READING_FIXES.encode()], 25),
        Target("vocabulary", words, lambda: [small_vocabulary()], 3),
        Target("checks", checks, lambda: entries_of("checks.yaml"), 20),
        Target("params", knobs, lambda: [(ROOT / "params.yaml").read_bytes()], 15),
        Target("parameters", notebook_parameters, lambda: [b"60_territory\nphase=2\nterritory_id=ti-4408"], 200),
        Target("document", document, encoded(SENTENCES), 60),
        Target("json-lines", json_lines, encoded(CORPUS_LINES), 60),
        Target("manifest", manifest, lambda: [MANIFEST.encode()], 30),
        Target("member-list", member_list, encoded(LISTS), 120),
    )
}


def cases(name: str) -> list[bytes]:
    """Inputs that once were read wrongly, by file name."""
    return [path.read_bytes() for path in sorted((CASES / name).glob("*"))]
