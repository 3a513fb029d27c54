"""Bringing frameworks in, writing and publishing editions, and saying what a role asks for."""

from ldtrack.competencies.service.bringing_in import (
    Imported,
    import_framework,
    take_in,
)
from ldtrack.competencies.service.coming_into_force import move_profiles, put_in_force
from ldtrack.competencies.service.competencies import (
    add_competency,
    add_domain,
    change_competency,
    change_domain,
    move_competency,
    move_domain,
    remove_competency,
    remove_domain,
)
from ldtrack.competencies.service.crosswalks import (
    accept_proposals,
    come_from,
    continue_as,
    read_levels,
)
from ldtrack.competencies.service.editions import (
    describe_edition,
    drop_draft,
    found_framework,
    start_edition,
)
from ldtrack.competencies.service.indicators import (
    add_indicator,
    change_indicator,
    remove_indicator,
    set_levels,
)
from ldtrack.competencies.service.offering import offer_again, publish_edition, retire_edition
from ldtrack.competencies.service.out_of_force import take_out_of_force
from ldtrack.competencies.service.profiles import (
    add_profile,
    change_profile,
    remove_profile,
    set_role_profile,
)
from ldtrack.competencies.service.splitting import MOST_PARTS, split_competency

__all__ = [
    "MOST_PARTS",
    "Imported",
    "accept_proposals",
    "add_competency",
    "add_domain",
    "add_indicator",
    "add_profile",
    "change_competency",
    "change_domain",
    "change_indicator",
    "change_profile",
    "come_from",
    "continue_as",
    "describe_edition",
    "drop_draft",
    "found_framework",
    "import_framework",
    "move_competency",
    "move_domain",
    "move_profiles",
    "offer_again",
    "publish_edition",
    "put_in_force",
    "read_levels",
    "remove_competency",
    "remove_domain",
    "remove_indicator",
    "remove_profile",
    "retire_edition",
    "set_levels",
    "set_role_profile",
    "split_competency",
    "start_edition",
    "take_in",
    "take_out_of_force",
]
