"""The statement on the use of artificial intelligence, as standing orders of courts ask for it.

Which tools, which portions, what was checked by machine, what a named person has confirmed: it
says no more than the record bears out, and what is still missing before anybody can certify it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.model import (
    Answer,
    Claim,
    Confirmation,
    Matter,
    ModelCall,
    Source,
    Support,
    Trace,
)
from core.paper.paper import Block, Heading, Manner, Paper, Table, paragraph
from core.work.recording import program
from core.work.wording import (
    by_model,
    calls_of,
    counted,
    day,
    invented_words,
    left_out,
    listed,
    moment,
    readers,
    reworded,
    short_check,
    shown,
)

TITLE = "Disclosure of the use of artificial intelligence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """A sentence of the text that the statement is about."""

    claim: Claim
    # Who wrote or edited it; None: it stands as it was generated or selected.
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a statement is made of."""

    # What it is about: 'an answer given on …', 'the draft “…”, version 3'.
    about: str
    called: str
    answer: Answer
    asked_by: str
    asked_at: datetime
    portions: tuple[Portion, ...]
    confirmations: tuple[Confirmation, ...]
    # The version that a review must be of; 0 where there are none.
    version: int = 0
    firm: str = ""
    matter: Matter | None = None
    # What of the record is not as the audit trail has it.
    faults: tuple[str, ...] = ()

    @property
    def cited(self) -> tuple[Source, ...]:
        """The sources that the text cites."""
        used = {n for portion in self.portions for n in portion.claim.sources}
        return tuple(source for source in self.answer.sources if source.n in used)

    @property
    def unread(self) -> tuple[int, ...]:
        return tuple(s.n for s in self.cited if not readers(self.confirmations, s.n))

    @property
    def reviewed(self) -> str:
        mine = [each for each in self.confirmations if each.version == self.version]
        return readers(mine, 0)


def answer_statement(trace: Trace, *, firm: str, matter: Matter | None = None) -> Paper:
    """Write the statement on one answer, as its record has it."""
    head = trace.head
    return statement(
        Stated(
            about=f"the text set out in part 2, an answer given on {day(head.asked_at)}",
            called=f"ai-use-statement-{head.asked_at:%Y-%m-%d}-{str(head.trace_id)[:8]}",
            answer=trace.answer,
            asked_by=head.asked_by,
            asked_at=head.asked_at,
            portions=tuple(Portion(claim=claim) for claim in shown(trace.answer)),
            confirmations=trace.confirmations,
            firm=firm,
            matter=matter,
            faults=trace.faults,
        )
    )


def statement(stated: Stated) -> Paper:
    """Write a statement."""
    matter = stated.matter
    return Paper(
        title=TITLE,
        called=stated.called,
        head=(
            stated.firm,
            f"Matter {matter.number}, {matter.name}" if matter else "",
            invented_words(stated.cited),
        ),
        author=stated.asked_by,
        blocks=(
            paragraph(f"This statement is about {stated.about}."),
            *_tools(stated),
            *_portions(stated),
            *_checks(stated),
            *_persons(stated),
            *_confidential(stated),
            *_certification(stated),
        ),
    )


def _tools(stated: Stated) -> Iterator[Block]:
    answer, calls = stated.answer, calls_of(stated.answer)
    yield Heading(words="1. Tools used")
    yield paragraph(
        f"Onpoint (release {program()}), a program for legal research. On "
        f"{moment(stated.asked_at)}, at the request of {stated.asked_by}, it searched a library "
        "of published court opinions for passages that answer a question."
    )
    if not stated.portions:
        yield paragraph("It gave no answer, and prepared no text.")
        return
    if not by_model(answer):
        yield paragraph(
            "No generative artificial intelligence wrote any part of the text below. The portions "
            "marked “selected” are sentences copied word for word from the opinions cited, which "
            "software selected and put in order."
        )
        if calls:
            yield paragraph(
                f"A generative language model ({_models(calls)}) was asked first; nothing that it "
                "wrote is in the text."
            )
        return
    yield paragraph(
        f"A generative language model, {answer.footer.answer_model}, wrote the portions marked "
        "“generated” below, from those passages and from nothing else."
    )
    if reworded(answer):
        yield paragraph(
            f"A generative language model then worded them in the style of the firm "
            f"({_models(calls)} in all). Software compared each sentence before and after: no "
            "citation, quotation, number, date or name was changed (content lock: "
            f"{answer.footer.lock})."
        )


def _models(calls: Sequence[ModelCall]) -> str:
    return listed(dict.fromkeys(call.model for call in calls))


