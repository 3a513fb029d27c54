"""Forms of sign-in and accounts."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.ui.fields import EmailField, HiddenLineField, SecretField
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
