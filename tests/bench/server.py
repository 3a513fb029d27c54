"""The application as it is deployed, in processes whose use of the processor can be read."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from ldtrack.db.session import Database
from ldtrack.db.statistics import refresh

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server; `pid` is that of its first process."""

    port: int
    pid: int

    def get(self, path: str, cookie: str) -> tuple[int, int]:
        """Status and size of a page as it comes over the wire, uncompressed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            return answer.status, len(answer.read())
        finally:
            connection.close()


def cpu_ms(pids: list[int]) -> float:
    """Processor time that the processes have used so far, in milliseconds."""
    return sum(_ticks(pid) for pid in pids) * 1000 / _TICKS


def memory_mib(pids: list[int]) -> float:
    """Memory of the processes, what they share counted once for each (MiB)."""
    kib = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kib += int(line.split()[1])
    return kib / 1024


def family(pid: int) -> list[int]:
    """The process and everything it started."""
    found = [pid]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) in found:
            found.append(int(stat.parent.name))
    return found


@contextmanager
def postgres(instance: Path) -> Iterator[tuple[str, list[int]]]:
    """A server of PostgreSQL in that folder: the address of a database, and its first process."""
    from tests.infrastructure.postgres import Postgres, running

    with running(instance / "pg") as socket_folder:
        server = Postgres(socket_folder=socket_folder)
        pid = int((instance / "pg" / "postmaster.pid").read_text().splitlines()[0])
        yield server.create_database("bench"), [pid]


def settle(database: Database) -> None:
    """Let the database tidy up now what it would tidy up in the midst of measuring."""
    with database.writing() as session:
        refresh(session.connection())
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("VACUUM ANALYZE")
            )


@contextmanager
def serving(instance: Path, database_url: str, *, queue: str = "external") -> Iterator[Server]:
    """Start the server on a free port, and stop it.

    Jobs would come and go in its family of processes, so they are left alone unless asked for.
    """
    port = free_port()
    process = start(instance, database_url, port, LDTRACK_QUEUE=queue)
    server = Server(port=port, pid=process.pid)
    try:
        wait_for(port)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(instance: Path, database_url: str, port: int, **environ: str) -> subprocess.Popen[bytes]:
    """Start the server as it is deployed, in a group of processes of its own."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "python:ldtrack.app.gunicorn",
            "ldtrack.app:create_app()",
        ],
        env=os.environ
        | {
            "LDTRACK_INSTANCE": str(instance),
            "LDTRACK_DATABASE_URL": database_url,
            "PORT": str(port),
        }
        | environ,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_for(port: int, seconds: float = 90) -> float:
    """Wait until the server and its database answer. Returns how long that took."""
    began = time.perf_counter()
    server = Server(port=port, pid=0)
    while time.perf_counter() - began < seconds:
        try:
            if server.get("/readyz", "")[0] == 200:
                return time.perf_counter() - began
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
    raise TimeoutError("the server did not start")


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return int(fields[11]) + int(fields[12])
