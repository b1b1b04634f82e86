"""OpenDocument text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.ingest.parse import odt as reader
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import HiddenKind, Parsed, TakenKind, Unreadable
from tests.office_files import odt

LIST = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" '
    'style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="B1"><text:list-level-style-bullet text:level="1"/>'
    "</text:list-style>"
)

Read = Callable[..., Parsed]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(body: str, **parts: str) -> Parsed:
        path = tmp_path / "file"
        path.write_bytes(odt(body, **parts))
        return reader.read(path, password=None, folder=tmp_path, limits=Limits())

    return read


def _p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def _style(name: str, settings: str, outer: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:parent-style-name="{outer}">'
        f"<style:text-properties {settings}/></style:style>"
    )


def test_a_text_is_read_in_its_order(read: Read) -> None:
    parsed = read(
        _p('The<text:s text:c="3"/>motion <text:span>is</text:span><text:line-break/>granted.')
        + "<text:section>"
        + _p("So <text:a>ordered</text:a>.")
        + "</text:section>"
    )
    assert parsed.text == "The motion is\ngranted.\n\nSo ordered."


def test_lists_count_as_they_are_printed(read: Read) -> None:
    def item(*inside: str) -> str:
        return f"<text:list-item>{''.join(inside)}</text:list-item>"

    inner = f"<text:list>{item(_p('Doe'))}{item(_p('Roe'))}</text:list>"
    body = (
        f'<text:list text:style-name="L1">{item(_p("Parties"), inner)}{item(_p("Venue"))}'
        f'</text:list><text:list text:style-name="L1" text:continue-numbering="true">'
        f"{item(_p('goes on'))}"
        f'</text:list><text:list text:style-name="L1">{item(_p("anew"), _p("more"))}</text:list>'
        f'<text:list text:style-name="B1">{item(_p("point"))}</text:list>'
    )
    expected = "1. Parties|(a) Doe|(b) Roe|2. Venue|3. goes on|1. anew|more|point"
    assert expected.split("|") == read(body, automatic=LIST).text.split("\n\n")


def test_footnotes_and_boxes_and_tables_are_read_in_their_place(read: Read) -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        f"{_p('See Twombly.')}</text:note-body></text:note>"
    )
    box = f"<draw:frame><draw:text-box>{_p('boxed')}</draw:text-box></draw:frame>"

    def row(*words: str) -> str:
        cells = "".join(f"<table:table-cell>{_p(each)}</table:table-cell>" for each in words)
        return f"<table:table-row>{cells}</table:table-row>"

    table = f"<table:table>{row('Date', 'Fee')}{row('May 1', '$5')}</table:table>"
    parsed = read(_p(f"It fails.{note} It does.{box}") + table + _p("End."))
    assert parsed.text == (
        "It fails.[1] It does.\n\nboxed\n\nDate\tFee\nMay 1\t$5\n\nEnd.\n\n[1] See Twombly."
    )
    assert parsed.text[parsed.footnotes_start :] == "[1] See Twombly."


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ('text:display="none"', HiddenKind.INVISIBLE),
        ('fo:color="#ffffff"', HiddenKind.WHITE),
        ('fo:color="#ffffff" fo:background-color="#000080"', None),
        ('fo:color="#000000" fo:background-color="#000000"', HiddenKind.UNDER_BOX),
        ('fo:font-size="1pt"', HiddenKind.TINY),
        ('fo:font-size="50%"', None),
        ('fo:color="#ff0000"', None),
    ],
)
def test_c13_words_that_nobody_sees_are_read_and_marked(
    read: Read, settings: str, kind: HiddenKind | None
) -> None:
    styles = _style("outer", settings) + _style("T1", "", "outer")
    span = '<text:span text:style-name="T1">Unseen</text:span>'
    parsed = read(_p(f"Seen. {span} seen."), automatic=styles)
    assert parsed.text == "Seen. Unseen seen."
    assert [(each.kind, each.span.of(parsed.text)) for each in parsed.hidden] == (
        [(kind, "Unseen")] if kind else []
    )


def test_what_is_left_out_is_said_and_what_it_says_of_itself_is_kept(read: Read) -> None:
    changes = f"<text:tracked-changes><a>{_p('struck')}</a></text:tracked-changes>"
    head = f"<style:header>{_p('No. 12-345')}</style:header>"
    parsed = read(
        f"{changes}{_p('Text.<office:annotation><text:p>why?</text:p></office:annotation>')}",
        styles=f"<office:master-styles><style:master-page>{head}</style:master-page>"
        "</office:master-styles>",
        meta="<dc:title xmlns:dc='d'>A Motion</dc:title>"
        "<meta:creation-date>2024-01-02T03:04:05</meta:creation-date>",
    )
    assert parsed.text == "Text."
    assert parsed.notices == (
        "Words struck out under track changes are left out (1 places).",
        "Comments in the margin are left out.",
    )
    assert parsed.properties == {"title": "A Motion", "created": "2024-01-02T03:04:05"}
    assert [(each.kind, each.words) for each in parsed.taken] == [
        (TakenKind.RUNNING_HEAD, "No. 12-345")
    ]


def test_a_locked_file_says_so(read: Read) -> None:
    with pytest.raises(Unreadable, match="locked with a password"):
        read(
            _p("x"),
            manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
        )


def test_c05_elements_nested_too_deeply_are_left_out_and_said(read: Read) -> None:
    parsed = read(_p("Text.") + "<text:section>" * 3000 + _p("down") + "</text:section>" * 3000)
    assert parsed.text == "Text."
    assert "nested deeper" in parsed.notices[0]
