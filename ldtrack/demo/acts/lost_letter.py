"""A client who is asked for feedback at an address that takes no mail, for HR to mend."""

from __future__ import annotations

from datetime import datetime

from ldtrack.demo.scene import Scene
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.rows import STAKEHOLDER_GROUP
from ldtrack.feedback.service import Delivery, ask_rater
from ldtrack.outbox.service import came_back

_CLIENT = AskRater(
    group_key=STAKEHOLDER_GROUP, name="Ivo Lang", email="ivo.lang@harbour-city.example"
)
_ANSWER = "550 5.1.1 The address was not found"


def lose_a_letter(scene: Scene, subject_id: int, delivery: Delivery, now: datetime) -> None:
    """Ask the client, and have the invitation come back."""
    ask_rater(scene.session, scene.hr, subject_id, _CLIENT, now=now, delivery=delivery)
    came_back(scene.session, _CLIENT.email, _ANSWER)
