"""A text with its subject taken out: the little words and the marks stay, content keeps its ending.

Who wrote something shows in how little words, marks and kinds of words follow one another;
names, numbers and the words of a subject would tell the case and not the author.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from core.style.prose import CITED, QUOTED, OwnProse
from core.style.words import STYLE_WORDS

PARAGRAPH, SENTENCE = "¶", "^"
NAME, NUMBER, CONTENT = "N", "#", "*"
_SIGNS = {QUOTED: "Q", CITED: "C"}
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
        return NUMBER if written[0].isdigit() else written
    if small in STYLE_WORDS and (first or written.islower() or written == "I"):
        return small
    if small.endswith("n't"):
        return "n't"
    if written[0].isupper() and not first:
        return NAME
    ending = next((ending for ending in _ENDINGS if small.endswith(ending)), "")
    return f"{CONTENT}{ending}"


def runs(signs: Sequence[str]) -> Counter[str]:
    """Count the signs, and the runs of two and of three that stand side by side."""
    counted = Counter(signs)
    pairs = [f"{one} {two}" for one, two in pairwise(signs)]
    counted.update(pairs)
    counted.update(f"{pair} {sign}" for pair, sign in zip(pairs, signs[2:], strict=False))
    return counted


def flat(paragraphs: Iterable[Sequence[str]]) -> list[str]:
    """Return the signs of several paragraphs in one list."""
    return [sign for paragraph in paragraphs for sign in paragraph]
