"""What HR says when a framework is written: one command for each form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DescribeEdition:
    """What an edition is called, and whose work it is."""

    version: str
    licence: str = ""
    attribution: str = ""
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class WriteLevel:
    """The word of a level and what it means."""

    label: str
    meaning: str = ""


@dataclass(frozen=True, kw_only=True)
class FoundFramework:
    """A framework of the organisation's own, with the words of its scale from low to high."""

    title: str
    publisher: str
    version: str
    language: str
    levels: tuple[WriteLevel, ...]


@dataclass(frozen=True, kw_only=True)
class WriteDomain:
    """What a group of competencies is called."""

    name: str


@dataclass(frozen=True, kw_only=True)
class WriteCompetency:
    """What a competency is called and means, and to which domain it belongs."""

    name: str
    definition: str
    domain_id: int
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class WriteIndicator:
    """What somebody at a level does, or does not."""

    level: int
    effective: str = ""
    ineffective: str = ""


@dataclass(frozen=True, kw_only=True)
class WriteProfile:
    """What a role asks for: levels by competency id of one edition, and which are critical."""

    framework_version_id: int
    name: str
    targets: Mapping[int, int]
    critical: frozenset[int] = frozenset()
