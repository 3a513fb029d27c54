"""Where people stand and why, for an actor who may know it; nothing is stored here."""

from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth
from ldtrack.growth.queries.ahead import MilestoneOutlook, milestones_ahead
from ldtrack.growth.queries.fits import FitsOf, fits_at, fits_of
from ldtrack.growth.queries.folding import SETTINGS
from ldtrack.growth.queries.gates import gate_criteria, shown_by_stage, shown_gates
from ldtrack.growth.queries.one import growth_in, growth_of
from ldtrack.growth.queries.preview import NowAndThen, growth_along, growth_without
from ldtrack.growth.queries.rule_levels import levels_in, rule_levels
from ldtrack.growth.queries.several import growth_of_people

__all__ = [
    "SETTINGS",
    "CompetencyGrowth",
    "FitsOf",
    "MilestoneOutlook",
    "NowAndThen",
    "PersonGrowth",
    "fits_at",
    "fits_of",
    "gate_criteria",
    "growth_along",
    "growth_in",
    "growth_of",
    "growth_of_people",
    "growth_without",
    "levels_in",
    "milestones_ahead",
    "rule_levels",
    "shown_by_stage",
    "shown_gates",
]
