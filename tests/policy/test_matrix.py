"""Who may do what with things about one leader, Amara, in one table.

A line reads: what is done, when, and everybody who may; nobody else may. `author` and `owner` name
who wrote the thing or answers for it, `person` whom it is about if that is not Amara.

The callers: `leader` is Amara, `coach`, `manager` and `sponsor` are hers of today; the `former_`
ones were, and still have their roles; the `other_` ones have nothing to do with her; `peer` has an
account and no role.
"""

from __future__ import annotations

import pytest

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, Role

ALL = "everybody"
TABLE = f"""
site.home:read                  |                          | {ALL}
people.own_account:change       |                          | {ALL}

people.colleague:find           |                          | {ALL}
people.person:read              |                          | leader coach hr manager sponsor
people.person:write             |                          | hr
people.account:write            |                          | administrator
people.organisation:write       |                          | hr administrator

competencies.framework:read     |                          | {ALL}
competencies.framework:write    |                          | hr
courses.course:read             |                          | {ALL}
courses.course:write            |                          | hr
courses.cost:read               |                          | hr
courses.certificate:hand_in     |                          | leader
courses.certificate:read        |                          | leader hr
courses.certificate:read        | owner=manager            | leader hr manager
courses.certificate:review      |                          | hr
courses.certificate:review      | owner=manager            | hr manager
courses.source:write            |                          | hr
courses.booking:write           |                          | leader hr
courses.completion:read         |                          | leader coach hr manager
courses.completion:read         | agreed                   | leader coach hr manager sponsor
courses.completion:record       |                          | hr

coaching.engagement:open        |                          | hr
coaching.agreement:read         | owner=coach              | leader coach hr
coaching.agreement:read         | owner=coach agreed       | leader coach hr
coaching.agreement:read         | owner=coach party        | leader coach hr manager sponsor
coaching.agreement:read         | owner=former_coach party | leader hr manager sponsor
coaching.agreement:read         | owner=former_coach handed | leader coach hr
coaching.agreement:write        | owner=former_coach handed | leader hr
coaching.agreement:write        | owner=coach party        | leader coach hr
coaching.agreement:write        | owner=former_coach       | leader hr
coaching.agreement:sign         | owner=coach              |
coaching.agreement:sign         | owner=coach party        | leader coach manager sponsor
coaching.agreement:sign         | owner=former_coach party | leader manager sponsor
coaching.agreement:leave        | owner=coach party        | leader
coaching.closing:read           | owner=coach              | leader coach
coaching.closing:read           | owner=coach agreed       | leader coach sponsor
coaching.closing:read           | owner=former_coach party | leader
coaching.closing:write          | owner=coach agreed       | leader coach
coaching.coach:present          | person=coach             | coach
coaching.conflict:write         | author=leader            | leader
coaching.conflict:write         | author=coach             | coach
coaching.conflict:write         | author=peer              |
coaching.choice:choose          |                          | leader
coaching.choice:answer          | owner=former_coach       | former_coach
coaching.choice:answer          | owner=leader             |
coaching.session:count          |                          | leader coach hr
coaching.session:count          | agreed                   | leader coach hr sponsor
coaching.session:read           | owner=coach              | leader coach
coaching.session:read           | owner=coach agreed       | leader coach
coaching.session:read           | owner=former_coach       | leader
coaching.session:read           | owner=former_coach handed | leader coach
coaching.handover:decide        |                          | leader
coaching.session:log            | owner=former_coach handed |
coaching.session:log            | owner=coach              | coach
coaching.session:log            | owner=former_coach       |
coaching.appointment:write      | owner=coach              | leader coach
coaching.appointment:write      | owner=former_coach       | leader
coaching.calendar:keep          |                          | leader
coaching.private_note:read      | author=coach             | coach
coaching.private_note:read      | author=former_coach      | former_coach
coaching.private_note:write     | author=leader owner=coach | leader
coaching.private_note:write     | author=coach owner=coach | coach
coaching.private_note:write     | author=former_coach owner=former_coach |
coaching.milestone:read         | owner=coach              | leader coach
coaching.milestone:read         | owner=former_coach       | leader
coaching.milestone:read         | owner=former_coach handed | leader coach
coaching.milestone:read         | owner=coach agreed       | leader coach sponsor
coaching.milestone:write        | author=coach             | coach
coaching.milestone:write        | author=leader            | leader coach
coaching.milestone:agree        | owner=coach              | leader coach
coaching.milestone:agree        | owner=former_coach       | leader
coaching.trend:read             | owner=coach              | coach
coaching.trend:read             | owner=leader             |
coaching.action:write           | owner=leader             | leader coach
coaching.action:write           | owner=coach              | coach

assignments.posting:read        | author=coach owner=manager | coach
assignments.posting:read        | author=coach owner=manager shared | hr coach manager
assignments.posting:read        | owner=manager shared released | {ALL}
assignments.posting:propose     | author=coach owner=manager | coach
assignments.posting:write       | owner=manager            | hr
assignments.posting:close       | owner=manager            | hr manager
assignments.open_to_offers:say  |                          | leader
assignments.open_to_offers:read | owner=manager            |
assignments.open_to_offers:read | owner=manager shared     | hr manager
assignments.placement:ask       |                          | leader
assignments.placement:read      |                          | leader coach hr
assignments.placement:read      | owner=manager            | leader coach hr manager
assignments.placement:read      | owner=manager agreed     | leader coach hr manager sponsor
assignments.placement:decide    |                          | hr
assignments.placement:decide    | owner=manager            | hr manager
assignments.placement:support   | owner=sponsor            | manager
assignments.outcome:confirm     | owner=manager            | manager
assignments.debrief:read        | author=peer owner=manager          | peer
assignments.debrief:read        | author=peer owner=manager released | peer leader coach manager
assignments.debrief:read        | author=leader agreed     | leader
assignments.debrief:write       | author=peer owner=manager          | peer leader manager
growth.fit:read                 | owner=manager            | leader coach hr
growth.fit:read                 | owner=manager shared     | leader coach hr manager

feedback.cycle:write            |                          | hr
feedback.questionnaire:write    |                          | hr
feedback.nomination:read        |                          | leader coach hr manager
feedback.nomination:propose     |                          | leader
feedback.nomination:approve     |                          | hr
feedback.nomination:approve     | manager_approves         | manager hr
feedback.nomination:approve     | coach_approves           | coach hr
feedback.invitation:read_own    | person=peer              | peer
feedback.subject:start          |                          | leader hr
feedback.release:read_first     |                          | coach
feedback.release:pass_on        |                          | coach
feedback.release:read           |                          |
feedback.release:read           | shared agreed            |
feedback.release:read           | released                 | leader coach
feedback.release:read           | released shared          | leader coach manager
feedback.release:read           | released agreed          | leader coach sponsor
feedback.cohort:read            |                          | coach hr sponsor
feedback.cohort:read            | released                 | leader coach hr sponsor

feedback.pulse:write            |                          | hr
feedback.pulse:read             | person=peer              |
feedback.pulse:read             | person=peer released     | peer hr
feedback.follow_up:ask          |                          |
feedback.follow_up:ask          | released                 | leader coach
feedback.follow_up:ask          | released shared agreed   | leader coach

feedback.comment:moderate       |                          | coach
feedback.comment:moderate       | person=other_leader owner=peer        | peer
feedback.heard_note:write       |                          |
feedback.heard_note:write       | released                 | leader
feedback.heard_note:read        |                          | leader
feedback.heard_note:read        | shared                   | leader coach

feedback.short:read             | author=peer              | leader peer
feedback.short:read             | author=peer owner=coach  | leader peer
feedback.short:read             | author=peer owner=coach shared        | leader peer coach
feedback.short:read             | author=peer owner=former_coach shared | leader peer
feedback.short:give             | author=peer              | peer
feedback.short:ask              |                          | leader
feedback.short:keep             | author=peer              | leader

reflection.entry:read           | author=leader            | leader
reflection.entry:read           | author=leader shared     | leader coach sponsor
reflection.entry:write          | author=leader shared     | leader
reflection.takeaway:read        | author=leader            | leader
reflection.takeaway:read        | author=leader shared     | leader coach sponsor
reflection.takeaway:write       | author=leader shared     | leader

network.triad:start             |                          | leader
network.triad:read              |                          |
network.triad:read              | member                   | leader
network.triad:write             | member                   | leader
network.triad:count             | member                   | hr

pathways.pathway:read           |                          | {ALL}
pathways.pathway:write          |                          | hr
pathways.enrolment:read         |                          | leader coach hr manager
pathways.enrolment:read         | agreed                   | leader coach hr manager sponsor
pathways.enrolment:write        |                          | hr
pathways.need:read              |                          | leader hr
pathways.need:read              | owner=peer               | leader hr peer
pathways.need:state             | owner=peer               | leader hr
pathways.need:settle            | owner=peer               | hr peer
pathways.step:tell              |                          | leader
pathways.call:read              |                          | hr
pathways.call:read              | called                   | leader hr
pathways.call:answer            |                          |
pathways.call:answer            | called                   | leader
pathways.call:write             |                          | hr

growth.trajectory:read          |                          | leader coach hr
growth.trajectory:read          | shared                   | leader coach hr manager
growth.trajectory:read          | agreed                   | leader coach hr sponsor

dashboards.programme:read       |                          | hr
dashboards.programme:write      |                          | hr
dashboards.caseload:read        |                          | coach other_coach former_coach
dashboards.portfolio:read       |                          | sponsor other_sponsor former_sponsor

reviews.review:make             |                          | leader hr
reviews.review:read             |                          | leader coach
reviews.review:read             | agreed                   | leader coach sponsor
reviews.review:agree            |                          | leader

audit.own_record:read           |                          | {ALL}
"""

