"""How items are worded and which indicators become items; where they are stored is not here."""

from __future__ import annotations

from collections.abc import Sequence

from ldtrack.competencies.domain import CompetencyRow, IndicatorRow, ScaleRow
from ldtrack.feedback.domain.asked import QuestionRow

PLAIN_WORDS = ("Hardly ever", "Seldom", "Sometimes", "Often", "Almost always")
_FEW = 10
MOST_IN_STARTER = 40
"""A framework of more competencies than this is chosen from, not asked about as a whole."""
MOST_STEPS = 7
"""More steps than this do not fit a thumb; longer scales are answered on the plain one."""

OPEN_QUESTIONS = (
    QuestionRow(
        key="keep",
        text="Keep doing: what works well?",
        hint="Give an example, and say what effect it had.",
    ),
    QuestionRow(
        key="more",
        text="Do more: what would help if it happened more often?",
        hint="Something you have seen work, or that you missed in a situation you remember.",
    ),
    QuestionRow(
        key="less",
        text="Do less: what gets in the way?",
        hint="Describe what happened rather than what kind of person does it.",
    ),
)


def chosen_indicators(
    indicators: Sequence[IndicatorRow], level: int, most: int
) -> tuple[IndicatorRow, ...]:
    """Indicators with an effective side at the level, or at the nearest that has any; lower first.

    >>> at = lambda n, level: IndicatorRow(id=n, competency_id=1, level=level, effective="does",
    ...                                    ineffective="")
    >>> [i.id for i in chosen_indicators([at(1, 2), at(2, 4), at(3, 4)], 3, 2)]
    [1]
    """
    usable = [indicator for indicator in indicators if indicator.effective.strip()]
    if not usable:
        return ()
    nearest = min((abs(i.level - level), i.level) for i in usable)[1]
    return tuple(i for i in usable if i.level == nearest)[:most]


def habit_words(lo: int, hi: int) -> tuple[str, ...]:
    """A word of frequency for each step; on other scales than of five only for the two ends.

    How good somebody is at a habit that gets in the way makes no sense, how often it is seen does.

    >>> habit_words(1, 4)
    ('Hardly ever', '', '', 'Almost always')
    """
    steps = hi - lo + 1
    if steps == len(PLAIN_WORDS):
        return PLAIN_WORDS
    return (PLAIN_WORDS[0], *("",) * (steps - 2), PLAIN_WORDS[-1])


def starter_length(n_competencies: int) -> int:
    """Statements for each competency, so that the whole is answered in about ten minutes.

    >>> starter_length(6), starter_length(14), starter_length(40)
    (3, 2, 1)
    """
    if n_competencies <= _FEW:
        return 3
    return 2 if n_competencies <= 2 * _FEW else 1


def starter_statements(n_competencies: int, n_indicators: int) -> int:
    """About how many statements the starter of a framework has.

    >>> starter_statements(6, 100), starter_statements(6, 0)
    (18, 6)
    """
    return n_competencies * (starter_length(n_competencies) if n_indicators else 1)


def item_from_definition(competency: CompetencyRow) -> str:
    """The one item of a competency that has no indicators; its name stands above it anyway."""
    return competency.definition or competency.name


def answer_scale(scale: ScaleRow, *, plain: bool) -> tuple[int, int, tuple[str, ...]]:
    """Lowest step, highest step and a word for each: the framework's levels, or the plain five."""
    if plain or scale.lo < 1 or scale.hi - scale.lo >= MOST_STEPS:
        return 1, len(PLAIN_WORDS), PLAIN_WORDS
    return scale.lo, scale.hi, tuple(level.label for level in scale.levels)
