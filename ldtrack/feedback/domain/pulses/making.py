"""Making the result of a pulse: which figures may be shown, also beside earlier pulses.

The floor is asked for every statement. Beside earlier pulses of some of the same people, figures of
a statement that is worded alike are taken for sums over answers that have not changed: that is the
worst case for whoever joined or left in between. So all of them together have to pass the audit;
a figure that would fail is not shown. If no statement is left, one band for the whole is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from ldtrack.feedback.domain.agreement import agreement
from ldtrack.feedback.domain.alike import worded_alike
from ldtrack.feedback.domain.anonymity import meets_floor
from ldtrack.feedback.domain.audit import Aggregate, audit
from ldtrack.feedback.domain.comments import Order, reordered
from ldtrack.feedback.domain.figures import count_of, hidden, shielded
from ldtrack.feedback.domain.pulses.result import Band, PulseResult, StatementLine
from ldtrack.feedback.domain.pulses.rows import Given, PulseRow, Statement
from ldtrack.feedback.domain.pulses.sentences import reading, too_few
from ldtrack.feedback.domain.pulses.wording import SCALE
from ldtrack.feedback.domain.reasons import Reason

_MIDDLE = (2.5, 3.5)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Which figures a pulse showed: the marks of who answered, and wordings of statements.

    To those that are also `complete` everybody gave a score, so the marks are those behind it.
    """

    marks: frozenset[str]
    shown: frozenset[str] = field(default_factory=frozenset)
    complete: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class MadeResult:
    """A result with the figures it shows, for its verdict and for those that come after it."""

    result: PulseResult
    figures: Figures


def make_result(
    pulse: PulseRow,
    given: Sequence[Given],
    *,
    order: Order,
    marks: frozenset[str] = frozenset(),
    earlier: Sequence[Figures] = (),
) -> MadeResult:
    """Compute and audit; `given` is what each person answered, `order` is drawn by the caller."""
    k, n = pulse.k, len(given)
    if not meets_floor(n, k):
        result = PulseResult(k=k, sentence=too_few(pulse))
        return MadeResult(result=result, figures=Figures(marks=marks))
    scores = {s.key: _scores(given, s.key) for s in pulse.statements}
    complete = frozenset(s.text for s in pulse.statements if len(scores[s.key]) == n)
    lines: list[StatementLine] = []
    shown: set[str] = set()
    for statement in pulse.statements:
        own = scores[statement.key]
        now = Figures(marks=marks, complete=complete)
        reason = _refused(statement.text, len(own), now, earlier, k)
        lines.append(_line(statement, own, k, reason))
        if reason is None:
            shown.add(statement.text)
    texts = tuple(sorted(one.words.strip() for one in given if one.words.strip()))
    enough = meets_floor(len(texts), k)
    result = PulseResult(
        k=k,
        sentence=reading(pulse, lines),
        count=count_of(n, k, pulse.n_invited),
        lines=tuple(lines),
        band=_band(pulse, lines, given),
        texts=reordered(texts, order(len(texts))) if enough else (),
        nothing_written="" if enough or not pulse.question else _few_wrote(k),
    )
    figures = Figures(marks=marks, shown=frozenset(shown), complete=complete)
    return MadeResult(result=result, figures=figures)


def _refused(text: str, n: int, now: Figures, earlier: Sequence[Figures], k: int) -> Reason | None:
    if not meets_floor(n, k):
        return Reason.TOO_FEW_ANSWERS
    if not may_stand_beside(text, now, earlier, k):
        return Reason.WOULD_REVEAL
    return None


def may_stand_beside(text: str, now: Figures, earlier: Sequence[Figures], k: int) -> bool:
    """Whether a statement's figure may be shown beside those of earlier pulses.

    Who gave no score to a statement is not known any more, so figures that lack somebody may only
    stand beside those of other people.

    >>> talk = frozenset({"We talk."})
    >>> before = Figures(marks=frozenset("abc"), shown=talk, complete=talk)
    >>> now = Figures(marks=frozenset("abcd"), complete=talk)
    >>> may_stand_beside("We talk.", now, [before], k=3)
    False
    """
    same = [one for one in earlier if _has(one.shown, text)]
    related = [one for one in same if one.marks & now.marks]
    if not related:
        return True
    if not all(_has(one.complete, text) for one in (now, *related)):
        return False
    number = {mark: n for n, mark in enumerate(sorted(_all_marks(now, *same)))}
    history = [
        Aggregate.over(str(place), [number[mark] for mark in one.marks], "the statement")
        for place, one in enumerate((now, *same))
        if _has(one.complete, text)
    ]
    return audit(history, k).passed


def _has(texts: frozenset[str], text: str) -> bool:
    return worded_alike(text) in {worded_alike(one) for one in texts}


def _all_marks(*figures: Figures) -> frozenset[str]:
    return frozenset(mark for one in figures for mark in one.marks)


def _scores(given: Sequence[Given], key: str) -> list[int]:
    return [score for one in given if (score := one.scores.get(key)) is not None]


def _line(
    statement: Statement, scores: Sequence[int], k: int, reason: Reason | None
) -> StatementLine:
    if reason is not None:
        return StatementLine(key=statement.key, text=statement.text, figure=hidden(reason, k))
    word = agreement(scores, k)
    return StatementLine(
        key=statement.key,
        text=statement.text,
        figure=shielded(fmean(scores), SCALE),
        agreement=word.value if word else "",
    )


def _band(pulse: PulseRow, lines: Sequence[StatementLine], given: Sequence[Given]) -> Band | None:
    """One word for all statements, if no figure can be shown and enough answered them all."""
    if not lines or any(line.figure.reason is not Reason.WOULD_REVEAL for line in lines):
        return None
    everything = [
        scores
        for one in given
        if len(scores := [score for score in one.scores.values() if score is not None])
        == len(pulse.statements)
    ]
    if not meets_floor(len(everything), pulse.k):
        return None
    mean = fmean(score for scores in everything for score in scores)
    low, high = _MIDDLE
    return Band.LOW if mean < low else Band.HIGH if mean > high else Band.MIDDLE


def _few_wrote(k: int) -> str:
    return f"Fewer than {k} people wrote something, so nobody reads it."
