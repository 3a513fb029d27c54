"""Reports of mail servers on mails that came back, in the shapes that servers give them.

Each is written after what such a server sends, with the Message-ID of the mail put in.
"""

from __future__ import annotations

POSTFIX = """\
Return-Path: <>
Received: by mx.example.org (Postfix) id 4A1B2C3D4E; Fri, 20 Nov 2026 09:04:12 +0000 (UTC)
Date: Fri, 20 Nov 2026 09:04:12 +0000 (UTC)
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
Subject: Undelivered Mail Returned to Sender
To: no-reply@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9F1E2D3C4B.1763629452/mx.example.org"
Message-Id: <20261120090412.4A1B2C3D4E@mx.example.org>

This is a MIME-encapsulated message.

--9F1E2D3C4B.1763629452/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<petra.kline@gone.example>: host mail.gone.example[192.0.2.7] said: 550 5.1.1
    <petra.kline@gone.example>: Recipient address rejected: User unknown in
    virtual mailbox table (in reply to RCPT TO command)

--9F1E2D3C4B.1763629452/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 9F1E2D3C4B
X-Postfix-Sender: rfc822; no-reply@example.org
Arrival-Date: Fri, 20 Nov 2026 09:04:11 +0000 (UTC)

Final-Recipient: rfc822; petra.kline@gone.example
Original-Recipient: rfc822;petra.kline@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.gone.example
Diagnostic-Code: smtp; 550 5.1.1 <petra.kline@gone.example>: Recipient address
    rejected: User unknown in virtual mailbox table

--9F1E2D3C4B.1763629452/mx.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <no-reply@example.org>
From: ldtrack <no-reply@example.org>
To: Petra Kline <petra.kline@example.org>
Subject: Your view of Amara Okafor, until 4 December 2026
Message-ID: <{name}@example.org>
Auto-Submitted: auto-generated
Content-Type: text/plain; charset="utf-8"

Dear Petra Kline, …

--9F1E2D3C4B.1763629452/mx.example.org--
"""

EXIM = """\
Return-path: <>
Envelope-to: no-reply@example.org
Received: from Debian-exim by mx.example.org with local (Exim 4.96)
\tid 1tD8xY-0003Qz-2k for no-reply@example.org; Fri, 20 Nov 2026 09:04:12 +0000
X-Failed-Recipients: petra.kline@gone.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: no-reply@example.org
References: <{name}@example.org>
Content-Type: multipart/report; report-type=delivery-status; boundary=1763629452-eximdsn-804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1tD8xY-0003Qz-2k@mx.example.org>
Date: Fri, 20 Nov 2026 09:04:12 +0000

--1763629452-eximdsn-804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  petra.kline@gone.example
    host mail.gone.example [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<petra.kline@gone.example>:
    550 No such recipient here

--1763629452-eximdsn-804289383
Content-type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Action: failed
Final-Recipient: rfc822;petra.kline@gone.example
Status: 5.0.0
Remote-MTA: dns; mail.gone.example
Diagnostic-Code: smtp; 550 No such recipient here

--1763629452-eximdsn-804289383
Content-type: message/rfc822

Return-path: <no-reply@example.org>
Received: from ldtrack.example.org ([198.51.100.4])
\tby mx.example.org with esmtp (Exim 4.96)
\tid 1tD8xX-0003Qs-1b
\tfor petra.kline@gone.example; Fri, 20 Nov 2026 09:04:11 +0000
From: ldtrack <no-reply@example.org>
To: Petra Kline <petra.kline@gone.example>
Subject: Your view of Amara Okafor, until 4 December 2026
Message-ID: <{name}@example.org>

Dear Petra Kline, …

--1763629452-eximdsn-804289383--
"""

