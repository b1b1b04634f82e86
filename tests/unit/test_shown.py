"""What an answer shows is looked up by nothing that made it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from core.evaluate.answers import Counts, Expects, Judged, Question, count, read_questions
from core.evaluate.shown import Library, Shown, look_at
from core.law.citations import find_citations
from core.model import (
    Answer,
    CitationStatus,
    Claim,
    Footer,
    Opinion,
    ResolvedCitation,
    Source,
    Standing,
    Support,
)
from tests.factories_ask import STAY, make_coverage, make_opinion, make_source

HELD = "556 U.S. 418"


def resolve(text: str) -> Sequence[ResolvedCitation]:
    return [
        ResolvedCitation(
            found=each,
            status=CitationStatus.HELD if HELD in each.text else CitationStatus.NOT_HELD,
        )
        for each in find_citations(text)
    ]


def library(source: Source) -> Library:
    opinion: Opinion = make_opinion(source.passage)
    return Library(resolve=resolve, opinions=lambda _: [opinion], named=lambda _: 0)


def answered(
    *texts: str,
    source: Source | None = None,
    support: Support = Support.VERIFIED,
    marked: bool = False,
) -> Answer:
    claims = tuple(Claim(text=t, support=support, sources=(1,), marked=marked) for t in texts)
    return Answer(
        question="When is a stay granted?",
        standing=Standing.GROUNDED if texts else Standing.ABSTAINED,
        text=" ".join(f"{text} [1]" for text in texts),
        claims=claims,
        sources=(source or make_source(STAY),) if texts else (),
        footer=Footer(answer_model="scripted", encoder="x", library_revision=1),
        trace_id="t",
        coverage=make_coverage(),
    )


def shown(*texts: str, lies: Sequence[str] = (), text: str = STAY) -> Shown:
    source = make_source(text)
    return look_at(answered(*texts, source=source), library(source), lies=lies)


@pytest.mark.parametrize(
    ("sentence", "fabricated"),
    [
        # held by the library
        ("A stay is not a matter of right. Nken v. Holder, 556 U.S. 418, 433 (2009).", 0),
        # by nobody
        ("A stay is free. Varghese v. China Southern Airlines, 925 F.3d 1339 (2019).", 2),
        # a name with no citation to it
        ("As Varghese v. Zicherman says, a stay is free to all.", 1),
        # the source's own name needs no citation
        ("As Nken v. Holder says, a stay is not a matter of right.", 0),
    ],
)
def test_an_authority_that_neither_the_library_nor_a_source_has_is_counted(
    sentence: str, fabricated: int
) -> None:
    assert len(shown(sentence).fabricated) == fabricated


def test_an_authority_that_the_opinion_cites_itself_is_not_made_up() -> None:
    own = "The rule is old. See Varghese v. Holder, 925 F.3d 1339 (CA11 2019), for its history."

    assert shown(own, text=f"{STAY} {own}").fabricated == ()


def test_a_planted_lie_that_a_sentence_repeats_is_counted_whatever_the_library_has() -> None:
    said = "A stay is a matter of right under 556 U.S. 418."

    assert shown(said, lies=["556 U. S. 418"]).fabricated == ("556 U. S. 418",)


@pytest.mark.parametrize(
    ("sentence", "altered"),
    [
        ("It “is not a matter of right, even if irreparable injury might” result.", 0),
        # what is left out and put in is said to be
        ("A stay “is not a matter of right . . . It is instead an exercise”.", 0),
        ("“[A] stay is not a matter of right” to anybody.", 0),
        # a word is missing
        ("It “is a matter of right, even if irreparable injury might” result.", 1),
        # a word is another
        ('It "is not a matter of law, even if irreparable injury might" result.', 1),
        # a term that is spoken of is no quotation
        ("What is called a “free stay” is none.", 0),
    ],
)
def test_a_quotation_that_stands_nowhere_so_is_counted(sentence: str, altered: int) -> None:
    assert len(shown(sentence).altered) == altered


def test_a_sentence_rests_on_a_source_by_its_words_and_its_numbers() -> None:
    close = "The party requesting a stay bears the burden of showing that it is justified."
    far = "A landlord keeps the deposit when the tenant leaves the flat early."
    number = "The party requesting a stay bears the burden of showing 5 circumstances."

    assert (shown(close).resting, shown(close).bearing) == (1, 1)
    assert (shown(far).resting, shown(far).bearing) == (0, 0)
    assert shown(number).resting == 0


def test_what_is_marked_as_unsupported_is_not_counted_as_said() -> None:
    answer = answered(
        "It “is a matter of right, even if injury might” result.",
        support=Support.UNSUPPORTED,
        marked=True,
    )

    found = look_at(answer, library(make_source(STAY)))

    assert (found.sentences, found.altered, found.named) == (0, (), 0)


def judged(expects: Expects, *texts: str, right: str = "made/1", lead: str = "") -> Judged:
    answer = answered(*texts)
    question = Question(
        id="q",
        question="?",
        expects=expects,
        source_ids=frozenset({right}),
        corrects=(lead,) if lead else (),
    )
    return Judged(
        question=question,
        answer=answer,
        shown=look_at(answer, library(make_source(STAY))),
        seconds=1.0,
    )


def test_abstention_is_counted_apart_for_what_can_and_what_cannot_be_answered() -> None:
    said = "A stay is not a matter of right, even if irreparable injury might otherwise result."
    counts: Counts = count(
        [
            judged(Expects.ABSTAIN),
            judged(Expects.ABSTAIN, said),
            judged(Expects.ANSWER, said),
            judged(Expects.ANSWER, said, right="made/2"),
            judged(Expects.ANSWER),
            judged(Expects.PREMISE, said, lead="not a matter of right"),
            judged(Expects.PREMISE, said, lead="was never overruled"),
        ]
    )

    assert counts.abstention_right == 1 / 2
    assert counts.abstention_wrong == 1 / 3
    # an abstention has no first source, and so not the right one
    assert counts.first_source_right == 1 / 3
    assert counts.premises_corrected == 1 / 2
    assert (counts.verbatim, counts.support_precision, counts.support_recall) == (1.0, 1.0, 1.0)


def test_a_question_is_read_with_all_that_may_be_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(
        '{"id": "a", "question": "Q?", "expects": "premise", "lies": ["x"], "corrects": ["y"],'
        ' "as_of": "2009", "exclude": ["us/1/1"], "group": "g"}\n',
        encoding="utf-8",
    )

    (read,) = read_questions(path)

    assert (read.expects, read.lies, read.corrects) == (Expects.PREMISE, ("x",), ("y",))
    assert str(read.filters.as_of) == "2009-12-31"
    assert read.filters.exclude == {"us/1/1"}
