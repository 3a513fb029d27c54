"""Random organisations: leaders through two cycles, a second edition, and the cycle as a whole.

Reports are made by the service that makes them in the application, from answers drawn here. People
keep their numbers over cycles, so that a reader can follow who came and who went.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from ldtrack.competencies.domain import CompetencyRow
from ldtrack.feedback.domain.answers import Answer, Key, Questionnaire, RaterAnswers
from ldtrack.feedback.domain.asked import ItemRow, QuestionnaireRow, QuestionRow
from ldtrack.feedback.domain.comments import Comment
from ldtrack.feedback.domain.comparing import Turnout
from ldtrack.feedback.domain.profile import (
    CohortProfile,
    ProfiledCompetency,
    ProfiledLeader,
    profile_of,
)
from ldtrack.feedback.domain.report import other_report, report_to_dict
from ldtrack.feedback.domain.rereleases import second_release_allowed
from ldtrack.feedback.domain.scores import Weighting
from ldtrack.feedback.service.releasing import (
    Asked,
    Beside,
    EarlierReport,
    MadeReport,
    Sent,
    form_of,
    make_report,
)
from tests.unit.feedback.makers import GROUPS

QUESTIONS = (QuestionRow(key="keep", text="Keep doing?"), QuestionRow(key="less", text="Do less?"))
MOST_PEOPLE = {"manager": (0, 1, 1, 2), "peer": range(7), "direct": range(7), "stakeholder": (0, 3)}
_A_CYCLE = 1_000
"""Added to a person's number, for each cycle before, for the key of their answers."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """One cycle of one leader: what was sent, and the editions that were made of it."""

    raters: tuple[RaterAnswers, ...]
    editions: tuple[MadeReport, ...]
    refused: bool = False

    @property
    def people(self) -> dict[int, int]:
        """Who a key stands for."""
        return {rater.rater_key: rater.rater_key % _A_CYCLE for rater in self.raters}


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Leaders with their two rounds each, and the profile of the second cycle."""

    seed: int
    asked: Asked
    form: Questionnaire
    leaders: tuple[tuple[Round, Round], ...]
    profile: CohortProfile


def organisation(seed: int) -> Organisation:
    """Five to nine leaders, three or four competencies, every kind of missing answer."""
    chance = Random(seed)
    asked = _asked(chance)
    form = form_of(asked)
    leaders = [_leader(chance, asked, form) for _ in range(chance.randint(5, 9))]
    profile = profile_of(
        [
            ProfiledLeader(
                person_id=n,
                unit=chance.choice(("North", "North", "South", "")),
                release=second.editions[0].report.release,
            )
            for n, (_, second) in enumerate(leaders)
        ],
        [ProfiledCompetency(id=id_, name=f"Competency {id_}") for id_ in asked.form.competency_ids],
        k=asked.k,
        scale=form.scale,
    )
    return Organisation(seed=seed, asked=asked, form=form, leaders=tuple(leaders), profile=profile)


def _asked(chance: Random) -> Asked:
    items = [
        ItemRow(
            id=100 * competency + n,
            competency_id=competency,
            text=f"Statement {competency}.{n}",
            weight=chance.choice((1, 1, 2)),
        )
        for competency in range(1, chance.randint(3, 4))
        for n in range(chance.randint(1, 3))
    ]
    items.append(ItemRow(id=900, competency_id=None, text="Apart"))
    return Asked(
        cycle="The cycle",
        closed_on=date(2026, 11, 20),
        k=chance.choice((3, 3, 4, 5)),
        groups=GROUPS,
        form=QuestionnaireRow(
            id=1,
            title="Asked",
            lo=1,
            hi=5,
            words=(),
            items=tuple(items),
            questions=QUESTIONS,
            framework_version_id=1,
            series=1,
        ),
        competencies={
            id_: CompetencyRow(
                id=id_,
                key=f"c{id_}",
                name=f"Competency {id_}",
                definition="",
                domain="",
                domain_id=1,
                framework_version_id=1,
            )
            for id_ in dict.fromkeys(i.competency_id for i in items if i.competency_id)
        },
        weighting=chance.choice((Weighting.GROUP, Weighting.RATER)),
    )


def _leader(chance: Random, asked: Asked, form: Questionnaire) -> tuple[Round, Round]:
    sizes = {group: chance.choice(tuple(n)) for group, n in MOST_PEOPLE.items()}
    first_people = [("self", 0)]
    for group, n in sizes.items():
        first_people += [(group, len(first_people) + i) for i in range(n)]
    first = _round(chance, asked, form, first_people, ())
    second = _round(chance, asked, form, _moved(chance, first_people), (first,))
    return first, second


def steady_leader(seed: int) -> tuple[Asked, Questionnaire, tuple[Round, ...]]:
    """One leader through three cycles in which nobody changes their mind."""
    chance = Random(seed)
    asked = _asked(chance)
    form = form_of(asked)
    people = [("self", 0)]
    for group, n in (("peer", chance.randint(3, 7)), ("direct", chance.randint(0, 6))):
        people += [(group, len(people) + i) for i in range(n)]
    said: dict[tuple[int, Key], int] = {}
    rounds: tuple[Round, ...] = ()
    for _ in range(3):
        rounds += (_round(chance, asked, form, people, rounds, said),)
        people = _moved(chance, people, fresh=100 * len(rounds))
    return asked, form, rounds


def _moved(
    chance: Random, people: Sequence[tuple[str, int]], fresh: int = 500
) -> list[tuple[str, int]]:
    """Nobody, one, or several leave and join; every third leader keeps everybody.

    Some change their group, and some leaders have another manager, who may have been a peer.
    """
    if chance.random() < 0.34:
        return list(people)
    people = [(_other_group(chance, group), person) for group, person in people]
    left = [one for one in people if one[0] == "self" or chance.random() < 0.8]
    for group in ("peer", "direct"):
        left += [(group, fresh + n) for n in range(chance.choice((0, 0, 1, 3)))]
        fresh += 10
    return left


def _other_group(chance: Random, group: str) -> str:
    changed = {"peer": ("direct", "stakeholder", "manager"), "manager": ("peer",)}.get(group, ())
    return chance.choice(changed) if changed and chance.random() < 0.1 else group


def _round(
    chance: Random,
    asked: Asked,
    form: Questionnaire,
    people: Sequence[tuple[str, int]],
    before: tuple[Round, ...],
    said: dict[tuple[int, Key], int] | None = None,
) -> Round:
    """What people send and what is made of it; `said` is what they always say, if they do."""
    beside, shift = _beside(before, asked), len(before) * _A_CYCLE
    missing = chance.choice((0.0, 0.0, 0.05, 0.3))
    raters = tuple(_rater(chance, form, group, person + shift, missing) for group, person in people)
    if said is not None:
        raters = tuple(_as_ever(chance, rater, said) for rater in raters)
    first = make_report(asked, _sent(chance, raters), beside)
    changed = _without_some(chance, raters)
    again = make_report(asked, _sent(chance, changed), replace(beside, shown=first.history))
    allowed = second_release_allowed(dict(first.history.cells), dict(again.history.cells), asked.k)
    return Round(
        raters=raters,
        editions=(first, again) if allowed else (first,),
        refused=not allowed,
    )


def _without_some(chance: Random, raters: Sequence[RaterAnswers]) -> list[RaterAnswers]:
    """What is left after erasures: of nobody, of single answers, of whole raters."""
    how = chance.choice(("nobody", "answers", "raters"))
    if how == "raters":
        return [one for one in raters if chance.random() < 0.85]
    if how == "answers":
        return [
            replace(one, answers=tuple(a for a in one.answers if chance.random() < 0.95))
            for one in raters
        ]
    return list(raters)


def _rater(
    chance: Random, form: Questionnaire, group: str, key: int, missing: float
) -> RaterAnswers:
    low = chance.random() < 0.15
    answers = tuple(
        Answer(item_id=item, not_observed=True)
        if chance.random() < missing
        else Answer(item_id=item, score=1 if low else chance.randint(1, 5))
        for item in form.asked_ids
    )
    known = group in ("self", "manager")
    ids = [competency.competency_id for competency in form.competencies]
    return RaterAnswers(
        rater_key=key,
        group_key=group,
        answers=answers,
        matters_most=frozenset[Key](chance.sample(ids, 1))
        if known or chance.random() < 0.3
        else frozenset(),
        then=tuple(Answer(item_id=i, score=2) for i in form.item_ids) if group == "self" else (),
    )


def _as_ever(chance: Random, rater: RaterAnswers, said: dict[tuple[int, Key], int]) -> RaterAnswers:
    person = rater.rater_key % _A_CYCLE
    answers = tuple(
        answer
        if answer.score is None
        else replace(answer, score=said.setdefault((person, answer.item_id), chance.randint(1, 5)))
        for answer in rater.answers
    )
    return replace(rater, answers=answers)


def _sent(chance: Random, raters: Sequence[RaterAnswers]) -> Sent:
    asked: dict[str, int] = {}
    for rater in raters:
        asked[rater.group_key] = asked.get(rater.group_key, 0) + 1
    return Sent(
        raters=raters,
        comments=[
            Comment(rater_key=rater.rater_key, question_id=question.key, text=f"Says {n}")
            for n, rater in enumerate(raters)
            for question in QUESTIONS
            if chance.random() < 0.4
        ],
        invited=asked,
        answered=answered_by(raters),
    )


def answered_by(raters: Sequence[RaterAnswers]) -> dict[str, frozenset[str]]:
    """Who answered, by group, under an address that stays the same over cycles."""
    return {
        group.key: frozenset(
            f"{rater.rater_key % _A_CYCLE}@example.org"
            for rater in raters
            if rater.group_key == group.key
        )
        for group in GROUPS
    }


def _beside(before: Sequence[Round], asked: Asked) -> Beside:
    """The last edition of the cycle before to compare with, and all of them to be put beside."""
    if not before:
        return Beside()
    found, last = before[-1], before[-1].editions[-1]
    return Beside(
        earlier=EarlierReport(
            cycle="The one before",
            closed_on=date(2026, 3, 20),
            k=asked.k,
            release=last.report.release,
            turnout=_turnout(found, last),
        ),
        elsewhere=tuple(
            other_report(asked.k, _stored(made), _turnout(one, made))
            for one in before
            for made in one.editions
        ),
    )


def _turnout(found: Round, made: MadeReport) -> Turnout:
    return Turnout(cells=made.counted, answered=answered_by(found.raters))


def _stored(made: MadeReport) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(json.dumps(report_to_dict(made.report)))
    return stored
