"""RTF: groups, commands and characters, down to the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.ingest.parse import rtf
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import HiddenKind, Parsed, TakenKind, Unreadable

HEAD = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}"
    r"{\f2\fcharset128 Mincho;}}"
    r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;\red0\green0\blue128;}"
    r"{\stylesheet{\s0 Normal;}}{\*\generator Some Writer;}\f0 "
)

Read = Callable[..., Parsed]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(body: str, head: str = HEAD) -> Parsed:
        path = tmp_path / "file"
        path.write_bytes((head + body + "}").encode("latin-1"))
        return rtf.read(path, password=None, folder=tmp_path, limits=Limits())

    return read


def _hidden(parsed: Parsed) -> list[tuple[HiddenKind, str]]:
    return [(each.kind, each.span.of(parsed.text)) for each in parsed.hidden]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"one\par two\line three", "one\n\ntwo\nthree"),
        (r"a {\b bold} word", "a bold word"),
        (r"\ldblquote yes\rdblquote\~\emdash no\_one", "“yes” —no-one"),
        (r"\'a7 12, caf\'e9", "§ 12, café"),
        # a reader of Unicode skips the characters meant for others
        (r"\u167\'a7 12 \u8212?x {\uc2\u8212ab}y {\uc0\u8212}z", "§ 12 —x —y —z"),
        (r"\u-10179?\u-8704? smile", "😀 smile"),
        (r"{\f1 \'d1\'f3\'e4}", "Суд"),
        (r"{\f2 \'8d\'d9\'94\'bb}", "裁判"),
        (r"a\{b\}c\\d", r"a{b}c\d"),
        ("lines\r\n are no\n breaks", "lines are no breaks"),
        (r"{\pict\bin6 }}}}}}}after", "after"),
        (r"{\*\unknown left out}kept", "kept"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}", "shown"),
        (r"{\listtext 1.\tab}First", "1. First"),
        (r"\trowd\intbl A\cell B\cell\row\intbl C\cell D\cell\row\pard", "A\tB\nC\tD"),
        (r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt boxed}}{\shprslt again}}", "boxed"),
        (r"{\upr{one}{\*\ud{two}}}", "one"),
        ("", ""),
    ],
)
def test_what_is_written_is_read(read: Read, written: str, expected: str) -> None:
    assert read(written).text == expected


def test_footnotes_stand_behind_the_body_with_their_numbers(read: Read) -> None:
    parsed = read(
        r"It fails.{\super\chftn}{\footnote{\super\chftn} See Twombly.\par More.} It does."
        r"{\footnote Second.}\par End."
    )
    assert parsed.text == (
        "It fails.[1] It does.[2]\n\nEnd.\n\n[1] See Twombly.\n\nMore.\n\n[2] Second."
    )
    assert parsed.text[parsed.footnotes_start :].startswith("[1] See")


def test_heads_feet_and_properties_are_no_text(read: Read) -> None:
    parsed = read(
        r"{\info{\title A Motion}{\author Jane Doe}{\creatim\yr2024\mo1\dy2\hr3\min4}}"
        r"{\header No. 12-345\par}{\footerf Draft}Text."
    )
    assert parsed.text == "Text."
    assert parsed.properties == {
        "title": "A Motion",
        "author": "Jane Doe",
        "created": "2024-01-02T03:04:00",
    }
    assert [(each.kind, each.words) for each in parsed.taken] == [
        (TakenKind.RUNNING_HEAD, "No. 12-345"),
        (TakenKind.RUNNING_FOOT, "Draft"),
    ]


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        (r"\v", HiddenKind.INVISIBLE),
        (r"\v\v0", None),
        (r"\v\plain", None),
        (r"\cf1", HiddenKind.WHITE),
        (r"\cf1\highlight3", None),
        (r"\cbpat3\cf1", None),
        (r"\highlight2", HiddenKind.UNDER_BOX),
        (r"\cf2\chcbpat2", HiddenKind.UNDER_BOX),
        (r"\cf2", None),
        (r"\fs1", HiddenKind.TINY),
        (r"\fs20", None),
        (r"\cf99", None),
    ],
)
def test_c13_words_that_nobody_sees_are_read_and_marked(
    read: Read, setting: str, kind: HiddenKind | None
) -> None:
    parsed = read(rf"Seen. {{{setting} Unseen words}} seen.")
    assert parsed.text == "Seen. Unseen words seen."
    assert _hidden(parsed) == ([(kind, "Unseen words")] if kind else [])


def test_what_is_left_out_is_said(read: Read) -> None:
    parsed = read(
        r"We {\deleted deny}admit.{\*\annotation Really?}{\object{\*\objdata 00}{\result chart}}"
    )
    assert parsed.text == "We admit.chart"
    assert parsed.notices == (
        "Words struck out under track changes are left out (1 places).",
        "Comments in the margin are left out (1).",
        "Files embedded in this one are left out.",
    )


def test_a_file_of_apples_reads_in_its_own_code_page(read: Read) -> None:
    assert read(r"donet\'d5s", r"{\rtf1\mac ").text == "donet’s"


def test_c05_groups_without_end_are_refused(read: Read) -> None:
    with pytest.raises(Unreadable, match="nested deeper"):
        read("{" * 10_000)


@pytest.mark.parametrize("tail", ["}}}}}", "{{{", r"\u", r"\bin99999999 x", r"\'", r"\'zz", "\\"])
def test_c06_a_broken_file_is_read_as_far_as_it_goes(read: Read, tail: str) -> None:
    assert read(rf"Text.\par {tail}").text.startswith("Text.")
