"""In which language each of those who are asked in a pulse is written to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.phrases import ENGLISH, Phrases, in_language
from ldtrack.feedback.models import Cycle, Pulse, PulseInvitation, Questionnaire, Subject
from ldtrack.people.queries import locales_of


def spoken_with(
    session: Session, pulse: Pulse, invited: Sequence[PulseInvitation]
) -> dict[int, Phrases]:
    """The words for each of them, by invitation.

    Outsiders have told nobody their language: they are asked in that of the questionnaire which
    they got before, and in English where there was none.
    """
    locales = locales_of(session, {row.person_id for row in invited if row.person_id})
    outside = any(row.person_id is None for row in invited)
    others = in_language(_asked_before_in(session, pulse)) if outside else ENGLISH
    return {
        row.id: others if row.person_id is None else in_language(locales.get(row.person_id, ""))
        for row in invited
    }


def _asked_before_in(session: Session, pulse: Pulse) -> str:
    cycle = select(Subject.cycle_id).where(Subject.id == pulse.subject_id).scalar_subquery()
    language = session.scalar(
        select(Questionnaire.language)
        .join(Cycle, Cycle.questionnaire_id == Questionnaire.id)
        .where(Cycle.id == (pulse.cycle_id or cycle))
    )
    return language or ""
