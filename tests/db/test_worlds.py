"""Non-interference: nobody is shown another byte because a matter hidden from them exists.

A world is a firm with a person who looks, what that person may see, and a matter that they may not.
Everything the facade does is done as that person before the hidden matter is there, while it is,
and in some worlds when it is gone again. Every byte must be the same each time.

    pytest -m slow -n 2 tests/db/test_worlds.py      2,000 worlds; or as many as ONPOINT_WORLDS says
"""

from __future__ import annotations

import hashlib
import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.access.permits import matrix
from core.access.probe import shown
from core.app import Onpoint
from core.model import (
    Answer,
    AnswerId,
    BenchId,
    CaseId,
    DraftId,
    Field,
    FilingId,
    FilingPlace,
    LegalDate,
    MatterId,
    MatterState,
    Mode,
    NoteId,
    OpinionDetails,
    OpinionId,
    PaperForm,
    PaperKind,
    Role,
    Span,
    Standing,
    TraceId,
)
from core.model.ids import CardId
from tests.db.office import Office, keep_card, me, open_office
from tests.db.test_search import WORDS, add, record

QUICK = 50
LONG = int(os.environ.get("ONPOINT_WORLDS", "2000"))
PART = 100
PLACE = "Nken v. Holder, 556 U.S. 418, 434 (2009)"
# Here stands one case only, the first.
ALONE = "1 F.3d 7"


@dataclass(kw_only=True)
class World:
    """Who looks, who else there is, and ids of what is hidden (of nothing, where it is not)."""

    office: Office
    rng: random.Random
    looker: Onpoint
    other: Onpoint
    queries: tuple[str, ...]
    texts: tuple[str, ...]
    matter_id: MatterId
    filing_id: FilingId
    note_id: NoteId
    answer_id: AnswerId
    trace_id: TraceId
    draft_id: DraftId
    card_id: CardId
    mode: Mode
    offset: int
    # To be kept with the hidden matter.
    answer: Answer
    # Walls are tried in some worlds: it takes its time.
    probing: bool
    # The looker's own matters, made before.
    own: tuple[MatterId, ...] = ()
    # Some filings in them.
    papers: tuple[FilingId, ...] = ()


SLIP = OpinionDetails(
    court="scotus", case_name="Slip v. Ice", date_filed=LegalDate(year=2020), docket_number="19-1"
)
Look = Callable[[Onpoint, World], object]


def _beginning(app: Onpoint, filing_id: FilingId) -> FilingPlace:
    """The first words of a filing, as an answer that quotes them names their place."""
    held = app.filings.get(filing_id)
    whole = (held.text or "") if held else ""
    known = hashlib.sha256(whole.encode()).digest() + whole[:9].encode()
    return FilingPlace(
        filing_id=filing_id, span=Span(0, 9), sha256=hashlib.sha256(known).hexdigest()
    )


