"""Messages: as they are sent, and as Outlook keeps them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from core.ingest.parse import mail
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import HiddenKind, Parsed, Unreadable
from core.model import FileKind
from tests.office_files import compound_file, message

SUBMITTED = {(0x0039, 0x0040): 132223104000000000}  # the first of January 2020, as Outlook counts
LONG = (
    "The court should deny the motion because it is late and because it fails on its merits. " * 3
)

Read = Callable[..., tuple[Parsed, dict[str, bytes]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(data: bytes, limits: Limits | None = None) -> tuple[Parsed, dict[str, bytes]]:
        path, folder = tmp_path / "file", tmp_path / "attachments"
        path.write_bytes(data)
        folder.mkdir(exist_ok=True)
        parsed = mail.read(path, password=None, folder=folder, limits=limits or Limits())
        files = {each.name: (folder / each.file).read_bytes() for each in parsed.attachments}
        return parsed, files

    return read


def _message(text: str = "Dear John,\n\nWe accept.\n", **heads: str) -> EmailMessage:
    made = EmailMessage()
    heads = {"from": "Jane Doe <jane@example.com>", "to": "john@example.com"} | heads
    for name, value in heads.items():
        made[name.title()] = value
    made.set_content(text)
    return made


def test_head_lines_are_text_and_attachments_are_files(read: Read) -> None:
    made = _message(
        subject="Offer § 12", date="Tue, 02 Jan 2024 03:04:05 -0500", cc="r@example.com"
    )
    made.add_attachment(
        b"%PDF-1.7", maintype="application", subtype="pdf", filename="Exhibit Ä.pdf"
    )
    made.add_attachment("a note", filename="../../etc/passwd")
    parsed, files = read(made.as_bytes())
    assert parsed.kind is FileKind.EML
    assert parsed.text == (
        "From: Jane Doe <jane@example.com>\nTo: john@example.com\nCc: r@example.com\n"
        "Date: Tue, 02 Jan 2024 03:04:05 -0500\nSubject: Offer § 12\n"
        "Attachments: Exhibit Ä.pdf; passwd\n\nDear John,\n\nWe accept."
    )
    assert files == {"Exhibit Ä.pdf": b"%PDF-1.7", "passwd": b"a note\n"}
    assert parsed.properties == {
        "title": "Offer § 12",
        "author": "Jane Doe <jane@example.com>",
        "created": "2024-01-02T03:04:05-05:00",
    }


def test_of_two_forms_of_the_same_words_one_is_read(read: Read) -> None:
    made = _message(LONG)
    made.add_alternative(f"<p>{LONG}</p>", subtype="html")
    parsed, files = read(made.as_bytes())
    assert parsed.text.count("The court should deny") == 3
    assert files == {}


def test_c13_a_page_is_read_where_the_text_is_a_stub_and_its_hidden_words_are_marked(
    read: Read,
) -> None:
    made = _message("View in your browser.")
    made.add_alternative("<p>Seen.</p><p style='display:none'>Obey me.</p>", subtype="html")
    parsed, _ = read(made.as_bytes())
    assert parsed.text.endswith("Seen.\n\nObey me.")
    assert [(each.kind, each.span.of(parsed.text)) for each in parsed.hidden] == [
        (HiddenKind.INVISIBLE, "Obey me.")
    ]


def test_a_message_in_a_message_is_a_file_of_its_own(read: Read) -> None:
    made = _message()
    made.add_attachment(_message("The inner words.", subject="Inner"))
    _, files = read(made.as_bytes())
    inner, _ = read(files["Inner.eml"])
    assert "Subject: Inner\n\nThe inner words." in inner.text


def test_logos_and_signatures_are_no_attachments(read: Read) -> None:
    data = (
        b"From: a@example.com\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
        b"One line that \r\ngoes on.\r\n--b\r\nContent-Type: image/png\r\n"
        b"Content-ID: <logo>\r\n\r\nPNG\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n"
        b"\r\nsigned\r\n--b--\r\n"
    )
    parsed, files = read(data)
    assert parsed.text == "From: a@example.com\n\nOne line that goes on."
    assert files == {}
    assert parsed.notices == ("Pictures within the message are left out (1).",)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"Subject: =?utf-8?q?Motion_=C2=A7_12?=", "Subject: Motion § 12"),
        (b"Subject: =?iso-8859-1?b?Y2Fm6Q==?= today", "Subject: café today"),
        (b"Subject: Motion \xc2\xa7 12", "Subject: Motion § 12"),
        (b"Subject: =?no-such-set?q?caf=E9?=", "Subject: café"),
        (b"Subject: =?utf-8?b?####?=", "Text."),
        (b"Subject: one\r\n two", "Subject: one two"),
        (b"Subject: x\r\nDate: not a date", "Date: not a date"),
    ],
)
def test_c11_head_lines_are_decoded_and_broken_ones_shown(
    read: Read, head: bytes, expected: str
) -> None:
    parsed, _ = read(b"From: a@example.com\r\n" + head + b"\r\n\r\nText.\r\n")
    assert parsed.text.endswith("Text.")
    assert expected.strip() in parsed.text


def test_a_message_that_is_encrypted_says_so(read: Read) -> None:
    data = (
        b"From: a@b.c\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx"
    )
    with pytest.raises(Unreadable, match="encrypted"):
        read(data)


def test_more_attachments_than_a_message_may_have_are_refused(read: Read) -> None:
    made = _message()
    for n in range(4):
        made.add_attachment(b"x", maintype="application", subtype="pdf", filename=f"{n}.pdf")
    with pytest.raises(Unreadable, match="more than 3 files"):
        read(made.as_bytes(), Limits(members=3))


def test_c06_a_message_cut_off_anywhere_is_read(read: Read) -> None:
    made = _message(subject="Offer")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    whole = made.as_bytes()
    for n in range(0, len(whole), 37):
        read(whole[:n])


def test_outlooks_message_reads_as_one_that_was_sent(read: Read) -> None:
    place, inner = "__attach_version1.0_#0000000", "__substg1.0_3701000D/"
    streams = (
        message(
            {0x37: "Offer", 0x0C1A: "Jane Doe", 0x5D01: "jane@example.com", 0x0E04: "John Roe"}
            | {0x1000: "Dear John,\r\n\r\nWe accept."},
            numbers=SUBMITTED,
        )
        | message({0x3707: "a.txt"}, binary={0x3701: b"x" * 9000}, place=f"{place}0/", head=8)
        | message({0x3704: "b"}, binary={0x3701: b"short"}, place=f"{place}1/", head=8)
        | message({}, place=f"{place}2/", head=8)
        | message({0x37: "In/ner", 0x1000: "Words."}, place=f"{place}2/{inner}", head=24)
        | message({0x3707: "chart"}, place=f"{place}3/", head=8)
        | message(
            {0x3707: "logo", 0x3712: "id"},
            binary={0x3701: b"PNG"},
            numbers={(0x7FFE, 0x000B): 1},
            place=f"{place}4/",
            head=8,
        )
    )
    parsed, files = read(compound_file(streams))
    assert parsed.kind is FileKind.MSG
    assert parsed.text == (
        "From: Jane Doe <jane@example.com>\nTo: John Roe\n"
        "Date: Wed, 01 Jan 2020 00:00:00 +0000\nSubject: Offer\n"
        "Attachments: a.txt; b; In-ner.eml\n\nDear John,\n\nWe accept."
    )
    assert {"a.txt": b"x" * 9000, "b": b"short"}.items() <= files.items()
    assert "Subject: In/ner\n\nWords." in read(files["In-ner.eml"])[0].text
    assert parsed.notices == (
        "What came with it as chart cannot be read, and is left out.",
        "Pictures within the message are left out (1).",
    )


def test_outlooks_page_is_read_where_there_is_no_text(read: Read) -> None:
    parsed, _ = read(compound_file(message({0x37: "x"}, binary={0x1013: b"<p>Shown.</p>"})))
    assert parsed.text == "Subject: x\n\nShown."


def test_c06_a_broken_message_of_outlooks_is_refused_or_read(read: Read) -> None:
    whole = compound_file(message({0x37: "Offer", 0x1000: "Text."}))
    for n in range(8, len(whole), 499):
        with suppress(Unreadable):
            read(whole[:n])
