"""Forms of sign-in, people and accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldtrack.access.domain import Role
from ldtrack.core import ids
from ldtrack.people.domain import WritePerson
from ldtrack.people.domain.attributes import AskAbout, AttributeRow
from ldtrack.people.domain.changes import Move
from ldtrack.ui.cleaning import clean_line
from ldtrack.ui.fields import (
    ChoiceField,
    DayField,
    EmailField,
    EnumManyField,
    HiddenLineField,
    LineField,
    Option,
    SecretField,
    TextField,
)
from ldtrack.ui.forms import Form


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """Who wants in."""

    email: str
    password: str


class SignInForm(Form):
    """Address and password."""

    email = EmailField("E-mail address", required="Enter your e-mail address.")
    password = SecretField("Password", required="Enter your password.")
    next = HiddenLineField(max_chars=2000)

    def command(self) -> SignIn:
        """What was typed."""
        return SignIn(email=self.email.data, password=self.password.data)


class ChangePasswordForm(Form):
    """The present password and a new one."""

    present = SecretField("Present password", required="Enter your present password.")
    password = SecretField("New password", required="Enter a new password.")


class PersonForm(Form):
    """A person as HR types them."""

    first_name = LineField("First name", max_chars=100, required="Give the first name.")
    last_name = LineField("Last name", max_chars=100)
    email = EmailField("Mail address", required="Give the mail address.")
    external_id = LineField("External id", max_chars=100, required="Give the external id.")
    unit = LineField("Unit", hint="A new name makes a new unit.")
    job_profile = LineField("Job profile")
    manager = LineField("Reports to", max_chars=320, hint="Their mail address or external id.")

    def command(self, manager_id: int | None) -> WritePerson:
        """What was typed."""
        return WritePerson(
            external_id=self.external_id.data,
            email=self.email.data,
            first_name=self.first_name.data,
            last_name=self.last_name.data,
            unit=self.unit.data,
            job_profile=self.job_profile.data,
            manager_id=manager_id,
        )


class NewPersonForm(PersonForm):
    """Somebody who is new, and when they begin."""

    joins_on = DayField(
        "First day", hint="If they begin later than today. Until then they cannot sign in."
    )


class ReturnForm(Form):
    """From which day on somebody is here again."""

    on = DayField("Here from", required="Say from which day on they are here.")


class MoveForm(Form):
    """Where somebody goes, as what, reporting to whom, and when."""

    on = DayField("From", required="Say from which day on.", hint="It may lie ahead, or behind.")
    unit = LineField("Unit", hint="A new name makes a new unit.")
    job_profile = LineField("Job profile")
    manager = LineField(
        "Reports to",
        max_chars=320,
        hint="Their mail address or external id; leave empty for nobody.",
    )

    def command(self, manager_id: int | None) -> Move:
        """What was typed."""
        return Move(
            on=self.on.data,
            unit=self.unit.data,
            job_profile=self.job_profile.data,
            manager_id=manager_id,
        )


class UnitForm(Form):
    """A unit and the one it lies in."""

    name = LineField("Name", required="Give the unit a name.")
    parent = LineField("Lies inside", hint="The name of another unit; leave empty for the top.")


class RemoveUnitForm(Form):
    """Where the people of a unit, and the units inside it, go when it is removed."""

    heir = LineField(
        "They go to",
        hint="The name of another unit. Left empty, its people are in no unit and the units "
        "inside it are at the top.",
    )


class ManagerForm(Form):
    """Who somebody reports to, and from which day on."""

    who = LineField(
        "Reports to",
        max_chars=320,
        hint="Their mail address or external id; leave empty for nobody.",
    )
    starts_on = DayField(
        "From",
        required="Say from which day on.",
        hint="Until the day before, whoever it was keeps seeing what line managers see.",
    )


class SponsorForm(Form):
    """Who backs somebody."""

    who = LineField(
        "Sponsor",
        max_chars=320,
        required="Say who is to be the sponsor.",
        hint="Their mail address or external id; they must be among the people.",
    )


_ROLES = {
    Role.LEADER: "Leader: sees their own growth, pathway, coaching and feedback",
    Role.COACH: "Coach: sees and logs the coaching of their own leaders",
    Role.SPONSOR: "Sponsor: sees what the leaders they back have agreed to show",
    Role.HR: "HR: keeps people, frameworks, courses, pathways and 360 cycles",
    Role.ADMINISTRATOR: "Administrator: keeps accounts and settings, sees no development",
}


class RolesForm(Form):
    """What an account may do."""

    roles = EnumManyField("What they may do", Role, words=_ROLES)


class AccountForm(RolesForm):
    """A sign-in for somebody."""

    who = LineField(
        "Who",
        max_chars=320,
        required="Say who gets the sign-in.",
        hint="Their mail address or external id; they must be among the people.",
    )
    password = SecretField("First password", required="Enter a first password.")


class AskAboutForm(Form):
    """Something that people may declare about themselves."""

    question = LineField(
        "Question",
        required="Say what people may declare.",
        hint="Such as “My first language is …”.",
    )
    answers = TextField(
        "Answers", required="Give the answers.", max_chars=1700, rows=4, hint="One on each line."
    )

    def command(self) -> AskAbout:
        """What was typed; empty lines say nothing."""
        lines = (clean_line(line)[:200] for line in self.answers.data.splitlines())
        return AskAbout(question=self.question.data, answers=tuple(line for line in lines if line))


NO_ANSWER = "none"


class DeclareForm(Form):
    """What somebody declares, a field a question; the fields are added by `declare_form`.

    It carries no key: a row of keys would hold the time at which somebody declared something.
    Sent twice, it says the same.
    """

    idempotency_key = None  # type: ignore[assignment]  # the form base has one

    def command(self) -> dict[int, int | None]:
        """The answer chosen to each question; none where nothing is declared."""
        return {
            ids.decode(field.name.removeprefix(_QUESTION)): None
            if field.data in (None, NO_ANSWER)
            else ids.decode(field.data)
            for field in self
            if field.name.startswith(_QUESTION)
        }


_QUESTION = "question-"


def declare_form(rows: Sequence[AttributeRow]) -> DeclareForm:
    """The form with what is asked, each set to what was declared."""
    fields = {
        f"{_QUESTION}{ids.encode(row.id)}": ChoiceField(
            row.question,
            radios=True,
            options=[
                *(Option(id=ids.encode(one), label=words) for one, words in row.answers),
                Option(id=NO_ANSWER, label="I say nothing about this"),
            ],
        )
        for row in rows
    }
    made = type("DeclareForm", (DeclareForm,), fields)
    form: DeclareForm = made(
        data={
            f"{_QUESTION}{ids.encode(row.id)}": ids.encode(row.own) if row.own else NO_ANSWER
            for row in rows
        }
    )
    return form
