"""Secrets that are made once and kept in the instance folder, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_in(home: Path, name: str) -> str:
    """The secret of that name, made on the first call.

    Two processes that start together agree: whoever links the finished file first wins.
    """
    path = home / name
    if not path.exists():
        draft = home / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
