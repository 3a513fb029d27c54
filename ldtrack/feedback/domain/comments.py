"""Which comments are shown under which group, and which are held back; no text is changed here.

A group's comments on a question are shown under its name if the group is visible and at least
two of its raters wrote one. What is left is put together under a common name on the same terms;
what is left then is held for the coach's own summary, if its writer agreed to that. A comment
that may not be shown is held at once: it is never read by others, and does not count towards two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ldtrack.feedback.domain.anonymity import Cell, Plan
from ldtrack.feedback.domain.answers import Key
from ldtrack.feedback.domain.audit import Aggregate, audit
from ldtrack.feedback.domain.document import CommentBlock

FEWEST_WRITERS = 2
_LABEL = "comments:"
TOGETHER = "Several groups together"
Order = Callable[[int], Sequence[int]]
"""Gives a fresh permutation of range(n); drawn by the caller, for there is no chance in here."""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What one rater wrote to one question.

    `may_be_shown` is the writer's word; `may_be_summarised` says that a coach may sum it up.
    """

    rater_key: int
    question_id: Key
    text: str
    may_be_shown: bool = True
    may_be_summarised: bool = False


@dataclass(frozen=True, kw_only=True)
class HeldComment:
    """A comment for the coach alone, who passes it on in other words or, if so wished, not at all.

    Its writer and their group are not known any more.
    """

    question: str
    text: str
    may_be_passed_on: bool


@dataclass(frozen=True, kw_only=True)
class ArrangedComments:
    """`blocks` are for everybody, `held` for the coach alone; `shown` are for the audit."""

    blocks: tuple[CommentBlock, ...]
    held: tuple[Comment, ...]
    shown: tuple[Aggregate, ...]


def arrange_comments(
    comments: Iterable[Comment], plan: Plan, order: Order, earlier: Iterable[Aggregate] = ()
) -> ArrangedComments:
    """Sort the comments into blocks; `order` is called once per block of non-exempt raters."""
    earlier = [figure for figure in earlier if figure.label.startswith(_LABEL)]
    blocks: list[CommentBlock] = []
    shown: list[Aggregate] = []
    everything = [comment for comment in comments if comment.text.strip()]
    written = [comment for comment in everything if comment.may_be_shown]
    held = [c for c in everything if not c.may_be_shown and c.may_be_summarised]
    for question in dict.fromkeys(comment.question_id for comment in written):
        asked = [comment for comment in written if comment.question_id == question]
        for name, cells in _shown_together(asked, plan):
            raters = frozenset(rater for cell in cells for rater in cell.raters)
            texts = _texts(asked, raters)
            if not all(cell.exempt for cell in cells):
                read = Aggregate.over(f"{_LABEL}{question}", raters, f"{_LABEL}{question}")
                if not audit([*earlier, *shown, read], plan.k).passed:
                    continue
                shown.append(read)
                texts = reordered(texts, order(len(texts)))
            blocks.append(CommentBlock(question_id=question, group_name=name, texts=texts))
            asked = [comment for comment in asked if comment.rater_key not in raters]
        held += [comment for comment in asked if comment.may_be_summarised]
    held.sort(key=lambda comment: (str(comment.question_id), comment.text))
    return ArrangedComments(blocks=tuple(blocks), held=tuple(held), shown=tuple(shown))


def _shown_together(asked: Sequence[Comment], plan: Plan) -> list[tuple[str, tuple[Cell, ...]]]:
    """Names of blocks and the cells whose comments they hold."""
    writers = {
        cell.key: len({c.rater_key for c in asked if c.rater_key in cell.raters})
        for cell in plan.cells
    }
    wrote = [cell for cell in plan.cells if writers[cell.key]]
    few = [c for c in wrote if not c.exempt and writers[c.key] < FEWEST_WRITERS]
    enough = [c for c in wrote if not c.exempt and c not in few]
    if len(few) == 1 and enough:
        few.append(min(enough, key=lambda cell: (writers[cell.key], cell.name, cell.key)))
    blocks = [(cell.name, (cell,)) for cell in wrote if cell.exempt or cell not in few]
    if sum(writers[cell.key] for cell in few) >= FEWEST_WRITERS:
        return [*blocks, (TOGETHER, tuple(few))]
    return [block for block in blocks if block[1][0] not in few]


def _texts(asked: Sequence[Comment], raters: frozenset[int]) -> tuple[str, ...]:
    """The texts in alphabetical order, so that the order they came in leaves no trace."""
    return tuple(sorted(c.text.strip() for c in asked if c.rater_key in raters))


def reordered(texts: Sequence[str], order: Sequence[int]) -> tuple[str, ...]:
    """The texts in a freshly drawn order; raises ValueError if it is no permutation."""
    if sorted(order) != list(range(len(texts))):
        raise ValueError("an order is a permutation of the places")
    return tuple(texts[place] for place in order)
