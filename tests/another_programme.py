"""A copy of the project about another programme, Petites villes de demain: one phase, its members are communes.

Nothing but data is other than in the project: programme.yaml, the lists, the notes, which are none, and what names the
second phase in the vocabulary.
"""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

PROGRAMME = """\
name: Petites villes de demain
territory:
  one: petite ville de demain
  many: petites villes de demain
  of: de la petite ville de demain
  none: aucune petite ville de demain
ids: pvd-RRNNNN
phases:
  1: {first: 2021, last: 2026, colour: "#228833", marker: s, members: communes}
"""
EDITIONS = """\
- id: "2025-07"
  phase: 1
  title: liste de juillet 2025
  valid_from: "2025-07"
  known_from: "2025-07"
  cog: 2024
  source: anct-town-programmes-2025
"""
REGION, DEPARTMENT = "94", "2A"  # of the report, and of the sheets
PROCESSED = Path("data/processed")


def copied(root: Path, project: Path) -> Path:
    """The project about Petites villes de demain in a folder; of what is built, the outlines of communes."""
    raw = project / "data/raw"
    shutil.copytree(root / "data/raw", raw, ignore=shutil.ignore_patterns("*.md", "documents"))
    shutil.copytree(root / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("CITATION.cff", "LICENSE", "dvc.yaml", "params.yaml", "requirements.lock"):
        shutil.copy(root / name, project / name)
    (project / "src").symlink_to(root / "src")
    (project / PROCESSED).mkdir(parents=True)
    outlines = PROCESSED / "core_commune_boundaries.parquet"
    shutil.copy(root / outlines, project / outlines)
    for path in (raw / "editions").iterdir():
        path.unlink()
    texts = {"programme": PROGRAMME, "editions": EDITIONS, "corrections": "[]\n"}
    for name, text in texts.items():
        (raw / f"{name}.yaml").write_text(text, encoding="utf-8")
    _with_one_phase(raw / "vocabulary.yaml")
    _write_lists(raw)
    return project


def _with_one_phase(vocabulary: Path) -> None:
    rules = yaml.safe_load(vocabulary.read_text(encoding="utf-8"))
    rules["phases"] = {1: rules["phases"][1]}
    vocabulary.write_text(yaml.safe_dump(rules, allow_unicode=True, sort_keys=False), encoding="utf-8")


def labelled(raw: Path) -> list[dict[str, str]]:
    """Rows of the raw table communes that the layer's flag names, in its order."""
    flagged = {row["commune_code"] for row in rows(raw / "layers/town_programmes.csv") if row["pvd"] == "1"}
    return [row for row in rows(raw / "communes.csv") if row["commune_code"] in flagged]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_lists(raw: Path) -> None:
    """Each labelled commune is a territory of its own, and its only member."""
    numbers: dict[str, int] = {}
    territories, members, alone = [], [], []
    for row in labelled(raw):
        region = row["region_code"]
        numbers[region] = numbers.get(region, 0) + 1
        territory, siren = f"pvd-{region}{numbers[region]:04}", _siren(row["commune_code"])
        territories.append({"phase": 1, "territory_id": territory, "name": row["name"], "region_code": region})
        members.append({"phase": 1, "territory_id": territory, "member_code": siren, "member_kind": "commune"})
        alone.append({"member_code": siren, "commune_code": row["commune_code"]})
    for name, listed in {"territories": territories, "members": members, "commune_members": alone}.items():
        _write(raw / f"{name}.csv", listed)


def _siren(commune_code: str) -> str:
    """As many digits as a SIREN, and no public body's: the code of the commune, its letters as 00 and 99."""
    return f"9{commune_code.replace('2A', '00').replace('2B', '99'):0>8}"


def _write(path: Path, listed: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, list(listed[0]), lineterminator="\n")
        written.writeheader()
        written.writerows(listed)


def run(project: Path, *arguments: str) -> str:
    """What a command of the atlas answers in the project; it must end well."""
    command = [sys.executable, "-m", "analysis", *arguments]
    return answered(project, command)


def python(project: Path, code: str) -> str:
    """What a program prints in the project."""
    return answered(project, [sys.executable, "-c", code])


def answered(project: Path, command: list[str]) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "DVC_STAGE"}
    ended = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr
