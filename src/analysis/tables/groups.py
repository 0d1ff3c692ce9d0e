"""Which tables are published, in the groups and the order in which readers find them."""

from collections.abc import Mapping

from analysis.i18n.language import N_

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Listes officielles"): ("core_territories", "core_members", "core_communes"),
    N_("Territoires et régions mesurés"): ("out_territories", "out_region_coverage"),
    N_("D’une phase à l’autre"): ("out_phase_change", "out_phase1_fate", "out_member_change", "out_region_change"),
    N_("Chiffres publiés et verdicts"): (
        "core_claims",
        "core_enumerations",
        "out_label_timeline",
        "out_envelopes",
        "out_hundred_millions",
        "out_plan",
        "out_enumerations",
        "out_ledger",
    ),
}
PUBLISHED = tuple(name for names in GROUPS.values() for name in names)
