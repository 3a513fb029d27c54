"""Forms of the competency map, and of editions that come into force or go out of it."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.competencies.domain import Level
from ldtrack.dashboards.queries import Vehicle
from ldtrack.pathways.domain import NamingStep, Route
from ldtrack.ui.fields import ChoiceField, LineField, Option, PickField, TickField
from ldtrack.ui.forms import Form


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


class LinkStepForm(Form):
    """A step of a draft that is to be about a competency, and the level that a milestone shows."""

    step = PickField("Step of a draft", required="Choose a step.")
    step_level = ChoiceField("Level", hint="A milestone shows a level; an assignment needs none.")

    def offer(self, steps: Sequence[tuple[Route, NamingStep]], levels: Sequence[Level]) -> None:
        """What can be chosen."""
        self.step.options = [
            Option(
                id=step.id,
                label=step.title,
                note=step.kind.label,
                group=f"{draft.pathway}, version {draft.number}",
            )
            for draft, step in steps
        ]
        self.step_level.options = [Option(id=str(one.value), label=one.name) for one in levels]


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


class GoingOutForm(Form):
    """Why an edition is taken out of force."""

    reason = LineField("Why", max_chars=300, required="Say why; it is kept with the act.")
