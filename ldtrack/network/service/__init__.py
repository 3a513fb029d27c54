"""Beginning triads, meeting in them, leaving them, and what happens by itself."""

from ldtrack.network.service.joining import make_way_in_triads
from ldtrack.network.service.letters import Sender
from ldtrack.network.service.meeting import check_in, commit, say, take_back, tell
from ldtrack.network.service.rounds import DAILY, look_after
from ldtrack.network.service.seats import answer, end, invite, leave, start

__all__ = [
    "DAILY",
    "Sender",
    "answer",
    "check_in",
    "commit",
    "end",
    "invite",
    "leave",
    "look_after",
    "make_way_in_triads",
    "say",
    "start",
    "take_back",
    "tell",
]
