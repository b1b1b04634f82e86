"""The access matrix, walked by reflection: each function of the facade, as each kind of person.

R4: a function without a row fails here, and so does one that nobody has said how to try.
"""

from __future__ import annotations

import hashlib
import inspect
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from core.access.permits import ANYONE, NOBODY, for_programs, matrix
from core.app import Onpoint
from core.errors import (
    DatabaseUnavailable,
    NoSuchCard,
    NoSuchDraft,
    NoSuchFiling,
    NoSuchMatter,
    NoSuchPerson,
    NoSuchRecord,
    NotAllowed,
    NotSignedIn,
    OnpointError,
    UsageError,
)
from core.model import (
    Answer,
    AnswerId,
    BenchId,
    Case,
    DraftId,
    Field,
    FilingId,
    FilingPlace,
    Filters,
    LegalDate,
    MatterId,
    NoteId,
    OpinionDetails,
    OpinionId,
    PaperForm,
    PaperKind,
    PersonId,
    Role,
    SessionId,
    Span,
    TokenId,
    TokenUse,
    TraceId,
    TrailForm,
)
from core.model.ids import CardId
from core.model.training import AdapterId, BallotId, DatasetId, VoiceId
from core.style.teach.formats import Format
from core.work import recording
from tests.db.office import DUTY, Office, keep_card, me, open_office
from tests.db.test_search import add, record

# What the facade has beside doors: it is opened, closed, and handed to somebody.
NO_DOORS = {"open", "close", "acting_as", "acting_in", "acting_by", "warm_up", "start_workers"}
KINDS = {
    "nobody": None,
    "without rights": (),
    "lawyer of the team": ("lawyer",),
    "another lawyer": ("lawyer",),
    "paralegal of the team": ("paralegal",),
    "admin": ("admin",),
    "disabled": ("lawyer",),
    "walled": ("lawyer",),
}
OBJECTS = ("ours", "theirs", "deleted")
# What was refused must have changed nothing here.
KEPT = (
    "people passwords sessions api_tokens invitations matters team_members walls filings "
    "filing_passages style_cards style_voices style_datasets style_adapters uploads jobs "
    "filing_descriptions notes answers firm_settings "
    "removed_matters cases trace_confirmations drafts draft_versions draft_confirmations"
).split()


@dataclass(slots=True, kw_only=True)
class Papers:
    """A matter and one of everything that belongs to it."""

    matter: MatterId
    filing: FilingId
    # A file that was handed in and is waiting, with something known of it.
    upload: FilingId
    # Files that wait for somebody, by what for.
    left: dict[str, FilingId]
    # One that is much like the filing.
    draft: FilingId
    note: NoteId
    answer: AnswerId
    # The record of what was asked for the matter, and one of whoever opened it.
    trace: TraceId
    own_trace: TraceId
    work: DraftId
    # Counted in the filing.
    card: CardId
    # Somebody walled off from it, and somebody of its team.
    outside: PersonId
    member: PersonId
    # Somebody of no kind, on whom is tried what is done to people.
    person: PersonId


