"""The screens of a questionnaire in their order: who is asked what; how it reads is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.asked import ItemRow, QuestionnaireRow
from ldtrack.feedback.domain.rows import MANAGER_GROUP


class StepKind(StrEnum):
    """What a screen asks for."""

    COMPETENCY = "competency"
    DERAILERS = "derailers"
    IMPORTANCE = "importance"
    THEN = "then"
    WORDS = "words"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One screen; `items` are scored on it."""

    number: int
    kind: StepKind
    competency_id: int | None = None
    items: tuple[ItemRow, ...] = ()


def steps_for(form: QuestionnaireRow, group_key: str) -> tuple[Step, ...]:
    """The screens for a rater of the group.

    Self and manager are asked which competencies matter most, the self alone how it was before.
    """
    return tuple(
        Step(number=number, kind=kind, competency_id=competency_id, items=items)
        for number, (kind, competency_id, items) in enumerate(_asked(form, group_key), start=1)
    )


def says_what_matters(form: QuestionnaireRow, group_key: str) -> bool:
    """Whether a rater of the group chooses the most important competencies."""
    few = len(form.competency_ids) < 2
    return bool(form.most_important) and not few and group_key in (SELF_GROUP, MANAGER_GROUP)


def looks_back(form: QuestionnaireRow, group_key: str) -> bool:
    """Whether a rater of the group says how it was before."""
    return bool(form.then_months) and group_key == SELF_GROUP


def months_before(day: date, months: int) -> date:
    """The first of the month that lies so many months before the day's.

    >>> months_before(date(2026, 3, 31), 6)
    datetime.date(2025, 9, 1)
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, 1)


def _asked(
    form: QuestionnaireRow, group_key: str
) -> Iterator[tuple[StepKind, int | None, tuple[ItemRow, ...]]]:
    for id_ in form.competency_ids:
        yield StepKind.COMPETENCY, id_, form.items_of(id_)
    if form.derailers:
        yield StepKind.DERAILERS, None, form.derailers
    if says_what_matters(form, group_key):
        yield StepKind.IMPORTANCE, None, ()
    if looks_back(form, group_key):
        for id_ in form.competency_ids:
            yield StepKind.THEN, id_, form.items_of(id_)
    if form.questions:
        yield StepKind.WORDS, None, ()
