"""The programme that the atlas is about, from `data/raw/programme.yaml`: its name, its phases, their years and colours.

Read once, when a process imports it, from the project that the working directory is in, or else from the one that the
package is installed from. It stands at the top since every room, the first one too, says what a phase is.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis.io import paths
from analysis.io.yaml_files import compose, read_document, read_yaml, refuse

WHERE: Final = paths.RAW / "programme.yaml"
MOST_PHASES: Final = 2  # what is told of two phases compares them; nothing here compares more
REPAIR: Final = "Correct it there"
Year = Annotated[int, Field(ge=1945, le=2100)]
Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Phase(_Strict):
    """A phase: its first and last year, the colour and mark that tell it in figures, what its members are."""

    first: Year
    last: Year
    colour: Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]
    marker: Annotated[str, Field(pattern=r"^[osD^v]$")]
    members: Words

    @model_validator(mode="after")
    def _forwards(self) -> "Phase":
        if self.last < self.first:
            raise ValueError(f"the last year, {self.last}, is before the first, {self.first}")
        return self


class Noun(_Strict):
    """How sentences call territories of the programme: one, several, "of the" one that follows, none."""

    one: Words
    many: Words
    of: Words
    none: Words


class Programme(_Strict):
    """All of programme.yaml."""

    name: Words
    territory: Noun
    ids: Annotated[str, Field(pattern=r"^[a-z]{2,8}-RRN{2,6}$")]
    phases: Mapping[int, Phase]

    @model_validator(mode="after")
    def _in_order(self) -> "Programme":
        numbers = list(self.phases)
        if numbers not in [[*range(1, count + 1)] for count in range(1, MOST_PHASES + 1)]:
            raise ValueError(f"phases are numbered {numbers}, and should be 1, or 1 and 2, in this order")
        if any(self.phases[number].first <= self.phases[number - 1].last for number in numbers[1:]):
            raise ValueError("a phase begins before the one before it has ended")
        return self


def parse(path: Path, text: str) -> Programme:
    """The programme from the text of its file; SourceError names the line and the entry of what is wrong."""
    content = read_yaml(path, text)
    if not isinstance(content, dict):
        refuse(path, 1, "the file does not describe a programme.", "Write its name, territory, ids and phases")
    try:
        return Programme.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        entry = ".".join(map(str, first["loc"]))
        reason = first["msg"].removeprefix("Value error, ")
        refuse(path, _line(text, first["loc"]), f"{entry + ': ' if entry else ''}{reason}.", REPAIR, cause=error)


def _line(text: str, where: tuple[Any, ...]) -> int:
    """The line of an entry, or of the nearest one around it that stands there."""
    node = compose(text)
    line: int = node.start_mark.line + 1
    for part in where:
        inside = {key.value: (key, value) for key, value in node.value} if node.id == "mapping" else {}
        if str(part) not in inside:
            break
        key, node = inside[str(part)]
        line = key.start_mark.line + 1
    return line


def load(root: Path) -> Programme:
    """The programme of a project; SourceError where its file is missing or wrong."""
    return parse(root / WHERE, read_document(root / WHERE))


def _home() -> Path:
    """The project whose programme this process is about."""
    here = paths.project_root()
    return here if (here / WHERE).is_file() else paths.project_root(Path(__file__).parent)


PROGRAMME: Final = load(_home())
NAME: Final = PROGRAMME.name
TERRITORY: Final = PROGRAMME.territory
PHASES: Final = tuple(PROGRAMME.phases)
YEARS: Final = {number: (one.first, one.last) for number, one in PROGRAMME.phases.items()}
PREFIX, _, DIGITS = PROGRAMME.ids.partition("-")  # of the ids of territories: "ti", and "RRNN" for its digits
TERRITORY_ID: Final = rf"{PREFIX}-\d{{{len(DIGITS)}}}"
REGION_DIGITS: Final = (PROGRAMME.ids.index("RR"), len("RR"))  # where the region's code stands in an id


def is_later(phase: object) -> bool:
    """Whether it is the number of a phase that another programme has, and this one has not."""
    return type(phase) is int and len(PHASES) < phase <= MOST_PHASES


def territory_id(number: int | str) -> str:
    """The id of a territory from its digits: `ti-4408`."""
    return f"{PREFIX}-{number:0>{len(DIGITS)}}"
