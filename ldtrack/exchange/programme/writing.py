"""Writing a programme as a file; `docs/programme-file.md` says what each member means."""

from __future__ import annotations

import json
from typing import Any

from ldtrack.exchange.programme.content import (
    SCHEMA,
    CourseSaid,
    Programme,
    QuestionnaireSaid,
    RoleSaid,
)
from ldtrack.pathways.domain import Item


def write_programme(programme: Programme) -> bytes:
    """The file; the same programme is the same file, byte by byte."""
    content = {
        "schema": SCHEMA,
        "identifier": programme.identifier,
        "edition": programme.edition,
        "title": programme.title,
        "framework": {
            "identifier": programme.framework.identifier,
            "title": programme.framework.title,
            "version": programme.framework.version,
        },
        "competencies": [
            {"identifier": one, "name": name}
            for one, name in sorted(programme.competencies.items())
            if one in _named(programme)
        ],
        "items": [_item(item) for item in programme.items],
        "courses": [_course(course) for course in programme.courses],
        "questionnaires": [_questionnaire(one) for one in programme.questionnaires],
        "role_profiles": [_role(role) for role in programme.roles],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _named(programme: Programme) -> set[str]:
    """The competencies that something in it refers to."""
    found: set[str | None] = set()
    for item in programme.items:
        found |= {gate["competency"] for gate in item.fields.get("gates", ())}
        found.add(item.fields.get("what", {}).get("competency"))
    found |= {one for course in programme.courses for one, _ in course.develops}
    found |= {said.competency for one in programme.questionnaires for said in one.statements}
    found |= {one for role in programme.roles for one in role.targets}
    return {one for one in found if one}


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "identifier": item.identifier,
        "locked": item.locked,
        **item.fields,
    }


def _course(course: CourseSaid) -> dict[str, Any]:
    return {
        "identifier": course.identifier,
        "code": course.code,
        "title": course.title,
        "format": course.format.value if course.format else None,
        "mode": course.mode,
        "hours": course.hours,
        "valid_months": course.valid_months,
        "description": course.description,
        "develops": [{"competency": one, "level": level} for one, level in course.develops],
    }


def _questionnaire(said: QuestionnaireSaid) -> dict[str, Any]:
    return {
        "identifier": said.identifier,
        "title": said.title,
        "language": said.language,
        "lo": said.lo,
        "hi": said.hi,
        "words": list(said.words),
        "statements": [
            {"competency": one.competency, "text": one.text, "weight": one.weight}
            for one in said.statements
        ],
        "questions": [
            {"key": one.key, "text": one.text, "hint": one.hint} for one in said.questions
        ],
    }


def _role(role: RoleSaid) -> dict[str, Any]:
    return {
        "name": role.name,
        "targets": [
            {"competency": one, "level": level, "critical": one in role.critical}
            for one, level in sorted(role.targets.items())
        ],
    }
