"""The door for statements that other systems send (xAPI), with credentials and without cookies.

It takes statements and gives none out: whoever wants to read them asks the system they came from.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request

from ldtrack.access.actions import Action
from ldtrack.access.guard import guard
from ldtrack.core.errors import Conflict
from ldtrack.courses.service.statements import enter_source, for_source, take_statements
from ldtrack.exchange.views import xapi
from ldtrack.exchange.xapi import parse_statements
from ldtrack.people.queries import here
from ldtrack.ui.request import clock, commits, request_session

VERSIONS = ("1.0.3", "2.0.0")
MOST_BYTES = 2_000_000
MOST_STATEMENTS = 1_000


@xapi.after_request
def _say_version(answer: Response) -> Response:
    answer.headers["X-Experience-API-Version"] = _asked_version() or VERSIONS[0]
    return answer


@xapi.get("/about")
@guard(Action.OPEN_PAGE)
def about() -> Any:
    """Which versions are spoken; needs no credentials."""
    return jsonify(version=list(VERSIONS))


@xapi.post("/statements")
@guard(Action.POST_STATEMENT)
@commits
def post_statements() -> Any:
    """Take one statement or a list, all or none. The answer lists their ids."""
    return _taken(None)


@xapi.put("/statements")
@guard(Action.POST_STATEMENT)
@commits
def put_statement() -> Any:
    """Take one statement under the id in the address."""
    try:
        return _taken(str(UUID(request.args.get("statementId", ""))))
    except ValueError:
        return _refused(400, "Say in statementId which statement it is.")


def _taken(statement_id: str | None) -> Any:
    session, now = request_session(), clock().now()
    name, password = _credentials()
    source = enter_source(session, name, password, now=now)
    if source is None:
        answer = _refused(401, "These credentials are not valid here.")
        answer.headers["WWW-Authenticate"] = 'Basic realm="statements", charset="UTF-8"'
        return answer
    if source.too_often:
        answer = _refused(429, "That was too often. Send several statements in one request.")
        answer.headers["Retry-After"] = "60"
        return answer
    if _asked_version() is None:
        return _refused(400, "X-Experience-API-Version must be there, and be 1.0.x or 2.0.x.")
    raw = request.get_data(cache=False) if (request.content_length or 0) <= MOST_BYTES else None
    if raw is None or len(raw) > MOST_BYTES:
        return _refused(413, f"One request takes {MOST_BYTES // 1_000_000} MB at most.")
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return _refused(400, "This is not JSON.")
    if statement_id is not None and not isinstance(said, dict):
        return _refused(400, "One statement is put at a time.")
    statements = said if isinstance(said, list) else [said]
    if len(statements) > MOST_STATEMENTS:
        return _refused(413, f"One request takes {MOST_STATEMENTS:,} statements at most.")
    if (
        statement_id is not None
        and str(said.setdefault("id", statement_id)).lower() != statement_id
    ):
        return _refused(400, "The id of the statement is not the one in the address.")
    parsed = parse_statements(statements, now=now)
    if parsed.problems:
        return _refused(400, str(parsed.problems[0]))
    if len(set(parsed.ids)) < len(parsed.ids):
        return _refused(400, "Two statements of this request have one id.")
    actor, now = for_source(session, source.name), here(session, now)
    try:
        take_statements(session, actor, parsed.rows, parsed.voided, source=source.name, now=now)
    except Conflict as conflict:
        return _refused(409, conflict.message)
    return Response(status=204) if statement_id is not None else jsonify(parsed.ids)


def _credentials() -> tuple[str, str]:
    said = request.authorization
    if said is None or said.type != "basic":
        return "", ""
    return said.username or "", said.password or ""


def _asked_version() -> str | None:
    asked = request.headers.get("X-Experience-API-Version", "")
    return next((one for one in VERSIONS if asked.startswith(one[:3])), None)


def _refused(status: int, sentence: str) -> Response:
    answer = jsonify(title=sentence, status=status)
    answer.content_type = "application/problem+json"
    answer.status_code = status
    return answer
