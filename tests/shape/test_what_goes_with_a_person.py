"""What is deleted with a person, column by column: a new one has to be thought about."""

from __future__ import annotations

from collections import defaultdict

from ldtrack.app.tables import metadata


def test_only_what_is_about_a_person_or_was_theirs_alone_is_deleted_with_them() -> None:
    found: dict[str | None, set[str]] = defaultdict(set)
    for table in metadata().sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "person":
                found[key.ondelete].add(f"{table.name}.{key.parent.name}")
    assert found.keys() == {"CASCADE", "RESTRICT", "SET NULL"}
    assert found["RESTRICT"] == {"posting.owner_id"}
    assert found["CASCADE"] == {
        "account.person_id",
        "booking.person_id",
        "calendar_feed.person_id",
        "call_interest.person_id",
        "certificate.person_id",
        "coach_candidate.coach_id",
        "coach_choice.person_id",
        "coach_conflict.about_id",
        "coach_conflict.said_by_id",
        "coach_profile.person_id",
        "coach_strength.person_id",
        "completion.person_id",
        "declaration.person_id",
        "engagement.person_id",
        "enrolment.person_id",
        "entry.author_id",
        "entry_draft.author_id",
        "entry_reader.reader_id",
        "evidence.person_id",
        "former_name.person_id",
        "invitation.person_id",
        "journal_rhythm.author_id",
        "learner_match.person_id",
        "milestone.person_id",
        "open_to_offers.person_id",
        "person_change.person_id",
        "placement.person_id",
        "private_note.author_id",
        "pulse_invitation.person_id",
        "relationship.holder_id",
        "relationship.person_id",
        "review.person_id",
        "session_draft.author_id",
        "short_feedback.person_id",
        "short_feedback_request.asked_id",
        "short_feedback_request.person_id",
        "statement.person_id",
        "stored_file.person_id",
        "subject.person_id",
        "takeaway.author_id",
        "takeaway_reader.reader_id",
        "told_apart.first_id",
        "told_apart.second_id",
        "told_step.person_id",
        "triad_member.person_id",
    }
