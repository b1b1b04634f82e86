"""A sentence with a number in the place of each case it names, so that patterns can read it.

"The rule of Hammer v. Dagenhart, supra, is overruled" becomes "⟦0⟧, is overruled": what is said of
a case's rule is said of the case. "That case", "both" and "it" are the cases before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.law.mentions import Mention
from core.law.sentences import sentences
from core.law.treatment_words import ONE
from core.model import Span

# Letters of a sentence that may stand between a case and "it": `Not so.`
_SHORT = 90
_NOUN = (
    r"(?:[Cc]ases?|decisions?|holdings?|opinions?|rules?|doctrines?|judgments?|rulings?|reasoning"
    r"|principles?|theory|views?|statements?|language|dict(?:a|um)|tests?|standards?|analysis"
    r"|results?|conclusions?|precedents?|authority|approach|exception|teachings?|formulation|interpretation"
    r"|construction|position|propositions?|rationale|framework|presumption|proceeding)"
)
_KIND_OF = (
    r"(?:own|earlier|prior|former|recent|contrary|unanimous|subsequent|later|previous|essential"
    r"|central|basic|narrow|broad|plurality|majority|leading|landmark|old|\d{4})"
)
_OF = (
    r"(?:of|in|by|from|(?:announced|declared|stated|laid down|established|adopted|reached|set forth"
    r"|set out|made|articulated|expressed|applied|recognized|followed|enunciated|sustained|taken"
    r"|given) (?:in|by)|underlying)"
)
_BEFORE = re.compile(
    rf"(?:\b(?:the|our|its|this court['’]s|those|these|such|any)\s+)?(?:{_KIND_OF}\s+){{0,2}}"
    rf"\b{_NOUN}(?:\s+and\s+{_NOUN})?\s+{_OF}\s+(?:the\s+{_NOUN}\s+{_OF}\s+)?(?:the\s+)?(?={ONE})"
)
_PART_OF = re.compile(
    rf"\b(?:that|those|the|so much|such)\s+(?:parts?|portions?|aspects?|much)?\s*of\s+(?={ONE})"
)
_AFTER = re.compile(
    rf"(?P<one>{ONE})(?:['’]s?)?\s+(?:\w+\s+)?(?:{_NOUN}|line of cases|Court['’]s {_NOUN})\b"
)
_POSSESSED = re.compile(rf"(?P<one>{ONE})['’]s?(?=\s)")
_ASIDE = re.compile(
    rf"(?P<one>{ONE}) ?\((?![^()]*(?:overrul|revers|rev['’]|vacat|abrogat|supersed))"
    r"[^()⟦⟧]{1,300}\)"
)
_STAR_PAGE = re.compile(r"\*\d{1,5}\s")
_SUPRA = re.compile(rf"(?P<one>{ONE})[\s,]+(?:supra|ante|infra)(?!\w)\.?")
_THAT_CASE = re.compile(
    r"\b(?:[Tt]hat|(?:[Tt]he|[Oo]ur) (?:former|earlier|prior|previous)|(?:[Tt]he|[Tt]his) latter)"
    r" (?:case|decision|holding|ruling|opinion|judgment|precedent)\b"
    r"(?! (?:of|in|that|which)\b)"
    r"|\b[Tt]he latter(?= (?:is|was|has|must|should|can|cannot|no longer)\b)"
)
_THOSE_CASES = re.compile(
    rf"\b(?:[Tt]hose|[Tt]hese|[Bb]oth|[Bb]oth (?:those|these|of these)|[Tt]he two) {_NOUN}\b"
)
_BOTH = re.compile(r"\b[Bb]oth(?= (?:are|were|is|have|must|should)\b)")
_THEY = re.compile(r"\b[Tt]hey(?= (?:are|were|have|must|should|cannot)\b)")
_IT = re.compile(r"\b[Ii]t(?= (?:is|was|should|must|has|can|cannot|will)\b)")
_THERE = re.compile(
    r"\b(?:position|view|statement|rule|doctrine|opinion|principle)s? (?:there|therein)\b[^;⟦⟧]*"
    r"(?=\b(?:must|should|is|are|was|were|has|have|can)\b[^;⟦⟧]{0,40}"
    r"\b(?:overrul|disapprov|abrogat))"
)
_TREATS = re.compile(r"overrul|disapprov|abrogat|supersed|repudiat|no longer|survive|stand\b")
# Nouns that stand for the case whose they are, and what is taken out.
_FOLDED = (
    (_SUPRA, r"\g<one>"),
    (_ASIDE, r"\g<one>"),
    (_AFTER, r"\g<one>"),
    (_POSSESSED, r"\g<one>"),
    (_PART_OF, ""),
    (_BEFORE, ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A sentence with its cases numbered: `⟦0⟧ is overruled`."""

    # With the sentence before it, where that names what this one only points back to.
    span: Span
    written: str


