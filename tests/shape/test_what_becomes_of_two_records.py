"""What happens to each reference to a person when two records become one: decided one by one."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Table, UniqueConstraint

from ldtrack.app.same_person.counting import SHOWN
from ldtrack.app.tables import metadata

PASSES = {
    "agreement.closed_by_id",
    "appointment.changed_by_id",
    "audit_event.person_id",
    "certificate.decided_by",
    "certificate.person_id",
    "coaching_action.owner_id",
    "coaching_session.logged_by",
    "comment_hiding.hidden_by_id",
    "comment_hiding.lifted_by_id",
    "coach_choice.invited_by_id",
    "course.owner_id",
    "cycle.moderator_id",
    "enrolment_move.moved_by",
    "entry.author_id",
    "evidence.person_id",
    "evidence.recorded_by",
    "former_name.person_id",
    "learner_match.person_id",
    "milestone.answered_by_id",
    "milestone_origin.set_by_id",
    "milestone_proposal.proposed_by_id",
    "outcome.confirmed_by",
    "participant_need.owner_id",
    "pilot.decided_by",
    "placement_act.by_id",
    "posting_act.by_id",
    "posting.author_id",
    "posting.owner_id",
    "posting.sponsor_id",
    "pulse_invitation.person_id",
    "review.person_id",
    "stored_file.person_id",
    "takeaway.author_id",
    "waiver.waived_by",
}
"""A person can have any number of them, so they just pass from the one to the other."""
WAY_IS_MADE = {
    "agreement_party.person_id": "whoever is asked twice to sign one version is asked once",
    "account.person_id": "one sign-in remains",
    "booking.person_id": "the better one of two in one run remains",
    "calendar_feed.person_id": "passes, sealed anew, unless the record that stays has its own",
    "call_interest.person_id": "of two in one call that which was answered remains",
    "coach_candidate.coach_id": "offered twice they are offered once, and never to themselves",
    "coach_choice.person_id": "the later of two that run is over",
    "coach_conflict.about_id": "said twice it is said once, and never between the two",
    "coach_conflict.said_by_id": "the same",
    "coach_profile.person_id": "that of the record that stays remains",
    "coach_strength.person_id": "named twice it is named once",
    "completion.person_id": "one of two of a day remains",
    "debrief.author_id": "of two on one placement the second loses its author",
    "declaration.person_id": "what the record that stays declared remains",
    "engagement.coach_id": "the later of two with one leader ends",
    "engagement.person_id": "the later of two with one coach ends",
    "enrolment.person_id": "the later of two on one pathway ends",
    "entry_draft.author_id": "two become one text",
    "entry_reader.reader_id": "whoever may read an entry may once, and never as its author",
    "invitation.person_id": "the second of two about one subject is dropped while it is open",
    "journal_rhythm.author_id": "that of the record that stays remains",
    "milestone.person_id": "the second of two for one step lets go of the step",
    "open_to_offers.person_id": "of two words for one kind the earlier remains",
    "person_change.person_id": "a second plan of one kind is dropped",
    "placement.peer_id": "nobody is their own peer",
    "placement.person_id": "the second of two in one opening ends",
    "private_note.author_id": "two of one session become one text; all are sealed anew",
    "relationship.holder_id": "days that both had count once",
    "relationship.person_id": "the same",
    "review.sponsor_id": "passes: whether there is one is what the table checks",
    "session_draft.author_id": "the one that stays remains, sealed anew",
    "session_note.author_id": "two of one session become one text",
    "short_feedback.author_id": "words between the two stop it",
    "short_feedback.person_id": "the same",
    "short_feedback.shared_with_id": "passes: whether it is hidden is what the table checks",
    "short_feedback_request.asked_id": "of two that wait for one colleague one is taken back",
    "short_feedback_request.person_id": "the same",
    "statement.person_id": "passes: who it is about is what the table checks",
    "subject.coach_id": "nobody is their own coach",
    "subject.person_id": "two of one cycle stop it",
    "takeaway_reader.reader_id": "whoever may read one may once, and never as its author",
    "told_apart.first_id": "forgotten",
    "told_apart.second_id": "forgotten",
    "told_step.person_id": "of two the earlier day remains",
    "triad_member.person_id": "of two seats in one triad one becomes free",
}


def test_every_reference_to_a_person_is_decided_about() -> None:
    references = {name for table in _tables() for name in _references(table)}
    assert references == PASSES | WAY_IS_MADE.keys()


def test_whatever_a_person_can_have_only_once_has_way_made_for_it() -> None:
    can_clash = {
        f"{table.name}.{column}"
        for table in _tables()
        for column in _columns_with_conditions(table)
        if f"{table.name}.{column}" in _references(table)
    }
    assert can_clash - WAY_IS_MADE.keys() == set()


def test_what_is_counted_for_hr_refers_to_people_and_is_not_what_people_write_for_themselves() -> (
    None
):
    assert SHOWN.keys() - (PASSES | WAY_IS_MADE.keys()) == set()
    theirs_alone = {"entry.author_id", "entry_draft.author_id", "journal_rhythm.author_id"}
    theirs_alone |= {"private_note.author_id", "session_draft.author_id", "declaration.person_id"}
    theirs_alone |= {"triad_member.person_id", "takeaway.author_id"}
    assert SHOWN.keys() & theirs_alone == set()


def _tables() -> list[Table]:
    return metadata().sorted_tables


def _references(table: Table) -> set[str]:
    return {
        f"{table.name}.{key.parent.name}"
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }


def _columns_with_conditions(table: Table) -> set[str]:
    """Columns in a unique key, a unique index or a check."""
    found: set[str] = set()
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            found |= {column.name for column in constraint.columns}
        if isinstance(constraint, CheckConstraint):
            words = str(constraint.sqltext).replace("(", " ").replace(")", " ").split()
            found |= set(words) & set(table.c.keys())
    for index in table.indexes:
        if index.unique:
            found |= {column.name for column in index.columns}
    return found
