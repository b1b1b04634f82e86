"""Whether a sentence says what a sentence of a source says: its words, or a close paraphrase.

Both are brought to one form by the few changes that leave the meaning alone; then they are equal
or they are not. Likeness is never enough: `A may sue B` has all the words of `B may sue A`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from core.ask.attribution import (
    Attributed,
    Attributions,
    attributions_of,
    without_attribution,
)
from core.ask.plain_form import Words, every_word, plain_form, without_opening, words_of
from core.ask.wordings import (
    EXCEPTING,
    LEADING_ON,
    LEANING,
    MOVABLE,
    ORDERING,
    PAST,
    REPORTING,
    WEIGHTY,
)
from core.law.citations import find_citations
from core.law.sentences import sentences
from core.model import Source

CHANGES_A_WORD = "It changes a word on which the meaning of the source's sentence turns."
LEAVES_OUT_A_CONDITION = "It leaves out a condition or an exception that the source makes."
LEAVES_OUT_WHOSE = "It leaves out that the source only reports or rejects this."
LEAVES_OUT_AN_ORDER = "It leaves out that the source only tells somebody to say this."
ANOTHER_ORDER = "It puts the source's words in another order."
# From this share of its words on, a sentence is held to one sentence of the source, word by word.
NEARLY_THE_SAME = 0.8

_CONCESSION_AFTER = re.compile(r", even (?:if|though|when|where) [^,;:]+$")
_CONCESSION_BEFORE = re.compile(r"^(?:although|though|even though|even if) [^,;:]+, ")
_MOVABLE = re.compile(rf"^((?:{'|'.join(sorted(MOVABLE))}) [^,;:]+), ([^,;:]+)$")
_JOINTS = re.compile(r"; (?:and |but )?|, (?:and|but) ")
_OPENERS = frozenset(
    "the a an this these those such it they he she we each every any no all there its their his "
    "her our one neither both courts congress".split()
)
_FINITE = frozenset(
    "is are was were may must shall will can could might would should has have had does do did "
    "requires require bears bear depends depend applies apply remains governs gives".split()
)
_HOLDING = re.compile(
    r"^(?:(?:accordingly|therefore|thus),? )?we (?:(?:now|therefore|thus|also|today) )?"
    r"(?:hold|conclude|decide|rule|reaffirm|recognize|find|agree|explained|have held|held|have said"
    r"|have explained|have recognized)(?: today| here)?,? that "
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying a sentence, as words in one spelling; whether the court *held* it."""

    words: Words
    held: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a source, in every way of saying it that leaves its meaning alone."""

    forms: frozenset[Form]
    # The whole of it.
    words: Words


@dataclass(frozen=True, slots=True)
class Lines:
    """The sentences of one source, brought to one form when they are first needed."""

    lines: tuple[Line, ...] = field(repr=False)
    attributions: Attributions = field(repr=False)


def lines_of(source: Source) -> Lines:
    """Read a source's sentences, so that sentences can be held against them."""
    text = source.passage.text
    return Lines(
        lines=tuple(_line(span.of(text)) for span in sentences(text)),
        attributions=attributions_of(source),
    )


def restates(written: str, source: Lines) -> bool:
    """Say whether each sentence of a text says what a sentence of the source says."""
    text = plain_form(written)
    parts = [span.of(text) for span in sentences(text)] or [text]
    return all(_restated(part, source) for part in parts)


def same_meaning(one: str, other: str) -> bool:
    """Say whether two sentences differ in nothing but the few ways of wording that are known."""
    said = set(_ways(plain_form(other)))
    return any(words in said for words in _ways(plain_form(one)))


def turned(written: str, source: Lines) -> str | None:
    """Say what a sentence that is nearly one of the source's does to its meaning, if anything.

    None where it is not near any, or changes no word on which the meaning turns.
    """
    words = words_of(plain_form(written))
    nearest = max(source.lines, key=lambda line: _shared(words, line.words), default=None)
    if not words or nearest is None:
        return None
    if _shared(words, nearest.words) < NEARLY_THE_SAME * len(words):
        return None
    return _turn(words, nearest.words)


def _turn(words: Words, said: Words) -> str | None:
    if words != said and _turned_round(words, said):
        return None
    if _moved(words, said):
        return ANOTHER_ORDER
    edits = SequenceMatcher(None, said, words, autojunk=False).get_opcodes()
    for index, (kind, a, b, c, d) in enumerate(edits):
        if kind == "equal":
            continue
        lost, gained = set(said[a:b]), set(words[c:d])
        first, last = index == 0, index == len(edits) - 1
        if first and (left_out := _left_out_before(said[a:b], words[c:d])):
            return left_out
        if last and not gained and set(said[a : a + 2]) & EXCEPTING:
            return LEAVES_OUT_A_CONDITION
        outside = (first or last) and not gained
        if _weighty(gained, set() if outside else lost):
            return CHANGES_A_WORD
    return None


def _left_out_before(lost: Words, gained: Words) -> str | None:
    """Say whose words, or what they are for, a sentence leaves out at its beginning."""
    if lost and lost[-1] in ORDERING:
        return LEAVES_OUT_AN_ORDER
    return LEAVES_OUT_WHOSE if not gained and REPORTING.intersection(lost) else None


