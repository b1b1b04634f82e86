"""What of a document is its author's own argument."""

from __future__ import annotations

import pytest

from core.style.author.blocks import Kind
from core.style.author.prose import CITED, QUOTED, own_prose

BRIEF = """UNITED STATES DISTRICT COURT
DISTRICT OF MAINE

JANE DOE, Plaintiff, v. ACME CORP., Defendant.     No. 1:20-cv-123

I. THE LESSOR OWED A DUTY

The lessor owed Ms. Doe a duty to warn her of the ice. See Nken v. Holder, 556 U.S. 418, 434 (2009)
(granting a stay). It never did.[1] As the court said, “no stay is a matter of right.” Id. at 427.

“The parade of horribles that the lessor fears would follow from such a duty has not been seen in
any of the forty states that have long imposed it.”

But the lessor’s reply, at bottom, is that nobody could have known.

Item | Price | Total
Salt | $4 | $40

Dated: May 4, 2021

Respectfully submitted,

/s/ Ann Roe
Ann Roe
"""


def test_only_the_argument_of_a_brief_is_left() -> None:
    assert own_prose(BRIEF).own == (
        "The lessor owed Ms. Doe a duty to warn her of the ice. It never did. "
        f"As the court said, {QUOTED}\n\n"
        "But the lessor’s reply, at bottom, is that nobody could have known."
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.CAPTION, "JANE DOE, Plaintiff"),
        (Kind.HEADING, "I. THE LESSOR OWED A DUTY"),
        (Kind.TABLE, "Salt | $4"),
        (Kind.BLOCK_QUOTATION, "“The parade of horribles"),
        (Kind.QUOTATION, "“no stay is a matter of right.”"),
        (Kind.CITATION, "556 U.S. 418, 434 (2009) (granting a stay)"),
        (Kind.NOTE_MARK, "[1]"),
        (Kind.SIGNATURE, "/s/ Ann Roe"),
    ],
)
def test_what_is_taken_out_is_told_by_its_kind(kind: Kind, words: str) -> None:
    assert words in " · ".join(own_prose(BRIEF).cut(kind))


def test_every_span_is_over_the_text_as_it_was_given() -> None:
    prose = own_prose(BRIEF)
    opening = [sentence.span.of(BRIEF).split()[0] for sentence in prose.sentences]
    assert opening == ["The", "It", "As", "But"]
    assert [cut.span.of(BRIEF) for cut in prose.cuts if cut.kind is Kind.NOTE_MARK] == ["[1]"]


# Each row: what is written, and what of it is one's own.
SENTENCES = [
    # A citation within a sentence leaves a sign, so that the sentence keeps its shape.
    (
        "The rule of Nken v. Holder, 556 U.S. 418 (2009), governs here.",
        f"The rule of {CITED}, governs here.",
    ),
    # One that only cites is no sentence of anybody's.
    ("The rule is plain. See also id., at 430; cf. Hilton v. Braunskill, 481 U.S. 770 (1987).",
     "The rule is plain."),
    # The record, other opinions of the case and statutes are citations that no reporter holds.
    ("That is so, App. 12, and the dissent agrees, post, at 3.",
     f"That is so, {CITED}, and the dissent agrees, {CITED}."),
    # `Post` and `note` are words too.
    ("They may post messages and note what they like.",
     "They may post messages and note what they like."),
    # A note's figure is nobody's word, a number before a section is no note.
    ("He broke the law.3 He knew it.", "He broke the law. He knew it."),
    # A word that the printer broke is one word.
    ("It was an unreason-\nable search.", "It was an unreasonable search."),
]  # fmt: skip


@pytest.mark.parametrize(("written", "own"), SENTENCES)
def test_of_a_sentence_its_own_words_are_left(written: str, own: str) -> None:
    assert own == own_prose(written).own


def test_a_quotation_set_line_by_line_is_taken_out_to_its_end() -> None:
    lines = ["The order reads:", "“The plan shall be", "made anew, and the", "board shall pay.”"]
    text = "\n\n".join([*lines, "That is all that it says about the board."])
    assert own_prose(text).own == ("The order reads:\n\nThat is all that it says about the board.")


@pytest.mark.parametrize("nothing", ["", "   \n\n ", "II", "JUSTICE BREYER, dissenting."])
def test_a_document_of_nothing_but_form_has_no_prose(nothing: str) -> None:
    assert own_prose(nothing).paragraphs == ()
