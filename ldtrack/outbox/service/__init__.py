"""Leaving work behind (`ask`) and doing it (`work`)."""

from ldtrack.outbox.service.ask import (
    Mail,
    ask,
    came_back,
    forget_jobs,
    post,
    post_all,
    take_back,
    take_one_back,
    unpost,
)

__all__ = [
    "Mail",
    "ask",
    "came_back",
    "forget_jobs",
    "post",
    "post_all",
    "take_back",
    "take_one_back",
    "unpost",
]
