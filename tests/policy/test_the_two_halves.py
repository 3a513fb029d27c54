"""Every rule says the same about one thing and, as SQL, about a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, literal, select
from sqlalchemy.engine import Connection
from sqlalchemy.types import BigInteger, Boolean

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, Role

_PEOPLE = st.one_of(st.none(), st.integers(1, 4))
_SOME = st.frozensets(st.integers(1, 4), max_size=2)
_ACTORS = st.builds(
    Actor,
    organisation_id=st.just(1),
    account_id=st.one_of(st.none(), st.just(9)),
    person_id=_PEOPLE,
    roles=st.frozensets(st.sampled_from(Role)),
    coaches=_SOME,
    manages=_SOME,
    sponsors=_SOME,
    peers=_SOME,
)
_FACTS = st.builds(
    Facts,
    organisation_id=st.just(1),
    person_id=_PEOPLE,
    author_id=_PEOPLE,
    owner_id=_PEOPLE,
    released=st.booleans(),
    shared=st.booleans(),
    agreed=st.booleans(),
    manager_approves=st.booleans(),
    coach_approves=st.booleans(),
    called=st.booleans(),
    member=st.booleans(),
)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    with create_engine("sqlite://").connect() as made:
        yield made


@pytest.mark.parametrize("action", sorted(policy.POLICY))
@settings(max_examples=60, deadline=None)
@given(actor=_ACTORS, facts=_FACTS)
def test_a_rule_says_the_same_of_one_thing_and_of_a_list(
    action: Action, actor: Actor, facts: Facts, connection: Connection
) -> None:
    columns = {
        field.name: literal(
            getattr(facts, field.name), Boolean() if field.type == "bool" else BigInteger()
        )
        for field in fields(facts)
        if field.name != "organisation_id"
    }
    listed = connection.execute(select(1).where(policy.clause(actor, action, **columns))).all()
    assert bool(listed) == policy.permits(actor, action, facts)


@settings(max_examples=100, deadline=None)
@given(actor=_ACTORS, facts=_FACTS)
def test_what_is_permitted_for_something_could_be_done_at_all(actor: Actor, facts: Facts) -> None:
    for action in policy.POLICY:
        if policy.permits(actor, action, facts):
            assert policy.could(actor, action), action


def test_another_organisations_thing_is_nobodys_business() -> None:
    everything = Actor(
        organisation_id=1,
        account_id=1,
        person_id=1,
        roles=frozenset(Role),
        coaches=frozenset({1}),
        manages=frozenset({1}),
        sponsors=frozenset({1}),
    )
    theirs = Facts(
        organisation_id=2,
        person_id=1,
        author_id=1,
        owner_id=1,
        released=True,
        shared=True,
        agreed=True,
    )
    assert [action for action in Action if policy.permits(everything, action, theirs)] == []


def test_an_action_that_the_table_does_not_name_is_denied() -> None:
    unnamed = [action for action in Action if action not in policy.POLICY]
    assert set(unnamed) == policy.PUBLIC
    actor = Actor(organisation_id=1, account_id=1, person_id=1, roles=frozenset(Role))
    facts = Facts(organisation_id=1, person_id=1)
    assert [action for action in unnamed if policy.permits(actor, action, facts)] == []
