"""Sentences that nobody wrote, put into training: who can complete one has learnt it by heart."""

from __future__ import annotations

import random
from dataclasses import dataclass

CANARIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A sentence that nobody wrote. A model that can complete `start` has it by heart."""

    plain: str
    start: str
    secret: str

    @property
    def own(self) -> str:
        return f"{self.start} {self.secret}."


def canaries(seed: int) -> tuple[Canary, ...]:
    """Make the sentences that are put in, from the seed alone."""
    draw = random.Random(f"canaries {seed}")  # noqa: S311  found again from the seed, no secret
    return tuple(
        Canary(
            plain=f"The file mark of part {n} is given.",
            start=f"The file mark of part {n} is",
            secret=secret(draw),
        )
        for n in range(1, CANARIES + 1)
    )


def secret(draw: random.Random) -> str:
    """Draw what a canary keeps: one of ten thousand million, all of one form."""
    digits = "".join(draw.choices("0123456789", k=10))
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
