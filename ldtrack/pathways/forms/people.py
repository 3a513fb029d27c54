"""Forms that put people on a pathway, let them pass and take them off."""

from __future__ import annotations

from ldtrack.pathways.domain import EnrolmentState
from ldtrack.pathways.domain.commands import ChangeEnrolment, EndEnrolment, Enrol
from ldtrack.ui.asking import AskingForm
from ldtrack.ui.fields import DayField, EnumField, LineField, PickField, PickManyField, TextField
from ldtrack.ui.forms import Form


class EnrolForm(AskingForm):
    """When somebody starts, with whom, and towards which role."""

    enrolled_on = DayField("First day", required="Give the first day.")
    cohort = LineField("Cohort")
    role_profile_id = PickField("Role profile", blank="That of their job")

    def command(self, version_id: int, person_id: int) -> Enrol:
        """What was typed, for a person on a version."""
        return Enrol(
            version_id=version_id,
            person_id=person_id,
            enrolled_on=self.enrolled_on.data,
            cohort=self.cohort.data,
            role_profile_id=self.role_profile_id.data,
        )


class ChangeEnrolmentForm(AskingForm):
    """When somebody's way began, with whom, and towards which role."""

    enrolled_on = DayField("First day", required="Give the first day.")
    cohort = LineField("Cohort")
    role_profile_id = PickField("Role profile", blank="None")

    def command(self) -> ChangeEnrolment:
        """What was typed."""
        return ChangeEnrolment(
            enrolled_on=self.enrolled_on.data,
            cohort=self.cohort.data,
            role_profile_id=self.role_profile_id.data,
        )


class MoveForm(Form):
    """Who goes on with the published version; those who are not chosen finish where they are."""

    people = PickManyField("People", required="Choose at least one person.")


class TellDoneForm(Form):
    """The day on which the leader did what a step asks for."""

    done_on = DayField("Day", required="Give the day.")


class CohortNameForm(AskingForm):
    """What a cohort is called."""

    name = LineField("Name", required="Give the cohort a name.")


class MergeCohortForm(Form):
    """The cohort that another becomes a part of."""

    into_id = PickField("Into", required="Choose the cohort.")


class MoveToCohortForm(AskingForm):
    """Who of a cohort travels with another from now on."""

    people = PickManyField("People", required="Choose at least one person.")
    cohort = LineField("Their cohort", required="Name the cohort.")


class CohortCycleForm(Form):
    """The 360 cycle in which a cohort receives feedback."""

    cycle_id = PickField("Cycle", radios=True, required="Choose a cycle.")


class WaiveForm(Form):
    """Why a step or a gate is not asked for."""

    reason = TextField("Reason", max_chars=2000, rows=3, required="Say why; the leader reads it.")


class EndForm(Form):
    """How and when somebody's way ended."""

    state = EnumField(
        "How it ended",
        EnrolmentState,
        words={
            EnrolmentState.COMPLETED: "They arrived",
            EnrolmentState.LEFT: "They left before the end",
        },
        radios=True,
        required="Say how it ended.",
    )
    ended_on = DayField("Last day", required="Give the last day.")

    def command(self) -> EndEnrolment:
        """What was typed."""
        return EndEnrolment(state=self.state.data, ended_on=self.ended_on.data)
