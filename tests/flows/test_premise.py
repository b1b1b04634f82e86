"""What a question takes for granted, tested on the demonstration library before it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from core.ask.premise import Looks, premises
from core.library import cases
from core.library.db import Database
from core.model import Premise, PremiseVerdict
from core.search.cite import resolve
from core.search.treated import treatments
from tests.fix_db import TestServer, made

HOLDS, WRONG, UNTESTED = PremiseVerdict.HOLDS, PremiseVerdict.WRONG, PremiseVerdict.UNTESTED
PELL = "Pell v. Larkmoor Estates"
DUNMORE = "Dunmore v. Quillhaven Properties, Ltd."
ORRIN = "Orrin v. Castlebay Grocers, Inc."
BRANDRETH = "Brandreth v. Oxlip Foods, LLC"
HOLLOWELL = "State v. Hollowell"


@pytest.fixture(scope="module")
def looks(server: TestServer, demo_template: str) -> Iterator[Looks]:
    """Look into one demonstration library for all questions: nothing here changes it."""
    with made(server, demo_template) as url, Database.open(url) as db:
        yield Looks(
            resolve=partial(resolve, db=db),
            named=partial(cases.cases_by_name, db),
            opinions=partial(cases.opinions, db),
            treatments=partial(treatments, db),
        )


WRONG_ONES = [
    # who overruled whom
    (f"Since {PELL} overruled {DUNMORE}, what does a tenant owe?", "other way round"),
    ("Since Pell overruled Dunmore, what does a tenant owe?", "other way round"),
    (f"Given that {DUNMORE} was overruled by {PELL}, is there a warranty?", "other way round"),
    (f"After {PELL}, overruling {DUNMORE}, who repairs?", "other way round"),
    (f"What followed the overruling of {DUNMORE} by {PELL}?", "other way round"),
    (f"Because {PELL} expressly overruled {DUNMORE}, who repairs?", "other way round"),
    (f"As the court overruled Dunmore in {PELL}, who repairs?", "other way round"),
    (f"Since {ORRIN} overruled {PELL}, what of the stairs?", "came before"),
    (f"Since {BRANDRETH} overruled {ORRIN}, must notice be proved?", "limited"),
    ("Since Brandreth overruled Orrin, must notice be proved?", "limited"),
    (f"Since {HOLLOWELL} overruled {PELL}, what does possession give?", "Dunmore"),
    # the court below cannot
    (
        f"Since Fenwick v. Castlebay Grocers, Inc. overruled {ORRIN}, what must be shown?",
        "cannot overrule",
    ),
    # still good law
    (f"As {PELL} is still good law, must the landlord repair?", "overruled by Dunmore"),
    (f"Because {PELL} remains binding precedent, who repairs?", "overruled by Dunmore"),
    (f"{PELL} has never been overruled, so who repairs?", "overruled by Dunmore"),
    ("Since Pell is good law, who repairs?", "overruled by Dunmore"),
    # the year
    (f"In {PELL}, 74 Merr. 2d 118 (1986), what was held?", "decided in 1976, not in 1986"),
    (f"What did {PELL} (1981) hold?", "decided in 1976, not in 1981"),
    (f"{PELL}, decided in 1986, held what?", "decided in 1976, not in 1986"),
    (f"What of the 1985 decision in {DUNMORE}?", "decided in 1986, not in 1985"),
    (f"When the court decided {DUNMORE} in 1992, what changed?", "decided in 1986, not in 1992"),
    (f"In 1999, the court held in {DUNMORE} that rent abates. Why?", "decided in 1986"),
    # the name at a page
    ("In Smith v. Jones, 98 Merr. 2d 203 (1986), what was held?", "is Dunmore v. Quillhaven"),
    (f"What did {ORRIN}, 98 Merr. 2d 203 (1986), hold?", "Orrin v. Castlebay Grocers, Inc., 61"),
    # the court
    (
        f"The Merrow Court of Appeals decided {DUNMORE}, 98 Merr. 2d 203 (1986). Why?",
        None,
    ),
    (f"Why did the Ninth Circuit's decision in {DUNMORE}, 98 Merr. 2d 203 (1986), say so?",
     "is a decision of the"),
    (f"In {DUNMORE}, 98 Merr. 2d 203 (1986), the First Circuit held so. Is it binding?",
     "is a decision of the"),
    # who wrote
    (f"Why did Justice Quade's dissent in {DUNMORE} say so?", "not a dissent"),
    (f"Justice Amberly's dissent in {DUNMORE} said what?", "wrote the opinion of the court"),
    (f"In {DUNMORE}, Justice Ilsley wrote for the court that rent abates. Why?", "wrote a dissent"),
    (f"Why did Justice Torrance's dissent in {PELL} say so?", "by Amberly, J."),
    (f"In {PELL}, Justice Ilsley, dissenting, said what?", "not a dissent"),
    (f"Justice Ilsley, dissenting in {PELL}, said what?", "not a dissent"),
    (f"What did the dissent of Justice Loxley in {BRANDRETH} say?", "not a dissent"),
    (f"Justice Penhallow wrote the majority opinion in {BRANDRETH}. Why?", "wrote a dissent"),
    (f"In {HOLLOWELL}, the dissent by Justice Penhallow argued what?", "by Bream, J."),
    (f"{HOLLOWELL}, written by Justice Bream, held what?", "Bream, J., wrote"),
    (f"In dissent in {HOLLOWELL}, Justice Penhallow argued what?", "by Bream, J."),
    ("What did Justice Bream's dissent in State v. Wray argue?", None),
    ("The majority opinion of Justice Bream in State v. Wray held what?", "per curiam"),
    ("In Pell, Justice Torrance wrote the dissent. What did he say?", "by Amberly, J."),
    # a part that is not there
    ("What did the dissent in In re Subpoena to Thistledown Bank say?", "There is no dissent"),
    (f"Why was the concurrence in {HOLLOWELL} so short?", "There is no concurrence"),
    # all of one mind
    (f"What did a unanimous court hold in {DUNMORE}?", "was not unanimous"),
    (f"In {HOLLOWELL}, a unanimous Court held what?", "was not unanimous"),
    (f"The unanimous decision in {BRANDRETH} held what?", "was not unanimous"),
]  # fmt: skip

TRUE_ONES = [
    f"Since {DUNMORE} overruled {PELL}, what does a tenant owe?",
    "Since Dunmore overruled Pell, what does a tenant owe?",
    f"Given that {PELL} was overruled by {DUNMORE}, who repairs?",
    f"After {DUNMORE}, overruling {PELL}, who repairs?",
    f"As {PELL} has been overruled, who repairs?",
    f"{PELL} is no longer good law. Who repairs?",
    f"In {PELL}, 74 Merr. 2d 118 (1976), what was held?",
    f"What of the 1986 decision in {DUNMORE}?",
    f"{PELL}, decided in 1976, held what?",
    f"What did Justice Amberly's dissent in {PELL} say?",
    f"In {DUNMORE}, Justice Amberly wrote for the court. Why?",
    f"Justice Ilsley, dissenting in {DUNMORE}, said what?",
    f"What did Justice Quade's concurrence in {DUNMORE} say?",
    f"The dissent in {HOLLOWELL} said what?",
    f"Penhallow's dissent in {BRANDRETH} said what?",
    f"In {BRANDRETH}, Justice Harrowgate wrote the majority opinion. Why?",
    f"In {DUNMORE}, 98 Merr. 2d 203 (1986), what was held?",
    "What does State v. Hollowell, 117 Merr. 2d 34 (1992), require?",
]

UNTESTED_ONES = [
    # not in the library
    "In Roe v. Wade, 410 U.S. 113 (1975), what was held?",
    "Since Roe v. Wade overruled Doe v. Bolton, what is left?",
    f"Since Doe v. Bolton overruled {PELL}, what is left?",
    "Why did Justice Scalia's dissent in Nken v. Holder say so?",
    # the library has the opinion of the court alone
    f"Why did Justice Quade's dissent in {ORRIN} say so?",
    f"What did the dissent in {ORRIN} say?",
    f"What did a unanimous court hold in {ORRIN}?",
    # a judge may join the dissent of another
    f"Justice Torrance dissented in {PELL}. Why?",
    # nothing here says so, and nothing says otherwise
    f"Since {HOLLOWELL} overruled {ORRIN}, what is left?",
    f"As {DUNMORE} is still good law, who repairs?",
    f"{DUNMORE} was overruled. What now?",
    # of a bare name another court may have decided one
    f"Why did the Ninth Circuit's decision in {PELL} say so?",
]

NOT_ASSUMED = [
    # asked, and not taken for granted
    f"Did {PELL} overrule {DUNMORE}?",
    f"Was {DUNMORE} overruled by {PELL}?",
    f"Has {DUNMORE} been overruled?",
    f"Is it settled whether {PELL} overruled {DUNMORE}?",
    f"Is {PELL} still good law?",
    f"If {PELL} overruled {DUNMORE}, who would repair?",
    # no case at all
    "What must an applicant show for a preliminary injunction?",
    "what is adverse possession",
    "Since 2010, how have courts treated covenants?",
    "Justice requires what here?",
    "",
]


@pytest.mark.parametrize(("question", "said"), WRONG_ONES)
def test_what_is_wrong_is_corrected_from_the_library(
    looks: Looks, question: str, said: str | None
) -> None:
    found = premises(question, looks)

    if said is None:  # the library cannot tell, though it looks as if it could
        assert all(one.verdict is not HOLDS or not one.correction for one in found)
        return
    assert found
    assert found[0].verdict is WRONG
    assert said in found[0].correction
    assert found[0].text == found[0].span.of(question)
    assert found[0].case_id is not None


@pytest.mark.parametrize("question", TRUE_ONES)
def test_what_is_true_is_not_corrected(looks: Looks, question: str) -> None:
    found = premises(question, looks)

    assert found
    assert {one.verdict for one in found} == {HOLDS}


@pytest.mark.parametrize("question", UNTESTED_ONES)
def test_what_cannot_be_tested_is_not_said_to_be_wrong(looks: Looks, question: str) -> None:
    found = premises(question, looks)

    assert found
    assert all(one.verdict is not WRONG for one in found), found


@pytest.mark.parametrize("question", NOT_ASSUMED)
def test_what_is_asked_is_not_taken_for_granted(looks: Looks, question: str) -> None:
    assert corrections(premises(question, looks)) == []


def corrections(found: tuple[Premise, ...]) -> list[str]:
    return [one.correction for one in found if one.verdict is WRONG]


def test_the_words_of_a_question_put_no_link_into_a_correction(looks: Looks) -> None:
    question = "In [x](http://a.b) v. Jones, 98 Merr. 2d 203 (1986), what was held?"

    assert "](" not in "".join(one.correction for one in premises(question, looks))


def test_a_question_is_tested_in_bounded_time_however_long_it_is(looks: Looks) -> None:
    premises("In Smith v. Jones, Justice Doe's dissent in " * 80, looks)
