"""Files between their upload and the yes to what they would do: under a random name, for a day.

They lie in the instance folder, outside whatever is served, and only the account that sent one
finds it again.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible

_KEPT_FOR = timedelta(days=1)
_MOST_EACH = 10
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file that waits, and what was told with it."""

    token: str
    kind: str
    name: str
    organisation_id: int
    account_id: int | None
    kept_at: str
    told: Mapping[str, str] = field(default_factory=dict)


class Uploads:
    """The folder of waiting files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(
        self,
        actor: Actor,
        raw: bytes,
        *,
        kind: str,
        name: str,
        now: datetime,
        told: Mapping[str, str] | None = None,
    ) -> str:
        """Keep a file. Returns the word by which its sender finds it again."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._tidy(actor, now)
        kept = Kept(
            token=secrets.token_urlsafe(24),
            kind=kind,
            name=name[:200],
            organisation_id=actor.organisation_id,
            account_id=actor.account_id,
            kept_at=now.isoformat(),
            told=told or {},
        )
        self._path(kept.token, "file").write_bytes(raw)
        self._path(kept.token, "file").chmod(0o600)
        self._write(kept)
        return kept.token

    def find(self, actor: Actor, token: str, kind: str, now: datetime) -> Kept:
        """What was kept, for its sender alone and for a day; else `NotVisible`."""
        kept = self._read(token) if _TOKEN.fullmatch(token) else None
        if (
            kept is None
            or kept.kind != kind
            or (kept.organisation_id, kept.account_id) != (actor.organisation_id, actor.account_id)
            or self._is_old(kept, now)
        ):
            raise NotVisible("This file is not kept any more. Please bring it in again.")
        return kept

    def raw(self, kept: Kept) -> bytes:
        """The file itself."""
        return self._path(kept.token, "file").read_bytes()

    def _path(self, token: str, ending: str) -> Path:
        return self._folder / f"{token}.{ending}"

    def _write(self, kept: Kept) -> None:
        self._path(kept.token, "json").write_text(json.dumps(asdict(kept)))

    def _read(self, token: str) -> Kept | None:
        try:
            said = json.loads(self._path(token, "json").read_text())
        except FileNotFoundError:
            return None
        return Kept(**said)

    def _is_old(self, kept: Kept, now: datetime) -> bool:
        return now - datetime.fromisoformat(kept.kept_at) > _KEPT_FOR

    def _tidy(self, actor: Actor, now: datetime) -> None:
        """Forget what is old, and the oldest of a sender who keeps sending."""
        waiting = [kept for path in self._folder.glob("*.json") if (kept := self._read(path.stem))]
        mine = sorted(
            (kept for kept in waiting if kept.account_id == actor.account_id),
            key=lambda kept: kept.kept_at,
        )
        for kept in waiting:
            if self._is_old(kept, now) or kept in mine[: -_MOST_EACH + 1]:
                for ending in ("file", "json"):
                    self._path(kept.token, ending).unlink(missing_ok=True)
