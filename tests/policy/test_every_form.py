"""Every form that a page shows, filled in with what nobody should be able to do harm with."""

from __future__ import annotations

import time
from collections.abc import Iterator

from werkzeug.test import TestResponse

from tests.policy.addresses import rules
from tests.policy.answers import faults, faults_of_refusal
from tests.policy.finding import TAKEN, Found
from tests.policy.hostile import SCRIPT, Attempt, attempts, differs_between_engines
from tests.policy.stored import names_of_others
from tests.policy.world import NO_PAGE_LEADS_THERE, World

_SLOW = 5.0
_REFUSED_PLAINLY = {
    "dashboards.end_by_rule": "only a number that nobody was shown is refused, by a sentence",
    "pathways.move_everybody": "the same",
    "exchange.texts_desk": "a file that cannot be read is named above the form, not in a summary",
    "feedback.answer_pulse": "words alone are refused by a sentence above the form",
    "feedback.groups": "a form without a single line has no line to show again",
    "feedback.hide_comment": "only a forged reason is refused; there is a button for each real one",
    "feedback.last_day_of": "in a cycle that ends on one day nobody has a day of their own",
    "feedback.replace_rater": "its summary names a person of the search, who may not be listed",
    "feedback.say_came_back": "no invitation of the full house has left, so none came back",
    "feedback.send_heard": "a letter that was not looked at is not sent; the page says so",
    "feedback.usual": "a form without a single line has no line to show again",
}
"""Forms whose refusal is not led to field by field, and why; nothing of it is stored either."""


def test_every_form_is_found_on_some_page(sqlite_world: World) -> None:
    to_be_sent = {rule.endpoint for rule in rules(sqlite_world.app, "POST")}
    assert to_be_sent - sqlite_world.forms.keys() - NO_PAGE_LEADS_THERE.keys() == set()


def test_no_form_of_ones_own_can_be_made_to_do_harm(world: World) -> None:
    wrong = [
        f"{endpoint} with {fault}"
        for endpoint, found in world.forms.items()
        for fault in _faults_of(world, found)
    ]
    assert wrong == []


def test_the_first_form_of_all_can_do_no_harm_either(empty_world: World) -> None:
    [found] = empty_world.forms.values()
    with empty_world.undone():
        assert found.send().status_code == 303
    assert list(_faults_of(empty_world, found)) == []


def _faults_of(world: World, found: Found) -> Iterator[str]:
    tried = attempts(found.form, found.caller.foreign)
    if world.is_second:
        tried = filter(differs_between_engines, tried)
    for attempt in tried:
        began = time.process_time()
        with world.undone() as written:
            found.prepare()
            written.clear()
            answer = found.caller.browser.post(found.form.action, data=attempt.sent)
            wrong = [*faults(answer), *_faults_of_answer(world, found, attempt, answer, written)]
        if time.process_time() - began > _SLOW:
            wrong.append(f"takes {time.process_time() - began:.1f} s")
        yield from (f"{attempt.what} {fault}" for fault in wrong)


def _faults_of_answer(
    world: World, found: Found, attempt: Attempt, answer: TestResponse, written: set[str]
) -> Iterator[str]:
    form, browser = found.form, found.caller.browser
    if answer.status_code in TAKEN:
        if columns := names_of_others(
            world.database.connection, world.house.acme.id, world.ids_of_others, written
        ):
            yield f"lets {columns} name others' things"
        if form.typed and _was_told_of_a_problem(found):
            yield "is refused on another page, where what was typed is lost"
        if answer.status_code == 303 and SCRIPT in str(attempt.sent):
            shown = browser.get(answer.location)
            yield from (f"leads to a page that {fault}" for fault in faults(shown))
    elif (form.is_quiet and answer.status_code == 422) or (
        found.endpoint in _REFUSED_PLAINLY and answer.status_code in (409, 422)
    ):
        return
    elif answer.status_code == 422 and form.is_seen:
        yield from faults_of_refusal(answer, form, attempt)
    elif answer.status_code != 404 or (form.typed and not attempt.bad - form.typed):
        yield f"answers {answer.status_code}"


def _was_told_of_a_problem(found: Found) -> bool:
    with found.caller.browser.session_transaction() as cookie:
        return any(kind == "problem" for kind, _ in cookie.get("_flashes", ()))
