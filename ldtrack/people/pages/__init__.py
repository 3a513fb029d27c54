"""What the pages of people, units and accounts show, put together from queries."""

from ldtrack.people.pages.accounts import AccountsPage, accounts_page
from ldtrack.people.pages.directory import DirectoryPage, directory_page
from ldtrack.people.pages.person import PersonPage, person_page
from ldtrack.people.pages.units import MOST_OFFERED, UnitPage, UnitsPage, unit_page, units_page

__all__ = [
    "MOST_OFFERED",
    "AccountsPage",
    "DirectoryPage",
    "PersonPage",
    "UnitPage",
    "UnitsPage",
    "accounts_page",
    "directory_page",
    "person_page",
    "unit_page",
    "units_page",
]
