"""Answers: claims, the sources that support them, what made them; and those that are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.model.ids import AnswerId, CaseId, MatterId, OpinionId
from core.model.law import Span
from core.model.search import FilingPlace, Filters, Hit
from core.model.shelf import Case, Coverage, Passage, Treated


class Standing(StrEnum):
    GROUNDED = "grounded"
    PARTIAL = "partial"
    ABSTAINED = "abstained"


class Support(StrEnum):
    """VERIFIED: quoted, or said in the source's words. SUPPORTED: only a checker model says so."""

    VERIFIED = "verified"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


class Unsupported(StrEnum):
    """What becomes of a sentence that no source bears out: left out, or shown with its mark."""

    DROP = "drop"
    MARK = "mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A numbered passage that supports an answer."""

    n: int
    case: Case
    passage: Passage
    # Bluebook form, rendered by code from the library, pincite included where pages are known.
    citation: str
    pincite: str | None
    # Derived treatment in words ('overruled by …, derived from its own words'), None where the
    # library knows of none.
    treatment: str | None = None
    # The same with the sentence it was derived from.
    treated: Treated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    text: str
    support: Support
    # Numbers of the sources.
    sources: tuple[int, ...]
    # What was wrong, in words, where support is UNSUPPORTED.
    reason: str | None = None
    # The checker model that was asked about it; None where the rules decided.
    checked_by: str | None = None
    # UNSUPPORTED, and shown all the same with its mark, because the firm has set it so.
    marked: bool = False


class PremiseVerdict(StrEnum):
    """What became of something a question takes for granted, tested against what is held."""

    HOLDS = "holds"
    WRONG = "wrong"
    # Nothing here tells: it is not said to be wrong.
    UNTESTED = "not in the library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """Something a question takes for granted of a case, and whether the library bears it out."""

    # As it was asked: `question[span.start:span.end]`.
    text: str
    span: Span
    verdict: PremiseVerdict
    # One plain sentence with the citation as code renders it; what is missing, where untested; ''.
    correction: str = ""
    # The case, and the writing, that it was tested against.
    case_id: CaseId | None = None
    opinion_id: OpinionId | None = None


class Voice(StrEnum):
    """Who words an answer: nobody anew, a model told how the firm writes, or one trained on it."""

    OFF = "off"
    PROMPT = "prompt"
    ADAPTER = "adapter"


class VoiceChoice(StrEnum):
    """Who may choose another voice for one answer."""

    NOBODY = "nobody"
    ADMINS = "admins"
    LAWYERS = "lawyers"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """How an answer is worded for one person, and what they may ask for instead."""

    usual: Voice
    # Voices to choose from, the usual one among them; that one alone where there is no choice.
    choices: tuple[Voice, ...]
    # The person's own usual one, whether or not it can be had now; None: as the firm does.
    preferred: Voice | None = None
    # The voices of the firm's for which an adapter speaks, by name, the usual one first.
    names: tuple[str, ...] = ()


class Length(StrEnum):
    """How much of an answer is wanted: the short of it, or the reasons and limits too."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A question as it is looked for: by itself, whatever was asked before it."""

    # As it was typed.
    question: str
    # The same, to be understood without what was asked before.
    whole: str
    # The words that are searched.
    search: str
    filters: Filters = field(default_factory=Filters)
    # What the question narrows itself to, in words: 'First Circuit', 'decided since 2010'.
    narrowed: tuple[str, ...] = ()
    length: Length = Length.SHORT
    # What is to be decided, and the rule that is asked for; empty where no model put them so.
    issue: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most that one answer may take, to be shown before it is asked for."""

    # Of a language model, read and written; 0 where none is asked.
    tokens: int
    seconds: float
    # What that costs at the price that is set, in its currency; None where none is set.
    money: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Which layers were on when an answer was made."""

    answer_model: str
    encoder: str
    library_revision: int
    voice: Voice = Voice.OFF
    # Why the voice asked for is not the one it has.
    voice_reason: str | None = None
    # Whether the content lock passed, for how many sentences not; None where nothing was reworded.
    lock: str | None = None
    # Which style card the voice was told, by name; one of filings is called no more than that.
    card: str | None = None
    # Which voice of the firm's an adapter spoke for, by name.
    speaks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A sentence that was to be worded anew: as it was, and as it is shown."""

    plain: str
    # The same as `plain` where it was refused: what a model changed of a fact is not shown.
    spoken: str
    # Why the plain sentence stays, in words; None where the new wording is shown.
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One message to a language model: who speaks it, and its words."""

    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCall:
    """A language model that was asked: what it was told, and what it wrote."""

    model: str
    # Whether it runs on the firm's own machines.
    inside: bool
    messages: tuple[Spoken, ...]
    # As it came, before any check: the last words of each attempt.
    outputs: tuple[str, ...]
    # In words; None where it was heard to the end.
    failure: str | None = None
    seconds: float = 0.0
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A case that a search for an answer found."""

    rank: int
    source_id: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One search that was made for an answer."""

    query: str
    # How it was read, in words.
    understood: str
    found: int
    considered: tuple[Considered, ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """How an answer came about, beyond what it shows: for its record."""

    lookups: tuple[Lookup, ...] = ()
    calls: tuple[ModelCall, ...] = ()
    seconds: float = 0.0
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    question: str
    standing: Standing
    text: str
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    footer: Footer
    trace_id: str
    coverage: Coverage
    # Words for the screen: a model that failed, a sentence left out.
    notices: tuple[str, ...] = ()
    # The nearest cases, for an abstention that says what was searched.
    nearest: tuple[Hit, ...] = ()
    # For each of the nearest, words of the question that it does not speak of.
    misses: tuple[tuple[str, ...], ...] = ()
    # How the question was read; None where it was taken as it stands.
    restated: Restated | None = None
    # For its record; None where none is made.
    working: Working | None = None
    # What the question takes for granted and was tested: what is wrong comes first.
    premises: tuple[Premise, ...] = ()
    # Where filings of the matter it was asked for speak to it: what a party says, never the law,
    # and shown to no language model.
    filings: tuple[FilingPlace, ...] = ()
    # What a voice made of each sentence that is shown; empty where none was asked to.
    wordings: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSource:
    """A source of a kept answer, as it was cited then."""

    n: int
    case_id: CaseId
    source_id: str
    citation: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer that a team keeps with its matter, as it was given."""

    answer_id: AnswerId
    matter_id: MatterId
    question: str
    standing: Standing
    text: str
    sources: tuple[KeptSource, ...]
    footer: Footer
    kept_by: str
    kept_at: datetime
