"""Journal entries and takeaways: private, shared with coach or sponsor, deleted, open; a rhythm."""

from __future__ import annotations

from ldtrack.reflection import service as reflection
from ldtrack.reflection.domain import Draft, WriteEntry
from ldtrack.reflection.domain.takeaways import (
    TakeAlong,
    TakeawayKind,
    TakeawayState,
    TellTakeaway,
)
from ldtrack.reflection.queries import readers_for
from tests.infrastructure.furnish.corner import Corner


def journal(corner: Corner) -> None:
    """What the leader wrote for themselves."""
    session, leader, now = corner.session, corner.actor("leader"), corner.now
    # Ben's sponsor is somebody else's part in his corner, so there he shares with his coach alone.
    possible = {one.id for one in readers_for(session, corner.person("leader"), now.date())}
    readers = {"shared": "coach", "sponsored": "sponsor"}
    _takeaways(corner, possible, readers)
    for kind in ("private", "shared", "sponsored", "deleted"):
        entry = WriteEntry(
            body=corner.mark(f"journal-{kind}"),
            about=corner.mark(f"journal-about-{kind}"),
            reader_ids=tuple(possible & {corner.person(readers.get(kind, "leader"))}),
            competency_ids=(corner.competency("coaching-others"),),
        )
        entry_id = reflection.write(session, leader, entry, now=now)
        if kind == "deleted":
            reflection.remove(session, leader, entry_id, now=now)
    reflection.keep_draft(session, leader, Draft(body=corner.mark("journal-draft")))
    reflection.set_rhythm(session, leader, weeks=2, shown=True, today=now.date())


def _takeaways(corner: Corner, possible: set[int], readers: dict[str, str]) -> None:
    """What the leader took along, told as far as it goes, and one that is open."""
    session, leader, today = corner.session, corner.actor("leader"), corner.now.date()
    for kind in ("private", "shared", "sponsored"):
        takeaway_id = reflection.take_along(
            session,
            leader,
            TakeAlong(
                kind=TakeawayKind.QUESTION,
                what=corner.mark(f"takeaway-{kind}"),
                about=corner.mark(f"takeaway-about-{kind}"),
                reader_ids=tuple(possible & {corner.person(readers.get(kind, "leader"))}),
            ),
            today=today,
        )
        told = TellTakeaway(state=TakeawayState.CHANGED, told=corner.mark(f"takeaway-told-{kind}"))
        reflection.tell_takeaway(session, leader, takeaway_id, told, today=today)
    still = TakeAlong(
        kind=TakeawayKind.PROBE,
        what=corner.mark("takeaway-open"),
        follow_up_on=today,
        remind=True,
    )
    reflection.take_along(session, leader, still, today=today)