# What is asked without being changed: compared byte for byte, ids and times too.
LOOKS: dict[str, Look] = {
    "style.voices": lambda a, w: a.style.voices(),
    "style.datasets": lambda a, w: a.style.datasets(),
    "style.adapters": lambda a, w: a.style.adapters(),
    "style.evaluation": lambda a, w: [
        a.style.evaluation(each.adapter_id) for each in a.style.adapters()
    ],
    "style.ledger": lambda a, w: [a.style.ledger(each.adapter_id) for each in a.style.adapters()],
    "style.ballots": lambda a, w: [
        a.style.ballots(),
        *(a.style.ballots(each.adapter_id) for each in a.style.adapters()),
    ],
    "style.preference": lambda a, w: [
        a.style.preference(each.adapter_id) for each in a.style.adapters()
    ],
    "readiness": lambda a, w: a.readiness(),
    "coverage": lambda a, w: a.coverage(),
    "courts": lambda a, w: a.courts(),
    "court_names": lambda a, w: a.court_names(),
    "case": lambda a, w: a.case(CaseId(1)),
    "find_case": lambda a, w: a.find_case("case-1"),
    "opinions": lambda a, w: a.opinions(CaseId(1)),
    "cited_by": lambda a, w: a.cited_by(CaseId(1)),
    "cited_cases": lambda a, w: a.cited_cases(CaseId(1)),
    "in_our_filings": lambda a, w: a.in_our_filings(CaseId(1)),
    "quotations": lambda a, w: a.quotations(
        [_beginning(a, each) for each in (w.filing_id, *w.papers)]
    ),
    "cite_names": lambda a, w: a.cite_names([a.case(CaseId(1))]),  # type: ignore[list-item]
    "cite_writing": lambda a, w: a.cite_writing(CaseId(1), 1, "1", "2"),
    "pincites": lambda a, w: a.pincites([(OpinionId(1), Span(0, 5))]),
    "cite_passages": lambda a, w: a.cite_passages(
        [(hit.case, passage) for hit in a.search(w.queries[0]).hits for passage in hit.passages]
    ),
    "excerpts": lambda a, w: a.excerpts([(w.texts[0], w.queries[0])]),
    "read": lambda a, w: a.read(CaseId(1)),
    "budget": lambda a, w: a.budget(),
    "voices": lambda a, w: a.voices(),
    "matters_for_models": lambda a, w: [
        a.matters_for_models(outside=outside) for outside in (False, True)
    ],
    "search_filings": lambda a, w: [
        a.search_filings(w.queries[0], matter=matter_id) for matter_id in w.own
    ],
    "search_habits": lambda a, w: a.search_habits(),
    "search": lambda a, w: [
        *(a.search(query) for query in w.queries),
        a.search(w.queries[0], mode=w.mode, offset=w.offset),
        *(a.search(w.queries[0], matter=matter_id) for matter_id in w.own),
    ],
    "cite": lambda a, w: a.cite(w.texts[0]),
    "ask": lambda a, w: a.ask(w.queries[0]),
    "accounts.mode": lambda a, w: a.accounts.mode(),
    "accounts.has_password": lambda a, w: a.accounts.has_password(),
    "accounts.my_sessions": lambda a, w: a.accounts.my_sessions(),
    "accounts.session": lambda a, w: a.accounts.session("no such token"),
    "accounts.present": lambda a, w: a.accounts.present("no such token"),
    "accounts.invited": lambda a, w: a.accounts.invited("no such token"),
    "tokens.mine": lambda a, w: a.tokens.mine(),
    "tokens.of": lambda a, w: a.tokens.of(me(w.other)),
    "tokens.bearer": lambda a, w: a.tokens.bearer("onp_no such token"),
    "people.all": lambda a, w: a.people.all(),
    "people.colleagues": lambda a, w: a.people.colleagues(),
    "people.sessions": lambda a, w: a.people.sessions(me(w.other)),
    "firm.table": lambda a, w: a.firm.table(),
    "firm.appearance": lambda a, w: a.firm.appearance(),
    "matters.all": lambda a, w: a.matters.all(),
    "matters.mine": lambda a, w: a.matters.mine(),
    "matters.get": lambda a, w: [a.matters.get(each) for each in (w.matter_id, *w.own)],
    "matters.team": lambda a, w: [a.matters.team(each) for each in (w.matter_id, *w.own)],
    "walls.on": lambda a, w: [a.walls.on(each) for each in (w.matter_id, *w.own)],
    "filings.all": lambda a, w: [a.filings.all(each) for each in (w.matter_id, *w.own)],
    "filings.get": lambda a, w: [
        a.filings.get(w.filing_id),
        *(a.filings.get(each.filing_id) for own in w.own for each in a.filings.all(own)),
    ],
    "filings.citations": lambda a, w: [
        a.filings.citations(w.filing_id),
        *(a.filings.citations(each.filing_id) for own in w.own for each in a.filings.all(own)),
    ],
    "filings.uploads": lambda a, w: [
        a.filings.uploads(each) for each in (None, w.matter_id, *w.own)
    ],
    "filings.tally": lambda a, w: [a.filings.tally(each) for each in (None, w.matter_id, *w.own)],
    "filings.texts": lambda a, w: [a.filings.texts(each) for each in (None, w.matter_id, *w.own)],
    "filings.upload_of": lambda a, w: a.filings.upload_of(w.filing_id),
    "filings.description": lambda a, w: [
        a.filings.description(each) for each in (w.filing_id, *w.papers)
    ],
    "filings.findings": lambda a, w: [
        a.filings.findings(each) for each in (w.filing_id, *w.papers)
    ],
    "filings.pages": lambda a, w: [a.filings.pages(each) for each in (w.filing_id, *w.papers)],
    "filings.boxes": lambda a, w: [
        a.filings.boxes(each, Span(0, 9)) for each in (w.filing_id, *w.papers)
    ],
    "filings.versions": lambda a, w: [
        a.filings.versions(each) for each in (w.filing_id, *w.papers)
    ],
    "filings.outdated": lambda a, w: [
        a.filings.outdated(each) for each in (None, w.matter_id, *w.own)
    ],
    "filings.alike": lambda a, w: [a.filings.alike(each) for each in (w.filing_id, *w.papers)],
    "notes.all": lambda a, w: [a.notes.all(each) for each in (w.matter_id, *w.own)],
    "answers.all": lambda a, w: [a.answers.all(each) for each in (w.matter_id, *w.own)],
    "answers.get": lambda a, w: a.answers.get(w.answer_id),
    "with_citations": lambda a, w: a.with_citations(w.answer.text, w.answer.sources),
    "traces.all": lambda a, w: [a.traces.all(each) for each in (w.matter_id, *w.own)],
    "traces.get": lambda a, w: a.traces.get(w.trace_id),
    "bench.runs": lambda a, w: a.bench.runs(),
    "bench.get": lambda a, w: a.bench.get(BenchId(w.trace_id)),
    "bench.remove": lambda a, w: a.bench.remove(BenchId(w.trace_id)),
    "bench.advise": lambda a, w: a.bench.advise(w.queries[0]),
    "drafts.all": lambda a, w: [a.drafts.all(each) for each in (None, w.matter_id, *w.own)],
    "drafts.get": lambda a, w: a.drafts.get(w.draft_id),
    "drafts.versions": lambda a, w: a.drafts.versions(w.draft_id),
    "cards.authors": lambda a, w: a.cards.authors(),
    "cards.sources": lambda a, w: a.cards.sources(),
    "cards.all": lambda a, w: a.cards.all(),
    "cards.get": lambda a, w: a.cards.get(w.card_id),
    "cards.told": lambda a, w: a.cards.told(w.card_id, w.queries[0]),
}

