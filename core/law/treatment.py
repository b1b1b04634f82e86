"""What a court does to an earlier case, read from its own sentence: overrules, limits, follows it.

Rules, and no more: each finding keeps the sentence it was derived from, for whoever judges it. What
is denied, asked for, supposed, or said by a dissent of its own court is not derived as done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.law.mentions import TARGET, Mention
from core.law.sentences import sentences
from core.law.treatment_words import OF_A_TRIAL, ONE, PHRASES, Phrase, Way
from core.model import LEADING_KINDS, Extent, OpinionKind, Span, Treatment

# Who treats: the writer of the text, or a court that the words do not name.
WRITER, UNNAMED = -1_000_001, -1_000_002


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A treatment of the case asked about, and the sentence that says so."""

    treatment: Treatment
    extent: Extent
    # Over the text: the sentence, with the one before where "that case" points back to it.
    sentence: Span
    # Number of the authority that treats, as the mentions have it, or WRITER or UNNAMED.
    by: int
    # What treats it, in the sentence's words, where that is no numbered case: `statute`.
    by_words: str = ""
    # True where only a court that may overrule the case can say so to that effect.
    in_effect: bool = False


def derive(
    text: str, named: Sequence[Mention], kind: OpinionKind = OpinionKind.MAJORITY
) -> tuple[Sign, ...]:
    """Derive what a text says is done to the case asked about, sentence by sentence.

    `named` are the mentions in it, as `mentions` gives them; `kind` is the writing it is from.
    What a dissent or concurrence would do to a case only questions it.
    """
    signs: list[Sign] = []
    before: tuple[Span, list[int]] | None = None
    for span in _whole_sentences(text, named):
        inside = [one for one in named if span.start <= one.span.start < span.end]
        order = list(dict.fromkeys(one.who for one in inside))
        if TARGET in order or (before is not None and TARGET in before[1]):
            numbered, back = _pointing_back(_numbered(text, span, inside), before)
            whole = Span(before[0].start, span.end) if back and before else span
            signs += (replace(sign, sentence=whole) for sign in _signs(numbered))
        if order:
            before = (span, order)
        elif not _is_short(span):
            before = None
    return tuple(one for one in (_as_written_by(sign, kind) for sign in signs) if one is not None)


def strongest(signs: Sequence[Sign]) -> Sign | None:
    """Return the worst of the signs for the case, the first of the like; None without any."""
    order = list(Treatment)
    return min(signs, key=lambda sign: order.index(sign.treatment), default=None)


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


def _is_short(span: Span) -> bool:
    return span.end - span.start < 90


def _fold(words: str) -> str:
    return " ".join(words.split())


def _as_written_by(sign: Sign, kind: OpinionKind) -> Sign | None:
    """A separate writing treats nothing by itself; it may report what another court did."""
    if kind in LEADING_KINDS or sign.by not in {WRITER, UNNAMED}:
        return sign
    if sign.by == UNNAMED and sign.treatment is not Treatment.OVERRULED:
        return None
    order = list(Treatment)
    if order.index(sign.treatment) > order.index(Treatment.CRITICIZED):
        return None
    if sign.treatment is Treatment.CRITICIZED:
        return sign
    return replace(sign, treatment=Treatment.QUESTIONED, in_effect=False)


# --- a sentence with its cases numbered ---

