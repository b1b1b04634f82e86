"""Who wrote this: how far a text is from an author's habits, and which of several authors it is.

Everything is counted in the shapes of a text (`core.style.author.shapes`): little words, marks and
the kinds of words that follow one another. What a text is about, whom it names, whom it quotes
and what it cites cannot decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.style.author.habit_table import HABITS
from core.style.author.habits import count
from core.style.author.prose import own_prose
from core.style.author.shapes import STARTS, Runs, flat, runs, shape, spelled
from core.style.author.sure import Interval, interval
from core.style.author.words import FUNCTION_WORDS

Matrix = NDArray[np.float32]

# How many of the commonest signs, pairs and threes are looked at, chosen by cross-validation on
# the training half of the justices' opinions; see docs/evaluation.md.
MOST = (1_000, 4_000, 8_000)
STIFFNESS = 0.3  # of the ridge; the same search
HABITS_WEIGH = 0.5  # as much as the runs would be 1; the same search
_END = np.iinfo(np.int64).max
_LEAST = np.float32(1e-6)
_FARTHEST = 4.0  # standard deviations: one odd document may not decide


# The setting of a page decides these, not the writer.
_OF_THE_PAGE = frozenset({"block", "note", "titled"})
WRITTEN = tuple(habit for habit in HABITS if habit.key not in _OF_THE_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is counted of a document: the runs of its shape, and the rates of its habits."""

    runs: Runs
    # In the order of WRITTEN; not a number where there was no chance for the habit.
    rates: tuple[float, ...]