# What is tried on the hidden matter: it must be refused, in the words in which one is refused that
# never was. After these, what is done to a new matter of the looker's own.
TRIES: dict[str, Look] = {
    "search": lambda a, w: a.search(w.queries[0], matter=w.matter_id),
    "search_filings": lambda a, w: [
        shown(lambda outside=outside: a.search_filings("x", matter=w.matter_id, outside=outside))
        for outside in (False, True)
    ],
    "matters.change": lambda a, w: a.matters.change(w.matter_id, name="x"),
    "matters.remove": lambda a, w: a.matters.remove(w.matter_id),
    "matters.add": lambda a, w: a.matters.add(w.matter_id, me(w.looker)),
    "matters.leave": lambda a, w: a.matters.leave(w.matter_id, me(w.other)),
    "walls.raise_wall": lambda a, w: a.walls.raise_wall(w.matter_id, me(w.other), "x"),
    "walls.lower": lambda a, w: a.walls.lower(w.matter_id, me(w.looker)),
    "filings.file": lambda a, w: a.filings.file(w.filing_id),
    "filings.add_text": lambda a, w: a.filings.add_text(w.matter_id, "x", w.texts[0]),
    "filings.upload": lambda a, w: a.filings.upload(w.matter_id, "x", [w.texts[0].encode()]),
    "filings.give_password": lambda a, w: a.filings.give_password(w.filing_id, "x"),
    "filings.retry": lambda a, w: a.filings.retry(w.filing_id),
    "filings.cancel": lambda a, w: a.filings.cancel(w.filing_id),
    "filings.cancel_all": lambda a, w: a.filings.cancel_all(w.filing_id),
    "filings.release": lambda a, w: a.filings.release(w.filing_id),
    "filings.remove": lambda a, w: a.filings.remove(w.filing_id),
    "filings.describe": lambda a, w: a.filings.describe(w.filing_id, Field.JUDGE, "x"),
    "filings.page_image": lambda a, w: a.filings.page_image(w.filing_id, 1, 9),
    "publish_opinion": lambda a, w: a.publish_opinion(w.filing_id, SLIP),
    "filings.replace": lambda a, w: a.filings.replace(w.filing_id, FilingId(uuid4())),
    "filings.reread": lambda a, w: a.filings.reread(w.filing_id),
    "filings.reinstate": lambda a, w: a.filings.reinstate(w.filing_id),
    "notes.write": lambda a, w: a.notes.write(w.matter_id, "x"),
    "notes.change": lambda a, w: a.notes.change(w.note_id, "x"),
    "notes.remove": lambda a, w: a.notes.remove(w.note_id),
    "answers.keep": lambda a, w: a.answers.keep(w.matter_id, w.answer),
    "answers.remove": lambda a, w: a.answers.remove(w.answer_id),
    "ask": lambda a, w: a.ask(w.queries[0], matter=w.matter_id),
    "traces.confirm": lambda a, w: a.traces.confirm(w.trace_id),
    "traces.withdraw": lambda a, w: a.traces.withdraw(w.trace_id),
    "traces.put": lambda a, w: a.traces.put(w.trace_id, w.matter_id),
    "traces.export": lambda a, w: a.traces.export(w.trace_id, PaperKind.LOG, PaperForm.MARKDOWN),
    "drafts.begin": lambda a, w: a.drafts.begin(w.matter_id, w.answer),
    "drafts.save": lambda a, w: a.drafts.save(w.draft_id, "x", based_on=1),
    "drafts.rename": lambda a, w: a.drafts.rename(w.draft_id, "x"),
    "drafts.remove": lambda a, w: a.drafts.remove(w.draft_id),
    "drafts.confirm": lambda a, w: a.drafts.confirm(w.draft_id),
    "drafts.withdraw": lambda a, w: a.drafts.withdraw(w.draft_id),
    "drafts.export": lambda a, w: a.drafts.export(w.draft_id, PaperForm.MARKDOWN),
    "drafts.statement": lambda a, w: a.drafts.statement(w.draft_id, PaperForm.MARKDOWN),
    "cards.make": lambda a, w: a.cards.make("x", filings=[w.filing_id]),
    "cards.recount": lambda a, w: a.cards.recount(w.card_id),
    "cards.edit": lambda a, w: a.cards.edit(w.card_id, None, text="x"),
    "cards.remove": lambda a, w: a.cards.remove(w.card_id),
    "style.make_dataset": lambda a, w: a.style.make_dataset("Ours", matters=[w.matter_id]),
    "matters.open": lambda a, w: rehearse(a, w),  # noqa: PLW0108  it stands below
    "walls.probe": lambda a, w: a.walls.probe(me(w.other)).holds,
}

