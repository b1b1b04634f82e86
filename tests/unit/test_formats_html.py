"""Web pages: what they say, not what they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.ingest.parse import html
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import HiddenKind, Parsed

Read = Callable[..., Parsed]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(page: str | bytes) -> Parsed:
        path = tmp_path / "file"
        path.write_bytes(page.encode() if isinstance(page, str) else page)
        return html.read(path, password=None, folder=tmp_path, limits=Limits())

    return read


def _hidden(parsed: Parsed) -> list[tuple[HiddenKind, str]]:
    return [(each.kind, each.span.of(parsed.text)) for each in parsed.hidden]


def test_a_page_is_read_in_its_order(read: Read) -> None:
    parsed = read(
        "<html><head><title>An Order</title><meta name=author content='Jane Doe'></head><body>"
        "<h1>ORDER</h1><p>The <b>mo</b>tion\n  is<br>granted.<div>So ordered.</div>"
        "<table><tr><th>Date<th>Fee<tr><td>May 1<td>$5</table>"
        "<ol type=a start=3><li>three<li value=7>seven</ol><ul><li>point</ul>"
        "<pre>one\n  two</pre>&sect; 12</body></html>"
    )
    assert parsed.text == (
        "ORDER\n\nThe motion is\ngranted.\n\nSo ordered.\n\nDate\tFee\nMay 1\t$5\n\n"
        "c. three\ng. seven\n\npoint\n\none\ntwo\n\n§ 12"
    )
    assert parsed.properties == {"title": "An Order", "author": "Jane Doe"}


def test_c12_scripts_and_what_they_load_are_not_read(read: Read) -> None:
    parsed = read(
        "<p>Text.<script>document.write('no')</script><style>p{}</style><iframe src=//x>no</iframe>"
        "<noscript>no</noscript><object>no</object><svg><text>no</text></svg><!-- no -->"
        "<img src=http://example.com/beacon.png alt=no>"
    )
    assert parsed.text == "Text."


@pytest.mark.parametrize(
    ("hiding", "kind"),
    [
        ("hidden", HiddenKind.INVISIBLE),
        ("style='display: none'", HiddenKind.INVISIBLE),
        ("style='visibility:hidden'", HiddenKind.INVISIBLE),
        ("style='opacity:0'", HiddenKind.INVISIBLE),
        ("style='opacity:0.5'", None),
        ("style='font-size:1px'", HiddenKind.TINY),
        ("style='font-size:0'", HiddenKind.TINY),
        ("style='font-size:0.9em'", None),
        ("style='color:#fff'", HiddenKind.WHITE),
        ("style='color:rgb(254, 254, 254)'", HiddenKind.WHITE),
        ("style='color:white;background:navy'", None),
        ("style='color:black;background-color:#000'", HiddenKind.UNDER_BOX),
        ("style='position:absolute;left:-9999px'", HiddenKind.OFF_PAGE),
        ("style='text-indent:-9999px'", HiddenKind.OFF_PAGE),
        ("style='text-indent:-20px'", None),
        ("class='a ghost'", HiddenKind.INVISIBLE),
        ("id=gone", HiddenKind.INVISIBLE),
        ("class=paper", None),
    ],
)
def test_c13_words_that_nobody_sees_are_read_and_marked(
    read: Read, hiding: str, kind: HiddenKind | None
) -> None:
    sheet = (
        "<style>/* .paper{display:none} */ .a.ghost, .b { display:none }\n#gone{visibility:hidden}"
        "@media print { .paper { display:none } p { color:white } }</style>"
    )
    parsed = read(f"<head>{sheet}</head><p>Seen.</p><div {hiding}><p>Unseen</p></div><p>Seen.</p>")
    assert parsed.text == "Seen.\n\nUnseen\n\nSeen."
    assert _hidden(parsed) == ([(kind, "Unseen")] if kind else [])


def test_footnotes_stand_behind_the_body(read: Read) -> None:
    parsed = read(
        "<p>It fails.<a href='#n1'>[1]</a><aside role=doc-footnote>[1] See Twombly.</aside>"
        "<p>It does.<div style='mso-element: footnote'><p>[2] So.</div>"
    )
    assert parsed.text == "It fails.[1]\n\nIt does.\n\n[1] See Twombly.\n\n[2] So."
    assert parsed.text[parsed.footnotes_start :].startswith("[1] See")


@pytest.mark.parametrize(
    "page",
    [
        "<meta charset=windows-1251><p>Ходатайство".encode("cp1251"),
        "<?xml version='1.0' encoding='koi8-r'?><html><p>Ходатайство".encode("koi8_r"),
        "<p>Ходатайство".encode("utf-16"),
        # what it says is wrong: its bytes prove themselves
        "<meta charset=latin-1><p>Ходатайство".encode(),
    ],
)
def test_c11_a_page_is_decoded_as_it_says_unless_its_bytes_say_otherwise(
    read: Read, page: bytes
) -> None:
    assert read(page).text == "Ходатайство"


def test_a_page_nested_too_deeply_is_read_as_far_as_it_goes(read: Read) -> None:
    parsed = read("<p>Text.</p>" + "<div>" * 3000 + "far down")
    assert parsed.text == "Text."
    assert "nested deeper" in parsed.notices[0]


@pytest.mark.parametrize("page", ["", "<", "<html", "<p", "</p>", "<!--", "\x00", "<table><tr>"])
def test_c06_no_page_is_too_broken(read: Read, page: str) -> None:
    assert len(read(page).text) <= 1
