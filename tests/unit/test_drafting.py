"""Drafts as text: marks that do not break, sentences held against their sources, citations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from core.ask.answer import answer
from core.model import (
    Answer,
    CiteStyle,
    Claim,
    Draft,
    DraftHead,
    DraftId,
    DraftVersion,
    MatterId,
    OpinionKind,
    PartKind,
    ReporterCitation,
    Source,
    Standing,
    Support,
)
from core.paper.markdown import markdown
from core.paper.paper import Manner, Note, Paragraph, Text
from core.work.brief import cited_paragraphs, draft_paper
from core.work.citing import Citations, authority, plain
from core.work.drafted import authors, foot_words, parts_of
from core.work.marks import mended, parts, sentences_of
from core.work.recheck import MISQUOTED, NO_SOURCE, recheck
from tests.factories_ask import (
    STAY,
    make_case,
    make_hit,
    make_opinion,
    make_passage,
    make_result,
    make_source,
)

TORN = ("A mark of a source that was torn was mended.",)
FIRST, SECOND = (sentence + "." for sentence in STAY.split(". ")[:2])


# --- marks ---


@pytest.mark.parametrize(
    ("typed", "kept", "notices"),
    [
        ("It is so. [1] It is not.[2]", "It is so. [1] It is not.[2]", ()),
        # As people and models write them.
        ("It is so. [ 1 ] And so [1, 2].", "It is so. [1] And so [1][2].", ()),
        ("It is so 【1】 and [source 2] and [1 and 2].", "It is so [1] and [2] and [1][2].", ()),
        # Half of one was deleted.
        ("It is so. [1 It goes on.", "It is so. [1] It goes on.", TORN),
        ("It is so. 1] It goes on.", "It is so. [1] It goes on.", TORN),
        ("It is so.[1[2]", "It is so.[1][2]", TORN),
        # Brackets of the words themselves.
        ("see [1 of 3] and [note 1]", "see [1 of 3] and [note 1]", ()),
        ("“[t]he 12] men”", "“[t]he 12] men”", ()),
        # No source.
        ("It is so. [9]", "It is so. [9]", ("There is no source 9: “[9]” stands as words.",)),
        ("[2009] was a year", "[2009] was a year", ()),
        ("a\r\nb\rc\0", "a\nb\nc", ()),
    ],
)
def test_a_mark_cannot_be_broken_by_accident(
    typed: str, kept: str, notices: tuple[str, ...]
) -> None:
    assert mended(typed, {1, 2}) == (kept, notices)
    assert mended(kept, {1, 2})[0] == kept


def test_a_text_is_parted_into_headings_paragraphs_items_and_quotations() -> None:
    text = "# Stays\nOne line\nand another. [1]\n\n- first [2]\n- second\n\n> Quoted,\n> whole. [1]"

    found = [
        (part.kind, part.text, [m.numbers for m in part.marks]) for part in parts(text, {1, 2})
    ]

    assert found == [
        (PartKind.HEADING, "Stays", []),
        (PartKind.BODY, "One line and another.", [(1,)]),
        (PartKind.ITEM, "first", [(2,)]),
        (PartKind.ITEM, "second", []),
        (PartKind.QUOTE, "Quoted, whole.", [(1,)]),
    ]


def test_a_mark_belongs_to_the_sentence_before_it() -> None:
    (part,) = parts("It is so. [1][2] “One. Two.” [2] It [1] is. [9] Not.", {1, 2})

    assert [(each.text, each.numbers) for each in sentences_of(part)] == [
        ("It is so.", (1, 2)),
        ("“One. Two.”", (2,)),
        ("It is.", (1,)),
        ("[9] Not.", ()),
    ]


# --- sentences held against their sources ---


def given(*, kind: OpinionKind = OpinionKind.MAJORITY) -> Answer:
    """An extract of Nken, as it is given."""
    held = [make_hit(make_case(), make_passage(STAY, kind=kind, author="Alito"))]
    return answer(
        "Is a stay pending appeal a matter of right, or an exercise of judicial discretion?",
        search=lambda asked: make_result(asked, held),
        opinions=lambda _: (make_opinion(held[0].passages[0]),),
        similarity=lambda _, texts: [0.9] * len(texts),
        encoder="words",
    )


def checked(text: str, origin: Answer) -> list[tuple[Support, str | None]]:
    return [(claim.support, claim.reason) for claim in recheck(text, origin)]


def test_what_is_left_as_it_was_generated_keeps_its_verdict() -> None:
    origin = given()
    assert len(origin.claims) > 1
    assert checked(origin.text, origin) == [(Support.VERIFIED, None)] * len(origin.claims)


def test_the_words_that_code_puts_before_a_dissent_do_not_make_it_another_sentence() -> None:
    origin = given(kind=OpinionKind.DISSENT)
    assert origin.text.startswith("A dissent says: ")
    assert checked(origin.text, origin)[0] == (Support.VERIFIED, None)


def test_an_edited_sentence_loses_its_mark_unless_it_still_holds() -> None:
    origin = given()
    paraphrased = FIRST.replace("even if irreparable injury might otherwise result", "whatever")
    quoting = f"As the court wrote, “{SECOND}”"
    edited = f"{FIRST.replace('not a', 'a')} [1] {paraphrased} [1] {quoting} [1]"

    (first, why), (second, _), (third, _) = checked(edited, origin)

    assert first is Support.UNSUPPORTED and why is not None
    assert second is not Support.VERIFIED
    assert third is Support.VERIFIED


@pytest.mark.parametrize(
    "quoting",
    [
        "A stay is “instead an exercise of judicial discretion”.",
        # The court did write these words, and said the opposite of what they say alone.
        "The court wrote: “a matter of right.”",
        "The court wrote of “an exercise of judicial discretion”.",
    ],
)
def test_a_part_of_a_sentence_in_quotation_marks_holds_nothing_by_itself(quoting: str) -> None:
    ((support, why),) = checked(f"{quoting} [1]", given())

    assert support is Support.UNSUPPORTED
    assert why is not None


@pytest.mark.parametrize(
    ("text", "support", "reason"),
    [
        (f"{FIRST}", Support.UNSUPPORTED, NO_SOURCE),
        (f"> {FIRST} {SECOND} [1]", Support.VERIFIED, None),
        (f"> {FIRST.replace('right', 'grace')} [1]", Support.UNSUPPORTED, MISQUOTED),
        ("“A stay is a matter of right” in every case. [1]", Support.UNSUPPORTED, "quotation"),
        (
            "Varghese v. China, 925 F.3d 1339 (2019), holds so. [1]",
            Support.UNSUPPORTED,
            "authority",
        ),
        (f"**{FIRST}** [1]", Support.VERIFIED, None),
    ],
)
def test_what_a_person_writes_is_checked_like_a_models_words(
    text: str, support: Support, reason: str | None
) -> None:
    ((found, why),) = checked(text, given())
    assert found is support
    assert why is None if reason is None else reason in str(why)


def test_a_heading_claims_nothing() -> None:
    assert checked(f"# Stays are of right\n\n{FIRST} [1]", given()) == [(Support.VERIFIED, None)]


def test_who_wrote_a_sentence_is_who_saved_it_first() -> None:
    def version(n: int, by: str, *texts: str) -> DraftVersion:
        claims = tuple(Claim(text=t, support=Support.SUPPORTED, sources=(1,)) for t in texts)
        moment = datetime(2026, 11, n, tzinfo=UTC)
        return DraftVersion(version=n, text="", claims=claims, saved_by=by, saved_at=moment)

    versions = (
        version(1, "Ann", "One.", "Two."),
        version(2, "Bob", "One.", "Two, edited."),
        version(3, "Ann", "*One.*", "Two, edited.", "Three."),
    )

    assert authors(versions, versions[2]) == (None, "Bob", "Ann")
    assert authors(versions, versions[0]) == (None, None)


# --- citations ---


def source(n: int, *, pincite: str | None = "433", **more: object) -> Source:
    made = make_source(n=n, **more)  # type: ignore[arg-type]
    return replace(made, pincite=pincite)


HILTON = source(
    3,
    case=make_case(2, name="Hilton v. Braunskill", citation=("481", "U.S.", "770"), year=1987),
    citation="Hilton v. Braunskill, 481 U.S. 770, 776 (1987)",
    pincite="776",
)
LATER = source(2, citation="Nken v. Holder, 556 U.S. 418, 435 (2009)", pincite="435")


def cited(*groups: tuple[int, ...], sources: tuple[Source, ...] | None = None) -> list[str]:
    citations = Citations(sources or (source(1), LATER, HILTON))
    return [plain(citations.cite(group)) for group in groups]


def test_a_case_is_cited_in_full_once_then_short_then_by_id() -> None:
    assert cited((1,), (2,), (2,), (3,), (1,), (1, 3), (1,)) == [
        "Nken v. Holder, 556 U.S. 418, 433 (2009)",
        "Id. at 435",
        "Id.",
        "Hilton v. Braunskill, 481 U.S. 770, 776 (1987)",
        "Nken, 556 U.S. at 433",
        "Nken, 556 U.S. at 433; Hilton, 481 U.S. at 776",
        # What was cited just before was of two: "id." would name neither.
        "Nken, 556 U.S. at 433",
    ]


def test_a_dissent_is_named_as_one_in_every_form() -> None:
    dissent = source(1, kind=OpinionKind.DISSENT)
    dissent = replace(dissent, passage=replace(dissent.passage, author="Alito"))

    assert cited((1,), (2,), (1,), sources=(dissent, LATER)) == [
        "Nken v. Holder, 556 U.S. 418, 433 (2009) (Alito, J., dissenting)",
        "Id. at 435",
        "Id. at 433 (Alito, J., dissenting)",
    ]


@pytest.mark.parametrize(
    "place",
    [None, ReporterCitation("2009", "WL", "1065976"), ReporterCitation("2012", "IL App", "1")],
)
def test_a_case_that_has_no_short_form_is_cited_in_full_again(
    place: ReporterCitation | None,
) -> None:
    case = replace(make_case(), citations=(place,) if place else ())
    one = source(1, case=case, citation="Nken v. Holder, in full")
    assert cited((1,), (3,), (1,), sources=(one, HILTON))[2] == "Nken v. Holder, in full"


def test_the_table_of_authorities_names_the_case_without_a_page() -> None:
    assert authority(LATER) == authority(source(1))
    assert (authority(LATER).name, authority(LATER).rest) == (
        "Nken v. Holder",
        ", 556 U.S. 418 (2009)",
    )


# --- papers ---


def drafted(text: str) -> Draft:
    origin = replace(given(), sources=(source(1), LATER, HILTON))
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    claims = recheck(text, origin)
    version = DraftVersion(version=2, text=text, claims=claims, saved_by="Ann", saved_at=moment)
    return Draft(
        head=DraftHead(
            draft_id=DraftId(uuid4()),
            matter_id=MatterId(uuid4()),
            title="Stays",
            version=2,
            saved_by="Ann",
            saved_at=moment,
        ),
        origin=origin,
        started_by="Ann",
        started_at=moment,
        version=version,
        parts=parts_of(version, origin),
        authors=tuple(None for _ in claims),
    )


def written(text: str, style: CiteStyle) -> list[Paragraph]:
    paper = draft_paper(
        drafted(text),
        style=style,
        authorities=True,
        foot="",
        firm="Howe & Co.",
        matter=None,
        when=datetime(2026, 11, 22, tzinfo=UTC),
    )
    assert paper.head[:3] == ("Howe & Co.", "", "November 22, 2026")
    # The cases of these tests are: no paper cites one without saying so.
    assert "invented, for demonstration" in paper.head[3]
    return [block for block in paper.blocks if isinstance(block, Paragraph)]


def said(paragraph: Paragraph) -> str:
    return "".join(piece.words for piece in paragraph.pieces if isinstance(piece, Text))


def test_marks_become_footnotes_behind_the_full_stop() -> None:
    (paragraph,) = written("It is *so*. [1][3] It is. [3]", CiteStyle.FOOTNOTES)

    notes = [piece for piece in paragraph.pieces if isinstance(piece, Note)]
    assert said(paragraph) == "It is so. It is."
    assert [plain(note.pieces) for note in notes] == [
        "Nken v. Holder, 556 U.S. 418, 433 (2009); Hilton v. Braunskill, 481 U.S. 770, 776 (1987).",
        "Hilton, 481 U.S. at 776.",
    ]
    assert Text(words="so", italic=True) in paragraph.pieces


def test_marks_become_citation_sentences_or_stand_in_parentheses() -> None:
    (paragraph,) = written("It is so. [1] It [3] is, “so” [1] and so. [1]", CiteStyle.INLINE)

    assert said(paragraph) == (
        "It is so. Nken v. Holder, 556 U.S. 418, 433 (2009). It (Hilton v. Braunskill, 481 U.S. "
        "770, 776 (1987)) is, “so” (Nken, 556 U.S. at 433) and so. Id."
    )


def test_a_quotation_that_is_set_off_has_its_citation_below() -> None:
    quoted, below = written(f"> {FIRST} [1]", CiteStyle.INLINE)
    assert (quoted.manner, said(quoted)) == (Manner.QUOTE, FIRST)
    assert said(below) == "Nken v. Holder, 556 U.S. 418, 433 (2009)."


def test_each_paragraph_is_copied_with_citations_in_full() -> None:
    cited_in_full = "Nken v. Holder, 556 U.S. 418, 433 (2009)."
    assert cited_paragraphs("It is so. [1] Yes. [1]\n\nNo. [1]", (source(1), LATER, HILTON)) == (
        f"It is so. {cited_in_full} Yes. {cited_in_full}",
        f"No. {cited_in_full}",
    )


def test_the_foot_says_what_was_used_for_what_and_who_has_read() -> None:
    assert foot_words(drafted(f"{FIRST} [1] {SECOND} [3]")) == (
        "2 sentences of 2 were selected by software, word for word, from published opinions on "
        "November 22, 2026 and checked against them by machine. Persons have confirmed reading 0 "
        "of 2 sources."
    )


def test_g13_what_a_person_types_is_words_in_every_paper() -> None:
    draft = drafted("<script>alert(1)</script> ![x](https://evil.example/p.png) [1]")
    paper = draft_paper(
        draft,
        style=CiteStyle.INLINE,
        authorities=False,
        foot="",
        firm="",
        matter=None,
        when=datetime(2026, 11, 22, tzinfo=UTC),
    )
    made = markdown(paper)
    assert "\\<script\\>" in made and "https://" not in made


def test_an_abstention_has_no_sentence() -> None:
    assert given().standing is Standing.GROUNDED
    assert recheck("", given()) == ()
