"""One place that turns what went wrong into an answer: a page, or JSON for those who ask for it."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from ldtrack.app.passing import passing
from ldtrack.app.same_person.address import address_now
from ldtrack.core.errors import (
    Conflict,
    LdtrackError,
    NotAllowed,
    NotSignedIn,
    NotVisible,
    RuleBroken,
    SealedShut,
)
from ldtrack.db.trouble import trouble_of
from ldtrack.ui.request import asks_for_json, close_request_session

log = logging.getLogger("ldtrack")

_STATUS: dict[type[LdtrackError], int] = {
    NotSignedIn: 401,
    NotVisible: 404,
    NotAllowed: 403,
    Conflict: 409,
    RuleBroken: 422,
    SealedShut: 503,
}
_SENTENCES = {
    400: "That request could not be understood.",
    404: "There is nothing here that you can see.",
    405: "This address cannot be used in that way.",
    413: "That is more than this page takes in at once.",
    429: "That was too often. Wait a little, then try again.",
}
_SORRY = "Something went wrong on our side. Nothing you had saved is lost."


def register(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(LdtrackError, _ours)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _ours(error: LdtrackError) -> Any:
    if isinstance(error, NotVisible) and (address := address_now()):
        return redirect(address, 301)
    return _answer(_STATUS.get(type(error), 400), error.message)


def _stale_form(_error: CSRFError) -> Response:
    sentence = "You signed in or out since this form was opened, so nothing is stored yet."
    if request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return _answer(400, sentence)
    return _answer(
        400,
        sentence,
        advice="Open the form again: what you typed is usually back in it. Then send it once more.",
        home_url=request.full_path.rstrip("?"),
        home_label="Open the form again",
    )


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    return _answer(error.code, _SENTENCES.get(error.code, error.description or _SORRY))


def _unexpected(error: Exception) -> Response:
    if trouble := trouble_of(error):
        # One line is enough: nothing is wrong with the program.
        log.warning("%s not answered: %s", request.method, trouble.value)
        close_request_session()
        words = passing(trouble)
        answer = _answer(
            503,
            words.sentence,
            advice=words.advice,
            home_url=words.home_url,
            home_label=words.home_label,
            again=words.fields,
        )
        answer.headers["Retry-After"] = "30"
        return answer
    log.exception("unexpected", exc_info=error)
    close_request_session()
    return _answer(500, _SORRY)


def _answer(status: int, sentence: str, **more: Any) -> Response:
    if asks_for_json():
        problem = jsonify(title=sentence, status=status)
        problem.content_type = "application/problem+json"
        problem.status_code = status
        return problem
    page = render_template("error.html", status=status, sentence=sentence, **more)
    return make_response(page, status)