@dataclass(slots=True, kw_only=True)
class World:
    """A firm with one of each kind of person, and matters of theirs, of others, and of nobody."""

    office: Office
    folder: Path
    case: Case
    answer: Answer
    people: dict[str, Onpoint]
    # Two of no kind.
    spares: tuple[PersonId, PersonId]
    papers: dict[str, Papers] = field(default_factory=dict)

    def renew(self) -> None:
        """Make the matters anew: what was tried may have used them up."""
        for gone in ("matters", "removed_matters"):
            self.office.run(f"DELETE FROM {gone}")
        ours = ("lawyer of the team", "paralegal of the team", "disabled", "walled")
        self.papers = {
            "ours": self._matter(ours[0], ours[1:], "walled", self.spares[0]),
            "theirs": self._matter("another lawyer", (), "without rights", self.spares[1]),
            "deleted": self._matter(ours[0], ours[1:], "walled", PersonId(uuid4())),
        }
        self.people["lawyer of the team"].matters.remove(self.papers["deleted"].matter)

    def _matter(self, opener: str, team: tuple[str, ...], outside: str, person: PersonId) -> Papers:
        app, kept_out = self.people[opener], self._id(outside)
        matter = app.matters.open("12", "Ice").matter_id
        app.walls.raise_wall(matter, kept_out, "He acted for the other side.")
        # By the database itself: no facade puts a walled or a disabled person on a team.
        for member in team:
            self.office.run(
                "INSERT INTO team_members (matter_id, person_id, added_by) VALUES (%s, %s, %s)",
                *(matter, self._id(member), me(app)),
            )
        filing = app.filings.add_text(matter, "Brief", DUTY).filing_id
        return Papers(
            matter=matter,
            filing=filing,
            upload=self._upload(app, matter),
            left=self._left(app, matter),
            draft=app.filings.add_text(matter, "Draft", f"Draft. {DUTY}").filing_id,
            note=app.notes.write(matter, "Call the lessor."),
            answer=app.answers.keep(matter, self.answer),
            trace=self._asked(app, matter),
            own_trace=self._asked(app, None),
            work=app.drafts.begin(matter, self.answer, "Ice"),
            card=self._card(app, matter, filing),
            outside=kept_out,
            member=me(app),
            person=person,
        )

    def _card(self, app: Onpoint, matter: MatterId, filing: FilingId) -> CardId:
        """A card of the filing, whose maker has since lost the right to make any."""
        app.matters.change(matter, teaches_style=True)
        return keep_card(self.office, matter, filing, me(app))

    def _asked(self, app: Onpoint, matter: MatterId | None) -> TraceId:
        """Keep the record of an answer, without asking anew: that is limited by the hour."""
        answer = replace(self.answer, trace_id=str(uuid4()))
        kept = recording.record(
            answer, filters=Filters(), person=app.who.person(), matter_id=matter
        )
        self.office.run(
            "INSERT INTO traces (trace_id, person_id, matter_id, asked_at, record)"
            " VALUES (%s, %s, %s, %s, %s)",
            *(kept.trace_id, me(app), matter, kept.asked_at, kept.text),
        )
        return kept.trace_id

    def _upload(self, app: Onpoint, matter: MatterId) -> FilingId:
        filing_id = app.filings.upload(matter, "Brief.txt", [DUTY.encode()]).filing_id
        for row in KNOWN:
            self.office.run(row, filing_id, matter)
        return filing_id

    def _left(self, app: Onpoint, matter: MatterId) -> dict[str, FilingId]:
        """Hand in files that the work on has ended, without working on any."""
        states = ("cancelled", "needs_release", "needs_password")
        rows = self.office.run(
            "INSERT INTO uploads (filing_id, matter_id, name, kind, bytes, sha256, added_by, state)"
            " SELECT gen_random_uuid(), %s, 'Left', 'text', 3, sha256(state::bytea), %s, state"
            " FROM unnest(%s::text[]) AS given (state) RETURNING state, filing_id",
            *(matter, me(app), list(states)),
        )
        return {str(state): FilingId(filing_id) for state, filing_id in rows}  # type: ignore[arg-type]

    def _id(self, kind: str) -> PersonId:
        (row,) = self.office.run("SELECT person_id FROM people WHERE name = %s", kind)
        return PersonId(row[0])  # type: ignore[arg-type]

    def state(self) -> list[tuple[object, ...]]:
        asked = " UNION ALL ".join(
            f"SELECT '{table}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} AS t"
            for table in KEPT
        )
        return self.office.run(f"{asked} ORDER BY 1")


PLACES = zlib.compress(np.full((3, 4), [0, 0, 9, 9], "<u2").tobytes())  # of three letters
# What is known of an upload once it was looked at.
KNOWN = (
    """
    INSERT INTO upload_steps (filing_id, matter_id, step, version, output)
    VALUES (%s, %s, 'parse', 0, '')
    """,
    """
    INSERT INTO filing_labels (filing_id, matter_id, ordinal, kind, at_offset, words)
    VALUES (%s, %s, 0, 'stamp', 0, 'Case 1:20-cv-1')
    """,
    """
    INSERT INTO filing_descriptions (filing_id, matter_id, field, value, confidence)
    VALUES (%s, %s, 'kind', 'brief', 0.9)
    """,
    """
    INSERT INTO filing_findings
        (filing_id, matter_id, ordinal, kind, start_offset, end_offset, words)
    VALUES (%s, %s, 0, 'privilege', 0, 3, 'The')
    """,
    f"""
    INSERT INTO filing_pages (filing_id, matter_id, number, start_offset, end_offset,
        notes_start, notes_end, width, height, state, boxes)
    VALUES (%s, %s, 1, 0, 3, 3, 3, 612, 792, 'text', decode('{PLACES.hex()}', 'hex'))
    """,
)


