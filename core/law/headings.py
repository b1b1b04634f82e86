"""The head of a paper: whose case it is.

Courts set it in two columns, behind bars of `)` or `:`, with the parties' parts in the case
between their names; here it is read without its layout, by these parts and by the "v.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.law.docket_numbers import numbers_in
from core.law.names import as_name, names_of_side

_ROLES = (
    r"Plaintiffs?|Defendants?|Petitioners?|Respondents?|Appellants?|Appellees?|Claimants?"
    r"|Applicants?|Movants?|Debtors?|Intervenors?|Complainants?|Objectors?|Relators?|Employees?"
    r"|Employers?|Garnishees?|(?:First |Second )?Interested Part(?:y|ies)"
    r"|Real Part(?:y|ies) in Interest|Third-Party|Cross|Counter"
)
# With a capital, or in capitals: "the defendant" in a sentence is no part of a caption.
_ROLE_WORD = rf"(?:{_ROLES}|{re.sub(r'(?<![?])[a-z]+', lambda m: m[0].upper(), _ROLES)})"
_ROLE_AND = r"(?:\s*[-–—/,&]+\s*(?:and\s+|AND\s+)?|\s+(?:and|AND)\s+)"
_ROLE = rf"{_ROLE_WORD}(?:{_ROLE_AND}{_ROLE_WORD})*(?:\(s\))?"
_VERSUS = (
    r"(?:v\.|vs\.?|V\.|VS\.|versus|VERSUS|v|[-–—]+\s*(?:against|AGAINST|and|AND)\s*[-–—]+"
    r"|against|AGAINST)(?=\s)"
)
# Marks where something that is no part of a name stood: a docket number, a rule across the page.
_CUT = "¦"
_AFTER_ROLE = re.compile(
    rf"(?<![\w’'])(?P<role>{_ROLE})\b[,.:;]*(?:[\s{_CUT}]+(?:{_VERSUS}|(?:and|AND)(?=\s*\n))"
    # What stands in the column beside may come between.
    rf"|[^\n]{{0,60}}\n(?:[^\n]{{0,60}}\n){{0,4}}?[ \t]*{_VERSUS}(?=[ \t]*\n))"
)
_ON_ITS_OWN = re.compile(rf"^[ \t]*(?P<role>){_VERSUS}[ \t]*$", re.MULTILINE)
_SECOND_END = re.compile(
    rf"[,;.]?\s{{0,8}}(?<![\w’']){_ROLE}(?=[\s,.:;\])]|$)|{_CUT}"
    r"|\n\s{0,8}\n\s{0,8}(?=(?:[A-Z][a-z]+ )?(?:[Aa]ppeal|[Oo]n"
    r"|[Bb]efore|[Aa]ffirmed|[Ff]iled|[Cc]ase"
    r"|[Jj]udge|[Hh]on)\b|[A-Z][a-z]+ [a-z]+ "
    r"|(?:[A-Z]+ )*(?:ORDER|MOTION|COMPLAINT|OPINION|BRIEF|NOTICE|MEMORANDUM)\b)"
)
_ONE_LINE = re.compile(
    r"^(?P<first>[^\n]{2,160}?)\s(?:v\.|vs\.?)\s+(?P<second>[^\n]{2,160})", re.MULTILINE
)
_BEFORE_NAME = re.compile(
    r"^.*?(?:\bre\s?:|\btitle:?|subject:|in the case of|matter:)\s*"
    r"(?:(?:case|docket) (?:no\.?|number)?:? ?[\w:-]+,?)?\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s*(?:[,;(]?\s*(?:\b(?:case|civil|docket|nos?|index|appeal|cause|misc)\b\.?[\s:]"
    r"|\bdistrict case\b|\d{1,2}:?\d\d-|\bcertiorari\b"
    r"|\bon (?:writ|petition|appeal|certiorari)\b|\bappeal from\b"
    r"|\[|\(\d{4}\)|\bfiled\b)|\n\s*\n|¦).*$",
    re.IGNORECASE | re.DOTALL,
)
_MATTER = re.compile(
    r"(?:^|(?<=\s))(?P<how>(?:I[Nn]\s+(?:THE\s+MATTER\s+OF|the\s+[Mm]atter\s+of|[Rr][Ee])):?)\s+"
    r"(?P<matter>[^\n¦]{3,120}(?:\n(?!\s*\n)[^\n¦]{3,80}){0,2})",
)
_MATTER_ENDS = re.compile(
    r",?\s*\b(?:debtors?|chapter|case|no|misc|civil|memorandum|opinion|order|adoptee|deceased)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
# What stands above the first party and is no part of its name.
_ABOVE = re.compile(
    r"\b(?:court|division|order|motion|complaint|memorandum|opinion|injunction|appellate district"
    r"|circuit|tribunal|chamber|confidential|term|between|before|counsel|attorneys?\s+for|telephone|tel|facsimile|fax|e-?mail|hon|honorable|judge|dated?|filed|esq)\b|@"
    r"|\d{3}[-. ]\d{4}|^(?:northern|southern|eastern|western|middle|central)?\s*district\s+of\b"
    r"|^county\s+of\s+[a-z ]+$|^[a-z ]+\s+county(?:,\s+[a-z ]+)?$|¦"
    r"|^[\d\s,;&.-]+$"
    r"|^(?:for\s+)?the\s+(?:northern|southern|eastern|western|middle|central)?\s*district\s+of\b",
    re.IGNORECASE,
)
_COURT_LINE = re.compile(r"\bcourt|district of|circuit|tribunal|division|between|¦", re.IGNORECASE)
_RULE = re.compile(r"(?:[-–—_=*~]\s?){4,}[xX/)]*|^\s*[xX/)]\s*$", re.MULTILINE)
_RIGHT_ONLY = re.compile(r"^[ \t]*[)\]|§][ \t]*[^\n]*$", re.MULTILINE)
_BAR = re.compile(r"^(?P<left>[^\n]*?)\s+[)\]|§:](?:\s[^\n]*)?$")
_BARS = 3  # lines with a bar make it a column
_EMPTY_LABEL = re.compile(
    r"\b(?:civil action|case|docket|civil case|index)\s+no\.?:?(?=\s)|\bhon\.?:"
    r"|\b(?:demand for )?(?:jury trial|trial by jury)(?: is)?(?: hereby)?(?: demanded)?\b",
    re.IGNORECASE,
)
# The column beside the parties, read into their names.
_TITLE_WORD = re.compile(
    r"\b(?:motion|affirmation|affidavit|declaration|complaint|memorandum|notice|answer|index"
    r"|in support|opposition|stipulation|plaintiff|defendant|appell\w+|telephone)\b",
    re.IGNORECASE,
)
_HEAD = 6_000
_LINES_WITHOUT_ROLE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A case's name and its parties, first side first."""

    name: str
    parties: tuple[str, ...]
    # How plainly it is written, 0 to 1.
    plainness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    at: int
    caption: Caption


