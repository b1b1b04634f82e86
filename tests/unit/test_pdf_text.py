"""PDFs as a lawyer reads them: the order, what stands apart, what is no part of the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, TakenKind, dump, load
from core.ingest.parse.pdf import read
from tests.pdf_pages import HEIGHT, WIDTH, Page, pdf

PROSE = [
    "The motion is denied because the complaint does not state",
    "a claim on which relief can be granted. The plaintiff says",
    "that the warehouse was closed on the day of the flood, and",
    "nothing in the record is to the contrary. We turn to the law",
    "of the case, which binds this court as it bound the others.",
]


Parse = Callable[..., Parsed]


@pytest.fixture
def parse(tmp_path: Path) -> Parse:
    def parsed(*pages: Page, info: str = "") -> Parsed:
        file = tmp_path / "filing.pdf"
        file.write_bytes(pdf(*pages, info=info))
        return read(file, password=None, folder=tmp_path, limits=Limits())

    return parsed


def taken(parsed: Parsed, kind: TakenKind) -> list[str]:
    return [each.words for each in parsed.taken if each.kind is kind]


def test_lines_of_a_paragraph_are_one_and_paragraphs_are_parted_by_a_blank_line(
    parse: Parse,
) -> None:
    page = Page().lines(PROSE).text(108, 602, "Second, the statute of repose has run its course in")
    page.lines(["this case, and no equity of the plaintiff can toll it."], y=588)
    text = parse(page).text
    assert " ".join(PROSE) in text
    assert "bound the others.\n\nSecond, the statute" in text
    assert "course in this case" in text


def test_two_columns_are_read_one_after_the_other_though_drawn_row_by_row(parse: Parse) -> None:
    left = ["we hold that the notice", "was timely, since it was", "mailed within ten days", "of"]
    left += ["the entry of the order,", "as the rule requires of"]
    right = ["each party. The dissent", "would count the days in", "another way, but we can", "not"]
    right += ["agree that a holiday is", "to be counted with them"]
    page = Page()
    for at, (west, east) in enumerate(zip(left, right, strict=True)):
        page.text(72, 700 - 14 * at, west.ljust(4)).text(330, 700 - 14 * at, east)
    text = " ".join(parse(page).text.split())
    assert text.index("as the rule requires of") < text.index("each party. The dissent")


def test_a_table_is_read_row_by_row(parse: Parse) -> None:
    page = Page()
    paid_for = [("Rent of the hall", "$1,200"), ("Insurance", "$310"), ("Heating oil", "$95")]
    paid_for += [("Repairs of the roof", "$4,400"), ("Watchman", "$800")]
    for at, (name, paid) in enumerate(paid_for):
        page.text(72, 700 - 16 * at, name).text(400, 700 - 16 * at, paid)
    text = parse(page).text
    assert "Rent of the hall $1,200" in text
    assert "Watchman $800" in text


def test_a_caption_is_read_parties_first_then_the_number(parse: Parse) -> None:
    page = Page().lines(
        ["ALMA FINCH,", "Plaintiff,", "v.", "ROWAN MILLS, INC.,", "Defendant."], step=20
    )
    page.lines([")", ")", ")", ")", ")"], x=300, step=20)
    page.lines(["Case No. 1:31-cv-00042", "MOTION TO DISMISS", "THE COMPLAINT"], x=330, step=20)
    page.lines(PROSE, y=560)
    text = parse(page).text
    assert text.index("Defendant.") < text.index("Case No. 1:31-cv-00042")
    assert ")" not in text.split("The motion")[0]


def test_a_footnote_stands_behind_the_body_and_its_figure_in_brackets(parse: Parse) -> None:
    page = Page().lines(PROSE)
    page.text(379, 649, "7", size=7)
    page.rule(72, 160, 144)
    page.text(72, 149, "7", size=6).text(76, 145, "See the letter of the fourth of May,", size=10)
    page.text(72, 133, "which counsel never answered.", size=10)
    parsed = parse(page)
    assert "bound the others.[7]" in parsed.text
    assert parsed.footnotes_start is not None
    notes = parsed.text[parsed.footnotes_start :]
    assert notes == "[7] See the letter of the fourth of May, which counsel never answered."
    (only,) = parsed.pages
    assert parsed.text[only.notes.start : only.notes.end] == notes
    assert "fourth of May" not in parsed.text[only.span.start : only.span.end]


def test_heads_feet_and_page_numbers_leave_the_text_and_label_the_page(parse: Parse) -> None:
    pages = [
        Page()
        .text(220, 750, "FINCH v. ROWAN MILLS")
        .lines(PROSE[number - 1 :] + PROSE[: number - 1])
        .text(250, 40, "MOTION TO DISMISS")
        .text(300, 60, str(number + 4))
        for number in range(1, 6)
    ]
    parsed = parse(*pages)
    assert [page.label for page in parsed.pages] == ["5", "6", "7", "8", "9"]
    assert taken(parsed, TakenKind.RUNNING_HEAD) == ["FINCH v. ROWAN MILLS"] * 5
    assert taken(parsed, TakenKind.RUNNING_FOOT) == ["MOTION TO DISMISS"] * 5
    assert len(taken(parsed, TakenKind.PAGE_NUMBER)) == 5
    assert "ROWAN" not in parsed.text
    assert parsed.text.startswith(PROSE[0])


@pytest.mark.parametrize(
    ("stamp", "label"),
    [
        ("Case 1:31-cv-00042-ABC Document 12 Filed 01/02/31 Page 3 of 9", "3"),
        ("Case 1:31-cv-00042-ABC Document 12 Filed 01/02/31 Page 3 of 9 PageID #: 88", "3"),
        ("2:31-cv-10310-VAR-SDD Doc # 1 Filed 01/31/31 Pg 1 of 19 Pg ID 1", "1"),
        ("Case: 31-16276, 08/05/2031, ID: 11778722, DktEntry: 19, Page 2 of 15", "2"),
        ("Appellate Case: 31-800 Document: 010110462922 Date Filed: 01/11/2031 Page: 1", "1"),
        ("USCA Case #31-1081 Document #1234567 Filed: 04/18/2031 Page 4 of 49", "4"),
        ("Case 31-3510, Document 1-1, 10/31/2031, 2161300, Page1 of 2", "1"),
        ("12-12020-mg Doc 4954 Filed 08/28/31 Case 12-12020 Main Document Pg 1 of 3", "1"),
    ],
)
def test_the_stamp_of_a_docket_leaves_the_text_and_numbers_the_page(
    parse: Parse, stamp: str, label: str
) -> None:
    parsed = parse(Page().text(100, 770, stamp, size=10).lines(PROSE))
    assert taken(parsed, TakenKind.STAMP) == [stamp]
    assert stamp not in parsed.text
    assert parsed.pages[0].label == label


def test_a_sentence_of_the_body_about_a_docket_is_no_stamp(parse: Parse) -> None:
    line = "In Case No. 31-42 the order was filed on May 4, and the case was closed on May 9."
    parsed = parse(Page().lines([line, *PROSE], y=740))
    assert taken(parsed, TakenKind.STAMP) == []
    assert line.split(",", maxsplit=1)[0] in parsed.text


def test_a_clerks_stamp_beside_the_caption_is_kept_apart(parse: Parse) -> None:
    page = Page().text(180, 700, "SUPERIOR COURT OF LINDEN")
    page.lines(["FILED"], x=475, y=716).lines(["January 11, 2031"], x=452, y=702, size=11)
    page.lines(["Clerk of Court"], x=458, y=688, size=11).lines(PROSE, y=600)
    parsed = parse(page)
    assert taken(parsed, TakenKind.STAMP) == ["FILED January 11, 2031 Clerk of Court"]
    assert "January" not in parsed.text


def test_line_numbers_of_a_pleading_leave_the_text_and_know_their_line(parse: Parse) -> None:
    page = Page()
    for number in range(1, 29):
        page.text(50, 730 - 24 * number, str(number))
    for at, line in enumerate(PROSE * 5):
        page.text(90, 706 - 24 * at, line)
    parsed = parse(page)
    numbers = [each for each in parsed.taken if each.kind is TakenKind.LINE_NUMBER]
    assert [each.words for each in numbers] == [str(number) for number in range(1, 29)]
    assert parsed.text.startswith(PROSE[0])
    assert parsed.text[numbers[2].at :].startswith(PROSE[2])
    assert " 3 " not in parsed.text


def test_numbers_of_paragraphs_are_not_taken_for_line_numbers(parse: Parse) -> None:
    page = Page()
    for number in range(1, 13):
        page.text(72, 740 - 40 * number, f"{number}. The defendant owed the plaintiff a duty")
        page.text(72, 726 - 40 * number, "of care, and did not keep it.")
    parsed = parse(page)
    assert taken(parsed, TakenKind.LINE_NUMBER) == []
    assert "7. The defendant owed" in parsed.text


def test_a_broken_word_is_whole_again_and_a_compound_keeps_its_hyphen(parse: Parse) -> None:
    lines = [
        "The attorney-client privilege is no shield for the inter-",
        "national carriage of goods, and the work of the attorney-",
        "client relation ends where the crime begins, as interna-",
        "tional law has it. The reference in Smith at pages 283-",
        "288 does not say otherwise, and the parties do not dispute",
        "that the international rule is the one to be applied here.",
    ]
    text = parse(Page().lines(lines)).text
    assert "for the international carriage" in text
    assert "of the attorney-client relation" in text
    assert "as international law" in text
    assert "pages 283-288 does" in text


def test_a_word_broken_between_pages_belongs_to_both(parse: Parse) -> None:
    first = [*PROSE[:4], "of the case, which binds every jurisdic-"]
    parsed = parse(Page().lines(first), Page().lines(["tion of the state.", *PROSE], y=690))
    assert "every jurisdiction of the state." in parsed.text
    one, two = parsed.pages
    assert parsed.text[one.span.start : one.span.end].endswith("jurisdic")
    assert parsed.text[two.span.start : two.span.end].startswith("tion of")
    assert len(one.boxes) == one.span.end - one.span.start


def test_dots_that_lead_to_a_page_are_short_and_entries_stand_in_lines(parse: Parse) -> None:
    lines = [f"{name} {'.' * 60} {page}" for name, page in [("Argument", 4), ("Conclusion", 9)]]
    text = parse(Page().lines(["Table of Contents", *lines])).text
    assert "Argument ... 4\nConclusion ... 9" in text


def test_print_up_the_side_is_no_part_of_the_text(parse: Parse) -> None:
    page = Page().lines(PROSE)
    page.drawn.append("BT /F1 9 Tf 0 1 -1 0 30 300 Tm (FINCH LAW OFFICE, LINDEN) Tj ET")
    parsed = parse(page)
    assert taken(parsed, TakenKind.RUNNING_HEAD) == ["FINCH LAW OFFICE, LINDEN"]
    assert parsed.text == " ".join(PROSE)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_each_letter_has_its_box_however_the_page_is_turned(parse: Parse, rotate: int) -> None:
    parsed = parse(Page(rotate=rotate).text(72, 700, "Whereas the parties agree"))
    (page,) = parsed.pages
    assert (page.width, page.height) == (WIDTH, HEIGHT)[:: -1 if rotate % 180 else 1]
    middle = page.boxes[0].reshape(2, 2).mean(0) / 65_535
    across, down = 77 / WIDTH, (HEIGHT - 703) / HEIGHT
    expected = {
        0: (across, down),
        90: (1 - down, across),
        180: (1 - across, 1 - down),
        270: (down, 1 - across),
    }[rotate]
    assert middle == pytest.approx(expected, abs=0.012)


def test_a_page_printed_sideways_is_read_as_its_lines_run(parse: Parse) -> None:
    parsed = parse(Page(rotate=90).lines(PROSE))
    assert parsed.text == " ".join(PROSE)


def test_boxes_follow_one_another_along_a_line(parse: Parse) -> None:
    (page,) = parse(Page().text(72, 700, "Whereas the parties agree")).pages
    lefts = [box[0] for box in page.boxes.tolist() if any(box)]
    assert lefts == sorted(lefts)
    assert lefts[0] / 65_535 * WIDTH == pytest.approx(72, abs=1)


def test_pages_that_are_read_together_are_read_as_one_by_one(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(number: int) -> Page:
        # Some have no words, some are turned, and words with figures are asked for wholly.
        if number % 5 == 0:
            return Page()
        words = f"{'On ' * (number % 7)}day {number} the clerk of room B{number} sealed the record."
        lines = [words, *PROSE[: number % 4 + 1]]
        return Page(rotate=90 * (number % 4)).lines(lines, y=500 - 3 * number)

    pages = [page(number) for number in range(1, 39)]
    together = parse(*pages)
    monkeypatch.setattr("core.ingest.parse.pdf._AT_ONCE", 1)
    monkeypatch.setattr("core.ingest.parse.layout._TOGETHER", 1)
    one_by_one = parse(*pages)
    assert together.text == one_by_one.text
    assert "the clerk of room B38 sealed the record." in together.text
    for one, other in zip(together.pages, one_by_one.pages, strict=True):
        assert (one.number, one.span, one.width) == (other.number, other.span, other.width)
        assert (one.boxes == other.boxes).all()


def test_what_was_read_travels_from_the_child_and_back(parse: Parse) -> None:
    parsed = parse(Page().lines(PROSE), info="/Title (A motion) /CreationDate (D:20310504120000Z)")
    again = load(dump(parsed))
    assert again.text == parsed.text
    assert again.properties == {"title": "A motion", "created": "2031-05-04T12:00:00+00:00"}
    assert (again.pages[0].boxes == parsed.pages[0].boxes).all()
