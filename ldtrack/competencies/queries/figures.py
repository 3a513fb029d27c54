"""How much of the competency map is there, and what is left out, at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, String, cast, distinct, func, literal, select, union
from sqlalchemy.orm import aliased

from ldtrack.competencies.domain import VersionState
from ldtrack.competencies.models import Competency, FrameworkVersion, RoleProfile

PUBLISHED = "editions that are published"
ROLE_PROFILES = "role profiles"
UNDEVELOPED = "competencies that nothing develops"
UNDESCRIBED = "roles that nobody described"
_OF = " of "


def figures(developed: tuple[Select[Any], ...], roles: Select[str]) -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms.

    `developed` are the competencies that other rooms know something for, `roles` those that people
    have. Of editions for which nothing is known at all, nothing is missed: nobody works with them;
    what nothing develops is counted edition by edition, and `undeveloped` reads it.
    """
    linked = union(*developed).subquery()
    in_use = aliased(Competency)
    published = select(FrameworkVersion.id).where(
        FrameworkVersion.state == VersionState.PUBLISHED,
        FrameworkVersion.id.in_(
            select(in_use.framework_version_id).where(in_use.id.in_(select(linked.c[0])))
        ),
    )
    has = roles.subquery()
    return (
        select(literal(PUBLISHED), func.count(FrameworkVersion.id)).where(
            FrameworkVersion.state == VersionState.PUBLISHED
        ),
        select(literal(ROLE_PROFILES), func.count(RoleProfile.id)),
        select(
            literal(f"{UNDEVELOPED}{_OF}") + cast(Competency.framework_version_id, String),
            func.count(Competency.id),
        )
        .where(
            Competency.framework_version_id.in_(published),
            Competency.id.not_in(select(linked.c[0])),
        )
        .group_by(Competency.framework_version_id),
        select(literal(UNDESCRIBED), func.count(distinct(has.c[0]))).where(
            has.c[0].not_in(select(RoleProfile.name))
        ),
    )


def undeveloped(counts: Mapping[str, int]) -> dict[int, int]:
    """How many competencies nothing develops, by edition; of those in which there are any."""
    return {
        int(edition): count
        for word, count in counts.items()
        for said, of, edition in (word.partition(_OF),)
        if said == UNDEVELOPED and of
    }
