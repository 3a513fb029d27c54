"""What is wrong with the answer to a form, as far as a program can tell from its page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from werkzeug.test import TestResponse

from ldtrack.ui.cleaning import clean_email, clean_line, clean_text
from tests.policy.forms import TYPED, FoundField, FoundForm, forms_on
from tests.policy.hostile import PRODUCT, SCRIPT, Attempt

_TRACES = ("Traceback", "sqlalchemy.exc", "jinja2.exceptions", "werkzeug.exceptions")
_SUMMARY = re.compile(r'<div class="error-summary".*?</div>', re.DOTALL)
_LEADS_TO = re.compile(r'href="#([^"]+)"')
_SAID = re.compile(r'id="([^"]+)-error"')
_SENTENCE = re.compile(r"<li>.*?[^<>\s].*?</li>", re.DOTALL)
_CHOSEN = {"select", "radio"}
_KEPT = TYPED | {"number", "decimal", "date", "time"}


def faults(answer: TestResponse) -> Iterator[str]:
    """What no answer may do, whatever was sent."""
    # A spreadsheet is no text.
    page = answer.get_data().decode(errors="replace")
    if answer.status_code >= 500:
        yield f"answers {answer.status_code}"
    if any(trace in page for trace in _TRACES):
        yield "shows a trace"
    if answer.mimetype == "text/html" and SCRIPT in page:
        yield "repeats markup as it was typed"
    if PRODUCT in page:
        yield "works a template out"


def faults_of_refusal(answer: TestResponse, form: FoundForm, attempt: Attempt) -> Iterator[str]:
    """What the page of a refused form lacks: what was typed, or a sentence where it belongs."""
    page = answer.get_data(as_text=True)
    summary = _SUMMARY.search(page)
    if summary is None or not _SENTENCE.search(summary[0]):
        yield "is refused without a summary"
        return
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    led_to = set(_LEADS_TO.findall(summary[0]))
    if lost := led_to - ids:
        yield f"has a summary that leads to {sorted(lost)}, which are not there"
    at_fields = {_field(id_) for id_ in _SAID.findall(page)}
    if unnamed := at_fields - {_field(id_) for id_ in led_to}:
        yield f"has a summary without {sorted(unnamed)}"
    if silent := {_field(id_) for id_ in led_to} - at_fields:
        yield f"says nothing at {sorted(silent)}"
    yield from _lost(page, form, attempt)


def _lost(page: str, form: FoundForm, attempt: Attempt) -> Iterator[str]:
    """The fields that do not hold any more what was typed."""
    again = next(
        (one for one in forms_on(page, form.action) if one.fields.keys() >= form.fields.keys()),
        None,
    )
    if again is None:
        yield "is refused by a page without the form"
        return
    for name, one in form.fields.items():
        if name in attempt.sent and not _is_kept(one, again.fields[name].value, attempt):
            yield f"forgets what was given as {name}"


def _is_kept(one: FoundField, shown: str, attempt: Attempt) -> bool:
    sent = attempt.sent.get(one.name, "")
    if one.kind in _KEPT and isinstance(sent, str):
        return _plain(shown) in {_plain(text) for text in _forms_of(sent)}
    # A choice that is not on offer cannot be shown as chosen.
    return one.kind not in _CHOSEN or one.name in attempt.bad or shown == sent


def _forms_of(sent: str) -> tuple[str, ...]:
    return sent, clean_line(sent), clean_text(sent), clean_email(sent)


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", "").replace("\ufffd", "").split())


def _field(id_: str) -> str:
    return re.sub(r"-0$", "", id_)
