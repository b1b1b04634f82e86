"""What kind of paper a paper is: by its title, else by the marks of its kind.

The first word of kind in a title says it: an order granting a motion is an order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.model import FilingKind

_TITLES: tuple[tuple[FilingKind, str], ...] = (
    # A longer title before the shorter one that it begins with.
    (
        FilingKind.OPINION,
        r"memorandum\s+(?:opinion|decision|and\s+order)|\bopinion\b|per\s+curiam",
    ),
    (FilingKind.MOTION, r"notice\s+of\s+(?:\w+\s+){0,3}motion"),
    (FilingKind.BRIEF, r"petition\s+for\s+(?:a\s+)?writ\s+of\s+certiorari|answering\s+brief"),
    (
        FilingKind.MOTION,
        (
            r"\bmotions?\b|\bapplication\s+(?:for|to)\b|\brequest\s+(?:for|to)\b|\bstipulat\w+"
            r"|petition\s+for\s+(?:rehearing|review|permission|a?\s*writ\s+of\s+mandamus)"
        ),
    ),
    (
        FilingKind.TRANSCRIPT,
        r"\btranscripts?\b|oral\s+argument|\bdeposition\s+of|p r o c e e d i n g s",
    ),
    (FilingKind.MEMORANDUM, r"memorand(?:um|a)\s+(?:of|in)\b|points\s+and\s+authorities"),
    (FilingKind.DECLARATION, r"\bdeclarations?\s+(?:of|in|under|by)\b|affidavit|\baffirmation\b"),
    (
        FilingKind.COMPLAINT,
        r"\bcomplaint\b|\bcross-?claim|\bcounter-?claim|\bindictment\b|\bpetition\b",
    ),
    (
        FilingKind.ORDER,
        (
            r"\borders?\b|\bo\s?r\s?d\s?e\s?r\b|civil\s+minutes|minute\s+entry|findings\s+of\s+fact"
            r"|findings\s+and\s+(?:conclusions|recommendation)|report\s+and\s+recommendation"
        ),
    ),
    (FilingKind.BRIEF, r"\bbriefs?\b|\bopposition\b|\bresponse\b|\breply\b|\bobjections?\b"),
    (FilingKind.ANSWER, r"\banswer\b"),
    (
        FilingKind.NOTICE,
        r"\bnotice\b|entry\s+of\s+appearance|disclosure\s+statement|\bsummons\b|\bsubpoena\b",
    ),
    (
        FilingKind.JUDGMENT,
        r"\bjudge?ment\b|\bdecree\b|^decision$|decision\s+of\s+the\s+(?:upper|first)",
    ),
    (
        FilingKind.CONTRACT,
        r"\bagreement\b|\bcontract\b|\blease\b|\bdeed\b|bill\s+of\s+sale|promissory\s+note",
    ),
)
_TITLE = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _TITLES)
_NO_TITLE = re.compile(
    r"^(?:\(?on|from|appeal|certiorari|cite as|note:|in the|for the|to the|before|re:|subject)\b"
    r"|\bv\.\s|table of|question presented|all parties|statement of",
    re.IGNORECASE,
)
_SHEET = re.compile(
    r"^\W*(?:composite\s+|defendant'?s'?\s+|plaintiff'?s'?\s+)?(?:exhibit|attachment|appendix)\b",
    re.IGNORECASE,
)
_SHEET_WORDS = 25
_DEAR = re.compile(r"^\s*(?:Dear|To Whom It May Concern)\b", re.MULTILINE)
_CLOSING = re.compile(
    r"^\s*(?:sincerely|respectfully|very truly|yours|(?:best )?regards|cordially)\b.{0,30},?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_RE = re.compile(r"^\s*re\s?:", re.IGNORECASE | re.MULTILINE)
_QUESTIONS = re.compile(r"^\s*(?:\d{1,2}\s+)?[QA][.:]\s", re.MULTILINE)
_ENOUGH_QUESTIONS = 12
_DEPOSED = re.compile(
    r"^\W*(?:the\s+)?(?:videotaped\s+|oral\s+|video\s+)*deposition\s+of\b[^.]{0,80}\b(?:taken|called)",
    re.IGNORECASE | re.MULTILINE,
)
# Only a court's own paper says this; the second may stand in a brief that tells of a decision.
_OF_A_COURT = re.compile(
    r"\([Ss]lip [Oo]pinion\)|^\W*(?:NOT (?:TO BE|FOR|RECOMMENDED FOR|DESIGNATED FOR) PUBLI"
    r"|CERTIFIED FOR (?:PARTIAL )?PUBLICATION)|^\s*(?:Per Curiam|PER CURIAM)\b"
    r"|^\s*(?:Before|BEFORE):?\s[^.]{3,160}\b(?:Circuit|CIRCUIT|Chief)\s+(?:Judge|JUDGE)[Ss]?"
    r"|^[A-Z][A-Z'’-]{2,},\s+(?:[A-Z]\w+\s+){0,2}(?:Justice|JUSTICE|Judge|JUDGE|J\.|C\.J\.)"
    r"|\b[A-Z][\w'’-]+,\s+P\.?J\.,",
    re.MULTILINE,
)
_TELLS_OF_ONE = re.compile(
    r"delivered the opinion|^\s*opinion of the court", re.IGNORECASE | re.MULTILINE
)
_OF_PARTIES = frozenset(
    {
        FilingKind.MOTION,
        FilingKind.BRIEF,
        FilingKind.MEMORANDUM,
        FilingKind.COMPLAINT,
        FilingKind.ANSWER,
        FilingKind.DECLARATION,
        FilingKind.NOTICE,
    }
)
_BLANKS = re.compile(
    r"_{5,}|\(type or print\)|\bselect one\b|\$\{\w+\}|do not write below", re.IGNORECASE
)
_FORM = re.compile(
    r"\bapproved,? (?:scao|omb)\b|\bjis code\b|^\s*form (?:no\. ?)?[a-z]{0,4}-?\d+\b"
    r"|\bAO \d{2,3}[A-Z]? \(|\bclear form\b|\bomb no\.",
    re.IGNORECASE | re.MULTILINE,
)
_FEW_BLANKS, _MANY_BLANKS = 2, 8
_CAPITALS = 0.6
_LONGEST_TITLE = 60  # words
_LINES = 120
_WRITERS = 6_000  # characters in which an opinion says whose it is


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind, and how sure it is, 0 to 1."""

    kind: FilingKind
    sureness: float


