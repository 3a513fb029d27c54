"""Telling apart why a database did not do its work, where nobody's code is to blame."""

from __future__ import annotations

import errno
from enum import Enum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree


class Trouble(Enum):
    """What stands in the way; all of it passes, and nothing was stored meanwhile."""

    BUSY = "something else holds what is needed, and has for long"
    FULL = "there is no room left"
    AWAY = "it cannot be reached"


_SQLITE = {
    5: Trouble.BUSY,  # another connection writes
    6: Trouble.BUSY,  # the same for a table
    8: Trouble.AWAY,  # read only
    10: Trouble.FULL,  # reading or writing failed; most often there is no room for the log
    13: Trouble.FULL,
    14: Trouble.AWAY,  # cannot open
    15: Trouble.BUSY,  # the log is being set up
}
_POSTGRESQL = {
    "08": Trouble.AWAY,  # connection lost
    "40": Trouble.BUSY,  # deadlock
    "53": Trouble.FULL,  # disk or memory
    "55": Trouble.BUSY,  # lock not available
    "57": Trouble.AWAY,  # shutting down or starting
}
"""By the first two signs of the state."""
_TOO_MANY_CONNECTIONS = "53300"


def trouble_of(error: BaseException) -> Trouble | None:
    """The trouble behind an error; `None` if it is some other fault.

    >>> trouble_of(OSError(errno.ENOSPC, "No space left on device"))
    <Trouble.FULL: 'there is no room left'>
    """
    if isinstance(error, OSError):
        return Trouble.FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else None
    if isinstance(error, NoConnectionFree):
        return Trouble.BUSY
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return Trouble.AWAY if error.connection_invalidated or _never_came(error) else None
    return Trouble.BUSY if state == _TOO_MANY_CONNECTIONS else _POSTGRESQL.get(state[:2])


def _never_came(error: DBAPIError) -> bool:
    """Whether no connection could be made: there was no statement yet."""
    return error.statement is None
