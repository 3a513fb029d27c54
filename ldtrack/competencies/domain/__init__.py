"""Values of the competency map, as other rooms see them."""

from ldtrack.competencies.domain.commands import (
    DescribeEdition,
    FoundFramework,
    WriteCompetency,
    WriteDomain,
    WriteIndicator,
    WriteLevel,
    WriteProfile,
)
from ldtrack.competencies.domain.comparing import (
    Change,
    CompetencyChange,
    Differences,
    compare,
)
from ldtrack.competencies.domain.crossings import Crossings, targets_along
from ldtrack.competencies.domain.crosswalk import Crosswalk, Relation
from ldtrack.competencies.domain.level_map import LevelMap
from ldtrack.competencies.domain.moving import ProfileMove, profile_moves
from ldtrack.competencies.domain.proposing import Proposal, open_proposals, propose
from ldtrack.competencies.domain.publish_check import Gap, gaps, thin_levels
from ldtrack.competencies.domain.rows import (
    CompetencyRow,
    DomainRow,
    Edition,
    FrameworkRow,
    IndicatorRow,
    Level,
    OriginRow,
    RoleProfileRow,
    ScaleRow,
    VersionState,
)
from ldtrack.competencies.domain.settling import settle
from ldtrack.competencies.domain.whole import (
    NewCompetency,
    NewDomain,
    NewIndicator,
    NewProfile,
    Silence,
    WholeEdition,
    edition_of,
)

__all__ = [
    "Change",
    "CompetencyChange",
    "CompetencyRow",
    "Crossings",
    "Crosswalk",
    "DescribeEdition",
    "Differences",
    "DomainRow",
    "Edition",
    "FoundFramework",
    "FrameworkRow",
    "Gap",
    "IndicatorRow",
    "Level",
    "LevelMap",
    "NewCompetency",
    "NewDomain",
    "NewIndicator",
    "NewProfile",
    "OriginRow",
    "ProfileMove",
    "Proposal",
    "Relation",
    "RoleProfileRow",
    "ScaleRow",
    "Silence",
    "VersionState",
    "WholeEdition",
    "WriteCompetency",
    "WriteDomain",
    "WriteIndicator",
    "WriteLevel",
    "WriteProfile",
    "compare",
    "edition_of",
    "gaps",
    "open_proposals",
    "profile_moves",
    "propose",
    "settle",
    "targets_along",
    "thin_levels",
]
