"""What nobody should be able to do harm with: values for one field, and whole forms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from ldtrack.core.ids import encode
from ldtrack.ui.forms import fresh_key
from tests.policy.addresses import NOWHERE, Things
from tests.policy.forms import KEY, FoundForm, honest

SCRIPT = "<script>ldt7()</script>"
PRODUCT = "982007569"
"""What the template below would come to if anybody worked it out."""
VALUES = (
    "with a \x00 byte",
    "m" * 1_000_000,
    "\u202eevil \u200fمرحبا \U0001f469\u200d\U0001f467\U0001f3f3\ufe0f\u200d\U0001f308",
    f"\"'>{SCRIPT}<img src=x onerror=ldt7()>",
    "{{31337*31337}}${31337*31337}{%raw%}",
    str(10**30),
    "-1",
    "NaN",
    "1e999",
    "2026-02-29",
    "0000-13-45",
    "99999-01-01",
    "=cmd|' /C calc'!A0",
    "e" + "\u0301" * 20_000,
    "",
    "%s%n../../etc/passwd",
    "\ufffe\ud7ff",
    "1; DROP TABLE person; --",
    encode(NOWHERE),
)
EXTRA = ("organisation_id", "role", "roles", "person_id", "author_id", "id", "created_at", "state")
GENERIC = ("name", "title", "reason", "body", "q", "then")
"""Field names for addresses whose form no page shows."""


def one_field_at_a_time(
    form: FoundForm, foreign: Things, *, most: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Honest forms with one bad field each, as many as fit, the same ones every time."""
    draw = random.Random(form.action.rsplit("/", 1)[-1] + ",".join(form.names))
    pairs = [(name, value) for name in form.names for value in (*VALUES, None)]
    for name, value in draw.sample(pairs, min(most, len(pairs))):
        bad = another_organisations_id(draw, foreign) if value is None else value
        yield f"{name}={bad[:40]!r}", {**honest(form), name: bad}


def whole_forms(form: FoundForm, foreign: Things) -> Iterator[tuple[str, dict[str, Any]]]:
    """Forms that are bad as a whole: empty, doubled, with fields that nobody asked for."""
    draw = random.Random(form.action)
    theirs = another_organisations_id(draw, foreign)
    yield "nothing", {KEY: fresh_key()}
    yield "an unreadable key", {**honest(form), KEY: "\x00" + "k" * 500}
    yield "markup in every field", dict.fromkeys(form.names or GENERIC, SCRIPT)
    yield "others' ids in every field", dict.fromkeys(form.names or GENERIC, theirs)
    yield (
        "every field twice",
        {
            name: [value, SCRIPT] if isinstance(value, str) else value
            for name, value in honest(form).items()
            if name != KEY
        },
    )
    extra = dict.fromkeys(EXTRA, theirs) | {"role": "administrator", "roles": "administrator"}
    yield "fields nobody asked for", {**extra, **honest(form)}


def another_organisations_id(draw: random.Random, foreign: Things) -> str:
    """An id as addresses and lists show it, of something that the other organisation owns."""
    table = draw.choice(sorted(table for table, ids in foreign.ids.items() if ids))
    return encode(draw.choice(list(foreign.ids[table])))
