"""What nobody should be able to do harm with: values for one field, and whole forms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ldtrack.core.ids import encode
from ldtrack.ui.forms import fresh_key
from tests.policy.addresses import NOWHERE, Things
from tests.policy.files import bad_files
from tests.policy.forms import KEY, TYPED, FoundField, FoundForm, honest

SCRIPT = "<script>ldt7()</script>"
PRODUCT = "982007569"
"""What the template below would come to if anybody worked it out."""
ALL_TRICKS = (
    "=cmd|' /C calc'!A0 \x00\x1b \u202eevil \u200fمرحبا \U0001f469\u200d\U0001f467 \ufffe\ud7ff "
    f"\"'>{SCRIPT}<img src=x onerror=ldt7()> {{{{31337*31337}}}}${{31337*31337}}{{%raw%}} "
    "%s%n../../etc/passwd 1; DROP TABLE person; --"
)
_LONG = 900_000
_CHOSEN = {"select", "radio", "checkbox", "hidden", "button"}
_TEXTS = ("e" + "\u0301" * 2_000, "\x00", "-1", "2026-02-29")
_NUMBERS = ("-1", "0", "999999", str(2**63), "1e999", "1.123456789", "x\x00")
_DAYS = ("2026-02-29", "0001-01-01", "2200-12-31", "9999-12-31")
_CHOICES = ("0", "-1", str(2**63), encode(NOWHERE))
_WHAT_ENGINES_TAKE_DIFFERENTLY = frozenset(
    {ALL_TRICKS, *_TEXTS[:2], "999999", str(2**63), "0001-01-01", "2200-12-31"}
)
ONES_OWN = ("organisation_id", "person_id", "author_id", "account_id", "id", "created_at")
_POWERS = {
    **dict.fromkeys(("role", "roles"), "administrator"),
    **dict.fromkeys(("state", "status"), "released"),
    **dict.fromkeys(("score", "level", "weight"), "999"),
    **dict.fromkeys(("approved", "is_active", "confirmed", "shared"), "y"),
}


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A form as it is sent, and which of its fields were tampered with."""

    what: str
    sent: dict[str, Any]
    bad: frozenset[str] = field(default_factory=frozenset)


def attempts(form: FoundForm, foreign: Things) -> Iterator[Attempt]:
    """Everything that is tried with a form, the same every time."""
    draw = random.Random(form.about + ",".join(form.names))
    yield from _whole_forms(form, another_organisations_id(draw, foreign))
    words = [one for one in form.fields.values() if one.kind in TYPED]
    for value in (*_TEXTS, "m" * (_LONG // max(len(words), 1)), ALL_TRICKS) if words else ():
        yield _with(form, {one.name: value for one in words})
    chosen = [name for name in form.names if form.fields[name].kind in _CHOSEN]
    for value in _CHOICES if chosen else ():
        yield _with(form, dict.fromkeys(chosen, value))
    for name in form.names:
        one = form.fields[name]
        for value in _values(one, another_organisations_id(draw, foreign)):
            yield _with(form, {name: value})
        if one.kind == "file":
            for what, file in bad_files(form.about):
                yield Attempt(
                    what=f"{name}={what}", sent={**honest(form), name: file}, bad=frozenset({name})
                )


def what_nobody_asked_for(form: FoundForm, foreign: Things) -> dict[str, str]:
    """Fields beside the form's own, by which somebody would like to be more than they are."""
    theirs = another_organisations_id(random.Random(form.about), foreign)
    extra = {**dict.fromkeys(ONES_OWN, theirs), **_POWERS}
    return {name: value for name, value in extra.items() if name not in form.fields}


def another_organisations_id(draw: random.Random, foreign: Things) -> str:
    """An id as addresses and lists show it, of something that the other organisation owns."""
    table = draw.choice(sorted(table for table, ids in foreign.ids.items() if ids))
    return encode(draw.choice(list(foreign.ids[table])))


def differs_between_engines(attempt: Attempt) -> bool:
    """Whether what one database takes another may refuse."""
    return any(value in _WHAT_ENGINES_TAKE_DIFFERENTLY for value in map(str, attempt.sent.values()))


def _values(one: FoundField, theirs: str) -> tuple[str, ...]:
    if one.kind in TYPED:
        return (ALL_TRICKS,)
    if one.kind in {"number", "decimal"}:
        return _NUMBERS
    if one.kind in {"date", "time"}:
        return _DAYS
    return (f"\x00{SCRIPT}", theirs) if one.kind in _CHOSEN else ()


def _with(form: FoundForm, values: dict[str, str]) -> Attempt:
    what = ", ".join(f"{name}={value[:30]!r}" for name, value in values.items())
    return Attempt(what=what, sent={**honest(form), **values}, bad=frozenset(values))


def _whole_forms(form: FoundForm, theirs: str) -> Iterator[Attempt]:
    yield Attempt(what="an unreadable key", sent={**honest(form), KEY: "\x00" + "k" * 500})
    names = frozenset(form.names)
    if not names:
        return
    yield Attempt(what="nothing", sent={KEY: fresh_key()}, bad=names)
    yield Attempt(what="others' ids", sent=dict.fromkeys(names, theirs), bad=names)
    twice = {
        name: [SCRIPT, value] if isinstance(value, str) else value
        for name, value in honest(form).items()
        if name != KEY
    }
    yield Attempt(what="every field twice", sent=twice, bad=names)
