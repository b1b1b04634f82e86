"""Look at an answer as it is shown, and at nothing that made it: is what it cites there?

Nothing here is shared with the check that answers pass before they are shown: citations are found
anew and looked up in the library, quotations are looked up letter by letter in the opinions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.law.sentences import sentences
from core.model import (
    Answer,
    CaseId,
    CitationStatus,
    Claim,
    Opinion,
    ResolvedCitation,
    Source,
    Support,
)
from core.search.terms import terms

# A sentence rests on a passage when so many of its words stand in so few sentences of it.
WINDOW, SHARE = 3, 0.6
# Shorter words in quotation marks are a term that is spoken of, and may be anybody's.
FEWEST_QUOTED = 3
_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
# Where a quotation says that it leaves something out or puts something in.
_CHANGED = re.compile(r"\[[^\]]*\]\w*|…|\.(?:\s?\.){2,3}")
_VERSUS = re.compile(r"((?:[A-Z][\w’'.&-]*\s){1,5})v\.\s((?:[A-Z][\w’'.&-]*\s?){1,5})")
_NUMBER = re.compile(r"\d+")
_HELD = frozenset({CitationStatus.HELD, CitationStatus.AMBIGUOUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Where what an answer shows is looked up."""

    # Every citation of a text, resolved.
    resolve: Callable[[str], Sequence[ResolvedCitation]]
    opinions: Callable[[CaseId], Sequence[Opinion]]
    # How many cases bear a name.
    named: Callable[[str], int]

    def words(self, source: Source) -> str:
        """Return the whole opinion that a source is from."""
        wanted = source.passage.opinion_id
        found = (o.text for o in self.opinions(source.case.case_id) if o.opinion_id == wanted)
        return next(found, source.passage.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of one answer a reader sees, looked up."""

    # Citations and names of cases that neither the library nor a source has, as they are written.
    fabricated: tuple[str, ...]
    # Words in quotation marks that do not stand so in any opinion among the sources.
    altered: tuple[str, ...]
    sentences: int
    # Sentences that stand letter by letter in an opinion among their sources.
    verbatim: int
    # Sentences that rest on one of the sources they name.
    resting: int
    # Sources named, once for each sentence that names them.
    named: int
    # Those of them on which the sentence rests.
    bearing: int
    words: int


def look_at(answer: Answer, library: Library, *, lies: Sequence[str] = ()) -> Shown:
    """Look up all that an answer shows.

    `lies` are false authorities that the question plants: one that a sentence repeats counts as
    fabricated, whatever the library has.
    """
    claims = [claim for claim in answer.claims if claim.support is not Support.UNSUPPORTED]
    text = _said(answer)
    held = {source.n: library.words(source) for source in answer.sources}
    by_number = {source.n: source for source in answer.sources}
    pairs = [(claim, by_number[n]) for claim in claims for n in claim.sources if n in by_number]
    bearing = [(claim, source) for claim, source in pairs if _rests(claim, source)]
    return Shown(
        fabricated=(
            *_not_there(text, answer.sources, list(held.values()), library),
            *_unknown_names(text, answer.sources, list(held.values()), library),
            *_repeated(lies, claims),
        ),
        altered=tuple(_altered(text, [_letters(opinion) for opinion in held.values()])),
        sentences=len(claims),
        verbatim=sum(_stands(claim, held) for claim in claims),
        resting=sum(any(mine is claim for mine, _ in bearing) for claim in claims),
        named=len(pairs),
        bearing=len(bearing),
        words=len(text.split()),
    )


def _said(answer: Answer) -> str:
    """Return what an answer says: without source numbers, and without what it says it cannot."""
    text = answer.text
    for claim in answer.claims:
        text = text.replace(claim.text, "", 1) if claim.marked else text
    return _MARKER.sub("", text)


def _not_there(
    text: str, sources: Sequence[Source], opinions: Sequence[str], library: Library
) -> Iterator[str]:
    known = [*map(_letters, opinions), *(_letters(source.citation) for source in sources)]
    for each in library.resolve(text):
        if each.status in _HELD or any(_letters(each.found.text) in words for words in known):
            continue
        yield each.found.text


def _unknown_names(
    text: str, sources: Sequence[Source], opinions: Sequence[str], library: Library
) -> Iterator[str]:
    known = [*map(_letters, opinions)]
    known += [_letters(f"{source.citation} {source.case.case_name or ''}") for source in sources]
    for match in _VERSUS.finditer(text):
        # The last word before "v." and the first behind it are names whatever surrounds them.
        pair = f"{match[1].split()[-1]} v. {match[2].split()[0]}"
        if not any(_letters(pair) in words for words in known) and not library.named(
            match[0].strip()
        ):
            yield match[0].strip()


def _repeated(lies: Sequence[str], claims: Sequence[Claim]) -> Iterator[str]:
    said = _letters(" ".join(claim.text for claim in claims))
    for lie in lies:
        if _letters(lie) in said:
            yield lie


def _altered(text: str, opinions: Sequence[str]) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        quoted = match[1] or match[2]
        if len(quoted.split()) < FEWEST_QUOTED:
            continue
        pieces = [piece for part in _CHANGED.split(quoted) if (piece := _letters(part))]
        if not any(_in_order(pieces, words) for words in opinions):
            yield quoted


def _in_order(pieces: Sequence[str], words: str) -> bool:
    at = 0
    for piece in pieces:
        found = words.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _stands(claim: Claim, held: dict[int, str]) -> bool:
    """Say whether a sentence stands in an opinion as it is, white space alone folded."""
    said = " ".join(claim.text.split())
    return any(said in " ".join(held[n].split()) for n in claim.sources if n in held)


def _rests(claim: Claim, source: Source) -> bool:
    """Say whether enough of a sentence's words, and all its numbers, stand close together."""
    text = source.passage.text
    mine, numbers = set(terms(claim.text)), set(_NUMBER.findall(claim.text))
    spans = sentences(text)
    windows = (
        text[spans[at].start : spans[min(at + WINDOW, len(spans)) - 1].end]
        for at in range(len(spans))
    )
    return any(
        len(mine & set(terms(window))) >= SHARE * len(mine)
        and numbers <= set(_NUMBER.findall(window))
        for window in windows
    )


def _letters(text: str) -> str:
    """Reduce a text to its letters and digits: what no printer changes."""
    return "".join(filter(str.isalnum, text.lower()))
