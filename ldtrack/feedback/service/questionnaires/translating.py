"""Keeping a questionnaire's texts in other languages.

Once a cycle has opened, a text that is there stays as it is, for some may have answered to it;
what is missing can still be added.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import RuleBroken
from ldtrack.feedback.domain.languages import NAMES
from ldtrack.feedback.domain.wording import Translated, originals, texts_from, texts_to
from ldtrack.feedback.models import Translation
from ldtrack.feedback.queries.questionnaires import questionnaire_of
from ldtrack.feedback.service.questionnaires.building import note_change
from ldtrack.feedback.service.questionnaires.editing import editable

LONGEST_TEXT = 1_000


def keep_texts(
    session: Session,
    actor: Actor,
    questionnaire_id: int,
    language: str,
    texts: Mapping[str, str],
    *,
    now: datetime,
) -> int:
    """Keep these translations by key; an empty one is taken away. Returns how many there are.

    Each is kept with the original as it reads today. Raises `RuleBroken` for a language or a text
    that there is not.
    """
    form = questionnaire_of(session, actor, questionnaire_id)
    if language not in NAMES or language == form.language:
        raise RuleBroken("language", "Choose a language other than the one it is written in.")
    named = competencies_named(session, form.competency_ids)
    known = originals(form, [named[id_] for id_ in form.competency_ids])
    if set(texts) - set(known):
        raise RuleBroken("key", "The questionnaire has no such text.")
    if any(len(text) > LONGEST_TEXT for text in texts.values()):
        raise RuleBroken("text", f"Keep a text under {LONGEST_TEXT:,} characters.")
    row = session.scalars(
        select(Translation)
        .where(Translation.questionnaire_id == questionnaire_id, Translation.language == language)
        .with_for_update()
    ).first()
    if row is None:
        row = Translation(questionnaire_id=questionnaire_id, language=language, texts={})
        session.add(row)
    kept = {key: text for key, text in texts_from(row.texts).items() if key in known}
    for key, text in texts.items():
        original = known[key][1]
        read = key in kept and kept[key].of == original
        if form.frozen and read and kept[key].text != text.strip():
            raise RuleBroken("text", "A cycle has opened: a text that raters read stays as it is.")
        if text.strip():
            kept[key] = Translated(of=original, text=text.strip())
        else:
            kept.pop(key, None)
    row.texts = texts_to(kept)
    session.flush()
    note_change(session, actor, "translate", questionnaire_id, now)
    return len(kept)


def drop_language(
    session: Session, actor: Actor, questionnaire_id: int, language: str, *, now: datetime
) -> None:
    """Take a language away, as long as no cycle has opened."""
    editable(session, actor, questionnaire_id)
    session.execute(
        delete(Translation).where(
            Translation.questionnaire_id == questionnaire_id, Translation.language == language
        )
    )
    note_change(session, actor, "drop_language", questionnaire_id, now)
