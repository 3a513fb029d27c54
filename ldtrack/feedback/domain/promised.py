"""The promise of a cycle to its raters, from what is planned; its wording is in `promise`."""

from __future__ import annotations

from collections.abc import Mapping

from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.promise import ExpectedGroup, PromiseSettings
from ldtrack.feedback.domain.rows import CycleRow

KEPT_MONTHS = 24
"""For how long answers are kept, without any names, after a cycle has closed."""


def promise_settings(
    cycle: CycleRow,
    subject: str,
    expected: Mapping[str, int],
    *,
    has_coach: bool = False,
    said: Phrases = ENGLISH,
) -> PromiseSettings:
    """Who will read the results about the subject, and how many are asked in each group."""
    return PromiseSettings(
        k=cycle.k,
        groups=tuple(
            ExpectedGroup(
                name=group.name,
                expected=expected.get(group.key, 0),
                exempt=group.exempt,
                floor=group.floor,
            )
            for group in cycle.groups
        ),
        readers=(
            subject,
            said.say("any coach they work with"),
            said.say("whoever they share it with"),
        ),
        level_readers=(said.say("HR"),),
        profile_readers=(
            said.say("HR"),
            said.say("sponsors of their programme"),
            said.say("the leaders themselves"),
            said.say("their coaches"),
        ),
        participation_readers=(said.say("HR"),) if cycle.tells_who_answered else (),
        kept_months=cycle.kept_months,
        coach=said.say("the coach") if has_coach and cycle.coach_led else "",
        moderated=cycle.moderator_id is not None,
    )
