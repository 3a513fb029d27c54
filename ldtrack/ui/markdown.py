"""What authors write in Markdown, as HTML that can hold no script, no picture and no frame."""

from __future__ import annotations

from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_SCHEMES = frozenset({"http", "https", "mailto"})
_BELOW_THE_PAGE = 2
"""A page has one first heading and the section around a text a second one."""


def _leads_out(address: str) -> bool:
    try:
        return urlsplit(address).scheme in _SCHEMES
    except ValueError:
        return False


_parser = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "html_block", "html_inline", "entity", "reference"]
)
_parser.validateLink = _leads_out  # type: ignore[method-assign,assignment]  # its own way


def from_markdown(text: str) -> Markup:
    """The text as HTML. Tags and entities stay as typed; links lead to the web or to mail.

    >>> from_markdown("# Why\\n\\n<b>now</b>")
    Markup('<h3>Why</h3>\\n<p>&lt;b&gt;now&lt;/b&gt;</p>\\n')
    """
    tokens = _parser.parse(text)
    for token in tokens:
        _lower(token)
    # Everything that was typed is escaped by the renderer, because HTML is switched off.
    return Markup(_parser.renderer.render(tokens, _parser.options, {}))


def _lower(token: Token) -> None:
    if token.type in {"heading_open", "heading_close"}:
        level = int(token.tag.removeprefix("h")) + _BELOW_THE_PAGE
        token.tag = f"h{min(level, 6)}"
