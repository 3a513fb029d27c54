"""Pages of the journal."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core import ids
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.reflection import pages, queries, service
from ldtrack.reflection.domain.journal import Prompt
from ldtrack.reflection.forms import (
    EntryForm,
    RhythmForm,
    entry_form,
    prompt_called,
    rhythm_data,
)
from ldtrack.reflection.views import reflection
from ldtrack.reflection.views.asking import about_asked
from ldtrack.ui.lists import page_number
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session


@reflection.route("/journal", methods=["GET", "POST"])
@guard(Action.WRITE_REFLECTION)
@commits
def journal() -> Any:
    """Write in one box; what was written before stands below."""
    session, actor, now = request_session(), current_actor(), clock().now()
    page = pages.journal_page(
        session,
        actor,
        now.date(),
        page=page_number(),
        prompt=prompt_called(request.args.get("prompt", "")),
        about=about_asked(),
        step_id=_id_called("step"),
        competency_id=_id_called("competency"),
    )
    form = entry_form(_begins_with(page), page.writing.readers, page.writing.competencies)
    if form.validate_on_submit():
        try:
            service.write(session, actor, form.command(step_id=page.step_id), now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Your entry is kept.")
            return redirect(url_for("reflection.journal"), 303)
    shown = render_template("reflection/journal.html", page=page, form=form, prompts=list(Prompt))
    return shown, 422 if form.is_submitted() else 200


@reflection.post("/journal/draft")
@guard(Action.WRITE_REFLECTION)
@commits
def keep_draft() -> Any:
    """Keep what was typed so far; the page asks for this by itself."""
    form = EntryForm()
    # What is ticked is no draft: nobody is let in before the entry is kept.
    del form.readers, form.competencies
    if not form.validate():
        return "", 422
    service.keep_draft(request_session(), current_actor(), form.draft())
    return "", 204


@reflection.route("/journal/rhythm", methods=["GET", "POST"])
@guard(Action.WRITE_REFLECTION)
@commits
def rhythm() -> Any:
    """How often one wants to write, and whether the coach sees how often one does."""
    session, actor, today = request_session(), current_actor(), clock().today()
    kept = queries.rhythm(session, actor, actor.person_id or 0, today)
    if kept is None:
        raise NotVisible
    form = RhythmForm(data=rhythm_data(kept.every, shown=kept.shown))
    if form.validate_on_submit():
        weeks = form.chosen_weeks()
        service.set_rhythm(session, actor, weeks=weeks, shown=form.shown.data, today=today)
        tell("Your rhythm is kept.")
        return redirect(url_for("reflection.journal"), 303)
    shown = render_template("reflection/rhythm.html", form=form)
    return shown, 422 if form.is_submitted() else 200


@reflection.route("/journal/<id:entry_id>", methods=["GET", "POST"])
@guard(Action.WRITE_REFLECTION)
@commits
def entry(entry_id: int) -> Any:
    """Change one's own entry and who may read it."""
    session, actor, now = request_session(), current_actor(), clock().now()
    row = queries.entry(session, actor, entry_id)
    if row.author_id != actor.person_id:
        raise NotVisible
    writing = pages.writing_of(session, actor, now.date(), row.competency_ids)
    begun = {
        "body": row.body,
        "about": row.about,
        "prompt": row.prompt.value,
        "readers": row.reader_ids,
        "competencies": row.competency_ids,
    }
    form = entry_form(begun, writing.readers, writing.competencies)
    if form.validate_on_submit():
        try:
            service.rewrite(session, actor, entry_id, form.command(step_id=row.step_id), now=now)
        except RuleBroken as broken:
            form.refuse(broken.field, broken.message)
        else:
            tell("Your entry is changed.")
            return redirect(url_for("reflection.journal"), 303)
    shown = render_template("reflection/entry.html", row=row, form=form)
    return shown, 422 if form.is_submitted() else 200


@reflection.post("/journal/<id:entry_id>/share")
@guard(Action.WRITE_REFLECTION)
@commits
def share(entry_id: int) -> Any:
    """Let one's coach read an entry."""
    service.share(request_session(), current_actor(), entry_id, now=clock().now())
    undo = url_for("reflection.stop_sharing", entry_id=entry_id)
    tell("Your coach can read this entry now.", undo_url=undo)
    return redirect(url_for("reflection.journal"), 303)


@reflection.post("/journal/<id:entry_id>/stop-sharing")
@guard(Action.WRITE_REFLECTION)
@commits
def stop_sharing(entry_id: int) -> Any:
    """Take an entry back from everybody it was shared with."""
    service.stop_sharing(request_session(), current_actor(), entry_id)
    tell("Only you can read this entry now.")
    return redirect(url_for("reflection.journal"), 303)


@reflection.post("/journal/<id:entry_id>/delete")
@guard(Action.WRITE_REFLECTION)
@commits
def delete(entry_id: int) -> Any:
    """Delete an entry; for ten minutes it can be brought back."""
    service.remove(request_session(), current_actor(), entry_id, now=clock().now())
    undo = url_for("reflection.bring_back", entry_id=entry_id)
    tell("The entry is deleted. You have ten minutes to bring it back.", undo_url=undo)
    return redirect(url_for("reflection.journal"), 303)


@reflection.post("/journal/<id:entry_id>/bring-back")
@guard(Action.WRITE_REFLECTION)
@commits
def bring_back(entry_id: int) -> Any:
    """Undo a deletion."""
    service.bring_back(request_session(), current_actor(), entry_id, now=clock().now())
    tell("The entry is back.")
    return redirect(url_for("reflection.journal"), 303)


@reflection.get("/people/<id:person_id>/journal")
@guard(Action.READ_REFLECTION)
def shared_with_me(person_id: int) -> Any:
    """What a leader shared with the coach, sponsor or peer who reads."""
    page = pages.shared_page(
        request_session(), current_actor(), person_id, clock().today(), page=page_number()
    )
    return render_template("reflection/shared_with_me.html", page=page, leader_id=person_id)


@reflection.post("/journal/file")
@guard(Action.WRITE_REFLECTION)
@commits
def own_file() -> Any:
    """One's own journal and takeaways, as a file for oneself."""
    session, actor = request_session(), current_actor()
    record = pages.own_record(session, actor, now=clock().now())
    service.note_own_file(session, actor, now=clock().now())
    answer = Response(
        json.dumps(record, ensure_ascii=False, indent=2) + "\n", content_type="application/json"
    )
    name = f"my-journal-{clock().today().isoformat()}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _id_called(name: str) -> int | None:
    typed = request.args.get(name)
    if typed is None:
        return None
    try:
        return ids.decode(typed)
    except ValueError:
        raise NotVisible from None


def _begins_with(page: pages.JournalPage) -> dict[str, Any]:
    return {
        "body": page.begun.body,
        "about": page.begun.about,
        "prompt": page.begun.prompt.value,
        "competencies": () if page.competency is None else (page.competency.id,),
    }
