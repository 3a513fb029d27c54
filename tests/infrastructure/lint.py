"""What is wrong with a page, as far as a program can tell from its HTML."""

from __future__ import annotations

import html5lib
from html5lib.constants import E as SENTENCES

_HTML = "{http://www.w3.org/1999/xhtml}"
_TYPED = {"input", "select", "textarea"}
_SILENT = {"hidden", "submit", "button"}


def problems_of(page: str) -> list[str]:
    """Sentences about the page's faults; none for a good page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree = parser.parse(page)
    found = [
        f"line {position[0]}: {SENTENCES[code] % details}"
        for position, code, details in parser.errors
    ]
    elements = list(tree.iter())
    found += _heading(elements, _HTML)
    found += _ids(elements)
    found += _labels(elements, _HTML)
    found += _inline(elements, _HTML)
    return found


def _heading(elements: list, html: str) -> list[str]:  # type: ignore[type-arg]  # html5lib has no types
    count = sum(element.tag == html + "h1" for element in elements)
    titles = ["".join(e.itertext()) for e in elements if e.tag == html + "title"]
    problems = [] if count == 1 else [f"{count} h1 elements"]
    return problems + ([] if titles and titles[0].strip() else ["no title"])


def _ids(elements: list) -> list[str]:  # type: ignore[type-arg]  # html5lib has no types
    seen: set[str] = set()
    twice = []
    for element in elements:
        name = element.get("id")
        if name is not None and name in seen:
            twice.append(f"id {name!r} twice")
        seen.add(name)
    return twice


def _labels(elements: list, html: str) -> list[str]:  # type: ignore[type-arg]  # html5lib has no types
    labelled = {element.get("for") for element in elements if element.tag == html + "label"}
    wrapped = {
        id(inner)
        for element in elements
        if element.tag == html + "label"
        for inner in element.iter()
    }
    return [
        f"no label for {element.get('name')!r}"
        for element in elements
        if str(element.tag).removeprefix(html) in _TYPED
        and element.get("type") not in _SILENT
        and element.get("id") not in labelled
        and id(element) not in wrapped
        and not element.get("aria-label")
        and not element.get("aria-labelledby")
    ]


def _inline(elements: list, html: str) -> list[str]:  # type: ignore[type-arg]  # html5lib has no types
    problems = [f"style attribute on {e.tag}" for e in elements if e.get("style")]
    problems += [
        "inline script"
        for e in elements
        if e.tag == html + "script" and not e.get("src") and e.get("type") != "application/json"
    ]
    problems += ["inline style" for e in elements if e.tag == html + "style"]
    problems += [
        f"handler {name} on {e.tag}" for e in elements for name in e.attrib if name.startswith("on")
    ]
    return problems
