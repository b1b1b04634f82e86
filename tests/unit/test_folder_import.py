"""A folder of text and HTML files, one case each."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.ingest.importers.folder import read_folder
from core.ingest.importers.markup import read_markup
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord, PageLabel


def read(folder: Path) -> tuple[dict[str, CaseRecord], list[BadRecord]]:
    found = list(read_folder(folder, meter=Meter()))
    cases = {item.source_id: item for item in found if isinstance(item, CaseRecord)}
    return cases, [item for item in found if isinstance(item, BadRecord)]


def test_files_are_known_by_their_path_and_named_by_their_title_or_first_line(
    tmp_path: Path,
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("\n\nDoe v. Roe\r\n\r\nWe affirm.\n", encoding="utf-8")
    (tmp_path / "sub/b.html").write_text(
        "<html><head><title>In re  Smith</title></head><body><p>One</p><p>Two</p></body></html>",
        encoding="utf-8",
    )
    cases, bad = read(tmp_path)
    assert bad == []
    assert {key: case.case_name for key, case in cases.items()} == {
        "a.txt": "Doe v. Roe",
        "sub/b.html": "In re Smith",
    }
    assert cases["a.txt"].opinions[0].text == "Doe v. Roe\n\nWe affirm."
    assert cases["sub/b.html"].opinions[0].text == "One\n\nTwo"


def test_other_files_empty_files_and_ways_out_are_reported(tmp_path: Path) -> None:
    inside = tmp_path / "cases"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("not yours", encoding="utf-8")
    (inside / "out.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "brief.pdf").write_bytes(b"%PDF")
    (inside / "empty.html").write_text("<script>x</script>", encoding="utf-8")
    (inside / "latin.txt").write_bytes("Señor".encode("latin-1"))
    (inside / "wide.txt").write_bytes("Señor".encode("utf-16"))
    (inside / ".hidden.txt").write_text("hidden", encoding="utf-8")
    cases, bad = read(inside)
    assert {key: case.opinions[0].text for key, case in cases.items()} == {
        "latin.txt": "Señor",
        "wide.txt": "Señor",
    }
    assert [(b.item, b.taken) for b in bad] == [
        ("brief.pdf", False),
        ("empty.html", False),
        ("latin.txt", True),
        ("out.txt", False),
        ("wide.txt", True),
    ]


def test_no_folder_is_said_to_be_none(tmp_path: Path) -> None:
    assert "no folder" in read(tmp_path / "none")[1][0].reason


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<p>a  <b>b</b>\n c</p>\n<p>d</p>", "a b c\n\nd"),
        ("<b>a</b><i>b</i>", "ab"),
        ("<pre>one\ntwo\n\n  three</pre>", "one\ntwo\n\nthree"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("<p>a<script>bad()</script><style>x</style></p><!-- c -->", "a"),
        ("<p>&sect;&nbsp;5 &amp; 6</p>", "§ 5 & 6"),
        ("<div>" * 5000 + "deep", ""),
        ("", ""),
        ("no markup at all", "no markup at all"),
    ],
)
def test_markup_is_read_in_reading_order(markup: str, text: str) -> None:
    assert read_markup(markup).text == text


@pytest.mark.parametrize(
    "mark",
    [
        '<a class="page-label" data-label="419">*419</a>',  # Caselaw Access Project, HTML
        '<page-number citation-index="1" label="419">*419</page-number>',  # Harvard, XML
        '<span class="star-pagination">*419</span>',  # CourtListener
        '<span class="star-pagination" label="419">*419 </span>',
    ],
)
def test_page_marks_leave_the_text_and_become_labels(mark: str) -> None:
    read = read_markup(f"<p>of dam{mark}age done</p>")
    assert read.text == "of damage done"
    assert read.pages == (PageLabel(start=6, label="419"),)
