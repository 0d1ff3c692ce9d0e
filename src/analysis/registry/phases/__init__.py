"""What became of each territory, member and commune between the two phases."""

from analysis.registry.phases.flows import Flow, flow_of, flow_table
from analysis.registry.phases.linked import change_counts, groups, sides
from analysis.registry.phases.member_changes import member_change, successors
from analysis.registry.phases.statuses import commune_status, region_change, status_of
from analysis.registry.phases.territories import (
    LEAST_SHARED_PCT,
    entirely_new,
    links,
    phase1_fate,
    phase_change,
    sensitivity,
    shared_population,
    words,
)
from analysis.registry.phases.wording import CHANGE_WORDS, KIND_NOUNS, SIDE_WORDS, STATUS_WORDS

__all__ = [
    "CHANGE_WORDS", "KIND_NOUNS", "LEAST_SHARED_PCT", "SIDE_WORDS", "STATUS_WORDS", "Flow",
    "change_counts", "commune_status", "entirely_new", "flow_of", "flow_table", "groups", "links", "member_change",
    "phase1_fate", "phase_change", "region_change", "sensitivity", "shared_population", "sides", "status_of",
    "successors", "words",
]  # fmt: skip