# What was done is read last, and again before anything else once the hidden matter is there.
TRAIL: dict[str, Look] = {
    "trail.entries": lambda a, w: a.trail.entries(k=1000),
    "trail.mine": lambda a, w: a.trail.mine(k=1000),
    "trail.verify": lambda a, w: a.trail.verify(),
    "trail.export": lambda a, w: None,  # of the same rows; it enters itself into the trail
}

_NO_MATTER = "it concerns people or settings, and reads no table with a matter"
_PUBLIC = "it writes the public shelf, and reads no table with a matter"
EXEMPT: dict[str, str] = {
    **dict.fromkeys(
        "import_jsonl import_folder import_cap import_courtlistener_bulk import_courtlistener_api "
        "import_demo read_opinion".split(),
        _PUBLIC,
    ),
    "evaluate_retrieval": "it measures the public shelf",
    "evaluate_answers": "it measures the public shelf",
    **dict.fromkeys(
        "bench.run bench.closed_book bench.race".split(), "it measures the public shelf"
    ),
    **dict.fromkeys(
        "style.export style.train style.bring style.serve style.take_served style.finish "
        "style.cancel style.evaluate style.promote style.roll_back style.retire style.remove "
        "style.vote".split(),
        "it takes the id of a voice's part, which the looks above go through",
    ),
    "prefer_voice": _NO_MATTER,
    **dict.fromkeys(
        "accounts.sign_in accounts.vouch accounts.sign_out accounts.set_up accounts.accept "
        "accounts.set_up_link accounts.change_password accounts.end_session tokens.make "
        "tokens.revoke people.invite people.set_roles people.reset people.disable people.enable "
        "people.end_sessions firm.set firm.unset firm.undo firm.test".split(),
        _NO_MATTER,
    ),
}


