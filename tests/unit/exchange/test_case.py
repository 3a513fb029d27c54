"""CASE packages: in and out again unchanged, whatever they hold; faults are told by item."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldtrack.competencies.domain import (
    Level,
    NewCompetency,
    NewDomain,
    NewIndicator,
    WholeEdition,
    settle,
)
from ldtrack.exchange.case import write_package
from ldtrack.exchange.framework_formats import Format, read_any
from ldtrack.exchange.shipped import shipped, shipped_file
from tests.unit.exchange.packages import (
    COACHING,
    DOCUMENT,
    LISTENING,
    PEOPLE,
    child,
    guid,
    item,
    package,
    read,
    whole,
)

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "case").glob("*.json"))
NOW, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 5, 5, tzinfo=UTC)


def stored(found: WholeEdition) -> WholeEdition:
    """As it is read again from where it was stored first."""
    return replace(settle(found, None, {}), silent=frozenset())


def written(found: WholeEdition) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(write_package(found, changed_at=LATER))
    return content


def by_identifier(content: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    return {one["identifier"]: one for one in content[name]}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_package_of_somebody_else_goes_out_as_it_came(path: Path) -> None:
    found = read_any(path.read_bytes())
    assert (found.format, found.problems) == (Format.CASE, ())
    assert found.whole is not None
    assert written(stored(found.whole)) == json.loads(path.read_bytes())


@pytest.mark.parametrize("key", [one.key for one in shipped()])
def test_a_framework_that_comes_along_survives_a_package_byte_for_byte(key: str) -> None:
    first = read_any(shipped_file(key)).whole
    assert first is not None
    out = write_package(stored(first), changed_at=NOW)
    again = read_any(out).whole
    assert again is not None
    assert write_package(stored(again), changed_at=LATER) == out
    assert replace(stored(again), package=None, role_profiles=()) == replace(
        stored(first), role_profiles=()
    )


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=30).map(
    lambda text: unicodedata.normalize("NFC", " ".join(text.split()))
)
NAMES = st.lists(WORDS.filter(bool), min_size=1, max_size=4, unique_by=lambda text: text.casefold())


@st.composite
def editions(draw: st.DrawFn) -> WholeEdition:
    values = sorted(draw(st.sets(st.integers(0, 20), min_size=2, max_size=5)))
    domains = [NewDomain(key=f"d{n}", name=name) for n, name in enumerate(draw(NAMES))]
    behaviours = st.builds(
        NewIndicator,
        level=st.sampled_from(values),
        effective=WORDS.filter(bool),
        ineffective=WORDS,
        thread=WORDS,
    )
    competencies = [
        NewCompetency(
            key=f"c{n}",
            name=name,
            domain=draw(st.sampled_from(domains)).key,
            definition=draw(WORDS.filter(name.__ne__)),
            definition_origin=draw(st.sampled_from(["own words", "source text"])),
            code=draw(WORDS),
            indicators=tuple(draw(st.lists(behaviours, max_size=3))),
        )
        for n, name in enumerate(draw(NAMES))
    ]
    return WholeEdition(
        key="made-up",
        title=draw(WORDS.filter(bool)),
        version=draw(WORDS.filter(bool)),
        publisher=draw(WORDS.filter(bool)),
        language="en",
        licence=draw(WORDS),
        attribution="",
        sources=({"what": "made up"},),
        notes=draw(WORDS),
        scale_key="some",
        levels=tuple(
            Level(value=value, label=draw(WORDS.filter(bool)), meaning=draw(WORDS))
            for value in values
        ),
        domains=tuple(domains),
        competencies=tuple(competencies),
    )


@settings(max_examples=60, deadline=None)
@given(editions())
def test_what_is_written_here_survives_a_package_byte_for_byte(edition: WholeEdition) -> None:
    first = stored(edition)
    out = write_package(first, changed_at=NOW)
    again = read_any(out)
    assert again.problems == ()
    assert again.whole is not None
    second = stored(again.whole)
    assert write_package(second, changed_at=LATER) == out
    assert replace(second, package=None) == first


def test_a_package_becomes_domains_competencies_and_notes_about_the_rest() -> None:
    found = read(package())
    edition = whole(package())
    assert [one.name for one in edition.domains] == ["People"]
    assert [(one.name, one.definition, one.code) for one in edition.competencies] == [
        ("Coaching", "Helps others to grow.", ""),
        ("Listening", "Hears what is meant.", "L"),
    ]
    assert edition.version == "2026-01-01"
    assert found.notes == (
        "1 relation of other kinds (exactMatchOf) stay in the package and change nothing here.",
    )


def test_what_is_deeper_than_a_competency_is_a_behaviour_at_the_lowest_level() -> None:
    content = package()
    content["CFItems"] += [item(5, "Asks before telling."), item(6, "Asks again.")]
    content["CFAssociations"] += [child(5, COACHING), child(6, guid(5))]
    edition = whole(content)
    assert [
        (one.level, one.effective, one.identifier) for one in edition.competencies[0].indicators
    ] == [(1, "Asks before telling.", guid(5)), (1, "Asks again.", guid(6))]
    assert written(stored(edition)) == content


def test_a_package_without_domains_puts_its_competencies_under_its_title() -> None:
    content = package()
    content["CFItems"] = content["CFItems"][1:]
    content["CFAssociations"] = [child(3, DOCUMENT), child(4, DOCUMENT)]
    edition = whole(content)
    assert [one.name for one in edition.domains] == ["How we lead"]
    assert written(stored(edition)) == content


def test_only_what_was_reworded_goes_out_changed() -> None:
    edition = stored(whole(package()))
    coaching, listening = edition.competencies
    out = written(replace(edition, competencies=(replace(coaching, name="Mentoring"), listening)))
    came = package()
    came["CFItems"][2] |= {
        "abbreviatedStatement": "Mentoring",
        "lastChangeDateTime": LATER.isoformat(),
        "extensions": {"ldtrack": {"key": "coaching"}},
    }
    assert out == came


def test_neighbours_that_changed_places_are_numbered_anew() -> None:
    edition = stored(whole(package()))
    out = written(replace(edition, competencies=tuple(reversed(edition.competencies))))
    numbers = {
        one["originNodeURI"]["identifier"]: one.get("sequenceNumber")
        for one in out["CFAssociations"]
        if one["associationType"] == "isChildOf"
    }
    assert numbers == {PEOPLE: 1, LISTENING: 1, COACHING: 2}
    assert [one.name for one in whole(out).competencies] == ["Listening", "Coaching"]


def test_what_is_new_gets_an_item_and_what_is_gone_loses_all_that_names_it() -> None:
    edition = stored(whole(package()))
    coaching, _ = edition.competencies
    new = replace(coaching, key="deciding", name="Deciding", identifier=guid(9))
    out = written(replace(edition, competencies=(coaching, new)))
    assert set(by_identifier(out, "CFItems")) == {PEOPLE, COACHING, guid(9)}
    assert [
        (one["originNodeURI"]["identifier"], one.get("sequenceNumber"))
        for one in out["CFAssociations"]
    ] == [(PEOPLE, 1), (COACHING, 1), (guid(9), 2)]


def test_a_package_of_a_program_in_one_long_line_is_read() -> None:
    content = package()
    content["CFDefinitions"] = {"CFConcepts": [{"description": "x" * 1_100_000}]}
    assert written(stored(whole(content))) == content


def test_a_rubric_whose_scores_are_no_levels_is_kept_and_named() -> None:
    content = package()
    content["CFRubrics"] = [{"identifier": guid(50), "title": "Essay", "CFRubricCriteria": []}]
    assert "The rubric “Essay” stays in the package" in read(content).notes[-1]
    assert written(stored(whole(content))) == content


def test_a_translation_is_kept_aside() -> None:
    content = package()
    content["CFItems"].append(item(8, "Zuhören", language="de"))
    content["CFAssociations"].append(child(8, LISTENING) | {"associationType": "isTranslationOf"})
    assert "1 translated item is kept aside." in read(content).notes
    assert len(whole(content).competencies) == 2
    assert written(stored(whole(content))) == content


def rubric(*identifiers: str) -> dict[str, Any]:
    levels = [{"identifier": one, "score": n} for n, one in enumerate(identifiers)]
    return {"CFRubricCriteria": [{"description": "Why", "CFRubricCriterionLevels": levels}]}


def change(name: str, place: int, **more: Any) -> Callable[[dict[str, Any]], None]:
    def done(content: dict[str, Any]) -> None:
        content[name][place] |= more

    return done


def add(name: str, one: Any) -> Callable[[dict[str, Any]], None]:
    return lambda content: content[name].append(one)


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (lambda c: c["CFDocument"].pop("title"), "CFDocument, title: The framework has no title."),
        (change("CFItems", 1, identifier="L1"), "CFItems[1], identifier: This must be a GUID."),
        (
            change("CFItems", 1, identifier=COACHING),
            f"Item “Coaching” ({COACHING}): Another item has this identifier too.",
        ),
        (change("CFItems", 1, fullStatement=" "), "It says nothing: it has no fullStatement."),
        (
            change("CFItems", 1, abbreviatedStatement="coaching"),
            f"Another competency has this name: the item {COACHING}.",
        ),
        (change("CFItems", 1, language="de-AT"), "It is in “de” but the framework is in “en”"),
        (
            add("CFAssociations", child(9, PEOPLE)),
            f"It says where the item {guid(9)} stands, but there is no such item.",
        ),
        (
            change("CFAssociations", 1, destinationNodeURI={"identifier": guid(99)}),
            f"It stands under the item {guid(99)}, but there is no such item.",
        ),
        (
            change("CFAssociations", 0, destinationNodeURI={"identifier": LISTENING}),
            "It stands under itself: isChildOf runs in a circle.",
        ),
        (
            lambda c: c.update(
                CFRubrics=[{"CFRubricCriteria": [{"CFItemURI": {"identifier": guid(99)}}]}]
            ),
            f"It is about the item {guid(99)}, but there is no such item.",
        ),
        (
            lambda c: c.update(CFRubrics=[rubric(guid(60), guid(60))]),
            f"Something else has the identifier {guid(60)} of a level.",
        ),
        (
            lambda c: c.update(CFRubrics=[rubric("60", COACHING)]),
            "Criterion “Why”: The identifier “60” of a level is no GUID.",
        ),
        (lambda c: c.update(CFItems={}), "CFItems: This must be a list."),
        (lambda c: c.update(CFItems=[]), "CFItems: There must be 1 to 5,000 items."),
        (lambda c: c.update(CFItems=[7]), "CFItems[0]: This must be an object."),
        (lambda c: c.update(CFDocument=7), "CFDocument: This is missing."),
    ],
)
def test_a_fault_names_its_item(
    break_it: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    content = package()
    break_it(content)
    found = read(content)
    assert found.whole is None
    assert any(sentence in str(problem) for problem in found.problems), found.problems
