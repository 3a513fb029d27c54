"""Leaving work behind (`ask`) and doing it (`work`)."""

from ldtrack.outbox.service.ask import ask, post, take_back, take_one_back

__all__ = ["ask", "post", "take_back", "take_one_back"]
