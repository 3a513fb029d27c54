"""The one table that says who may do what. What is not in it is not allowed.

Read a line as: the action, then the ways in which it can be allowed.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.access.rules import (
    Columns,
    Rule,
    has_coach_role,
    has_leader_role,
    has_sponsor_role,
    is_administrator,
    is_author,
    is_coach_of,
    is_hr,
    is_manager_of,
    is_owner,
    is_peer_of,
    is_sponsor_of,
    is_the_person,
    signed_in,
    when_agreed,
    when_called,
    when_coach_approves,
    when_handed,
    when_manager_approves,
    when_member,
    when_party,
    when_released,
    when_shared,
)
from ldtrack.core.errors import NotAllowed, NotVisible

PUBLIC = frozenset(
    {
        Action.OPEN_PAGE,
        Action.ANSWER,
        Action.ANSWER_DEBRIEF,
        Action.OPEN_SENT_REVIEW,
        Action.OPEN_CALENDAR,
        Action.OPEN_TRIAD,
        Action.POST_STATEMENT,
    }
)
"""Needs no sign-in: shows nothing personal, or is held by the signed link in the address,
or by credentials."""

_own_and_coach = is_the_person | is_coach_of
_agreed_sponsor = is_sponsor_of & when_agreed
_manager_if_shared = is_manager_of & when_shared
_coach_of_then_or_now = is_coach_of & (is_owner | when_handed)

POLICY: dict[Action, Rule] = {
    Action.READ_HOME: signed_in,
    Action.CHANGE_OWN_ACCOUNT: signed_in,
    Action.FIND_COLLEAGUE: signed_in,
    Action.READ_PERSON: is_hr | _own_and_coach | is_manager_of | is_sponsor_of,
    Action.WRITE_PERSON: is_hr,
    Action.WRITE_ACCOUNT: is_administrator,
    Action.WRITE_ORGANISATION: is_hr | is_administrator,
    Action.READ_FRAMEWORK: signed_in,
    Action.WRITE_FRAMEWORK: is_hr,
    Action.READ_COURSE: signed_in | is_hr,
    Action.WRITE_COURSE: is_hr,
    Action.SEE_COST: is_hr,
    Action.HAND_IN_CERTIFICATE: is_the_person,
    Action.READ_CERTIFICATE: is_hr | is_the_person | is_owner,
    Action.REVIEW_CERTIFICATE: is_hr | is_owner,
    Action.KEEP_SOURCE: is_hr,
    Action.BOOK_OFFERING: is_hr | is_the_person,
    Action.READ_COMPLETION: is_hr | _own_and_coach | is_manager_of | _agreed_sponsor,
    Action.RECORD_COMPLETION: is_hr,
    Action.OPEN_ENGAGEMENT: is_hr,
    Action.READ_AGREEMENT: is_hr
    | is_the_person
    | _coach_of_then_or_now
    | ((is_sponsor_of | is_manager_of) & when_party),
    Action.WRITE_AGREEMENT: is_hr | is_the_person | (is_coach_of & is_owner),
    Action.SIGN_AGREEMENT: (
        is_the_person | (is_coach_of & is_owner) | is_sponsor_of | is_manager_of
    )
    & when_party,
    Action.LEAVE_AGREEMENT: is_the_person,
    Action.READ_CLOSING: is_the_person | (is_coach_of & is_owner) | _agreed_sponsor,
    Action.WRITE_CLOSING: is_the_person | (is_coach_of & is_owner),
    Action.PRESENT_ONESELF: has_coach_role & is_the_person,
    Action.KEEP_APART: (has_coach_role | has_leader_role) & is_author,
    Action.CHOOSE_COACH: is_the_person,
    Action.ANSWER_CHOICE: has_coach_role & is_owner,
    Action.COUNT_SESSIONS: is_hr | _own_and_coach | _agreed_sponsor,
    Action.HAND_OVER: is_the_person,
    Action.READ_SESSION: is_the_person | _coach_of_then_or_now,
    Action.LOG_SESSION: is_coach_of & is_owner,
    Action.PLAN_SESSION: is_the_person | (is_coach_of & is_owner),
    Action.KEEP_CALENDAR: is_the_person,
    Action.READ_PRIVATE_NOTE: is_author,
    Action.WRITE_PRIVATE_NOTE: is_author & (is_the_person | (is_coach_of & is_owner)),
    Action.READ_MILESTONE: is_the_person | _coach_of_then_or_now | _agreed_sponsor,
    Action.WRITE_MILESTONE: is_coach_of | (has_leader_role & is_the_person & is_author),
    Action.AGREE_MILESTONE: is_the_person | (is_coach_of & is_owner),
    Action.READ_OWN_TREND: has_coach_role & is_owner,
    Action.WRITE_COACHING_ACTION: is_coach_of | (is_the_person & is_owner),
    Action.READ_POSTING: ((signed_in | is_hr) & when_released)
    | ((is_hr | is_owner) & when_shared)
    | is_author,
    Action.PROPOSE_POSTING: is_author,
    Action.WRITE_POSTING: is_hr,
    Action.CLOSE_POSTING: is_hr | is_owner,
    Action.OPEN_TO_OFFERS: is_the_person & has_leader_role,
    Action.SEE_WHO_IS_OPEN: (is_hr | is_owner) & when_shared,
    Action.ASK_FOR_PLACEMENT: is_the_person,
    Action.READ_PLACEMENT: is_hr | _own_and_coach | is_owner | _agreed_sponsor,
    Action.DECIDE_PLACEMENT: is_hr | is_owner,
    Action.SUPPORT_PLACEMENT: is_manager_of,
    Action.CONFIRM_OUTCOME: is_owner,
    Action.READ_DEBRIEF: is_author | ((_own_and_coach | is_owner) & when_released),
    Action.WRITE_DEBRIEF: is_the_person | is_owner | is_author,
    Action.READ_FIT: is_hr | _own_and_coach | (is_owner & when_shared),
    Action.WRITE_CYCLE: is_hr,
    Action.WRITE_QUESTIONNAIRE: is_hr,
    Action.READ_NOMINATION: is_hr | _own_and_coach | is_manager_of,
    Action.NOMINATE: is_the_person,
    Action.APPROVE_NOMINATION: is_hr
    | (is_manager_of & when_manager_approves)
    | (is_coach_of & when_coach_approves),
    Action.READ_ASKED: is_the_person,
    Action.START_FEEDBACK: is_hr | is_the_person,
    Action.READ_RELEASE_FIRST: is_coach_of,
    Action.PASS_ON_RELEASE: is_coach_of,
    Action.READ_RELEASE: (_own_and_coach | (is_manager_of & when_shared) | _agreed_sponsor)
    & when_released,
    Action.READ_COHORT: is_hr | (is_the_person & when_released) | is_coach_of | is_sponsor_of,
    Action.WRITE_PULSE: is_hr,
    Action.READ_PULSE: (is_hr | is_the_person) & when_released,
    Action.ASK_FOLLOW_UP: _own_and_coach & when_released,
    Action.MODERATE_COMMENT: is_coach_of | is_owner,
    Action.WRITE_HEARD: is_the_person & when_released,
    Action.READ_HEARD: is_the_person | (is_coach_of & when_shared),
    Action.READ_SHORT: is_the_person | is_author | (is_coach_of & is_owner & when_shared),
    Action.GIVE_SHORT: is_author,
    Action.ASK_FOR_SHORT: is_the_person & has_leader_role,
    Action.KEEP_SHORT: is_the_person,
    Action.READ_REFLECTION: is_author | ((is_coach_of | is_sponsor_of | is_peer_of) & when_shared),
    Action.WRITE_REFLECTION: is_author,
    Action.READ_TAKEAWAY: is_author | ((is_coach_of | is_sponsor_of | is_peer_of) & when_shared),
    Action.WRITE_TAKEAWAY: is_author,
    Action.START_TRIAD: is_the_person,
    Action.READ_TRIAD: is_the_person & when_member,
    Action.WRITE_TRIAD: is_the_person & when_member,
    Action.COUNT_TRIADS: is_hr,
    Action.READ_PATHWAY: signed_in | is_hr,
    Action.WRITE_PATHWAY: is_hr,
    Action.READ_ENROLMENT: is_hr | _own_and_coach | is_manager_of | _agreed_sponsor,
    Action.WRITE_ENROLMENT: is_hr,
    Action.READ_NEED: is_hr | is_the_person | is_owner,
    Action.STATE_NEED: is_hr | is_the_person,
    Action.SETTLE_NEED: is_hr | is_owner,
    Action.TELL_STEP: is_the_person,
    Action.READ_CALL: is_hr | (is_the_person & when_called),
    Action.ANSWER_CALL: is_the_person & when_called,
    Action.WRITE_CALL: is_hr,
    Action.READ_TRAJECTORY: is_hr | _own_and_coach | _manager_if_shared | _agreed_sponsor,
    Action.READ_PROGRAMME: is_hr,
    Action.WRITE_PROGRAMME: is_hr,
    Action.READ_CASELOAD: has_coach_role,
    Action.READ_PORTFOLIO: has_sponsor_role,
    Action.MAKE_REVIEW: is_hr | is_the_person,
    Action.READ_REVIEW: is_the_person | is_coach_of | _agreed_sponsor,
    Action.AGREE_TO_REVIEW: is_the_person & has_leader_role,
    Action.READ_OWN_RECORD: signed_in,
}


def permits(actor: Actor, action: Action, facts: Facts) -> bool:
    """Whether the actor may do this with the thing that the facts are about."""
    rule = POLICY.get(action)
    same = facts.organisation_id == actor.organisation_id
    return rule is not None and same and rule.permits(actor, facts)


def require(actor: Actor, action: Action, facts: Facts) -> None:
    """Raise `NotAllowed`, with the reason, unless the actor may do this."""
    if not permits(actor, action, facts):
        rule = POLICY.get(action)
        why = f" It is allowed when {rule.reason}." if rule else ""
        raise NotAllowed(f"You may not do this.{why}")


def require_visible(actor: Actor, action: Action, facts: Facts) -> None:
    """Raise `NotVisible` unless the actor may do this; for things whose existence is personal."""
    if not permits(actor, action, facts):
        raise NotVisible


def clause(actor: Actor, action: Action, **columns: object) -> ColumnElement[bool]:
    """The same as SQL, for a list; `columns` are named as the fields of `Facts`."""
    rule = POLICY.get(action)
    narrowed: Columns = dict(columns)
    return false() if rule is None else rule.clause(actor, narrowed)


def could(actor: Actor, action: Action) -> bool:
    """Whether there may be anything that the actor may do this with; decides on pages and links."""
    rule = POLICY.get(action)
    return rule is not None and rule.could(actor)
