"""Gathering a programme where it is at home: what it says, and nobody who has to do with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.queries import postings_named
from ldtrack.competencies.queries import (
    competencies,
    competency_identifiers,
    framework,
    framework_identifier,
    role_profiles,
)
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.core.guids import guid_of
from ldtrack.courses.domain import CourseRow
from ldtrack.courses.queries import courses_named
from ldtrack.exchange.programme.content import (
    CourseSaid,
    FrameworkNamed,
    Programme,
    QuestionnaireSaid,
    QuestionSaid,
    RoleSaid,
    StatementSaid,
)
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.pathways.domain import (
    Item,
    ItemKind,
    Known,
    Plan,
    Stage,
    Step,
    StepKind,
    VersionState,
    items_of,
)
from ldtrack.pathways.queries import Carried, carried, identifiers_of_things, pathway


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A programme as it goes out, and what of it stays at home, in sentences."""

    programme: Programme
    notes: tuple[str, ...]


def gather(
    session: Session,
    actor: Actor,
    version_id: int,
    *,
    questionnaires: Collection[int] = (),
    roles: Collection[int] = (),
) -> Gathered:
    """A published version of a pathway of our own, with the questionnaires and role profiles that
    are named. `Conflict` for any other version, `RuleBroken` for what means nothing elsewhere."""
    facts = Facts(organisation_id=actor.organisation_id)
    policy.require(actor, Action.WRITE_PATHWAY, facts)
    plan = pathway(session, actor, version_id)
    kept = carried(session, actor, plan.pathway_id)
    if kept.origin is not None:
        raise Conflict(
            "This programme came from elsewhere. Make a copy of your own and hand that on."
        )
    if plan.state is not VersionState.PUBLISHED:
        raise Conflict("Only a published version is handed on. Publish it first.")
    plan, notes = _without_openings(session, plan)
    rows = {row.id: row.name for row in competencies(session, plan.framework_version_id)}
    known_as = competency_identifiers(session, rows)
    courses = courses_named(session, {step.course_id for step in plan.steps if step.course_id})
    known = Known(
        own=kept.own,
        competencies=known_as,
        courses=course_identifiers(session, courses),
        items=kept.items,
        locked=kept.locked,
    )
    edition = framework(session, plan.framework_version_id)
    asked = [questionnaire_of(session, actor, one) for one in sorted(set(questionnaires))]
    if any(row.framework_version_id != plan.framework_version_id for row in asked):
        raise RuleBroken("questionnaires", "Choose questionnaires on the framework of the pathway.")
    return Gathered(
        programme=Programme(
            identifier=kept.own,
            edition=plan.number,
            framework=FrameworkNamed(
                identifier=framework_identifier(session, plan.framework_version_id),
                title=edition.title,
                version=edition.version,
            ),
            competencies={known_as[one]: name for one, name in rows.items()},
            items=items_of(plan, known),
            courses=tuple(
                _course(course, known) for course in sorted(courses.values(), key=lambda c: c.code)
            ),
            questionnaires=tuple(_questionnaire(session, row, known_as) for row in asked),
            roles=_roles(session, plan, roles, known_as),
        ),
        notes=tuple(notes),
    )


@dataclass(frozen=True, kw_only=True)
class Here:
    """A version as it is here, to be compared with a file; `came_as` is how it came last."""

    framework_version_id: int
    items: tuple[Item, ...]
    known: Known
    came_as: Mapping[str, Item]


def here_of(session: Session, actor: Actor, version_id: int, kept: Carried | None = None) -> Here:
    """For those who build pathways, else `NotVisible`.

    `kept` is what is kept of its pathway, if it was read already.
    """
    plan = pathway(session, actor, version_id)
    kept = kept or carried(session, actor, plan.pathway_id)
    named = {step.competency_id for step in plan.steps if step.competency_id} | {
        gate.competency_id for stage in plan.stages for gate in stage.gates
    }
    courses = {step.course_id for step in plan.steps if step.course_id}
    known = Known(
        own=kept.own,
        competencies=competency_identifiers(session, named),
        courses=course_identifiers(session, courses),
        items=kept.items,
        locked=kept.locked,
    )
    return Here(
        framework_version_id=plan.framework_version_id,
        items=items_of(plan, known),
        known=known,
        came_as=kept.came_as,
    )


