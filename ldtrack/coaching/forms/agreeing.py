"""The forms by which coaching begins: bringing two people together, agreements, milestones."""

from __future__ import annotations

from ldtrack.coaching.domain import (
    Agree,
    ChangeMilestone,
    OpenEngagement,
    SetMilestone,
    SponsorSees,
)
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    EnumManyField,
    LineField,
    Option,
    PickField,
    TextField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form


class EngagementForm(Form):
    """Who coaches, from when, how often."""

    coach_id = PickField("Coach", radios=True, required="Choose a coach.")
    starts_on = DayField("Begins on", required="Give the day on which the coaching begins.")
    sessions_agreed = WholeNumberField(
        "Sessions agreed", lowest=1, highest=100, required="Say how many sessions are agreed."
    )
    first_on = DayField("First session")

    def command(self, person_id: int) -> OpenEngagement:
        """What was typed, for this leader."""
        return OpenEngagement(
            coach_id=self.coach_id.data,
            person_id=person_id,
            starts_on=self.starts_on.data,
            sessions_agreed=self.sessions_agreed.data,
            first_on=self.first_on.data,
        )


class AgreementForm(Form):
    """What leader, coach and sponsor agreed."""

    agreed_on = DayField("Agreed on", required="Give the day on which all three agreed.")
    purpose = TextField("What the coaching is for", max_chars=4000, rows=3)
    sponsor_sees = EnumManyField(
        "What the sponsor may see",
        SponsorSees,
        words={word: word.label for word in SponsorSees},
    )

    def command(self) -> Agree:
        """What was typed."""
        return Agree(
            agreed_on=self.agreed_on.data,
            purpose=self.purpose.data,
            sponsor_sees=frozenset(self.sponsor_sees.data),
        )


class MilestoneForm(Form):
    """What will be seen, at which level, by when."""

    title = LineField(
        "What will be seen when it is met",
        max_chars=200,
        required="Say what will be seen when it is met.",
    )
    level = ChoiceField("Level", radios=True, required="Choose the level it stands for.")
    due_on = DayField("Due on")
    word = LineField("A word with it", hint="Why this one, or what you changed.")

    def offer_levels(self, levels: list[Option]) -> None:
        """The levels of the competency's scale."""
        self.level.options = levels

    def command(self, person_id: int, competency_id: int) -> SetMilestone:
        """What was typed, for this leader and competency."""
        return SetMilestone(
            person_id=person_id,
            competency_id=competency_id,
            title=self.title.data,
            level=int(self.level.data),
            due_on=self.due_on.data,
            word=self.word.data,
        )

    def change(self) -> ChangeMilestone:
        """What was typed, in place of what was proposed."""
        return ChangeMilestone(
            title=self.title.data,
            level=int(self.level.data),
            due_on=self.due_on.data,
            word=self.word.data,
        )


class DeclineForm(Form):
    """Why not."""

    word = LineField(
        "Why not",
        hint="A few words; only the two of you read them.",
        required="Say in a few words why; the other one reads it.",
    )
