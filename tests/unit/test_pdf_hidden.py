"""What is in a PDF's text and not to be seen on its page is told; what is seen is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import HiddenKind, Parsed
from core.ingest.parse.pdf import read
from tests.pdf_pages import Page, pdf

SEEN = "The witness lives in the town of Linden with her aunt."


Parse = Callable[..., Parsed]


@pytest.fixture
def parse(tmp_path: Path) -> Parse:
    def parsed(page: Page) -> Parsed:
        file = tmp_path / "filing.pdf"
        file.write_bytes(pdf(page))
        return read(file, password=None, folder=tmp_path, limits=Limits())

    return parsed


def told(parsed: Parsed) -> list[tuple[HiddenKind, str]]:
    return [(each.kind, parsed.text[each.span.start : each.span.end]) for each in parsed.hidden]


@pytest.mark.parametrize("grey", [0, 0.5, 1])
def test_c13_words_under_a_box_are_told_whatever_its_colour(parse: Parse, grey: float) -> None:
    page = Page().text(72, 700, SEEN).text(72, 680, "Her name is Alma Finch.")
    page.box(70, 676, 200, 14, grey=grey)
    assert told(parse(page)) == [(HiddenKind.UNDER_BOX, "Her name is Alma Finch.")]


def test_c13_a_box_over_a_part_of_a_line_hides_only_that(parse: Parse) -> None:
    page = Page().text(72, 700, "Paid to Alma Finch in cash").box(108, 696, 58, 14)
    ((kind, words),) = told(parse(page))
    assert (kind, words) == (HiddenKind.UNDER_BOX, "Alma Finch")


def test_c13_black_print_on_a_black_box_is_told(parse: Parse) -> None:
    page = Page().text(72, 700, SEEN).box(70, 676, 200, 14).text(72, 680, "Alma Finch")
    assert told(parse(page)) == [(HiddenKind.UNDER_BOX, "Alma Finch")]


def test_c13_a_picture_over_words_is_told(parse: Parse) -> None:
    page = Page().text(72, 700, SEEN).text(72, 680, "Alma Finch").picture(70, 676, 90, 16)
    assert told(parse(page)) == [(HiddenKind.UNDER_BOX, "Alma Finch")]


def test_c13_white_tiny_and_invisible_print_and_print_beside_the_page_are_told(
    parse: Parse,
) -> None:
    page = (
        Page()
        .text(72, 700, SEEN)
        .text(72, 660, "white words", grey=1)
        .text(72, 640, "tiny words", size=1)
        .text(72, 620, "invisible words", mode=3)
        .text(72, 900, "words beside")
    )
    assert set(told(parse(page))) == {
        (HiddenKind.WHITE, "white words"),
        (HiddenKind.TINY, "tiny words"),
        (HiddenKind.INVISIBLE, "invisible words"),
        (HiddenKind.OFF_PAGE, "words beside"),
    }


@pytest.mark.parametrize(
    "page",
    [
        Page().text(72, 700, SEEN),
        # A marker's yellow lies below the words.
        Page().box(70, 696, 300, 14, grey=0.9).text(72, 700, SEEN),
        # White print on a dark bar is a heading.
        Page().box(70, 696, 300, 14).text(72, 700, SEEN, grey=1),
        # A blackened line with nothing below it is as it should be.
        Page().text(72, 700, SEEN).box(70, 676, 200, 14),
        # A box drawn around words, and a line under them.
        Page().text(72, 700, SEEN).rule(72, 698, 200),
        # The whole sheet painted white before anything else.
        Page().box(0, 0, 612, 792, grey=1).text(72, 700, SEEN),
        Page().picture(0, 0, 612, 792).text(72, 700, SEEN),
    ],
)
def test_c13_what_can_be_seen_is_not_told(parse: Parse, page: Page) -> None:
    parsed = parse(page)
    assert SEEN in parsed.text
    assert told(parsed) == []


def test_c13_redactions_that_only_cover_are_found_in_courts_own_files(
    corpus: Path, tmp_path: Path
) -> None:
    found = {}
    for name in ("rectangles_yes", "bad_cross_hatched_redactions", "rectangles_no"):
        file = corpus / "filings" / f"x-ray__{name}.pdf"
        found[name] = read(file, password=None, folder=tmp_path, limits=Limits()).hidden
    assert len(found["rectangles_yes"]) == 3
    assert len(found["bad_cross_hatched_redactions"]) >= 10
    assert found["rectangles_no"] == ()
