"""Papers as files: what was put in comes back, from Word and from Markdown."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from core.ingest.parse import word as reader
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed
from core.paper.lines import count_lines, width
from core.paper.markdown import markdown
from core.paper.pagination import pages_in_words, pages_of
from core.paper.paper import (
    Authority,
    Block,
    Heading,
    Manner,
    Note,
    Paper,
    Table,
    Text,
    paragraph,
)
from core.paper.word import word

NKEN = Authority(name="Nken v. Holder", rest=", 556 U.S. 418 (2009)")
HILTON = Authority(name='Hilton v. "Braunskill"', rest=", 481 U.S. 770 (1987)")
SENTENCE = "A stay is an exercise of judicial discretion and never a matter of right. "


def note(authority: Authority, page: int) -> Note:
    words = authority.rest.replace(" (", f", {page} (") + "."
    return Note(pieces=(authority, Text(words=authority.name, italic=True), Text(words=words)))


def paper(*blocks: Block, authorities: bool = True, foot: str = "") -> Paper:
    return Paper(
        title="Memorandum on stays",
        called="memorandum",
        head=("Howe & Co.", "0042-0007", "November 22, 2026"),
        blocks=blocks,
        foot=foot,
        authorities=authorities,
        brief=True,
        author="Ann Orr",
    )


def read_back(data: bytes, folder: Path) -> Parsed:
    path = folder / "paper.docx"
    path.write_bytes(data)
    return reader.read(path, password=None, folder=folder, limits=Limits())


def member(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def test_footnotes_of_a_word_file_come_back_through_our_own_reader(tmp_path: Path) -> None:
    made = word(
        paper(paragraph("A stay is discretionary.", note(NKEN, 433), " It is not of right."))
    )

    parsed = read_back(made, tmp_path)

    assert "A stay is discretionary.[1] It is not of right." in parsed.text
    assert "[1] Nken v. Holder, 556 U.S. 418, 433 (2009)." in parsed.text
    assert parsed.footnotes_start is not None
    assert parsed.text[parsed.footnotes_start :].startswith("[1] Nken")
    assert parsed.hidden == ()


def test_every_footnote_that_is_called_is_there_once_and_the_settings_know_them() -> None:
    made = word(paper(*(paragraph(SENTENCE, note(NKEN, 430 + n)) for n in range(3))))

    called = re.findall(r'<w:footnoteReference w:id="(\d+)"/>', member(made, "word/document.xml"))
    written = re.findall(r'<w:footnote w:id="(\d+)">', member(made, "word/footnotes.xml"))
    assert called == written == ["1", "2", "3"]
    settings = member(made, "word/settings.xml")
    assert settings.index("<w:updateFields") < settings.index("<w:footnotePr>")
    assert settings.index("<w:footnotePr>") < settings.index("<w:compat>")
    assert "footnotes+xml" in member(made, "[Content_Types].xml")


def test_a_paper_without_notes_has_no_part_for_them() -> None:
    with ZipFile(BytesIO(word(paper(paragraph("Plain."), authorities=False)))) as archive:
        assert "word/footnotes.xml" not in archive.namelist()


def test_the_table_of_authorities_is_a_field_that_word_can_count_anew() -> None:
    made = word(paper(paragraph(SENTENCE, note(NKEN, 433), note(HILTON, 776))))

    body, notes = member(made, "word/document.xml"), member(made, "word/footnotes.xml")
    assert ' TOA \\h \\c "1" \\p ' in body
    assert body.count('w:fldCharType="begin"') == body.count('w:fldCharType="end"')
    assert '<w:fldChar w:fldCharType="begin" w:dirty="true"/>' in body
    marks = "".join(re.findall(r"<w:instrText[^>]*>([^<]*)<", notes))
    assert (
        marks == ' TA \\l "Nken v. Holder, 556 U.S. 418 (2009)" '
        '\\s "Nken v. Holder, 556 U.S. 418 (2009)" \\c 1 '
        ' TA \\l "Hilton v. \\"Braunskill\\", 481 U.S. 770 (1987)" '
        '\\s "Hilton v. \\"Braunskill\\", 481 U.S. 770 (1987)" \\c 1 '
    )


def test_until_then_it_shows_the_cases_by_name_with_their_pages(tmp_path: Path) -> None:
    long = [paragraph(SENTENCE * 12, note(NKEN, 430 + n)) for n in range(24)]
    made = word(paper(*long, paragraph(SENTENCE, note(HILTON, 776))))

    shown = [each.text for each in docx.Document(BytesIO(made)).paragraphs]

    at = shown.index("Table of Authorities")
    assert shown[at + 1] == "Cases"
    assert re.fullmatch(r'Hilton v\. "Braunskill", 481 U\.S\. 770 \(1987\)\t\d+', shown[at + 2])
    assert shown[at + 3] == "Nken v. Holder, 556 U.S. 418 (2009)\tpassim"
    assert "TOA" not in read_back(made, tmp_path).text


@pytest.mark.parametrize(
    ("pages", "words"), [((1,), "1"), ((2, 4, 7), "2, 4, 7"), ((1, 2, 3, 4, 5), "passim")]
)
def test_five_pages_are_passim(pages: tuple[int, ...], words: str) -> None:
    assert pages_in_words(pages) == words


def test_pages_are_counted_by_lines_and_notes() -> None:
    # 27 double-spaced lines a page; a note takes its own lines, and the rule above them one.
    lines = [paragraph(f"Line {n}.") for n in range(27)]
    assert pages_of(paper(*lines, paragraph("Next.", NKEN)))[NKEN] == (2,)
    assert pages_of(paper(*lines[1:], paragraph("Last.", NKEN)))[NKEN] == (1,)
    assert pages_of(paper(*lines[1:], paragraph("Noted.", note(NKEN, 433))))[NKEN] == (2,)
    assert pages_of(paper(*lines[1:], Heading(words="Rule"), paragraph("Why.", NKEN)))[NKEN] == (2,)


def test_words_are_measured_as_times_is_set() -> None:
    assert width("A stay", 12) == pytest.approx(30.996)
    assert count_lines("", size=12, wide=468) == 1
    assert count_lines("word " * 40, size=12, wide=468) == 3
    # No word is parted, however long.
    assert count_lines("w" * 500, size=12, wide=468) == 1


def test_tables_headings_and_manners_are_in_the_file(tmp_path: Path) -> None:
    made = word(
        paper(
            Heading(words="What was found"),
            Table(head=("n", "Case"), rows=(("1", "Nken"),), widths=(0.2, 0.8)),
            paragraph("Quoted at length.", manner=Manner.QUOTE),
            paragraph("One.", manner=Manner.ITEM),
            authorities=False,
            foot="Parts of this were generated.",
        )
    )

    opened = docx.Document(BytesIO(made))
    styles = {each.text: each.style.name for each in opened.paragraphs if each.style}
    assert styles["What was found"] == "Heading 1"
    assert styles["Quoted at length."] == "Quote"
    assert styles["One."] == "List Bullet"
    assert [cell.text for cell in opened.tables[0].rows[1].cells] == ["1", "Nken"]
    assert "Parts of this were generated." in {
        each.text for each in opened.sections[0].footer.paragraphs
    }
    assert (opened.core_properties.author, opened.core_properties.comments) == ("Ann Orr", "")


def test_c21_what_xml_cannot_hold_and_markup_are_words(tmp_path: Path) -> None:
    wicked = 'a\x00b\x0bc <w:p/> & "x" ]]> \ud800'
    named = Authority(name=wicked, rest=wicked)
    made = word(paper(paragraph(wicked, note(named, 1)), foot=wicked))

    text = read_back(made, tmp_path).text
    assert 'a\ufffdb\ufffdc <w:p/> & "x" ]]> \ufffd' in text


def test_g13_markdown_keeps_words_words() -> None:
    wicked = "# Not *a* heading [x](javascript:alert(1)) <b>![i](https://evil.example/p.png)"
    made = markdown(paper(paragraph(wicked), paragraph("1. Not an item"), authorities=False))

    assert "\\# Not \\*a\\* heading \\[x\\]" in made
    assert "1\\. Not an item" in made
    assert "https://" not in made
    assert re.search(r"(?<!\\)[<\[]", made) is None


def test_markdown_has_footnotes_and_the_authorities_by_name() -> None:
    made = markdown(
        paper(paragraph(SENTENCE, note(NKEN, 433)), paragraph("Held.", note(HILTON, 7)))
    )

    assert "[^1]: *Nken v. Holder*, 556 U.S. 418, 433 (2009)." in made
    assert "matter of right. [^1]" in made
    hilton, nken = made.index("- *Hilton"), made.index("- *Nken")
    assert hilton < nken
