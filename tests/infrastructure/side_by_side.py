"""Which tests stay together when several processes share the work.

Each file stays with one process, because its tests may share a served demo or go on from one
another; files that share something dear stay with one process together.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

_SHARED = dict.fromkeys(
    (
        "tests/policy/test_every_form.py",
        "tests/policy/test_every_query.py",
        "tests/policy/test_forms_are_sent_once.py",
        "tests/policy/test_forms_of_others.py",
    ),
    "the world with every form that is found in it",
)


class Together(LoadScopeScheduling):  # type: ignore[misc]  # ships no types
    """Hands out whole files, in the order in which they are collected."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return _SHARED.get(file, file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    config.option.loadscopereorder = False
    return Together(config, log)