_NOUN = (
    r"(?:[Cc]ases?|decisions?|holdings?|opinions?|rules?|doctrines?|judgments?|rulings?|reasoning"
    r"|principles?|theory|views?|statements?|language|dict(?:a|um)|tests?|standards?|analysis|results?"
    r"|conclusions?|precedents?|authority|approach|exception|teachings?|formulation|interpretation"
    r"|construction|position|propositions?|rationale|framework|presumption|proceeding)"
)
_KIND_OF = (
    r"(?:own|earlier|prior|former|recent|contrary|unanimous|subsequent|later|previous|essential"
    r"|central|basic|narrow|broad|plurality|majority|leading|landmark|old|\d{4})"
)
_OF = (
    r"(?:of|in|by|from|(?:announced|declared|stated|laid down|established|adopted|reached|set forth"
    r"|set out|made|articulated|expressed|applied|recognized|followed|enunciated|sustained|taken|given) (?:in|by)|"
    r"underlying)"
)
_BEFORE = re.compile(
    rf"(?:\b(?:the|our|its|this court['’]s|those|these|such|any)\s+)?(?:{_KIND_OF}\s+){{0,2}}\b{_NOUN}"
    rf"(?:\s+and\s+{_NOUN})?\s+{_OF}\s+(?:the\s+{_NOUN}\s+{_OF}\s+)?(?:the\s+)?(?={ONE})"
)
_PART_OF = re.compile(
    rf"\b(?:that|those|the|so much|such)\s+(?:parts?|portions?|aspects?|much)?\s*of\s+(?={ONE})"
)
_AFTER = re.compile(
    rf"(?P<one>{ONE})(?:['’]s?)?\s+(?:\w+\s+)?(?:{_NOUN}|line of cases|Court['’]s {_NOUN})\b"
)
_POSSESSED = re.compile(rf"(?P<one>{ONE})['’]s?(?=\s)")
_ASIDE = re.compile(rf"(?P<one>{ONE}) ?\((?![^()]*(?:overrul|revers|rev['’]|vacat|abrogat|supersed))[^()⟦⟧]{{1,300}}\)")
_STAR_PAGE = re.compile(r"\*\d{1,5}\s")
_SUPRA = re.compile(rf"(?P<one>{ONE})[\s,]+(?:supra|ante|infra)(?!\w)\.?")
_THAT_CASE = re.compile(
    r"\b(?:[Tt]hat|(?:[Tt]he|[Oo]ur) (?:former|earlier|prior|previous)|(?:[Tt]he|[Tt]his) latter)"
    r" (?:case|decision|holding|ruling|opinion|judgment|precedent)\b"
    r"(?! (?:of|in|that|which)\b)|\b[Tt]he latter(?= (?:is|was|has|must|should|can|cannot|no longer)\b)"
)
_THOSE_CASES = re.compile(
    rf"\b(?:[Tt]hose|[Tt]hese|[Bb]oth|[Bb]oth (?:those|these|of these)|[Tt]he two) {_NOUN}\b"
)
_BOTH = re.compile(r"\b[Bb]oth(?= (?:are|were|is|have|must|should)\b)")
_THEY = re.compile(r"\b[Tt]hey(?= (?:are|were|have|must|should|cannot)\b)")
_IT = re.compile(r"\b[Ii]t(?= (?:is|was|should|must|has|can|cannot|will)\b)")
_THERE = re.compile(
    r"\b(?:position|view|views|statement|rule|doctrine|opinion|principle)s? (?:there|therein)\b[^;⟦⟧]*"
    r"(?=\b(?:must|should|is|are|was|were|has|have|can)\b[^;⟦⟧]{0,40}\b(?:overrul|disapprov|abrogat))"
)
_TREATS = re.compile(r"overrul|disapprov|abrogat|supersed|repudiat|no longer|survive|stand\b")


def _numbered(text: str, span: Span, inside: Sequence[Mention]) -> str:
    """Write a sentence with a number for each case, its nouns ("the rule of …") folded into it."""
    pieces: list[str] = []
    at = span.start
    for one in inside:
        pieces += [text[at : one.span.start], f"⟦{one.who}⟧"]
        at = max(at, one.span.end)
    written = _fold(_STAR_PAGE.sub("", "".join([*pieces, text[at : span.end]]))).replace(" ,", ",")
    for pattern, put in (
        (_SUPRA, r"\g<one>"),
        (_ASIDE, r"\g<one>"),
        (_AFTER, r"\g<one>"),
        (_POSSESSED, r"\g<one>"),
        (_PART_OF, ""),
        (_BEFORE, ""),
    ):
        written = pattern.sub(put, written)
    return written


def _pointing_back(written: str, before: tuple[Span, list[int]] | None) -> tuple[str, bool]:
    """Put numbers for "that case", "both", "it"; say whether one is of the sentence before."""
    if not _TREATS.search(written):
        return written, False
    earlier = before[1] if before else []
    back = False

    def last(match: re.Match[str]) -> str:
        nonlocal back
        here = re.findall(ONE, match.string[: match.start()])
        if here:
            return str(here[-1])
        back = back or bool(earlier)
        return f"⟦{earlier[-1]}⟧" if earlier else match[0]

    def those(match: re.Match[str], most: int | None = None) -> str:
        nonlocal back
        here = list(dict.fromkeys(re.findall(ONE, match.string[: match.start()])))
        if len(here) > 1:
            return " and ".join(here[:most])
        back = back or bool(earlier)
        return " and ".join(f"⟦{who}⟧" for who in earlier[:most]) or match[0]

    def only(match: re.Match[str]) -> str:
        nonlocal back
        if re.search(ONE, match.string[: match.start()]):
            return str(re.findall(ONE, match.string[: match.start()])[-1])
        if len(earlier) != 1:
            return match[0]
        back = True
        return f"⟦{earlier[0]}⟧ "

    written = _THERE.sub(only, written)
    written = _THOSE_CASES.sub(those, written)
    written = _BOTH.sub(lambda match: those(match, 2), written)
    written = _THEY.sub(those, written)
    written = _THAT_CASE.sub(last, written)
    return _IT.sub(only, written), back


