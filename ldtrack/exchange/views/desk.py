"""What the pages for each kind of table share: choose a file, look at what it would do, say yes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from ldtrack.access.actions import Action
from ldtrack.access.guard import guard
from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.forms import ConfirmForm, UploadForm
from ldtrack.exchange.report import Report
from ldtrack.exchange.uploads import Kept
from ldtrack.exchange.views.kept import find, keep, uploads
from ldtrack.ui.messages import tell
from ldtrack.ui.request import commits

MOST_SHOWN = 200
FIRST_ROWS = 20


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a file would do, with its first good rows as they were understood."""

    report: Report
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


class Desk(ABC):
    """One kind of table: how it is asked for, looked at and stored."""

    kind: str
    action: Action
    title: str
    one: str
    many: str
    back: str
    """Endpoint of the page to which the rows belong."""
    may_skip = True
    form: type[UploadForm] = UploadForm

    def prepare(self, form: Any) -> Any:
        """The form with its options."""
        return form

    @abstractmethod
    def look(self, kept: Kept, raw: bytes) -> Preview:
        """What the file would do."""

    @abstractmethod
    def store(self, kept: Kept, raw: bytes, *, skip_bad: bool) -> Report:
        """Do it."""

    def register(self, blueprint: Blueprint) -> None:
        """Give the kind its addresses."""
        here = f"/bring-in/{self.kind}"
        protect = guard(self.action)
        for name, rule, view, methods in (
            ("choose", here, self._choose, ["GET", "POST"]),
            ("look", f"{here}/<token>", self._look, ["GET", "POST"]),
        ):
            endpoint = f"{name}_{self.kind}"

            def answer(view: Any = view, **values: Any) -> Any:
                return view(**values)

            answer.__name__ = endpoint
            blueprint.add_url_rule(rule, endpoint, protect(commits(answer)), methods=methods)

    def _choose(self) -> Any:
        form = self.prepare(self.form())
        if form.validate_on_submit():
            token = keep(form.file.data, kind=self.kind, told=form.told())
            return redirect(url_for(f"exchange.look_{self.kind}", token=token), 303)
        page = render_template(f"exchange/choose_{self.kind}.html", form=form, desk=self)
        return page, 422 if form.errors else 200

    def _look(self, token: str) -> Any:
        kept = find(token, self.kind)
        raw = uploads().raw(kept)
        form = ConfirmForm()
        if form.validate_on_submit():
            try:
                done = self.store(kept, raw, skip_bad=form.skip_bad.data)
            except RuleBroken as broken:
                form.refuse(None, broken.message)
            else:
                if done.stored:
                    return self._stored(done)
                form.refuse("skip_bad", "Nothing is stored: some lines have problems.")
        preview = self.look(kept, raw)
        page = render_template(
            "exchange/look.html",
            form=form,
            desk=self,
            kept=kept,
            preview=preview,
            report=preview.report,
            most_shown=MOST_SHOWN,
        )
        return page, 422 if form.is_submitted() else 200

    def _stored(self, done: Report) -> Any:
        tell(
            f"Stored: {done.added:,} added, {done.changed:,} changed, "
            f"{done.unchanged:,} already here."
        )
        return redirect(url_for(self.back), 303)
