"""A drawing turns interactive on request in a real browser, under the strictest policy we serve."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Environment, FileSystemLoader

from ldtrack.charts.figure import to_plotly
from ldtrack.charts.svg import to_svg
from tests.unit.charts.samples import AWARENESS, PROFILE, RATINGS, TRAJECTORY

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'"
)
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (e) => refused.push(e.violatedDirective));
"""
PAGE = """<!doctype html><html lang="en"><head><title>Charts</title>
{% from "components/chart.html" import chart_assets, chart_figure %}
<link rel="stylesheet" href="/static/css/components/chart.css">{{ chart_assets() }}</head><body>
{% for chart in charts %}
{{ chart_figure(to_svg(chart), to_plotly(chart), chart.rows(), chart.title) }}
{% endfor %}</body></html>"""


DIFFICULT = replace(
    AWARENESS, competencies=(replace(RATINGS[0], competency='it\'s <b>5 > 4</b> & "so"'),)
)


def page_of_charts() -> str:
    templates = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    templates.globals["url_for"] = lambda endpoint, filename: f"/{endpoint}/{filename}"
    return templates.from_string(PAGE).render(
        charts=(TRAJECTORY, PROFILE, DIFFICULT), to_svg=to_svg, to_plotly=to_plotly
    )


class Site(SimpleHTTPRequestHandler):
    """Serves one page and the static files with the policy on every answer."""

    page = b""

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    Site.page = page_of_charts().encode()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(ROOT)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(page: Page, site: str) -> Page:
    page.add_init_script(WATCH)
    page.goto(site)
    return page


def test_nothing_of_plotly_is_loaded_before_somebody_asks(page: Page, site: str) -> None:
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    opened(page, site).wait_for_load_state("networkidle")
    assert [url for url in asked_for if url.endswith("plotly-basic.min.js")] == []


def test_explore_draws_every_chart_without_breaking_the_policy(page: Page, site: str) -> None:
    opened(page, site)
    for figure in page.locator("figure").all():
        figure.get_by_role("button", name="Explore").click()
        figure.locator(".main-svg .legend").wait_for()
    assert page.locator(".chart-plot .main-svg .legend").count() == 3
    assert page.locator(".chart-drawing:visible").count() == 0
    assert page.evaluate("refused") == []


def test_the_rules_of_plotly_come_from_the_file_beside_it(page: Page, site: str) -> None:
    opened(page, site).get_by_role("button", name="Explore").first.click()
    bar = page.locator(".modebar").first
    bar.wait_for(state="attached")
    assert bar.evaluate("bar => getComputedStyle(bar).position") == "absolute"
    assert page.locator("style").count() == 0


def test_the_keyboard_opens_and_escape_brings_the_drawing_back(page: Page, site: str) -> None:
    opened(page, site)
    figure = page.locator("figure").first
    figure.get_by_role("button", name="Explore").focus()
    page.keyboard.press("Enter")
    figure.locator(".main-svg").first.wait_for()
    assert figure.get_by_role("button", name="Close").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    figure.locator(".chart-drawing").wait_for()
    assert figure.locator(".chart-plot").count() == 0
    assert figure.get_by_role("button", name="Explore").evaluate(
        "b => b === document.activeElement"
    )


def test_colours_follow_light_and_dark(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="light")
    opened(page, site)
    page.evaluate("document.documentElement.style.colorScheme = 'light dark'")
    from playwright.sync_api import expect

    page.get_by_role("button", name="Explore").first.click()
    line = page.locator(".scatterlayer .trace .js-line").last
    expect(line).to_have_css("stroke", "rgb(11, 93, 87)")
    page.emulate_media(color_scheme="dark")
    expect(line).to_have_css("stroke", "rgb(102, 202, 189)")


def test_where_plotly_cannot_be_loaded_the_drawing_stays_and_says_so(page: Page, site: str) -> None:
    page.route("**/plotly-basic.min.js", lambda route: route.abort())
    opened(page, site)
    figure = page.locator("figure").first
    figure.get_by_role("button", name="Explore").click()
    figure.get_by_text("could not be loaded").wait_for()
    assert figure.locator(".chart-drawing").is_visible()


def test_without_script_the_numbers_are_there_and_no_dead_button(page: Page, site: str) -> None:
    page.route("**/explore.js", lambda route: route.abort())
    opened(page, site)
    assert page.get_by_role("button", name="Explore").count() == 0
    page.get_by_text("Show the numbers").first.click()
    assert page.get_by_role("cell", name="Coaching: Milestone met").is_visible()


def test_user_text_survives_the_way_through_the_attribute(page: Page, site: str) -> None:
    opened(page, site)
    figure = page.locator("figure").last
    assert figure.evaluate("f => JSON.parse(f.dataset.figure)") == to_plotly(DIFFICULT)
    figure.get_by_role("button", name="Explore").click()
    named = figure.locator(".ytick text").first
    named.wait_for()
    assert named.text_content() == 'it\'s <b>5 > 4</b> & "so"'
