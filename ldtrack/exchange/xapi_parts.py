"""The parts of an xAPI statement: who, what, when, how long, with which result."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from ldtrack.people.domain import same_address
from ldtrack.ui.cleaning import clean_line

MOST_NAME = 500
"""Letters in the name of somebody or something in another system."""
MOST_MEMBERS = 200
_SAID = ("actor", "verb", "object", "result", "context", "timestamp")
_SHA1 = re.compile("[0-9a-f]{40}")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_DURATION = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?"
)
_SECONDS = {
    "years": 365 * 86_400,
    "months": 30 * 86_400,
    "weeks": 7 * 86_400,
    "days": 86_400,
    "hours": 3_600,
    "minutes": 60,
    "seconds": 1,
}
_LARGEST = 1e12
_LONGEST = 10 * _SECONDS["years"]


class Malformed(Exception):
    """A statement that is none; `part` says where."""

    def __init__(self, part: str, reason: str) -> None:
        self.part = part
        super().__init__(reason)


@dataclass(frozen=True, kw_only=True)
class Learner:
    """Whom a statement is about, by the one name that the other system gives them."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of it; a score runs from nothing to `score_max`."""

    completion: bool | None = None
    success: bool | None = None
    score: float | None = None
    score_max: float | None = None


def part_of(one: dict[str, Any], name: str) -> dict[str, Any]:
    """A part that must be there."""
    found = one.get(name)
    if not isinstance(found, dict):
        raise Malformed(name, f"There is no {name}.")
    return found


def uri_of(part: dict[str, Any], name: str, where: str) -> str:
    """An address that must be there, such as `http://example.org/course/1`."""
    found = part.get(name)
    if not isinstance(found, str) or not _URI.fullmatch(found) or not found.isprintable():
        raise Malformed(where, f"The {where} has no address that says which it is.")
    if len(found) > MOST_NAME:
        raise Malformed(where, f"The address of the {where} is longer than {MOST_NAME} letters.")
    return found


def language_of(thing: dict[str, Any]) -> str:
    """The name of an activity, in English if there is one, else in its first language."""
    definition = thing.get("definition")
    names = definition.get("name") if isinstance(definition, dict) else None
    if not isinstance(names, dict) or not names:
        return ""
    english = (name for tag, name in names.items() if tag.casefold().split("-")[0] == "en")
    found = next(english, next(iter(names.values())))
    return clean_line(found[:2_000])[:300] if isinstance(found, str) else ""


def actors_of(part: dict[str, Any], *, within: bool = False) -> Iterator[Learner]:
    """The people a statement is about: one, or each member of a group."""
    if part.get("objectType", "Agent") == "Group":
        members = part.get("member", [])
        if within or not isinstance(members, list) or len(members) > MOST_MEMBERS:
            raise Malformed("actor", f"A group has up to {MOST_MEMBERS} people, and no groups.")
        for member in members:
            if not isinstance(member, dict):
                raise Malformed("actor", "A member of the group is nobody.")
            yield from actors_of(member, within=True)
        return
    keys = [key for key in (_mail(part), _hash(part), _openid(part), _account(part)) if key]
    if len(keys) != 1:
        raise Malformed(
            "actor", "An actor needs exactly one of mbox, mbox_sha1sum, openid, account."
        )
    if len(keys[0]) > MOST_NAME or not keys[0].isprintable():
        raise Malformed(
            "actor", f"The name of the actor is no text of {MOST_NAME} letters at most."
        )
    name = part.get("name")
    yield Learner(key=keys[0], name=clean_line(name[:1_000])[:200] if isinstance(name, str) else "")


def _mail(part: dict[str, Any]) -> str:
    said = part.get("mbox")
    if said is None:
        return ""
    if not isinstance(said, str) or not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", said):
        raise Malformed("actor", "The mbox is not written as mailto:name@example.org.")
    return f"mailto:{same_address(said[7:])}"


def _hash(part: dict[str, Any]) -> str:
    said = part.get("mbox_sha1sum")
    if said is None:
        return ""
    if not isinstance(said, str) or not _SHA1.fullmatch(said.lower()):
        raise Malformed("actor", "The mbox_sha1sum is not 40 hexadecimal digits.")
    return f"sha1:{said.lower()}"


