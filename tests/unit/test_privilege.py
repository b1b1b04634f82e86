"""Privileged papers say so of themselves; papers about privilege do not."""

from __future__ import annotations

import time

import pytest

from core.law.privilege import CLAWED_BACK, MARKED, NOTICE, privilege_marks

FOUND = [
    # Marks: a line of their own.
    ("PRIVILEGED AND CONFIDENTIAL\n\nDear Ann:", MARKED, "PRIVILEGED AND CONFIDENTIAL"),
    ("Privileged & Confidential\nMemo", MARKED, "Privileged & Confidential"),
    ("Memo\n*** Confidential/Privileged ***\n", MARKED, "Confidential/Privileged"),
    ("ATTORNEY-CLIENT PRIVILEGED", MARKED, "ATTORNEY-CLIENT PRIVILEGED"),
    ("Attorney–Client Communication", MARKED, "Attorney–Client Communication"),
    ("ATTORNEY-CLIENT PRIVILEGE", MARKED, "ATTORNEY-CLIENT PRIVILEGE"),
    ("ATTORNEY WORK PRODUCT", MARKED, "ATTORNEY WORK PRODUCT"),
    ("[Attorney Work Product – Draft]", MARKED, "Attorney Work Product – Draft"),
    (
        "Privileged and Confidential; Prepared in Anticipation of Litigation",
        MARKED,
        "Privileged and Confidential; Prepared in Anticipation of Litigation",
    ),
    ("Joint Defense Privileged Materials", MARKED, "Joint Defense Privileged Materials"),
    # Labels in a line of other words.
    ("Subject: Privileged & Confidential: the Utica lease", MARKED, "Privileged & Confidential"),
    ("Re: lease (ATTORNEY-CLIENT COMMUNICATION)", MARKED, "ATTORNEY-CLIENT COMMUNICATION"),
    # Notices, over the ends of lines too.
    ("This message may be privileged. Delete it.", NOTICE, "This message may be privileged"),
    (
        "This e-mail and any files\nwith it contain attorney-client communications.",
        NOTICE,
        "This e-mail and any files\nwith it contain attorney-client",
    ),
    (
        "This memo is attorney work product.",
        NOTICE,
        "This memo is attorney work product",
    ),
    # Papers that are wanted back.
    ("we claw back the privileged letter under Rule 502(b)", CLAWED_BACK, "claw back"),
    ("Privileged papers were inadvertently produced.", CLAWED_BACK, "inadvertently produced"),
]

LET_BE = [
    "The attorney-client privilege is the oldest privilege for confidential communications.",
    "C. The Work-Product Privilege",
    "Attorney-Client Privilege",
    "B. Implied Waiver of the Attorney-Client Privilege",
    "He asserted the attorney-client and work-product privileges.",
    "The letter was marked “Privileged and Confidential” by its author.",
    "the Attorney Work Product doctrine",
    "Opinion work product is virtually undiscoverable.",
    "It was a privileged position, and a confidential one.",
    "The privilege of the House was breached.",
    "CONFIDENTIAL",
    "Confidential Information",
    "This letter is not privileged.",
    "This document was filed. The court held that communications are privileged.",
    "The statute claws back the bonus of an officer.",
    "The trustee may claw back the transfer.",
    "DEFENDANT’S PRIVILEGE LOG",
]


@pytest.mark.parametrize(("text", "words", "found"), FOUND)
def test_what_says_that_a_paper_is_privileged_is_found(text: str, words: str, found: str) -> None:
    assert [(words, found)] == [(said, span.of(text)) for span, said in privilege_marks(text)]


@pytest.mark.parametrize("text", LET_BE)
def test_what_discusses_privilege_is_let_be(text: str) -> None:
    assert [span.of(text) for span, _ in privilege_marks(text)] == []


@pytest.mark.parametrize(
    "piece",
    ["privileged ", "privileged\n", "this letter is ", "claw back ", "contains the ", "\n-"],
)
def test_a_text_made_to_be_slow_is_read_in_time(piece: str) -> None:
    started = time.process_time()

    privilege_marks(piece * (100_000 // len(piece)))

    assert time.process_time() - started < 3