def kind_of_paper(first_page: str, head: str, labels: str, *, british: bool) -> PaperKind:
    """Tell the kind of a paper.

    `head` begins with the first page and goes on; `labels` are its running heads and feet, which
    often repeat the title.
    """
    marked = _by_mark(first_page, head, labels)
    if marked:
        return marked
    titled = _by_title(head, labels, british=british)
    if titled and titled.kind in _OF_PARTIES:
        return titled
    if _TELLS_OF_ONE.search(head[:_WRITERS]):
        return PaperKind(kind=FilingKind.OPINION, sureness=0.85)
    return titled or _by_label(labels) or _unnamed(head)


def _by_mark(first_page: str, head: str, labels: str) -> PaperKind | None:
    """Tell a kind by what its papers have and others have not; the first that fits."""
    blanks = len(_BLANKS.findall(head))
    dear, closed = _DEAR.search(head), _CLOSING.search(head)
    form = _FORM.search(head) or _FORM.search(labels)
    marks = (
        (FilingKind.EXHIBIT, 0.9, _SHEET.match(first_page) and _is_short(first_page)),
        (FilingKind.FORM, 0.85, form and (blanks >= _FEW_BLANKS or "SCAO" in form[0])),
        (FilingKind.LETTER, 0.9, dear and closed),
        (FilingKind.LETTER, 0.75, dear),
        (FilingKind.LETTER, 0.82, closed and _RE.search(head)),
        (FilingKind.TRANSCRIPT, 0.9, len(_QUESTIONS.findall(head)) >= _ENOUGH_QUESTIONS),
        (FilingKind.TRANSCRIPT, 0.8, _DEPOSED.search(head[:_WRITERS])),
        (FilingKind.OPINION, 0.9, _OF_A_COURT.search(head[:_WRITERS])),
    )
    return next((PaperKind(kind=kind, sureness=sure) for kind, sure, fits in marks if fits), None)


def _unnamed(head: str) -> PaperKind:
    if len(_BLANKS.findall(head)) >= _MANY_BLANKS:
        return PaperKind(kind=FilingKind.FORM, sureness=0.6)
    return PaperKind(kind=FilingKind.OTHER, sureness=0.3)


def _is_short(page: str) -> bool:
    return len(page.split()) <= _SHEET_WORDS


def _by_title(head: str, labels: str, *, british: bool) -> PaperKind | None:
    for n, (title, capitals) in enumerate(_titles(head)):
        kind = _kind_in(title)
        if kind is None or (british and kind is not FilingKind.JUDGMENT):
            continue
        sureness = (0.9 if capitals else 0.7) - 0.02 * min(n, 5)
        if kind is FilingKind.COMPLAINT and "petition" in title.casefold():
            sureness = 0.6
        if _kind_in(labels[:2_000]) is kind or british:
            sureness = max(sureness, 0.88)
        return PaperKind(kind=kind, sureness=sureness)
    return PaperKind(kind=FilingKind.JUDGMENT, sureness=0.85) if british else None


def _by_label(labels: str) -> PaperKind | None:
    kind = _kind_in(labels[:2_000])
    return PaperKind(kind=kind, sureness=0.6) if kind else None


def _titles(head: str) -> Iterator[tuple[str, bool]]:
    """Lines that can be a title, joined where they go on, and whether they are in capitals."""
    block: list[str] = []
    in_capitals = False
    for line in (*head.split("\n")[:_LINES], ""):
        capitals = _is_capitals(line)
        if block and line.strip() and capitals is in_capitals:
            block.append(line)
            continue
        yield from ((title, in_capitals) for title in _whole_or_lines(block))
        block = [line] if capitals or _is_title_case(line) else []
        in_capitals = capitals


def _whole_or_lines(block: list[str]) -> list[str]:
    """Return a block as one title, or line by line where it has more in it than a title."""
    whole = " ".join(" ".join(block).split())
    mixed = _NO_TITLE.search(whole) or len(whole.split()) > _LONGEST_TITLE
    return block if mixed else [whole] if whole else []


def _is_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) >= _CAPITALS * len(letters)


def _is_title_case(line: str) -> bool:
    words = [word for word in re.findall(r"[A-Za-z]+", line) if len(word) > 3]
    return (
        0 < len(words) <= 16
        and not line.rstrip().endswith((".", ";", ",", ":"))
        and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
    )


def _kind_in(title: str) -> FilingKind | None:
    """Return the kind that a title names first; of two at one place, the one that says more."""
    if not title or _NO_TITLE.search(title) or len(title.split()) > _LONGEST_TITLE:
        return None
    found = [
        (match.start(), -len(match[0]), kind)
        for kind, words in _TITLE
        if (match := words.search(title))
    ]
    return min(found, default=(0, 0, None))[2]