def course_identifiers(session: Session, courses: Collection[int]) -> dict[int, str]:
    """What courses are known by elsewhere: as they came, else what follows from their id."""
    came = identifiers_of_things(session, ItemKind.COURSE, courses)
    return {one: came.get(one) or guid_of(f"course/{one}") for one in courses}


def _without_openings(session: Session, plan: Plan) -> tuple[Plan, list[str]]:
    """The plan with the competency of each opening in its place: an opening is of an organisation,
    and people answer for it."""
    named = postings_named(session, {step.posting_id for step in plan.steps if step.posting_id})
    notes: list[str] = []

    def closed(step: Step) -> Step:
        if step.posting_id is None:
            return step
        developed = [pair.competency_id for pair in named[step.posting_id].develops]
        competency_id = step.competency_id or next(iter(developed), None)
        if competency_id is None:
            raise RuleBroken("", f"“{step.title}” names an opening that develops nothing.")
        notes.append(
            f"“{step.title}” names an opening of yours. Elsewhere it asks for any assignment that "
            "develops the competency."
        )
        return replace(step, posting_id=None, competency_id=competency_id)

    def without(stage: Stage) -> Stage:
        return replace(
            stage,
            steps=tuple(
                closed(step) if step.kind is StepKind.ASSIGNMENT else step for step in stage.steps
            ),
        )

    return replace(plan, stages=tuple(without(stage) for stage in plan.stages)), notes


def _course(course: CourseRow, known: Known) -> CourseSaid:
    return CourseSaid(
        identifier=known.courses[course.id],
        code=course.code,
        title=course.title,
        format=course.format,
        mode=course.mode,
        hours=course.hours,
        valid_months=course.valid_months,
        description=course.description,
        develops=tuple(
            (known.competencies[pair.competency_id], pair.level)
            for pair in course.develops
            # What it develops of another framework means nothing to this one.
            if pair.competency_id in known.competencies
        ),
    )


def _questionnaire(
    session: Session, row: QuestionnaireRow, known_as: Mapping[int, str]
) -> QuestionnaireSaid:
    came = identifiers_of_things(session, ItemKind.QUESTIONNAIRE, [row.series])
    return QuestionnaireSaid(
        identifier=came.get(row.series) or guid_of(f"questionnaire/{row.series}"),
        title=row.title,
        language=row.language,
        lo=row.lo,
        hi=row.hi,
        words=row.words,
        statements=tuple(
            StatementSaid(
                competency=known_as[item.competency_id] if item.competency_id else None,
                text=item.text,
                weight=item.weight,
            )
            for item in row.items
        ),
        questions=tuple(
            QuestionSaid(key=question.key, text=question.text, hint=question.hint)
            for question in row.questions
        ),
    )


def _roles(
    session: Session, plan: Plan, roles: Collection[int], known_as: Mapping[int, str]
) -> tuple[RoleSaid, ...]:
    rows = {row.id: row for row in role_profiles(session)}
    chosen = [rows[one] for one in sorted(set(roles)) if one in rows]
    if len(chosen) < len(set(roles)) or any(
        row.framework_version_id != plan.framework_version_id for row in chosen
    ):
        raise RuleBroken("roles", "Choose role profiles on the framework of the pathway.")
    return tuple(
        RoleSaid(
            name=row.name,
            targets={known_as[one]: level for one, level in row.targets.items()},
            critical=frozenset(known_as[one] for one in row.critical),
        )
        for row in chosen
    )
