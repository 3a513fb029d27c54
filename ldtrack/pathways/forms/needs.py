"""Forms about what somebody needs so that they can take part."""

from __future__ import annotations

from ldtrack.pathways.domain import (
    MOST_EXTRA_DAYS,
    NeedKind,
    NeedState,
    SettleNeed,
    StateNeed,
)
from ldtrack.ui.fields import EnumField, PickField, TextField, WholeNumberField
from ldtrack.ui.forms import Form


class NeedForm(Form):
    """What somebody needs, in their own words."""

    kind = EnumField(
        "What it is about",
        NeedKind,
        words={kind: kind.label for kind in NeedKind},
        radios=True,
        required="Say what it is about.",
    )
    words = TextField("What you need", max_chars=2000, rows=3, required="Say what is needed.")

    def command(self, enrolment_id: int) -> StateNeed:
        """What was typed, for an enrolment."""
        return StateNeed(enrolment_id=enrolment_id, kind=self.kind.data, words=self.words.data)


class SettleForm(Form):
    """Where a need stands, who looks after it, and the days that go with it."""

    state = EnumField(
        "Where it stands",
        NeedState,
        words={state: state.label for state in NeedState},
        radios=True,
        required="Say where it stands.",
    )
    owner_id = PickField("Who looks after it", blank="Nobody yet")
    extra_days = WholeNumberField(
        "Extra days", lowest=0, highest=MOST_EXTRA_DAYS, default=0, required="Give a number."
    )
    answer = TextField("Answer", max_chars=2000, rows=3)

    def command(self) -> SettleNeed:
        """What was typed."""
        return SettleNeed(
            state=self.state.data,
            owner_id=self.owner_id.data,
            extra_days=self.extra_days.data,
            answer=self.answer.data,
        )
