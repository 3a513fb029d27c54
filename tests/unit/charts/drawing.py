"""Reads an SVG back: its parts by kind, and the points of a path."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from ldtrack.charts.series import Chart
from ldtrack.charts.svg import to_svg

Element = ElementTree.Element


def parsed(chart: Chart, *, width: int = 0, height: int = 0, for_print: bool = False) -> Element:
    """The drawing's root; raises ParseError unless it is well-formed XML."""
    return ElementTree.fromstring(to_svg(chart, width=width, height=height, for_print=for_print))


def path(svg: Element, kind: str) -> str:
    """The outline of everything of one kind, empty where none is drawn."""
    return "".join(part.get("d", "") for part in svg.findall(f"path[@class='{kind}']"))


def outline(svg: Element, kind: str) -> list[tuple[float, float]]:
    """The corners of a path made of straight lines."""
    pairs = re.findall(r"[ML]([\d.-]+) ([\d.-]+)", path(svg, kind))
    return [(float(x), float(y)) for x, y in pairs]


def words(svg: Element) -> list[str]:
    return [part.text or "" for part in svg.findall("text")]
