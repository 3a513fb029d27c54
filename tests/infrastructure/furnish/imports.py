"""Files that were brought in: one to be matched, some that wait for a yes, one that is stored.

And lists that go out: one that is written, one that is asked for."""

from __future__ import annotations

from contextlib import nullcontext
from io import BytesIO

from sqlalchemy.orm import Session

from ldtrack.exchange.domain import ImportKind, ListFormat
from ldtrack.exchange.going_out import PEOPLE
from ldtrack.exchange.service import carrying_out, keeping, looking
from ldtrack.exchange.service.long_lists import ask_for_list, write_list
from ldtrack.people.queries import people_named
from tests.infrastructure.furnish.corner import Corner


def files(corner: Corner) -> None:
    """What HR has sent; nothing of it says anything about the leader."""
    known = people_named(corner.session, [corner.person("report_3")])[corner.person("report_3")]
    word, head = corner.word, "external_id,email,first_name"
    new = f"F-{word},{word}@files.example,{corner.mark('upload')}"
    _sent(corner, ImportKind.PEOPLE, f"staff,mail,given\n{new}\n")
    _sent(corner, ImportKind.PEOPLE, f"{head}\n{new}\nF-bad-{word},nobody,{word}\n")
    _sent(corner, ImportKind.COMPLETIONS, "external_id,course_code,completed_on\nF,NO,2026-01-15\n")
    same = f"{known.external_id},{known.email},{known.first_name}"
    stored = _sent(corner, ImportKind.PEOPLE, f"{head}\n{same}\n")
    carrying_out.say_yes(
        corner.session,
        corner.actor("hr"),
        stored,
        skip_bad=False,
        leavers=False,
        now=corner.now,
        due_at=corner.now,
    )
    carrying_out.go_on(lambda: _same(corner), stored, corner.now)


def long_lists(corner: Corner) -> None:
    """A spreadsheet that HR may take, and a list that no job has written yet."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    for format in ListFormat:
        list_id = ask_for_list(session, hr, PEOPLE, format, now=now)
        if format is ListFormat.XLSX:
            write_list(
                lambda: _same(corner),
                lambda: _same(corner),
                list_id,
                now=now,
                progress=lambda done, total: None,
            )


def _sent(corner: Corner, kind: ImportKind, text: str) -> int:
    run_id = keeping.begin(
        corner.session,
        corner.actor("hr"),
        kind,
        BytesIO(text.encode()),
        name=corner.mark("file"),
        now=corner.now,
    )
    looking.look(lambda: _same(corner), run_id, now=corner.now)
    return run_id


def _same(corner: Corner) -> nullcontext[Session]:
    return nullcontext(corner.session)