def _portions(stated: Stated) -> Iterator[Block]:
    yield Heading(words="2. Portions so prepared")
    made = "Generated" if by_model(stated.answer) else "Selected, word for word"
    if not stated.portions:
        yield paragraph("None: no answer was given.")
        return
    yield Table(
        head=("", "Sentence", "Prepared", "Sources", "Check by machine"),
        rows=tuple(
            (
                str(n),
                portion.claim.text,
                f"Written or edited by {portion.by}" if portion.by else made,
                listed(portion.claim.sources) if portion.claim.sources else "–",
                short_check(portion.claim),
            )
            for n, portion in enumerate(stated.portions, start=1)
        ),
        widths=(0.06, 0.44, 0.18, 0.1, 0.22),
    )
    yield paragraph(
        "Every citation to a source was written by software from the library’s own record of the "
        "case: its name, reporter, page, court and year. None was written by a language model."
    )


def _checks(stated: Stated) -> Iterator[Block]:
    yield Heading(words="3. What was checked by machine")
    claims = [portion.claim for portion in stated.portions]
    verified = sum(claim.support is Support.VERIFIED for claim in claims)
    supported = sum(claim.support is Support.SUPPORTED for claim in claims)
    failed = sum(claim.support is Support.UNSUPPORTED and bool(claim.sources) for claim in claims)
    uncited = sum(not claim.sources for claim in claims)
    rejected = len(left_out(stated.answer))
    said = (
        (verified, "found word for word in the source cited, by itself or by the quotation in it"),
        (supported, "compared with the source cited in its words, names, numbers and citations"),
        (failed, "NOT BORNE OUT by the source cited: see the table above"),
        (uncited, "without a source, and therefore not checked"),
    )
    for n, words in said:
        if n:
            yield paragraph(f"{counted(n, 'sentence')}: {words}.", manner=Manner.ITEM)
    if rejected:
        yield paragraph(
            f"{counted(rejected, 'sentence')} that the language model wrote: not borne out by the "
            "sources, and left out.",
            manner=Manner.ITEM,
        )
    yield paragraph(
        "These checks compare words with words. They do not show that an authority is still good "
        "law, nor that it is cited in the sense of its whole opinion: that is for a person to read."
    )


def _persons(stated: Stated) -> Iterator[Block]:
    yield Heading(words="4. What persons have confirmed")
    for source in stated.cited:
        who = readers(stated.confirmations, source.n)
        said = f"read by {who}" if who else "nobody has confirmed having read it"
        yield paragraph(f"[{source.n}] {source.citation}: {said}.", manner=Manner.ITEM)
    reviewed = stated.reviewed
    said = f"Reviewed by {reviewed}" if reviewed else "Nobody has recorded a review of this text"
    yield paragraph(f"{said}.", manner=Manner.ITEM)
    earlier = [each for each in stated.confirmations if each.n == 0 and each.version]
    for each in earlier:
        if each.version != stated.version:
            yield paragraph(
                f"Version {each.version}, which was another text, was reviewed by {each.by} on "
                f"{day(each.at)}.",
                manner=Manner.ITEM,
            )


def _confidential(stated: Stated) -> Iterator[Block]:
    yield Heading(words="5. Confidential information")
    # A call that was refused here read no token: nothing was sent.
    outside = [call for call in calls_of(stated.answer) if not call.inside and call.tokens]
    if outside:
        yield paragraph(
            f"The question and the passages of published opinions were sent to {_models(outside)}, "
            "outside the firm. No filing and no document of a client was sent."
        )
    else:
        yield paragraph("Nothing was sent outside the firm.")


def _certification(stated: Stated) -> Iterator[Block]:
    yield Heading(words="6. Certification")
    missing = _missing(stated)
    if missing:
        yield paragraph("This text cannot be certified yet:")
        for each in missing:
            yield paragraph(each, manner=Manner.ITEM)
        return
    yield paragraph(
        "I certify that the portions identified in part 2 were prepared with the tools named in "
        "part 1; that the persons named in part 4 have read every source that the text cites, and "
        "checked each citation, quotation and paraphrase against it for accuracy; and that I have "
        "reviewed the whole and take responsibility for it as if I had written it."
    )
    for line in ("Date", "Name and bar number", "Signature"):
        yield paragraph(f"{line}: ______________________________")


def _missing(stated: Stated) -> list[str]:
    """Say what has to be done before somebody can sign; nothing where all is."""
    failed = [
        n
        for n, portion in enumerate(stated.portions, start=1)
        if portion.claim.support is Support.UNSUPPORTED and portion.claim.sources
    ]
    said = (
        (
            bool(stated.faults),
            f"The record is not as the audit trail has it: {listed(stated.faults or (0,))}.",
        ),
        (not stated.portions, "There is no text to certify."),
        (
            bool(stated.unread),
            f"Nobody has confirmed having read source {listed(stated.unread or (0,))}.",
        ),
        (
            bool(failed),
            f"Sentence {listed(failed or (0,))} is not borne out by the source it cites.",
        ),
        (not stated.reviewed, "Nobody has recorded a review of this text."),
    )
    return [words for missing, words in said if missing]
