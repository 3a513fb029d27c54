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
from ldtrack.competencies.domain.publish_check import Gap, gaps
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
    Silence,
    WholeEdition,
    edition_of,
)

__all__ = [
    "Change",
    "CompetencyChange",
    "CompetencyRow",
    "DescribeEdition",
    "Differences",
    "DomainRow",
    "Edition",
    "FoundFramework",
    "FrameworkRow",
    "Gap",
    "IndicatorRow",
    "Level",
    "NewCompetency",
    "NewDomain",
    "NewIndicator",
    "OriginRow",
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
    "settle",
]
