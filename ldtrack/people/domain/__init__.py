"""Names, addresses and the patience with wrong passwords."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MOST_ATTEMPTS = 8
ATTEMPT_WINDOW = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
SMALLEST_FLOOR, LARGEST_FLOOR = 3, 10
"""Between which an organisation chooses the fewest raters behind any number."""
LARGEST_BUDGET = 100
"""Questionnaires that anybody can be asked for in a quarter, at the very most."""


def same_address(address: str) -> str:
    """The form in which mail addresses are compared: NFKC, case folded, no outer spaces.

    >>> same_address(" Ana@Example.ORG ")
    'ana@example.org'
    """
    return unicodedata.normalize("NFKC", address).casefold().strip()


def attempts_since(now: datetime) -> datetime:
    """Failed sign-ins count from this instant on."""
    return now - ATTEMPT_WINDOW


def password_problem(password: str, address: str) -> str | None:
    """Why a password cannot be used, as a sentence; `None` if it can."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters; a few words together are fine."
    if same_address(password) == same_address(address):
        return "A password cannot be the mail address."
    if len(set(password)) < 4:
        return "Use more than three different characters."
    return None


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A person as pages and documents need them."""

    id: int
    external_id: str
    first_name: str
    last_name: str
    email: str
    job_profile: str
    unit_id: int | None
    unit: str
    active: bool = True
    left_on: date | None = None

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportPerson:
    """A person as a file describes them, and the file's line.

    `None` stands for what the file does not say: it is left as it is. An empty
    `manager_external_id` says that they report to nobody. `unit_parent` names the units around the
    unit, from the top down, as far as the file tells; an empty one tells nothing.
    """

    line: int
    external_id: str
    email: str
    first_name: str
    last_name: str | None = None
    manager_external_id: str | None = None
    unit: str | None = None
    unit_parent: str | None = None
    job_profile: str | None = None
    locale: str | None = None
    time_zone: str | None = None
    active: bool | None = None


@dataclass(frozen=True, kw_only=True)
class WritePerson:
    """A person as HR types them; the manager by id, or nobody."""

    external_id: str
    email: str
    first_name: str
    last_name: str = ""
    unit: str = ""
    job_profile: str = ""
    manager_id: int | None = None


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


def browser_words(device: str) -> str:
    """What a browser says of itself, in words that its owner knows it by.

    The order matters: nearly every browser also claims to be the ones after it.

    >>> browser_words("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/5 Chrome/130.0 Safari/5 Edg/130")
    'Edge on Windows'
    """
    browser = next((name for sign, name in _BROWSERS if sign in device), "")
    system = next((name for sign, name in _SYSTEMS if sign in device), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"A browser on {system}" if system else "An unknown browser")
