"""Holding on to a piece of work for as long as its runner lives, and not much longer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from ldtrack.outbox.service.work import HOLD

log = logging.getLogger("ldtrack.jobs")

BEAT = HOLD.total_seconds() / 4


@contextmanager
def held(renew: Callable[[], None], every: float = BEAT) -> Iterator[None]:
    """Renew the hold again and again while the block runs.

    A renewal that fails is tried at the next beat; three may fail before the hold runs out.
    """
    over = threading.Event()

    def beat() -> None:
        while not over.wait(every):
            try:
                renew()
            except SQLAlchemyError as error:
                log.warning("hold not renewed: %s", type(error).__name__)

    beating = threading.Thread(target=beat, name="hold", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()
