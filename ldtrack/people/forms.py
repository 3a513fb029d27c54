"""Forms of sign-in, people and accounts."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.access.domain import Role
from ldtrack.people.domain import WritePerson
from ldtrack.ui.fields import (
    DayField,
    EmailField,
    EnumManyField,
    HiddenLineField,
    LineField,
    SecretField,
    TickField,
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
    active = TickField(
        "Works here",
        default=True,
        hint="Without it they have left: from today they cannot sign in, and nobody is their line "
        "manager, coach or sponsor, nor they of others. What was written stays.",
    )

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
            active=self.active.data,
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