def test_every_function_of_the_facade_is_compared_or_said_why_not() -> None:
    compared = {*LOOKS, *TRIES, *TRAIL}
    assert sorted(set(matrix()) - compared - set(EXEMPT)) == []
    assert sorted((compared | set(EXEMPT)) - set(matrix())) == []
    assert sorted(compared & set(EXEMPT)) == []


def test_b11_r3_a_hidden_matter_changes_no_byte_in_any_of_fifty_worlds(office: Office) -> None:
    for seed in range(QUICK):
        compare(office, seed)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(QUICK, QUICK + LONG, PART))
def test_b11_r3_a_hidden_matter_changes_no_byte_in_any_of_many_worlds(
    office: Office, first: int
) -> None:
    for seed in range(first, first + PART):
        compare(office, seed)


def test_the_comparison_sees_a_matter_that_is_not_hidden(office: Office) -> None:
    differing = 0
    for seed in range(4):
        world = make(office, seed)
        before = look(world)
        hide(world)
        office.run("DELETE FROM walls")
        office.run(
            "INSERT INTO team_members (matter_id, person_id, added_by)"
            " SELECT matter_id, %s, %s FROM matters ON CONFLICT DO NOTHING",
            me(world.looker),
            me(world.other),
        )
        differing += before != look(world)
    assert differing >= 2  # of the lookers some have no role, and see nothing at all


# --- one world ---


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        rng = random.Random(1)  # noqa: S311  worlds, no secrets
        records = [
            record(
                f"case-{n}",
                text(rng),
                name=f"Party{n} v. Holder",
                citations=("556 U.S. 418", *([ALONE] if n == 0 else [])),
            )
            for n in range(8)
        ]
        add(opened.app._db, opened.app._house.encoder(), *records)
        opened.hire("looker", "lawyer")
        opened.hire("other", "lawyer")
        yield opened


def compare(office: Office, seed: int) -> None:
    world = make(office, seed)
    without = [look(world), trail(world)]
    hide(world)
    hidden = [trail(world), look(world), trail(world)]
    same(seed, without[0], hidden[1])
    same(seed, without[1], hidden[0])
    if seed % 4 == 0:  # a third round: as dear as each of the others, and it differs least
        office.run("DELETE FROM matters WHERE matter_id = %s", world.matter_id)
        gone = [trail(world), look(world)]
        same(seed, hidden[2], gone[0])
        same(seed, without[0], gone[1])


def same(seed: int, before: dict[str, str], after: dict[str, str]) -> None:
    for name, told in before.items():
        assert told == after[name], f"world {seed}: {name} differs"


