from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.ask.compose import (
    LONGEST_EXTRACT,
    MOST_OF_ONE_CASE,
    MOST_SENTENCES,
    arrange,
    written,
)
from core.ask.extract import Means, extract
from core.ask.fit import FITTED_ON, leeway
from core.ask.usable import Sentence
from core.ask.whole import Manner, leans, manner
from core.model import CaseId, OpinionKind, Source
from core.search.terms import terms
from tests.factories_ask import STAY, make_case, make_source

QUESTION = "Is a stay pending appeal a matter of right, or of judicial discretion?"


def by_words(question: str, texts: Sequence[str]) -> list[float]:
    """Compare by shared words: an encoder's obvious stand-in for what these tests ask."""
    asked = set(terms(question))
    return [len(asked & set(terms(text))) / max(1, len(asked)) + 0.2 for text in texts]


MEANS = Means(similarity=by_words)


def composed(question: str, sources: Sequence[Source]) -> list[Sentence]:
    found = extract(question, sources, MEANS)
    if not found.scored:
        return []
    points = arrange(found.scored, sources, found.wanted, {})
    return [quoted.scored.sentence for point in points for quoted in point]


def shown(question: str, sources: Sequence[Source], cited_by: dict[CaseId, int]) -> str:
    found = extract(question, sources, MEANS)
    points = arrange(found.scored, sources, found.wanted, cited_by)
    return written(points, sources, {n: n + 1 for n in range(len(sources))})


def chosen(question: str, *texts: str, **how: OpinionKind) -> list[str]:
    sources = [
        make_source(text, n=n, case=make_case(n), **how) for n, text in enumerate(texts, start=1)
    ]
    return [sentence.text for sentence in composed(question, sources)]


def test_every_sentence_is_verbatim_and_its_span_is_where_it_stands() -> None:
    source = make_source(STAY)

    found = composed(QUESTION, [source])

    assert found
    for sentence in found:
        assert sentence.span.of(source.passage.text) == sentence.text


def test_line_breaks_are_folded_for_display_and_nothing_else_is_changed() -> None:
    text = (
        "A stay is not a matter of\nright, it is a matter of judicial discretion and nothing else."
    )

    assert chosen(QUESTION, text) == [" ".join(text.split())]


@pytest.mark.parametrize(
    "text",
    [
        "stay of the judgment is a matter of right, or of judicial discretion, as we said.",
        "IS A STAY A MATTER OF RIGHT OR OF JUDICIAL DISCRETION, THE COURT'S OR NOT.",
        "See Stay v. Right, 556 U. S. 418, 433 (2009) (stay is a matter of judicial discretion).",
        "Is a stay pending appeal a matter of right, or a matter of judicial discretion?",
        "Petitioner argues that a stay is a matter of right and not of judicial discretion at all.",
        "The Government contends that a stay pending appeal is no matter of judicial discretion.",
        "The dissent thinks that a stay pending appeal is a matter of right and no discretion.",
        "“A stay is a matter of right, the judge wrote, and of no judicial discretion.",
        "Stay: right.",
        "ILSLEY, J., delivered the opinion of the Court on a stay, right and judicial discretion.",
        "JUSTICE ROBERTS delivered the opinion of the Court about stay, right and discretion.",
    ],
)
def test_fragments_headings_citations_questions_and_arguments_are_not_quoted(text: str) -> None:
    assert chosen(QUESTION, text) == []


def test_the_same_sentence_is_not_quoted_twice() -> None:
    assert len(chosen(QUESTION, STAY, STAY)) == len(chosen(QUESTION, STAY))


def test_the_leading_opinion_goes_before_a_dissent_that_fits_as_well() -> None:
    law = "A stay is not a matter of right but an exercise of judicial discretion by a court."
    other = "A stay was ever a matter of right and never was one of judicial discretion to us."
    sources = [
        make_source(other, n=1, kind=OpinionKind.DISSENT),
        make_source(law, n=2),
    ]

    assert composed(QUESTION, sources)[0].text == law


