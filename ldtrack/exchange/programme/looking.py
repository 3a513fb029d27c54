"""What bringing a programme in would do: what is added, what is here already, what is unclear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies.queries import editions_identified, framework, role_names, scale
from ldtrack.courses.queries import courses_known
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.programme.content import Programme
from ldtrack.exchange.programme.gathering import Here, here_of
from ldtrack.exchange.programme.reading import read_programme
from ldtrack.feedback.queries.questionnaires import titles_on
from ldtrack.pathways.domain import ItemKind, Known, Merged, Side, merge
from ldtrack.pathways.queries import (
    Origin,
    came_before,
    things_identified,
    title_taken,
)

Came = Mapping[tuple[ItemKind, str], int]
"""Courses and questionnaires that came before, by kind and identifier."""


@dataclass(frozen=True, kw_only=True)
class Matched:
    """A course, questionnaire or role profile of the file; `id` is that of the one here, if any."""

    noun: str
    title: str
    identifier: str
    id: int | None
    how: str


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """What a file says and what it would do; nothing but problems where there are some.

    `version_id` is the version here that it is compared with, None for a programme that is new.
    """

    programme: Programme | None
    problems: tuple[Problem, ...]
    framework_version_id: int = 0
    competencies: Mapping[str, int] = field(default_factory=dict)
    origin: Origin | None = None
    version_id: int | None = None
    merged: Merged | None = None
    known: Known | None = None
    courses: tuple[Matched, ...] = ()
    questionnaires: tuple[Matched, ...] = ()
    roles: tuple[Matched, ...] = ()

    @property
    def along(self) -> list[Matched]:
        """What travels beside the pathway."""
        return [*self.courses, *self.questionnaires, *self.roles]

    @property
    def adds(self) -> list[Matched]:
        """What of it joins the catalogue, the library and the role profiles."""
        return [one for one in self.along if one.id is None]

    @property
    def is_same(self) -> bool:
        """Whether all of it is here as it comes."""
        return (
            self.origin is not None
            and self.merged is not None
            and not self.merged.changes_anything
            and not self.adds
        )


def look_at(
    session: Session,
    actor: Actor,
    raw: bytes,
    *,
    decided: Mapping[str, Side] | None = None,
    limits: Limits = BROWSER,
) -> LookedAt:
    """Read a file and compare it with what is here; nothing is stored."""
    policy.require(actor, Action.WRITE_PATHWAY, Facts(organisation_id=actor.organisation_id))
    programme, problems = read_programme(raw, limits=limits)
    if programme is None:
        return LookedAt(programme=None, problems=tuple(problems))
    before = came_before(session, actor, programme.identifier)
    origin = before[0].origin if before else None
    here = here_of(session, actor, before[1], before[0]) if before else None
    editions = editions_identified(session, programme.framework.identifier)
    chosen = _edition(programme, editions, here)
    found = list(_problems(session, programme, editions, chosen, origin))
    if found or chosen is None:
        return LookedAt(programme=programme, problems=tuple(found))
    base = here.came_as if here else {}
    beside = [one.identifier for one in programme.courses]
    beside += [one.identifier for one in programme.questionnaires]
    came = things_identified(session, beside)
    return LookedAt(
        programme=programme,
        problems=(),
        framework_version_id=chosen,
        competencies=editions[chosen],
        origin=origin,
        version_id=before[1] if before else None,
        merged=merge(base, here.items if here else (), programme.items, decided or {}),
        known=here.known if here else None,
        courses=_courses(session, programme, came),
        questionnaires=_questionnaires(session, actor, programme, chosen, came),
        roles=_roles(session, programme, chosen),
    )


def _edition(
    programme: Programme, editions: Mapping[int, Mapping[str, int]], here: Here | None
) -> int | None:
    """That of the pathway here, else the newest that has every competency, else the newest."""
    if here is not None:
        return here.framework_version_id
    named = programme.competencies.keys()
    whole = [one for one, known in editions.items() if named <= known.keys()]
    return next(iter([*whole, *editions]), None)


def _problems(
    session: Session,
    programme: Programme,
    editions: Mapping[int, Mapping[str, int]],
    chosen: int | None,
    origin: Origin | None,
) -> Iterator[Problem]:
    named = programme.framework
    if chosen is None or chosen not in editions:
        yield _about(
            "framework",
            f"“{named.title}”, version {named.version}, is not here and published. Bring the "
            "framework in first.",
        )
        return
    missing = [name for one, name in programme.competencies.items() if one not in editions[chosen]]
    if missing:
        edition = framework(session, chosen)
        where = f"“{edition.title}”, version {edition.version}"
        for name in missing:
            yield _about(
                "competencies", f"“{name}” is not in {where}. Bring in the edition that has it."
            )
    values = {level.value for level in scale(session, chosen).levels}
    for where, level in _levels(programme):
        if level not in values:
            yield _about(where, f"The scale here has no level {level}.")
    if origin is not None and programme.edition < origin.edition:
        yield _about(
            "edition", f"This is edition {programme.edition}; edition {origin.edition} is here."
        )
    if origin is None and title_taken(session, programme.title):
        yield _about(
            "title", f"There is a pathway “{programme.title}” here already. Rename yours first."
        )


def _levels(programme: Programme) -> Iterator[tuple[str, int]]:
    for item in programme.items:
        yield from ((item.title, gate["level"]) for gate in item.fields.get("gates", ()))
        level = item.fields.get("what", {}).get("level")
        if level is not None:
            yield item.title, level
    for course in programme.courses:
        yield from ((course.title, level) for _, level in course.develops)
    for role in programme.roles:
        yield from ((role.name, level) for level in role.targets.values())


def _courses(session: Session, programme: Programme, came: Came) -> tuple[Matched, ...]:
    known = {
        one.identifier: came.get((ItemKind.COURSE, one.identifier)) for one in programme.courses
    }
    still_here, by_code = courses_known(
        session,
        ids={id_ for id_ in known.values() if id_},
        codes=[course.code for course in programme.courses],
    )
    found = []
    for course in programme.courses:
        id_ = known[course.identifier] if known[course.identifier] in still_here else None
        found.append(
            Matched(
                noun="Course",
                title=f"{course.title} ({course.code})",
                identifier=course.identifier,
                id=id_ or by_code.get(course.code),
                how="came with a programme before" if id_ else "has the same code",
            )
        )
    return tuple(found)


def _questionnaires(
    session: Session, actor: Actor, programme: Programme, edition: int, came: Came
) -> tuple[Matched, ...]:
    if not programme.questionnaires:
        return ()
    here = {series: title for _, series, title in titles_on(session, actor, edition)}
    titles = {title: series for series, title in here.items()}
    found = []
    for one in programme.questionnaires:
        id_ = came.get((ItemKind.QUESTIONNAIRE, one.identifier))
        if id_ not in here:
            id_ = None
        found.append(
            Matched(
                noun="Questionnaire",
                title=one.title,
                identifier=one.identifier,
                id=id_ or titles.get(one.title),
                how="came with a programme before" if id_ else "has the same title",
            )
        )
    return tuple(found)


def _roles(session: Session, programme: Programme, edition: int) -> tuple[Matched, ...]:
    if not programme.roles:
        return ()
    here = role_names(session, edition)
    return tuple(
        Matched(
            noun="Role",
            title=role.name,
            identifier=role.name,
            id=here.get(role.name),
            how="has the same name",
        )
        for role in programme.roles
    )


def _about(column: str, reason: str) -> Problem:
    return Problem(line=0, column=column[:200], reason=reason)
