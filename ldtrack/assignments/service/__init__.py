"""What is done with assignments: post, apply, answer, place, confirm, look back."""

from ldtrack.assignments.domain import (
    Answer,
    CloseOpening,
    ConfirmOutcome,
    EndPlacement,
    Offer,
    Place,
    PostOpening,
    Support,
    WriteDebrief,
)
from ldtrack.assignments.service.applying import accept, apply, support, take_back, turn_down
from ldtrack.assignments.service.by_link import LINKS, mail_links, send_links_again
from ldtrack.assignments.service.debriefs import name_peer, write_debrief
from ldtrack.assignments.service.developing import (
    let_opening_develop,
    let_opening_develop_no_more,
)
from ldtrack.assignments.service.evidence import DAILY, count_what_waited
from ldtrack.assignments.service.joining import assignment_clashes, make_way_in_assignments
from ldtrack.assignments.service.leaving import forget_author
from ldtrack.assignments.service.open_to import be_open_to
from ldtrack.assignments.service.outcomes import confirm_outcome
from ldtrack.assignments.service.placements import (
    decline,
    end_placement,
    offer,
    pause,
    place,
    put_on_list,
    resume,
    start,
)
from ldtrack.assignments.service.postings import (
    change_draft,
    change_opening,
    discard_draft,
    draft_opening,
    post_opening,
)
from ldtrack.assignments.service.publishing import (
    answer_proposal,
    close_opening,
    propose_opening,
    reopen_opening,
    take_proposal_back,
)
from ldtrack.assignments.service.templates import drop_template, keep_as_template

__all__ = [
    "DAILY",
    "LINKS",
    "Answer",
    "CloseOpening",
    "ConfirmOutcome",
    "EndPlacement",
    "Offer",
    "Place",
    "PostOpening",
    "Support",
    "WriteDebrief",
    "accept",
    "answer_proposal",
    "apply",
    "assignment_clashes",
    "be_open_to",
    "change_draft",
    "change_opening",
    "close_opening",
    "confirm_outcome",
    "count_what_waited",
    "decline",
    "discard_draft",
    "draft_opening",
    "drop_template",
    "end_placement",
    "forget_author",
    "keep_as_template",
    "let_opening_develop",
    "let_opening_develop_no_more",
    "mail_links",
    "make_way_in_assignments",
    "name_peer",
    "offer",
    "pause",
    "place",
    "post_opening",
    "propose_opening",
    "put_on_list",
    "reopen_opening",
    "resume",
    "send_links_again",
    "start",
    "support",
    "take_back",
    "take_proposal_back",
    "turn_down",
    "write_debrief",
]
