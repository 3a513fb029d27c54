"""What to say when the database cannot do its work for a while, and the form to send once more."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import request

from ldtrack.db.trouble import Trouble

_SECRETS = frozenset({"password", "present", "code"})
"""Fields that are never put on a page again."""

_WHY = {
    Trouble.BUSY: "Something large is being stored at the moment",
    Trouble.FULL: "There is no room left to store anything",
    Trouble.AWAY: "The database cannot be reached at the moment",
}
_HELP = {
    Trouble.BUSY: "It should be over within a minute.",
    Trouble.FULL: "Please tell whoever looks after this server.",
    Trouble.AWAY: "If this goes on, please tell whoever looks after this server.",
}


@dataclass(frozen=True, kw_only=True)
class Passing:
    """The words of the page. `fields` are what was sent, to be sent again as it was."""

    sentence: str
    advice: str
    home_url: str
    home_label: str
    fields: tuple[tuple[str, str], ...] = field(default=())


def passing(trouble: Trouble) -> Passing:
    """The page for the present request: what was typed is not lost with it.

    It carries the same key against double storing, so sending again stores once even if the first
    attempt arrived after all.
    """
    here = request.full_path.rstrip("?")
    if request.method in ("GET", "HEAD"):
        return Passing(
            sentence=f"{_WHY[trouble]}, so this page cannot be shown.",
            advice=_HELP[trouble],
            home_url=here,
            home_label="Try again",
        )
    fields = _sent()
    again = " What you typed is kept on this page: send it again from here." if fields else ""
    has_page = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    return Passing(
        sentence=f"{_WHY[trouble]}, so nothing of this is stored yet.",
        advice=f"{_HELP[trouble]}{again}",
        home_url=here if has_page else f"{request.script_root}/",
        home_label="Open the form again" if has_page else "Go to the start page",
        fields=fields,
    )


def _sent() -> tuple[tuple[str, str], ...]:
    fields = tuple(request.form.items(multi=True))
    if request.files or any(name in _SECRETS for name, _ in fields):
        return ()
    return fields
