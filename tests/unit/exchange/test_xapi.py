"""Statements are read as the standard means them, and what is wrong with one is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha1
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.courses.domain.statements import Said, TakeStatement, outcome_of
from ldtrack.exchange.problem import Unreadable
from ldtrack.exchange.xapi import ParsedStatements, parse_statements
from ldtrack.exchange.xapi_file import statements_in
from tests.infrastructure.statements_of_others import COURSE, statement, voiding

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def parsed(*statements: Any) -> ParsedStatements:
    return parse_statements(list(statements), now=NOW)


def only(one: dict[str, Any]) -> TakeStatement:
    found = parsed(one)
    assert found.problems == []
    [row] = found.rows
    return row


def refusal(one: Any) -> str:
    [problem] = parsed(one).problems
    return str(problem)


def test_a_completion_is_read_with_its_english_name_and_its_moment_in_utc() -> None:
    row = only(statement(1))
    assert row.actor_key == "mailto:amara.okafor@example.org"
    assert (row.activity_id, row.activity_name) == (COURSE, "Leading change")
    assert row.happened_at == datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
    assert (row.passed, row.score, row.score_max, row.seconds) == (None, None, None, None)


@pytest.mark.parametrize(
    ("verb", "result", "expected"),
    [
        ("passed", {}, (True, None, None)),
        ("failed", {"score": {"scaled": 0.25}}, (False, 25.0, 100.0)),
        ("scored", {"score": {"raw": 15, "min": 10, "max": 30}}, (None, 5.0, 20.0)),
        ("scored", {"score": {"raw": 7, "max": 10, "scaled": 0.7}}, (None, 7.0, 10.0)),
        ("completed", {"success": True}, (True, None, None)),
        # Nobody can say how much of what there was to get these would be.
        ("passed", {"score": {"raw": 7}}, (True, None, None)),
        ("passed", {"score": {"scaled": -0.5}}, (True, None, None)),
        ("http://vocab.xapi.fr/verbs/graded", {"success": False}, (False, None, None)),
    ],
)
def test_results_are_counted_from_nothing(
    verb: str, result: dict[str, Any], expected: tuple[object, ...]
) -> None:
    row = only(statement(1, verb, result=result))
    assert (row.passed, row.score, row.score_max) == expected


@pytest.mark.parametrize(
    "one",
    [
        statement(1, "experienced"),
        statement(1, result={"completion": False}),
        statement(1, "scored"),
        statement(1, object={"objectType": "Agent", "mbox": "mailto:a@example.org"}),
        statement(1, actor={"objectType": "Group", "mbox": "mailto:team@example.org"}),
    ],
)
def test_what_tells_of_no_completion_is_counted_and_left_out(one: dict[str, Any]) -> None:
    found = parsed(one)
    assert (found.rows, found.problems, found.skipped) == ([], [], 1)
    assert found.ids == [one["id"]]


def test_actors_are_known_by_mail_hash_account_or_address() -> None:
    digest = sha1(b"mailto:a@example.org", usedforsecurity=False).hexdigest()
    account = {"homePage": "https://lms.example.org", "name": "E1004"}
    members = [
        {"mbox_sha1sum": digest.upper()},
        {"account": account, "name": "Amara"},
        {"openid": "https://id.example.org/amara"},
    ]
    group = statement(1, actor={"objectType": "Group", "member": members})
    assert [row.actor_key for row in parsed(group).rows] == [
        f"sha1:{digest}",
        "account:https://lms.example.org|E1004",
        "openid:https://id.example.org/amara",
    ]


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [("PT1H0M0S", 3_600), ("P1DT2H", 93_600), ("PT1234S", 1_234), ("P2W", 1_209_600)],
)
def test_durations_are_read(duration: str, seconds: int) -> None:
    assert only(statement(1, result={"duration": duration})).seconds == seconds


@pytest.mark.parametrize(
    ("one", "where"),
    [
        ("text", "Line 1: "),
        (statement(1, id="7"), "Line 1, id: "),
        (statement(1) | {"verb": None}, "Line 1, verb: "),
        (statement(1) | {"verb": {"id": "completed"}}, "Line 1, verb: "),
        (statement(1, object={"id": "not an address"}), "Line 1, object: "),
        (statement(1, object={"id": "http://x/" + "x" * 500}), "Line 1, object: "),
        (statement(1, object={"id": "http://x/\x00"}), "Line 1, object: "),
        (statement(1, actor={}), "Line 1, actor: "),
        (statement(1, actor={"mbox": "a@example.org"}), "Line 1, actor: "),
        (statement(1, actor={"mbox": "mailto:a@b.c", "openid": "http://x"}), "Line 1, actor: "),
        (statement(1, actor={"account": {"name": "E1"}}), "Line 1, actor: "),
        (statement(1, timestamp="yesterday"), "Line 1, timestamp: "),
        (statement(1, timestamp="2026-11-21T09:00:00Z"), "Line 1, timestamp: "),
        (statement(1, timestamp=17), "Line 1, timestamp: "),
        (statement(1, result={"duration": "an hour"}), "Line 1, result: "),
        (statement(1, result={"duration": "P"}), "Line 1, result: "),
        (statement(1, result={"score": {"scaled": 1.1}}), "Line 1, result: "),
        (statement(1, result={"score": {"raw": 11, "max": 10}}), "Line 1, result: "),
        (statement(1, result={"score": {"raw": 10**400}}), "Line 1, result: "),
        (statement(1, result={"score": {"raw": float("nan")}}), "Line 1, result: "),
        (statement(1, result={"score": {"raw": True}}), "Line 1, result: "),
        (statement(1, result={"success": "yes"}), "Line 1, result: "),
        (statement(1, "passed", result={"success": False}), "Line 1, result: "),
        (statement(1, "voided"), "Line 1, object: "),
    ],
)
def test_what_is_wrong_is_said_with_its_place(one: Any, where: str) -> None:
    assert refusal(one).startswith(where)


def test_a_voiding_names_what_it_takes_back() -> None:
    assert parsed(voiding(2, of=1)).voided == [statement(1)["id"]]


def test_a_statement_without_an_id_is_the_same_when_it_comes_again() -> None:
    one = {name: part for name, part in statement(1).items() if name != "id"}
    assert only(one).statement_id == only(one | {"stored": "2026-02-01T00:00:00Z"}).statement_id
    assert only(one).statement_id != only(one | {"timestamp": "2026-01-16"}).statement_id


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_nothing_that_json_can_say_breaks_the_reader(said: Any) -> None:
    for one in (said, statement(1, actor=said), statement(1, object=said, result=said)):
        found = parsed(one)
        assert len(found.problems) + len(found.ids) == 1


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([statement(1), statement(2)]),
        json.dumps({"statements": [statement(1), statement(2)], "more": ""}),
        "\ufeff" + "\n".join(json.dumps(statement(n)) for n in (1, 2)) + "\n",
    ],
)
def test_files_are_lists_answers_of_a_store_or_one_statement_a_line(text: str) -> None:
    assert statements_in(text.encode()) == [statement(1), statement(2)]
    assert statements_in(json.dumps(statement(1)).encode()) == [statement(1)]


@pytest.mark.parametrize(
    "raw", [b"", b" ", b"no json", b"\xff\xfe", b"[" * 100_000, b'"text"', b"7", b"{}\n{"]
)
def test_what_is_no_file_of_statements_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        statements_in(raw)


_SAID = st.builds(
    Said,
    happened_at=st.datetimes(timezones=st.just(UTC)),
    score=st.none(),
    score_max=st.none(),
    passed=st.none() | st.booleans(),
)


@given(st.lists(_SAID, unique_by=lambda one: one.happened_at), st.randoms())
def test_what_a_day_comes_to_does_not_depend_on_the_order_of_arrival(
    said: list[Said], random: Any
) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)
    assert outcome_of(shuffled) == outcome_of(said)
