"""Where one sentence of a legal text ends and the next begins.

Opinions are full of full stops that end nothing ("v.", "U. S.", "No. 5", "Pet. for Cert."): this
knows them, so that a sentence quoted from an opinion is the whole sentence.
"""

from __future__ import annotations

import re

from core.model import Span

# A blank line, or closing punctuation (with its quotes, brackets and footnote mark), white space
# and something a sentence can begin with. Possessive, and begun only at the first mark of a run,
# so that 100,000 dots cost no more than 100,000 steps.
_BREAK = re.compile(
    r"(?P<paragraph>\n[^\S\n]*+\n\s*+)"
    r"|(?<![.?!…])(?P<marks>[.?!…]++)(?P<closing>[\"”’')\]]*+)"
    r"(?P<note>\[(?:Footnote )?\d{1,3}\]|\d{1,3}(?!\w))?"
    r"\s++(?=[\"“‘'(\[*]{0,4}(?P<next>[A-Z0-9§¶À-Þ][\w’']{0,15}))"
)

# A parenthesis is kept whole when it closes this near, in a sentence not yet this long: an
# opening parenthesis that was never closed must not swallow the page.
_PARENTHESIS_REACH = 400
_LONGEST_HELD_SENTENCE = 1_200

# Never the end of a sentence, whatever follows.
_NEVER_WORDS = """
    v vs mr mrs ms messrs dr hon prof gen sen reps gov lt col sgt capt maj pres cf e.g i.e viz
    eg ie nos pp ¶ §
"""
# The end of a sentence only before a word that plainly begins one.
_RARELY_WORDS = """
    no inc co corp ltd llc bros cos cie etc jr sr al seq esq assn assoc ass'n nat'l int'l gov't
    dep't dept comm'n commr comm'r bd sch univ hosp ins mfg mut natl intl sys tech tel tr transp
    ry rys r.r pac atl elec indus prod prods props res servs serv sec secs sav fin fed fedn fed'n
    fdn found gen grp hous labs mach mgmt mkt mktg mem merch metro mun org pers pharm pub publ'g
    ref reg'l sol std sur twp unif util vill cnty cty ctr cmty coll constr coop const acad adm'r
    adver am auth auto bankr broad cap cas chem civ com comp compl condo consol corr def del
    dev dir dist distrib div econ educ emp emps eng'g enter env't equal equip exam'r exch exec
    exp fid fla cal tex mass mich minn miss mo mont neb nev okla ore pa tenn va vt wash wis wyo
    ala alaska ariz ark colo conn ga ill ind kan ky la md me cir ct cts app supp misc rep rev
    stat stats ann cong sess reg regs rec doc op cert pet br tr memo mem mot aff'd rev'd amend
    amends art arts ch cl cls ex exh exs fig ff fn n nn p par para paras pt pts r rptr s sc sect
    sup super stmt subd subsec tit u vol vols dig ed eds trans jan feb mar apr jun jul aug sept
    sep oct nov dec mon tue wed thu fri cent crim proc evid evt juv prob dom rel surr chanc eq
    adm admin agric att'y attys atty gaz jud jur l.ed law mil nat org pol pract q rul st ste
    sub tax treas u.s.c w.d wm chas geo jas thos jos benj edw robt cf.e.g accord h.r s.rep
"""
_BEGINNINGS = """
    A Accordingly Additionally After All Also Although An And Any Appellant Appellants Appellee
    As At Based Because Before Both But By Congress Consequently Courts Defendant Defendants Did
    Does During Each Even Finally For Further Furthermore Had Having He Her Here His How However
    I Ibid Id If In Indeed Instead Is It Its Likewise Many Moreover Most Neither Nevertheless Nor
    Not Nothing Nonetheless Now Of On Once One Only Or Other Our Petitioner Petitioners Plaintiff
    Plaintiffs Rather Respondent Respondents See She Should Similarly Since So Some Still Such
    That The Their Then There Therefore These They This Those Though Thus To Today Under
    Unless Unlike Until Upon Was We Were What When Whether Where While Who Why With Without Yet
    You Your
"""
_NEVER = frozenset(_NEVER_WORDS.split())
_RARELY = frozenset(_RARELY_WORDS.split())
_BEGINS = frozenset(_BEGINNINGS.split())
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
# `125 Merr. 2d 671`: the series of a reporter, known or not.
_SERIES = re.compile(r"[2-9](?:d|nd|rd|th)")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[IVXLivxl]{1,6})")


def sentences(text: str) -> tuple[Span, ...]:
    """Split a text into its sentences.

    Spans are in order, never overlap and never begin or end with white space; every character
    that is no white space is in exactly one. A blank line always ends a sentence.
    """
    found: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match["paragraph"] is None and not _ends(text, start, match):
            continue
        _append(found, text, start, match.start() if match["paragraph"] else match.end())
        start = match.end()
    _append(found, text, start, len(text))
    return tuple(found)


def is_abbreviation(word: str) -> bool:
    """Say whether a word, without its last full stop, is one that is commonly cut short."""
    return word.lower() in _NEVER | _RARELY or _INITIALS.fullmatch(word) is not None


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        found.append(Span(start, end))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Say whether the punctuation of `match` ends the sentence that began at `start`."""
    at = match.start("marks")
    following = match["next"]
    if match["note"] and not _is_note_mark(text, at, following):
        return False
    if "." in match["marks"] or "…" in match["marks"]:
        if _is_ellipsis(text, at, match["marks"]):
            return False
        if match["marks"] == "." and not _full_stop(text, start, at, following):
            return False
    return not _in_parenthesis(text, start, match)


def _full_stop(text: str, start: int, at: int, following: str) -> bool:
    words = text[max(start, at - 24) : at].split()
    if not words:
        return False
    word = words[-1].lstrip("([{\"“‘'*—")
    if len(words) == 1 and _ENUMERATOR.fullmatch(words[0]) and not text[start:at].strip(words[0]):
        return False
    key = word.lower()
    if key in _NEVER or _SERIES.fullmatch(following):
        return False
    if key in _RARELY or _INITIALS.fullmatch(word):
        return following in _BEGINS
    return True


def _is_note_mark(text: str, at: int, following: str) -> bool:
    """Tell `violation.3 The` from `No.3 The` and `1.5 The`."""
    before = text[max(0, at - 12) : at].split()
    word = before[-1].lower() if before else ""
    if text[at + 1 : at + 2] == "[":
        return True
    return word[-1:].isalpha() and word not in _NEVER | _RARELY and following[0].isalpha()


def _is_ellipsis(text: str, at: int, marks: str) -> bool:
    """Three dots, or the one character, leave something out; a fourth dot ends the sentence."""
    if marks in {"...", "…"}:
        return True
    spaced = text[max(0, at - 8) : at].replace("\n", " ")
    return spaced.endswith(". . ") and not spaced.endswith((". . . ", ".. . "))


def _in_parenthesis(text: str, start: int, match: re.Match[str]) -> bool:
    end = match.end("closing")
    if end - start > _LONGEST_HELD_SENTENCE or text.find("(", start, end) < 0:
        return False
    if text.count("(", start, end) <= text.count(")", start, end):
        return False
    close = text.find(")", end, end + _PARENTHESIS_REACH)
    return close >= 0 and text.find("\n\n", end, close) < 0
