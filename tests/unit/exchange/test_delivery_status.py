"""What servers of several kinds say of a mail that came back, and what is no such report."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.core.errors import RuleBroken
from ldtrack.exchange.delivery_status import LARGEST, read_report
from tests.infrastructure.returned import (
    LATE,
    OF_SERVERS,
    OUT_OF_OFFICE,
    POSTFIX,
    READ_RECEIPT,
    report,
)

NAME = "abcdefghjkmn"

NO_FIELDS = (
    b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n"
    b"Content-Type: message/delivery-status\r\n\r\n\r\n--x--\r\n"
)
SAID = {
    "postfix": (
        "550 5.1.1 <petra.kline@gone.example>: Recipient address rejected: "
        "User unknown in virtual mailbox table"
    ),
    "exim": "550 No such recipient here",
    "exchange": (
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient petra.kline@gone.example "
        "not found by SMTP address lookup"
    ),
    "sendmail": "5.2.1",
}


@pytest.mark.parametrize("server", OF_SERVERS)
def test_a_server_that_gave_up_names_the_mail_and_says_why(server: str) -> None:
    found = read_report(report(OF_SERVERS[server], NAME))
    assert found.identifiers[0].partition("@")[0] == NAME
    assert (found.is_for_good, found.problem) == (True, SAID[server])


@pytest.mark.parametrize("action", ["delayed", "failed"])
def test_what_another_try_may_mend_is_not_for_good(action: str) -> None:
    found = read_report(report(LATE, NAME, action=action))
    assert (found.is_for_good, found.identifiers) == (False, (f"{NAME}@example.org",))


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "delayed"])
def test_only_a_failed_recipient_is_lost(action: str) -> None:
    text = POSTFIX.replace("Action: failed", f"Action: {action}")
    assert not read_report(report(text, NAME)).is_for_good


def test_line_ends_of_either_kind_are_read() -> None:
    unix = report(POSTFIX, NAME).replace(b"\r\n", b"\n")
    assert read_report(unix) == read_report(report(POSTFIX, NAME))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe not a mail",
        report(OUT_OF_OFFICE, NAME),
        report(READ_RECEIPT, NAME),
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno parts",
        NO_FIELDS,
        POSTFIX[: POSTFIX.index("Action: failed")].encode(),
    ],
    ids=["nothing", "noise", "away", "receipt", "no parts", "no fields", "cut off"],
)
def test_what_is_no_report_is_said_plainly(raw: bytes) -> None:
    with pytest.raises(RuleBroken, match="not a report of a mail server"):
        read_report(raw)


def test_a_mail_that_is_too_large_is_not_read() -> None:
    with pytest.raises(RuleBroken, match="too large"):
        read_report(report(POSTFIX, NAME) + b" " * LARGEST)


def test_what_the_server_said_is_one_line_that_can_be_shown() -> None:
    wild = "550 \x1b[31mno\x07 such\tuser ‮desrever " + "x" * 5_000
    text = POSTFIX.replace("550 5.1.1 <petra.kline@gone.example>: Recipient address", wild)
    problem = read_report(report(text, NAME)).problem
    assert len(problem) == 300
    assert problem.isprintable()


@given(st.binary(max_size=400), st.integers(0, len(POSTFIX)))
def test_nothing_that_may_arrive_breaks_the_reading(noise: bytes, at: int) -> None:
    whole = report(POSTFIX, NAME)
    for raw in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        with suppress(RuleBroken):
            assert read_report(raw).problem.isprintable()
