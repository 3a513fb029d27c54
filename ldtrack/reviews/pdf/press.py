"""WeasyPrint with its doors shut; runs in the child process alone."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Any, NoReturn

from weasyprint import CSS, HTML, svg
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from ldtrack.reviews.paper import HOME

SCHEME = "packaged:/"
_FONTS = HOME / "static" / "fonts"
_SHEET = HOME / "templates" / "reviews" / "document" / "review.css"


class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands out packaged fonts by name and images that the document carries itself."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """What the address names, or a refusal."""
        if url.startswith("data:image/"):
            return super().fetch(url, headers)
        name = url.removeprefix(SCHEME)
        if url.startswith(SCHEME) and name in _fonts():
            return URLFetcherResponse(url, _fonts()[name], {"Content-Type": "font/woff2"})
        _refuse()


class WholeText(str):
    """Words of a drawing that are laid out as one piece.

    WeasyPrint goes through the words of a drawing letter by letter, which tears apart scripts
    whose letters join, and those that run from right to left.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),))


def _draw_words(drawing: Any, node: Any, font_size: float) -> None:
    node._etree_node.text = WholeText(node.text or "")
    _LETTER_BY_LETTER(drawing, node, font_size)


_LETTER_BY_LETTER = svg.TAGS["text"]


def printed(html: str) -> bytes:
    """A tagged PDF of the document.

    The same font configuration goes to the sheets and to the pages, else the fonts are lost.
    Dates stand in the document, so nothing in the bytes depends on when it was printed.
    """
    fetcher = ClosedFetcher(allowed_protocols=("data",))
    fonts = FontConfiguration()
    sheets = [
        CSS(string=sheet, base_url=SCHEME, url_fetcher=fetcher, font_config=fonts)
        for sheet in (_faces(), _SHEET.read_text(encoding="utf-8"))
    ]
    svg.TAGS["text"] = svg.text = _draw_words
    gc.disable()
    made = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=sheets,
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        finisher=_name_every_letter,
    )
    return bytes(made)


def _name_every_letter(_document: Any, pdf: Any) -> None:
    """Letters that were joined with the one before are left without a character of their own.

    Readers of PDF/UA want one for each, so these get the joiner, which is nothing to see or hear.
    """
    for each in pdf.objects:
        parts = getattr(each, "stream", ())
        if any(isinstance(part, bytes) and b"beginbfchar" in part for part in parts):
            each.stream = [part.replace(b" <>", b" <200d>") for part in parts]


@cache
def _fonts() -> dict[str, bytes]:
    """Every packaged font by its folder and name."""
    return {str(file.relative_to(_FONTS)): file.read_bytes() for file in _FONTS.glob("*/*.woff2")}


def _faces() -> str:
    """The rules of the pages' own fonts, each with the full name of its file.

    A font comes in a file for each script. WeasyPrint takes files of one family and weight for
    one font and would mix up their letters, so that every script but Latin gets a family of its
    own; it is found all the same, by the name that the file itself bears.
    """
    return "\n".join(
        _RULE.sub(partial(_own_family, faces.parent.name), faces.read_text(encoding="utf-8"))
        for faces in sorted(_FONTS.glob("*/faces.css"))
    )


def _own_family(folder: str, rule: re.Match[str]) -> str:
    family, between, name, script = rule.groups()
    alone = script == "latin" or script in family.lower()
    own = family if alone else f"{family} {script}"
    return f"font-family: '{own}';{between}url({SCHEME}{folder}/{name})"


_SCRIPTS = "latin|latin-ext|cyrillic|cyrillic-ext|greek|greek-ext|vietnamese|arabic|hebrew"
_RULE = re.compile(
    r"font-family: '([^']+)';([^}]*?)"
    rf"url\(([a-z0-9-]*?-({_SCRIPTS})-\d+-[a-z]+\.woff2)\)"
)


def _refuse() -> NoReturn:
    raise ValueError("A review fetches nothing.")
