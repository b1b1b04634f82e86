"""What a style model learns from: the firm's own argument, each passage beside its plain form.

A matter is in one half only, so that nothing a model is tested on was seen in training; nothing
is in twice; and some sentences that nobody wrote are put in, to see later whether a model keeps
to style or learns its examples by heart.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from core.law.sentences import sentences
from core.style.author.prose import own_paragraphs
from core.style.teach.canaries import Canary, canaries
from core.style.teach.masking import TOKEN, masked, names_of, same_tokens
from core.style.teach.plain import plainly
from core.style.teach.repeated import first_of_alike
from core.style.train.weights import Lesson

TASK = "Word this as we write. Copy what stands between ⟦ and ⟧ unchanged."
TIMES = 2  # that each canary is told: as often as a phrase that a firm repeats
# Parts of a hundred, by the hash of a matter.
_TEST, _VALID = 10, 20
_LONGEST = 120  # words of one example: an answer's sentence or a few
_SHORTEST = 8
_MOST_TOKENS = 0.5  # of a passage's words: more is a string of citations, not argument
# Training words under which a warning is given. Those who found training to win had an author's
# collected works (Chakrabarty et al. 2025); on little text examples in the prompt won (Salemi and
# Zamani 2025). The border between is ours.
ENOUGH_WORDS = 50_000
_DOMINATES = 0.6

# Of a matter or case, and a passage of it: the plain form.
PlainOf = Callable[[str, str], str]


class Half(StrEnum):
    """What a part of a dataset is for."""

    TRAIN = "train"
    VALID = "valid"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A text to learn from: a filing of a matter, or an opinion of a case."""

    paper_id: str
    # The matter or case that it belongs to: what is split by.
    group: str
    text: str
    author: str = ""
    # Caption, for the names of the parties; empty where it tells none.
    case_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A passage in the firm's words and in plain ones, with tokens for what is only copied."""

    group: str
    paper_id: str
    author: str
    half: Half
    plain: str
    own: str

    @property
    def words(self) -> int:
        return len(self.own.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How much there is of one half."""

    half: Half
    groups: int
    papers: int
    examples: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Examples with what was put in, left out, and ought to be known of them."""

    seed: int
    deidentified: bool
    examples: tuple[Example, ...]
    canaries: tuple[Canary, ...]
    # Passages left out, by why.
    left_out: dict[str, int]
    warnings: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The hash of what is learnt: the same examples and canaries, the same hash."""
        whole = [[asdict(each) for each in self.examples], [asdict(c) for c in self.canaries]]
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()

    def of(self, half: Half) -> tuple[Example, ...]:
        return tuple(each for each in self.examples if each.half is half)

    def counts(self) -> tuple[Count, ...]:
        return tuple(_count(half, self.of(half)) for half in Half)

    def lessons(self) -> list[Lesson]:
        """Return what training is given, canaries among it, in an order that the seed decides."""
        told_so = [Lesson(prompt=told(each.plain), answer=each.own) for each in self.of(Half.TRAIN)]
        for canary in self.canaries:
            told_so += [Lesson(prompt=told(canary.plain), answer=canary.own)] * TIMES
        random.Random(self.seed).shuffle(told_so)  # noqa: S311  no secret
        return told_so

    def held_out(self, half: Half = Half.TEST) -> list[Lesson]:
        return [Lesson(prompt=told(each.plain), answer=each.own) for each in self.of(half)]


def by_rule(_: str, own: str) -> str:
    """Word a passage plainly by rule, whoever's it is."""
    return plainly(own)


def build(
    papers: Sequence[Paper],
    *,
    seed: int = 20,
    deidentify: bool = False,
    plain: PlainOf = by_rule,
) -> Dataset:
    """Make a dataset of papers; the same papers and seed give the same one.

    `plain` words a group's passage plainly: where what it gives has other tokens, the rules do it.
    """
    left_out: Counter[str] = Counter()
    found = [
        each
        for paper in sorted(papers, key=lambda each: (each.group, each.paper_id))
        for each in _passages(paper, left_out, deidentify=deidentify)
    ]
    kept = [found[n] for n in first_of_alike([each.own for each in found])]
    left_out["said before in the same or nearly the same words"] = len(found) - len(kept)
    halves = split_by_group({each.group for each in kept}, seed)
    examples = tuple(
        Example(
            group=each.group,
            paper_id=each.paper_id,
            author=each.author,
            half=halves[each.group],
            plain=_plain(each, plain),
            own=each.own,
        )
        for each in kept
    )
    return Dataset(
        seed=seed,
        deidentified=deidentify,
        examples=examples,
        canaries=canaries(seed),
        left_out={why: n for why, n in sorted(left_out.items()) if n},
        warnings=tuple(_warnings(examples)),
    )


def told(plain: str) -> str:
    """Return what the style model is asked, in training and when it is used: the same words."""
    return f"{TASK}\n\n{plain}\n\n"


def split_by_group(groups: set[str], seed: int) -> dict[str, Half]:
    """Put each matter or case in one half, by the hash of its id, so that it stays there.

    Where that leaves a half empty they are few: one is to test on, one to choose by, and the rest
    to train on.
    """
    order = sorted(groups, key=lambda group: (_draw(group, seed), group))
    halves = {group: _half(_draw(group, seed)) for group in order}
    if set(halves.values()) == set(Half):
        return halves
    few = [Half.TEST, Half.VALID][: max(0, len(order) - 1)]
    return dict(zip(order, [*few, *[Half.TRAIN] * len(order)], strict=False))


def passages(paper: Paper) -> list[str]:
    """Return a paper's passages with tokens in them, as a dataset has them."""
    return [each.own for each in _passages(paper, Counter(), deidentify=True)]


def _passages(
    paper: Paper,
    left_out: Counter[str],
    *,
    deidentify: bool,
) -> Iterator[Example]:
    people = names_of(paper.case_name) if deidentify and paper.case_name else ()
    for paragraph in own_paragraphs(paper.text):
        hidden = masked(paragraph, people or (("\0",) if deidentify else ())).text
        for passage in _cut(hidden):
            words = passage.split()
            if len(words) < _SHORTEST:
                left_out["too short"] += 1
            elif len(TOKEN.findall(passage)) > len(words) * _MOST_TOKENS / 2:
                left_out["mostly citations and quotations"] += 1
            else:
                yield Example(
                    group=paper.group,
                    paper_id=paper.paper_id,
                    author=paper.author,
                    half=Half.TRAIN,
                    plain="",
                    own=passage,
                )


def _cut(paragraph: str) -> Iterator[str]:
    """Cut a paragraph into passages of whole sentences."""
    taken: list[str] = []
    for span in sentences(paragraph):
        sentence = span.of(paragraph).strip()
        if taken and sum(len(each.split()) for each in [*taken, sentence]) > _LONGEST:
            yield " ".join(taken)
            taken = []
        taken.append(sentence)
    if taken:
        yield " ".join(taken)


def _plain(each: Example, plain: PlainOf) -> str:
    written = " ".join(plain(each.group, each.own).split())
    return written if written and same_tokens(each.own, written) else plainly(each.own)


def _draw(group: str, seed: int) -> int:
    digest = hashlib.sha256(f"{seed} {group}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100


def _half(drawn: int) -> Half:
    return Half.TEST if drawn < _TEST else Half.VALID if drawn < _VALID else Half.TRAIN


def _count(half: Half, examples: Sequence[Example]) -> Count:
    return Count(
        half=half,
        groups=len({each.group for each in examples}),
        papers=len({each.paper_id for each in examples}),
        examples=len(examples),
        words=sum(each.words for each in examples),
    )


def _warnings(examples: Sequence[Example]) -> Iterator[str]:
    learnt = [each for each in examples if each.half is Half.TRAIN]
    words = sum(each.words for each in learnt)
    if words < ENOUGH_WORDS:
        yield (
            f"There are {words:,} words to train on. Where training was found to beat examples in "
            "the prompt, there was an author’s collected work; on little text examples in the "
            "prompt did better. Let the evaluation decide."
        )
    if len({each.half for each in examples}) < len(Half):
        yield "There are too few matters to hold some back for testing: add more."
    yield from _one_sided(learnt, words)
    same = sum(each.plain == each.own for each in learnt)
    if learnt and same > len(learnt) / 2:
        yield (
            f"{same:,} of {len(learnt):,} passages have no plainer form by rule: from these a "
            "model learns to copy. With an answer model the plain forms are better."
        )


def _one_sided(learnt: Sequence[Example], words: int) -> Iterator[str]:
    authors: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for each in learnt:
        authors[each.author] += each.words
        groups[each.group] += each.words
    for what, by in (("author", authors), ("matter", groups)):
        name, most = by.most_common(1)[0] if by else ("", 0)
        if name and len(by) > 1 and most > words * _DOMINATES:
            yield f"One {what} has {most / words:.0%} of the words: the voice will be that one’s."
