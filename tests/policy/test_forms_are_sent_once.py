"""A form that is sent twice, by a second click or a repeated request, stores once; and only what
it asks for.
"""

from __future__ import annotations

from ldtrack.ui.forms import fresh_key
from tests.policy.finding import Found
from tests.policy.forms import KEY
from tests.policy.hostile import what_nobody_asked_for
from tests.policy.stored import KEYS, TRACES, Rows, added, numbers_in, stored
from tests.policy.world import World

_MEANT_TO_REPEAT = {
    "coaching.own_file": "hands out a file, and each time it does is written down",
    "reflection.own_file": "the same",
    "exchange.completions_file": "hands out a file, and each time it does is written down",
    "exchange.enrolments_file": "the same",
    "exchange.framework_file": "hands out a file, and each time it does is written down",
    "exchange.long_list_file": "the same",
    "exchange.people_file": "hands out a file, and each time it does is written down",
    "exchange.programme_file": "the same",
    "feedback.keep": "keeps an answer as it is typed, the later one in place of the earlier",
    "people.sign_in": "every try counts for the throttle",
    "people.sign_out": "ends the sign-in that the second click would need",
}


def test_a_form_that_is_sent_twice_stores_once_and_is_answered_alike(world: World) -> None:
    wrong = []
    for endpoint, found in world.forms.items():
        if endpoint in _MEANT_TO_REPEAT:
            continue
        with world.undone() as written:
            key = fresh_key()
            first = found.send({KEY: key})
            written.clear()
            second = found.send_again({KEY: key})
            if (first.status_code, first.location) != (second.status_code, second.location):
                wrong.append(f"{endpoint} answers {first.status_code}, then {second.status_code}")
            if again := written - {"login_session"}:
                wrong.append(f"{endpoint} stores {sorted(again)} again")
    assert wrong == []


def test_a_form_with_fields_that_nobody_asked_for_stores_what_it_would_without_them(
    sqlite_world: World,
) -> None:
    wrong, at_first = [], stored(sqlite_world.database.connection)
    known = numbers_in(at_first)
    for endpoint, found in sqlite_world.forms.items():
        usual, after = _sent_with(sqlite_world, found, {})
        stored_usually = added(at_first, after, known)
        extra = what_nobody_asked_for(found.form, found.caller.foreign)
        status, after = _sent_with(sqlite_world, found, extra)
        if (status, added(at_first, after, known)) != (usual, stored_usually):
            wrong.append(f"{endpoint}: {stored_usually} is not all that it stores with {extra}")
    assert wrong == []


def _sent_with(world: World, found: Found, extra: dict[str, str]) -> tuple[int, Rows]:
    with world.undone() as written:
        answer = found.send(extra)
        after = stored(world.database.connection, only=written - TRACES - {KEYS})
    return answer.status_code, after
