"""How the server runs: one process with threads, and the job consumer inside it by default."""

from __future__ import annotations

import os
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "1"))
threads = 8
worker_class = "gthread"
graceful_timeout = 10
timeout = 60
keepalive = 5
# A new worker now and then, should anything leak; while it starts nobody is answered, so seldom.
max_requests = 100_000
max_requests_jitter = 10_000
control_socket_disable = True
# Documents, mails and the database are readable by the server's own account alone.
umask = 0o077
# Lines would tell when a rater answered; a proxy may log, this does not.
accesslog = None
errorlog = "-"


def post_worker_init(worker: Any) -> None:
    """Start a consumer in the worker, unless consumers run on their own.

    Several consumers do no harm: a row is taken by one of them only.
    """
    app = worker.app.callable
    if app.extensions["ldtrack.settings"].queue != "embedded":
        return
    worker.ldtrack_consumer = app.extensions["ldtrack.queue"].consumer(workers=2)
    worker.ldtrack_consumer.start()


def worker_exit(_server: Any, worker: Any) -> None:
    """Let the consumer finish what it has in hand."""
    consumer = getattr(worker, "ldtrack_consumer", None)
    if consumer is not None:
        consumer.stop(graceful=True)
