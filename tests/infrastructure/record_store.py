"""A learning record store to be asked over real HTTP, on this machine alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class FakeStore:
    """What it holds and how it behaves; `asked` are the queries it got, `shown` who asked."""

    statements: list[dict[str, Any]] = field(default_factory=list)
    page: int = 2
    status: int = 200
    body: bytes | None = None
    more: str | None = None
    address: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    shown: list[str | None] = field(default_factory=list)

    def answer(self, path: str) -> bytes:
        """A page of what was stored later than asked for, oldest first."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        self.asked.append(query)
        if self.body is not None:
            return self.body
        since = query.get("since", "")
        new = sorted(
            (one for one in self.statements if one["stored"] > since),
            key=lambda one: str(one["stored"]),
        )
        first = int(query.get("from", 0))
        part = new[first : first + self.page]
        rest = f"/xapi/statements?since={since}&from={first + self.page}"
        more = self.more or (rest if first + self.page < len(new) else "")
        return json.dumps({"statements": part, "more": more}).encode()


@contextmanager
def served() -> Iterator[FakeStore]:
    """A store that answers while the block runs."""
    store = FakeStore()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            store.shown.append(self.headers["Authorization"])
            raw = store.answer(self.path)
            self.send_response(store.status)
            if store.status == 302:
                self.send_header("Location", "http://127.0.0.1:1/xapi/statements")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_args: Any) -> None:
            """Tests say what they need to."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    store.address = f"http://127.0.0.1:{server.server_address[1]}/xapi"
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