def make(office: Office, seed: int) -> World:
    """Clear the firm, and set up who looks and what they have."""
    rng = random.Random(seed)  # noqa: S311  worlds, no secrets
    clear(office)
    looker, other = (person(office, login) for login in ("looker", "other"))
    roles = rng.choice([["lawyer"], ["paralegal"], ["admin"], ["lawyer", "admin"], [*Role], []])
    world = World(
        office=office,
        rng=rng,
        looker=looker,
        other=other,
        queries=queries(rng),
        mode=rng.choice([Mode.LEXICAL, Mode.SEMANTIC]),
        offset=rng.choice([0, 1]),
        texts=tuple(text(rng) for _ in range(4)),
        matter_id=MatterId(uuid4()),
        filing_id=FilingId(uuid4()),
        note_id=NoteId(uuid4()),
        answer_id=AnswerId(uuid4()),
        trace_id=TraceId(uuid4()),
        draft_id=DraftId(uuid4()),
        card_id=CardId(uuid4()),
        answer=office.app.ask(" ".join(rng.sample(WORDS, 3))),
        probing=rng.random() < 0.05,
    )
    made = []
    for n in range(rng.randint(0, 2)):
        matter_id = other.matters.open(f"10-{n}", " ".join(rng.sample(WORDS, 2))).matter_id
        other.matters.add(matter_id, me(looker))
        for each in rng.sample(world.texts, rng.randint(0, 3)):
            added = other.filings.add_text(matter_id, rng.choice(WORDS), each)
            world.papers = (added.filing_id,)
        made.append(matter_id)
    office.run("UPDATE people SET roles = %s WHERE login = 'looker'", roles)
    world.own = tuple(made)
    return world


def hide(world: World) -> None:
    """Make a matter that the looker may not see, much like what they may."""
    rng, other = world.rng, world.other
    number = rng.choice(["10-0", "10-1", "99"])
    matter_id = other.matters.open(number, rng.choice(["Quarry", "stay removal"])).matter_id
    held = [*rng.sample(world.texts, rng.randint(1, 3)), text(rng), " ".join(world.queries)]
    for each in held:
        added = other.filings.add_text(matter_id, rng.choice(WORDS), each)
    world.matter_id, world.filing_id = matter_id, added.filing_id
    for each in held[:2]:  # B13: the same bytes as somebody else's, and work in the queue
        added_file = other.filings.upload(matter_id, "Brief.txt", [each.encode()])
    if rng.random() < 0.5:
        world.filing_id = added_file.filing_id
    draft = other.filings.add_text(matter_id, "Draft", f"Draft. {held[-1]}").filing_id
    other.filings.replace(draft, added.filing_id)
    world.note_id = other.notes.write(matter_id, held[0])
    world.answer_id = other.answers.keep(matter_id, world.answer)
    asked = other.ask(f"{held[0][:80]} {world.queries[0]}", matter=matter_id)
    world.trace_id = TraceId(UUID(asked.trace_id))
    other.traces.confirm(world.trace_id)
    # Not every question has an answer: then the draft is made of one that was given before.
    began = asked if asked.standing is not Standing.ABSTAINED else world.answer
    if began.standing is not Standing.ABSTAINED:
        world.draft_id = other.drafts.begin(matter_id, began)
        other.drafts.save(world.draft_id, held[0], based_on=1)
    world.card_id = keep_card(world.office, matter_id, world.filing_id, me(other))
    other.search(world.queries[0], matter=matter_id)
    rights = world.office.run("SELECT roles FROM people WHERE login = 'looker'")[0][0]
    on_team = rng.random() < 0.5
    if on_team:
        other.matters.add(matter_id, me(world.looker))
    if on_team or "admin" in list(rights) or rng.random() < 0.5:
        other.walls.raise_wall(matter_id, me(world.looker), "conflict")
    other.matters.change(
        matter_id,
        state=rng.choice([*MatterState]),
        legal_hold=rng.random() < 0.3,
        external_models=rng.random() < 0.5,
        teaches_style=rng.random() < 0.5,
    )


