"""An adapter measured on passages that it has not seen: its style, and what it gives away.

Its wordings and the prompt voice's are held against one yardstick, passage by passage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from core.errors import UsageError
from core.style.author.sure import interval
from core.style.gate.yardstick import Yardstick, of_documents, signed
from core.style.lock.lock import broken_by
from core.style.speaking import Words
from core.style.teach.canaries import Canary
from core.style.teach.dataset import Dataset, Example, Half
from core.style.teach.masking import same_tokens
from core.style.train.learnt import perplexities, remembered
from core.style.train.memory import longest_run
from core.style.train.weights import Opened

MOST_LINES = 40  # restyled to be measured: a small model takes a second for each
_FEWEST = 3
_TOO_LITTLE = (
    "Too little was held back to measure on: make a dataset of more matters, and where a model "
    "outside the firm is asked, of such that let it read."
)
AGAINST_PROMPT, AGAINST_PLAIN = "the prompt voice", "plain text (no model speaks the prompt voice)"

# Says of pairs of texts whether the second follows from the first.
Follows = Callable[[Sequence[tuple[str, str]]], Sequence[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The adapter that is measured: how it words lines, and its weights where they are here."""

    words: Words
    weights: Opened | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What it is held beside: others' documents, the prompt voice, a model that checks."""

    # Passages of each, with tokens.
    others: Sequence[Sequence[str]] = ()
    # What these are, in words.
    called: str = ""
    # None: plain text stands in for it.
    prompted: Words | None = None
    follows: Follows | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """Plain lines, what is shown for each once locked, and how many wordings were refused."""

    plain: tuple[str, ...]
    shown: tuple[str, ...]
    written: tuple[str, ...]
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One plain line as the adapter words it and as the other voice does: for a ballot."""

    source: str
    plain: str
    by_adapter: str
    by_other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """Figures as JSON has them, and the wordings that differ."""

    figures: dict[str, object]
    pairs: tuple[Pair, ...]


def measured(candidate: Candidate, dataset: Dataset, beside: Beside) -> Measurement:
    """Measure an adapter on its dataset's test half. Raises UsageError where that is too little."""
    held = dataset.of(Half.TEST)[:MOST_LINES]
    if len(held) < _FEWEST:
        raise UsageError(_TOO_LITTLE)
    learnt, plain = dataset.of(Half.TRAIN), tuple(each.plain for each in held)
    ours = worded(plain, tuple(candidate.words(plain)))
    prompted = beside.prompted
    other = plain if prompted is None else worded(plain, tuple(prompted(plain))).shown
    yard = Yardstick.of(of_documents(_by_paper(learnt)), of_documents(beside.others), beside.called)
    figures: dict[str, object] = {
        "nearer": _nearer(yard, ours.shown, other),
        "against": AGAINST_PLAIN if prompted is None else AGAINST_PROMPT,
        "voices": _voices(yard, ours, other, held, prompted=prompted is not None),
        "lock": {
            "shown": len(ours.shown),
            "kept": sum(map(keeps, plain, ours.shown)),
            "refused": ours.refused,
        },
        "follows": _follows(ours, beside.follows),
        "perplexity": _perplexity(candidate.weights, dataset),
        "canaries": _canaries(candidate, dataset.canaries),
        "longest_run": {
            "words": longest_run(ours.written, [each.own for each in learnt], plain).words
        },
    }
    return Measurement(figures=figures, pairs=_pairs(held, ours, other))


def _nearer(yard: Yardstick, ours: Sequence[str], other: Sequence[str]) -> Mapping[str, object]:
    """Say by how much our wordings are nearer to the firm's, each beside the other's."""
    near = [(yard.near(signed(a)), yard.near(signed(b))) for a, b in zip(ours, other, strict=True)]
    right = yard.verifier and asdict(yard.verifier.held_out)
    return {
        **asdict(interval([a - b for a, b in near])),
        "ours": sum(a for a, _ in near) / len(near),
        "other": sum(b for _, b in near) / len(near),
        "by": yard.by,
        "right": right,
        "beside": yard.beside,
    }


def _voices(
    yard: Yardstick, ours: Worded, other: Sequence[str], held: Sequence[Example], *, prompted: bool
) -> Mapping[str, object]:
    """Measure every voice alike: the adapter's, the prompt's, plain text, and the firm's own."""
    texts = {
        "adapter": ours.shown,
        "prompt": other if prompted else (),
        "plain": ours.plain,
        "own": [each.own for each in held],
    }
    return {
        name: yard.figures([signed(text) for text in some]) for name, some in texts.items() if some
    }


def _follows(ours: Worded, follows: Follows | None) -> Mapping[str, object] | None:
    """Have a model say of each new wording whether it follows from the plain one, and back."""
    new = [(p, s) for p, s in zip(ours.plain, ours.shown, strict=True) if p != s]
    if follows is None or not new:
        return None
    there, back = follows(new), follows([(s, p) for p, s in new])
    return asdict(interval([float(a and b) for a, b in zip(there, back, strict=True)]))


def _perplexity(weights: Opened | None, dataset: Dataset) -> Mapping[str, object] | None:
    if weights is None:
        return None
    return asdict(perplexities(weights, dataset.held_out())) | {"saved": None, "tokens": None}


def _canaries(candidate: Candidate, planted: Sequence[Canary]) -> Mapping[str, object]:
    """Ask for each canary: by what is written always, by how likely it is where weights tell."""
    written = candidate.words([each.plain for each in planted]) if planted else ()
    told = [each.secret in line for each, line in zip(planted, written, strict=True)]
    known = remembered(candidate.weights, planted) if candidate.weights is not None else []
    ranked = [each.told for each in known] or [False] * len(planted)
    return {
        "planted": len(planted),
        "told": sum(a or b for a, b in zip(told, ranked, strict=True)),
        "exposure": max((each.exposure for each in known), default=None),
    }


def _by_paper(examples: Sequence[Example]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for each in examples:
        found.setdefault(each.paper_id, []).append(each.own)
    return list(found.values())


def _pairs(held: Sequence[Example], ours: Worded, others: Sequence[str]) -> tuple[Pair, ...]:
    return tuple(
        Pair(source=each.paper_id, plain=each.plain, by_adapter=one, by_other=other)
        for each, one, other in zip(held, ours.shown, others, strict=True)
        if one != other
    )


def worded(plain: Sequence[str], written: Sequence[str]) -> Worded:
    """Take of each wording what keeps everything locked, and of the others the plain line."""
    kept = [keeps(one, other) for one, other in zip(plain, written, strict=True)]
    return Worded(
        plain=tuple(plain),
        shown=tuple(w if k else p for p, w, k in zip(plain, written, kept, strict=True)),
        written=tuple(written),
        refused=kept.count(False),
    )


def keeps(plain: str, written: str) -> bool:
    """Say whether a wording has every token of the plain line, and nothing locked changed."""
    return bool(written) and same_tokens(plain, written) and broken_by(plain, written) is None
