"""Forms as a browser finds them on a page, and how somebody with no bad intent fills them in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from ldtrack.ui.forms import fresh_key
from tests.infrastructure.organisation import PASSWORD
from tests.policy.files import good_file

KEY = "idempotency_key"
TYPED = frozenset({"text", "textarea", "email", "url", "search", "tel"})
_TODAY, _LATER = "2026-11-20", "2026-12-18"
_SOMEBODY = "E1012"
"""Peer 2 of the small organisation, who has no account and no part in anything."""
_KNOWN = {"/sign-in": {"email": "hana.rossi@example.org", "password": PASSWORD}}
"""What must be right at an address, where anything likely would not do."""
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_LINK = re.compile(r'<a [^>]*?href="(/[^"]*)"')
_PEOPLE = {"who", "owner", "peer", "sponsor", "manager", "person"}


@dataclass(kw_only=True)
class FoundField:
    """One name in a form, with what can be chosen and what stands there already."""

    name: str
    kind: str
    value: str = ""
    least: str = ""
    options: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class FoundForm:
    """A form that is sent by POST to `action`, and the page that shows it."""

    action: str
    page: str = ""
    is_quiet: bool = False
    """Sent by the page itself while somebody types, which shows only whether it was kept."""
    fields: dict[str, FoundField] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """The last word of the address that it is sent to."""
        return self.action.split("?")[0].rsplit("/", 1)[-1]

    @property
    def names(self) -> list[str]:
        """The fields that a person fills in."""
        return [name for name in self.fields if name not in {KEY, "csrf_token"}]

    @property
    def typed(self) -> frozenset[str]:
        """The fields that hold a person's own words."""
        return frozenset(name for name, one in self.fields.items() if one.kind in TYPED)

    @property
    def is_seen(self) -> bool:
        """Whether there is more to it than a button."""
        return not self.is_quiet and any(
            one.kind not in {"hidden", "button"} for one in self.fields.values()
        )


def forms_on(page: str, path: str) -> list[FoundForm]:
    """The forms of a page that stands at the path, and a form's quiet keeper if it has one."""
    reader = _Reader(path)
    for part in _FORM.findall(page):
        reader.feed(part)
    return reader.found


def links_on(page: str) -> list[str]:
    """The addresses of this site that a page leads to."""
    return [unescape(link) for link in _LINK.findall(page)]


def honest(form: FoundForm) -> dict[str, Any]:
    """What somebody might send: something in every field, and a key of its own."""
    sent = {name: _usual(one, form.about) for name, one in form.fields.items()}
    sent.pop("csrf_token", None)
    known = {**_KNOWN.get(form.action, {}), KEY: fresh_key()}
    return {name: value for name, value in sent.items() if value is not None} | known


def _usual(one: FoundField, about: str) -> Any:
    if one.kind == "checkbox":
        return None if "missed" in one.name or not one.options else one.options[0]
    if one.kind == "file":
        return good_file(about)
    if one.value or _is_further_line(one.name):
        return one.value
    if one.kind in {"radio", "select"}:
        return next((option for option in reversed(one.options) if option), "")
    return _typed(one)


def _is_further_line(name: str) -> bool:
    """Whether it stands in the second line of several, or a later one; those stay empty."""
    return any(part.isdigit() and int(part) > 0 for part in name.split("-"))


def _typed(one: FoundField) -> str:
    last = one.name.rsplit("-", 1)[-1]
    if one.kind == "password":
        return PASSWORD if last == "present" else "a quiet river at night"
    if one.kind == "date":
        return _LATER if last.startswith(("next", "ends", "closes", "due")) else _TODAY
    if one.kind in {"number", "decimal"}:
        return str(max(3, int(one.least or 3)))
    if one.kind == "email" or last == "email":
        return "somebody.new@example.org"
    return _SOMEBODY if last in _PEOPLE else "Plain words"


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.found: list[FoundForm] = []
        self._path = path
        self._open: list[FoundForm] = []
        self._selects: list[FoundField] = []
        self._texts: list[FoundField] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self._open = [FoundForm(action=said.get("action") or self._path, page=self._path)]
            if quiet := said.get("data-autosave-url"):
                self._open.append(FoundForm(action=quiet, page=self._path, is_quiet=True))
            self.found += self._open
        elif tag == "option":
            for one in self._selects:
                one.options.append(said.get("value", ""))
                if "selected" in said:
                    one.value = said.get("value", "")
        elif tag in {"input", "select", "textarea", "button"} and said.get("name"):
            self._add(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = []
        elif tag == "select":
            self._selects = []
        elif tag == "textarea":
            self._texts = []

    def handle_data(self, data: str) -> None:
        for one in self._texts:
            one.value += data.strip()

    def _add(self, tag: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text") if tag == "input" else tag
        if said.get("inputmode") == "decimal":
            kind = "decimal"
        for form in self._open:
            one = form.fields.setdefault(
                said["name"], FoundField(name=said["name"], kind=kind, least=said.get("min", ""))
            )
            if kind in {"checkbox", "radio"}:
                one.options.append(said.get("value", ""))
                one.value = said.get("value", "") if "checked" in said else one.value
            elif kind != "textarea":
                one.value = said.get("value", "")
            if tag == "select":
                self._selects.append(one)
            elif tag == "textarea":
                self._texts.append(one)
