"""The sentence that a filing cites a case for."""

from __future__ import annotations

import pytest

from core.law.citations import find_citations
from core.law.cited_for import cited_for

HILTON = "Hilton v. Braunskill, 481 U.S. 770 (1987)"
LONG = "(so holding, over a dissent that would have held otherwise)"
NKEN = "Nken v. Holder, 556 U.S. 418, 433 (2009)"
CASES = [
    # It says so itself.
    (f"He moved. A stay is not a matter of right, {NKEN}. He lost.",
     f"A stay is not a matter of right, {NKEN}."),
    # The case is the subject of its sentence.
    (f"He moved. {NKEN}, held that a stay is not a matter of right. He lost.",
     f"{NKEN}, held that a stay is not a matter of right."),
    # A sentence that only cites: the one before says what for.
    (f"He moved. A stay is not a matter of right. See {NKEN}. He lost.",
     f"A stay is not a matter of right. See {NKEN}."),
    # With others, and with what is said of it in parentheses.
    (f"He moved. A stay is no right. See {HILTON}; {NKEN} {LONG}. He lost.",
     f"A stay is no right. See {HILTON}; {NKEN} {LONG}."),
    # After another that only cites.
    (f"He moved. A stay is no right. {HILTON}. Accord {NKEN}.",
     f"A stay is no right. {HILTON}. Accord {NKEN}."),
    # Nothing before it in its paragraph.
    (f"TABLE OF AUTHORITIES\n\n{NKEN}\n\n{HILTON}", NKEN),
    (f"{NKEN}.", f"{NKEN}."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_a_case_is_cited_for_is_whole_sentences(text: str, expected: str) -> None:
    cited = next(each for each in find_citations(text) if "556" in each.text)

    assert cited_for(text, cited.full_span).of(text) == expected


def test_a_short_citation_is_for_its_sentence_too() -> None:
    text = f"A stay is no right. {NKEN}. The public interest counts. Id. at 435. He lost."
    short = find_citations(text)[-1]

    assert cited_for(text, short.full_span).of(text) == "The public interest counts. Id. at 435."
