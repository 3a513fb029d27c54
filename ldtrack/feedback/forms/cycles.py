"""Forms of 360 cycles, whom they are about and who is asked."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.feedback.domain.answers import RaterGroup
from ldtrack.feedback.domain.commands import (
    AskRater,
    BuildQuestionnaire,
    NewCycle,
)
from ldtrack.feedback.domain.settings import LONGEST, SHORTEST, USUAL_DAYS
from ldtrack.feedback.domain.timeline import Pace
from ldtrack.feedback.forms.settings import PACES
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    EmailField,
    EnumField,
    HiddenLineField,
    LineField,
    Option,
    PickField,
    PickManyField,
    TickField,
    WholeNumberField,
)
from ldtrack.ui.forms import Form

_PLAIN = "plain"


class AskingCycleForm(Form):
    """A cycle that asks a questionnaire of the library."""

    name = LineField("Name", max_chars=120, required="Give the cycle a name.")
    opens_on = DayField("Planned to open", required="Say when it should open.")
    closes_on = DayField("Last day for answers", required="Say until when people can answer.")
    pace = EnumField("Questionnaires open", Pace, words=PACES, radios=True, default=Pace.TOGETHER)
    days = WholeNumberField(
        "Open for each leader, in days",
        lowest=SHORTEST,
        highest=LONGEST,
        default=USUAL_DAYS,
        hint="Only where each leader starts when they are ready.",
    )

    def command(self, asked: int) -> NewCycle:
        """What was chosen; `asked` is the id of the questionnaire."""
        return self.asking(asked)

    def asking(self, questionnaire: BuildQuestionnaire | int) -> NewCycle:
        """The cycle with what it asks."""
        return NewCycle(
            name=self.name.data,
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            pace=self.pace.data or Pace.TOGETHER,
            days=self.days.data,
            questionnaire=questionnaire,
        )


class NewCycleForm(AskingCycleForm):
    """A cycle whose questionnaire is built on the way, from a framework version."""

    competencies = PickManyField(
        "Competencies to ask about", required="Choose at least one competency."
    )
    level = ChoiceField("Level of the statements", blank="The middle of the scale")
    per_competency = WholeNumberField(
        "Statements for each competency", lowest=1, highest=6, default=3
    )
    scale = ChoiceField(
        "Answers are given",
        radios=True,
        default="levels",
        options=[
            Option(id="levels", label="In the framework’s levels"),
            Option(id=_PLAIN, label="From “hardly ever” to “almost always”"),
        ],
    )

    def command(self, asked: int) -> NewCycle:
        """What was chosen; `asked` is the framework version."""
        return self.asking(
            BuildQuestionnaire(
                framework_version_id=asked,
                competency_ids=tuple(self.competencies.data),
                level=int(self.level.data) if self.level.data else None,
                per_competency=self.per_competency.data or 1,
                plain_scale=self.scale.data == _PLAIN,
            )
        )


class AddressForm(Form):
    """Another address for a rater whose mail came back, or the same one again."""

    old = HiddenLineField("Address that took no mail", max_chars=320)
    email = EmailField("E-mail address", required="Give an e-mail address.")


class ReplaceForm(Form):
    """Somebody else to be asked in a rater's place: a person found, or anybody by address."""

    person = PickField("Somebody of the organisation", radios=True, blank="")
    name = LineField("Name")
    email = EmailField("E-mail address")

    def command(self) -> AskRater:
        """Who was chosen; a name and an address go before a person."""
        if self.email.data:
            return AskRater(group_key="", name=self.name.data, email=self.email.data)
        return AskRater(group_key="", person_id=self.person.data)


class AddSubjectsForm(Form):
    """People to receive feedback, from a search."""

    people = PickManyField("People", required="Tick at least one person.")


class AskKnownForm(Form):
    """People of the organisation to be asked, from a search."""

    people = PickManyField("People", required="Tick at least one person.")
    group = ChoiceField("As", required="Say in which group they answer.")

    def commands(self) -> list[AskRater]:
        """One for each person."""
        return [AskRater(group_key=self.group.data, person_id=id_) for id_ in self.people.data]


class AskOutsideForm(Form):
    """Somebody from outside the organisation."""

    name = LineField("Name", required="Give their name.")
    email = EmailField("E-mail address", required="Give their e-mail address.")
    group = ChoiceField("As", required="Say in which group they answer.")

    def command(self) -> AskRater:
        """Who was typed in."""
        return AskRater(group_key=self.group.data, name=self.name.data, email=self.email.data)


class DaysForm(Form):
    """Other days for a cycle that has not opened."""

    opens_on = DayField("Planned to open", required="Say when it is planned to open.")
    closes_on = DayField("Last day for answers", required="Say until when people can answer.")


class WithoutTrustForm(Form):
    """Why a first 360 begins though no trust pulse came before it."""

    reason = LineField(
        "Why it can begin without one", required="Say it in a sentence.", max_chars=300
    )


class LastDayForm(Form):
    """Another last day."""

    closes_on = DayField("Last day for answers", required="Say until when people can answer.")
    knows = TickField("I know that raters were told a later day")


def group_options(groups: Sequence[RaterGroup]) -> list[Option]:
    """The rater groups to choose from."""
    return [Option(id=group.key, label=group.name) for group in groups]
