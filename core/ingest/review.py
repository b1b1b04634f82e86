"""Looks through a paper for what somebody should see before anyone can search it.

Redactions that hide nothing, text that nobody can see, marks of privilege, identifiers that Rule
5.2 wants shortened, and words meant for a language model. What is found is shown, never removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from core.ingest.parse.parsed import Hidden, HiddenKind, Parsed
from core.law.identifiers import identifiers
from core.law.instructions import instructions
from core.law.privilege import privilege_marks
from core.model import Finding, FindingKind, Span

MOST_OF_A_KIND = 200  # more of one kind are no news
ADDRESSED = "Words addressed to a language model; they are kept as data"
BAD_REDACTION = "Text under a box can still be read"
UNSEEN = {
    HiddenKind.WHITE: "Text in the color of the page",
    HiddenKind.TINY: "Text too small to be read",
    HiddenKind.OFF_PAGE: "Text beyond the edge of the page",
    HiddenKind.INVISIBLE: "Text that is never drawn",
}

# What stands under a box where the words themselves were taken out: one sign over and over, or why.
_REPLACED = re.compile(
    r"[\W_]*(?:(?P<sign>\w)(?:(?P=sign)|[\W_])*(?P=sign)[\W_]*"
    r"|(?:redacted|sealed|under seal|omitted)[\W_]*)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_BETWEEN = re.compile(r"\s*")


def findings(parsed: Parsed, *, name: str = "") -> tuple[Finding, ...]:
    """Find what somebody should see, in the order of the text; at most 200 of each kind.

    `name` is the file's. What stands outside of the text (name, properties, running heads) has an
    empty span where it stood, or at the beginning.
    """
    finders = (_hidden(parsed), _privilege(parsed), _identifiers(parsed), _instructions(parsed))
    outside = _outside(parsed, name)
    found = [*outside, *chain.from_iterable(islice(each, MOST_OF_A_KIND) for each in finders)]
    return tuple(sorted(found, key=lambda each: (each.span, each.kind, each.words)))


def _hidden(parsed: Parsed) -> Iterator[Finding]:
    for each in _joined(sorted(parsed.hidden, key=lambda each: each.span), parsed.text):
        words = each.span.of(parsed.text)
        if each.kind is not HiddenKind.UNDER_BOX:
            kind, said = FindingKind.HIDDEN_TEXT, UNSEEN[each.kind]
        elif not _REPLACED.fullmatch(words):
            kind, said = FindingKind.BAD_REDACTION, BAD_REDACTION
        else:
            continue
        if _WORD.search(words):
            yield Finding(kind=kind, page=each.page, span=each.span, words=said)


def _joined(hidden: Sequence[Hidden], text: str) -> Iterator[Hidden]:
    """Join what was hidden in one way on one page and has nothing but spaces between."""
    held: Hidden | None = None
    for each in hidden:
        alike = held and (held.kind, held.page) == (each.kind, each.page)
        if held and alike and _BETWEEN.fullmatch(text, held.span.end, each.span.start):
            span = Span(held.span.start, max(held.span.end, each.span.end))
            held = Hidden(kind=held.kind, page=held.page, span=span)
        else:
            if held:
                yield held
            held = each
    if held:
        yield held


def _privilege(parsed: Parsed) -> Iterator[Finding]:
    for span, words in privilege_marks(parsed.text):
        yield _in_text(parsed, FindingKind.PRIVILEGE, span, words)


def _identifiers(parsed: Parsed) -> Iterator[Finding]:
    for span, words in identifiers(parsed.text):
        yield _in_text(parsed, FindingKind.IDENTIFIER, span, words)


def _instructions(parsed: Parsed) -> Iterator[Finding]:
    for span in instructions(parsed.text):
        yield _in_text(parsed, FindingKind.INSTRUCTION, span, ADDRESSED)


def _in_text(parsed: Parsed, kind: FindingKind, span: Span, words: str) -> Finding:
    return Finding(kind=kind, page=_page(parsed, span), span=span, words=words)


def _page(parsed: Parsed, span: Span) -> int | None:
    return next(
        (
            page.number
            for page in parsed.pages
            if page.span.start <= span.start < page.span.end
            or page.notes.start <= span.start < page.notes.end
        ),
        None,
    )


def _outside(parsed: Parsed, name: str) -> Iterator[Finding]:
    """What is said beside the text: each thing once, however many pages repeat it."""
    start = Span(0, 0)
    told = [("the file’s name", name), *((f"the file’s {k}", v) for k, v in _properties(parsed))]
    for where, words in told:
        if instructions(words):
            said = f"{ADDRESSED} (in {where})"
            yield Finding(kind=FindingKind.INSTRUCTION, page=None, span=start, words=said)
    once = {each.words: each for each in reversed(parsed.taken)}
    for each in reversed(once.values()):
        at = Span(each.at, each.at)
        if instructions(each.words):
            said = f"{ADDRESSED} (in the margin)"
            yield Finding(kind=FindingKind.INSTRUCTION, page=each.page, span=at, words=said)
        for _, words in privilege_marks(each.words):
            said = f"{words} (in the margin)"
            yield Finding(kind=FindingKind.PRIVILEGE, page=each.page, span=at, words=said)


def _properties(parsed: Parsed) -> Iterator[tuple[str, str]]:
    yield from parsed.properties.items()
    for attachment in parsed.attachments:
        yield "attachment", attachment.name
