"""Which tests stay together when several processes share the work.

Each file stays with one process, because its tests may share a served demo or go on from one
another; files that share something dear stay with one process together.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

_WORLD = "the world with every form that is found in it"
_DEMO = "the demo"
_SHARED = {
    "tests/policy/test_every_form.py": _WORLD,
    "tests/policy/test_every_query.py": _WORLD,
    "tests/policy/test_forms_are_sent_once.py": _WORLD,
    "tests/policy/test_forms_of_others.py": _WORLD,
    "tests/journeys": "the demo behind a server",
    "tests/integration/cli": _DEMO,
    "tests/integration/demo": _DEMO,
}
"""Files, or folders of them, by what they share."""


class Together(LoadScopeScheduling):  # type: ignore[misc]  # ships no types
    """Hands out whole files, in the order in which they are collected."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return _SHARED.get(file) or _SHARED.get(file.rpartition("/")[0]) or file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    config.option.loadscopereorder = False
    return Together(config, log)
