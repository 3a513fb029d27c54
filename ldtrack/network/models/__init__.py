"""Tables of triads and of probes."""

from ldtrack.network.models.triads import (
    CheckIn,
    Commitment,
    Experience,
    ExperienceNote,
    Triad,
    TriadMember,
)

__all__ = ["CheckIn", "Commitment", "Experience", "ExperienceNote", "Triad", "TriadMember"]