def test_an_extract_is_never_more_than_a_page() -> None:
    kinds = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    texts = [
        " ".join(
            f"On the {kind} {subject} ground a stay is a matter of {'judicial ' * 9} discretion."
            for kind in kinds
        )
        for subject in ("appeal", "equity", "removal", "bond", "comity")
    ]

    found = chosen(QUESTION, *texts)

    assert len(found) <= MOST_SENTENCES
    assert sum(map(len, found)) <= LONGEST_EXTRACT
    assert max(sum("appeal" in text for text in found), 0) <= MOST_OF_ONE_CASE


def test_g07_a_question_whose_words_are_not_there_gets_no_extract() -> None:
    assert chosen("How long should sourdough bread be proofed before baking?", STAY) == []


def test_nothing_found_is_no_extract() -> None:
    assert composed(QUESTION, []) == []
    assert chosen("??? !!!", STAY) == []


def test_a_footnotes_mark_and_a_headings_letter_are_no_part_of_a_sentence() -> None:
    law = (
        "A stay pending appeal is not a matter of right but of the judicial discretion of a court."
    )
    source = make_source(f"[Footnote 11] {law[:-1]}.12 B. {law[:-1]} in equity too.3")

    found = composed(QUESTION, [source])

    assert found[0].text in {law, f"{law[:-1]} in equity too."}
    for each in found:
        assert each.span.of(source.passage.text) == each.text


def test_what_a_lower_court_held_does_not_open_an_answer() -> None:
    reported = (
        "The Court of Appeals held that a stay pending appeal is a matter of right and not a "
        "matter of judicial discretion."
    )
    own = "We hold that a stay is no matter of right but a matter of judicial discretion alone."

    assert chosen(QUESTION, f"{reported} {own}")[0] == own


def test_a_holding_opens_before_the_facts() -> None:
    facts = (
        "Petitioner asked for a stay pending appeal, was told that it was no right, and moved the "
        "judge to use his judicial discretion."
    )
    own = "We hold that a stay pending appeal is not a right but a matter of judicial discretion."

    assert chosen(QUESTION, f"{facts} {own}")[0] == own


def test_a_dissent_is_said_to_be_one_and_comes_last() -> None:
    law = "A stay pending appeal is not a matter of right but a matter of judicial discretion."
    other = "A stay pending appeal is to my mind a matter of right beyond any judicial discretion."
    sources = [
        make_source(other, n=1, kind=OpinionKind.DISSENT),
        make_source(law, n=2),
    ]

    assert shown(QUESTION, sources, {}) == f"{law} [2]\n\nA dissent says: {other} [1]"


def test_a_leading_opinion_that_says_the_opposite_is_pointed_out() -> None:
    law = "We hold that a stay pending appeal is a matter of right, not of judicial discretion."
    other = "A stay pending appeal always is a matter of right and judicial discretion is for bail."
    sources = [make_source(law, n=1), make_source(other, n=2, case=make_case(2))]

    text = shown(QUESTION, sources, {})

    assert text.startswith(f"{law} [1]")
    assert f"Compare, which may point the other way: {other} [2]" in text


def test_a_case_that_was_set_apart_is_said_to_be() -> None:
    law = "We hold that a stay pending appeal is a matter of judicial discretion and not of right."
    apart = (
        "The rule that a stay pending appeal is a matter of judicial discretion is inapposite "
        "where the judgment gives a right to it."
    )
    sources = [make_source(law, n=1), make_source(apart, n=2, case=make_case(2))]

    assert f"Compare, where a case was set apart: {apart} [2]" in shown(QUESTION, sources, {})


def test_a_case_that_the_question_names_is_quoted_first_with_what_it_held() -> None:
    named = (
        "Jean Nken asked the clerk of the court for a stay of his removal in the spring. "
        "We hold that hardship to others is no ground for it, whatever its weight may be."
    )
    other = (
        "We hold that a stay in Nken v. Holder was asked for hardship, and that Holder had to "
        "show that there was none of it."
    )
    sources = [
        make_source(other, n=1, case=make_case(2, name="Roe v. Poe")),
        make_source(named, n=2),
    ]

    for question in (
        "What did Nken v. Holder hold?",
        "Did Nken v. Holder, 556 U.S. 418 (2009), hold that hardship to others is a ground?",
    ):
        found = composed(question, sources)

        assert found[0].text.startswith("We hold that hardship to others")
        assert "Jean Nken" not in " ".join(sentence.text for sentence in found)


