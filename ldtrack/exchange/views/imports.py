"""The desks for people and completions: choose, match, look, say yes, follow, take back."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import current_actor, guard
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.exchange import queries
from ldtrack.exchange.columns import columns_of
from ldtrack.exchange.domain import LEAVERS_SHOWN, LOOK, ImportKind, ImportRow, ImportState
from ldtrack.exchange.export_csv import csv_file
from ldtrack.exchange.forms import (
    CompletionsUploadForm,
    ConfirmForm,
    ConfirmPeopleForm,
    LargeUploadForm,
    match_form,
)
from ldtrack.exchange.limits import LARGE
from ldtrack.exchange.service import carrying_out, keeping, looking
from ldtrack.exchange.views import exchange
from ldtrack.exchange.views.downloads import file_of
from ldtrack.exchange.views.progress import JOBS, progress_of
from ldtrack.outbox.service import ask
from ldtrack.ui.cleaning import clean_line
from ldtrack.ui.dates import count_of
from ldtrack.ui.lists import page_number
from ldtrack.ui.messages import tell
from ldtrack.ui.request import clock, commits, request_session

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class ImportDesk:
    """One kind of rows: its forms, the words for it and the page to which the rows belong."""

    kind: ImportKind
    title: str
    back: str
    upload: type[LargeUploadForm]
    confirm: type[ConfirmForm]
    shown: tuple[str, ...]
    """Headings of the first rows."""

    @property
    def one(self) -> str:
        """A word for a row."""
        return self.kind.one

    @property
    def many(self) -> str:
        """A word for several."""
        return self.kind.many

    def register(self, blueprint: Blueprint) -> None:
        """Give the kind its addresses."""
        here = f"/bring-in/{self.kind}"
        protect = guard(self.kind.action)
        for name, rule, view, methods in (
            ("choose", here, self._choose, ["GET", "POST"]),
            ("look", f"{here}/<id:run_id>", self._look, ["GET", "POST"]),
            ("match", f"{here}/<id:run_id>/columns", self._match, ["GET", "POST"]),
            ("go_on", f"{here}/<id:run_id>/go-on", self._go_on, ["POST"]),
            ("take_back", f"{here}/<id:run_id>/take-back", self._take_back, ["POST"]),
        ):
            endpoint = f"{name}_{self.kind}"
            guarded = protect(commits(_named(view, endpoint)))
            if name == "choose":
                guarded.most_bytes = LARGE.most_bytes  # type: ignore[attr-defined]  # read by the app
            blueprint.add_url_rule(rule, endpoint, guarded, methods=methods)
        for name, rule, view in (
            ("progress", f"{here}/<id:run_id>/progress", self._progress),
            ("problems", f"{here}/<id:run_id>/problems.csv", self._problems),
        ):
            endpoint = f"{name}_{self.kind}"
            blueprint.add_url_rule(rule, endpoint, protect(_named(view, endpoint)))

    def _choose(self) -> Any:
        form = self.upload()
        if form.validate_on_submit():
            run_id = keeping.begin(
                request_session(),
                current_actor(),
                self.kind,
                form.file.data.stream,
                name=clean_line((form.file.data.filename or "")[:300]),
                now=clock().now(),
                told=form.told(),
            )
            return self._look_at(run_id)
        page = render_template(f"exchange/choose_{self.kind}.html", form=form, desk=self)
        return page, 422 if form.errors else 200

    def _look(self, run_id: int) -> Any:
        run = self._found(run_id)
        if run.state is ImportState.UNMATCHED:
            return self._match(run_id)
        if run.state is not ImportState.LOOKED_AT:
            return self._shown(run)
        form = self.confirm()
        if form.validate_on_submit():
            try:
                return self._store(run, form)
            except RuleBroken as broken:
                form.refuse(broken.field or None, broken.message)
        session, pages = request_session(), -(-run.n_leavers // LEAVERS_SHOWN)
        number = min(page_number(), max(pages, 1))
        page = render_template(
            "exchange/import_look.html",
            form=form,
            desk=self,
            run=run,
            problems=queries.problems_of(session, run_id, most=MOST_SHOWN),
            leavers=queries.leavers_of(session, run_id, page=number) if run.n_leavers else [],
            number=number,
            pages=pages,
        )
        return page, 422 if form.is_submitted() else 200

    def _store(self, run: ImportRow, form: Any) -> Any:
        session, now = request_session(), clock().now()
        carrying_out.say_yes(
            session,
            current_actor(),
            run.id,
            skip_bad=form.skip_bad.data,
            leavers="leavers" in form and form.leavers.data,
            now=now,
            due_at=now,
        )
        if not run.is_small:
            return redirect(self._address(run.id), 303)
        carrying_out.go_on(lambda: nullcontext(session), run.id, now)
        done = self._found(run.id)
        tally, left = done.tally, f", {done.tally.gone:,} left" * bool(done.tally.gone)
        wait = f", {tally.waiting:,} to be matched" * bool(tally.waiting)
        tell(
            f"Stored: {tally.added:,} added, {tally.changed:,} changed, "
            f"{tally.unchanged:,} already here{left}{wait}.",
            undo_url=url_for(f"exchange.take_back_{self.kind}", run_id=run.id),
        )
        return redirect(url_for("courses.parked" if tally.waiting else self.back), 303)

    def _match(self, run_id: int) -> Any:
        run = self._found(run_id)
        if run.state not in (ImportState.UNMATCHED, ImportState.LOOKED_AT):
            raise NotVisible
        session = request_session()
        form = match_form(self.kind, run.columns)
        if form.validate_on_submit():
            chosen = {form[name].data: name for name in form.data if name in self._ours(form)}
            keeping.match_columns(
                session,
                current_actor(),
                run_id,
                {own: chosen.get(own, "") for own, _ in run.columns},
            )
            return self._look_at(run_id)
        page = render_template(
            "exchange/import_match.html",
            form=form,
            desk=self,
            run=run,
            names=self._ours(form),
            problems=queries.problems_of(session, run_id, most=1),
            needed=[
                column.name
                for column in columns_of(self.kind)
                if column.needed and column.name not in dict(run.columns)
            ],
        )
        return page, 422 if form.is_submitted() else 200

    def _ours(self, form: Any) -> list[str]:
        return [field.name for field in form if hasattr(field, "options")]

    def _look_at(self, run_id: int) -> Any:
        """Read it now if it is small, else leave it to a job."""
        session, now = request_session(), clock().now()
        if self._found(run_id).is_small:
            looking.look(lambda: nullcontext(session), run_id, now=now)
        else:
            ask(session, kind=LOOK, thing_id=run_id, due_at=now)
        return redirect(self._address(run_id), 303)

    def _go_on(self, run_id: int) -> Any:
        run = self._found(run_id)
        if run.state.is_under_way:
            ask(request_session(), kind=JOBS[run.state], thing_id=run_id, due_at=clock().now())
            tell("It goes on.")
        return redirect(self._address(run_id), 303)

    def _take_back(self, run_id: int) -> Any:
        session, now = request_session(), clock().now()
        run = self._found(run_id)
        try:
            carrying_out.take_back(session, current_actor(), run_id, now=now, due_at=now)
        except RuleBroken as broken:
            tell(broken.message, kind="problem")
            return redirect(self._address(run_id), 303)
        if not run.is_small:
            return redirect(self._address(run_id), 303)
        carrying_out.go_on(lambda: nullcontext(session), run_id, now)
        tell(self.taken_back(self._found(run_id)))
        return redirect(url_for(self.back), 303)

    def taken_back(self, run: ImportRow) -> str:
        """A sentence on what was taken back."""
        back, stayed = int(run.told.get("back", 0)), int(run.told.get("stayed", 0))
        also = ", with what they said about levels" * (self.kind is ImportKind.COMPLETIONS)
        left = f" {count_of(stayed, self.one, self.many)} stayed: something hangs on them."
        return f"{count_of(back, self.one, self.many)} taken back{also}.{left * bool(stayed)}"

    def _shown(self, run: ImportRow) -> Any:
        session = request_session()
        return render_template(
            "exchange/import_run.html",
            desk=self,
            run=run,
            progress=progress_of(session, run),
            problems=queries.problems_of(session, run.id, most=MOST_SHOWN),
        )

    def _progress(self, run_id: int) -> Any:
        run = self._found(run_id)
        answer = progress_of(request_session(), run)
        if not run.state.is_under_way or answer["state"] == "failed":
            answer["next_url"] = self._address(run_id)
        return jsonify(answer)

    def _problems(self, run_id: int) -> Any:
        run = self._found(run_id)
        rows = (
            (one.line, one.column, one.reason)
            for one in queries.problems_of(request_session(), run_id)
        )
        return file_of(csv_file(("line", "column", "problem"), rows), f"problems-{run.kind}.csv")

    def _found(self, run_id: int) -> ImportRow:
        return queries.import_of(
            request_session(), current_actor(), run_id, clock().now(), self.kind
        )

    def _address(self, run_id: int) -> str:
        return url_for(f"exchange.look_{self.kind}", run_id=run_id)


def _named(view: Any, name: str) -> Any:
    def answer(**values: Any) -> Any:
        return view(**values)

    answer.__name__ = name
    return answer


@exchange.get("/bring-in")
@guard(Action.WRITE_PERSON)
def imports() -> Any:
    """What was brought in lately, and what waits for a yes."""
    rows = queries.imports(request_session(), current_actor(), clock().now())
    return render_template("exchange/imports.html", runs=rows)


for _desk in (
    ImportDesk(
        kind=ImportKind.PEOPLE,
        title="Bring in people",
        back="people.directory",
        upload=LargeUploadForm,
        confirm=ConfirmPeopleForm,
        shown=("Line", "External id", "Name", "Mail", "Unit", "Reports to"),
    ),
    ImportDesk(
        kind=ImportKind.COMPLETIONS,
        title="Bring in completions",
        back="courses.catalogue",
        upload=CompletionsUploadForm,
        confirm=ConfirmForm,
        shown=("Line", "Who", "Course", "Completed", "Score"),
    ),
):
    _desk.register(exchange)
