"""Lookups in the competency map; everybody in the organisation may read it, but for drafts."""

from ldtrack.competencies.queries.contents import (
    competencies,
    competencies_by_key,
    competencies_named,
    competency,
    edition,
    edition_of_domain,
    indicator,
    indicators,
    visible_competency,
    with_scales,
)
from ldtrack.competencies.queries.editions import (
    draft_beside,
    every_edition,
    framework,
    frameworks,
    origins,
    scale,
    scales,
    visible_framework,
    visible_frameworks,
)
from ldtrack.competencies.queries.profiles import (
    profiles_in,
    role_profile,
    role_profile_of,
    role_profiles,
    role_profiles_named,
)

__all__ = [
    "competencies",
    "competencies_by_key",
    "competencies_named",
    "competency",
    "draft_beside",
    "edition",
    "edition_of_domain",
    "every_edition",
    "framework",
    "frameworks",
    "indicator",
    "indicators",
    "origins",
    "profiles_in",
    "role_profile",
    "role_profile_of",
    "role_profiles",
    "role_profiles_named",
    "scale",
    "scales",
    "visible_competency",
    "visible_framework",
    "visible_frameworks",
    "with_scales",
]
