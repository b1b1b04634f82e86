"""An encoder that remembers: the same vectors, asked for once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.search.remembering import REMEMBERED, Remembering
from tests.db.test_search import HashedEncoder


class Counting(HashedEncoder):
    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_query(self, text: str) -> NDArray[np.float32]:
        self.asked.append(text)
        return super().encode_query(text)


def test_a_question_is_encoded_once_while_it_is_remembered() -> None:
    counting = Counting()
    encoder = Remembering(counting)
    first, again = encoder.encode_query("stay of removal"), encoder.encode_query("stay of removal")
    assert np.array_equal(first, HashedEncoder().encode_query("stay of removal"))
    assert again is first
    assert counting.asked == ["stay of removal"]


def test_old_questions_are_forgotten() -> None:
    counting = Counting()
    encoder = Remembering(counting)
    for n in range(REMEMBERED + 1):
        encoder.encode_query(f"stay {n}")
    encoder.encode_query(f"stay {REMEMBERED}")
    encoder.encode_query("stay 0")
    assert counting.asked[-2:] == [f"stay {REMEMBERED}", "stay 0"]


def test_it_is_the_encoder_in_all_else() -> None:
    inner = HashedEncoder()
    encoder = Remembering(inner)
    encoder.warm_up()
    assert (encoder.name, encoder.fingerprint) == (inner.name, inner.fingerprint)
    assert encoder.dimensions == inner.dimensions
    assert np.array_equal(encoder.encode(["tax"]), inner.encode(["tax"]))
