"""The forms of takeaways: what one takes along, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ldtrack.reflection.domain.journal import MOST_ABOUT, Reader
from ldtrack.reflection.domain.takeaways import (
    MOST_LINE,
    MOST_TOLD,
    USUAL,
    TakeAlong,
    TakeawayKind,
    TakeawayRow,
    TakeawayState,
    TellTakeaway,
)
from ldtrack.reflection.forms.journal import reader_options
from ldtrack.ui.fields import (
    DayField,
    EnumField,
    LineField,
    Option,
    PickManyField,
    TextField,
    TickField,
)
from ldtrack.ui.forms import Form


class TakeawayForm(Form):
    """One line, what kind of thing it is, from what, when to look again and who may read it."""

    what = LineField("In one line", max_chars=MOST_LINE, required="Say in a line what it is.")
    kind = EnumField(
        "What it is",
        TakeawayKind,
        words={kind: kind.label for kind in TakeawayKind},
        radios=True,
        required="Choose one of these.",
    )
    about = LineField("From", max_chars=MOST_ABOUT)
    follow_up_on = DayField("Look again on")
    remind = TickField("Remind me on that day by mail")
    readers = PickManyField("Who else may read it")

    def command(self) -> TakeAlong:
        """What was typed."""
        return TakeAlong(
            kind=self.kind.data,
            what=self.what.data,
            about=self.about.data,
            follow_up_on=self.follow_up_on.data,
            remind=self.remind.data,
            reader_ids=tuple(self.readers.data),
        )


class ToldForm(Form):
    """What became of it, and what happened."""

    state = EnumField(
        "What became of it",
        TakeawayState,
        words={state: state.label for state in TakeawayState},
        radios=True,
        required="Choose one of these.",
    )
    told = TextField("What happened", max_chars=MOST_TOLD, rows=4)

    def command(self) -> TellTakeaway:
        """What was said."""
        return TellTakeaway(state=self.state.data, told=self.told.data)


def takeaway_form(data: dict[str, Any], readers: Iterable[Reader]) -> TakeawayForm:
    """The form, with whom the author could let read."""
    form = TakeawayForm(data=data)
    form.kind.options = [
        Option(id=kind, label=kind.label, note=kind.meaning) for kind in TakeawayKind
    ]
    form.readers.options = reader_options(readers)
    return form


def told_form(row: TakeawayRow) -> ToldForm:
    """The form, with what was told so far; that it is open can be said of what is not."""
    form = ToldForm(data={"state": None if row.is_open else row.state, "told": row.told})
    if row.is_open:
        form.state.options = [one for one in form.state.options if one.id is not TakeawayState.OPEN]
    return form


def begun_takeaway(about: str, kind: TakeawayKind | None, today: date) -> dict[str, Any]:
    """What a new one begins with."""
    return {"about": about, "kind": kind, "follow_up_on": today + USUAL, "remind": True}


def takeaway_data(row: TakeawayRow) -> dict[str, Any]:
    """What the form of one that is kept begins with."""
    return {
        "what": row.what,
        "kind": row.kind,
        "about": row.about,
        "follow_up_on": row.follow_up_on,
        "remind": row.remind,
        "readers": row.reader_ids,
    }


def kind_called(word: str) -> TakeawayKind | None:
    """The kind of that name; none if there is none."""
    return TakeawayKind(word) if word in list(TakeawayKind) else None
