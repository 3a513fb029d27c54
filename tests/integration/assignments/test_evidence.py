"""What a placement tells the ledger, and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import ObservedLevel, PlacementState
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.domain import EvidenceForm, SourceKind
from ldtrack.evidence.models import Evidence
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import ENDS, LOOKED_BACK, answers, placed

Line = tuple[EvidenceForm, float | None, float | None, int]


def _lines(session: Session, placement_id: int, competency_id: int) -> list[Line]:
    rows = session.scalars(
        select(Evidence)
        .where(
            Evidence.source_kind == SourceKind.ASSIGNMENT_OUTCOME,
            Evidence.source_id == placement_id,
            Evidence.competency_id == competency_id,
        )
        .order_by(Evidence.revision)
    )
    return [(row.form, row.value, row.noise_variance, row.revision) for row in rows]


def _looked_back(
    session: Session, acme: SmallOrganisation, placement_id: int, now: datetime, *who: str
) -> None:
    for author in who:
        service.write_debrief(session, acme.actor[author], placement_id, LOOKED_BACK, now=now)


def test_a_proved_outcome_is_graded_evidence_dated_when_the_placement_ended(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        _looked_back(session, acme, placement_id, clock.now(), "leader", "sponsor")
        service.confirm_outcome(
            session, acme.actor["manager"], placement_id, answers(acme), now=clock.now()
        )
        row = session.scalars(select(Evidence)).one()
        seen = queries.placement(session, acme.actor["leader"], placement_id)
    assert (row.form, row.value, row.noise_variance) == (EvidenceForm.GRADED, 3.8, 0.6**2)
    assert (row.source_kind, row.source_id) == (SourceKind.ASSIGNMENT_OUTCOME, placement_id)
    assert (row.observed_on, row.recorded_by) == (ENDS, acme.person["manager"])
    assert row.title == "Outcome of “Turn the night shift around”"
    assert (seen.state, seen.ends_on) == (PlacementState.COMPLETED, ENDS)


def test_a_claim_without_proof_stays_claimed_and_moves_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        service.confirm_outcome(
            session, acme.actor["manager"], placement_id, answers(acme, proof=""), now=clock.now()
        )
        outcome = queries.placement(session, acme.actor["leader"], placement_id).outcome
        assert session.scalars(select(Evidence)).all() == []
    assert outcome is not None
    assert outcome.word == "Claimed"


def test_proof_that_comes_later_makes_the_claim_count_and_taking_it_back_withdraws_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    competency_id = acme.competency["strategic-thinking"]
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        _looked_back(session, acme, placement_id, clock.now(), "leader", "manager")
        for proof in ("", "The October report", "", "The October report"):
            service.confirm_outcome(
                session,
                acme.actor["sponsor"],
                placement_id,
                answers(acme, proof=proof),
                now=clock.now(),
            )
        lines = _lines(session, placement_id, competency_id)
    assert lines == [
        (EvidenceForm.GRADED, 3.8, 0.6**2, 1),
        (EvidenceForm.WITHDRAWN, None, None, 2),
        (EvidenceForm.GRADED, 3.8, 0.6**2, 3),
    ]


@pytest.mark.parametrize("author", ["manager", "sponsor"])
def test_it_counts_once_the_leader_and_one_other_have_looked_back(
    author: str, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, competency_id = clock.now(), acme.competency["strategic-thinking"]
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, now)
        service.confirm_outcome(
            session, acme.actor["manager"], placement_id, answers(acme), now=now
        )
        _looked_back(session, acme, placement_id, now, author)
        assert _lines(session, placement_id, competency_id) == []
        _looked_back(session, acme, placement_id, now, "leader")
        lines = _lines(session, placement_id, competency_id)
    assert lines == [(EvidenceForm.GRADED, 3.8, 0.6**2, 1)]


def test_without_a_look_back_it_counts_after_sixty_days_for_less(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, competency_id = clock.now(), acme.competency["strategic-thinking"]
    waited = datetime.combine(ENDS + timedelta(days=60), now.timetz())
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, now)
        service.confirm_outcome(
            session, acme.actor["manager"], placement_id, answers(acme), now=now
        )
        service.count_what_waited(session, now=waited - timedelta(days=1))
        assert _lines(session, placement_id, competency_id) == []
        for _ in range(2):
            service.count_what_waited(session, now=waited)
        assert _lines(session, placement_id, competency_id) == [
            (EvidenceForm.GRADED, 3.8, 0.9**2, 1)
        ]
        _looked_back(session, acme, placement_id, waited, "leader", "sponsor")
        lines = _lines(session, placement_id, competency_id)
    assert lines == [
        (EvidenceForm.GRADED, 3.8, 0.9**2, 1),
        (EvidenceForm.GRADED, 3.8, 0.6**2, 2),
    ]


def test_a_claim_does_not_count_however_long_it_waits(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, competency_id = clock.now(), acme.competency["strategic-thinking"]
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, now)
        claim = answers(acme, proof="")
        service.confirm_outcome(session, acme.actor["manager"], placement_id, claim, now=now)
        service.count_what_waited(session, now=now + timedelta(days=70))
        assert _lines(session, placement_id, competency_id) == []


def test_a_debrief_with_a_part_missing_is_a_draft_and_does_not_count(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    competency_id = acme.competency["strategic-thinking"]
    half = service.WriteDebrief(outcome="It worked.", learned="To ask.", next_action="")
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        service.confirm_outcome(
            session, acme.actor["manager"], placement_id, answers(acme), now=clock.now()
        )
        service.write_debrief(
            session, acme.actor["manager"], placement_id, LOOKED_BACK, now=clock.now()
        )
        service.write_debrief(session, acme.actor["leader"], placement_id, half, now=clock.now())
        assert _lines(session, placement_id, competency_id) == []
        assert (
            queries.debriefs_of(session, acme.actor["coach"], placement_id)[0].author_id
            == (acme.person["manager"])
        )
        drafts = queries.debriefs_of(session, acme.actor["leader"], placement_id)
    assert sorted(row.held_on is None for row in drafts) == [False, True]


def test_a_debrief_that_was_handed_in_cannot_lose_a_part(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        service.write_debrief(
            session, acme.actor["leader"], placement_id, LOOKED_BACK, now=clock.now()
        )
        with pytest.raises(RuleBroken):
            service.write_debrief(
                session,
                acme.actor["leader"],
                placement_id,
                service.WriteDebrief(outcome="It worked."),
                now=clock.now(),
            )


def test_a_rating_left_out_the_second_time_is_withdrawn(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    strategic, coaching = (
        acme.competency[key] for key in ("strategic-thinking", "coaching-others")
    )
    both = tuple(ObservedLevel(competency_id=one, level=3.0) for one in (strategic, coaching))
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        _looked_back(session, acme, placement_id, clock.now(), "leader", "sponsor")
        for observed in (both, both[:1]):
            service.confirm_outcome(
                session,
                acme.actor["manager"],
                placement_id,
                answers(acme, observed=observed),
                now=clock.now(),
            )
        assert _lines(session, placement_id, strategic) == [(EvidenceForm.GRADED, 3.0, 0.6**2, 1)]
        assert _lines(session, placement_id, coaching)[-1][0] is EvidenceForm.WITHDRAWN


@pytest.mark.parametrize("level", [0.9, 5.1])
def test_a_level_off_the_scale_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock, level: float
) -> None:
    off = (ObservedLevel(competency_id=acme.competency["strategic-thinking"], level=level),)
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        with pytest.raises(RuleBroken, match="from 1 to 5"):
            service.confirm_outcome(
                session,
                acme.actor["manager"],
                placement_id,
                answers(acme, observed=off),
                now=clock.now(),
            )


def test_a_competency_that_the_opening_does_not_develop_cannot_be_rated(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    other = (ObservedLevel(competency_id=acme.competency["financial-acumen"], level=3),)
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        with pytest.raises(RuleBroken, match="of this opening"):
            service.confirm_outcome(
                session,
                acme.actor["manager"],
                placement_id,
                answers(acme, observed=other),
                now=clock.now(),
            )


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("hr", NotAllowed),
        ("leader", NotAllowed),
        ("coach", NotAllowed),
        ("other_leader", NotVisible),
        ("other_coach", NotVisible),
        ("administrator", NotVisible),
    ],
)
def test_only_who_answers_for_the_opening_confirms_its_outcome(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    who: str,
    refusal: type[Exception],
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        with pytest.raises(refusal):
            service.confirm_outcome(
                session, acme.actor[who], placement_id, answers(acme), now=clock.now()
            )


def test_the_outcome_waits_for_the_last_day(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now(), ends_on=date(2026, 11, 21))
        with pytest.raises(RuleBroken, match="still runs"):
            service.confirm_outcome(
                session, acme.actor["manager"], placement_id, answers(acme), now=clock.now()
            )
