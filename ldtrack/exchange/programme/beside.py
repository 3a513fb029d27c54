"""Reading what travels beside a pathway: courses, questionnaires, role profiles."""

from __future__ import annotations

from collections.abc import Mapping

from ldtrack.courses.domain import CourseFormat
from ldtrack.exchange.framework_parts import Part
from ldtrack.exchange.programme.content import (
    CourseSaid,
    QuestionnaireSaid,
    QuestionSaid,
    RoleSaid,
    StatementSaid,
)
from ldtrack.exchange.programme.pieces import (
    HIGHEST_LEVEL,
    identifier,
    member_if_any,
    reference,
    reference_if_any,
    whole_if_any,
)

_MOST_HOURS = 10_000
_MOST = 500


class _Once:
    """Notes whatever is there twice."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def check(self, part: Part, name: str, value: str) -> None:
        if value and value.casefold() in self._seen:
            part.complain(name, f"“{value[:80]}” is there twice.")
        self._seen.add(value.casefold())


def courses_in(top: Part, competencies: Mapping[str, str]) -> tuple[CourseSaid, ...]:
    """The courses of the file."""
    found: list[CourseSaid] = []
    once, codes = _Once(), _Once()
    for part in top.parts("courses", most=_MOST):
        known_as = identifier(part, "identifier")
        code = part.text("code", most=60, required=True)
        once.check(part, "identifier", known_as)
        codes.check(part, "code", code)
        develops: dict[str, int] = {}
        for pair in part.parts("develops", most=100):
            competency = reference(pair, "competency", competencies, "competency")
            develops[competency] = pair.whole("level", lowest=0, highest=HIGHEST_LEVEL)
        found.append(
            CourseSaid(
                identifier=known_as,
                code=code,
                title=part.text("title", most=200, required=True),
                format=member_if_any(part, "format", CourseFormat),
                mode=part.text("mode", most=60),
                hours=part.number("hours", highest=_MOST_HOURS),
                valid_months=whole_if_any(part, "valid_months", lowest=1, highest=1_200),
                description=part.prose("description", most=5_000),
                develops=tuple(develops.items()),
            )
        )
    return tuple(found)


def questionnaires_in(top: Part, competencies: Mapping[str, str]) -> tuple[QuestionnaireSaid, ...]:
    """The questionnaires of the file."""
    found: list[QuestionnaireSaid] = []
    once = _Once()
    for part in top.parts("questionnaires", most=50):
        known_as = identifier(part, "identifier")
        once.check(part, "identifier", known_as)
        lo, hi = part.whole("lo", lowest=0, highest=20), part.whole("hi", lowest=0, highest=20)
        if lo >= hi:
            part.complain("hi", "The scale must rise.")
        words = part.texts("words", most=21)
        if words and len(words) != hi - lo + 1:
            part.complain("words", "There must be one word for each step of the scale.")
        found.append(
            QuestionnaireSaid(
                identifier=known_as,
                title=part.text("title", most=200, required=True),
                language=part.text("language", most=20, required=True),
                lo=lo,
                hi=hi,
                words=tuple(words),
                statements=_statements(part, competencies),
                questions=_questions(part),
            )
        )
    return tuple(found)


def _statements(part: Part, competencies: Mapping[str, str]) -> tuple[StatementSaid, ...]:
    return tuple(
        StatementSaid(
            competency=reference_if_any(one, "competency", competencies, "competency"),
            text=_said(one, "text"),
            weight=one.whole("weight", lowest=1, highest=5),
        )
        for one in part.parts("statements", most=_MOST, least=1)
    )


def _questions(part: Part) -> tuple[QuestionSaid, ...]:
    once = _Once()
    found = []
    for one in part.parts("questions", most=20):
        key = one.key("key")[:40]
        once.check(one, "key", key)
        found.append(
            QuestionSaid(key=key, text=_said(one, "text"), hint=one.prose("hint", most=500))
        )
    return tuple(found)


def _said(part: Part, name: str) -> str:
    found = part.prose(name, most=1_000)
    if not found:
        part.complain(name, "This is missing.")
    return found


def roles_in(top: Part, competencies: Mapping[str, str]) -> tuple[RoleSaid, ...]:
    """The role profiles of the file."""
    found: list[RoleSaid] = []
    once = _Once()
    for part in top.parts("role_profiles", most=_MOST):
        name = part.text("name", most=200, required=True)
        once.check(part, "name", name)
        targets: dict[str, int] = {}
        critical = set()
        for target in part.parts("targets", most=200):
            competency = reference(target, "competency", competencies, "competency")
            targets[competency] = target.whole("level", lowest=0, highest=HIGHEST_LEVEL)
            if target.flag("critical"):
                critical.add(competency)
        found.append(RoleSaid(name=name, targets=targets, critical=frozenset(critical)))
    return tuple(found)
