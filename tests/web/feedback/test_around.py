"""Pages around a report: comments held back, the preview, and the note to those who were asked."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback.models import Release
from ldtrack.outbox.models import Message
from tests.infrastructure.feedback import RunningCycle
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit, Visitor
from tests.integration.feedback.test_moderation import commented


@pytest.fixture
def waiting(database: Database, acme: SmallOrganisation, clock: SetClock) -> RunningCycle:
    """The coach has the report; three peers wrote, one of them a name."""
    with database.writing(acme.id) as session:
        return commented(session, acme, clock)


def debrief_of(running: RunningCycle) -> str:
    return f"/feedback/debriefs/{encode(running.subject_id)}"


def hold_back(coach: Visitor, debrief: str, reason: str = "names") -> str:
    """Hold the first comment back; the address at which it is shown again."""
    found = re.search(r'action="([^"]*/hide)"', coach.get(f"{debrief}/comments").text)
    assert found is not None
    coach.post(found.group(1), data={"reason": reason})
    return found.group(1).replace("/hide", "/show-again")


def passed_on(coach: Visitor, database: Database, acme: SmallOrganisation, debrief: str) -> str:
    """Pass the report on; its address."""
    coach.post(f"{debrief}/pass-on")
    with database.reading(acme.id) as session:
        return f"/feedback/reports/{encode(session.scalars(select(Release.id)).one())}"


def test_the_coach_is_pointed_to_flagged_comments_and_holds_one_back(
    visit: Visit, database: Database, acme: SmallOrganisation, waiting: RunningCycle
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    debrief = debrief_of(waiting)
    assert "1 flagged" in coach.get(debrief).text
    comments = coach.get(f"{debrief}/comments").text
    assert comments.index("as Petra knows") < comments.index("Words of peer_2")
    again = hold_back(coach, debrief)
    for page in (debrief, f"{debrief}/preview"):
        assert "as Petra knows" not in coach.get(page).text
        assert "One comment is held back" in coach.get(page).text
    coach.post(again)
    assert "as Petra knows" in coach.get(f"{debrief}/preview").text
    hold_back(coach, debrief)
    report = passed_on(coach, database, acme, debrief)
    for page in (report, f"{report}.csv"):
        shown = leader.get(page).text
        assert "Words of peer_2" in shown
        assert "as Petra knows" not in shown
        assert "One comment is held back" in shown
    after = coach.get(f"{debrief}/comments").text
    assert "Words of" not in after
    assert "It names somebody" in after
    assert coach.post(again).status_code == 409


def test_hr_sees_how_many_were_held_back_and_why_and_no_words(
    visit: Visit, acme: SmallOrganisation, waiting: RunningCycle
) -> None:
    coach, hr = visit(acme.actor["coach"]), visit(acme.actor["hr"])
    cycle = f"/feedback/cycles/{encode(waiting.id)}"
    assert "Held back" not in hr.get(cycle).text
    hold_back(coach, debrief_of(waiting), "hurts")
    page = hr.get(cycle).text
    assert "It insults or belittles" in page
    assert "Words of" not in page
    assert hr.get(f"{debrief_of(waiting)}/comments").status_code == 404


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_comment_is_not_held_back_without_a_reason(
    visit: Visit, acme: SmallOrganisation, waiting: RunningCycle, reason: str
) -> None:
    coach, debrief = visit(acme.actor["coach"]), debrief_of(waiting)
    found = re.search(r'action="([^"]*/hide)"', coach.get(f"{debrief}/comments").text)
    assert found is not None
    page = coach.post(found.group(1), data={"reason": reason})
    assert page.status_code == 422
    assert "Nothing is stored yet" in page.text


@pytest.mark.parametrize("who", ["leader", "other_coach", "manager", "sponsor", "administrator"])
def test_comments_and_the_preview_are_for_the_coach_alone(
    visit: Visit, acme: SmallOrganisation, waiting: RunningCycle, who: str
) -> None:
    visitor, debrief = visit(acme.actor[who]), debrief_of(waiting)
    for page in (f"{debrief}/comments", f"{debrief}/preview"):
        assert visitor.get(page).status_code in {403, 404}
    assert visitor.post(f"{debrief}/comments/0/0/hide", data={"reason": "names"}).status_code in {
        403,
        404,
    }


def test_the_leader_writes_looks_and_sends_one_note_to_everybody_who_was_asked(
    visit: Visit, database: Database, acme: SmallOrganisation, waiting: RunningCycle
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    report = passed_on(coach, database, acme, debrief_of(waiting))
    assert "8 people were asked for their view." in leader.get(report).text
    look = leader.submit(f"{report}/heard", {"body": "I heard you, Petra above all."}).text
    assert "You were asked for your view of Amara Okafor in Autumn 2026." in look
    assert "These words may point at somebody: Petra." in look
    assert coach.get(f"{report}/heard/look").status_code == 404
    look = leader.submit(f"{report}/heard", {"body": "I heard you.", "shared": "y"}).text
    assert "may point at somebody" not in look
    assert "I heard you." in coach.get(f"{report}/heard/look").text
    assert "Send it" not in coach.get(f"{report}/heard/look").text
    assert "Read the draft" in coach.get(report).text
    mark = re.search(r'name="looked_at" value="([0-9a-f]+)"', look)
    assert mark is not None
    before = _n_mails(database, acme)
    sent = leader.post(
        f"{report}/heard/send", data={"looked_at": mark.group(1)}, follow_redirects=True
    ).text
    assert "on its way to the 8 people who were asked" in sent
    assert "On 20 Nov 2026 you told everybody who was asked" in sent
    assert _n_mails(database, acme) - before == 8
    again = leader.post(f"{report}/heard/send", data={"looked_at": mark.group(1)})
    assert again.status_code == 409
    assert "Send it" not in leader.get(f"{report}/heard", follow_redirects=True).text
    assert _n_mails(database, acme) - before == 8


def _n_mails(database: Database, acme: SmallOrganisation) -> int:
    with database.reading(acme.id) as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def test_an_empty_note_is_refused_and_a_changed_one_is_not_sent_unseen(
    visit: Visit, database: Database, acme: SmallOrganisation, waiting: RunningCycle
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    report = passed_on(coach, database, acme, debrief_of(waiting))
    refused = leader.post(f"{report}/heard", data={"body": "  "})
    assert refused.status_code == 422
    assert "Write what you heard, and what you will do." in refused.text
    assert leader.get(f"{report}/heard/look").status_code == 404
    leader.post(f"{report}/heard", data={"body": "First words"})
    for looked_at in ("", "0123456789abcdef"):
        stale = leader.post(f"{report}/heard/send", data={"looked_at": looked_at})
        assert stale.status_code == 409
    for who in ("coach", "manager", "hr"):
        other = visit(acme.actor[who])
        assert other.get(f"{report}/heard").status_code in {403, 404}
        assert other.post(f"{report}/heard/send").status_code in {403, 404, 409}


def test_no_page_of_the_note_tells_who_was_asked(
    visit: Visit, database: Database, acme: SmallOrganisation, waiting: RunningCycle
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    report = passed_on(coach, database, acme, debrief_of(waiting))
    leader.post(f"{report}/heard", data={"body": "I heard you.", "shared": "y"})
    pages = [leader.get(f"{report}/heard").text, leader.get(f"{report}/heard/look").text]
    pages.append(coach.get(f"{report}/heard/look").text)
    for page in pages:
        assert [name for name in ("Petra", "Rosa", "Maya", "@example.org") if name in page] == []


@pytest.mark.parametrize("n_hidden", [0, 1])
def test_the_debrief_takes_as_many_statements_whatever_is_held_back(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    waiting: RunningCycle,
    n_hidden: int,
) -> None:
    coach, debrief = visit(acme.actor["coach"]), debrief_of(waiting)
    for _ in range(n_hidden):
        hold_back(coach, debrief)
    coach.get(debrief)
    with counted(database.engine) as statements:
        assert coach.get(debrief).status_code == 200
    # Two of them for the rail.
    assert len(statements) == 14


def test_hr_keeps_the_words_that_may_insult_and_the_moderator_meets_them(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock, moderator_id=acme.person["manager"])
    comments = f"/feedback/debriefs/{encode(running.subject_id)}/comments"
    hr, moderator = visit(acme.actor["hr"]), visit(acme.actor["manager"])
    assert "May insult" not in moderator.get(comments).text
    assert 'href="/feedback/settings/words"' in hr.get("/feedback/settings").text
    address = "/feedback/settings/words"
    assert "idiot*\n" in hr.get(address).text
    kept = {f"words_{language}": "" for language in ("de", "fr", "es")}
    done = hr.post(address, data=kept | {"words_en": "words of*"}, follow_redirects=True)
    assert "Comments with these words are flagged from now on." in done.text
    page = moderator.get(comments).text
    assert page.count("May insult") == 3
    assert '<span dir="auto">Words of</span>' in page
    refused = hr.post(address, data=kept | {"words_en": "", "words_de": "x" * 61})
    assert refused.status_code == 422
    assert "A line has at most 60 letters." in refused.text
    assert visit(acme.actor["coach"]).get(address).status_code == 403


def test_a_moderator_finds_the_comments_and_lets_the_report_go_on(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock, moderator_id=acme.person["manager"])
    moderator, coach = visit(acme.actor["manager"]), visit(acme.actor["coach"])
    waits = moderator.get("/feedback/comments").text
    assert "The comments on <em>1 leader</em> wait for you." in waits
    debrief = debrief_of(running)
    page = moderator.get(f"{debrief}/comments").text
    assert "as Petra knows" in page
    assert moderator.get(debrief).status_code == 403
    assert coach.get(debrief).status_code == coach.get(f"{debrief}/comments").status_code == 404
    hold_back(moderator, debrief)
    done = moderator.post(f"{debrief}/comments/done", follow_redirects=True).text
    assert "No comments wait for you." in done
    assert "as Petra knows" not in coach.get(debrief).text


def test_hr_who_reads_the_comments_comes_to_them_from_the_cycle_and_the_first_page(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = commented(session, acme, clock, moderator_id=acme.person["hr"])
    hr = visit(acme.actor["hr"])
    page = hr.get(f"/feedback/cycles/{encode(running.id)}").text
    assert '<a href="/feedback/comments">Read them</a>' in page
    assert "Read the comments on 1 leader" in hr.get("/today").text
