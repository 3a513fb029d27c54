"""The form of each kind of screen, and what becomes of it when it was filled in."""

from __future__ import annotations

from ldtrack.feedback import service
from ldtrack.feedback.domain.asked import QuestionnaireRow
from ldtrack.feedback.domain.phrases import ENGLISH, Phrases
from ldtrack.feedback.domain.steps import Step, StepKind
from ldtrack.feedback.domain.wording import Wording
from ldtrack.feedback.forms.answering import (
    CommentsForm,
    MattersMostForm,
    ScoresForm,
    comments_form,
    matters_most_form,
    scores_form,
)
from ldtrack.feedback.queries.answering import FilledIn, OpenInvitation
from ldtrack.feedback.views.surroundings import now
from ldtrack.ui.fields import Option
from ldtrack.ui.request import request_session

AnyForm = ScoresForm | MattersMostForm | CommentsForm


def form_of(
    step: Step, wording: Wording, filled: FilledIn, *, may_choose: bool, said: Phrases = ENGLISH
) -> AnyForm:
    """The screen's form, filled with what was given; `may_choose` how comments are shared."""
    form = wording.form
    if step.kind is StepKind.WORDS:
        return comments_form(form.questions, filled.comments, may_choose=may_choose, said=said)
    if step.kind is StepKind.IMPORTANCE:
        named = {row.id: row for row in wording.competencies}
        options = [
            Option(
                id=id_,
                label=named[id_].name if id_ in named else "",
                note=named[id_].definition if id_ in named else "",
            )
            for id_ in form.competency_ids
        ]
        return matters_most_form(options, filled.matters_most, said=said)
    items = [item for item in form.items if item.id in {one.id for one in step.items}]
    given = filled.then if step.kind is StepKind.THEN else filled.scores
    words = wording.habit_words if step.kind is StepKind.DERAILERS else form.words
    return scores_form(
        form, items, given, words=words, not_observed=wording.not_observed, said=said
    )


def save(
    asked: OpenInvitation,
    form: QuestionnaireRow,
    step: Step,
    sent: AnyForm,
    *,
    seen: int | None = None,
) -> None:
    """Store what was chosen or written; raises `RuleBroken` for more than was offered.

    A page that saves by itself gives the turn that it has `seen`.
    """
    session = request_session()
    if isinstance(sent, CommentsForm):
        comments = sent.comments(form.questions)
        service.save_comments(session, asked, form, comments, now=now(), seen=seen)
    elif isinstance(sent, MattersMostForm):
        chosen = sent.competencies.data
        service.save_matters_most(session, asked, form, chosen, now=now(), seen=seen)
    else:
        keep = service.save_then if step.kind is StepKind.THEN else service.save_scores
        scores, items = sent.scores(step.items), [item.id for item in step.items]
        keep(session, asked, form, scores, items=items, now=now(), seen=seen)
