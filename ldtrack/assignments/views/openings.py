"""Reading, posting and closing openings."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.assignments import pages, queries, service
from ldtrack.assignments.domain import DIMENSIONS, SCORE_WORDS, PostingRow
from ldtrack.assignments.forms import PostingForm, posting_form
from ldtrack.assignments.views import assignments
from ldtrack.competencies.queries import competencies_on_offer
from ldtrack.core.errors import RuleBroken
from ldtrack.people.queries import known_as, people_named
from ldtrack.ui.cleaning import clean_line
from ldtrack.ui.fields import Option
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@assignments.get("/assignments/openings")
@guard(Action.WRITE_POSTING)
def postings() -> Any:
    """HR's list of openings, with the applications that wait."""
    page = pages.openings_page(
        request_session(),
        current_actor(),
        clock().today(),
        search=clean_line(request.args.get("q", "")[:200]),
        page=page_number(),
    )
    return render_template("assignments/postings.html", page=page)


@assignments.get("/assignments/openings/<id:posting_id>")
@guard(Action.READ_POSTING)
def posting(posting_id: int) -> Any:
    """One opening."""
    page = pages.opening_page(request_session(), current_actor(), posting_id, clock().today())
    return render_template(
        "assignments/posting.html",
        page=page,
        posting=page.posting,
        dimensions=DIMENSIONS,
        score_words=SCORE_WORDS,
    )


@assignments.route("/assignments/openings/new", methods=["GET", "POST"])
@guard(Action.WRITE_POSTING)
@commits
def new_posting() -> Any:
    """Post an opening."""
    return _write(None)


@assignments.route("/assignments/openings/<id:posting_id>/change", methods=["GET", "POST"])
@guard(Action.WRITE_POSTING)
@commits
def change_posting(posting_id: int) -> Any:
    """Change an opening."""
    return _write(queries.posting(request_session(), current_actor(), posting_id))


@assignments.post("/assignments/openings/<id:posting_id>/close")
@guard(Action.WRITE_POSTING)
@commits
def close_posting(posting_id: int) -> Any:
    """Take no more applications."""
    service.close_opening(request_session(), current_actor(), posting_id, now=clock().now())
    tell(
        "The opening takes no more applications.",
        undo_url=url_for("assignments.reopen_posting", posting_id=posting_id),
    )
    return redirect(url_for("assignments.posting", posting_id=posting_id), 303)


@assignments.post("/assignments/openings/<id:posting_id>/reopen")
@guard(Action.WRITE_POSTING)
@commits
def reopen_posting(posting_id: int) -> Any:
    """Take applications again."""
    service.reopen_opening(request_session(), current_actor(), posting_id)
    tell("The opening takes applications again.")
    return redirect(url_for("assignments.posting", posting_id=posting_id), 303)


def page_number() -> int:
    """The page that the address asks for; the first one if it asks for nonsense."""
    typed = request.args.get("page", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 7 else 1


def _write(before: PostingRow | None) -> Any:
    session = request_session()
    form = _form(before)
    kept = {one.competency_id for one in before.develops} if before else set()
    form.offer(
        [
            Option(id=row.id, label=row.name, group=group)
            for row, group in competencies_on_offer(session, kept)
        ]
    )
    if form.validate_on_submit():
        try:
            posting_id = _store(form, before)
        except RuleBroken as broken:
            field = {"owner_id": "owner", "sponsor_id": "sponsor", "develops": None}
            form.refuse(field.get(broken.field, broken.field), broken.message)
        else:
            tell("The opening is changed." if before else "The opening is posted.")
            return redirect(url_for("assignments.posting", posting_id=posting_id), 303)
    page = render_template("assignments/write.html", form=form, posting=before)
    return page, 422 if form.is_submitted() else 200


def _form(before: PostingRow | None) -> PostingForm:
    if before is None:
        return posting_form(None)
    named = people_named(request_session(), before.answerable)
    sponsor = named[before.sponsor_id].email if before.sponsor_id else ""
    return posting_form(before, owner=named[before.owner_id].email, sponsor=sponsor)


def _store(form: PostingForm, before: PostingRow | None) -> int:
    session, actor, now = request_session(), current_actor(), clock().now()
    found = {}
    for field in ("owner", "sponsor"):
        person_id = known_as(session, form[field].data)
        if person_id is None:
            raise RuleBroken(field, "There is nobody with this mail address or staff id.")
        found[f"{field}_id"] = person_id
    command = form.command(**found)
    if before is None:
        return service.post_opening(session, actor, command, now=now)
    service.change_opening(session, actor, before.id, command, now=now)
    return before.id
