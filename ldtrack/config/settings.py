"""The settings of one installation, read once at start and never changed afterwards.

Order of precedence: `LDTRACK_*` variables, then `ldtrack.toml` in the instance folder, then the
defaults below. Secrets that nobody set are made once and kept in the instance folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from email.utils import parseaddr
from pathlib import Path

from ldtrack.config.secret import secret_in

PROJECT = Path(__file__).resolve().parents[2]


class BadSettings(Exception):
    """A setting that cannot be used; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an installation can be told.

    Each field but `instance` can be set by `LDTRACK_<NAME>` or by its name in `ldtrack.toml`.
    """

    instance: Path
    """Home of the database file, the secrets, documents and mail."""
    secret_key: str
    """Signs cookies and links; also read from `FLASK_SECRET_KEY`."""
    secret_key_fallbacks: tuple[str, ...] = ()
    """Earlier keys that still verify, during a rotation; comma-separated."""
    rater_key: str
    """Held apart from the database; response keys are derived with it."""
    notes_key: str = ""
    """Held apart from the database; seals coaching's private notes."""
    notes_key_fallbacks: tuple[str, ...] = ()
    """Earlier keys that still open, during a rotation; comma-separated."""
    note_months: int = 24
    """Months for which a coach can read their private notes once the coaching has ended."""
    database_url: str = ""
    """SQLAlchemy address; empty means `ldtrack.db` in the instance folder."""
    queue: str = "embedded"
    """`embedded` runs jobs inside the server; `external` leaves them to `ldtrack jobs run`."""
    mail: str = "folder"
    """`folder` writes messages to `mail/` in the instance; or `smtp://user:word@host:port`."""
    mail_from: str = "ldtrack <no-reply@localhost>"
    """Sender of every message."""
    bounces: str = ""
    """Maildir folder or mbox file in which mails arrive that came back; empty if there is none."""
    base_url: str = ""
    """Address that links in mails start with; empty means `http://HOST:PORT` as started."""
    proxies: int = 0
    """How many trusted proxies stand in front."""
    secure_cookies: bool = False
    """Cookies only over https; set it wherever there is https."""
    session_days: int = 14
    """Days after which a sign-in ends by itself."""
    pdf_seconds: int = 60
    """How long the printing of one review may take."""
    pdf_megabytes: int = 1500
    """How much memory it may take."""

    record_stores: tuple[str, ...] = ()
    """Hosts of learning record stores inside the network, comma-separated; others must be public.

    One that is named here may also be asked without TLS.
    """

    @property
    def trusted_stores(self) -> frozenset[str]:
        """The same, as they are compared."""
        return frozenset(host.casefold() for host in self.record_stores)

    @property
    def database(self) -> str:
        """The address in force."""
        return self.database_url or f"sqlite:///{self.instance / 'ldtrack.db'}"

    @property
    def notes_keys(self) -> tuple[str, ...]:
        """The key that seals private notes, then those that only open."""
        return (self.notes_key, *self.notes_key_fallbacks)

    @property
    def documents(self) -> Path:
        """Where printed reviews are kept."""
        return self.instance / "documents"

    @property
    def mail_address(self) -> str:
        """The address alone of the sender of every message."""
        return parseaddr(self.mail_from)[1] or "no-reply@localhost"

    @property
    def site(self) -> str:
        """What links in mails begin with: the base URL, or where the start script listens."""
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        return (self.base_url or f"http://{host}:{port}").rstrip("/")


def load(instance: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings in force for the given instance folder and environment.

    Raises `BadSettings` for a value of the wrong kind and for a name that does not exist.
    """
    environ = os.environ if environ is None else environ
    home = Path(instance or environ.get("LDTRACK_INSTANCE") or PROJECT / "instance")
    home.mkdir(parents=True, exist_ok=True)
    values: dict[str, object] = {}
    written = home / "ldtrack.toml"
    if written.exists():
        values.update(_known(tomllib.loads(written.read_text()), str(written)))
    for field in fields(Settings):
        name = f"LDTRACK_{field.name.upper()}"
        if name in environ and field.name != "instance":
            values[field.name] = _typed(field.name, str(field.type), environ[name])
    secret = values.pop("secret_key", None) or environ.get("FLASK_SECRET_KEY")
    rater_key = values.pop("rater_key", None)
    notes_key = values.pop("notes_key", None)
    return Settings(
        instance=home,
        secret_key=str(secret or secret_in(home, "secret_key")),
        rater_key=str(rater_key or secret_in(home, "rater_key")),
        notes_key=str(notes_key or secret_in(home, "notes_key")),
        **values,  # type: ignore[arg-type]  # each value was typed by its field above
    )


def _known(values: Mapping[str, object], where: str) -> dict[str, object]:
    names = {field.name: str(field.type) for field in fields(Settings)} | {}
    unknown = sorted(set(values) - set(names))
    if unknown:
        raise BadSettings(f"{where}: there is no setting called {unknown[0]!r}")
    return {name: _typed(name, names[name], str(value)) for name, value in values.items()}


def _typed(name: str, kind: str, value: str) -> object:
    if kind == "int":
        if not value.isdigit():
            raise BadSettings(f"{name} must be a whole number, not {value!r}")
        return int(value)
    if kind == "bool":
        if value.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise BadSettings(f"{name} must be yes or no, not {value!r}")
        return value.lower() in {"1", "true", "yes"}
    if kind.startswith("tuple"):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value
