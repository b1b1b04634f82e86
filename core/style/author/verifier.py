"""Would it take this text for ours? A yes or no with a probability that can be believed.

It learns from our documents and others' of the same kind and subjects, in pieces of a few hundred
words, so that it can judge a paragraph as well as a brief. The probability is calibrated on pieces
whose own document it had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.style.author.authorship import Matrix, Scale, ridge
from core.style.author.prose import own_prose
from core.style.author.shapes import Runs, runs, shape
from core.style.author.sure import Interval, share

Reals = NDArray[np.float64]

PIECE = 400  # signs: some 300 words
_LEAST = 40  # signs of a last piece that still counts
_MOST_PIECES = 1_500  # of each side: learning takes the cube of it
_LOOKED_AT = (700, 1_500, 1_500)
_STIFFNESS = 1.0
_FOLDS = 5
_SEED = 1787
_STEPS = 50  # of Newton's method; it needs about ten
FEWEST = 5  # documents of each side: one for each fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """Says of a text how probable it is that it is ours, were ours and others' equally common."""

    scale: Scale
    weights: Matrix
    offset: Matrix
    # The line that makes a probability of a score (Platt 1999).
    slope: float
    middle: float
    # Of the documents it learned from, each judged without itself: how often it was right.
    held_out: Interval

    @classmethod
    def train(cls, ours: Sequence[str], others: Sequence[str]) -> Verifier:
        """Learn from whole documents. Raises ValueError for fewer than five of a side."""
        if min(len(ours), len(others)) < FEWEST:
            raise ValueError(f"A verifier needs at least {FEWEST} documents of each side.")
        pieces = [*_fewer(_pieces(ours)), *_fewer(_pieces(others, first=len(ours)))]
        document = np.array([n for n, _ in pieces])
        is_ours = document < len(ours)
        scale = Scale.of([piece for _, piece in pieces], _LOOKED_AT)
        rows = scale.measure([piece for _, piece in pieces])
        scores = _unseen_scores(rows, document, is_ours)
        slope, middle = _calibrated(scores, is_ours)
        weights, offset = _learned(rows, is_ours)
        known = np.unique(document)
        right = [
            bool((scores[document == n] * slope + middle).mean() > 0) == (n < len(ours))
            for n in known
        ]
        return cls(
            scale=scale,
            weights=weights,
            offset=offset,
            slope=slope,
            middle=middle,
            held_out=share(right),
        )

    def score(self, text: str) -> float:
        """Return the probability that a text is ours; one half for a text without own prose.

        A long text is judged in pieces, and has the mean of what they say, in log-odds: pieces
        of one text are no independent witnesses.
        """
        pieces = [piece for _, piece in _pieces([text])]
        if not pieces:
            return 0.5
        scores = (self.scale.measure(pieces) @ self.weights + self.offset)[:, 0]
        return float(_probability((scores * self.slope + self.middle).mean()))


def _pieces(texts: Sequence[str], first: int = 0) -> list[tuple[int, Runs]]:
    """Cut documents into pieces of like length, whole paragraphs each; with each its document."""
    return [
        (n, runs(signs))
        for n, text in enumerate(texts, start=first)
        for signs in _grouped(shape(own_prose(text)))
    ]


def _grouped(paragraphs: Sequence[Sequence[str]]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for paragraph in paragraphs:
        if len(groups[-1]) >= PIECE:
            groups.append([])
        groups[-1] += paragraph
    if len(groups) > 1 and len(groups[-1]) < _LEAST:
        groups[-2] += groups.pop()
    return [group for group in groups if len(group) >= _LEAST or (group and len(groups) == 1)]


def _fewer(pieces: list[tuple[int, Runs]]) -> list[tuple[int, Runs]]:
    """Take every so many-th piece where there are more than can be learned from."""
    if len(pieces) <= _MOST_PIECES:
        return pieces
    return [pieces[n] for n in np.linspace(0, len(pieces) - 1, _MOST_PIECES).astype(int)]


def _learned(rows: Matrix, is_ours: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    wanted = np.where(is_ours, 1.0, -1.0).astype(np.float32)[:, None]
    return ridge(rows, wanted, _STIFFNESS)


def _unseen_scores(rows: Matrix, document: NDArray[np.int64], is_ours: NDArray[np.bool_]) -> Reals:
    """Score each piece by a rule that saw no piece of its document."""
    fold = np.empty(len(rows), dtype=np.int64)
    draw = np.random.default_rng(_SEED)
    for side in (True, False):
        known = np.unique(document[is_ours == side])
        turn = dict(zip(draw.permutation(known), np.arange(len(known)) % _FOLDS, strict=True))
        fold[is_ours == side] = [turn[n] for n in document[is_ours == side]]
    scores = np.zeros(len(rows))
    for k in range(_FOLDS):
        weights, offset = _learned(rows[fold != k], is_ours[fold != k])
        scores[fold == k] = (rows[fold == k] @ weights + offset)[:, 0]
    return scores


def _calibrated(scores: Reals, is_ours: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit the line from score to log-odds, both sides weighing alike (Platt 1999, by Newton)."""
    many = np.array([(~is_ours).sum(), is_ours.sum()])
    weight = 0.5 / many[is_ours.astype(int)] * len(scores)
    # Platt's targets: nothing is quite certain, or the line would be a wall.
    sure, unsure = (int(many[1]) + 1) / (int(many[1]) + 2), 1 / (int(many[0]) + 2)
    target = np.where(is_ours, sure, unsure).astype(np.float64)
    x = np.stack([scores, np.ones_like(scores)], axis=1)
    line: Reals = np.zeros(2)
    for _ in range(_STEPS):
        p = _probability(x @ line)
        slope = np.asarray(x.T @ (weight * (p - target)), dtype=np.float64)
        bend = (x * (weight * p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        step = np.asarray(np.linalg.solve(bend, slope), dtype=np.float64)
        line -= step
        if np.abs(step).max() < 1e-9:
            break
    return float(line[0]), float(line[1])


def _probability(odds: Reals) -> Reals:
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
