"""How a step of work on a file gets the session that it is done in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

OpenSession = Callable[[], AbstractContextManager[Session]]
"""Opens what a step is done in: a transaction of its own, or the one of whoever waits for it."""
