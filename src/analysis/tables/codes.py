"""Codes that tables hold and every room names: phases, France, members, changes, precisions, verdicts (pure)."""

from typing import Final, Literal, get_args

from analysis import programme

PHASES: Final = programme.PHASES
YEARS: Final = programme.YEARS  # the first and the last of each phase
TERRITORY_COLUMNS: Final = {phase: f"territory_{phase}" for phase in PHASES}  # of communes, and layers of outlines
FRANCE: Final = "FR"  # where a table has a row for the whole country, in the place of a region's code
COUNTRY: Final = "France"  # its name: the place of a national figure
COG_YEAR: Final = 2024  # edition of the COG whose communes the tables have
KINDS: Final = ("epci", "ept", "commune")
UNIT_LEVELS: Final = ("commune", "intercommunality", "department", "region", "zone")  # of a context layer
GROUND_LEVELS: Final = ("territory", "member", "region", "country")  # what its values are added up to
ALL_GROUND: Final = 0  # in the place of a phase: in the programme or not
STATUSES: Final = ("kept", "left", "entered")  # ground and members, from one phase to the next
SIZE_CHANGES: Final = ("unchanged", "enlarged", "shrunk", "gain_and_loss")  # one territory that remains one
_BOTH_SIDES: Final = (*SIZE_CHANGES, "merged", "split", "recomposed")
CHANGES: Final = (*_BOTH_SIDES, "new")  # where a territory of phase 2 comes from
FATES: Final = (*_BOTH_SIDES, "ended")  # what one of phase 1 became
QUALIFIERS: Final = (
    "exact", "approximately", "nearly", "more_than", "less_than", "at_least", "at_most", "between",
)  # fmt: skip
Verdict = Literal["confirmed", "contradicted", "superseded", "consistent", "not_checkable"]
VERDICT_CODES: Final[tuple[Verdict, ...]] = get_args(Verdict)
