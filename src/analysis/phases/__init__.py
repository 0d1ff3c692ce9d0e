"""What became of each territory, member and commune between the two phases."""

from analysis.phases.ground import STATUSES, commune_status, region_change
from analysis.phases.members import member_change, successors
from analysis.phases.territories import (
    CHANGES,
    FATES,
    LEAST_SHARED_PCT,
    entirely_new,
    links,
    phase1_fate,
    phase_change,
    sensitivity,
    shared_population,
    words,
)

__all__ = [
    "CHANGES",
    "FATES",
    "LEAST_SHARED_PCT",
    "STATUSES",
    "commune_status",
    "entirely_new",
    "links",
    "member_change",
    "phase1_fate",
    "phase_change",
    "region_change",
    "sensitivity",
    "shared_population",
    "successors",
    "words",
]
