"""A short questionnaire over two competencies, with a derailer and two questions."""

from __future__ import annotations

from ldtrack.competencies.domain import CompetencyRow
from ldtrack.feedback.domain.asked import ItemRow, QuestionnaireRow, QuestionRow
from ldtrack.feedback.domain.wording import Wording, written


def questionnaire() -> QuestionnaireRow:
    """Two statements on the first competency, one on the second, one that stands apart."""
    return QuestionnaireRow(
        id=90,
        title="Leading well",
        lo=1,
        hi=3,
        words=("Seldom", "Sometimes", "Often"),
        items=(
            ItemRow(id=11, competency_id=1, text="Hears people out"),
            ItemRow(id=12, competency_id=1, text="Asks before telling", weight=2),
            ItemRow(id=21, competency_id=2, text="Hands over whole tasks"),
            ItemRow(id=31, competency_id=None, text="Loses their temper"),
        ),
        questions=(
            QuestionRow(key="keep", text="Keep doing?", hint="Give an example."),
            QuestionRow(key="less", text="Do less?"),
        ),
        framework_version_id=5,
        series=90,
    )


def wording() -> Wording:
    """The same with the words of its competencies."""
    return written(questionnaire(), (competency(1, "Listening"), competency(2, "Delegating")))


def competency(id_: int, name: str) -> CompetencyRow:
    """A competency of that name."""
    return CompetencyRow(
        id=id_,
        key=name.lower(),
        name=name,
        definition=f"What {name.lower()} is.",
        domain="",
        domain_id=1,
        framework_version_id=5,
    )