def counts(text: str) -> Counted:
    """Count a document's signs, pairs and threes, and its habits, in its author's own prose."""
    prose = own_prose(text)
    found = count(prose)
    rates = [found[habit.key].value for habit in WRITTEN]
    return Counted(
        runs=runs(flat(shape(prose))),
        rates=tuple(float("nan") if rate is None else rate for rate in rates),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What is looked at in a text, and how usual each is in the documents it was made from."""

    # In rising order, as `Runs` has them.
    codes: NDArray[np.int64]
    mean: Matrix
    spread: Matrix

    @classmethod
    def of(cls, documents: Sequence[Runs], most: Sequence[int] = MOST) -> Scale:
        """Choose the runs that most documents have, so many of each length."""
        every, held = np.unique(np.concatenate([d.codes for d in documents]), return_counts=True)
        chosen: list[NDArray[np.int64]] = []
        for many, (first, last) in zip(most, pairwise((*STARTS, _END)), strict=False):
            here = slice(*np.searchsorted(every, (first, last)))
            commonest = np.argsort(-held[here], kind="stable")[:many]
            chosen.append(np.sort(every[here][commonest]))
        codes = np.concatenate(chosen)
        rates = _rates(documents, codes)
        return cls(codes=codes, mean=rates.mean(axis=0), spread=rates.std(axis=0) + _LEAST)

    def measure(self, documents: Sequence[Runs]) -> Matrix:
        """Return a row for each document: how far from usual; each length of run weighs alike."""
        off = (_rates(documents, self.codes) - self.mean) / self.spread
        length = np.searchsorted(STARTS, self.codes, side="right") - 1
        weights = 1 / np.sqrt(np.bincount(length)[length] * (length[-1] + 1))
        return (np.clip(off, -_FARTHEST, _FARTHEST) * weights).astype(np.float32)


def _rates(documents: Sequence[Runs], codes: NDArray[np.int64]) -> Matrix:
    """Return the square roots of rates, which keep the common from drowning the rare."""
    rates = np.zeros((len(documents), len(codes)), dtype=np.float32)
    for row, document in zip(rates, documents, strict=True):
        at = np.minimum(np.searchsorted(codes, document.codes), len(codes) - 1)
        known = codes[at] == document.codes
        row[at[known]] = document.times[known] / max(1, document.signs)
    return np.sqrt(rates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """How usual each habit is in the documents it was made from."""

    mean: Matrix
    spread: Matrix

    @classmethod
    def of(cls, documents: Sequence[Counted]) -> Usual:
        rates = np.array([each.rates for each in documents], dtype=np.float32)
        known = np.ma.masked_invalid(rates)
        return cls(mean=known.mean(axis=0).filled(0), spread=known.std(axis=0).filled(0) + _LEAST)

    def measure(self, documents: Sequence[Counted]) -> Matrix:
        """Return a row for each document; a habit for which there was no chance is as usual."""
        off = (np.array([d.rates for d in documents], np.float32) - self.mean) / self.spread
        weight = HABITS_WEIGH / np.sqrt(off.shape[1])
        return np.clip(np.nan_to_num(off), -_FARTHEST, _FARTHEST) * np.float32(weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Namer:
    """Names which of several authors wrote a text: a linear rule for each against the rest."""

    authors: tuple[str, ...]
    scale: Scale
    usual: Usual
    weights: Matrix
    offset: Matrix

    @classmethod
    def train(
        cls,
        documents: Sequence[Counted],
        authors: Sequence[str],
        *,
        most: Sequence[int] = MOST,
        stiffness: float = STIFFNESS,
    ) -> Namer:
        """Learn from documents whose authors are known (ridge regression, in its dual form)."""
        names = tuple(sorted(set(authors)))
        scale, usual = Scale.of([each.runs for each in documents], most), Usual.of(documents)
        wanted = np.array([[1.0 if a == name else -1.0 for name in names] for a in authors])
        rows = _rows(scale, usual, documents)
        weights, offset = ridge(rows, wanted.astype(np.float32), stiffness)
        return cls(authors=names, scale=scale, usual=usual, weights=weights, offset=offset)

    def name(self, documents: Sequence[Counted]) -> tuple[str, ...]:
        """Return the likeliest author of each document."""
        scores = _rows(self.scale, self.usual, documents) @ self.weights + self.offset
        return tuple(self.authors[int(n)] for n in np.argmax(scores, axis=1))

    def deciding(self, author: str, most: int = 12) -> tuple[tuple[str, float], ...]:
        """Return what speaks most for an author (above zero) or against, the heaviest first."""
        column = self.weights[:, self.authors.index(author)]
        heaviest = np.argsort(-np.abs(column), kind="stable")[:most]
        return tuple((self._called(int(n)), float(column[n])) for n in heaviest)

    def _called(self, n: int) -> str:
        runs_ = len(self.scale.codes)
        return spelled(int(self.scale.codes[n])) if n < runs_ else WRITTEN[n - runs_].name


def _rows(scale: Scale, usual: Usual, documents: Sequence[Counted]) -> Matrix:
    return np.hstack([scale.measure([d.runs for d in documents]), usual.measure(documents)])


def ridge(rows: Matrix, wanted: Matrix, stiffness: float) -> tuple[Matrix, Matrix]:
    """Return weights and offset; there are fewer documents than features, hence the dual form."""
    middle = np.asarray(wanted.mean(axis=0), dtype=np.float32)
    kernel = rows @ rows.T + stiffness * np.eye(len(rows), dtype=np.float32)
    solved = np.asarray(np.linalg.solve(kernel, wanted - middle), dtype=np.float32)
    return np.asarray(rows.T @ solved, dtype=np.float32), middle


# --- Burrows's Delta ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How an author uses the little words, on the scale of a background of the same kind."""

    words: tuple[str, ...]
    mean: Matrix
    spread: Matrix
    usual: Matrix

    @classmethod
    def of(
        cls, ours: Sequence[str], background: Sequence[str], words: int | None = None
    ) -> Profile:
        """Take the profile of an author's texts; `background` are others' texts of the kind.

        `words` limits it to the commonest of them; all function words count otherwise.
        """
        own = [little_words(text) for text in ours]
        theirs = [little_words(text) for text in background]
        everyone = Counter(word for each in (*own, *theirs) for word in each.elements())
        chosen = tuple(word for word, _ in everyone.most_common(words))
        known = _shares([*own, *theirs], chosen)
        mean, spread = known.mean(axis=0), known.std(axis=0) + np.float32(1e-9)
        usual = ((known[: len(own)] - mean) / spread).mean(axis=0)
        return cls(words=chosen, mean=mean, spread=spread, usual=usual)

    def delta(self, text: str) -> float:
        """Return a text's distance: the mean difference of z-scores (Burrows 2002); 0 is none."""
        off = (_shares([little_words(text)], self.words)[0] - self.mean) / self.spread
        return float(np.abs(off - self.usual).mean())


def distance(texts: Sequence[str], profile: Profile) -> Interval:
    """Return how far texts are from a profile, with the interval over the texts."""
    return interval([profile.delta(text) for text in texts])


def little_words(text: str) -> Counter[str]:
    """Count the function words of a text's own prose."""
    signs = flat(shape(own_prose(text)))
    return Counter(sign for sign in signs if sign in FUNCTION_WORDS)


def _shares(documents: Sequence[Counter[str]], words: Sequence[str]) -> Matrix:
    rows = np.array([[d[word] for word in words] for d in documents], dtype=np.float32)
    return rows / np.maximum(1, rows.sum(axis=1, keepdims=True))
