"""The mails of a cycle: what they say, and that no single one has a time of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from ldtrack.feedback.domain.letters import (
    Request,
    invitation,
    minutes_for,
    reminder,
    report_is_out,
    sending_hour,
    sooner,
)
from ldtrack.feedback.domain.phrases import in_language

REQUEST = Request(
    rater="Petra Kline",
    subject="Amara Okafor",
    is_self=False,
    closes_on=date(2026, 12, 4),
    minutes=11,
    link="https://ld.example.org/r/word",
    zone="Europe/Paris time",
)


def test_the_invitation_says_who_asks_how_long_it_takes_and_what_is_promised() -> None:
    letter = invitation(REQUEST, ["Nobody sees your own answers.", "HR sees that you answered."])
    assert letter.subject == "Your view of Amara Okafor, until 4 December 2026"
    assert letter.body == (
        "Dear Petra Kline,\n\n"
        "Amara Okafor would like your view of how they lead. It takes about 11 minutes, and you "
        "can stop and come back.\n\n"
        "https://ld.example.org/r/word\n\n"
        "The link is yours alone and works to the end of 4 December 2026 (Europe/Paris time). "
        "You need no account.\n\n"
        "What happens with your answers:\n\n"
        "- Nobody sees your own answers.\n- HR sees that you answered.\n"
    )


def test_somebody_from_outside_is_told_of_which_organisation_the_leader_is() -> None:
    letter = invitation(replace(REQUEST, house="Acme"), ["Nobody sees your own answers."])
    assert "Amara Okafor of Acme would like your view of how they lead." in letter.body


def test_the_subject_is_asked_about_themselves() -> None:
    letter = invitation(replace(REQUEST, is_self=True, rater="Amara Okafor"), ["For others."])
    assert letter.subject == "Your view of yourself, until 4 December 2026"
    assert "For others." not in letter.body


def test_a_reminder_has_the_same_link_and_the_report_mail_no_figure() -> None:
    assert "https://ld.example.org/r/word" in reminder(REQUEST).body
    letter = report_is_out("Amara Okafor", "Autumn 2026", "https://ld.example.org/feedback")
    assert letter.subject == "Your feedback: Autumn 2026"
    assert letter.body.endswith("https://ld.example.org/feedback\n")


def test_whoever_was_told_a_later_day_reads_by_which_clocks_the_sooner_one_ends() -> None:
    letter = sooner(REQUEST)
    assert letter.subject == "A new last day, 4 December 2026: your view of Amara Okafor"
    assert letter.body == (
        "Dear Petra Kline,\n\n"
        "The questionnaire about Amara Okafor closes sooner than we told you: at the end of "
        "4 December 2026 (Europe/Paris time). Until then you can answer, or change what you have "
        "answered.\n\n"
        "https://ld.example.org/r/word\n\n"
        "What you have filled in so far is still there.\n"
    )


def test_every_mail_to_a_rater_is_in_their_language() -> None:
    german = replace(REQUEST, said=in_language("de-AT"), zone="Europe/Vienna", house="Acme")
    letter = invitation(german, ["Niemand sieht Ihre eigenen Antworten."])
    assert letter.subject == "Ihre Sicht auf Amara Okafor, bis 4. Dez. 2026"
    assert letter.body == (
        "Guten Tag Petra Kline,\n\n"
        "Amara Okafor (Acme) möchte wissen, wie Sie die Führung erleben. Es dauert etwa "
        "11 Minuten, und Sie können unterbrechen und später weitermachen.\n\n"
        "https://ld.example.org/r/word\n\n"
        "Der Link gehört Ihnen allein und gilt bis zum Ende des Tages: 4. Dez. 2026 "
        "(Europe/Vienna). Sie brauchen kein Konto.\n\n"
        "Was mit Ihren Antworten geschieht:\n\n"
        "- Niemand sieht Ihre eigenen Antworten.\n"
    )
    french = replace(REQUEST, said=in_language("fr"), is_self=True)
    assert reminder(french).subject == "Rappel : votre regard sur vous-même"
    spanish = replace(REQUEST, said=in_language("es"))
    assert sooner(spanish).subject == "Nuevo último día, 4 dic 2026: su visión de Amara Okafor"


def test_mails_of_one_act_carry_the_full_hour() -> None:
    at = datetime(2026, 11, 3, 14, 59, 59, 999_999, tzinfo=UTC)
    assert sending_hour(at) == datetime(2026, 11, 3, 14, tzinfo=UTC)


def test_a_quarter_of_a_minute_for_an_item_and_three_minutes_for_words() -> None:
    assert [minutes_for(n) for n in (1, 4, 5, 30)] == [3 + 1, 3 + 1, 3 + 2, 3 + 8]