def test_a_question_that_names_a_case_not_among_the_sources_is_not_answered_from_others() -> None:
    assert chosen("What did Nagle v. Horst hold?", STAY) == []
    # A case may have no name.
    assert (
        composed("What did Nagle v. Horst hold?", [make_source(STAY, case=make_case(name=None))])
        == []
    )


def test_a_test_told_in_parts_is_quoted_with_all_of_them_or_not_in_part() -> None:
    parts = (
        "For a stay pending appeal we draw two questions from our cases. First, is the appeal "
        "likely to succeed? Second, is the harm of a stay to others less than that of none?"
    )

    assert chosen("When is a stay pending appeal given?", f"{parts} {STAY}")[0] == parts


def test_what_must_be_shown_opens_where_a_test_is_asked_for() -> None:
    said = "A stay pending appeal is asked for at a moment of haste for every judge."
    test = "Whoever wants a stay pending appeal must show harm, merit and the good of the public."

    assert chosen("What is the test for a stay pending appeal?", f"{said} {test}")[0] == test


def test_among_fewer_passages_less_nearness_is_enough_and_among_more_it_is_not() -> None:
    assert leeway(100) > leeway(10_000) > leeway(FITTED_ON) == leeway(10 * FITTED_ON) == 0


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("And it does not make the merchant liable.", True),
        ("Very few of these are within the tenant's keeping.", True),
        ("The second support fell with the first.", True),
        ("This Court has held that a tenant may wait.", False),
        ("The First Amendment protects the press.", False),
        ("And the merchant is not liable.", False),
    ],
)
def test_what_points_back_beyond_itself_is_not_quoted_alone(text: str, *, leaning: bool) -> None:
    assert leans(text) is leaning


@pytest.mark.parametrize(
    ("text", "how"),
    [
        # The names of a case's author, and what happened in a year, are not law.
        ("In 1908 the Company took forty feet of water to irrigate its hay.", Manner.FACTS),
        ("A claimant who was hurt and was sent away must show how he was hurt.", Manner.RULE),
    ],
)
def test_a_sentence_is_known_by_how_it_speaks(text: str, how: Manner) -> None:
    assert manner(text) is how


def test_on_one_point_the_weightier_authority_goes_first_behind_the_conclusion() -> None:
    holding = (
        "We hold that a stay pending appeal is a matter of judicial discretion and not of right, "
        "whatever statute, treaty, custom or rule litigants may invoke."
    )
    early = (
        "On a stay pending appeal, a matter of judicial discretion and not of right, irreparable "
        "injury and hardship come first, and sheriffs or bailiffs prefer nothing else."
    )
    late = (
        "No right to a stay pending appeal is known in any matter, and judicial discretion weighs "
        "irreparable injury and hardship of neighbours, creditors and heirs."
    )
    sources = [
        make_source(text, n=n, case=make_case(n, year=year))
        for n, (text, year) in enumerate(((holding, 1990), (early, 1950), (late, 2009)), start=1)
    ]

    text = shown(QUESTION, sources, {CaseId(3): 90})

    assert text.startswith(holding)
    assert 0 < text.index(late) < text.index(early)


@pytest.mark.parametrize(
    "report",
    [
        (
            "The court relied on its own decision in People v. Orrin, which held that a stay of "
            "removal is a matter of right."
        ),
        "That court granted a stay of removal as a matter of right to every applicant.",
    ],
)
def test_what_another_court_did_is_a_report_where_it_opens_the_sentence_too(report: str) -> None:
    """In an opinion of *the Court* another court is *the court*, and its view is not the law."""
    assert manner(report) is Manner.REPORT
    assert chosen(QUESTION, report) == []
