"""Check what a model wrote, sentence by sentence, against the sources it was given.

A sentence is verified where its words are a source's, supported only where a checker model says
so, and otherwise unsupported; what it brings in by itself (a citation, a name, a number) never
stands, whoever says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.ask.checker import Checker, Doubt
from core.ask.citing import REMOVED, Cited, Held, Shelved, only_cites, write_citations
from core.ask.evidence import Evidence, content_words, denies, evidence_of
from core.ask.markers import (
    Parted,
    Sentence,
    finished,
    parted,
    with_their_citations,
)
from core.ask.plain import plain_words
from core.ask.prompts import repeats_the_rules
from core.ask.quoted import quotations_in
from core.ask.restating import Lines, lines_of, restates, turned
from core.ask.strangers import other_court_in, other_part_in, stranger_in, without_strangers
from core.ask.verdicts import (
    Verdict,
    joined,
    lead_of,
    notices,
    settled,
    with_citations,
    with_mark,
)
from core.law.instructions import instructions
from core.model import Claim, Source, Span, Support, Unsupported

# Of the content words of a sentence, the share that must stand in the sources it cites before a
# checker is asked. Honest paraphrase keeps two thirds and more; a sentence about something else
# stays under a half.
CLOSE_ENOUGH = 0.6
# From here on a sentence says what one sentence of the source says, so both must say it or deny it.
SAME_SENTENCE = 0.8
# A sentence of one word that says something is most often the rest of an address taken out.
FEWEST_WORDS = 2
NO_SOURCE = "It names no source."
NOTHING_SAID = "There is nothing in it that a source could support."
OTHER_WORDS = "Its words are not those of the source it cites."
DENIED = "It denies what the source says, or says what the source denies."
AN_ORDER = "It is addressed to a language model; it is no law, whoever says it."
OF_THE_RULES = "It repeats what the language model was told."
UNCHECKED = "It is in other words than the source's, and nobody has checked that they say the same."


def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What a draft is checked with beside its sources, and what becomes of the unsupported."""

    held: Held = _nothing
    checker: Checker | None = None
    unsupported: Unsupported = Unsupported.DROP


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """A draft after the check: what may be shown, what was claimed, and what was left out."""

    text: str
    claims: tuple[Claim, ...]
    notices: tuple[str, ...] = ()


