"""Forms of pages that draw on many rooms."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.coaching.domain import CameFrom, SetMilestone
from ldtrack.competencies.domain import Level
from ldtrack.dashboards.queries import Vehicle
from ldtrack.feedback.queries import StatementRow
from ldtrack.ui.fields import ChoiceField, DayField, LineField, Option, PickField, TickField
from ldtrack.ui.forms import Form

MOST_CHARS = 200


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


class LinkCourseForm(Form):
    """A course that develops a competency, and at which level."""

    course = PickField("Course", required="Choose a course.")
    course_level = ChoiceField("Pitched at", required="Choose the level that it is pitched at.")

    def offer(self, vehicles: Sequence[Vehicle], levels: Sequence[Level]) -> None:
        """What can be chosen."""
        self.course.options, self.course_level.options = _options(vehicles, levels)


class LinkOpeningForm(Form):
    """An assignment that develops a competency, and which level it asks for."""

    posting = PickField("Assignment", required="Choose an assignment.")
    posting_level = ChoiceField("Asks for", required="Choose the level that it asks for.")

    def offer(self, vehicles: Sequence[Vehicle], levels: Sequence[Level]) -> None:
        """What can be chosen."""
        self.posting.options, self.posting_level.options = _options(vehicles, levels)


def _options(
    vehicles: Sequence[Vehicle], levels: Sequence[Level]
) -> tuple[list[Option], list[Option]]:
    return (
        [Option(id=one.id, label=one.name) for one in vehicles],
        [Option(id=str(one.value), label=one.name) for one in levels],
    )


class ComingForm(Form):
    """Whether what roles ask for is said in the later edition at once."""

    with_profiles = TickField("Complete the role profiles along the crosswalk")
