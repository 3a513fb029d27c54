"""What leaders write for themselves, now and then for their coach, and about steps of the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from ldtrack.demo.agenda import Act, office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.pick import Pick
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import words
from ldtrack.pathways.domain import StepKind
from ldtrack.reflection.domain import Prompt, WriteEntry
from ldtrack.reflection.service import write


def keep_journals(scene: Scene) -> None:
    """Let the leaders write: on steps that ask for it, and when something was on their mind."""
    said = words("journal")
    for place, leader, programme in scene.leaders():
        random = scene.chance("journal", leader.external_id)
        begins_on = scene.begins_on(place) + timedelta(days=10)
        for step in (step for stage in programme.stages for step in stage.steps):
            if step.kind is StepKind.REFLECTION and random.random() < 0.8:
                day = begins_on + timedelta(days=(step.due_days or 60) + random.randint(-15, 30))
                step_id = scene.step[programme.key, step.title]
                writes = _writes(scene, leader, *_answered(random, said), step_id)
                scene.agenda.at(office_hours(random, day), writes)
        plain = Pick(random, said["open"])
        for _ in range(random.randint(2, 7)):
            # More of it lately than long ago.
            ago = (scene.today - begins_on).days * random.random() ** 1.6
            writes = _writes(scene, leader, plain(), Prompt.OPEN, None)
            scene.agenda.at(office_hours(random, scene.today - timedelta(days=ago)), writes)


def _writes(scene: Scene, leader: Player, body: str, prompt: Prompt, step_id: int | None) -> Act:
    random = scene.chance("sharing", leader.external_id, body)

    def put_down(now: datetime) -> None:
        shares = random.random() < (0.6 if step_id else 0.3)
        coach = scene.coach.get(leader.external_id)
        write(
            scene.session,
            scene.actor(leader),
            WriteEntry(
                body=body,
                prompt=prompt,
                step_id=step_id,
                reader_ids=(scene.person[coach.external_id],) if shares and coach else (),
            ),
            now=now,
        )

    return put_down


def _answered(random: Random, said: dict[str, Any]) -> tuple[str, Prompt]:
    prompt = random.choice((Prompt.OPEN, Prompt.KOLB, Prompt.KOLB, Prompt.GIBBS))
    chosen = random.choice(said[prompt.value])
    if prompt is Prompt.OPEN:
        return chosen, prompt
    pairs = zip(prompt.questions, chosen, strict=True)
    return "\n\n".join(f"{question}\n{answer}" for question, answer in pairs), prompt
