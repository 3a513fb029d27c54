"""Files of xAPI statements: one, a list, what a record store answers, or one on each line."""

from __future__ import annotations

import json
from typing import Any

from ldtrack.exchange.limits import BROWSER, Limits
from ldtrack.exchange.problem import Unreadable


def statements_in(raw: bytes, *, limits: Limits = BROWSER) -> list[Any]:
    """The statements of a file, not looked at yet; raises `Unreadable` if there are none."""
    if len(raw) > limits.most_bytes:
        raise Unreadable(f"The file is larger than {limits.most_bytes // 1_000_000} MB.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not written in UTF-8.") from error
    if not text.strip():
        raise Unreadable("The file is empty.")
    found = _whole(text)
    if found is None:
        found = _by_line(text)
    if isinstance(found, dict) and isinstance(found.get("statements"), list):
        found = found["statements"]
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        raise Unreadable("The file holds no statements.")
    if len(found) > limits.most_rows:
        raise Unreadable(f"The file has more than {limits.most_rows:,} statements.")
    return found


def _whole(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
    except RecursionError as error:
        raise Unreadable("The file is nested too deeply.") from error


def _by_line(text: str) -> list[Any]:
    found = []
    for line, part in enumerate(text.split("\n"), start=1):
        if not part.strip():
            continue
        try:
            found.append(json.loads(part))
        except (ValueError, RecursionError) as error:
            raise Unreadable("This is not JSON.", line) from error
    return found