@pytest.fixture(scope="module")
def world(
    server: object, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    from tests.fix_db import TestServer, made

    assert isinstance(server, TestServer)
    folder = tmp_path_factory.mktemp("matrix")
    (folder / "none.jsonl").write_text("", encoding="utf-8")
    with made(server, template) as url:
        # One connection: a function that takes a second while it holds one would wait for ever.
        office = open_office(url, server.as_admin(url), folder / "home", size=1)
        with closing(office.app):
            yield _peopled(office, folder)


def _peopled(office: Office, folder: Path) -> World:
    app = office.app
    add(app._db, app._house.encoder(), record("ice", DUTY, name="Ice v. Stairs"))
    people = {"nobody": app.acting_as(None)}
    for kind, roles in KINDS.items():
        if roles is not None:
            people[kind] = office.hire(kind, *roles)
    office.run("UPDATE people SET name = login")
    spares = (me(office.hire("spare", "lawyer")), me(office.hire("second", "lawyer")))
    hit = app.search("Ice v. Stairs").hits[0]
    held = app.case(hit.case.case_id)
    assert held is not None
    world = World(
        office=office,
        folder=folder,
        case=held,
        answer=app.ask("duty to warn of ice"),
        people=people,
        spares=spares,
    )
    world.renew()
    office.disable(people["disabled"])
    return world


# --- how each function is tried ---

Act = Callable[[World, Onpoint, Papers], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How one function is tried, and of whose matters it is besides the roles in its row."""

    act: Act
    # Who of the kinds reaches which object; None where the roles alone decide.
    reach: dict[str, set[str]] | None = None
    # It uses up what it is tried on.
    changes: bool = False
    # It returns nothing when it has done what was asked.
    silent: bool = False


LAWYER, OTHER, PARALEGAL, ADMIN = list(KINDS)[2:6]
READS = {"ours": {LAWYER, PARALEGAL}, "theirs": {OTHER}, "deleted": set[str]()}
ARRANGES = {"ours": {LAWYER, ADMIN}, "theirs": {OTHER, ADMIN}, "deleted": set[str]()}
SEES = {name: READS[name] | ARRANGES[name] for name in OBJECTS}
PEOPLE = {"ours": {ADMIN}, "theirs": {ADMIN}, "deleted": set[str]()}
NOWHERE: dict[str, set[str]] = {name: set() for name in OBJECTS}
WROTE = {"ours": {LAWYER}, "theirs": {OTHER}, "deleted": set[str]()}


def by_role(act: Act) -> Trial:
    return Trial(act=act)


def _duty(filing_id: FilingId) -> FilingPlace:
    """The first words of the brief, as an answer that quotes them names their place."""
    whole, words = DUTY.encode(), DUTY[:9].encode()
    digest = hashlib.sha256(hashlib.sha256(whole).digest() + words).hexdigest()
    return FilingPlace(filing_id=filing_id, span=Span(0, 9), sha256=digest)


def reads(act: Act) -> Trial:
    return Trial(act=act, reach=READS)


def sees(act: Act) -> Trial:
    return Trial(act=act, reach=SEES)


def arranges(act: Act) -> Trial:
    return Trial(act=act, reach=ARRANGES, changes=True, silent=True)


def at_people(act: Act) -> Trial:
    return Trial(act=act, reach=PEOPLE, changes=True, silent=True)


SLIP = OpinionDetails(
    court="scotus", case_name="Slip v. Ice", date_filed=LegalDate(year=2020), docket_number="19-1"
)


def nowhere(world: World) -> Path:
    return world.folder / "nowhere"


def _unlock(world: World, app: Onpoint, papers: Papers) -> object:
    """Give a file its password: that it is none for this file is told to whoever may know of it."""
    try:
        return app.filings.give_password(papers.left["needs_password"], "wrong")
    except UsageError as error:
        return str(error)


TRIALS: dict[str, Trial] = {
    "style.voices": by_role(lambda w, a, p: a.style.voices()),
    "style.datasets": by_role(lambda w, a, p: a.style.datasets()),
    "style.make_dataset": by_role(lambda w, a, p: a.style.make_dataset("Ours", matters=[p.matter])),
    "style.export": by_role(lambda w, a, p: a.style.export(DatasetId(uuid4()), Format.CHAT)),
    "style.train": by_role(lambda w, a, p: a.style.train(DatasetId(uuid4()), nowhere(w))),
    "style.serve": by_role(lambda w, a, p: a.style.serve(AdapterId(uuid4()), None)),
    "style.take_served": by_role(
        lambda w, a, p: a.style.take_served(DatasetId(uuid4()), "openai:ours")
    ),
    "style.bring": by_role(
        lambda w, a, p: a.style.bring(DatasetId(uuid4()), nowhere(w), nowhere(w))
    ),
    "style.finish": by_role(lambda w, a, p: a.style.finish(AdapterId(uuid4()))),
    "style.adapters": by_role(lambda w, a, p: a.style.adapters()),
    "style.cancel": by_role(lambda w, a, p: a.style.cancel(AdapterId(uuid4()))),
    "style.evaluate": by_role(lambda w, a, p: a.style.evaluate(AdapterId(uuid4()))),
    "style.evaluation": by_role(lambda w, a, p: a.style.evaluation(AdapterId(uuid4()))),
    "style.promote": by_role(lambda w, a, p: a.style.promote(AdapterId(uuid4()))),
    "style.roll_back": by_role(lambda w, a, p: a.style.roll_back(VoiceId(uuid4()))),
    "style.retire": by_role(lambda w, a, p: a.style.retire(AdapterId(uuid4()))),
    "style.remove": by_role(lambda w, a, p: a.style.remove(AdapterId(uuid4()))),
    "style.ledger": by_role(lambda w, a, p: a.style.ledger(AdapterId(uuid4()))),
    "style.ballots": by_role(lambda w, a, p: a.style.ballots(AdapterId(uuid4()))),
    "style.preference": by_role(lambda w, a, p: a.style.preference(AdapterId(uuid4()))),
    "style.vote": by_role(lambda w, a, p: a.style.vote(BallotId(uuid4()), first=True)),
    "readiness": by_role(lambda w, a, p: a.readiness()),
    "coverage": by_role(lambda w, a, p: a.coverage()),
    "courts": by_role(lambda w, a, p: a.courts()),
    "court_names": by_role(lambda w, a, p: a.court_names()),
    "case": by_role(lambda w, a, p: a.case(w.case.case_id)),
    "find_case": by_role(lambda w, a, p: a.find_case("ice")),
    "opinions": by_role(lambda w, a, p: a.opinions(w.case.case_id)),
    "cited_by": by_role(lambda w, a, p: a.cited_by(w.case.case_id)),
    "cited_cases": by_role(lambda w, a, p: a.cited_cases(w.case.case_id)),
    "quotations": reads(lambda w, a, p: a.quotations([_duty(p.filing)])),
    "in_our_filings": by_role(lambda w, a, p: a.in_our_filings(w.case.case_id)),
    "cite_names": by_role(lambda w, a, p: a.cite_names([w.case])),
    "cite_writing": by_role(lambda w, a, p: a.cite_writing(w.case.case_id, 1, "", "")),
    "with_citations": by_role(lambda w, a, p: a.with_citations("So. [1]", w.answer.sources)),
    "pincites": by_role(lambda w, a, p: a.pincites([(OpinionId(1), Span(0, 3))])),
    "cite_passages": by_role(lambda w, a, p: a.cite_passages([])),
    "excerpts": by_role(lambda w, a, p: a.excerpts([(DUTY, "ice")])),
    "read": by_role(lambda w, a, p: a.read(w.case.case_id)),
    "budget": by_role(lambda w, a, p: a.budget("Who keeps the deposit?")),
    "voices": by_role(lambda w, a, p: a.voices()),
    "prefer_voice": by_role(lambda w, a, p: a.prefer_voice(None)),
    "search": by_role(lambda w, a, p: a.search("duty to warn")),
    "search_filings": reads(lambda w, a, p: a.search_filings("ice", matter=p.matter).hits),
    "matters_for_models": by_role(lambda w, a, p: a.matters_for_models(outside=True)),
    "search_habits": by_role(lambda w, a, p: a.search_habits()),
    "cite": by_role(lambda w, a, p: a.cite("556 U.S. 418")),
    "ask": by_role(lambda w, a, p: a.ask("duty to warn of ice")),
    "import_jsonl": by_role(lambda w, a, p: a.import_jsonl([w.folder / "none.jsonl"])),
    "import_folder": by_role(lambda w, a, p: a.import_folder(nowhere(w))),
    "import_cap": by_role(lambda w, a, p: a.import_cap(str(nowhere(w)))),
    "import_courtlistener_bulk": by_role(lambda w, a, p: a.import_courtlistener_bulk(nowhere(w))),
    "import_courtlistener_api": by_role(lambda w, a, p: a.import_courtlistener_api("")),
    "import_demo": by_role(lambda w, a, p: a.import_demo()),
    "read_opinion": by_role(lambda w, a, p: a.read_opinion(nowhere(w))),
    "publish_opinion": Trial(
        act=lambda w, a, p: a.publish_opinion(p.filing, SLIP),
        reach={"ours": {PARALEGAL}, "theirs": set(), "deleted": set()},
        changes=True,
    ),
    "evaluate_retrieval": by_role(lambda w, a, p: a.evaluate_retrieval(nowhere(w), nowhere(w))),
    "evaluate_answers": by_role(lambda w, a, p: a.evaluate_answers(nowhere(w))),
    "accounts.mode": by_role(lambda w, a, p: a.accounts.mode()),
    "accounts.sign_in": by_role(lambda w, a, p: a.accounts.sign_in("x", "wrong", "192.0.2.1")),
    "accounts.vouch": by_role(lambda w, a, p: a.accounts.vouch({}, "192.0.2.1")),
    "accounts.session": by_role(lambda w, a, p: a.accounts.session("made-up")),
    "accounts.present": by_role(lambda w, a, p: a.accounts.present("made-up")),
    "accounts.sign_out": by_role(lambda w, a, p: a.accounts.sign_out("made-up")),
    "accounts.invited": by_role(lambda w, a, p: a.accounts.invited("made-up")),
    "accounts.set_up": by_role(
        lambda w, a, p: a.accounts.set_up("made-up", "x", "X", "a long enough word")
    ),
    "accounts.accept": by_role(lambda w, a, p: a.accounts.accept("made-up", "a long enough word")),
    "accounts.set_up_link": by_role(lambda w, a, p: a.accounts.set_up_link()),
    "accounts.change_password": by_role(
        lambda w, a, p: a.accounts.change_password("", "short", end_others=False)
    ),
    "accounts.has_password": by_role(lambda w, a, p: a.accounts.has_password()),
    "accounts.my_sessions": by_role(lambda w, a, p: a.accounts.my_sessions()),
    "accounts.end_session": by_role(lambda w, a, p: a.accounts.end_session(SessionId(uuid4()))),
    "tokens.make": by_role(lambda w, a, p: a.tokens.make(f"{uuid4()}")),
    "tokens.mine": by_role(lambda w, a, p: a.tokens.mine()),
    "tokens.of": by_role(lambda w, a, p: a.tokens.of(w.spares[0])),
    "tokens.revoke": by_role(lambda w, a, p: a.tokens.revoke(TokenId(uuid4()))),
    "tokens.bearer": by_role(lambda w, a, p: a.tokens.bearer("onp_made-up")),
    "people.all": by_role(lambda w, a, p: a.people.all()),
    "people.colleagues": by_role(lambda w, a, p: a.people.colleagues()),
    "people.invite": by_role(lambda w, a, p: a.people.invite(f"{uuid4()}", "New", [Role.ADMIN])),
    "people.set_roles": at_people(lambda w, a, p: a.people.set_roles(p.person, [Role.LAWYER])),
    "people.reset": at_people(lambda w, a, p: a.people.reset(p.person)),
    "people.disable": at_people(lambda w, a, p: a.people.disable(p.person)),
    "people.enable": at_people(lambda w, a, p: a.people.enable(p.person)),
    "people.sessions": by_role(lambda w, a, p: a.people.sessions(p.person)),
    "people.end_sessions": at_people(lambda w, a, p: a.people.end_sessions(p.person)),
    "firm.table": by_role(lambda w, a, p: a.firm.table()),
    "firm.appearance": by_role(lambda w, a, p: a.firm.appearance()),
    "firm.set": by_role(lambda w, a, p: a.firm.set("firm_name", f"{uuid4()}")),
    "firm.unset": by_role(lambda w, a, p: a.firm.unset("firm_name")),
    "firm.undo": by_role(lambda w, a, p: a.firm.undo(uuid4())),
    "firm.test": by_role(lambda w, a, p: a.firm.test("firm_name")),
    "trail.entries": by_role(lambda w, a, p: a.trail.entries()),
    "trail.mine": by_role(lambda w, a, p: a.trail.mine()),
    "trail.export": by_role(lambda w, a, p: list(a.trail.export(TrailForm.CSV))),
    "trail.verify": by_role(lambda w, a, p: a.trail.verify()),
    "matters.all": by_role(lambda w, a, p: a.matters.all()),
    "matters.mine": by_role(lambda w, a, p: a.matters.mine()),
    "matters.get": sees(lambda w, a, p: a.matters.get(p.matter)),
    "matters.open": by_role(lambda w, a, p: a.matters.open("13", "New")),
    "matters.change": arranges(lambda w, a, p: a.matters.change(p.matter, name="Stairs")),
    "matters.remove": arranges(lambda w, a, p: a.matters.remove(p.matter)),
    "matters.team": sees(lambda w, a, p: a.matters.team(p.matter)),
    "matters.add": arranges(lambda w, a, p: a.matters.add(p.matter, _newcomer(w, p))),
    "matters.leave": arranges(lambda w, a, p: a.matters.leave(p.matter, p.member)),
    "walls.on": Trial(act=lambda w, a, p: a.walls.on(p.matter), reach=ARRANGES),
    "walls.raise_wall": arranges(
        lambda w, a, p: a.walls.raise_wall(p.matter, _newcomer(w, p), "He asked for it.")
    ),
    "walls.lower": arranges(lambda w, a, p: a.walls.lower(p.matter, p.outside)),
    "walls.probe": by_role(lambda w, a, p: a.walls.probe(w.spares[0])),
    "filings.all": reads(lambda w, a, p: a.filings.all(p.matter)),
    "filings.get": reads(lambda w, a, p: a.filings.get(p.filing)),
    "filings.citations": reads(lambda w, a, p: a.filings.citations(p.filing)),
    "filings.add_text": Trial(
        act=lambda w, a, p: a.filings.add_text(p.matter, "New", f"Of {uuid4()}."),
        reach=READS,
        changes=True,
    ),
    "filings.remove": Trial(
        act=lambda w, a, p: a.filings.remove(p.filing, p.upload), reach=READS, changes=True
    ),
    "filings.description": reads(lambda w, a, p: a.filings.description(p.upload)),
    "filings.describe": Trial(
        act=lambda w, a, p: a.filings.describe(p.upload, Field.JUDGE, "Marlow"),
        reach=READS,
        changes=True,
    ),
    "filings.findings": reads(lambda w, a, p: a.filings.findings(p.upload)),
    "filings.pages": reads(lambda w, a, p: a.filings.pages(p.upload)),
    "filings.boxes": reads(lambda w, a, p: a.filings.boxes(p.upload, Span(0, 3))),
    # A text has no page that could be drawn: it is refused for that, where the file may be read.
    "filings.page_image": reads(lambda w, a, p: drawn(a, p.upload)),
    "filings.file": reads(lambda w, a, p: a.filings.file(p.upload)),
    "filings.versions": reads(lambda w, a, p: a.filings.versions(p.filing)),
    "filings.alike": reads(lambda w, a, p: a.filings.alike(p.filing)),
    "filings.replace": Trial(
        act=lambda w, a, p: a.filings.replace(p.draft, p.filing), reach=READS, changes=True
    ),
    "filings.reinstate": Trial(
        act=lambda w, a, p: a.filings.reinstate(p.filing), reach=READS, changes=True
    ),
    "filings.upload": Trial(
        act=lambda w, a, p: a.filings.upload(p.matter, "New", [f"Of {uuid4()}.".encode()]),
        reach=READS,
        changes=True,
    ),
    "filings.uploads": reads(lambda w, a, p: a.filings.uploads(p.matter)),
    "filings.tally": reads(lambda w, a, p: a.filings.tally(p.matter).texts),
    "filings.texts": reads(lambda w, a, p: a.filings.texts(p.matter)),
    "filings.upload_of": reads(lambda w, a, p: a.filings.upload_of(p.upload)),
    "filings.give_password": Trial(act=_unlock, reach=READS, changes=True),
    "filings.retry": Trial(
        act=lambda w, a, p: a.filings.retry(p.left["cancelled"]), reach=READS, changes=True
    ),
    "filings.cancel": Trial(
        act=lambda w, a, p: a.filings.cancel(p.upload), reach=READS, changes=True
    ),
    "filings.cancel_all": Trial(
        act=lambda w, a, p: a.filings.cancel_all(p.left["needs_release"], p.upload),
        reach=READS,
        changes=True,
    ),
    "filings.release": Trial(
        act=lambda w, a, p: a.filings.release(p.left["needs_release"]), reach=READS, changes=True
    ),
    # Nothing is outdated: what is read by this version is told as nothing there.
    "filings.outdated": by_role(lambda w, a, p: a.filings.outdated(p.matter)),
    "filings.reread": Trial(
        act=lambda w, a, p: a.filings.reread(p.filing) or "read again", reach=READS, changes=True
    ),
    "notes.all": reads(lambda w, a, p: a.notes.all(p.matter)),
    "notes.write": Trial(
        act=lambda w, a, p: a.notes.write(p.matter, "More."), reach=READS, changes=True
    ),
    "notes.change": Trial(
        act=lambda w, a, p: a.notes.change(p.note, "Other."), reach=WROTE, changes=True
    ),
    "notes.remove": Trial(act=lambda w, a, p: a.notes.remove(p.note), reach=WROTE, changes=True),
    "answers.all": reads(lambda w, a, p: a.answers.all(p.matter)),
    "answers.get": reads(lambda w, a, p: a.answers.get(p.answer)),
    "answers.keep": Trial(
        act=lambda w, a, p: a.answers.keep(p.matter, w.answer), reach=READS, changes=True
    ),
    "answers.remove": Trial(
        act=lambda w, a, p: a.answers.remove(p.answer), reach=READS, changes=True
    ),
    "traces.all": reads(lambda w, a, p: a.traces.all(p.matter)),
    "traces.get": reads(lambda w, a, p: a.traces.get(p.trace)),
    "traces.confirm": Trial(
        act=lambda w, a, p: a.traces.confirm(p.trace), reach=READS, changes=True, silent=True
    ),
    # Nobody has confirmed anything: that is told to whoever may know of the record.
    "traces.withdraw": Trial(
        act=lambda w, a, p: str(a.traces.withdraw(p.trace)), reach=READS, changes=True
    ),
    "traces.put": Trial(
        act=lambda w, a, p: a.traces.put(p.own_trace, p.matter),
        reach=WROTE,
        changes=True,
        silent=True,
    ),
    "traces.export": reads(
        lambda w, a, p: a.traces.export(p.trace, PaperKind.LOG, PaperForm.MARKDOWN)
    ),
    "drafts.all": reads(lambda w, a, p: a.drafts.all(p.matter)),
    "drafts.get": reads(lambda w, a, p: a.drafts.get(p.work)),
    "drafts.versions": reads(lambda w, a, p: a.drafts.versions(p.work)),
    "drafts.begin": Trial(
        act=lambda w, a, p: a.drafts.begin(p.matter, w.answer, "New"), reach=READS, changes=True
    ),
    "drafts.save": Trial(
        act=lambda w, a, p: a.drafts.save(p.work, "Ice is slippery.", based_on=1),
        reach=READS,
        changes=True,
    ),
    "drafts.rename": Trial(
        act=lambda w, a, p: a.drafts.rename(p.work, "Stairs"),
        reach=READS,
        changes=True,
        silent=True,
    ),
    "drafts.remove": Trial(act=lambda w, a, p: a.drafts.remove(p.work), reach=READS, changes=True),
    "drafts.confirm": Trial(
        act=lambda w, a, p: a.drafts.confirm(p.work), reach=READS, changes=True, silent=True
    ),
    "drafts.withdraw": Trial(
        act=lambda w, a, p: str(a.drafts.withdraw(p.work)), reach=READS, changes=True
    ),
    "drafts.export": reads(lambda w, a, p: a.drafts.export(p.work, PaperForm.MARKDOWN)),
    "drafts.statement": reads(lambda w, a, p: a.drafts.statement(p.work, PaperForm.MARKDOWN)),
    "bench.run": by_role(lambda w, a, p: a.bench.run("duty to warn of ice")),
    "bench.runs": by_role(lambda w, a, p: a.bench.runs()),
    "bench.get": by_role(lambda w, a, p: a.bench.get(BenchId(uuid4()))),
    "bench.remove": by_role(lambda w, a, p: a.bench.remove(BenchId(uuid4()))),
    "bench.closed_book": by_role(lambda w, a, p: a.bench.closed_book()),
    "bench.race": by_role(lambda w, a, p: a.bench.race(w.folder / "none.jsonl", "ice", "ice")),
    "bench.advise": by_role(lambda w, a, p: a.bench.advise("cite our own briefs")),
    "cards.authors": by_role(lambda w, a, p: a.cards.authors()),
    "cards.sources": by_role(lambda w, a, p: a.cards.sources()),
    "cards.all": by_role(lambda w, a, p: a.cards.all()),
    "cards.get": reads(lambda w, a, p: a.cards.get(p.card)),
    "cards.told": Trial(act=lambda w, a, p: a.cards.told(p.card, "ice"), reach=READS, silent=True),
    # An administrator who is of no team reaches no filing, and no card made of one.
    "cards.make": Trial(
        act=lambda w, a, p: a.cards.make("New", filings=[p.filing]), reach=NOWHERE, changes=True
    ),
    "cards.recount": Trial(
        act=lambda w, a, p: a.cards.recount(p.card), reach=NOWHERE, changes=True
    ),
    "cards.edit": Trial(
        act=lambda w, a, p: a.cards.edit(p.card, None, text="Be brief."),
        reach=NOWHERE,
        changes=True,
    ),
    "cards.remove": Trial(act=lambda w, a, p: a.cards.remove(p.card), reach=NOWHERE, changes=True),
}


def drawn(app: Onpoint, filing_id: FilingId) -> object:
    try:
        return app.filings.page_image(filing_id, 1, 100)
    except UsageError as refused:
        return str(refused)


def _newcomer(world: World, papers: Papers) -> PersonId:
    """Somebody who is neither of the matter's team nor walled off from it."""
    return world.office.app.who.person().person_id


# --- the walk ---


def doors(app: Onpoint) -> dict[str, Callable[..., object]]:
    """Every public function of the facade and of its desks, by its name in the matrix."""
    desks = {name: each for name, each in vars(app).items() if hasattr(each, "desk")}
    assert all(name == each.desk for name, each in desks.items())
    found = {
        name: member
        for name, member in inspect.getmembers(type(app), callable)
        if not name.startswith("_") and name not in NO_DOORS
    }
    for desk, each in desks.items():
        for name, member in inspect.getmembers(type(each), inspect.isfunction):
            if not name.startswith("_"):
                found[f"{desk}.{name}"] = member
    return found


def test_r4_every_function_has_a_row_and_every_row_a_function(world: World) -> None:
    assert sorted(doors(world.office.app)) == sorted(matrix())


def test_r4_every_function_asks_the_matrix_before_it_does_anything(world: World) -> None:
    unasked = [
        name
        for name, door in doors(world.office.app).items()
        if getattr(getattr(door, "__code__", None), "co_name", "") != "checked"
    ]
    assert unasked == []


def test_r4_every_function_is_tried(world: World) -> None:
    assert sorted(TRIALS) == sorted(matrix())


def test_r4_a_row_names_roles_that_there_are() -> None:
    known = {ANYONE, NOBODY, *(role.value for role in Role)}
    assert [name for name, may in matrix().items() if not may or not may <= known] == []


@pytest.mark.parametrize("name", sorted(TRIALS))
def test_b02_r4_each_function_as_each_kind_of_person_on_each_object(
    world: World, name: str
) -> None:
    trial, wrong = TRIALS[name], []
    for kind in KINDS:
        for whose in OBJECTS if trial.reach is not None else OBJECTS[:1]:
            expected = should(name, kind, whose)
            before = world.state() if trial.changes and expected != "done" else None
            happened = outcome(world, trial, kind, whose)
            if happened != expected:
                wrong.append((kind, whose, f"expected {expected}, was {happened}"))
            if before is not None and world.state() != before:
                wrong.append((kind, whose, "refused, and something was changed"))
            if trial.changes and happened == "done":
                world.renew()
    spares = list(world.spares)
    world.office.run("UPDATE people SET disabled_at = null WHERE person_id = any(%s)", spares)
    assert wrong == []


def test_a_program_is_let_into_what_its_token_was_made_for_and_into_nothing_else(
    world: World,
) -> None:
    """Whoever has every role makes a token for each use; what it opens is what the rows say."""
    everybody = world.office.hire("everybody", *Role)
    wrong = []
    for use in TokenUse:
        token = everybody.tokens.make(use, uses=[use])
        program, before = world.office.app.acting_by(token.secret), world.state()
        for name, trial in TRIALS.items():
            if NOBODY in matrix()[name]:
                continue
            try:
                trial.act(world, program, world.papers["ours"])
                happened = True
            except NotAllowed as refusal:
                happened = str(refusal) != "This token was not made for that."
            except OnpointError:
                happened = True
            expected = use in for_programs()[name]
            if happened != expected or (name in program.who.rights()) != expected:
                wrong.append((use, name))
        assert world.state() == before
    assert wrong == []


def test_what_is_opened_to_programs_only_reads() -> None:
    opened = {name: may for name, may in for_programs().items() if may}
    assert opened == {
        "opinions": {"ask"},
        "search": {"search"},
        "cite": {"cite"},
        "ask": {"ask"},
        "quotations": {"ask"},
        "matters.all": {"ask", "search"},
    }


def should(name: str, kind: str, whose: str) -> str:
    """What the matrix, the team and the walls say is to happen."""
    allowed, roles = matrix()[name], KINDS[kind]
    if NOBODY not in allowed:
        if roles is None or kind == "disabled":
            return "not signed in"
        if ANYONE not in allowed and not allowed & set(roles):
            return "not allowed"
    reach = TRIALS[name].reach
    return "done" if reach is None or kind in reach[whose] else "nothing there"


def outcome(world: World, trial: Trial, kind: str, whose: str) -> str:
    try:
        given = trial.act(world, world.people[kind], world.papers[whose])
    except NotSignedIn:
        return "not signed in"
    except NotAllowed:
        return "not allowed"
    except (NoSuchMatter, NoSuchFiling, NoSuchPerson, NoSuchRecord, NoSuchDraft, NoSuchCard):
        return "nothing there"
    except DatabaseUnavailable:
        raise
    except OnpointError:
        # Let in, and refused for what was asked: the roles were not what stood in the way.
        return "done" if trial.reach is None else "refused otherwise"
    if trial.reach is None or trial.silent:
        return "done"
    return "done" if given not in (None, (), False) else "nothing there"