_AMARA = 1
_ROLES = {
    "leader": {Role.LEADER},
    "other_leader": {Role.LEADER},
    "coach": {Role.COACH},
    "other_coach": {Role.COACH},
    "former_coach": {Role.COACH},
    "manager": {Role.LEADER},
    "former_manager": {Role.LEADER},
    "sponsor": {Role.SPONSOR},
    "other_sponsor": {Role.SPONSOR},
    "former_sponsor": {Role.SPONSOR},
    "hr": {Role.HR},
    "administrator": {Role.ADMINISTRATOR},
    "peer": set[Role](),
}
_PERSON = {name: number for number, name in enumerate(_ROLES, start=_AMARA)}


def _caller(name: str) -> Actor:
    hers, nobodys = frozenset({_AMARA}), frozenset[int]()
    return Actor(
        organisation_id=1,
        account_id=100 + _PERSON[name],
        person_id=_PERSON[name],
        roles=frozenset(_ROLES[name]),
        coaches=hers if name == "coach" else nobodys,
        manages=hers if name == "manager" else nobodys,
        sponsors=hers if name == "sponsor" else nobodys,
    )


def _facts(when: str) -> Facts:
    words = when.split()
    named = dict(word.split("=") for word in words if "=" in word)
    return Facts(
        organisation_id=1,
        person_id=_PERSON[named.get("person", "leader")],
        author_id=_PERSON[named["author"]] if "author" in named else None,
        owner_id=_PERSON[named["owner"]] if "owner" in named else None,
        released="released" in words,
        shared="shared" in words,
        agreed="agreed" in words,
        manager_approves="manager_approves" in words,
        coach_approves="coach_approves" in words,
        called="called" in words,
        member="member" in words,
        party="party" in words,
        handed="handed" in words,
    )


