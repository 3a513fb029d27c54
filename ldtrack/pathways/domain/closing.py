"""Pathways that take nobody new any more, why, and what was learnt from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class ClosePathway:
    """Why a pathway ends, and what was learnt; both are kept."""

    reason: str
    learnt: str


@dataclass(frozen=True, kw_only=True)
class ClosingRow:
    """That a pathway was closed; `version_id` is its newest version, `n_active` who is on it still.

    `reopened_on` is None while it is closed.
    """

    pathway_id: int
    version_id: int
    title: str
    closed_on: date
    reopened_on: date | None
    reason: str
    learnt: str
    n_active: int


@dataclass(frozen=True, kw_only=True)
class WhatEnds:
    """What closing a pathway ends, and who goes on."""

    n_active: int
    has_rule: bool
    n_invitations: int
    n_waiting: int
    """People who said that they are interested and were not answered yet."""
