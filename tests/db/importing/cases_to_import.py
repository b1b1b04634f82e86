"""Cases to import, for tests whose worker processes must find them by import."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.model import CaseRecord, LegalDate, OpinionKind, OpinionRecord, PageLabel
from core.search.encoder import load_encoder

FACTORY = functools.partial(load_encoder, "packaged", 1)
CITED = (
    "The standard is settled. See Nken v. Holder, 556 U. S. 418, 434 (2009) (four factors). "
    "It is not a matter of right. Id., at 427. "
)


def a_case(number: int = 1, text: str = CITED, **changes: object) -> CaseRecord:
    opinion = OpinionRecord(
        kind=OpinionKind.MAJORITY,
        author="Roberts",
        text=f"Case number {number}. {text}",
        pages=(PageLabel(start=0, label="1"), PageLabel(start=20, label="2")),
    )
    whole = CaseRecord(
        source_id=f"test/{number}",
        court="scotus",
        court_name="Supreme Court of the United States",
        jurisdiction="US",
        case_name=f"Party {number} v. Holder",
        docket_number=f"No. 08-{number}",
        date_filed=LegalDate(year=2009, month=4),
        date_argued=None,
        citations=(f"{number} U.S. 418", "not a citation"),
        opinions=(opinion,),
        extra={"slip": number},
    )
    return replace(whole, **changes)


def many(count: int) -> list[CaseRecord]:
    return [a_case(n, text=CITED * (1 + n % 7)) for n in range(1, count + 1)]


class Fatal:
    """An encoder that takes its process with it when it meets one word."""

    name, fingerprint, dimensions = "fatal", "0" * 64, 4

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("poison" in text for text in texts):
            os._exit(9)
        return np.full((len(texts), 4), 0.5, dtype=np.float32)
