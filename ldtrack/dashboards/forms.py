"""The form of a goal that is made from a statement of a 360 report."""

from __future__ import annotations

from ldtrack.coaching.domain import CameFrom, SetMilestone
from ldtrack.feedback.queries import StatementRow
from ldtrack.ui.fields import ChoiceField, DayField, LineField
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
