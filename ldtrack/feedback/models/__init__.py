"""Tables of 360 feedback; who answered and what was answered lie apart, by design.

Identity stands in `invitation` alone. A response knows its subject and its rater group; its id is
derived from the invitation with two secrets, one of which is kept outside the database and the
other destroyed when the questionnaires about that subject close. No answer writes to
`invitation`, and no row of answers holds a time, so neither times nor the order of rows in a file
pair the two.
"""

from ldtrack.feedback.models.around import CommentHiding, HeardNote, InsultList
from ldtrack.feedback.models.cycles import Cycle, Subject, UsualGroup
from ldtrack.feedback.models.invitations import Invitation
from ldtrack.feedback.models.pulses import (
    Pulse,
    PulseAnswer,
    PulseComment,
    PulseInvitation,
    PulseResponse,
)
from ldtrack.feedback.models.questionnaires import Item, OpenQuestion, Questionnaire, Translation
from ldtrack.feedback.models.releases import CycleSummary, NormSet, NormValue, Release
from ldtrack.feedback.models.responses import (
    Answer,
    Comment,
    MattersMost,
    Response,
    ThenAnswer,
)
from ldtrack.feedback.models.short import ShortFeedback, ShortFeedbackRequest

__all__ = [
    "Answer",
    "Comment",
    "CommentHiding",
    "Cycle",
    "CycleSummary",
    "HeardNote",
    "InsultList",
    "Invitation",
    "Item",
    "MattersMost",
    "NormSet",
    "NormValue",
    "OpenQuestion",
    "Pulse",
    "PulseAnswer",
    "PulseComment",
    "PulseInvitation",
    "PulseResponse",
    "Questionnaire",
    "Release",
    "Response",
    "ShortFeedback",
    "ShortFeedbackRequest",
    "Subject",
    "ThenAnswer",
    "Translation",
    "UsualGroup",
]
