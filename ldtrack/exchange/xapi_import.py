"""Bringing statements in from a file; those that nobody understands yet are parked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.courses.service.statements import compare_statements, take_statements
from ldtrack.exchange.limits import BROWSER, CONSOLE, Limits
from ldtrack.exchange.operator import operator_of
from ldtrack.exchange.problem import Unreadable
from ldtrack.exchange.report import Report
from ldtrack.exchange.xapi import ParsedStatements, parse_statements
from ldtrack.exchange.xapi_file import statements_in
from ldtrack.ui.dates import count_of


def import_file(
    session: Session,
    actor: Actor | None,
    raw: bytes,
    *,
    skip_bad: bool,
    now: datetime,
    limits: Limits = CONSOLE,
) -> Report:
    """Keep the statements of a file, all or nothing unless bad ones are to be skipped.

    Without an actor it is the console's operator who acts. Doing it again changes nothing.
    """
    actor = actor or operator_of(session)
    parsed = _parsed(raw, now, limits)
    if not (parsed.rows or parsed.voided) or (parsed.problems and not skip_bad):
        return _report(session, actor, parsed)
    done = take_statements(session, actor, parsed.rows, parsed.voided, source="a file", now=now)
    note(
        session,
        account_id=actor.account_id,
        action=Action.RECORD_COMPLETION.value,
        thing="statements_import",
        happened_at=now,
        reason=f"{done.new} added, {done.known} known, {done.parked} parked",
    )
    session.flush()
    notes = _notes(parsed)
    if done.parked:
        some = count_of(done.parked, "statement waits", "statements wait")
        notes.append(f"{some} until you say what or whom it is about.")
    if done.voided:
        notes.append(f"Taken back: {count_of(done.voided, 'earlier statement')}.")
    return Report(
        added=done.new,
        unchanged=done.known,
        skipped=parsed.skipped,
        problems=tuple(parsed.problems),
        notes=tuple(notes),
        stored=True,
    )


def look_at(
    session: Session, actor: Actor, raw: bytes, *, now: datetime, limits: Limits = BROWSER
) -> tuple[Report, ParsedStatements]:
    """What importing the file would do; nothing is stored."""
    parsed = _parsed(raw, now, limits)
    return _report(session, actor, parsed), parsed


def _parsed(raw: bytes, now: datetime, limits: Limits) -> ParsedStatements:
    try:
        return parse_statements(statements_in(raw, limits=limits), now=now)
    except Unreadable as error:
        return ParsedStatements(problems=[error.problem])


def _report(session: Session, actor: Actor, parsed: ParsedStatements) -> Report:
    would = compare_statements(session, actor, parsed.rows)
    notes = _notes(parsed)
    if would.parked:
        some = count_of(would.parked, "statement")
        notes.append(f"{some} will wait until you say what or whom it is about.")
    return Report(
        added=would.new,
        unchanged=would.known,
        skipped=parsed.skipped,
        problems=tuple(parsed.problems),
        notes=tuple(notes),
    )


def _notes(parsed: ParsedStatements) -> list[str]:
    if not parsed.skipped:
        return []
    some = count_of(parsed.skipped, "statement says", "statements say")
    return [f"Left out: {some} nothing about a completion."]
