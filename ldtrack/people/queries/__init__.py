"""Who is who: organisations, people and accounts, as an actor may see them."""

from ldtrack.people.queries.accounts import (
    AccountRow,
    account,
    account_of,
    accounts,
    with_account,
)
from ldtrack.people.queries.organisations import (
    any_organisation,
    organisation_name,
    organisations,
    rater_floor,
    units,
)
from ldtrack.people.queries.persons import (
    PAGE,
    by_email,
    by_external_id,
    by_name,
    directory,
    everybody,
    full_person,
    known_as,
    managers,
    n_people,
    name_of,
    people_here,
    people_named,
    people_with_role,
    person,
)
from ldtrack.people.queries.sign_ins import SignInRow, sign_ins

__all__ = [
    "PAGE",
    "AccountRow",
    "SignInRow",
    "account",
    "account_of",
    "accounts",
    "any_organisation",
    "by_email",
    "by_external_id",
    "by_name",
    "directory",
    "everybody",
    "full_person",
    "known_as",
    "managers",
    "n_people",
    "name_of",
    "organisation_name",
    "organisations",
    "people_here",
    "people_named",
    "people_with_role",
    "person",
    "rater_floor",
    "sign_ins",
    "units",
    "with_account",
]
