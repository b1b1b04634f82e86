"""What a sentence says is done to a case: by whom, how far, and when it says nothing of it."""

from __future__ import annotations

import pytest

from core.law.captions import names_agree
from core.law.citations import find_citations
from core.law.courts import is_over
from core.law.mentions import TARGET, Mention, Pointed, mentions, short_names
from core.law.treatment import UNNAMED, WRITER, Sign, derive, strongest
from core.model import CitationKind, Extent, OpinionKind, Treatment

OVERRULED, REVERSED, VACATED = Treatment.OVERRULED, Treatment.REVERSED, Treatment.VACATED
QUESTIONED, LIMITED = Treatment.QUESTIONED, Treatment.LIMITED
DISTINGUISHED, FOLLOWED = Treatment.DISTINGUISHED, Treatment.FOLLOWED
GROVEY, PELL, ROE = "Grovey v. Townsend", "Pell v. Larkmoor Estates", "Roe v. Wade"
OTHER = "another case, named"


def named(text: str, name: str, own: str | None = None) -> tuple[Mention, ...]:
    pointed: list[Pointed] = []
    for number, found in enumerate(find_citations(text), start=1):
        written = " v. ".join(filter(None, (found.plaintiff, found.defendant)))
        same = bool(written) and names_agree(written, name)
        if found.kind in {CitationKind.FULL, CitationKind.SHORT}:
            pointed.append(
                Pointed(
                    span=found.span,
                    who=TARGET if same else number,
                    plaintiff=found.plaintiff,
                    defendant=found.defendant,
                )
            )
    return mentions(text, pointed, [name], own=own)


def signs(text: str, name: str, kind: OpinionKind = OpinionKind.MAJORITY) -> tuple[Sign, ...]:
    return derive(text, named(text, name), kind)


def said(text: str, name: str) -> tuple[Treatment, str] | None:
    worst = strongest(signs(text, name))
    if worst is None:
        return None
    return worst.treatment, {WRITER: "itself", UNNAMED: "some court"}.get(worst.by, OTHER)


TREATED = [
    # the court itself, in so many words
    (f"{GROVEY} is overruled.", GROVEY, OVERRULED, "itself"),
    (f"We overrule {GROVEY}, 295 U. S. 45.", GROVEY, OVERRULED, "itself"),
    ("Accordingly, Grovey is hereby overruled.", GROVEY, OVERRULED, "itself"),
    (f"The decision in {GROVEY} must be regarded as overruled.", GROVEY, OVERRULED, "itself"),
    (f"We therefore must regard {GROVEY} as overruled.", GROVEY, OVERRULED, "itself"),
    ("Due consideration leads here: Grovey should be and now is overruled.", GROVEY, OVERRULED,
     "itself"),
    ("We think that the Grovey case should be overruled.", GROVEY, OVERRULED, "itself"),
    ("We accept the invitation to overrule Grovey.", GROVEY, OVERRULED, "itself"),
    ("Grovey is a source of confusion and must be overruled.", GROVEY, OVERRULED, "itself"),
    # a case named before: that case, it, both, they
    (f"The judgment cannot be reconciled with {GROVEY}, and that case is definitely overruled.",
     GROVEY, OVERRULED, "itself"),
    (f"The conclusion is that {GROVEY} was a departure. It should be and now is overruled.",
     GROVEY, OVERRULED, "itself"),
    ("Both the Grovey and Nixon cases are out of harmony with this. Both are now overruled.",
     GROVEY, OVERRULED, "itself"),
    ((f"We look again at {GROVEY}. We conclude that they were wrong and should be, and now are, "
     "overruled."), GROVEY, OVERRULED, "itself"),
    # as good as overruled, by a court that can say so
    ("Grovey can no longer be deemed a controlling authority.", GROVEY, OVERRULED, "itself"),
    ("So far as Grovey supports that assumption, it is disapproved.", GROVEY, OVERRULED, "itself"),
    ("What we now say is inconsistent with Grovey, and the latter cannot survive.", GROVEY,
     OVERRULED, "itself"),
    # another court, reported
    (f"Dunmore v. Quill, 98 Merr. 2d 203, 207 (1986), overruling {PELL}, 74 Merr. 2d 118 (1976).",
     PELL, OVERRULED, OTHER),
    (f"{PELL}, 74 Merr. 2d 118 (1976), overruled by Dunmore v. Quill, 98 Merr. 2d 203 (1986).",
     PELL, OVERRULED, OTHER),
    (f"{PELL}, 74 Merr. 2d 118 (1976) (so), overruled, Dunmore v. Quill, 98 Merr. 2d 203 (1986).",
     PELL, OVERRULED, OTHER),
    (f"In Dunmore v. Quill, 98 Merr. 2d 203 (1986), we overruled the recent case of {PELL}.", PELL,
     OVERRULED, OTHER),
    (f"See Dunmore v. Quill, 98 Merr. 2d 203 (1986), which overruled {PELL}.", PELL, OVERRULED,
     OTHER),
    (f"{PELL} was overruled by Dunmore v. Quill, 98 Merr. 2d 203 (1986).", PELL, OVERRULED, OTHER),
    (f"{PELL} has been overruled.", PELL, OVERRULED, "some court"),
    # history on review
    ("Smith v. Jones, 1 F.3d 1 (1st Cir. 1993), rev'd, 511 U.S. 1 (1994).", "Smith v. Jones",
     REVERSED, OTHER),
    ("Smith v. Jones, 1 F.3d 1 (1st Cir. 1993), vacated and remanded, 511 U.S. 1 (1994).",
     "Smith v. Jones", VACATED, OTHER),
    ("Smith v. Jones, 1 F.3d 1 (1st Cir. 1993), abrogated by Doe v. Roe, 511 U.S. 1 (1994).",
     "Smith v. Jones", Treatment.ABROGATED, OTHER),
    ("Smith v. Jones, 1 F.3d 1, 4 (1st Cir. 1993), superseded by statute, 42 U. S. C. § 2000e.",
     "Smith v. Jones", Treatment.SUPERSEDED, "some court"),
    # less than the end of it
    (f"{PELL} has been called into question.", PELL, QUESTIONED, "some court"),
    (f"We decline to extend {PELL}.", PELL, LIMITED, "itself"),
    (f"We limit {PELL} to its facts.", PELL, LIMITED, "itself"),
    (f"{PELL}, 74 Merr. 2d 118, limited by Dunmore v. Quill, 98 Merr. 2d 203 (1986).", PELL,
     LIMITED, OTHER),
    (f"We disagree with the reasoning in {PELL}.", PELL, Treatment.CRITICIZED, "itself"),
    (f"We decline to follow {PELL}.", PELL, OVERRULED, "itself"),
    (f"Appellant's reliance on {PELL} is misplaced.", PELL, DISTINGUISHED, "itself"),
    (f"{PELL} is distinguishable.", PELL, DISTINGUISHED, "itself"),
    (f"We follow {PELL} and affirm.", PELL, FOLLOWED, "itself"),
    (f"This case is controlled by {PELL}.", PELL, FOLLOWED, "itself"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "treatment", "by"), TREATED)
