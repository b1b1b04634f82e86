"""A text with its subject taken out: the little words and the marks stay, content keeps its ending.

Who wrote something shows in how little words, marks and kinds of words follow one another;
names, numbers and the words of a subject would tell the case and not the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.style.author.prose import CITED, QUOTED, OwnProse
from core.style.author.words import STYLE_WORDS

PARAGRAPH, SENTENCE = "¶", "^"
NAME, NUMBER, CONTENT = "N", "#", "*"
_SIGNS = {QUOTED: "Q", CITED: "C"}
_MARKS = ("—", "...", *".,;:?!()[]")
_TOKEN = re.compile(
    rf"{re.escape(QUOTED)}|{re.escape(CITED)}|\d[\d,.]*|[^\W\d_]+(?:['-][^\W\d_]+)*"
    r"|—|\.\.\.|[.,;:?!()\[\]]"
)
# What the setting of a page decides and not the writer.
_AS_ONE = [("’", "'"), ("‘", "'"), ("--", "—"), ("–", "-"), (" - ", "—"), (". . .", "...")]
_ENDINGS = tuple("tion ment ness ing ity ous ive ful ble ant ent ary ed ly es al s er ic".split())


def plain_marks(text: str) -> str:
    """Write apostrophes, dashes and ellipses in one way each."""
    for written, one in _AS_ONE:
        text = text.replace(written, one)
    return text


def shape(prose: OwnProse) -> tuple[tuple[str, ...], ...]:
    """Return the shape of each paragraph: its words without what they are about, and its marks."""
    return tuple(
        (PARAGRAPH, *(sign for s in paragraph.sentences for sign in _sentence(s.text)))
        for paragraph in prose.paragraphs
    )


def _sentence(text: str) -> Iterator[str]:
    yield SENTENCE
    last = SENTENCE
    for match in _TOKEN.finditer(plain_marks(text)):
        sign = _sign(match[0], first=last == SENTENCE)
        if not sign == last == NAME:
            yield sign
        last = sign


def _sign(written: str, *, first: bool) -> str:
    small = written.lower()
    if written in _SIGNS:
        return _SIGNS[written]
    if not written[0].isalpha():
        return written if written in _MARKS else NUMBER
    if small in STYLE_WORDS and (first or written.islower() or written == "I"):
        return small
    if small.endswith("n't"):
        return "n't"
    if written[0].isupper() and not first:
        return NAME
    ending = next((ending for ending in _ENDINGS if small.endswith(ending)), "")
    return f"{CONTENT}{ending}"


# Every sign there is, so that a run of three is one number.
SIGNS = (
    *(PARAGRAPH, SENTENCE, NAME, NUMBER, CONTENT, *_SIGNS.values(), "n't", *_MARKS),
    *(f"{CONTENT}{ending}" for ending in _ENDINGS),
    *sorted(STYLE_WORDS),
)
_PLACE = {sign: n for n, sign in enumerate(SIGNS)}
# Where the numbers of runs of one, two and three signs begin.
_BASE = len(SIGNS)
STARTS = (0, _BASE, _BASE + _BASE**2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """How often each sign, each pair and each three of a text stands in it, and its length."""

    codes: NDArray[np.int64]
    times: NDArray[np.int64]
    signs: int


def runs(signs: Sequence[str]) -> Runs:
    """Count the signs of a text and the runs of two and of three that stand side by side."""
    one = np.array([_PLACE[sign] for sign in signs], dtype=np.int64)
    two = one[:-1] * _BASE + one[1:]
    three = two[:-1] * _BASE + one[2:]
    every = [part + start for part, start in zip((one, two, three), STARTS, strict=True)]
    codes, times = np.unique(np.concatenate(every), return_counts=True)
    return Runs(codes=codes, times=times.astype(np.int64), signs=len(one))


def spelled(code: int) -> str:
    """Return the signs of a run, with a blank between them."""
    length = sum(code >= start for start in STARTS)
    rest = code - STARTS[length - 1]
    signs: list[str] = []
    for _ in range(length):
        rest, last = divmod(rest, _BASE)
        signs.insert(0, SIGNS[last])
    return " ".join(signs)


def flat(paragraphs: Iterable[Sequence[str]]) -> list[str]:
    """Return the signs of several paragraphs in one list."""
    return [sign for paragraph in paragraphs for sign in paragraph]