def _openid(part: dict[str, Any]) -> str:
    return "" if part.get("openid") is None else f"openid:{uri_of(part, 'openid', 'actor')}"


def _account(part: dict[str, Any]) -> str:
    said = part.get("account")
    if said is None:
        return ""
    if not isinstance(said, dict):
        raise Malformed("actor", "The account is not one.")
    name = said.get("name")
    if not isinstance(name, str) or not clean_line(name[: MOST_NAME + 1]):
        raise Malformed("actor", "The account has no name.")
    return f"account:{uri_of(said, 'homePage', 'actor')}|{clean_line(name[: MOST_NAME + 1])}"


def instant_of(one: dict[str, Any], now: datetime) -> datetime:
    """When it happened; else when it was stored; else now. Without a zone it is UTC."""
    said = one.get("timestamp") or one.get("stored")
    if said is None:
        return now
    try:
        found = datetime.fromisoformat(said)
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        if not 1970 <= aware.year <= 2200:
            raise ValueError
        return aware.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise Malformed("timestamp", "This is no moment such as 2026-01-15T09:30:00Z.") from None


def seconds_of(one: dict[str, Any]) -> int | None:
    """How long it took.

    >>> seconds_of({"result": {"duration": "PT1H0M30.5S"}})
    3630
    """
    result = one.get("result")
    said = result.get("duration") if isinstance(result, dict) else None
    if said is None:
        return None
    found = _DURATION.fullmatch(said) if isinstance(said, str) and len(said) < 60 else None
    parts = {name: given for name, given in (found.groupdict() if found else {}).items() if given}
    if not parts:
        raise Malformed("result", "The duration is not written like PT1H30M.")
    total = sum(float(n.replace(",", ".")) * _SECONDS[name] for name, n in parts.items())
    if total > _LONGEST:
        raise Malformed("result", "The duration is longer than ten years.")
    return int(total)


def result_of(one: dict[str, Any]) -> Result:
    """The result, its score counted from nothing.

    A raw score without a maximum is no score, and neither is a scaled one below zero: there is
    nothing to say how much that would be of what there was to get.
    """
    said = one.get("result")
    if said is None:
        return Result()
    if not isinstance(said, dict):
        raise Malformed("result", "The result is not one.")
    score, score_max = _score(said.get("score"))
    return Result(
        completion=_yes_or_no(said, "completion"),
        success=_yes_or_no(said, "success"),
        score=score,
        score_max=score_max,
    )


def _score(said: Any) -> tuple[float | None, float | None]:
    if said is None:
        return None, None
    if not isinstance(said, dict):
        raise Malformed("result", "The score is not one.")
    scaled, raw = _number(said, "scaled"), _number(said, "raw")
    least, most = _number(said, "min"), _number(said, "max")
    if scaled is not None and not -1 <= scaled <= 1:
        raise Malformed("result", "A scaled score lies between -1 and 1.")
    if least is not None and most is not None and not least < most:
        raise Malformed("result", "The lowest score is not below the highest.")
    if raw is not None and not (least is None or least <= raw):
        raise Malformed("result", "The score is below the lowest there is.")
    if raw is not None and not (most is None or raw <= most):
        raise Malformed("result", "The score is above the highest there is.")
    if raw is not None and most is not None and raw >= (least or 0) and most > (least or 0):
        return raw - (least or 0), most - (least or 0)
    if scaled is not None and scaled >= 0:
        return scaled * 100, 100.0
    return None, None


def _number(said: dict[str, Any], name: str) -> float | None:
    found = said.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise Malformed("result", f"The {name} of the score is not a number.")
    if not abs(found) < _LARGEST:
        raise Malformed("result", f"The {name} of the score is too large.")
    return float(found)


def _yes_or_no(said: dict[str, Any], name: str) -> bool | None:
    found = said.get(name)
    if found is not None and not isinstance(found, bool):
        raise Malformed("result", f"The {name} is neither true nor false.")
    return found


def fingerprint_of(one: dict[str, Any]) -> str:
    """What a statement says, as one word: who stored it and when does not count."""
    said = {name: one[name] for name in _SAID if name in one}
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()
