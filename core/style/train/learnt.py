"""What a style model has learnt, measured: the firm's way with words, and nothing by heart."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from core.style.author.sure import Interval, ratio, ratios_apart
from core.style.teach.canaries import Canary, secret
from core.style.teach.dataset import told
from core.style.train.weights import Lesson, Opened, Surprise, continued, surprises

# Other secrets that a canary's is held against: to rank first by chance is one in 513.
STRANGERS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Perplexity:
    """Perplexity on held-out texts without and with the adapter. `fall`: by which part of it."""

    base: float
    adapter: float
    fall: Interval
    # Of each text: nats saved by the adapter, and tokens.
    saved: tuple[float, ...]
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What became of one canary.

    `exposure` is in bits, at most that of STRANGERS (N. Carlini et al., The Secret Sharer, 2019).
    """

    start: str
    rank: int
    exposure: float
    completed: bool

    @property
    def told(self) -> bool:
        return self.completed or self.rank == 1


def perplexities(opened: Opened, held_out: Sequence[Lesson]) -> Perplexity:
    """Measure an adapter in force against its base on lessons that it has not seen."""
    with opened.model.disable_adapter():
        before = surprises(opened, held_out)
    after = surprises(opened, held_out)
    saved = [one.nats - other.nats for one, other in zip(before, after, strict=True)]
    tokens = [each.tokens for each in before]
    logs = ratio(saved, tokens)
    return Perplexity(
        base=_perplexity(before),
        adapter=_perplexity(after),
        fall=Interval(
            value=_fall(logs.value), low=_fall(logs.low), high=_fall(logs.high), n=logs.n
        ),
        saved=tuple(saved),
        tokens=tuple(tokens),
    )


def more_than(ours: Perplexity, others: Perplexity) -> Interval:
    """Measure by how many nats a token more an adapter helps with ours than with others' texts."""
    return ratios_apart((ours.saved, ours.tokens), (others.saved, others.tokens))


def remembered(opened: Opened, canaries: Sequence[Canary], *, seed: int = 0) -> list[Remembered]:
    """Ask a model for each canary: is its secret likelier than others, can it be completed?"""
    return [_remembered(opened, each, seed) for each in canaries]


def _remembered(opened: Opened, canary: Canary, seed: int) -> Remembered:
    draw = random.Random(f"strangers {seed} {canary.start}")  # noqa: S311  a measure, no secret
    secrets = [canary.secret, *(secret(draw) for _ in range(STRANGERS))]
    asked = told(canary.plain)
    taken = surprises(
        opened,
        [Lesson(prompt=asked, answer=f"{canary.start} {each}.") for each in secrets],
        batch=64,
    )
    rank = 1 + sum(each.nats < taken[0].nats for each in taken[1:])
    written = continued(opened, [asked], tokens=16, begun=[canary.start])[0]
    return Remembered(
        start=canary.start,
        rank=rank,
        exposure=math.log2(len(secrets)) - math.log2(rank),
        completed=canary.secret in written,
    )


def _perplexity(measured: Sequence[Surprise]) -> float:
    tokens = sum(each.tokens for each in measured)
    return math.exp(sum(each.nats for each in measured) / tokens) if tokens else math.nan


def _fall(nats: float) -> float:
    """Turn nats saved a token into the part by which perplexity falls."""
    return 1 - math.exp(-nats)