_LINES = [
    tuple(part.strip() for part in line.split("|")) for line in TABLE.splitlines() if line.strip()
]


@pytest.mark.parametrize(("action", "when", "who"), _LINES)
def test_these_may_and_nobody_else(action: str, when: str, who: str) -> None:
    may = {name for name in _ROLES if policy.permits(_caller(name), Action(action), _facts(when))}
    assert may == (set(_ROLES) if who == ALL else set(who.split()))


def test_the_table_speaks_of_every_action() -> None:
    assert {action for action, _, _ in _LINES} == {action.value for action in policy.POLICY}


def test_running_the_system_opens_nothing_about_anybody() -> None:
    what_an_administrator_may = {
        action for action, _, who in _LINES if who == ALL or "administrator" in who.split()
    }
    assert what_an_administrator_may == {
        "site.home:read",
        "people.own_account:change",
        "people.account:write",
        "people.colleague:find",
        "people.organisation:write",
        "competencies.framework:read",
        "courses.course:read",
        "assignments.posting:read",
        "pathways.pathway:read",
        "audit.own_record:read",
    }


@pytest.mark.parametrize(
    ("former", "stranger"),
    [
        ("former_coach", "other_coach"),
        ("former_manager", "other_leader"),
        ("former_sponsor", "other_sponsor"),
    ],
)
def test_whose_relation_has_ended_is_a_stranger_but_for_what_they_wrote(
    former: str, stranger: str
) -> None:
    for action, when, who in _LINES:
        if f"={former}" not in when:
            assert (former in who.split()) == (stranger in who.split()), (action, when)