EXCHANGE = """\
Received: from AM0PR01MB1234.eurprd01.prod.exchangelabs.com (2603:10a6::1) by
 AM0PR01MB5678.eurprd01.prod.exchangelabs.com with HTTPS; Fri, 20 Nov 2026 09:04:13 +0000
MIME-Version: 1.0
From: <postmaster@gone.example>
To: <no-reply@example.org>
Date: Fri, 20 Nov 2026 09:04:12 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="6b0a3c1e-52ac-4c9e-9d0e-1d5b9a3c7f10"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-GB
Message-ID: <b6e5@AM0PR01MB1234.eurprd01.prod.exchangelabs.com>
In-Reply-To: <{name}@example.org>
References: <{name}@example.org>
Subject: Undeliverable: Your view of Amara Okafor, until 4 December 2026
Auto-Submitted: auto-replied

--6b0a3c1e-52ac-4c9e-9d0e-1d5b9a3c7f10
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="a5f5d5b2-3f1c-4a77-8b4e-0a1f6fbe2c11"

--a5f5d5b2-3f1c-4a77-8b4e-0a1f6fbe2c11
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to petra.kline@gone.example couldn't be delivered.

--a5f5d5b2-3f1c-4a77-8b4e-0a1f6fbe2c11
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><body><p>Your message couldn't be delivered.</p></body></html>

--a5f5d5b2-3f1c-4a77-8b4e-0a1f6fbe2c11--

--6b0a3c1e-52ac-4c9e-9d0e-1d5b9a3c7f10
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.com
Received-From-MTA: dns;mx.example.org
Arrival-Date: Fri, 20 Nov 2026 09:04:11 +0000

Final-Recipient: rfc822;petra.kline@gone.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound;
 Recipient petra.kline@gone.example not found by SMTP address lookup

--6b0a3c1e-52ac-4c9e-9d0e-1d5b9a3c7f10
Content-Type: text/rfc822-headers

Received: from mx.example.org (198.51.100.5) by
 AM0PR01MB1234.eurprd01.prod.exchangelabs.com (2603:10a6::2) with Microsoft SMTP Server
From: ldtrack <no-reply@example.org>
To: Petra Kline <petra.kline@gone.example>
Subject: Your view of Amara Okafor, until 4 December 2026
Message-ID: <{name}@example.org>

--6b0a3c1e-52ac-4c9e-9d0e-1d5b9a3c7f10--
"""

NAMED_BY_ITS_ENVELOPE = """\
From: MAILER-DAEMON@relay.example
To: no-reply@example.org
Subject: Returned mail: see transcript for details
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="sendmail"

--sendmail

   ----- The following addresses had permanent fatal errors -----
<petra.kline@gone.example>

--sendmail
Content-Type: message/delivery-status

Original-Envelope-Id: {name}
Reporting-MTA: dns; relay.example

Final-Recipient: RFC822; petra.kline@gone.example
Action: failed
Status: 5.2.1

--sendmail--
"""
"""What sendmail writes, without the mail, where it was asked to return nothing of it."""

LATE = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: no-reply@example.org
Subject: Delayed Mail (still being retried)
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="late"

--late
Content-Type: text/plain

# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #

--late
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; petra.kline@slow.example
Action: {action}
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mail.slow.example[192.0.2.9]:25: Connection timed out

--late
Content-Type: text/rfc822-headers

Message-ID: <{name}@example.org>

--late--
"""

OUT_OF_OFFICE = """\
From: Petra Kline <petra.kline@example.org>
To: no-reply@example.org
Subject: Automatic reply: Your view of Amara Okafor
In-Reply-To: <{name}@example.org>
Auto-Submitted: auto-replied
Content-Type: text/plain

I am away until Monday. Action: failed. Status: 5.1.1.
"""

READ_RECEIPT = """\
From: Petra Kline <petra.kline@example.org>
To: no-reply@example.org
Subject: Read: Your view of Amara Okafor
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="seen"

--seen
Content-Type: text/plain

Your message was read.

--seen
Content-Type: message/disposition-notification

Final-Recipient: rfc822; petra.kline@example.org
Original-Message-ID: <{name}@example.org>
Disposition: manual-action/MDN-sent-manually; displayed

--seen--
"""

OF_SERVERS = {
    "postfix": POSTFIX,
    "exim": EXIM,
    "exchange": EXCHANGE,
    "sendmail": NAMED_BY_ITS_ENVELOPE,
}


def report(shape: str, name: str, **values: str) -> bytes:
    """The report as it arrives, on the mail whose Message-ID begins with this name."""
    text = shape.replace("{name}", name)
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text.replace("\n", "\r\n").encode()
