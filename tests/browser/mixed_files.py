"""Forty invented files of every kind, as they come from a court, a partner and a vendor."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter

from tests.hostile_files import docx, odt, paragraph, pdf, picture, stream, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PASSWORD = "ferry-1871"
PASSAGE = "The quicksilver ledger of the harbor was kept in two hands"
HIDDEN = "The harbor master was paid in quicksilver"
STAMP = "Case 1:20-cv-00042-HM   Document 12   Filed 01/04/21   Page {} of {}"
BODY = (
    "The ferry crossed the river at dawn, and nobody doubts it.",
    "Counsel asks that the order of the harbor court be stayed pending review.",
    "A stay is no matter of right; it is an exercise of judgment.",
    "The applicant shows that the river will rise before the review can end.",
    "No harm to the other side has been named, and none can be seen.",
)


def forty_files(folder: Path) -> list[Path]:
    """Write them and return their paths; two of them are versions of one brief."""
    files = {
        "Brief.pdf": brief(),
        "Brief, revised.pdf": brief("It was revised in one place."),
        "Redacted letter.pdf": redacted(),
        "Sealed exhibit.pdf": locked(brief("Sealed.")),
        "Scan.png": picture("PNG"),
        "From the vendor.zip": zipped(
            {f"Vendor {n}.txt": _letter(f"vendor paper {n}") for n in (1, 2, 3)}
        ),
        "Message.eml": _message(),
        "Not a paper.bin": bytes(range(256)) * 16,
        **{f"Motion {n}.pdf": paper(_lines(f"motion {n}")) for n in range(1, 11)},
        **{f"Letter {n}.txt": _letter(f"letter {n}") for n in range(1, 9)},
        **{f"Draft {n}.docx": docx(paragraph(_words(f"draft {n}"))) for n in range(1, 7)},
        **{f"Notice {n}.html": _page(f"notice {n}") for n in range(1, 4)},
        **{f"Memo {n}.rtf": rb"{\rtf1\ansi " + _letter(f"memo {n}") + b"}" for n in (1, 2)},
        **{f"Note {n}.odt": odt(f"<text:p>{_words(f'note {n}')}</text:p>") for n in (1, 2, 3)},
    }
    for name, told in files.items():
        (folder / name).write_bytes(told)
    return sorted(folder.iterdir())


def brief(last: str = "") -> bytes:
    """A brief of two pages with a caption, a stamp of the docket and a judge's initials."""
    caption = (
        "UNITED STATES DISTRICT COURT",
        "DISTRICT OF VERMONT",
        "",
        "HARBOR FERRY COMPANY, Plaintiff,",
        "v.                                   No. 1:20-cv-00042-HM",
        "RIVER BRIDGE CORPORATION, Defendant.",
        "",
        "BRIEF IN SUPPORT OF THE MOTION FOR A STAY",
        "",
    )
    return paper([*caption, *BODY, f"{PASSAGE}."], [*BODY, *BODY, last, "Dated: January 4, 2021"])


def paper(*pages: Sequence[str]) -> bytes:
    """A PDF of these lines on each page, with the docket's stamp across the top."""
    stamped = [_page_of(n, len(pages), lines) for n, lines in enumerate(pages, start=1)]
    return _book(stamped)


def redacted() -> bytes:
    """A page on which a black box was drawn over words that are still in the file."""
    words = b"BT /F 12 Tf 72 700 Td (To counsel. What follows is under seal.) Tj ET "
    words += b"BT /F 12 Tf 72 660 Td (%s) Tj ET " % HIDDEN.encode()
    words += b"BT /F 12 Tf 72 620 Td (Nothing else was said on that day at the pier.) Tj ET "
    return _book([words + b"0 0 0 rg 70 655 300 18 re f"])


def locked(told: bytes) -> bytes:
    """The same PDF, which opens with a password only."""
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(told))), io.BytesIO()
    writer.encrypt(PASSWORD, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def _book(contents: Sequence[bytes]) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    ]
    for n, content in enumerate(contents):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>" % (5 + 2 * n),
            stream(content),
        ]
    return pdf(objects)


def _page_of(number: int, count: int, lines: Sequence[str]) -> bytes:
    shown = [(770, STAMP.format(number, count)), *zip(range(700, 60, -24), lines, strict=False)]
    return b" ".join(
        b"BT /F 12 Tf 72 %d Td (%s) Tj ET" % (height, words.encode("latin-1"))
        for height, words in shown
    )


def _lines(about: str) -> list[str]:
    return [f"Of {about}.", *BODY, f"So ends {about}."]


def _words(about: str) -> str:
    return " ".join(_lines(about))


def _letter(about: str) -> bytes:
    return "\n\n".join(_lines(about)).encode()


def _page(about: str) -> bytes:
    inside = "".join(f"<p>{line}</p>" for line in _lines(about))
    return f"<!doctype html><html><body>{inside}</body></html>".encode()


def _message() -> bytes:
    return (
        b"From: counsel@example.com\r\nTo: clerk@example.com\r\nSubject: The ferry\r\n"
        b"Date: Mon, 04 Jan 2021 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\n"
        + _letter("the message")
        + b"\r\n--x\r\nContent-Type: text/plain; name=Attached.txt\r\n"
        b"Content-Disposition: attachment; filename=Attached.txt\r\n\r\n"
        + _letter("what was attached")
        + b"\r\n--x--\r\n"
    )
