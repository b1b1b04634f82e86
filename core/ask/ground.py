"""Check what a model wrote, sentence by sentence, against the sources it was given.

A sentence stays only when it names a source, its quotations stand there word for word, its words
are the source's, and it brings in no name, number or authority of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.ask.evidence import Evidence, content_words, denies, evidence_of
from core.ask.plain import plain_words
from core.ask.strangers import Rewritten, stranger_in, write_citations
from core.law.quotations import find_quotation, quotations
from core.law.sentences import sentences
from core.model import LEADING_KINDS, Claim, OpinionKind, Source, Span, Support

# Of the content words of a sentence, the share that must stand in the sources it cites. Honest
# paraphrase keeps two thirds and more; a sentence about something else stays under a half.
CLOSE_ENOUGH = 0.6
# From here on a sentence says what one sentence of the source says, so both must say it or deny it.
SAME_SENTENCE = 0.8
_MARKER = re.compile(
    r"[ \t]*[\[【]\s*(?:\^|sources?\s+|#)?"
    r"(\d{1,3}(?:\s*(?:,|;|&|and|-|–|to)\s*(?:source\s+)?\d{1,3})*)\s*[\]】]",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|to)\s*(\d+)", re.IGNORECASE)
_FINISHED = re.compile(r"[.?!…][\"”’')]*(?:[ \t]*[\[【][^\]】\n]{1,40}[\]】])*(?=\s+[^\s\[【])")
_NOT_LAW = {
    OpinionKind.DISSENT: "A dissent says: ",
    OpinionKind.CONCUR_DISSENT: "A separate opinion, dissenting in part, says: ",
    OpinionKind.CONCURRENCE: "A concurrence says: ",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: "A concurrence in the judgment says: ",
    OpinionKind.SEPARATE: "A separate opinion says: ",
    OpinionKind.STATEMENT: "A separate statement says: ",
    OpinionKind.SYLLABUS: "The syllabus, which is not part of the opinion, says: ",
}
_SAYS_SO = re.compile(r"\b(?:dissent|concur|separate|statement|syllabus)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """A draft after the check: what may be shown, what was claimed, and what was left out."""

    text: str
    claims: tuple[Claim, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    text: str
    numbers: tuple[int, ...]
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    claim: Claim
    shown: str
    left_out: bool = False


class Grounder:
    """Checks drafts against one set of sources; a sentence once judged is not judged again."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._evidence = {source.n: evidence_of(source) for source in sources}
        self._judged: dict[_Sentence, _Verdict] = {}
        self._finished = ("", "")

    def ground(self, draft: str) -> Grounded:
        """Return what of a finished draft stands; markers are parsed here and nowhere else."""
        found, unknown = _sentences(plain_words(draft), frozenset(self._evidence))
        verdicts = [(sentence, self._judge(sentence)) for sentence in found]
        return Grounded(
            text=_join(verdicts),
            claims=tuple(verdict.claim for _, verdict in verdicts),
            notices=_notices([verdict for _, verdict in verdicts], unknown),
        )

    def so_far(self, draft: str) -> str:
        """Return what may already be shown of an unfinished draft: checked, whole sentences."""
        known, text = self._finished if draft.startswith(self._finished[0]) else ("", "")
        ends = [match.end() for match in _FINISHED.finditer(draft, len(known))]
        if ends:
            known = draft[: ends[-1]]
            text = self.ground(known).text
        self._finished = known, text
        return text

    def _judge(self, sentence: _Sentence) -> _Verdict:
        if sentence not in self._judged:
            evidence = [self._evidence[n] for n in sentence.numbers]
            self._judged[sentence] = _judge(sentence, evidence)
        return self._judged[sentence]


def ground(draft: str, sources: Sequence[Source]) -> Grounded:
    """Check a finished draft against its sources.

    Claims are in the order of the draft, the unsupported among them with their reason; `text`
    has only those that stand, each with its markers, and citations as code renders them.
    """
    return Grounder(sources).ground(draft)


def marked(text: str, numbers: Sequence[int]) -> str:
    """Write a sentence with the numbers of its sources behind it: `It is so. [1][2]`."""
    return f"{text} {''.join(f'[{n}]' for n in numbers)}" if numbers else text


def lead_in(kinds: Sequence[OpinionKind], text: str) -> str:
    """Return the words that go before a sentence which no leading opinion supports, or ''."""
    if not kinds or LEADING_KINDS.intersection(kinds) or _SAYS_SO.search(text):
        return ""
    return _NOT_LAW[kinds[0]]


def _sentences(text: str, known: frozenset[int]) -> tuple[list[_Sentence], tuple[int, ...]]:
    """Part a text into sentences with their markers; also the numbers that are no source's."""
    clean, markers = _without_markers(text)
    spans = _whole_quotations(clean, sentences(clean))
    found: list[_Sentence] = []
    for index, span in enumerate(spans):
        # A marker stands behind its sentence; only one that opens a paragraph stands before.
        until = spans[index + 1].start - 1 if index + 1 < len(spans) else len(clean)
        since = 0 if index == 0 else span.start
        numbers = [n for at, ns in markers if since <= at <= until for n in ns]
        found.append(
            _Sentence(
                text=span.of(clean),
                numbers=tuple(dict.fromkeys(n for n in numbers if n in known)),
                paragraph=clean.count("\n\n", 0, span.start),
            )
        )
    unknown = {n for _, ns in markers for n in ns} - known
    return found, tuple(sorted(unknown))