def look(world: World) -> dict[str, str]:
    """Do everything as the looker; of what is made anew, ids and times are told by their order."""
    a = world.looker
    seen = {name: shown(lambda act=act: act(a, world)) for name, act in LOOKS.items()}
    for name, act in TRIES.items():
        if name != "walls.probe" or world.probing:
            seen[f"try {name}"] = named_by_order(shown(lambda act=act: act(a, world)))
    return seen


def trail(world: World) -> dict[str, str]:
    return {name: shown(lambda act=act: act(world.looker, world)) for name, act in TRAIL.items()}


def rehearse(a: Onpoint, w: World) -> object:
    """Do to a matter of one's own all that can be done to one, and remove it again."""
    matter = a.matters.open("10-0", "Rehearsal")
    done: list[object] = [matter]
    acts: tuple[Callable[[], object], ...] = (
        lambda: a.matters.change(matter.matter_id, name="Another name"),
        lambda: a.matters.add(matter.matter_id, me(w.other)),
        lambda: a.walls.raise_wall(matter.matter_id, me(w.other), "conflict"),
        lambda: a.walls.lower(matter.matter_id, me(w.other)),
        lambda: [a.filings.add_text(matter.matter_id, "Mine", each) for each in w.texts],
        lambda: [
            a.filings.upload(matter.matter_id, "Mine.txt", [each.encode()]) for each in w.texts
        ],
        lambda: a.filings.uploads(matter.matter_id),
        lambda: a.notes.write(matter.matter_id, "A note"),
        lambda: a.drafts.begin(matter.matter_id, w.answer),
        lambda: a.drafts.all(matter.matter_id),
        lambda: a.search(w.queries[0], matter=matter.matter_id),
        lambda: a.matters.team(matter.matter_id),
        lambda: a.matters.leave(matter.matter_id, me(w.other)),
    )
    done += [shown(act) for act in acts]
    a.matters.remove(matter.matter_id)
    return done


_MADE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d+:]*")


def named_by_order(told: str) -> str:
    order: dict[str, str] = {}
    return _MADE.sub(lambda found: order.setdefault(found[0], f"#{len(order)}"), told)


def queries(rng: random.Random) -> tuple[str, ...]:
    words = " ".join(rng.sample(WORDS, 3))
    phrase = f"“{rng.choice(WORDS)} {rng.choice(WORDS)}”"
    return (words, rng.choice([phrase, rng.choice(WORDS), "556 U.S. 418"]))


def text(rng: random.Random) -> str:
    sentences = [
        f"The {' '.join(rng.choices(WORDS, k=rng.randint(3, 12)))} was considered."
        for _ in range(rng.randint(1, 30))
    ]
    if rng.random() < 0.5:
        sentences.append(f"See {PLACE}. But see Party0 v. Holder, {ALONE}, 9.")
    return " ".join(sentences)


def person(office: Office, login: str) -> Onpoint:
    office.run("UPDATE people SET roles = '{lawyer,paralegal,admin}' WHERE login = %s", login)
    found = office.run("SELECT person_id FROM people WHERE login = %s", login)[0][0]
    assert isinstance(found, UUID)
    return office.app.acting_as(found)  # type: ignore[arg-type]


def clear(office: Office) -> None:
    """Forget every matter and all that was done; as the superuser, past what guards the trail."""
    tables = "style_cards draft_confirmations draft_versions drafts trace_confirmations traces "
    tables += "audit_texts audit_entries removed_matters allowances answers notes filing_citations "
    tables += "filing_postings filing_passages filings filing_labels filing_pages filing_findings "
    tables += "filing_descriptions upload_steps jobs uploads walls team_members matters"
    office.run(
        "SET session_replication_role = replica; "
        + "; ".join(f"DELETE FROM {table}" for table in tables.split())
    )