class Grounder:
    """Checks drafts against one set of sources; a sentence once judged is not judged again."""

    def __init__(self, sources: Sequence[Source], checks: Checks | None = None) -> None:
        self._sources = tuple(sources)
        self._checks = checks or Checks()
        self._evidence = {source.n: evidence_of(source) for source in sources}
        self._lines: dict[int, Lines] = {}
        self._judged: dict[Sentence, Verdict] = {}
        self._citing: dict[str, bool] = {}
        self._finished = ("", "")

    def ground(self, draft: str) -> Grounded:
        """Return what of a finished draft stands; markers are parsed here and nowhere else.

        Claims are in the order of the draft, the unsupported among them with their reason; `text`
        has those that stand, each with its markers, and citations as code renders them. The
        checker is asked once, for what the rules leave undecided.
        """
        draft_parts = self._parted(draft)
        verdicts = [self._judge(sentence) for sentence in draft_parts.sentences]
        verdicts, failure = self._checked(verdicts)
        if self._checks.unsupported is Unsupported.MARK:
            verdicts = [with_mark(verdict) for verdict in verdicts]
        return Grounded(
            text=joined(draft_parts, verdicts),
            claims=tuple(verdict.claim for verdict in verdicts),
            notices=(*notices(verdicts, draft_parts.unknown), *([failure] if failure else [])),
        )

    def so_far(self, draft: str) -> str:
        """Return what may already be shown of an unfinished draft: verified, whole sentences."""
        known, text = self._finished if draft.startswith(self._finished[0]) else ("", "")
        end = finished(draft, len(known))
        if end:
            known = draft[:end]
            whole = self._parted(known)
            text = joined(whole, [self._judge(sentence) for sentence in whole.sentences])
        self._finished = known, text
        return text

    def _parted(self, draft: str) -> Parted:
        whole = parted(plain_words(draft), frozenset(self._evidence))
        return with_their_citations(whole, self._only_cites)

    def _only_cites(self, text: str) -> bool:
        if text not in self._citing:
            self._citing[text] = only_cites(text)
        return self._citing[text]

    def _judge(self, sentence: Sentence) -> Verdict:
        if sentence not in self._judged:
            self._judged[sentence] = self._verdict(sentence)
        return self._judged[sentence]

    def _verdict(self, sentence: Sentence) -> Verdict:
        evidence = [self._evidence[n] for n in sentence.numbers]
        if not evidence:
            cited = self._cited(sentence.text, (), ())
            return self._unsupported(sentence, cited.shown, NO_SOURCE, cited)
        quoted = quotations_in(sentence.text, evidence)
        if instructions(_outside(sentence.text, quoted.spans)):
            cited = self._cited(sentence.text, evidence, ())
            return self._unsupported(sentence, cited.shown, AN_ORDER, cited)
        own = self._restating(sentence.text, evidence) & quoted.sources
        if own and quoted.problem is None:
            # The source's own words, what it cites included.
            return self._verified(sentence, sentence.text, own)
        cited = self._cited(sentence.text, evidence, () if quoted.problem else quoted.spans)
        own = self._restating(cited.bare, evidence) & quoted.sources
        problem = (
            quoted.problem
            or cited.problem
            or stranger_in(cited.bare, evidence)
            or (None if own else self._far(cited.bare, evidence))
        )
        if problem:
            return self._unsupported(sentence, cited.shown, problem, cited)
        shown = cited.complete(cited.shown)
        if own:
            return with_citations(self._verified(sentence, shown, own), cited)
        return with_citations(self._doubtful(sentence, shown, evidence), cited)

    def _restating(self, text: str, evidence: Sequence[Evidence]) -> frozenset[int]:
        """Return the sources that say what a sentence says, in its words."""
        return frozenset(
            item.source.n for item in evidence if restates(text, self._lines_of(item.source))
        )

    def _cited(self, text: str, evidence: Sequence[Evidence], leave: Sequence[Span]) -> Cited:
        shelved = Shelved(
            cited=[item.source for item in evidence],
            sources=self._sources,
            held=self._checks.held,
        )
        return write_citations(text, shelved, leave=leave)

    def _far(self, bare: str, evidence: Sequence[Evidence]) -> str | None:
        """Say why a sentence is not worth asking a checker about, or None."""
        turns = (turned(bare, self._lines_of(item.source)) for item in evidence)
        return (
            other_court_in(bare, evidence)
            or other_part_in(bare, evidence)
            or _distance(bare, evidence)
            or next((reason for reason in turns if reason), None)
        )

    def _lines_of(self, source: Source) -> Lines:
        if source.n not in self._lines:
            self._lines[source.n] = lines_of(source)
        return self._lines[source.n]

    def _verified(self, sentence: Sentence, shown: str, own: frozenset[int]) -> Verdict:
        """A source number that does not bear the sentence out is not shown behind it."""
        numbers = tuple(n for n in sentence.numbers if n in own)
        sources = [self._evidence[n].source for n in numbers]
        return Verdict(
            claim=Claim(
                text=lead_of(sources, shown) + shown, support=Support.VERIFIED, sources=numbers
            ),
            pruned=len(numbers) < len(sentence.numbers),
        )

    def _doubtful(self, sentence: Sentence, shown: str, evidence: Sequence[Evidence]) -> Verdict:
        """Whose words it has most of decides whether it is law: another number does not."""
        words = content_words(shown)
        nearest = max(evidence, key=lambda item: len(words & item.words))
        return Verdict(
            claim=Claim(
                text=lead_of([nearest.source], shown) + shown,
                support=Support.UNSUPPORTED,
                sources=sentence.numbers,
                reason=UNCHECKED,
            ),
            doubt=True,
        )

    def _unsupported(
        self, sentence: Sentence, shown: str, reason: str, cited: Cited | None = None
    ) -> Verdict:
        """Nobody's names and numbers are not shown, not even as unsupported."""
        text = without_strangers(shown, list(self._evidence.values()))
        if repeats_the_rules(shown):
            text, cited, reason = REMOVED, None, OF_THE_RULES
        return Verdict(
            claim=Claim(
                text=cited.complete(text) if cited else text,
                support=Support.UNSUPPORTED,
                sources=sentence.numbers,
                reason=reason,
            )
        )

    def _checked(self, verdicts: list[Verdict]) -> tuple[list[Verdict], str | None]:
        """Ask the checker about what the rules leave undecided; what it fails at stays so."""
        checker = self._checks.checker
        open_ones = [index for index, verdict in enumerate(verdicts) if verdict.doubt]
        if checker is None or not open_ones:
            return verdicts, None
        doubts = [
            Doubt(
                text=verdicts[index].claim.text,
                sources=tuple(self._evidence[n].source for n in verdicts[index].claim.sources),
            )
            for index in open_ones
        ]
        checked = checker.check(doubts)
        decided = list(verdicts)
        for place, index in enumerate(open_ones):
            decided[index] = settled(
                verdicts[index], checker.name, confirmed=place in checked.confirmed
            )
        return decided, checked.failure


def ground(draft: str, sources: Sequence[Source], checks: Checks | None = None) -> Grounded:
    """Check a finished draft against its sources, as `Grounder.ground` does."""
    return Grounder(sources, checks).ground(draft)


def _distance(bare: str, evidence: Sequence[Evidence]) -> str | None:
    """Say why a sentence is too far from its sources, or None when it is close enough."""
    words = content_words(bare)
    said = frozenset[str]().union(*(item.said for item in evidence))
    # What a case is called and who decided it speaks neither for a sentence nor against it.
    words -= frozenset[str]().union(*(content_words(item.about) for item in evidence)) - said
    if len(words) < FEWEST_WORDS:
        return NOTHING_SAID
    if len(words & said) < CLOSE_ENOUGH * len(words):
        return OTHER_WORDS
    return DENIED if _contradicts(bare, words, evidence) else None


def _outside(text: str, quotes: Sequence[Span]) -> str:
    """Return a sentence without its quotations: what a source says may be told as its words."""
    for span in reversed(quotes):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def _contradicts(text: str, words: frozenset[str], evidence: Sequence[Evidence]) -> bool:
    said = [line for item in evidence for line in item.lines]
    nearest = max(said, key=lambda line: len(words & line.words), default=None)
    if nearest is None or len(words & nearest.words) < SAME_SENTENCE * len(words):
        return False
    return denies(text) != nearest.denies