def _without_markers(text: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """Return the text without its markers, and at which offset of it each marker stood."""
    pieces: list[str] = []
    markers: list[tuple[int, tuple[int, ...]]] = []
    length = last = 0
    for match in _MARKER.finditer(text):
        pieces.append(text[last : match.start()])
        length += match.start() - last
        markers.append((length, _numbers(match[1])))
        opens = text[: match.start()].endswith("\n\n") or match.start() == 0
        last = match.end() + (text[match.end() : match.end() + 1] == " " and opens)
    return "".join([*pieces, text[last:]]), markers


def _numbers(written: str) -> tuple[int, ...]:
    ranges = [(int(a), int(b)) for a, b in _RANGE.findall(written)]
    inside = [n for a, b in ranges if a < b <= a + 20 for n in range(a, b + 1)]
    return tuple(dict.fromkeys([*inside, *(int(n) for n in re.findall(r"\d+", written))]))


def _whole_quotations(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join sentences that a quotation runs through: it is checked as one."""
    quoted = quotations(text)
    whole: list[Span] = []
    for span in spans:
        if whole and any(q.start < span.start < q.end for q in quoted):
            whole[-1] = Span(whole[-1].start, span.end)
        else:
            whole.append(span)
    return whole


def _judge(sentence: _Sentence, evidence: Sequence[Evidence]) -> _Verdict:
    sources = [item.source for item in evidence]
    matched, misquoted = _quotations(sentence.text, evidence)
    rewritten = write_citations(sentence.text, sources, leave=matched)
    reason = (
        (None if evidence else "It names no source.")
        or misquoted
        or rewritten.problem
        or stranger_in(rewritten.bare, evidence)
        or _distance(rewritten, evidence)
    )
    if reason is not None:
        claim = Claim(
            text=sentence.text,
            support=Support.UNSUPPORTED,
            sources=sentence.numbers,
            reason=reason,
        )
        return _Verdict(claim=claim, shown="")
    lead = lead_in([source.passage.kind for source in sources], rewritten.shown)
    support = Support.VERIFIED if _stands(rewritten, matched, evidence) else Support.SUPPORTED
    claim = Claim(text=rewritten.shown, support=support, sources=sentence.numbers)
    shown = marked(lead + rewritten.shown, sentence.numbers)
    return _Verdict(claim=claim, shown=shown, left_out=rewritten.left_out)


def _quotations(text: str, evidence: Sequence[Evidence]) -> tuple[tuple[Span, ...], str | None]:
    """Return the quotations of a sentence, and what is wrong with the first that is not there."""
    found = quotations(text)
    for span in found:
        quote = span.of(text)
        if not any(find_quotation(quote, item.source.passage.text) for item in evidence):
            return found, "A quotation in it does not stand word for word in the source it cites."
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        return found, "A quotation in it is opened and not closed."
    return found, None


def _distance(rewritten: Rewritten, evidence: Sequence[Evidence]) -> str | None:
    """Say why a sentence is too far from its sources, or None when it is close enough."""
    words = content_words(rewritten.bare)
    if not words:
        return "There is nothing in it that a source could support."
    held = frozenset[str]().union(*(item.words for item in evidence))
    if len(words & held) < CLOSE_ENOUGH * len(words):
        return "Its words are not those of the source it cites."
    if _contradicts(rewritten.bare, words, evidence):
        return "It denies what the source says, or says what the source denies."
    return None


def _contradicts(text: str, words: frozenset[str], evidence: Sequence[Evidence]) -> bool:
    said = [line for item in evidence for line in item.lines]
    nearest = max(said, key=lambda line: len(words & line.words), default=None)
    if nearest is None or len(words & nearest.words) < SAME_SENTENCE * len(words):
        return False
    return denies(text) != nearest.denies


def _stands(rewritten: Rewritten, matched: Sequence[Span], evidence: Sequence[Evidence]) -> bool:
    """Say whether a quotation in the sentence, or the sentence itself, stands in a source."""
    if matched:
        return True
    return any(find_quotation(rewritten.bare, item.source.passage.text) for item in evidence)


def _join(verdicts: Sequence[tuple[_Sentence, _Verdict]]) -> str:
    paragraphs: dict[int, list[str]] = {}
    for sentence, verdict in verdicts:
        if verdict.shown:
            paragraphs.setdefault(sentence.paragraph, []).append(verdict.shown)
    return "\n\n".join(" ".join(shown) for shown in paragraphs.values())


def _notices(verdicts: Sequence[_Verdict], unknown: Sequence[int]) -> tuple[str, ...]:
    dropped = sum(verdict.claim.support is Support.UNSUPPORTED for verdict in verdicts)
    notices: list[str] = []
    if dropped:
        some = "One sentence was" if dropped == 1 else f"{dropped} sentences were"
        notices.append(
            f"{some} left out: no source supports it."
            if dropped == 1
            else f"{some} left out: no source supports them."
        )
    if unknown:
        notices.append("The model gave source numbers that do not exist; they were removed.")
    if any(verdict.left_out for verdict in verdicts):
        notices.append("A citation the model wrote that is not among the sources was removed.")
    return tuple(notices)
