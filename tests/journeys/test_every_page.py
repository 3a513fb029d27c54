"""Every page that a role can reach by links: accessible, quiet and whole, however one looks."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.looking import faults_of, listen
from tests.journeys.people import sign_in, window
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_ENOUGH = 200
"""More kinds of pages than any role has."""

_NOT_PAGES = re.compile(r"\.(pdf|csv|ics|json)$|^/static/|/file$|/download$")
# Ids know no i, l, o and u; screens of a questionnaire are numbered. Behind the second are keys of
# frameworks, and words of raters' links.
_ID = re.compile(r"/(?:[0-9a-hjkmnp-tv-z]{12}|\d+)(?=/|$)")
_KEY = re.compile(r"(?<=/published/)[^/]+|(?<=^/[rp]/)[^/]+")


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """Kinds of pages that an earlier role saw: what another sees of them has the same layout."""
    return set()


@pytest.mark.parametrize("role", ["hr", "leader", "coach", "sponsor", "administrator"])
def test_every_page_is_accessible_and_quiet(
    browser: Browser, site: Site, role: str, looked_at: set[str]
) -> None:
    context = window(browser, site)
    page = context.new_page()
    faults = listen(page)
    sign_in(page, site, role)
    seen: Counter[str] = Counter()
    waiting = [urlsplit(page.url).path, "/"]
    while waiting:
        path = waiting.pop(0)
        if seen[_kind(path)]:
            continue
        seen[_kind(path)] += 1
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            faults.append(f"{path}: {answer.status if answer else 'no answer'}")
            continue
        waiting += _links(page)
        faults += faults_of(page, every_way=_kind(path) not in looked_at)
        looked_at.add(_kind(path))
    context.close()
    assert faults == []
    assert len(seen) < _ENOUGH


def _kind(path: str) -> str:
    """The address without what differs from thing to thing: one page of each kind is enough."""
    return _KEY.sub("*", _ID.sub("/*", path))


def _links(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(each => each.href)")
    here = urlsplit(page.url).netloc
    paths = (urlsplit(link).path for link in found if urlsplit(link).netloc == here)
    return [path for path in paths if not _NOT_PAGES.search(path)]
