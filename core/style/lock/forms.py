"""One form for sentences that differ in style alone, so that what else differs shows.

Works on lines with tokens; nothing in it is ever shown. What is not listed here or in the lists of
grounding is another sentence: likeness is never enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.ask.plain_form import every_word, plain_form
from core.ask.wordings import CARRYING, LEANING
from core.style.lock.alike import (
    ADDITION,
    ADVERBS,
    AUXILIARIES,
    KINDS,
    LEAVING_OPEN,
    PHRASES,
    TURNABLE,
)
from core.style.lock.tokens import TOKEN

Words = tuple[str, ...]

_PIECE = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*|[$§]|[,;:]")
_CLAUSE = r"[^,;:]+"
_KIND = "|".join((*KINDS.values(), ADDITION))
_OPENING = re.compile(rf"^({_KIND})(?:,|:)? (?=\w)")
# Without a comma behind it another one is another word: "Still waters", "also liable".
_BARE = re.compile(r"(?:but|yet) ")
_INSIDE = re.compile(rf", ({_KIND}),? (?=\w)|, ({_KIND})$")
_JOINED = re.compile(r"; (?:however|nevertheless|nonetheless|still|even so), |[,;] (?:but|yet) ")
_COURT = re.compile(r"\bCourt\b")
_SINCE = re.compile(r"\bsince (?!then\b|[a-z]\d)")
# Since what is so, not since what was: a reason.
_NOW = re.compile(r"\b(?:is|are|may|must|can|does|do|shall|will|should)\b")
_THEN = re.compile(r"\b(?:was|were|did|had|has|have|been)\b")
_ADVERB = re.compile(rf"\b({AUXILIARIES}) ({ADVERBS})\b(?! not\b)")
_TURNED = re.compile(rf"^((?:{TURNABLE}) {_CLAUSE}), ({_CLAUSE})$")
_SAYING = (
    "said|says|held|holds|explained|explains|noted|notes|concluded|concludes|ruled|reasoned"
    "|emphasized|recognized|stressed"
)
_BY_THE_COURT = re.compile(rf"^(?:as )?the court(x?) ({_SAYING})[,:]? (?:that )?([a-z]\d+|\S+ .+)$")
_IT_WAS = frozenset({"said", "held", "explained", "noted", "concluded", "ruled"})
_SAID_BEHIND = re.compile(rf"^([a-z]\d+|(?:\S+ ){{2,}}[^;:]+), the court(x?) ({_SAYING})$")
_END = re.compile(r"(?: [sc]\d+)+$")
_DENIES = re.compile(r"\b(?:not|no|never|only|none|nor|neither)\b")
_JOINS = re.compile(r"\b(?:and|or|but|nor)\b")
# A clause that hangs on another word than the one before it may not be moved away from it.
_HANGING = (LEANING | LEAVING_OPEN) - frozenset(
    "deny denies denied reject rejects rejected had should for without so".split()
)
# Nothing hangs on these.
_WHOLE = re.compile(
    r"\bat once\b|\b(?:the|an?|his|her|its|their|this|each|any|no) (?:claims?|doubts?|contention)\b"
)
# These say something where they stand: "courts" are not "the courts", nor "also she" "she also".
_FREE = CARRYING - {"the", "that", "also"}
# Behind these *that* comes and goes; elsewhere it tells who does what: "the law that governs".
_TELLING = frozenset(
    "held holds said noted found concluded concludes conclude argued argues argue explained "
    "explains knew knows know showed meant believed believes believe ruled testified claimed "
    "asserted asserts alleged recognized agreed agrees assumed assumes".split()
)
_THAT = re.compile(r"(\w+) that\b")
_FOLLOWS = re.compile(r"\b(?:therefore|thus|accordingly|consequently|hence)\b")


@dataclass(frozen=True, slots=True)
class Form:
    """A sentence as it is compared: its words, the marks before each, what its connectives say."""

    words: Words
    marks: Words
    connectives: Words
    # How many marks of a question, and of an exclamation.
    asks: tuple[int, int]


def form_of(line: str, *, loosely: bool = False) -> Form:
    """Bring a line to its one form; `loosely` takes every *since* for a *because*."""
    text, connectives = _plain(line)
    if loosely:
        text = _SINCE.sub("because ", text)
    return _form(text, connectives, line)


def ways_of(line: str, *, dropping: bool) -> Iterator[Form]:
    """Yield a line in the other orders that say the same.

    `dropping`: also as what was held, without the court that held it. Nobody may put one in.
    """
    text, connectives = _plain(line)
    closing = _END.search(text)
    tail = closing[0] if closing else ""
    bare = text[: len(text) - len(tail)].rstrip(" .,;")
    for other in (*_orders(bare), *(_without_court(bare) if dropping else ())):
        yield _form(f"{other}{tail}", connectives, line)


def _form(text: str, connectives: Words, line: str) -> Form:
    words, marks = _pieces(text)
    asks = line.count("?"), line.count("!")
    return Form(words=words, marks=marks, connectives=connectives, asks=asks)


def _orders(text: str) -> Iterator[str]:
    if (turned := _TURNED.match(text)) and _may_turn(turned[1], turned[2]):
        yield f"{turned[2]} {turned[1]}"
    if said := _BY_THE_COURT.match(text):
        court, verb, rest = said.groups()
        yield f"the court{court} {verb} {rest}"
        if not re.search("[;:]|, (?:and|but|or|nor) ", rest):
            yield f"{rest} the court{court} {verb}"
    if said := _SAID_BEHIND.match(text):
        yield f"the court{said[2]} {said[3]} {said[1]}"


def _without_court(text: str) -> Iterator[str]:
    if (said := _BY_THE_COURT.match(text)) and said[2] in _IT_WAS:
        yield f"it was {said[2]} {said[3]}"


def _may_turn(clause: str, main: str) -> bool:
    first = clause.split(" ", 1)[0]
    if _JOINS.search(main) or not _HANGING.isdisjoint(_WHOLE.sub("", main).split()):
        return False
    # "It did not fail because …" may say that it failed, for another reason.
    return not (first in {"because", "as"} and _DENIES.search(main))


def _plain(line: str) -> tuple[str, Words]:
    """Return a line in small letters with one spelling, and what its connectives say."""
    text = TOKEN.sub(lambda match: f" {match[1].lower()}{match[2]} ", _COURT.sub("Courtx", line))
    text = text.replace("’", "'").replace("‘", "'")
    text = re.sub(r"\s*[—–]\s*|\s+-\s+", ", ", text)
    text = text.replace("(", " zopened ").replace(")", " zclosed ")
    text = re.sub(r"\s+([,;:.?!'])", r"\1", " ".join(text.lower().split()))
    text = re.sub(r",(?=[.?!;:]|$)", "", re.sub(r",{2,}", ",", text))
    text = re.sub(r"(\w)([.?!])(?= [sc]\d|$)", r"\1", text)
    connectives: list[str] = []
    text = _without_connectives(text, connectives)
    connectives += [_kind("therefore") for _ in _FOLLOWS.finditer(text)]
    text = plain_form(text)
    text = _without_connectives(text, connectives)
    for phrase, put in PHRASES:
        text = phrase.sub(put, text)
    if (since := _SINCE.search(text)) and _is_reason(text[since.end() :]):
        text = _SINCE.sub("because ", text)
    return _ADVERB.sub(r"\2 \1", text), tuple(sorted(filter(None, connectives)))


def _is_reason(clause: str) -> bool:
    said = clause.partition(",")[0]
    return bool(_NOW.search(said)) and not _THEN.search(clause)


def _without_connectives(text: str, said: list[str]) -> str:
    text = _JOINED.sub("; but ", text)
    while (opening := _OPENING.match(text)) and (
        _BARE.match(text) or opening[0].rstrip()[-1:] in ",:"
    ):
        said.append(_kind(opening[1]))
        text = text[opening.end() :]
    for inside in list(_INSIDE.finditer(text)):
        word = inside[1] or inside[2]
        if not inside[0].rstrip().endswith(",") and inside[1]:
            continue
        # Of which clause it is said.
        clause = text.count(";", 0, inside.start())
        kind = _kind(word)
        said.append(f"{kind} {clause}" if kind and clause else kind)
    return _INSIDE.sub(
        lambda match: (
            " " if match[1] and match[0].rstrip().endswith(",") else ("" if match[2] else match[0])
        ),
        text,
    )


def _kind(word: str) -> str:
    """Return what a connective says of the sentence before, '' where only that there is more."""
    return next((kind for kind, words in KINDS.items() if word in words.split("|")), "")


def _pieces(text: str) -> tuple[Words, Words]:
    """Return the words that are compared, and which mark stands before each."""
    words: list[str] = []
    marks: list[str] = []
    mark = ""
    told = _THAT.sub(lambda match: match[1] if match[1] in _TELLING else match[0], text)
    for piece in _PIECE.findall(told):
        if piece in ",;:":
            mark = piece
            continue
        for word in every_word(piece):
            if word in _FREE:
                continue
            words.append(word)
            marks.append(mark)
            mark = ""
    return tuple(words), tuple(marks)


# --- who did what to whom: the passive ---

_BE = frozenset("is are was were be been".split())
_PAST_BE, _NOW_BE = frozenset({"was", "were"}), frozenset({"is", "are"})
_MODALS = frozenset("may might must shall should can could will would".split())
# In a sentence with one of these it matters which of two stands first.
_SCOPE = frozenset(
    "not no never only none nor neither every each all any some most many few both either who "
    "which whom whose and or but if unless because".split()
)
# "By the court in Roe" may tell where it was done, or by which court.
_PLACES = frozenset("in at on under after before during for with from against".split())
_LEADS = frozenset("held said explained noted concluded ruled if when because where".split())
_IRREGULAR = {
    "give": "gave given", "take": "took taken", "write": "wrote written", "make": "made made",
    "find": "found found", "hold": "held held", "bring": "brought brought", "bear": "bore borne",
    "seek": "sought sought", "choose": "chose chosen", "draw": "drew drawn", "know": "knew known",
    "see": "saw seen", "set": "set set", "show": "showed shown", "tell": "told told",
    "win": "won won", "forbid": "forbade forbidden", "begin": "began begun", "hear": "heard heard",
    "overturn": "overturned overturned", "bind": "bound bound", "say": "said said",
    "buy": "bought bought", "pay": "paid paid", "withdraw": "withdrew withdrawn",
}  # fmt: skip
_PARTICIPLE = {past: done for past, _, done in (f.partition(" ") for f in _IRREGULAR.values())}


def is_passive_of(active: Words, passive: Words) -> bool:
    """Say whether one sentence is the other with the same doer and the same deed, turned round."""
    if len(passive) - len(active) not in {1, 2} or "by" not in passive:
        return False
    return any(
        _undone(active, passive, at) for at, word in enumerate(passive) if word == "by" and at > 1
    )


def _undone(active: Words, passive: Words, by: int) -> bool:
    be, done = passive[by - 2], passive[by - 1]
    if be not in _BE:
        return False
    modal = be == "be" and passive[by - 3] in _MODALS
    head, tail = passive[: by - (3 if modal else 2)], passive[by + 1 :]
    for lead in range(len(head)):
        if lead and head[lead - 1] not in _LEADS:
            continue
        for until in range(1, len(tail) + 1):
            doer, rest, deed = tail[:until], tail[until:], head[lead:]
            if not all(re.fullmatch(r"[sc]\d+", word) for word in rest):
                continue
            if not _SCOPE.isdisjoint((*doer, *deed)) or not _PLACES.isdisjoint(doer):
                continue
            before = (*head[:lead], *doer, *((passive[by - 3],) if modal else ()))
            verb = active[len(before)] if len(active) > len(before) else ""
            if active == (*before, verb, *deed, *rest) and _same_deed(verb, be, done):
                return True
    return False


def _same_deed(verb: str, be: str, done: str) -> bool:
    """Say whether `denied` is what `was denied` says, in the same time."""
    if be in _PAST_BE:
        return (verb.endswith("ed") and verb == done) or _PARTICIPLE.get(verb) == done
    if be in _NOW_BE:
        bases = {verb, *(verb.removesuffix(end) for end in ("s", "es") if verb.endswith(end))}
        bases |= {f"{verb[:-3]}y"} if verb.endswith("ies") else set()
        return any(_is_participle(base, done) for base in bases)
    return be == "be" and _is_participle(verb, done)


def _is_participle(base: str, done: str) -> bool:
    if base in _IRREGULAR:
        return done == _IRREGULAR[base].split()[1]
    regular = {f"{base}ed", f"{base}d" if base.endswith("e") else "", f"{base}{base[-1:]}ed"}
    return done in regular | ({f"{base[:-1]}ied"} if base.endswith("y") else set())
