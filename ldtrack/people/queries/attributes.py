"""What people may declare and have declared: everybody their own, HR counts of enough people."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.people.domain.attributes import AttributeFigures, AttributeRow
from ldtrack.people.models import Attribute, AttributeAnswer, Declaration


def own_attributes(session: Session, actor: Actor) -> list[AttributeRow]:
    """What is asked, with what the actor declared; two statements."""
    policy.require(actor, Action.CHANGE_OWN_ACCOUNT, Facts(organisation_id=actor.organisation_id))
    declared = dict(
        session.execute(
            select(Declaration.attribute_id, Declaration.answer_id).where(
                Declaration.person_id == (actor.person_id or 0)
            )
        ).all()
    )
    return [
        AttributeRow(
            id=attribute.id,
            question=attribute.question,
            answers=tuple(answers),
            own=declared.get(attribute.id),
        )
        for attribute, answers in _asked(session)
    ]


def attribute_figures(session: Session, actor: Actor) -> list[AttributeFigures]:
    """What is asked, with the counts that may be shown; they are of the day they were shown."""
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    found: list[AttributeFigures] = []
    for attribute, answers in _asked(session):
        counts = None
        if attribute.shown is not None:
            by_answer = Counter(answer_id for _, answer_id in attribute.shown)
            counts = tuple(by_answer[answer_id] for answer_id, _ in answers)
        found.append(
            AttributeFigures(
                id=attribute.id,
                question=attribute.question,
                answers=tuple(words for _, words in answers),
                counts=counts,
            )
        )
    return found


def _asked(session: Session) -> list[tuple[Attribute, list[tuple[int, str]]]]:
    rows = session.execute(
        select(Attribute, AttributeAnswer.id, AttributeAnswer.words)
        .join(AttributeAnswer, AttributeAnswer.attribute_id == Attribute.id)
        .order_by(Attribute.question, AttributeAnswer.position)
    ).all()
    found: dict[int, tuple[Attribute, list[tuple[int, str]]]] = {}
    for attribute, answer_id, words in rows:
        found.setdefault(attribute.id, (attribute, []))[1].append((answer_id, words))
    return list(found.values())
