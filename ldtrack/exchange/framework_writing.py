"""A whole edition as the JSON file that comes in the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ldtrack.competencies.domain import NewCompetency, WholeEdition
from ldtrack.exchange.framework_file import SCHEMA


def write_framework(whole: WholeEdition) -> bytes:
    """The file. What is empty is left out, but for what every file has."""
    content = {
        "schema": SCHEMA,
        "id": whole.key,
        "identifier": whole.identifier,
        "title": whole.title,
        "version": whole.version,
        "publisher": whole.publisher,
        "language": whole.language,
        "licence": {"name": whole.licence, "attribution": whole.attribution},
        "sources": [dict(source) for source in whole.sources],
        "notes": whole.notes,
        "scale": {
            "id": whole.scale_key,
            "levels": [
                {"value": one.value, "label": one.label, "meaning": one.meaning}
                for one in whole.levels
            ],
        },
        "clusters": [
            {"id": one.key, "identifier": one.identifier, "name": one.name} for one in whole.domains
        ],
        "competencies": [_competency(one) for one in whole.competencies],
        "role_profiles": [
            {
                "role": one.name,
                "origin": one.origin,
                "targets": dict(one.targets),
                "critical": sorted(one.critical),
            }
            for one in whole.role_profiles
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _competency(one: NewCompetency) -> Mapping[str, Any]:
    more = {"code": one.code, "uri": one.uri}
    return {
        "id": one.key,
        "identifier": one.identifier,
        "name": one.name,
        "cluster": one.domain,
        "definition": one.definition,
        "definition_origin": one.definition_origin,
        **{name: text for name, text in more.items() if text},
        "indicators": [
            {
                "identifier": each.identifier,
                "level": each.level,
                "effective": each.effective,
                "ineffective": each.ineffective,
                "thread": each.thread,
            }
            for each in one.indicators
        ],
    }