# --- what the numbered sentence says ---

_DENIED = re.compile(
    r"(?:\b(?:not|never|nor|neither|without|cannot|hardly|far from|short of|rather than|instead of"
    r"|avoid|no (?:need|reason|occasion|intention|intent|basis|cause|warrant|more than)|nothing|declin\w*"
    r"|refus\w*|reluctan\w*|unwilling\w*|hesitat\w*|unnecessary|resist\w*)\b|n['’]t\b)[^;.⟦⟧]{0,50}$",
    re.IGNORECASE,
)
_DENIED_THAT = re.compile(
    r"(?:\b(?:not|never|hardly|cannot|den(?:y|ied|ies))\b|n['’]t\b)[^;.⟦⟧]{0,40}\bthat(?: \w+)?\s$"
    r"|\b(?:[Nn]either|nor|no)\s$"
)
# Asked for, argued, supposed: by a party, a dissent, or the court for argument's sake.
_SUPPOSED = re.compile(
    r"\b(?:whether|if|unless|asks?|asked|asking|urg(?:es?|ed|ing)|invit\w+|requests?|requested|seeks?"
    r"|sought|argu\w+|conten[dt]\w*|insist\w*|claim(?:s|ed|ing)?|assert\w*|suggest\w*|maintains?"
    r"|submits?|propos\w+|says? (?:that|we|should)|said that|absent|intend(?:s|ed)?|intent(?:ion)?|power to|authority to|free to|could|might|may|can"
    r"|calls? (?:on|upon) us|accus\w+|warn\w*|assum(?:e|es|ed|ing)|fear\w*|have us|in addition to|to decide"
    r"|(?:case|argument|ground|reason|justification|basis|effort|attempt|bid)s? (?:for|to))\b"
    r"[^;]{0,220}$",
    re.IGNORECASE,
)
# The court itself: `we hold that …`, or the verb's own subject.
_BUT_WE = re.compile(
    r"\b[Ww]e (?:now |therefore |thus |accordingly |also )?(?:accept|hold|conclude|agree|think|believe|find"
    r"|are of (?:the )?opinion|must|are (?:now )?constrained)\b|\b(?:[Ww]e|[Cc]ourt)(?: \w+ly| now| today"
    r"| also| therefore| thus)?\s$|\bhereby\b"
)
_WOULD = re.compile(r"\b(?:would|should|ought to)\b(?! be and (?:now|hereby) )")
_MODAL = re.compile(r"\b(?:may|might|can|could|cannot)\b(?! no longer)")
_SAID_NOW = re.compile(r"\b(?:is|are|must|should be and|hereby|now|today|stands?|as)\b")
_DONE_BEFORE = re.compile(r"\b(?:been|was|were|had|has)\b")
_OUR_VOICE = re.compile(r"\b(?:we|I|hereby|today|now)\b[^;⟦⟧]{0,60}$")
# The subject of a verb in the past: without one, `overruled ⟦0⟧` is no sentence.
_SUBJECT = re.compile(
    r"\b(?:we|[Cc]ourt|it|which|Congress|[Ll]egislature|[Cc]ircuit|[Pp]anel|decision|opinion|Act"
    r"|amendment|Amendment|statute)\b[^;⟦⟧]{0,80}$"
)
_TODAY = re.compile(
    r"\b(?:(?:our|the|this|today['’]s|present|instant) (?:present |instant )?"
    r"(?:decision|opinion|holding|case)(?: in this case| today| herein)?"
    r"|what (?:is|we) (?:here )?(?:said|say|decide|hold)|today)\b"
)
_PARTLY = re.compile(
    r"\bin part\b|\bpartially\b|\bto (?:that|the|this) extent\b|\b(?:in)?sofar as\b|\bso far as\b"
    r"|\bparts? of\b|\bportions? of\b|\bin (?:that|this) (?:respect|particular)\b|\bpro tanto\b"
    r"|\bin the particular\b|\bin respect\b",
    re.IGNORECASE,
)
_OTHER_GROUNDS = re.compile(r"\bon (?:an)?other grounds?\b|\bon (?:different|unrelated) grounds?\b")
_NEAR_VERB = 30  # letters: `I would therefore overrule`
_NEARBY = 110  # letters around the treating words in which its extent is said


def _signs(written: str) -> Iterator[Sign]:
    if f"⟦{TARGET}⟧" not in written or written.endswith("?"):
        return
    low = written.lower()
    told: set[int] = set()
    for phrase in PHRASES:
        if phrase.cue not in low:
            continue
        for match in phrase.pattern.finditer(written):
            verb = _verb_at(match)
            # The ways of a verb go from those that say most to those that say least.
            if verb in told:
                continue
            told.add(verb)
            if f"⟦{TARGET}⟧" in match["t"]:
                sign = _sign(phrase, match)
                if sign is not None:
                    yield sign


