"""Leaving work behind (`ask`) and doing it (`work`)."""

from ldtrack.outbox.service.ask import ask, post

__all__ = ["ask", "post"]
