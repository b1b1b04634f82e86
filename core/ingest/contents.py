"""Makes of a text what its filing is searched by: passages, words, vectors, citations."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.errors import EncoderUnavailable, UsageError
from core.ingest.prepare import Postings, count_terms
from core.ingest.split import split
from core.law.citations import find_citations
from core.library.filings import Contents
from core.model import FoundCitation, Span
from core.search.encoder import Encoder
from core.search.likeness import signature
from core.search.terms import terms

LONGEST_TEXT = 20_000_000  # characters: forty volumes of a record
AT_A_TIME = 32  # passages encoded before it is asked whether to go on
OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """A text, and all that can be made of it without an encoder."""

    text: str
    passages: tuple[Span, ...]
    lengths: NDArray[np.int32]
    postings: tuple[tuple[str, bytes, bytes], ...]
    citations: tuple[FoundCitation, ...]
    footnotes_start: int | None

    def contents(self, vectors: NDArray[np.float16], encoder: str) -> Contents:
        """Return the whole, with the vectors that the encoder of this fingerprint made."""
        return Contents(
            text=self.text,
            content_sha256=hashlib.sha256(self.text.encode()).digest(),
            passages=self.passages,
            lengths=self.lengths,
            vectors=vectors,
            postings=self.postings,
            citations=self.citations,
            encoder=encoder,
            signature=signature(self.text),
            footnotes_start=self.footnotes_start,
        )


def contents_of(text: str, encoder: Encoder) -> Contents:
    """Make of a text what its filing is searched by. Raises UsageError and EncoderUnavailable."""
    made = counted(text)
    return made.contents(encoded(made, encoder), encoder.fingerprint)


def counted(text: str, footnotes_start: int | None = None) -> Counted:
    """Split a text, count its words and find its citations. Raises UsageError."""
    clean = storable(text)
    spans = split(clean, footnotes_start)
    words = [terms(span.of(clean)) for span in spans]
    return Counted(
        text=clean,
        passages=spans,
        lengths=np.fromiter(map(len, words), dtype=np.int32, count=len(words)),
        postings=tuple(_packed(count_terms(words))),
        citations=tuple(find_citations(clean)),
        footnotes_start=footnotes_start,
    )


def encoded(
    made: Counted, encoder: Encoder, on_progress: OnProgress = lambda _done, _total: None
) -> NDArray[np.float16]:
    """Encode a text's passages, some at a time: float16, shape (n, d), unit length.

    Raises EncoderUnavailable, also where what came back is no vectors of these passages.
    """
    total = len(made.passages)
    vectors = np.zeros((total, encoder.dimensions), dtype=np.float16)
    for start in range(0, total, AT_A_TIME):
        on_progress(start, total)
        texts = [span.of(made.text) for span in made.passages[start : start + AT_A_TIME]]
        vectors[start : start + len(texts)] = _sound(encoder.encode(texts), len(texts), encoder)
    return vectors


def storable(text: str) -> str:
    """Return a text as Postgres can hold it, each character in its place. Raises UsageError."""
    clean = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    if not clean.strip():
        raise UsageError("There is no text in this filing.")
    if len(clean) > LONGEST_TEXT:
        raise UsageError(f"A filing has at most {LONGEST_TEXT:,} characters.")
    return clean


def _sound(vectors: NDArray[np.float32], count: int, encoder: Encoder) -> NDArray[np.float32]:
    if vectors.shape != (count, encoder.dimensions):
        raise EncoderUnavailable("The encoder gave vectors of another shape than was asked for.")
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.isfinite(lengths).all() or (abs(lengths - 1) > 0.01).any():
        raise EncoderUnavailable("The encoder gave vectors that are none of unit length.")
    return vectors


def _packed(postings: Postings) -> list[tuple[str, bytes, bytes]]:
    passages = postings.passages.astype("<i4").tobytes()
    frequencies = postings.frequencies.tobytes()
    borders = pairwise([0, *postings.ends.tolist()])
    return [
        (term, passages[4 * start : 4 * end], frequencies[start:end])
        for term, (start, end) in zip(postings.terms, borders, strict=True)
    ]
