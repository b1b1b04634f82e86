"""Has a style model learnt its examples by heart? Told from what it writes, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The longest run of words that a model wrote as they stood in what it learnt from."""

    words: int
    text: str


def longest_run(written: Iterable[str], learnt: Iterable[str], given: Iterable[str] = ()) -> Run:
    """Find the longest run of words of `written` that is in `learnt` and was not `given` to it.

    What stood in the plain line that the model was to word is copied, not remembered.
    """
    known = [_words(text) for text in learnt]
    told = [_words(text) for text in given]
    answers = [_words(text) for text in written]
    best: tuple[str, ...] = ()
    low, high = 1, max(map(len, answers), default=0)
    while low <= high:
        middle = (low + high) // 2
        found = _shared(answers, known, told, middle)
        if found is None:
            high = middle - 1
        else:
            best, low = found, middle + 1
    return Run(words=len(best), text=" ".join(best))


def _shared(
    answers: Sequence[Sequence[str]],
    known: Sequence[Sequence[str]],
    told: Sequence[Sequence[str]],
    length: int,
) -> tuple[str, ...] | None:
    """Return a run of so many words that answers share with what was learnt; None without one."""
    wanted = set(_runs(answers, length)) - set(_runs(told, length))
    return min((run for run in _runs(known, length) if run in wanted), default=None)


def _runs(texts: Sequence[Sequence[str]], length: int) -> Iterable[tuple[str, ...]]:
    for words in texts:
        for at in range(len(words) - length + 1):
            yield tuple(words[at : at + length])


def _words(text: str) -> list[str]:
    return [word.casefold().strip(".,;:?!“”\"'()") for word in text.split()]