def test_a_sentence_says_who_does_what_to_the_case(
    text: str, name: str, treatment: Treatment, by: str
) -> None:
    assert said(text, name) == (treatment, by)


NOT_TREATED = [
    # denied
    "We decline to overrule Roe v. Wade.",
    "Roe v. Wade has not been overruled.",
    "We do not overrule Roe.",
    "There is no need to overrule Roe v. Wade.",
    "Nothing we say overrules Roe v. Wade.",
    "We stop short of overruling Roe v. Wade.",
    # asked for, argued, supposed
    "Petitioner asks us to overrule Roe v. Wade.",
    "We granted certiorari to consider whether to overrule Roe v. Wade.",
    "Should Roe v. Wade be overruled?",
    "The State says that we are overruling Roe.",
    "Respondent contends that Roe v. Wade should be overruled.",
    "To buttress its case for overruling Roe, the State points elsewhere.",
    "The dissent accuses us of silently overruling Roe v. Wade.",
    "Only this Court may overrule Roe v. Wade.",
    "There is no evidence that Congress intended to supersede our decision in Roe v. Wade.",
    "If Roe v. Wade were overruled, the statute would stand.",
    # the case asked about is the one that overrules
    "Roe v. Wade, 410 U. S. 113 (1973), overruled Doe v. Bolton, 5 U. S. 1 (1803).",
    "Doe v. Bolton, 5 U. S. 1 (1803), overruled on other grounds, Roe v. Wade, 410 U. S. 113.",
    "Roe v. Wade, 410 U. S. 113, which reversed a conviction for fraud, is in point.",
    "Doe v. Bolton, 8 F.3d 1 (1993), rev'd, Roe v. Wade, 410 U. S. 113 (1973).",
    "Roe expressly overruled two of our prior cases.",
    # something else is overruled
    "In Roe v. Wade the objection was overruled and the plaintiff appealed.",
    "Roe v. Wade was decided when the motion had been overruled.",
    "See Doe v. Bolton, 5 U. S. 1 (overruling Poe v. Ullman, 367 U. S. 497); Roe v. Wade.",
    "Mr. Roe overruled his counsel.",
    "It was decided in Roe v. Wade.",
]


