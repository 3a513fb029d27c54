"""Pages of coaching are tested on an engagement that runs."""

from tests.integration.coaching.conftest import engagement_id, unsigned_id

__all__ = ["engagement_id", "unsigned_id"]
