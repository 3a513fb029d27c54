"""What somebody who is asked does: send their answers, and change them until the pulse closes.

Nothing here is audited, timed or logged, and nothing but rows of answers is written.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.feedback.domain.pulses.rows import Given
from ldtrack.feedback.domain.pulses.wording import MOST_CHARS, SCALE
from ldtrack.feedback.models import PulseAnswer, PulseComment, PulseResponse
from ldtrack.feedback.queries.pulses.answering import OpenPulse
from ldtrack.feedback.queries.pulses.running import row_of
from ldtrack.feedback.service.pulses.found import locked


def answer_pulse(session: Session, asked: OpenPulse, given: Given, *, now: datetime) -> None:
    """Keep these answers instead of what was there; the same twice leaves the same."""
    if not row_of(locked(session, asked.pulse.id, shared=True)).takes_answers(now.date()):
        raise Conflict("This has closed; nothing can be changed any more.")
    _check(asked, given)
    place = asked.response_id
    here = session.scalar(select(PulseResponse.id).where(PulseResponse.id == place))
    if here is None:
        session.execute(
            insert(PulseResponse).values(
                id=place, organisation_id=asked.organisation_id, pulse_id=asked.pulse.id
            )
        )
    else:
        session.execute(delete(PulseAnswer).where(PulseAnswer.response_id == place))
        session.execute(delete(PulseComment).where(PulseComment.response_id == place))
    if given.scores:
        session.execute(
            insert(PulseAnswer).values(
                [
                    {
                        "response_id": place,
                        "statement_key": key,
                        "organisation_id": asked.organisation_id,
                        "score": score,
                    }
                    for key, score in sorted(given.scores.items())
                ]
            )
        )
    if words := given.words.strip():
        session.execute(
            insert(PulseComment).values(
                response_id=place, organisation_id=asked.organisation_id, body=words
            )
        )


def _check(asked: OpenPulse, given: Given) -> None:
    known = {statement.key for statement in asked.pulse.statements}
    if set(given.scores) - known:
        raise RuleBroken("statements", "There is no such statement.")
    if any(score is not None and score not in SCALE for score in given.scores.values()):
        raise RuleBroken("statements", f"Answers go from {SCALE.lo} to {SCALE.hi}.")
    if len(given.words) > MOST_CHARS:
        raise RuleBroken("q_words", f"Please shorten this to {MOST_CHARS:,} characters.")
    if given.words.strip() and not asked.pulse.question:
        raise RuleBroken("q_words", "Nothing was asked that is answered in words.")
    if given.is_empty:
        what = "Answer at least one statement" if known else "Write something"
        raise RuleBroken("" if known else "q_words", f"{what} before you send.")
