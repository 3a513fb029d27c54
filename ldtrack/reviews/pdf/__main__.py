"""The child process that prints: an order as JSON comes in, the bytes of a PDF go out."""

from __future__ import annotations

import json
import resource
import sys


def main() -> None:
    """Read one order, print it, and end."""
    order = json.load(sys.stdin.buffer)
    most = int(order["megabytes"]) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (int(order["seconds"]), int(order["seconds"]) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from ldtrack.reviews.pdf.press import printed  # lazy: heavy, and only under these limits

    sys.stdout.buffer.write(printed(str(order["html"])))


main()
