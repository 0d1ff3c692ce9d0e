"""The stages of dvc.yaml, and what each says to readers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from analysis.errors import SiteError, UnknownCodeError
from analysis.i18n.language import N_
from analysis.io import yaml_files
from analysis.io.nearness import did_you_mean

WHERE: Final = "dvc.yaml"
VARIABLE = re.compile(r"\$\{(\w+)\}")
# What each stage does, in French; its `desc` in dvc.yaml is the English of it.
DESCRIPTIONS: Final[Mapping[str, str]] = {
    "coverage": N_("Contours communaux du paquet, nettoyés en une couverture et mesurés"),
    "registry": N_("Listes officielles, corrigées, confrontées entre elles et au code officiel géographique"),
    "layers": N_("EPCI, territoires des deux phases, départements et régions à deux niveaux de généralisation"),
    "context": N_("Couches de contexte, vérifiées et lues au code officiel géographique 2024"),
    "claims": N_("Chiffres publiés, extraits des notes de lecture avec leur place dans la phrase"),
    "indicators": N_("Ce que dessinent les figures"),
    "phases": N_("Ce que chaque territoire, membre et commune est devenu d’une phase à l’autre"),
    "ledger": N_("Chaque chiffre publié confronté aux listes, au calcul et aux autres chiffres"),
    "notebooks": N_(
        "Chaque notebook et chaque rapport exécuté, avec ses images ; refait seulement si ses propres données changent"
    ),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, its English description, and the files that it reads and writes."""

    name: str
    description: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]

    @property
    def command(self) -> str:
        """What makes the stage again."""
        return f"dvc repro {self.name}"

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables and folders of data that it reads, without their folder and ending."""
        return tuple(PurePosixPath(path).stem for path in self.reads if path.startswith("data/"))


def read(root: Path) -> dict[str, Stage]:
    """The stages of a project by name; SiteError when one is not as DVC writes it."""
    return parse(yaml_files.read_yaml(root / WHERE))


def require_stages(root: Path, names: Iterable[str]) -> None:
    """UnknownCodeError for the first name that is no stage's, with the nearest one."""
    known = read(root)
    for name in names:
        if name not in known:
            what = f"no stage is named {name!r:.60}.{did_you_mean(name, known)}"
            raise UnknownCodeError(what, where=WHERE, repair=f"The stages: {', '.join(known)}.")


def parse(content: Any) -> dict[str, Stage]:
    """Stages by name from parsed YAML, with the variables filled in; SiteError when one is not as DVC writes it."""
    try:
        names = {name: value for one in content["vars"] for name, value in one.items()}
        return {name: _stage(name, one, names) for name, one in content["stages"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise SiteError(
            f"not a pipeline ({error!r}).", where=WHERE, repair="Correct it, then run `dvc repro`."
        ) from error


def _stage(name: str, content: Mapping[str, Any], names: Mapping[str, str]) -> Stage:
    reads, writes = (tuple(_paths(content.get(part, ()), names)) for part in ("deps", "outs"))
    return Stage(name, content["desc"], reads, writes)


def _paths(entries: Any, names: Mapping[str, str]) -> Iterator[str]:
    for one in entries:
        path = one if isinstance(one, str) else next(iter(one))
        yield VARIABLE.sub(lambda found: names[found[1]], path)


def maker(stages: Mapping[str, Stage], table: str) -> Stage:
    """The stage that writes a processed table; SiteError when none does."""
    for one in stages.values():
        if f"data/processed/{table}.parquet" in one.writes:
            return one
    raise SiteError(f"no stage writes the table {table}.", where=WHERE, repair="Run `analysis dependencies`.")