def _verb_at(match: re.Match[str]) -> int:
    groups = match.groupdict()
    named = next((name for name in ("verb", "doing") if groups.get(name)), None)
    return match.start(named) if named else match.end()


def _sign(phrase: Phrase, match: re.Match[str]) -> Sign | None:
    groups = match.groupdict()
    if groups.get("by") == f"⟦{TARGET}⟧":
        return None
    after_case = phrase.way in {Way.PASSIVE, Way.HISTORY}
    before = match.string[: match.start("t") if after_case else _verb_at(match)]
    clause = re.split(r"[;:]|\bbut\b|\balthough\b|\bwhile\b", before)[-1]
    how = _between(match)
    if OF_A_TRIAL.search(match.string[match.start("t") : _verb_at(match)] if after_case else clause):
        return None
    denied = _DENIED_THAT if after_case else _DENIED
    if denied.search(clause) or re.search(r"\b(?:not|never|nor)\b|n['’]t\b", how):
        return None
    if phrase.way is Way.ACTIVE and _is_past(match) and not _SUBJECT.search(clause):
        return None
    if phrase.way is not Way.HISTORY:
        decided = _BUT_WE.search(clause) or re.search(r"\band (?:now |hereby )?(?:is|are)\b", how)
        if not decided and (_SUPPOSED.search(clause) or _MODAL.search(how)):
            return None
        if not decided and _WOULD.search(f"{clause} {how}"):
            return _would(phrase) if _WOULD.search(f"{clause[-_NEAR_VERB:]} {how}") else None
    return Sign(
        treatment=phrase.treatment,
        extent=_extent(match),
        sentence=Span(0, 0),
        by=_by(phrase, match, clause, how),
        by_words=_by_words(match),
        in_effect=phrase.ends,
    )


def _between(match: re.Match[str]) -> str:
    """The words between the case and what is done to it; `can` is not without its `no longer`."""
    groups = match.groupdict()
    if groups.get("be") is None:
        return groups.get("how") or ""
    longer = match.string.startswith(" no longer", match.end("be"))
    return f"{groups['be']} no longer" if longer else str(groups["be"])


def _is_past(match: re.Match[str]) -> bool:
    verb = match.groupdict().get("verb") or ""
    return verb.endswith("d") and not verb.endswith("eed")


def _would(phrase: Phrase) -> Sign | None:
    """What a judge would do to a case, or says should be done, questions it."""
    if phrase.treatment is not Treatment.OVERRULED or phrase.ends:
        return None
    return Sign(
        treatment=Treatment.QUESTIONED, extent=Extent.WHOLE, sentence=Span(0, 0), by=WRITER
    )


def _by(phrase: Phrase, match: re.Match[str], clause: str, how: str) -> int:
    groups = match.groupdict()
    by = groups.get("by")
    if by and re.fullmatch(ONE, by):
        return int(by.strip("⟦⟧"))
    if phrase.way is Way.HISTORY:
        return UNNAMED
    if by and _TODAY.search(by):
        return WRITER
    if phrase.way is Way.PASSIVE:
        if re.search(r"\b(?:must|regard)\b", f"{clause} {how}"):
            return WRITER
        before = _DONE_BEFORE.search(how) is not None
        said = "verb" not in groups or _SAID_NOW.search(how) or _BUT_WE.search(clause)
        now = said and not before
        return WRITER if now and not by else UNNAMED
    if "verb" not in groups:
        return WRITER
    doing = (groups["verb"] or "").endswith("ing")
    return UNNAMED if _is_past(match) or (doing and not _OUR_VOICE.search(clause)) else WRITER


_BY_WHOM = re.compile(
    r"(?:[^⟦⟧;.]{0,60}\bby\s+)(?P<whom>statute|rule|regulation|constitutional amendment|Congress"
    r"|(?:the )?[A-Z][^,;()⟦⟧]{2,80})"
)


def _by_words(match: re.Match[str]) -> str:
    """What treats it, where that is no numbered case: `statute`, `the Mountain Producers case`."""
    found = _BY_WHOM.match(match.string, _verb_at(match))
    return found["whom"].strip() if found else ""


def _extent(match: re.Match[str]) -> Extent:
    before = match.string[max(0, match.start() - _NEARBY) : match.start()].rpartition(";")[2]
    after = re.match(rf"[^;⟦⟧]{{0,{_NEARBY}}}", match.string[match.end() :])
    around = before + match[0] + (after[0] if after else "")
    if _OTHER_GROUNDS.search(around):
        return Extent.OTHER_GROUNDS
    return Extent.IN_PART if _PARTLY.search(around) else Extent.WHOLE
