"""What assignments are to other rooms, and the rules that need no database."""

from ldtrack.assignments.domain.commands import (
    ConfirmOutcome,
    EndPlacement,
    Place,
    PostOpening,
    WriteDebrief,
)
from ldtrack.assignments.domain.kinds import (
    ENDED,
    OPEN,
    Contribution,
    DebriefKind,
    PlacementState,
    PostingKind,
)
from ldtrack.assignments.domain.look_back import (
    is_debriefed,
    is_held,
    is_over,
    open_sides,
    side_of,
)
from ldtrack.assignments.domain.rows import (
    DebriefMark,
    DebriefRow,
    DebriefTask,
    Develops,
    ObservedLevel,
    OpeningRow,
    OutcomeRow,
    PlacementRow,
    PostingRow,
)
from ldtrack.assignments.domain.stretch import (
    DIMENSIONS,
    MEANINGS,
    MOST,
    SCORE_WORDS,
    Stretch,
    stretch_from,
)

__all__ = [
    "DIMENSIONS",
    "ENDED",
    "MEANINGS",
    "MOST",
    "OPEN",
    "SCORE_WORDS",
    "ConfirmOutcome",
    "Contribution",
    "DebriefKind",
    "DebriefMark",
    "DebriefRow",
    "DebriefTask",
    "Develops",
    "EndPlacement",
    "ObservedLevel",
    "OpeningRow",
    "OutcomeRow",
    "Place",
    "PlacementRow",
    "PlacementState",
    "PostOpening",
    "PostingKind",
    "PostingRow",
    "Stretch",
    "WriteDebrief",
    "is_debriefed",
    "is_held",
    "is_over",
    "open_sides",
    "side_of",
    "stretch_from",
]
