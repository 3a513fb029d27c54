"""What the setup page asks."""

from __future__ import annotations

from ldtrack.app.organisation.form import zone_field
from ldtrack.app.setup.service import BeginInstallation
from ldtrack.exchange.shipped import shipped
from ldtrack.ui.fields import ChoiceField, EmailField, LineField, Option, SecretField
from ldtrack.ui.forms import Form

FILE = "file"
NONE = "none"


class SetupForm(Form):
    """The organisation, its first account, and what to begin with."""

    code = LineField("Setup code", required="Enter the setup code.", max_chars=100)
    organisation = LineField("Name of the organisation", required="Enter its name.")
    time_zone = zone_field()
    first_name = LineField("First name", required="Enter your first name.", max_chars=100)
    last_name = LineField("Last name", required="Enter your last name.", max_chars=100)
    email = EmailField("E-mail address", required="Enter your e-mail address.")
    password = SecretField("Password", required="Choose a password.")
    framework = ChoiceField("Begin with", radios=True, required="Choose what to begin with.")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.framework.options = [
            Option(
                id=one.key,
                label=one.title,
                note=f"{one.publisher}. {one.n_competencies} competencies"
                + (f", {one.n_indicators} behavioural indicators" if one.n_indicators else "")
                + f". {one.attribution}",
            )
            for one in shipped()
        ] + [
            Option(
                id=FILE,
                label="A file of your own",
                note="A CASE package, a table, or an export from Moodle; you choose it next.",
            ),
            Option(id=NONE, label="Nothing yet", note="You can choose afterwards."),
        ]

    def command(self) -> BeginInstallation:
        """What was asked for."""
        chosen = self.framework.data
        return BeginInstallation(
            organisation=self.organisation.data,
            time_zone=self.time_zone.data,
            first_name=self.first_name.data,
            last_name=self.last_name.data,
            email=self.email.data,
            password=self.password.data,
            framework=None if chosen in {FILE, NONE} else chosen,
        )
