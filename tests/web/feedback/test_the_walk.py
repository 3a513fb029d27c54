"""A cycle from its set-up by HR to the report in the leader's hands, page by page."""

from __future__ import annotations

import re

from flask import Flask

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.web.feedback.conftest import WORD, run_jobs


def test_from_set_up_to_report(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    assert "Nobody has been asked" in hr.get("/feedback/cycles").text
    answer = hr.submit(
        "/feedback/cycles/new",
        {
            "name": "Autumn 2026",
            "opens_on": "2026-11-20",
            "closes_on": "2026-12-04",
            "competencies": [encode(id_) for id_ in acme.competency.values()],
            "per_competency": "2",
            "scale": "levels",
        },
        follow=False,
    )
    assert answer.status_code == 303, answer.text
    people = answer.location
    answer = hr.submit(people, {"people": [encode(acme.person["leader"])]}, follow=False)
    cycle = answer.location
    page = hr.get(cycle).text
    assert "Amara Okafor" in page
    assert "Self 1, Manager 1" in page
    found = re.search(r"/feedback/subjects/\w+", page)
    assert found is not None
    subject = found[0]
    for number in (1, 2, 3, 4):
        data = {"people": [encode(acme.person[f"peer_{number}"])], "group": "peer"}
        assert hr.submit(f"{subject}/ask", data, follow=False).status_code == 303
    outsider = {"name": "Olga Kahn", "email": "olga@client.example", "group": "stakeholder"}
    assert hr.submit(f"{subject}/ask-outside", outsider, follow=False).status_code == 303
    assert "Stakeholders: 1 asked, fewer than 3" in hr.get(cycle).text
    hr.post(f"{cycle}/open")
    run_jobs(app)
    words = {}
    for mail in (app.extensions["ldtrack.settings"].instance / "mail").glob("*.eml"):
        text = mail.read_text()
        link, addressee = WORD.search(text), re.search(r"^To: .*?<(.*)>", text, re.MULTILINE)
        if link is not None and addressee is not None:
            words[addressee[1]] = link[1]
    assert len(words) == 7
    for address, word in words.items():
        rater = app.test_client()
        first = rater.get(f"/r/{word}")
        assert first.status_code == 200
        if address != "amara.okafor@example.org":
            assert "Nobody sees your own answers" in first.text or "shown as yours" in first.text
        for number in (1, 2, 3):
            step = rater.get(f"/r/{word}/{number}")
            names = set(re.findall(r'name="(i_\w+)"', step.text))
            assert len(names) == 1
            answer = rater.post(f"/r/{word}/{number}", data=dict.fromkeys(names, "4"))
            assert answer.location == f"/r/{word}/{number + 1}"
        assert rater.get(f"/r/{word}/4").status_code == 200
        answer = rater.post(f"/r/{word}/4", data={"q_keep": f"Keep asking, {address}"})
        assert answer.location == f"/r/{word}/review"
        assert "Ready to send?" in rater.get(f"/r/{word}/review").text
        answer = rater.post(f"/r/{word}/review")
        assert answer.location == f"/r/{word}/thanks"
        assert "Your answers are in" in rater.get(f"/r/{word}/thanks").text
    assert "7 of 7 questionnaires are in" in hr.get(cycle).text
    assert "7 of 7 have answered" in hr.get(subject).text
    hr.post(f"{cycle}/close")
    assert "Making the reports" in hr.get(cycle).text
    run_jobs(app)
    assert hr.get(f"{cycle}/progress").get_json()["state"] == "done"
    assert "waits for a conversation" in hr.get(cycle).text
    coach = visit(acme.actor["coach"])
    leader = visit(acme.actor["leader"])
    assert "No report is out yet" in leader.get("/feedback").text
    debrief = f"/feedback/debriefs/{subject.rsplit('/', 1)[1]}"
    assert coach.get(debrief).status_code == 200
    answer = coach.post(f"{debrief}/pass-on")
    report = answer.location
    assert coach.get(report).status_code == 200
    assert coach.get(debrief).status_code == 200
    assert report in leader.get("/feedback").text
    assert "Keep asking" in leader.get(report).text
    file = leader.get(f"{report}.csv")
    assert file.text.startswith("\ufeffPart,Competency,Statement,Group,Figure,Raters,Agreement")
    assert hr.get(report).status_code == 404
    assert "every report is out" in hr.get(cycle).text
