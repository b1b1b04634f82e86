"""Word files: read in order, with what nobody sees marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from core.ingest.parse import word
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import HiddenKind, Parsed, TakenKind, Unreadable
from tests.office_files import archive, docx, p, r

REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
LEVELS = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="%1.%2.%3"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)

Read = Callable[..., Parsed]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(data: bytes, limits: Limits | None = None) -> Parsed:
        path = tmp_path / "file"
        path.write_bytes(data)
        return word.read(path, password=None, folder=tmp_path, limits=limits or Limits())

    return read


def _numbered(words: str, number: int, level: int = 0) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _cells(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def _hidden(parsed: Parsed) -> list[tuple[HiddenKind, str]]:
    return [(each.kind, each.span.of(parsed.text)) for each in parsed.hidden]


def test_paragraphs_are_parted_by_a_blank_line(read: Read) -> None:
    runs = f"<w:p>{r('The motion ')}{r('is ')}{r('granted.')}</w:p>"
    assert read(docx(p("ORDER") + p("") + runs)).text == "ORDER\n\nThe motion is granted."


def test_breaks_tabs_and_hyphens_are_what_they_look_like(read: Read) -> None:
    run = (
        "<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>Smith</w:t><w:noBreakHyphen/>"
        "<w:t>Jones</w:t><w:softHyphen/><w:t>es</w:t>"
        '<w:sym w:font="Times" w:char="00A7"/><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>'
    )
    assert read(docx(f"<w:p>{run}</w:p>")).text == "one\ntwo Smith-Joneses§•"


def test_footnotes_stand_behind_the_body_with_their_numbers(read: Read) -> None:
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{p("------")}</w:footnote>'
        f'<w:footnote w:id="2">{p("See Twombly.")}{p("Second paragraph.")}</w:footnote>'
    )
    made = docx(f"<w:p>{r('It fails.')}{REFERENCE}{r(' It does.')}</w:p>", footnotes=notes)
    parsed = read(made)
    assert parsed.text == "It fails.[1] It does.\n\n[1] See Twombly.\n\nSecond paragraph."
    assert parsed.text[parsed.footnotes_start :].startswith("[1]")


def test_a_reference_to_a_note_that_is_not_there_is_nothing(read: Read) -> None:
    assert read(docx(f"<w:p>{r('It fails.')}{REFERENCE}</w:p>")).text == "It fails."


def test_numbers_that_word_prints_are_in_the_text(read: Read) -> None:
    body = (
        _numbered("Parties", 3)
        + _numbered("Doe", 3, 1)
        + _numbered("Roe", 3, 1)
        + _numbered("deep", 3, 2)
        + _numbered("Venue", 3)
        + _numbered("again", 3, 1)
        + _numbered("anew", 4)
        + p("none", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    expected = "1. Parties|(a) Doe|(b) Roe|1.b.I deep|2. Venue|(a) again|1. anew|none"
    assert expected.split("|") == read(docx(body, numbering=LEVELS)).text.split("\n\n")


def test_a_style_numbers_its_paragraphs_also_through_what_it_is_based_on(read: Read) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Para"><w:pPr><w:numPr><w:numId w:val="3"/>'
        "</w:numPr>"
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Para"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p("one", '<w:pStyle w:val="Para"/>') + p("two", '<w:pStyle w:val="Sub"/>')
    parsed = read(docx(body, numbering=LEVELS, styles=styles))
    assert parsed.text == "1. one\n\n(a) two"


def test_a_table_reads_row_by_row_and_a_captions_rule_is_left_out(read: Read) -> None:
    rows = _cells(p("Date"), p("Fee")) + _cells(p("May 1"), p("$5"))
    caption = _cells(p("DOE,") + p("Plaintiff,"), p(")") + p(")"), p("No. 12-345"))
    body = p("before") + f"<w:tbl>{rows}</w:tbl>" + p("after") + f"<w:tbl>{caption}</w:tbl>"
    expected = "before\n\nDate\tFee\nMay 1\t$5\n\nafter\n\nDOE,\n\nPlaintiff,\n\nNo. 12-345"
    assert expected == read(docx(body)).text


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ("<w:vanish/>", HiddenKind.INVISIBLE),
        ('<w:vanish w:val="0"/>', None),
        ('<w:color w:val="FFFFFF"/>', HiddenKind.WHITE),
        ('<w:color w:val="FDFDFD"/>', HiddenKind.WHITE),
        ('<w:color w:themeColor="background1" w:val="auto"/>', HiddenKind.WHITE),
        ('<w:color w:val="FFFFFF"/><w:shd w:fill="000080"/>', None),
        ('<w:color w:val="FF0000"/>', None),
        ('<w:sz w:val="1"/>', HiddenKind.TINY),
        ('<w:sz w:val="16"/>', None),
        ('<w:highlight w:val="black"/>', HiddenKind.UNDER_BOX),
        ('<w:color w:val="000000"/><w:shd w:fill="000000"/>', HiddenKind.UNDER_BOX),
        # Word turns its own black white there
        ('<w:shd w:fill="000000"/>', None),
        ('<w:highlight w:val="yellow"/>', None),
    ],
)
def test_c13_words_that_nobody_sees_are_read_and_marked(
    read: Read, settings: str, kind: HiddenKind | None
) -> None:
    parsed = read(docx(f"<w:p>{r('Seen. ')}{r('Unseen words', settings)}{r(' seen.')}</w:p>"))
    assert parsed.text == "Seen. Unseen words seen."
    assert _hidden(parsed) == ([(kind, "Unseen words")] if kind else [])


def test_c13_a_style_can_hide_words_and_a_shaded_cell_can_show_white_ones(read: Read) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
        "</w:style>"
    )
    white = '<w:pStyle w:val="Pale"/>'
    cell = f'<w:tc><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr>{p("in a dark cell", white)}</w:tc>'
    body = p("a ghost", "", '<w:rStyle w:val="Ghost"/>') + p("pale", white)
    parsed = read(docx(f"{body}<w:tbl><w:tr>{cell}</w:tr></w:tbl>", styles=styles))
    assert _hidden(parsed) == [(HiddenKind.INVISIBLE, "a ghost"), (HiddenKind.WHITE, "pale")]


def test_words_struck_out_are_left_out_and_words_put_in_are_read(read: Read) -> None:
    body = (
        f"<w:p>{r('We ')}<w:del><w:r><w:delText>deny</w:delText></w:r></w:del>"
        f"<w:ins>{r('admit')}</w:ins>{r(' it.')}</w:p><w:moveFrom>{p('moved')}</w:moveFrom>"
    )
    parsed = read(docx(body, comments=f'<w:comment w:id="1">{p("Really?")}</w:comment>'))
    assert parsed.text == "We admit it."
    assert parsed.notices == (
        "Words struck out under track changes are left out (2 places).",
        "Comments in the margin are left out (1).",
    )


def test_of_a_field_only_what_it_shows_is_read(read: Read) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = '<w:r><w:instrText>HYPERLINK "http://example.com"</w:instrText></w:r>'
    field = f"{mark('begin')}{instruction}{mark('separate')}{r('the rule')}{mark('end')}"
    broken = f"<w:p>{mark('begin')}{instruction}{r('swallowed')}</w:p>"
    parsed = read(docx(f"<w:p>{r('See ')}{field}{r('.')}</w:p>{broken}{p('It goes on.')}"))
    assert parsed.text == "See the rule.\n\nIt goes on."


def test_heads_and_feet_are_taken_out_without_their_page_numbers(read: Read) -> None:
    foot = f'<w:p>{r("Page ")}<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple></w:p>'
    parsed = read(docx(p("Text."), header1=p("Case No. 1:20-cv-00123"), footer1=foot))
    assert parsed.text == "Text."
    assert [(each.kind, each.words) for each in parsed.taken] == [
        (TakenKind.RUNNING_HEAD, "Case No. 1:20-cv-00123"),
        (TakenKind.RUNNING_FOOT, "Page"),
    ]


def test_words_in_a_drawn_box_are_read_once(read: Read) -> None:
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    drawn = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    drawn += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    assert read(docx(f"<w:p>{r('around it')}{drawn}</w:p>")).text == "around it\n\nin the box"


def test_content_controls_and_links_are_read_in_their_place(read: Read) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('Jane Doe')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{r(' here')}</w:hyperlink>"
    block = f"<w:sdt><w:sdtContent>{p('block')}</w:sdtContent></w:sdt>"
    assert read(docx(f"<w:p>{control}{link}</w:p>{block}")).text == "Jane Doe here\n\nblock"


def test_what_the_file_says_of_itself_is_kept(read: Read) -> None:
    core = "<dc:title>A Motion</dc:title><dc:creator>Jane\nDoe</dc:creator>"
    core += "<t:created>2024-01-02T03:04:05Z</t:created><t:unknown>x</t:unknown>"
    assert read(docx(p("Text."), core=core)).properties == {
        "title": "A Motion",
        "author": "Jane Doe",
        "created": "2024-01-02T03:04:05Z",
    }


def test_c12_c21_what_the_file_points_to_is_not_fetched(read: Read) -> None:
    outside = (
        '<Relationship Id="t" Type="x/attachedTemplate" Target="http://example.com/t.dotm" '
        'TargetMode="External"/>'
        '<Relationship Id="h" Type="x/hyperlink" Target="http://example.com" '
        'TargetMode="External"/>'
    )
    parsed = read(docx(p("Text."), outside=outside, more={"word/vbaProject.bin": b"macro"}))
    assert parsed.text == "Text."
    assert parsed.notices == (
        "The file holds macros. They were not run, and are left out.",
        "The file points to a template or a picture elsewhere. Nothing was fetched.",
    )


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE w SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE w [<!ENTITY % x SYSTEM "http://example.com/x"> %x;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_c21_a_file_that_defines_entities_is_refused(
    read: Read, prologue: str, encoding: str
) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>{prologue}<w:document xmlns:w="w"/>'
    with pytest.raises(Unreadable, match="entities of its own"):
        read(docx("", more={"word/document.xml": document.encode(encoding)}))


def test_c04_a_part_that_unpacks_to_too_much_is_refused(read: Read) -> None:
    with pytest.raises(Unreadable, match="far more than it should"):
        read(docx(p("a" * 3_000_000)))


def test_elements_nested_too_deeply_are_left_out_and_said(read: Read) -> None:
    deep = "<w:hyperlink>" * 3000 + r("far down") + "</w:hyperlink>" * 3000
    parsed = read(docx(f"{p('Text.')}<w:p>{deep}</w:p>"))
    assert parsed.text == "Text."
    assert "nested deeper" in parsed.notices[0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (docx("", more={"word/document.xml": "<w:document"}), "damaged"),
        (docx("", more={"word/document.xml": "<a/>"}), "no text part"),
        (archive({"word/other.xml": "<a/>"}), "no text part"),
        (docx(p("Text."))[:-40], "damaged"),
    ],
)
def test_c06_a_damaged_file_is_refused_with_a_reason(read: Read, data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(data)


def test_c06_a_file_cut_off_anywhere_is_read_or_refused(read: Read) -> None:
    whole = docx(p("Text."), styles="", numbering=LEVELS)
    for n in range(0, len(whole), 29):
        with pytest.raises(Unreadable):
            read(whole[:n])


def test_more_text_than_a_filing_may_have_is_refused(read: Read) -> None:
    with pytest.raises(Unreadable, match="more than 5 characters"):
        read(docx(p("Text of a motion")), Limits(characters=5))


NO_EXPECTED_APPENDIX = {"42", "43"}


@pytest.mark.parametrize("most", [5, pytest.param(14, marks=pytest.mark.slow)])
def test_real_judgments_read_as_they_are_printed(corpus: Path, most: int) -> None:
    """Nine words in a row of the text as published are found in ours, and the other way round."""
    shared: dict[str, float] = {}
    extra: dict[str, float] = {}
    for path in sorted((corpus / "filings").glob("tna-*.docx"), key=_size)[:most]:
        expected = _nines(path.with_suffix(".expected.txt").read_text(encoding="utf-8"))
        ours = _nines(word.read(path, password=None, folder=path.parent, limits=Limits()).text)
        shared[path.stem] = len(expected & ours) / len(expected)
        extra[path.stem] = len(ours - expected) / len(ours)
    assert len(shared) == most
    assert [name for name, share in shared.items() if share < 0.98] == []
    assert sum(share == 1 for share in shared.values()) >= 0.7 * most
    # Two of the published texts leave out their appendix.
    over = [name for name, share in extra.items() if share > 0.05]
    assert {name[-2:] for name in over} <= NO_EXPECTED_APPENDIX


def _size(path: Path) -> int:
    return path.stat().st_size


def _nines(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[n:] for n in range(9)), strict=False))
