"""The columns that can be brought in, in words, and what they are called elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ldtrack.exchange.domain import ImportKind


@dataclass(frozen=True, kw_only=True)
class Column:
    """One of ours; `needed` if no row can do without it, `also` are other words for it."""

    name: str
    words: str
    needed: bool = False
    also: str = ""

    @property
    def label(self) -> str:
        """Its name as people read it."""
        return self.name.replace("_", " ").capitalize()

    @property
    def names(self) -> list[str]:
        """Everything that it is called."""
        return [self.name, *self.also.split()]


_NUMBERS = (
    "employee_id employee_number personnel_number staff_number staff_no staff_id person_id id"
)
_ADDRESSES = "e_mail mail email_address work_email e_mail_address mail_address"
_PEOPLE = (
    Column(
        name="external_id",
        words="The number your other systems know them by.",
        needed=True,
        also=_NUMBERS,
    ),
    Column(
        name="email",
        words="Their mail address.",
        needed=True,
        also=_ADDRESSES,
    ),
    Column(
        name="first_name",
        words="Their first name.",
        needed=True,
        also="given_name forename firstname",
    ),
    Column(
        name="last_name",
        words="Their last name.",
        also="surname family_name lastname",
    ),
    Column(
        name="manager_external_id",
        words="The number of whom they report to; blank for nobody.",
        also="manager_id manager line_manager line_manager_id supervisor_id boss reports_to",
    ),
    Column(
        name="unit",
        words="The unit they work in.",
        also="department org_unit organisational_unit organizational_unit team division",
    ),
    Column(
        name="unit_parent",
        words="The units around theirs, from the top down: Group > Sales.",
        also="parent_unit parent_department parent_org_unit part_of",
    ),
    Column(
        name="job_profile",
        words="Their role, named like its role profile.",
        also="job_title title position role job job_role",
    ),
    Column(
        name="locale",
        words="Their language, such as en-GB.",
        also="language lang",
    ),
    Column(
        name="time_zone",
        words="Their time zone, such as Europe/Paris.",
        also="timezone tz",
    ),
    Column(
        name="active",
        words="Yes if they work here, no if they left.",
        also="status employed is_active",
    ),
)
_COMPLETIONS = (
    Column(
        name="external_id",
        words="The number of the person; this or the mail address.",
        also=_NUMBERS,
    ),
    Column(
        name="email",
        words="Their mail address.",
        also=_ADDRESSES,
    ),
    Column(
        name="course_code",
        words="The code of the course, or its title.",
        needed=True,
        also="course course_id course_name course_title code",
    ),
    Column(
        name="completed_on",
        words="The day, as year-month-day.",
        needed=True,
        also="completion_date completed date date_completed completed_at finished_on",
    ),
    Column(
        name="score",
        words="Points that were got.",
        also="result points grade mark",
    ),
    Column(
        name="score_max",
        words="Points that could be got.",
        also="max_score max_points out_of",
    ),
    Column(
        name="passed",
        words="Yes or no.",
        also="pass outcome",
    ),
)
_CLOSE = 0.85


def columns_of(kind: ImportKind) -> Sequence[Column]:
    """The columns of a kind of file."""
    return _PEOPLE if kind is ImportKind.PEOPLE else _COMPLETIONS


def guessed(asked: Sequence[Column], own: Collection[str]) -> dict[str, str]:
    """The file's column that each of ours may be, by its name; somebody says yes to it.

    >>> guessed(columns_of(ImportKind.PEOPLE), ["staff_no", "e_mail", "given_names"])
    {'external_id': 'staff_no', 'email': 'e_mail', 'first_name': 'given_names'}
    """
    found: dict[str, str] = {}
    left = list(own)
    for is_it in (_is_called, _is_nearly_called):
        for column in asked:
            name = next(
                (one for one in left if column.name not in found and is_it(column, one)), ""
            )
            if name:
                found[column.name] = name
                left.remove(name)
    return found


def _is_called(column: Column, name: str) -> bool:
    return name in column.names


def _is_nearly_called(column: Column, name: str) -> bool:
    return bool(get_close_matches(name, column.names, n=1, cutoff=_CLOSE))
