"""Two records of one person: which goes, which stays, and where the two collide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two records of one person, by id; everything of the one that goes passes to the other."""

    goes: int
    stays: int

    @property
    def both(self) -> tuple[int, int]:
        """The two ids."""
        return self.goes, self.stays


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Something that only one of the two can have, with what becomes of it, in a sentence.

    One that `stops` says why the two cannot become one as things stand.
    """

    words: str
    stops: bool = False


@dataclass(frozen=True, kw_only=True)
class Looks:
    """What two records of one name are compared by."""

    email: str
    unit_id: int | None
    job_profile: str
    signs_in: bool


def likeness(first: Looks, second: Looks) -> tuple[str, ...]:
    """Why two records of one name may be of one person, the stronger reason first.

    >>> ana = Looks(email="ana@a.org", unit_id=1, job_profile="", signs_in=True)
    >>> likeness(ana, Looks(email="ana@b.org", unit_id=1, job_profile="", signs_in=False))
    ('Same name', 'Same unit', 'Same mail address before the @', 'Only one can sign in')
    """
    same_local = first.email.partition("@")[0] == second.email.partition("@")[0]
    job = first.job_profile
    found = {
        "Same name": True,
        "Same unit": first.unit_id is not None and first.unit_id == second.unit_id,
        "Same job profile": bool(job) and job == second.job_profile,
        "Same mail address before the @": same_local,
        "Only one can sign in": first.signs_in != second.signs_in,
    }
    return tuple(words for words, holds in found.items() if holds)
