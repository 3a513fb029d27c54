"""Each sample is printed once for all tests of what came out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ldtrack.reviews.domain.document import ReviewDocument
from ldtrack.reviews.domain.kinds import Paper
from ldtrack.reviews.paper import Consent, html_of
from ldtrack.reviews.pdf import Bounds, pdf_of
from tests.print import samples

SAMPLES: dict[str, Callable[[], ReviewDocument]] = {
    "full": samples.full,
    "letter": lambda: samples.full(paper=Paper.LETTER),
    "no comments": lambda: samples.full(0),
    "200 comments": lambda: samples.full(200),
    "sparse": samples.sparse,
    "sponsor": samples.sponsor,
    "other scripts": samples.in_other_scripts,
    "long names": samples.long_names,
}
CONSENT = {"sponsor": Consent(agreed_on=date(2026, 11, 22), note="Please open a door.")}


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A sample, its HTML and where its PDF lies."""

    name: str
    html: str
    path: Path


Print = Callable[[str], Printed]


@pytest.fixture(scope="session")
def printing(tmp_path_factory: pytest.TempPathFactory) -> Print:
    """Prints a sample by its name."""
    folder = tmp_path_factory.mktemp("printed")

    @cache
    def print_it(name: str) -> Printed:
        html = html_of(SAMPLES[name](), CONSENT.get(name))
        path = folder / f"{name.replace(' ', '-')}.pdf"
        path.write_bytes(pdf_of(html, Bounds()))
        return Printed(name=name, html=html, path=path)

    return print_it
