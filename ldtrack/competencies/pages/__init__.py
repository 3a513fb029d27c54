"""What the pages of the competency map show, put together from queries."""

from ldtrack.competencies.pages.crosswalk import (
    CrosswalkPage,
    DecidePage,
    WalkLine,
    crosswalk_page,
    decide_page,
)
from ldtrack.competencies.pages.frameworks import (
    ComparisonPage,
    CompetencyPage,
    DraftPage,
    FrameworkPage,
    ProfilesPage,
    by_domain,
    comparison_page,
    competency_page,
    draft_page,
    framework_page,
    profiles_page,
)

__all__ = [
    "ComparisonPage",
    "CompetencyPage",
    "CrosswalkPage",
    "DecidePage",
    "DraftPage",
    "FrameworkPage",
    "ProfilesPage",
    "WalkLine",
    "by_domain",
    "comparison_page",
    "competency_page",
    "crosswalk_page",
    "decide_page",
    "draft_page",
    "framework_page",
    "profiles_page",
]
