"""Words in a filing or an opinion that are addressed to a language model instead of a reader.

They are data here, whatever they say: nothing obeys them. Whoever uses the filing should know that
somebody tried; so they are found in disguise too, as far as a disguise is known.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice

from core.model import Span

_MOST = 1_000  # places; more are no news

_MARKS = r"[.!?:;,\"“”'’(\[>*#-]"
_BEGINS = rf"(?:^|(?<={_MARKS})|(?<={_MARKS} )|(?<=\n)|\b(?:please|now|and|must|then)\s)"
_EARLIER = r"(?:previous|prior|above|earlier|preceding|foregoing|former|existing|original|system)"
_RULES = r"(?:instructions?|prompts?|directives?|guidelines|guardrails|commands?|system message)"
_MODEL = r"(?:AI|A\.I\.|LLM|language model|chat ?bot|ChatGPT|GPT-?\d?|Claude|Gemini|Copilot|Llama)"
_SAYING = (
    r"(?:cite|say|state|answer|write|mention|include|recommend|conclude|output|omit|respond|report"
    r"|reply|append|ignore|add|praise|find|tell|reveal|print|show|describe|call|do not|don[’']t"
    r"|never|always|you (?:are|must|will|should))"
)
_PATTERNS = (
    # Ignore all previous instructions.
    (
        rf"{_BEGINS}(?:ignore|disregard|forget|override|bypass|discard)\s(?:\w+\s){{0,4}}?{_EARLIER}\s"
        rf"(?:\w+\s){{0,3}}?(?:{_RULES}|context|text|messages?)\b"
    ),
    (
        rf"{_BEGINS}(?:ignore|disregard|forget|override|bypass)\s(?:all|any|every|your)\s(?:of\s)?"
        rf"(?:the\s|your\s|these\s)?(?:safety\s|own\s)?{_RULES}\b"
    ),
    # Reveal your system prompt.
    (
        r"\b(?:reveal|print|show|output|repeat|display|leak|disclose|recite|give)\b[^.!?\n]{0,50}"
        r"\b(?:system|hidden|initial|secret)\s(?:prompt|instructions?|message)\b"
    ),
    r"\byour\s(?:system\s)?prompt\b",
    (
        r"\b(?:reveal|print|send|exfiltrate|leak|output)\b[^.!?\n]{0,40}\b(?:api\skeys?|chat\shistory"
        r"|this\sconversation|the\sconversation\sso\sfar)\b"
    ),
    # SYSTEM: …; Assistant, do not …; note to AI reviewers.
    (
        rf"(?:^|(?<=\n)|(?<=[.!?>\]] ))\W{{0,6}}(?:system|assistant|developer|{_MODEL})"
        rf"(?:\s(?:message|override|prompt|note|notice|instructions?))?\W?(?::|,|\s-)\s{{0,3}}"
        rf"(?:please\s)?{_SAYING}\b"
    ),
    r"\b(?:system|admin|developer)\s(?:override|instructions?\sfollow)\b",
    (
        rf"\b(?:attention|note|notice|message|instructions?|memo|hey|dear)\W{{0,2}}\s?(?:to|for)?\s?"
        rf"(?:all\s|any\s|the\s|an?\s)?(?:{_MODEL}|AI\s(?:model|assistant|system|review)\w*)s?\b"
        rf"(?:\s\w+){{0,3}}\s?[:,;.!-]"
    ),
    rf"\b(?:if|when|since|as)\syou(?:\sare|[’']re)\s(?:an?\s)?(?:{_MODEL}|AI\s\w+|automated)\b",
    rf"\byou\sare\s(?:now\s)?(?:an?\s)?(?:{_MODEL}|unrestricted|unfiltered|jailbroken|DAN\b)",
    r"\b(?:jailbreak|developer|god|debug|DAN)\smode\b|\bdo\sanything\snow\b|\bnew\sinstructions?:",
    rf"\b(?:act|behave|respond)\sas\s(?:if\syou\s(?:are|were)\s)?(?:an?\s)?(?:{_MODEL}|unrestricted)",
    # When you summarise this document, cite …
    (
        r"\bwhen(?:ever)?\syou\s(?:summari[sz]e|process|analy[sz]e|index|rank|evaluate|are\sasked\sabout)"
        rf"\b[^.!?\n]{{0,80}},\s(?:\w+\s){{0,2}}?{_SAYING}\b"
    ),
    (
        r"\b(?:append|add|insert|include|attach|put)\b[^.!?\n]{0,80}\b(?:to|in|at\sthe\send\sof)\s"
        r"(?:every|each|all)\s(?:of\syour\s)?(?:answers?|responses?|repl(?:y|ies)|outputs?|summar\w+)\b"
    ),
    (
        rf"{_BEGINS}(?:do\snot|don[’']t|never)\s(?:mention|cite|disclose|reveal|include|refer\sto)\s(?:\w+\s)?"
        r"(?:adverse|contrary|opposing|unfavou?rable|negative)\s(?:authorit|case|precedent|law)\w*"
    ),
    r"\breplace\s(?:every\s\w+\s)?(?:letters?|vowels)\swith\b",
    # What ends a prompt's part, or begins another.
    r"<\|[a-z_]{2,20}\|>|\[/?INST\]|<</?SYS>>|^#{2,4}\s?(?:system|instructions?|response|assistant):?$",
    (
        r"</?(?:sources?|system|instructions?|prompt|context|documents?|tool_results?|tool_use"
        r"|function_(?:calls|results?)|assistant|user)(?:\s[a-z]{1,12}=[^<>\n]{0,40})?\s?/?>"
    ),
    r"[\"']role[\"']\s?:\s?[\"'](?:system|assistant|tool|developer)[\"']",
    r"\b(?:begin|end|start)(?:\sof)?\s(?:system\s(?:prompt|message)|untrusted|user\sinput)\b",
    # An image that tells who looks at it.
    r"!\[[^\]\n]{0,80}\]\(\s?https?://[^\s)]{1,400}",
)
_ORDER = re.compile("|".join(_PATTERNS), re.IGNORECASE | re.MULTILINE)
# What a model is told of its own answer; parties are told of theirs in other words.
_OWN = re.compile(r"\byour\s(?:answer|response|reply|message|output|summary)\b", re.IGNORECASE)
_NEAR = 160  # letters
_SENTENCE_END = re.compile(r"[.!?][\"”’')]?\s(?=[\"“‘(\[]?[A-Z0-9])|\n\s?\n")
_LETTERS = (
    r"(?:letters?|vowels?|words|spaces|symbols|anagram\w*|misspell\w*|typos?|alphanumeric"
    r"|homophonic)"
)
_REWRITE = re.compile(
    r"^\W{0,3}(?:please\s)?(?:"
    r"(?:modify|enhance|augment|rearrange|scramble|jumble|anagram|misspell|rewrite|embellish)\b"
    r"|integrate\b|(?:add|insert|include)\s(?:the\ssentence|a\s(?:sentence|link|reminder|compelling)|[\"“])"
    r"|in\syour\s\w+,\s(?:suggest|tease|recommend|promote|encourage|urge|advise\susers|mention\sthat)"
    rf"|(?:use|provide|render|convert|replace|substitute|remove|group|combine|introduce)\b"
    rf".{{0,120}}\b{_LETTERS})",
    re.IGNORECASE | re.DOTALL,
)
# Every pattern has one of these, in small letters: all else of a long text is passed over.
_ANCHORS = (
    *"ignore disregard forget override bypass discard prompt instruction system assistant".split(),
    *"developer llm chatbot gpt claude gemini copilot llama automated unrestricted".split(),
    *"unfiltered jailbr adverse contrary opposing unfavo negative untrusted inst] ## < ](".split(),
    *(" ai", "a.i.", "language model", "chat bot", "api key", "chat history", "conversation"),
    *(" mode", "do anything now", "when you", "whenever you", "user input", 'role"', "role'"),
    *("replace letter", "replace vowel", "replace every", "your "),
    *(
        f"{every} {what}"
        for every in ("every", "each", "all", "of your")
        for what in ("answer", "respons", "repl", "output", "summar")
    ),
)
_REACH = 200  # letters around one that a pattern may take

_BASE64 = re.compile(r"(?<![\w+/=])[A-Za-z0-9+/]{32,4000}={0,2}(?![\w+/=])")

# Letters in disguise: what is not seen, what looks like another, what is another's other form.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_DISGUISE = re.compile(
    f"[{_UNSEEN}\u0370-\u03ff\u0400-\u04ff\u2100-\u214f\u2460-\u24ff\uff01-\uff5e"
    "\U0001d400-\U0001d7ff\U000e0000-\U000e007f]"
)
_TAGS = range(0xE0020, 0xE007F)  # ASCII over again, and never shown
_LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеіјорсухѕһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧονραικτυχγ",
    "ABESIJKMHOPCTXYaeijopcyxshdqwlABEZHIKMNOPTYXovpaiktuxy",
)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LONGEST_DISGUISED = 20_000  # letters of a paragraph that is undressed


def instructions(text: str) -> tuple[Span, ...]:
    """Find what is addressed to a language model, in its order; none overlaps another.

    Found are orders to ignore, reveal, cite or rewrite, marks that end a prompt's part, and all of
    these in base64, in letters that look like others, and between letters that are never shown.
    """
    every = [*_plain(text), *_disguised(text), *_encoded(text)]
    found: list[Span] = []
    for span in sorted(every, key=lambda each: (each.start, -each.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)


def _plain(text: str) -> Iterator[Span]:
    windows = [*_windows(text)]
    orders = chain.from_iterable(_ORDER.finditer(text, *window) for window in windows)
    for match in islice(orders, _MOST):
        yield _sentence(text, match)
    own = chain.from_iterable(_OWN.finditer(text, *window) for window in windows)
    for match in islice(own, _MOST):
        span = _sentence(text, match)
        if _REWRITE.search(span.of(text)):
            yield span


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text in which anything can be, in order and apart."""
    small = text.lower()
    if len(small) != len(text):  # some letters have two small ones
        yield 0, len(text)
        return
    start = end = 0
    for at in sorted(chain.from_iterable(_places(small, anchor) for anchor in _ANCHORS)):
        if at - _REACH > end:
            yield start, end
            start = at - _REACH
        end = at + _REACH
    yield max(0, start), end


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _sentence(text: str, match: re.Match[str]) -> Span:
    """Return the sentence that a match stands in, or as much of it as is near."""
    floor, roof = max(0, match.start() - _NEAR), min(len(text), match.end() + _NEAR)
    start, end = match.span()
    while start < end and text[start].isspace():
        start += 1
    ends = [border.end() for border in _SENTENCE_END.finditer(text, floor, start + 1)]
    after = _SENTENCE_END.search(text, end, roof)
    first = ends[-1] if ends else floor
    last = after.start() + (not after[0].isspace()) if after else roof
    return Span(min(first, start), last)