def caption_in(head: str) -> Caption | None:
    """Read whose case it is from the head of a paper; None where it does not tell.

    Of several the first that is plain: a case that is only cited comes later.
    """
    marked = _marked(head[:_HEAD])
    found = [*_between_sides(marked), *_on_one_line(marked), *_matters(marked)]
    best = min(found, key=lambda each: (each.caption.plainness < 0.6, each.at), default=None)
    return best.caption if best else None


def _marked(head: str) -> str:
    """Drop what stands right of the bars; cut where numbers and rules stood."""
    text = list(head)
    for number in numbers_in(head):
        text[number.span.start : number.span.end] = [_CUT] * (number.span.end - number.span.start)
    marked = re.sub(f"{_CUT}+", _CUT, "".join(text))
    marked = _RIGHT_ONLY.sub("", _RULE.sub(_CUT, marked))
    lines = marked.split("\n")
    bars = [_BAR.match(line) for line in lines]
    if sum(bar is not None for bar in bars) >= _BARS:
        lines = [bar["left"] if bar else line for line, bar in zip(lines, bars, strict=True)]
    return _EMPTY_LABEL.sub("", "\n".join(lines))


def _between_sides(marked: str) -> Iterator[_Placed]:
    for pattern in (_AFTER_ROLE, _ON_ITS_OWN):
        match = pattern.search(marked)
        if match is None:
            continue
        by_role = pattern is _AFTER_ROLE
        first, surely = _above(marked[: match.start("role")], by_role=by_role)
        rest = marked[match.end() :].lstrip(f"{_CUT} \t\n:")
        end = _SECOND_END.search(rest, 2)
        ours = names_of_side(first)
        theirs = names_of_side(_AFTER_NAME.sub("", rest[: end.start() if end else 160]))
        if not ours or not theirs:
            continue
        plainness = (0.9 if by_role else 0.8) if surely and end else 0.6
        if any(_TITLE_WORD.search(name) for name in (*ours, *theirs)):
            plainness = 0.6
        yield _Placed(
            at=match.start(),
            caption=Caption(
                name=f"{_side(ours)} v. {_side(theirs)}",
                parties=(*ours, *theirs),
                # A matter's name may run into its first party's.
                plainness=min(plainness, 0.6)
                if ours[0].casefold().startswith("in re")
                else plainness,
            ),
        )


