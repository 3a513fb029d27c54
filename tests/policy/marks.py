"""Who may meet which text: one line for each kind of thing that the full house holds.

`everybody` is everybody with an account in the organisation. In brackets stands who might be shown
it and is not at present; everybody else in the line meets it on some page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.infrastructure.full_house import AMARA, BEN, RIVAL
from tests.policy.callers import ACCOUNTS

MARK = re.compile(r"MARK-([a-z]+)-([a-z-]+[a-z])")
"""Whose it is, and what it is."""

READERS = {
    # What is on offer.
    "code": "everybody",
    "course": "everybody",
    "course-description": "everybody",
    "place": "everybody",
    "cancel-reason": "everybody",
    "posting": "everybody",
    "posting-begun": "everybody",
    "posting-running": "everybody",
    "posting-wanted": "everybody",
    "posting-refused": "everybody",
    "posting-listed": "everybody",
    "posting-offered": "everybody",
    "posting-accepted": "everybody",
    "posting-started": "everybody",
    "posting-paused": "everybody",
    "posting-answered": "everybody",
    "posting-closed": "everybody",
    "close-reason": "everybody",
    "template": "everybody",
    "posting-proposed": "hr manager",
    "posting-draft": "manager",
    "answer-word": "hr manager",
    "sent-back-word": "manager",
    "posting-description": "everybody",
    "promised": "everybody",
    "measure": "everybody",
    "pathway": "everybody",
    "pathway-purpose": "everybody",
    "pathway-changed": "everybody",
    "pathway-closed": "everybody",
    "pathway-new": "everybody",
    "closing-reason": "hr",
    "cohort-empty": "hr",
    "closing-learnt": "hr",
    # An invitation for everybody, and who answered it.
    "call-story": "everybody",
    "interest": "leader hr",
    # What HR plans for somebody.
    "planned-job": "hr",
    # What people may declare about themselves: all read what is asked, nobody what others answer.
    "attribute": "everybody",
    "attribute-answer": "everybody",
    "attribute-other": "everybody",
    "stage": "everybody",
    "stage-changed": "everybody",
    "step-changed": "everybody",
    "stage-draft": "hr",
    "step-draft": "hr",
    "choice-draft": "hr",
    "step-reading": "everybody",
    "step-course": "everybody",
    "step-milestone": "everybody",
    "step-reflection": "everybody",
    "step-feedback": "everybody",
    # A framework while it is written.
    "framework-draft": "hr",
    "competency-draft": "hr",
    "edition-draft": "hr",
    # What other systems say and nobody understood yet, and who may say it.
    "source": "hr",
    "store": "hr",
    "store-secret": "",
    "learner": "hr",
    "activity": "hr",
    "matched-learner": "hr",
    "matched-activity": "hr",
    # Certificates. Nobody with an account but HR answers for the course here.
    "certificate-waiting": "leader hr",
    "certificate-returned": "leader hr",
    "certificate-accepted": "leader hr",
    "certificate-word": "leader hr",
    "certificate-answer": "leader hr",
    "certificate-file": "leader hr",
    # The leader's way along a pathway.
    "cohort": "leader coach hr manager sponsor",
    "into-cohort": "hr",
    "pilot-cohort": "hr",
    "pilot-aim": "hr",
    "pilot-worked": "hr",
    "pilot-changes": "hr",
    # What the leader needs so that they can take part: for them and for HR.
    "need-stated": "leader hr",
    "need-agreed": "leader hr",
    "need-answer": "leader hr",
    "waiver": "leader coach hr manager sponsor",
    # Coaching. HR sees dates and counts, the sponsor what was agreed.
    "about-coach": "hr coach (chooser)",
    "purpose": "hr (leader) (coach) (sponsor)",
    "closing-aimed": "leader coach (sponsor)",
    "closing-came": "leader coach (sponsor)",
    "closing-remains": "leader coach (sponsor)",
    "agreement-purpose": "hr leader coach (sponsor)",
    "agreement-goal": "hr leader coach (sponsor)",
    "agreement-word": "hr leader coach sponsor",
    "signed-as": "hr leader coach sponsor",
    "shared-note": "leader coach",
    "private-note": "coach",
    "draft-note": "coach",
    "own-note": "leader",
    "milestone-met": "leader coach (sponsor)",
    "milestone-planned": "leader coach (sponsor)",
    "milestone-goal": "leader coach (sponsor)",
    "milestone-from-leader": "leader coach",
    "milestone-from-coach": "leader coach",
    "milestone-otherwise": "leader coach",
    "milestone-declined": "leader coach",
    "word-from-leader": "(leader) (coach)",
    "word-from-coach": "(leader) (coach)",
    "word-otherwise": "leader coach",
    "word-declined": "leader coach",
    "word-no": "leader coach",
    "action-leader": "leader coach",
    "action-coach": "leader coach",
    "action-word": "leader coach",
    "appointment-place": "leader coach",
    "appointment-word": "leader coach",
    "took-up": "leader coach",
    "ended-unsigned-reason": "leader",
    "ended-shared-note": "leader",
    "ended-milestone": "leader (sponsor)",
    "ended-action": "leader",
    "ended-private-note": "earlier-coach",
    "talk-place": "leader earlier-coach",
    # Stretch assignments. The manager answers for them here.
    "motive": "leader coach hr manager",
    "decline-reason": "leader coach hr manager",
    "support-word": "leader coach hr manager",
    "without-support": "leader coach hr manager",
    "pause-word": "leader coach hr manager",
    "delivered": "leader coach hr manager (sponsor)",
    "proof": "leader coach hr manager (sponsor)",
    "outside": "leader coach hr manager (sponsor)",
    "debrief-leader": "leader coach manager",
    "debrief-manager": "leader coach manager",
    "debrief-peer": "leader coach manager",
    "debrief-draft": "leader",
    # 360 feedback. A cycle's name is known to those who run it, wait for it or prepare it.
    "cycle-draft": "hr",
    "cycle-open": "hr leader (coach) manager",
    "cycle-unreleased": "hr leader coach",
    "cycle-released": "hr leader coach sponsor",
    "comment-open-peer": "",
    "comment-open-for-the-coach": "",
    "comment-unreleased-self": "coach",
    "comment-unreleased-manager": "coach",
    "comment-unreleased-peer": "coach",
    "comment-unreleased-for-the-coach": "coach",
    "comment-released-self": "leader coach (sponsor)",
    "comment-released-manager": "leader coach (sponsor)",
    "comment-released-peer": "leader coach (sponsor)",
    "comment-released-for-the-coach": "",
    # Pulses. Those who were asked read the result, and nobody reads an open one.
    "pulse-draft": "hr",
    "pulse-open": "hr leader manager",
    "pulse-closed": "hr leader manager",
    "pulse-words-open": "",
    "pulse-words-closed": "hr leader manager",
    "process-words": "hr",
    "follow-up-question": "leader coach",
    "follow-up-words": "leader coach",
    # What the leader heard and will do, as a draft that the coach may read.
    "heard": "leader coach",
    # Short feedback: named, for its receiver; the coach reads what the leader shared.
    "short-private": "leader manager",
    "short-shared": "leader manager coach",
    "short-hidden": "leader manager",
    "short-question": "manager",
    # Printed reviews. HR sees that there are some; the sponsor reads after the leader's yes.
    "review-leader": "leader coach",
    "review-waiting": "leader coach",
    "review-agreed": "leader coach sponsor",
    "review-note": "leader coach sponsor",
    # The journal.
    "journal-private": "leader",
    "journal-about-private": "leader",
    "journal-shared": "leader coach",
    "journal-about-shared": "leader coach",
    "journal-sponsored": "leader sponsor",
    "journal-about-sponsored": "leader sponsor",
    "journal-about-deleted": "",
    "journal-deleted": "",
    "journal-draft": "leader",
    "takeaway-private": "leader",
    "takeaway-about-private": "leader",
    "takeaway-told-private": "leader",
    "takeaway-shared": "leader coach",
    "takeaway-about-shared": "leader coach",
    "takeaway-told-shared": "leader coach",
    "takeaway-sponsored": "leader sponsor",
    "takeaway-about-sponsored": "leader sponsor",
    "takeaway-told-sponsored": "leader sponsor",
    "takeaway-open": "leader",
    # Triads. The other seats are taken by people without an account here, who come by a link.
    "triad-purpose": "leader",
    "triad-asked": "leader",
    "triad-promise": "leader",
    "triad-done": "leader",
    "triad-told": "leader",
    "triad-word": "leader",
    "triad-experience": "leader",
    "triad-note": "leader",
    # Files between their upload and the yes to them.
    "file": "hr",
    "upload": "hr",
}
_NOT_ABOUT_BEN = re.compile(
    "framework-|competency-|edition-|ended-|(?<!agreement-)purpose$|agreement-word|signed-as|review-[^l]|talk-|file|upload|short-question"
)
"""There is no earlier coach of his, no agreement, no draft; nothing of his waits for HR's yes."""

