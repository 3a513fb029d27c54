"""Forms of how a cycle is held: before it begins, while it runs, and for another round."""

from __future__ import annotations

from datetime import date

from wtforms import FieldList, FormField, ValidationError
from wtforms import Form as Part

from ldtrack.feedback.domain.anonymity import LARGEST_K, SMALLEST_K
from ldtrack.feedback.domain.commands import CopyCycle
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.rows import CycleRow
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.domain.settings import (
    EARLIEST_REMINDER,
    LONGEST,
    SHORTEST,
    USUAL_DAYS,
    CycleSettings,
    Tightening,
)
from ldtrack.feedback.domain.timeline import Pace
from ldtrack.ui.fields import (
    DayField,
    EnumField,
    HiddenLineField,
    LineField,
    PickField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

PACES = {
    Pace.TOGETHER: "All on one day",
    Pace.ROLLING: "Each leader when they are ready",
}
_NOMINATES = {Nominates.HR: "HR", Nominates.LEADER: "The leaders themselves"}
_APPROVES = {
    Approves.NOBODY: "Nobody",
    Approves.MANAGER: "Their line manager",
    Approves.COACH: "Their coach",
    Approves.HR: "HR",
}
_WEIGHTINGS = {
    Weighting.GROUP: "Every rater group counts the same",
    Weighting.RATER: "Every rater counts the same",
}


class DaysBeforeField(LineField):
    """Whole numbers with commas between them; `days` holds them."""

    def check(self) -> None:
        super().check()
        if any(not part.isdecimal() or len(part) > 3 for part in self._parts()):
            raise ValidationError("Please give numbers of days such as 7, 2.")

    @property
    def days(self) -> tuple[int, ...]:
        """The numbers that were typed."""
        return tuple(int(part) for part in self._parts())

    def _parts(self) -> list[str]:
        return str(self.data).replace(",", " ").split()


class SettingsForm(Form):
    """How a draft will be held."""

    pace = EnumField("Questionnaires open", Pace, words=PACES, radios=True)
    days = WholeNumberField(
        "Open for each leader, in days",
        lowest=SHORTEST,
        highest=LONGEST,
        hint="Only where each leader starts when they are ready.",
    )
    nominates = EnumField("Who says whom to ask", Nominates, words=_NOMINATES, radios=True)
    approves = EnumField(
        "Who has to agree",
        Approves,
        words=_APPROVES,
        hint="Only where leaders say whom to ask.",
    )
    nominate_until = DayField("Propose raters until")
    coach_led = TickField("A coach talks the report through before the leader has it")
    moderator = PickField(
        "Reads comments before anybody else",
        blank="Nobody",
        hint="May hold a comment back with a reason, and never changes one.",
    )
    tells_who_answered = TickField("HR sees who has answered")
    k = WholeNumberField(
        "Fewest raters shown together",
        lowest=SMALLEST_K,
        highest=LARGEST_K,
        required="Say from how many raters anything is shown.",
    )
    weighting = EnumField("In the mean of all others", Weighting, words=_WEIGHTINGS, radios=True)
    kept_months = WholeNumberField(
        "Keep answers for (months)",
        lowest=1,
        highest=60,
        required="Say for how long answers are kept.",
        hint="Without names, to compare the next cycle with. Reports stay.",
    )
    reminders = DaysBeforeField(
        "Remind so many days before the last day",
        max_chars=40,
        hint=f"For example 7, 2. From 0 to {EARLIEST_REMINDER}; leave it empty for none.",
    )

    def settings(self) -> CycleSettings:
        """What was chosen."""
        return CycleSettings(
            k=self.k.data,
            kept_months=self.kept_months.data,
            pace=self.pace.data or Pace.TOGETHER,
            days=self.days.data,
            nominates=self.nominates.data or Nominates.HR,
            approves=self.approves.data or Approves.NOBODY,
            nominate_until=self.nominate_until.data,
            coach_led=self.coach_led.data,
            moderator_id=self.moderator.data,
            weighting=self.weighting.data or Weighting.GROUP,
            tells_who_answered=self.tells_who_answered.data,
            reminder_days=self.reminders.days,
        )


def settings_form(cycle: CycleRow) -> SettingsForm:
    """The form, filled with the cycle's settings."""
    return SettingsForm(
        data={
            "pace": cycle.pace,
            "days": cycle.days or USUAL_DAYS,
            "nominates": cycle.nominates,
            "approves": cycle.approves,
            "nominate_until": cycle.nominate_until,
            "coach_led": cycle.coach_led,
            "moderator": cycle.moderator_id,
            "tells_who_answered": cycle.tells_who_answered,
            "k": cycle.k,
            "weighting": cycle.weighting,
            "kept_months": cycle.kept_months,
            "reminders": ", ".join(str(days) for days in cycle.reminder_days),
        }
    )


class FloorPart(Part):
    """From how many raters one group is shown."""

    key = HiddenLineField("Key", max_chars=40)
    floor = WholeNumberField("Shown from", lowest=SMALLEST_K, highest=LARGEST_K)


class StricterForm(Form):
    """What can still become stricter while a cycle runs."""

    k = WholeNumberField(
        "Fewest raters shown together",
        lowest=SMALLEST_K,
        highest=LARGEST_K,
        required="Say from how many raters anything is shown.",
    )
    kept_months = WholeNumberField(
        "Keep answers for (months)",
        lowest=1,
        highest=60,
        required="Say for how long answers are kept.",
    )
    tells_who_answered = TickField("HR sees who has answered")
    floors = FieldList(FormField(FloorPart, label=""), max_entries=20)

    def change(self) -> Tightening:
        """What was chosen."""
        return Tightening(
            k=self.k.data,
            kept_months=self.kept_months.data,
            tells_who_answered=self.tells_who_answered.data,
            floors={line.key.data: line.floor.data for line in self.floors if line.floor.data},
        )


def stricter_form(cycle: CycleRow) -> StricterForm:
    """The form, filled with what was promised."""
    form = StricterForm(
        data={
            "k": cycle.k,
            "kept_months": cycle.kept_months,
            "tells_who_answered": cycle.tells_who_answered,
            "floors": [
                {"key": group.key, "floor": group.floor_over(cycle.k)}
                for group in cycle.groups
                if not group.exempt
            ],
        }
    )
    for line in form.floors:
        line.floor.label.text = f"{cycle.group_name(line.key.data)}: shown from"
    return form


class ModeratorForm(Form):
    """Somebody else to read comments first, or nobody."""

    moderator = PickField("Reads comments before anybody else", blank="Nobody")


class CopyForm(Form):
    """Another round held like this one."""

    name = LineField("Name", max_chars=120, required="Give the cycle a name.")
    opens_on = DayField("Planned to open", required="Say when it should open.")
    closes_on = DayField("Last day", required="Say until when people can answer.")
    with_people = TickField("The same people receive feedback")

    def command(self) -> CopyCycle:
        """What was chosen."""
        opens_on: date = self.opens_on.data
        closes_on: date = self.closes_on.data
        return CopyCycle(
            name=self.name.data,
            opens_on=opens_on,
            closes_on=closes_on,
            with_people=self.with_people.data,
        )