def _above(before: str, *, by_role: bool) -> tuple[str, bool]:
    """Take the first party's lines, upward until something else stands there."""
    taken: list[str] = []
    for line in reversed(before.rstrip(" \n,").split("\n")):
        bare = re.sub(r"^\d{1,2}\.\s", "", line.strip(" \t-_=*:"))
        if not bare or (bare == _CUT and not taken):
            if taken and not by_role:
                return "\n".join(reversed(taken)), len(taken) == 1
            continue
        above = _ABOVE.search(bare)
        if above and (taken or _CUT in bare):
            after = bare.rsplit(_CUT, 1)[-1].strip() if _CUT in bare else ""
            taken.extend([after] if re.search(r"[A-Za-z]", after) else [])
            return "\n".join(reversed(taken)), bool(_COURT_LINE.search(bare))
        taken.append(bare)
        if not by_role and len(taken) >= _LINES_WITHOUT_ROLE:
            break
    return "\n".join(reversed(taken)), not before.strip() or len(taken) <= 2


def _side(names: tuple[str, ...]) -> str:
    return names[0] + (", et al." if len(names) > 1 else "")


def _on_one_line(marked: str) -> Iterator[_Placed]:
    joined = re.sub(r"(?<=[A-Z])-\n+(?=[A-Z])", "", marked)
    joined = re.sub(r"(?<= v\.)\s*\n\s*", " ", joined)
    # A short title that goes on in the next line: it may be longer than is read here.
    joined = re.sub(r"(?<= v\.)( [^\s,.;:]+) ?\n(?=[A-Z][^\n:,]+\n)", r"\1 ", joined)
    for match in _ONE_LINE.finditer(joined):
        first = _BEFORE_NAME.sub("", match["first"]).strip(" ,:¦")
        second = _AFTER_NAME.sub("", match["second"]).strip(" ,:.")
        ours, theirs = names_of_side(first), names_of_side(second)
        if not (_is_name(first) and _is_name(second) and ours and theirs):
            continue
        told = first != match["first"].strip(" ,:¦") or match["first"].isupper()
        yield _Placed(
            at=match.start(),
            caption=Caption(
                name=f"{_side(ours)} v. {_side(theirs)}",
                parties=(*ours, *theirs),
                plainness=0.85 if told else 0.5,
            ),
        )


def _is_name(words: str) -> bool:
    """Say whether all words but the little ones have a capital, and none is a party's part only."""
    big = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in big)
    return capitals >= max(1, 0.7 * len(big)) and not re.match(rf"{_ROLE}\W*$|See\b", words)


def _matters(marked: str) -> Iterator[_Placed]:
    for match in _MATTER.finditer(marked):
        line_start = marked.rfind("\n", 0, match.start()) + 1 == match.start()
        subject = " ".join(_MATTER_ENDS.sub("", match["matter"]).split()).strip(" ,:.")
        if (
            not _is_name(subject)
            or subject.endswith((" of", " the", " a", " to"))
            or subject.casefold().startswith("state of")
        ):
            continue
        if not line_start and not subject.isupper():
            continue
        name = as_name(re.sub(r",?\s*et\.? al\.?$", "", subject))
        yield _Placed(
            at=match.start(),
            caption=Caption(
                name=f"In re {name}", parties=(name,), plainness=0.8 if line_start else 0.65
            ),
        )