def numbered(text: str, named: Sequence[Mention], who: int) -> Iterator[Numbered]:
    """Yield the sentences that may speak of the authority `who`, in order."""
    before: tuple[Span, list[int]] | None = None
    for span in _whole_sentences(text, named):
        inside = [one for one in named if span.start <= one.span.start < span.end]
        order = list(dict.fromkeys(one.who for one in inside))
        if who in order or (before is not None and who in before[1]):
            earlier = before[1] if before else []
            written, back = _pointing_back(_with_numbers(text, span, inside), earlier)
            if f"⟦{who}⟧" in written:
                whole = Span(before[0].start, span.end) if back and before else span
                yield Numbered(span=whole, written=written)
        if order:
            before = (span, order)
        elif span.end - span.start >= _SHORT:
            before = None


def _whole_sentences(text: str, named: Sequence[Mention]) -> Iterator[Span]:
    """Yield the sentences, joined where one seems to end inside a citation (`7 Wall. 700`)."""
    held: Span | None = None
    for span in sentences(text):
        if held is None:
            held = span
        elif any(one.span.start < span.start < one.span.end for one in named):
            held = Span(held.start, span.end)
        else:
            yield held
            held = span
    if held is not None:
        yield held


def _with_numbers(text: str, span: Span, inside: Sequence[Mention]) -> str:
    pieces: list[str] = []
    at = span.start
    for one in inside:
        pieces += [text[at : one.span.start], f"⟦{one.who}⟧"]
        at = max(at, one.span.end)
    written = _STAR_PAGE.sub("", "".join([*pieces, text[at : span.end]]))
    written = " ".join(written.split()).replace(" ,", ",")
    for pattern, put in _FOLDED:
        written = pattern.sub(put, written)
    return written


def _pointing_back(written: str, earlier: Sequence[int]) -> tuple[str, bool]:
    """Put numbers for "that case", "both", "it"; say whether one is of the sentence before."""
    if not _TREATS.search(written):
        return written, False
    pointer = _Pointer(earlier)
    for pattern, put in (
        (_THERE, pointer.only),
        (_THOSE_CASES, pointer.those),
        (_BOTH, pointer.both),
        (_THEY, pointer.those),
        (_THAT_CASE, pointer.last),
        (_IT, pointer.only),
    ):
        written = pattern.sub(put, written)
    return written, pointer.back


class _Pointer:
    """Finds what a word points back to: the cases before it here, or else of the last sentence."""

    def __init__(self, earlier: Sequence[int]) -> None:
        self._earlier = [f"⟦{who}⟧" for who in earlier]
        # Whether any was found in the last sentence.
        self.back = False

    def last(self, match: re.Match[str]) -> str:
        here = _here(match)
        self.back = self.back or not here
        return (here or self._earlier or [match[0]])[-1]

    def those(self, match: re.Match[str], most: int | None = None) -> str:
        here = _here(match)
        if len(here) > 1:
            return " and ".join(here[:most])
        self.back = True
        return " and ".join(self._earlier[:most]) or match[0]

    def both(self, match: re.Match[str]) -> str:
        return self.those(match, 2)

    def only(self, match: re.Match[str]) -> str:
        """Return the last case here; of the last sentence only one that stands alone there."""
        here = _here(match)
        if here:
            return f"{here[-1]} "
        if len(self._earlier) != 1:
            return match[0]
        self.back = True
        return f"{self._earlier[0]} "


def _here(match: re.Match[str]) -> list[str]:
    return list(dict.fromkeys(re.findall(ONE, match.string[: match.start()])))