def _disguised(text: str) -> Iterator[Span]:
    if not _DISGUISE.search(text):
        return
    for paragraph in _PARAGRAPH.finditer(text):
        if _DISGUISE.search(paragraph[0][:_LONGEST_DISGUISED]):
            shown, places = _undressed(paragraph[0][:_LONGEST_DISGUISED])
            for span in _plain(shown):
                start = paragraph.start()
                yield Span(start + places[span.start], start + places[span.end - 1] + 1)


def _undressed(text: str) -> tuple[str, list[int]]:
    """Return what a text seems to say, and for each letter of that where it stands in the text."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        plain = _undress(letter)
        letters.append(plain)
        places += [at] * len(plain)
    return "".join(letters), places


def _undress(letter: str) -> str:
    if letter.isascii():
        return letter
    if ord(letter) in _TAGS:
        return chr(ord(letter) - 0xE0000)
    if _INVISIBLE.match(letter) or ord(letter) >> 7 == 0xE0000 >> 7:
        return ""
    return unicodedata.normalize("NFKC", letter).translate(_LOOKS)


def _encoded(text: str) -> Iterator[Span]:
    for match in islice(_BASE64.finditer(text), _MOST):
        words = _decoded(match[0])
        if words and next(_plain(words), None):
            yield Span(*match.span())


def _decoded(written: str) -> str | None:
    try:
        return base64.b64decode(written, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