@pytest.mark.parametrize("text", NOT_TREATED)
def test_what_is_denied_asked_for_or_done_by_the_case_ends_no_case(text: str) -> None:
    worst = strongest(signs(text, ROE))
    assert worst is None or worst.treatment not in {OVERRULED, REVERSED, Treatment.SUPERSEDED}


EXTENTS = [
    (f"{GROVEY} is overruled.", Extent.WHOLE),
    (f"{GROVEY} is overruled so far as it recognizes an immunity.", Extent.IN_PART),
    (f"We overrule in part {GROVEY}.", Extent.IN_PART),
    (f"To the extent that {GROVEY} is inconsistent with this, it is overruled.", Extent.IN_PART),
    ((f"{GROVEY}, 295 U. S. 45 (1935), overruled on other grounds, Smith v. Allwright, 321 U. S. "
     "649 (1944)."), Extent.OTHER_GROUNDS),
    # "in part" is said of another case
    ((f"Smith v. Allwright, 321 U. S. 649 (1944) (overruling {GROVEY}, 295 U. S. 45 (1935)); Doe "
     "v. Roe, 1 U. S. 1 (1800) (partially overruling Poe v. Ullman, 367 U. S. 4)."), Extent.WHOLE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "extent"), EXTENTS)
def test_a_treatment_says_how_far_it_reaches(text: str, extent: Extent) -> None:
    assert [sign.extent for sign in signs(text, GROVEY)] == [extent]


SEPARATE = [
    ("I would overrule Roe v. Wade.", OpinionKind.CONCURRENCE, QUESTIONED),
    ("Roe v. Wade should be overruled.", OpinionKind.DISSENT, QUESTIONED),
    ("The Court today overrules Roe v. Wade.", OpinionKind.DISSENT, QUESTIONED),
    # a report of what another court did is one whoever makes it
    ("Roe v. Wade, 410 U. S. 113 (1973), overruled, Dobbs v. Jackson, 597 U. S. 215 (2022).",
     OpinionKind.DISSENT, OVERRULED),
    # how a dissent would limit or follow a case is nobody's treatment of it
    ("We follow Roe v. Wade.", OpinionKind.DISSENT, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "treatment"), SEPARATE)
def test_a_separate_opinion_questions_a_case_and_never_overrules_it(
    text: str, kind: OpinionKind, treatment: Treatment | None
) -> None:
    worst = strongest(signs(text, ROE, kind))
    assert (worst.treatment if worst else None) == treatment


def test_the_sentence_is_kept_and_the_one_before_it_where_that_names_the_case() -> None:
    text = (
        f"Much was said. The rule of {GROVEY} was a departure. It is overruled. Judgment reversed."
    )
    (sign,) = signs(text, GROVEY)
    assert sign.sentence.of(text) == f"The rule of {GROVEY} was a departure. It is overruled."


def test_a_case_is_called_by_its_parties_but_not_by_those_that_many_cases_share() -> None:
    assert short_names("Hammer v. Dagenhart") == ("Hammer", "Dagenhart")
    assert short_names("United States v. Lynah") == ("Lynah",)
    assert short_names("Motion Picture Patents Co. v. Universal Film Mfg. Co.")[:1] == (
        "Motion Picture Patents",
    )
    assert short_names("State v. Board of Education") == ("Board of Education",)
    assert short_names("United States v. State") == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("As Hammer held, so do we.", [TARGET]),
        ("Hammer v. Dagenhart, supra, was wrong.", [TARGET]),
        # another case of a party's name, and a person
        ("Hammer v. Nail decided that.", [-1]),
        ("Mr. Hammer was told of it.", []),
        ("Hammer II decided that.", []),
    ],
)
def test_a_name_is_a_mention_of_the_case_and_not_of_a_person_or_another_case(
    text: str, who: list[int]
) -> None:
    found = mentions(text, [], ["Hammer v. Dagenhart"])
    assert [one.who for one in found] == who


def test_the_parties_of_the_case_in_hand_are_no_mention_of_an_earlier_one() -> None:
    assert (
        mentions("Smith moved to dismiss.", [], ["Lake Shore v. Smith"], own="Smith v. Roe") == ()
    )


@pytest.mark.parametrize(
    ("court", "other", "over"),
    [
        ("scotus", "ca1", True),
        ("ca1", "mad", True),
        ("ca1", "nysd", False),
        ("ca1", "scotus", False),
        ("mass", "massappct", True),
        # a state's highest court is over none of the federal ones that sit in it
        ("va", "vaed", False),
        ("merrow", "merrowctapp", True),
        ("merrowctapp", "merrow", False),
        ("ca2", "ca2", False),
    ],
)
def test_a_court_is_over_those_whose_judgments_it_reviews(
    court: str, other: str, over: bool
) -> None:
    assert is_over(court, other) is over
