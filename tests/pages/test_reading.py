"""An opinion on the screen: every character of it, in order, with what stands beside it."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import (
    CaseId,
    CitedCase,
    Opinion,
    OpinionId,
    OpinionKind,
    PageLabel,
    Passage,
    PassageId,
    Span,
)
from pages.parts.links import passage_address, read_place
from pages.parts.reading import opinion_text, paragraphs, place_of

TEXT = "First page words.\n\nSecond paragraph cites 1 U.S. 1 here.\n\nThe end."


def _opinion(text: str = TEXT, **more: object) -> Opinion:
    given: dict[str, object] = {"footnotes_start": None, "pages": ()}
    return Opinion(
        opinion_id=OpinionId(7),
        case_id=CaseId(3),
        ordinal=0,
        kind=OpinionKind.MAJORITY,
        author=None,
        text=text,
        **(given | more),  # type: ignore[arg-type]
    )


class _Text(HTMLParser):
    """Reads back the words of the opinion, leaving out page labels; what is marked also apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = self.marked = ""
        self._label = False
        self._marks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._marks += tag == "mark"
        self._label = tag == "a" and "page" in (dict(attrs).get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        self._marks -= tag == "mark"
        self._label = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self._label else data
        self.marked += data if self._marks and not self._label else ""


def _read_back(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    reader.close()
    return reader.words


def test_a_cited_case_is_a_link_and_the_found_passage_is_marked() -> None:
    start = TEXT.index("1 U.S. 1")
    cited = CitedCase(
        opinion_id=OpinionId(7), span=Span(start, start + 8), pincite=None, case_id=CaseId(9)
    )
    html = opinion_text(_opinion(), cited=[cited], found=Span(start, start + 13))
    assert '<mark><a href="/case?case=9" class="held">1 U.S. 1</a></mark><mark> here</mark>' in html


@pytest.mark.parametrize(
    "span",
    [
        Span(0, 17),
        # from the middle of a paragraph, over a page's beginning and a cited case
        Span(26, 53),
        # over the end of a paragraph
        Span(6, 35),
    ],
)
def test_g04_the_link_of_a_source_opens_its_opinion_with_its_very_words_marked(span: Span) -> None:
    at = TEXT.index("1 U.S. 1")
    cited = CitedCase(
        opinion_id=OpinionId(7), span=Span(at, at + 8), pincite=None, case_id=CaseId(9)
    )
    passage = Passage(
        passage_id=PassageId(1),
        opinion_id=OpinionId(7),
        case_id=CaseId(3),
        kind=OpinionKind.MAJORITY,
        author=None,
        span=span,
        text=span.of(TEXT),
        page=None,
    )

    asked = parse_qs(urlsplit(passage_address(passage)).query)
    place = read_place(asked["at"][0])

    assert asked["case"] == ["3"]
    assert place == (OpinionId(7), span)
    pages = (PageLabel(start=0, label="1"), PageLabel(start=30, label="2"))
    reader = _Text()
    reader.feed(opinion_text(_opinion(pages=pages), cited=[cited], found=place[1]))
    assert "".join(reader.marked.split()) == "".join(passage.text.split())


def test_a_page_that_begins_between_paragraphs_labels_the_next_one() -> None:
    pages = (PageLabel(start=0, label="1"), PageLabel(start=18, label="2"))
    html = opinion_text(_opinion(pages=pages), cited=[], found=None)
    assert html.index('data-page="1"') < html.index("First") < html.index('data-page="2"')
    assert html.index('data-page="2"') < html.index("Second")


def test_a_page_that_begins_inside_a_paragraph_stands_where_it_begins() -> None:
    html = opinion_text(
        _opinion(pages=(PageLabel(start=TEXT.index("cites"), label="2"),)), cited=[], found=None
    )
    assert html.index("Second paragraph ") < html.index('data-page="2"') < html.index("cites")


@pytest.mark.parametrize(
    ("at", "expected"),
    [(0, "at-7-0"), (25, "at-7-19"), (len(TEXT), None)],
)
def test_the_place_to_scroll_to_is_the_paragraph_that_holds_it(
    at: int, expected: str | None
) -> None:
    assert place_of([_opinion()], (OpinionId(7), Span(at, at + 3))) == expected


def test_footnotes_stand_apart_at_the_end() -> None:
    html = opinion_text(_opinion(footnotes_start=TEXT.index("The end")), cited=[], found=None)
    assert html.index("<h4>Notes</h4>") < html.index("The end.")


@given(
    st.text(alphabet="ab<&\"' \n\t\x00§é", max_size=200),
    st.lists(st.integers(0, 200), max_size=5),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40)), max_size=5),
)
def test_no_character_of_an_opinion_is_lost_doubled_or_moved(
    text: str, page_starts: list[int], spans: list[tuple[int, int]]
) -> None:
    pages = tuple(
        PageLabel(start=start, label=str(n))
        for n, start in enumerate(sorted({min(s, len(text)) for s in page_starts}))
    )
    cited = [
        CitedCase(opinion_id=OpinionId(7), span=Span(a, a + n), pincite=None, case_id=CaseId(1))
        for a, n in spans
    ]
    found = Span(spans[0][0], sum(spans[0])) if spans else None
    html = opinion_text(_opinion(text, pages=pages), cited=cited, found=found)
    expected = "".join(span.of(text) for span in paragraphs(text))
    # HTML has no NUL and reads it as a replacement character; nothing else may change.
    assert _read_back(html).replace("\x00", "�") == expected.replace("\x00", "�")


def test_paragraphs_are_what_stands_between_blank_lines() -> None:
    assert [span.of(TEXT)[:6] for span in paragraphs(TEXT)] == ["First ", "Second", "The en"]
    assert [span.of("a\nb\n \n c ") for span in paragraphs("a\nb\n \n c ")] == ["a\nb", "c"]
