"""Who is made up: the same people for one seed, in the numbers and places that were asked for."""

from __future__ import annotations

from random import Random

from ldtrack.access.domain import Role
from ldtrack.demo.cast import cast_of
from ldtrack.demo.script import script_named

MERIDIAN = script_named("meridian")


def test_the_same_seed_makes_the_same_people() -> None:
    first = cast_of(MERIDIAN.size(1), Random(7))
    assert cast_of(MERIDIAN.size(1), Random(7)) == first
    assert cast_of(MERIDIAN.size(1), Random(8)) != first


def test_there_are_sixty_people_of_whom_twelve_lead() -> None:
    cast = cast_of(MERIDIAN.size(1), Random(7))
    n_leaders, n_coaches, n_sponsors, n_staff = 12, 4, 3, 39
    assert len(cast.players) == n_leaders + n_coaches + n_sponsors + n_staff + 1 + 1
    assert [len(cast.leaders), len(cast.coaches), len(cast.sponsors)] == [12, 4, 3]
    assert len({player.unit for player in cast.players}) == 3


def test_the_first_six_leaders_are_those_of_the_sample_files() -> None:
    cast = cast_of(MERIDIAN.size(1), Random(7))
    assert [(one.external_id, one.email) for one in cast.leaders[:6]] == [
        ("E1001", "amara.okafor@example.org"),
        ("E1002", "ben.li@example.org"),
        ("E1003", "chloe.martin@example.org"),
        ("E1004", "dai.evans@example.org"),
        ("E1005", "eoin.oneill@example.org"),
        ("E1006", "fatima.alsayed@example.org"),
    ]


def test_nobody_shares_an_id_or_an_address_however_many_there_are() -> None:
    cast = cast_of(MERIDIAN.size(60), Random(7))
    assert len(cast.players) == 1 + 1 + 60 * 58
    assert len({player.external_id for player in cast.players}) == len(cast.players)
    assert len({player.email for player in cast.players}) == len(cast.players)


def test_everybody_but_the_sponsors_has_a_manager_who_is_there() -> None:
    cast = cast_of(MERIDIAN.size(2), Random(7))
    here = {player.external_id for player in cast.players}
    assert {one.external_id for one in cast.players if not one.manager} == {
        one.external_id for one in cast.sponsors
    }
    assert {one.manager for one in cast.players if one.manager} <= here


def test_each_leader_has_peers_and_people_of_their_own() -> None:
    cast = cast_of(MERIDIAN.size(1), Random(7))
    assert min(len(cast.peers_of(leader)) for leader in cast.leaders) == 3
    assert min(len(cast.reports_of(leader)) for leader in cast.leaders) == 3


def test_an_account_is_for_those_with_a_role() -> None:
    cast = cast_of(MERIDIAN.size(1), Random(7))
    roles = [role for player in cast.players for role in player.roles]
    assert {role: roles.count(role) for role in Role} == {
        Role.LEADER: 12,
        Role.COACH: 4,
        Role.SPONSOR: 3,
        Role.HR: 1,
        Role.ADMINISTRATOR: 1,
    }
