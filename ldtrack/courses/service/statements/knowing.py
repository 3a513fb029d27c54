"""Which course an activity of another system is, and who its learners are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha1
from urllib.parse import unquote, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.courses.domain.statements import ACCOUNT, HASH, IN_FILE, MAIL, NAMED, NUMBER
from ldtrack.courses.models import ActivityMatch, LearnerMatch
from ldtrack.courses.queries.finding import courses_by_code, courses_by_title
from ldtrack.db.parts import in_parts
from ldtrack.people.domain import same_address
from ldtrack.people.queries import addresses_here, by_email, by_external_id, by_name


@dataclass(frozen=True)
class Known:
    """What is known of a name of another system; `ours` is none if it is nothing of ours."""

    ours: int | None


def activities_decided(session: Session, activities: Collection[str]) -> dict[str, Known]:
    """What somebody decided about the activities."""
    found: dict[str, Known] = {}
    for part in in_parts(activities):
        wanted = select(ActivityMatch.activity_id, ActivityMatch.course_id)
        rows = session.execute(wanted.where(ActivityMatch.activity_id.in_(part)))
        found |= {activity_id: Known(course_id) for activity_id, course_id in rows}
    return found


def learners_decided(session: Session, keys: Collection[str]) -> dict[str, Known]:
    """What somebody decided about the learners."""
    found: dict[str, Known] = {}
    for part in in_parts(keys):
        wanted = select(LearnerMatch.actor_key, LearnerMatch.person_id)
        rows = session.execute(wanted.where(LearnerMatch.actor_key.in_(part)))
        found |= {actor_key: Known(person_id) for actor_key, person_id in rows}
    return found


def activities_known(session: Session, activities: Mapping[str, str]) -> dict[str, Known]:
    """What is known of the activities, given with their names.

    What somebody decided counts first. Else the last part of the activity's address is the code of
    a course, or its name the title of one; what a file says is either.
    """
    found = activities_decided(session, activities.keys())
    left = {key: name for key, name in activities.items() if key not in found}
    codes = courses_by_code(session, {_last_part(key) for key in left})
    titles = courses_by_title(session, {*left.values(), *map(_last_part, left)} - {""})
    for key, name in left.items():
        said = _last_part(key)
        course_id = codes.get(said) or titles.get(name)
        if course_id is None and key.startswith(IN_FILE):
            course_id = titles.get(said)
        if course_id is not None:
            found[key] = Known(course_id)
    return found


def learners_known(session: Session, keys: Collection[str]) -> dict[str, Known]:
    """What is known of the learners.

    What somebody decided counts first; else a mail address, the SHA-1 of one, or a name that is
    somebody's external id or mail address; in files an external id, or a name that one person has.
    """
    found = learners_decided(session, set(keys))
    left = [key for key in set(keys) if key not in found]
    mails = {key: key.removeprefix(MAIL) for key in left if key.startswith(MAIL)}
    names = {key: key.rpartition("|")[2] for key in left if key.startswith(ACCOUNT)}
    names |= {key: key.removeprefix(NUMBER) for key in left if key.startswith(NUMBER)}
    full = {key: key.removeprefix(NAMED) for key in left if key.startswith(NAMED)}
    by_full_name = by_name(session, set(full.values()))
    by_address = by_email(session, {*mails.values(), *(n for n in names.values() if "@" in n)})
    by_id = by_external_id(session, set(names.values()))
    hashes = _by_hash(session, {key for key in left if key.startswith(HASH)})
    for key in left:
        name = names.get(key, "")
        person_id = (
            by_id.get(name)
            or by_address.get(mails.get(key) or same_address(name))
            or hashes.get(key)
            or by_full_name.get(full.get(key, ""))
        )
        if person_id is not None:
            found[key] = Known(person_id)
    return found


def _last_part(activity_id: str) -> str:
    """The last part of an address: what follows its last slash, hash or colon; all that a file
    says."""
    if activity_id.startswith(IN_FILE):
        return activity_id.removeprefix(IN_FILE)
    parts = urlsplit(activity_id)
    path = (parts.fragment or parts.path).rstrip("/")
    return unquote(path.replace(":", "/").rsplit("/", 1)[-1])


def _by_hash(session: Session, keys: Collection[str]) -> dict[str, int]:
    """People by the SHA-1 of their address, which the standard prescribes and nobody can undo."""
    if not keys:
        return {}
    found = {}
    for address, person_id in addresses_here(session):
        digest = sha1(f"mailto:{address}".encode(), usedforsecurity=False).hexdigest()
        if (key := f"{HASH}{digest}") in keys:
            found[key] = person_id
    return found
