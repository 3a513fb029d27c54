"""Forms of pages that draw on many rooms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ldtrack.coaching.domain import CameFrom, SetMilestone
from ldtrack.feedback.queries import StatementRow
from ldtrack.pathways.domain import MOST_GAPS, Call, Rule, WriteCall, WriteRule
from ldtrack.ui.asking import AskingForm
from ldtrack.ui.fields import (
    ChoiceField,
    ChoiceManyField,
    DayField,
    LineField,
    Option,
    PickField,
    PickManyField,
    TextField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

MOST_CHARS = 200
_GAPS = range(1, MOST_GAPS + 1)


class GoalForm(Form):
    """What will be seen, at which level, by when; begun with the words of the statement."""

    title = LineField(
        "What will be seen when it is met",
        max_chars=MOST_CHARS,
        required="Say what will be seen when it is met.",
    )
    level = ChoiceField("Level", radios=True, required="Choose the level it stands for.")
    due_on = DayField("Due on")

    def command(self, statement: StatementRow) -> SetMilestone:
        """What was typed, linked to the statement."""
        return SetMilestone(
            person_id=statement.person_id,
            competency_id=statement.competency_id,
            title=self.title.data,
            level=int(self.level.data),
            due_on=self.due_on.data,
            came_from=CameFrom(
                release_id=statement.release_id,
                item_id=statement.item_id,
                cycle=statement.cycle,
                statement=statement.text,
            ),
        )


class RuleForm(AskingForm):
    """Whom a pathway is for. What stays empty is not asked for, all else holds together."""

    unit_id = PickField("Unit", blank="Any unit")
    job_profiles = ChoiceManyField("Jobs")
    cohort_id = PickField("Cohort", blank="Any or none")
    competency_1 = PickField("Competency", blank="None")
    level_1 = ChoiceField("Level not shown yet")
    competency_2 = PickField("Second competency", blank="None")
    level_2 = ChoiceField("Level not shown yet")
    competency_3 = PickField("Third competency", blank="None")
    level_3 = ChoiceField("Level not shown yet")
    unassessed_too = TickField("Also people who were never assessed on it")
    into_cohort = LineField("They come into the cohort")

    @staticmethod
    def written(rule: Rule) -> dict[str, object]:
        """A rule as its form shows it."""
        gaps = {
            name: value
            for number, gap in zip(_GAPS, rule.gaps, strict=False)
            for name, value in (
                (f"competency_{number}", gap.competency_id),
                (f"level_{number}", str(gap.level)),
            )
        }
        return {
            "unit_id": rule.unit_id,
            "job_profiles": list(rule.job_profiles),
            "cohort_id": rule.cohort_id,
            "unassessed_too": rule.unassessed_too,
            "into_cohort": rule.into_cohort,
            **gaps,
        }

    def offer(self, competencies: Sequence[Option], levels: Sequence[Option]) -> None:
        """Offer the competencies and levels of the pathway's framework."""
        for number in _GAPS:
            self[f"competency_{number}"].options = competencies
            self[f"level_{number}"].options = levels

    def validate(self, extra_validators: Any = None) -> bool:
        """Each competency has its level, and stands there once."""
        is_fine: bool = super().validate(extra_validators)
        seen: set[int] = set()
        for number in _GAPS:
            competency, level = self[f"competency_{number}"], self[f"level_{number}"]
            if competency.data is None:
                continue
            if level.data is None and not level.errors:
                self.refuse(level.name, "Choose the level.")
                is_fine = False
            if competency.data in seen:
                self.refuse(competency.name, "This competency stands here twice.")
                is_fine = False
            seen.add(competency.data)
        return is_fine

    def command(self) -> WriteRule:
        """What was typed."""
        return WriteRule(
            unit_id=self.unit_id.data,
            job_profiles=tuple(self.job_profiles.data),
            cohort_id=self.cohort_id.data,
            gaps={
                self[f"competency_{number}"].data: int(self[f"level_{number}"].data)
                for number in _GAPS
                if self[f"competency_{number}"].data is not None
            },
            unassessed_too=self.unassessed_too.data,
            into_cohort=self.into_cohort.data,
        )


class EnrolThemForm(Form):
    """When those whom a rule brings begin."""

    starts_on = DayField("First day", required="Give the first day.")


_EVERYBODY, _RULE = "everybody", "rule"


class CallForm(Form):
    """An invitation to a pathway: its story, whom it is for, and when."""

    story = TextField(
        "Story", max_chars=8000, rows=12, required="Say why somebody would want to come."
    )
    audience = ChoiceField(
        "For whom",
        radios=True,
        options=[
            Option(id=_EVERYBODY, label="Everybody in the organisation"),
            Option(id=_RULE, label="Those whom the pathway’s rule names"),
        ],
        required="Say whom it is for.",
    )
    opens_on = DayField("Opens on", required="Give the day on which it opens.")
    closes_on = DayField("Last day")
    seats = WholeNumberField("Seats", lowest=1, highest=100_000)

    @staticmethod
    def written(call: Call) -> dict[str, object]:
        """An invitation as its form shows it."""
        return {
            "story": call.story,
            "audience": _RULE if call.targeted else _EVERYBODY,
            "opens_on": call.opens_on,
            "closes_on": call.closes_on,
            "seats": call.seats,
        }

    def command(self) -> WriteCall:
        """What was typed."""
        return WriteCall(
            story=self.story.data,
            targeted=self.audience.data == _RULE,
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            seats=self.seats.data,
        )


class InterestForm(Form):
    """What draws somebody to a pathway, in a sentence."""

    words = LineField("What draws you", max_chars=500)


class EnrolInterestedForm(AskingForm):
    """Who of those who are interested comes, from when, and with whom."""

    people = PickManyField("People", required="Choose at least one person.")
    starts_on = DayField("First day", required="Give the first day.")
    cohort = LineField("Cohort")


class DeclineForm(Form):
    """For whom there is no place this time, and what is said to them besides."""

    people = PickManyField("People", required="Choose at least one person.")
    words = TextField("In your own words", max_chars=2000, rows=4)
