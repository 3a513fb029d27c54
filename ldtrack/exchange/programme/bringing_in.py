"""Bringing a programme in: all of it in one transaction, as drafts, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.service import set_role_profile
from ldtrack.core.errors import RuleBroken
from ldtrack.courses.service import AddCourse, add_course
from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.programme.content import CourseSaid, Programme, QuestionnaireSaid
from ldtrack.exchange.programme.looking import LookedAt, look_at
from ldtrack.feedback.domain.asked import QuestionRow
from ldtrack.feedback.domain.commands import Statement
from ldtrack.feedback.service.questionnaires import GivenQuestionnaire, take_in_questionnaire
from ldtrack.pathways.domain import ItemKind, Side
from ldtrack.pathways.service import BringIn, bring_in


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    """The draft that a programme came in as."""

    version_id: int
    looked: LookedAt


def bring_in_file(
    session: Session,
    actor: Actor,
    raw: bytes,
    *,
    decided: Mapping[str, Side],
    now: datetime,
    limits: Limits = BROWSER,
) -> BroughtIn:
    """Store the programme of a file. `RuleBroken` while it has a problem or a line is undecided."""
    looked = look_at(session, actor, raw, decided=decided, limits=limits)
    programme, merged = looked.programme, looked.merged
    if programme is None or merged is None:
        raise RuleBroken("", str(looked.problems[0]))
    if merged.undecided:
        n = len(merged.undecided)
        raise RuleBroken(
            "", f"Say what holds in {n} {'line' if n == 1 else 'lines'} that changed on both sides."
        )
    competencies, elsewhere = dict(looked.competencies), dict[str, int]()
    courses = _courses(session, actor, looked, competencies, now)
    questionnaires = _questionnaires(session, actor, looked, competencies, now)
    _roles(session, looked, programme, competencies)
    # What was added here may name more than the file does.
    if looked.known is not None:
        competencies |= {one: id_ for id_, one in looked.known.competencies.items()}
        elsewhere = {one: id_ for id_, one in looked.known.courses.items()}
    version_id = bring_in(
        session,
        actor,
        BringIn(
            identifier=programme.identifier,
            edition=programme.edition,
            framework_version_id=looked.framework_version_id,
            came=programme.items,
            items=merged.items,
            competencies=competencies,
            courses=elsewhere | courses,
            beside={
                **{(ItemKind.COURSE, id_): one for one, id_ in courses.items()},
                **{(ItemKind.QUESTIONNAIRE, id_): one for one, id_ in questionnaires.items()},
            },
        ),
        now=now,
    )
    return BroughtIn(version_id=version_id, looked=looked)


def _courses(
    session: Session,
    actor: Actor,
    looked: LookedAt,
    competencies: Mapping[str, int],
    now: datetime,
) -> dict[str, int]:
    said = {one.identifier: one for one in looked.programme.courses} if looked.programme else {}
    return {
        one.identifier: one.id
        or add_course(session, actor, _course(said[one.identifier], competencies), now=now)
        for one in looked.courses
    }


def _course(said: CourseSaid, competencies: Mapping[str, int]) -> AddCourse:
    return AddCourse(
        code=said.code,
        title=said.title,
        format=said.format,
        mode=said.mode,
        hours=said.hours,
        valid_months=said.valid_months,
        description=said.description,
        develops=tuple((competencies[one], level) for one, level in said.develops),
    )


def _questionnaires(
    session: Session,
    actor: Actor,
    looked: LookedAt,
    competencies: Mapping[str, int],
    now: datetime,
) -> dict[str, int]:
    said = (
        {one.identifier: one for one in looked.programme.questionnaires} if looked.programme else {}
    )
    return {
        one.identifier: one.id
        or take_in_questionnaire(
            session,
            actor,
            _questionnaire(said[one.identifier], looked.framework_version_id, competencies),
            now=now,
        )
        for one in looked.questionnaires
    }


def _questionnaire(
    said: QuestionnaireSaid, framework_version_id: int, competencies: Mapping[str, int]
) -> GivenQuestionnaire:
    return GivenQuestionnaire(
        title=said.title,
        framework_version_id=framework_version_id,
        language=said.language,
        lo=said.lo,
        hi=said.hi,
        words=said.words,
        statements=tuple(
            (
                competencies[one.competency] if one.competency else None,
                Statement(text=one.text, weight=one.weight),
            )
            for one in said.statements
        ),
        questions=tuple(
            QuestionRow(key=one.key, text=one.text, hint=one.hint) for one in said.questions
        ),
    )


def _roles(
    session: Session, looked: LookedAt, programme: Programme, competencies: Mapping[str, int]
) -> None:
    """Role profiles that are here stay as they are: people's targets follow from them."""
    new = {one.title for one in looked.roles if one.id is None}
    for role in programme.roles:
        if role.name in new:
            set_role_profile(
                session,
                framework_version_id=looked.framework_version_id,
                name=role.name,
                targets={competencies[one]: level for one, level in role.targets.items()},
                critical={competencies[one] for one in role.critical},
            )