def _weighty(gained: set[str], lost: set[str]) -> bool:
    changed = gained | lost
    return (
        not WEIGHTY.isdisjoint(changed)
        or any(word[:1].isdigit() for word in changed)
        or ("and" in lost and "or" in gained)
        or ("or" in lost and "and" in gained)
    )


def _moved(words: Words, said: Words) -> bool:
    """Say whether the words are the source's, and their order is not; adverbs stand anywhere."""
    ours, theirs = ([w for w in each if not w.endswith("ly")] for each in (words, said))
    if not Counter(ours) <= Counter(theirs):
        return False
    rest = iter(theirs)
    return not all(word in rest for word in ours)


def _turned_round(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether a condition was only moved from one end of the sentence to the other."""
    return len(ours) == len(theirs) and any(
        list(ours) == [*theirs[at:], *theirs[:at]]
        and not MOVABLE.isdisjoint({theirs[0], theirs[at]})
        for at in range(1, len(ours))
    )


def _shared(words: Words, said: Words) -> int:
    return sum((Counter(words) & Counter(said)).values())


def _restated(part: str, source: Lines) -> bool:
    return any(_is_said(claim, source) for claim in without_attribution(part, source.attributions))


def _is_said(claim: Attributed, source: Lines) -> bool:
    wanted = tuple(_ways(without_opening(claim.text)))
    return any(
        _equal(words, form.words, shifted=claim.past)
        for line in source.lines
        for form in line.forms
        for words in wanted
        if form.held or not claim.held
    )


def _equal(ours: Words, theirs: Words, *, shifted: bool) -> bool:
    if len(ours) != len(theirs) or not ours:
        return False
    if not shifted:
        return ours == theirs
    return all(a == b or a == PAST.get(b) for a, b in zip(ours, theirs, strict=True))


def _line(text: str) -> Line:
    plain = plain_form(text)
    forms = set(_forms(plain))
    for bare in _without_citations(text):
        forms.update(_forms(plain_form(bare)))
    return Line(forms=frozenset(form for form in forms if form.words), words=words_of(plain))


def _ways(plain: str) -> Iterator[Words]:
    """Yield the ways of saying all of a sentence: as it stands, and its condition moved back."""
    yield words_of(plain)
    if turned_round := _moved_back(plain):
        yield words_of(turned_round)


def _moved_back(plain: str) -> str | None:
    movable = _MOVABLE.match(plain)
    if movable is None or _leans(movable[2]) or re.search(r" (?:and|or|but) ", movable[2]):
        return None
    return f"{movable[2]} {movable[1]}"


def _forms(plain: str) -> Iterator[Form]:
    """Yield what a court's sentence says: all of it, or what of it stands on its own."""
    seen: set[str] = set()
    pending = [(plain, False)]
    while pending:
        text, held = pending.pop()
        if text in seen:
            continue
        seen.add(text)
        yield Form(words_of(text), held)
        holding = _HOLDING.match(text)
        if holding:
            pending.append((text[holding.end() :], True))
        pending += [(part, held) for part in _parts(text)]


def _parts(text: str) -> Iterator[str]:
    for concession in (_CONCESSION_AFTER, _CONCESSION_BEFORE):
        if match := concession.search(text):
            yield text[: match.start()] + text[match.end() :]
    if turned_round := _moved_back(text):
        yield turned_round
    for joint in _JOINTS.finditer(text):
        before, after = text[: joint.start()], text[joint.end() :]
        if _stands_alone(before) and _stands_alone(after):
            yield after
            if "but" not in joint[0]:
                yield before


def _stands_alone(clause: str) -> bool:
    """Say whether a clause is a sentence of its own that hangs on nothing."""
    words = clause.replace(",", " ").split()
    if not words or words[0] not in _OPENERS or ":" in clause:
        return False
    return not _leans(clause) and any(word in _FINITE for word in words[1:])


def _leans(clause: str) -> bool:
    return not LEANING.isdisjoint(every_word(clause))


def _without_citations(text: str) -> Iterator[str]:
    """Yield a printed sentence without the citations that are set off in it or close it."""
    if not any(map(str.isdigit, text)) and "(" not in text:
        return
    bare = text
    for found in reversed(find_citations(text)):
        start, end = found.full_span.start, found.full_span.end
        before = re.sub(
            r"[\s,;(—-]*(?:\b(?:but )?(?:see|cf\.|citing|quoting|accord|e\.g\.|also|,))*\s*$",
            "",
            bare[:start],
            flags=re.IGNORECASE,
        )
        after = re.sub(r"^\s*[),;]+", "", bare[end:])
        if before.rpartition(" ")[2].lower() in LEADING_ON:
            continue
        bare = f"{before}{'' if after[:1] in '.?!;,' else ' '}{after}"
    bare = re.sub(r"\s*\((?:citations?|footnotes?|internal [^()]*)? ?omitted\)", "", bare)
    if bare != text:
        yield bare
