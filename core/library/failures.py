"""Failed guesses: whoever guesses wrong again and again waits longer each time.

A try is counted before it is made, so that a hundred made at once are not one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from core.library.db import Transaction

# From the fifth failure on one waits: 5 seconds, then 10, 20, 40 … a quarter of an hour at most.
FREE = 5
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)


def count_try(transaction: Transaction, what: bytes) -> int:
    """Count a try as failed and return 0; or the seconds to wait, and nothing is counted."""
    counted = transaction.value(
        "count_try", what=what, free=FREE, first=FIRST_WAIT, longest=LONGEST_WAIT
    )
    if counted is not None:
        return 0
    seconds = transaction.value("select_wait", what=what)
    # A wait that ended between the two questions is one of a second.
    return max(seconds, 1) if isinstance(seconds, int) else 1


def take_back(transaction: Transaction, what: bytes) -> None:
    """Say that one of the tries counted did not fail."""
    transaction.execute("take_try_back", what=what)


def forget(transaction: Transaction, what: Sequence[bytes]) -> None:
    """Forget all failures of this kind: whoever was meant has got in."""
    transaction.execute("forget_failures", what=[*what])
