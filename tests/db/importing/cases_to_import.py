"""Cases to import, for tests whose worker processes must find them by import."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.model import CaseRecord, LegalDate, OpinionKind, OpinionRecord, PageLabel

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


class Quick:
    """An encoder that costs nothing: the same text has the same direction, and that is all."""

    name, fingerprint, dimensions = "quick", "0" * 64, 16

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        digests = (hashlib.sha256(text.encode()).digest()[:16] for text in texts)
        numbers = np.array([list(digest) for digest in digests], dtype=np.float32) + 1
        return numbers / np.linalg.norm(numbers, axis=1, keepdims=True)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        return self.encode([text])[0]

    def warm_up(self) -> None:
        pass


class Fatal(Quick):
    """An encoder that takes its process with it when it meets one word."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("poison" in text for text in texts):
            os._exit(9)
        return super().encode(texts)