_PARTS: Mapping[str, Mapping[str, str]] = {
    AMARA: {
        **{part: part for part in ("hr", "coach", "leader", "manager", "sponsor")},
        "earlier-coach": "other_coach",
    },
    # Nobody with an account manages him, and there is no agreement with his sponsor.
    BEN: {
        "hr": "hr",
        "leader": "other_leader",
        "coach": "other_coach",
        # She may choose his coach, too, and reads what that coach says of themselves.
        "chooser": "leader",
    },
    RIVAL: {
        **{part: f"rival {part}" for part in ("hr", "coach", "leader", "manager", "sponsor")},
        "earlier-coach": "rival other_coach",
        "chooser": "rival leader",
    },
}
"""Who plays which part towards whom."""


def may_meet(name: str, whose: str, kind: str) -> bool:
    """Whether the caller may be shown the text, or one of those that begin like it.

    Pictures cut long labels short.
    """
    lines = [line for known, line in READERS.items() if known.startswith(kind)]
    return any(name in _names(whose, re.sub("[()]", "", line)) for line in lines)


def what_is_met(name: str) -> set[tuple[str, str]]:
    """The texts that a caller meets somewhere, of those that are not only allowed."""
    return {
        (whose, kind)
        for whose in _PARTS
        for kind, line in READERS.items()
        if name in _names(whose, re.sub(r"\(\S+\)", "", line))
        and not (whose == BEN and _NOT_ABOUT_BEN.match(kind))
    }


def _names(whose: str, parts: str) -> frozenset[str]:
    if parts == "everybody":
        home = "rival " if whose == RIVAL else ""
        return frozenset(f"{home}{key}" for key in ACCOUNTS)
    known = _PARTS[whose]
    return frozenset(known[part] for part in parts.split() if part in known)
