"""Who may see what: walls, teams and roles, each case of the list by its number."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from core.access.permits import matrix
from core.access.probe import Canary
from core.errors import (
    DatabaseUnfit,
    NoSuchFiling,
    NoSuchMatter,
    NotAllowed,
    OnpointError,
    UsageError,
)
from core.library import filings as shelf
from core.library import matters
from core.library.db import Database
from core.library.queries import SQL
from core.model import (
    AnswerId,
    FilingId,
    MatterId,
    MatterState,
    Mode,
    NoteId,
    PersonId,
    Role,
    TraceId,
)
from core.search.encoder import Encoder
from tests.db.office import DUTY, TAX, Office, matter_with, me, open_office
from tests.db.test_matrix import KNOWN
from tests.db.test_search import add, record

PRIVATE = (
    "matters team_members walls filings filing_passages filing_postings filing_citations notes "
    "answers uploads jobs upload_steps filing_descriptions filing_findings filing_pages "
    "filing_labels traces drafts draft_versions draft_confirmations"
).split()


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    """A firm with an owner and a small public library."""
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        add(
            opened.app._db,
            opened.app._house.encoder(),
            record("ice", DUTY, name="Ice v. Stairs"),
            record("tax", TAX, name="Tax v. Court"),
        )
        yield opened


def found(app: object, query: str, **given: object) -> list[str]:
    return [hit.filing.name for hit in app.search(query, **given).filings]  # type: ignore[attr-defined]


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    """The kind of a refusal and its words; what was given, where it was none."""
    try:
        return "given", repr(act())
    except OnpointError as error:
        return error.code, str(error)


# --- B01: objects of others, and objects that are no more ---


def test_b01_a_stranger_of_the_same_role_is_told_what_is_told_of_a_deleted_object(
    office: Office,
) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1", DUTY)
    filing_id = ann.filings.all(matter_id)[0].filing_id
    note_id = ann.notes.write(matter_id, "Call the lessor.")
    answer_id = ann.answers.keep(matter_id, ann.ask("duty to warn of ice"))
    reached = objects(ann, matter_id, filing_id, note_id, answer_id, me(bob))
    assert [name for name, act in reached.items() if refusal(act)[0] != "given"] == []
    matter_id = matter_with(ann, "2", DUTY)
    filing_id = ann.filings.all(matter_id)[0].filing_id
    note_id = ann.notes.write(matter_id, "Call the lessor.")
    answer_id = ann.answers.keep(matter_id, ann.ask("duty to warn of ice"))
    strange = objects(bob, matter_id, filing_id, note_id, answer_id, me(ann))
    nothing = objects(
        bob,
        MatterId(uuid4()),
        FilingId(uuid4()),
        NoteId(uuid4()),
        AnswerId(uuid4()),
        me(ann),
    )
    before = {name: refusal(act) for name, act in strange.items()}
    assert before == {name: refusal(act) for name, act in nothing.items()}
    ann.matters.remove(matter_id)
    assert before == {name: refusal(act) for name, act in strange.items()}


def objects(
    app: object,
    matter_id: MatterId,
    filing_id: FilingId,
    note_id: NoteId,
    answer_id: AnswerId,
    other: PersonId,
) -> dict[str, Callable[[], object]]:
    """Every function that takes the id of an object of a matter; what removes comes last."""
    a = app
    answer = a.ask("duty to warn of ice")  # type: ignore[attr-defined]
    return {
        "matters.get": lambda: a.matters.get(matter_id),
        "matters.change": lambda: a.matters.change(matter_id, name="x"),
        "matters.team": lambda: a.matters.team(matter_id),
        "matters.add": lambda: a.matters.add(matter_id, other),
        "matters.leave": lambda: a.matters.leave(matter_id, other),
        "walls.on": lambda: a.walls.on(matter_id),
        "walls.raise_wall": lambda: a.walls.raise_wall(matter_id, other, "conflict"),
        "walls.lower": lambda: a.walls.lower(matter_id, other),
        "filings.all": lambda: a.filings.all(matter_id),
        "filings.get": lambda: a.filings.get(filing_id),
        "filings.citations": lambda: a.filings.citations(filing_id),
        "filings.add_text": lambda: a.filings.add_text(matter_id, "x", "x"),
        "notes.all": lambda: a.notes.all(matter_id),
        "notes.write": lambda: a.notes.write(matter_id, "x"),
        "notes.change": lambda: a.notes.change(note_id, "x"),
        "answers.all": lambda: a.answers.all(matter_id),
        "answers.get": lambda: a.answers.get(answer_id),
        "answers.keep": lambda: a.answers.keep(matter_id, answer),
        "ask": lambda: a.ask("duty to warn of ice", matter=matter_id).text,
        "traces.all": lambda: a.traces.all(matter_id),
        "traces.put": lambda: a.traces.put(TraceId(UUID(answer.trace_id)), matter_id),
        "drafts.all": lambda: a.drafts.all(matter_id),
        "drafts.begin": lambda: a.drafts.begin(matter_id, answer),
        "search": lambda: [hit.filing for hit in a.search("ice", matter=matter_id).filings],
        "notes.remove": lambda: a.notes.remove(note_id),
        "answers.remove": lambda: a.answers.remove(answer_id),
        "filings.remove": lambda: a.filings.remove(filing_id),
        "matters.remove": lambda: a.matters.remove(matter_id),
    }


# --- B02: what admins alone may do ---


@pytest.mark.parametrize("role", ["lawyer", "paralegal"])
def test_b02_every_admin_function_is_refused_to_others_when_called_directly(
    office: Office, role: str
) -> None:
    somebody = office.hire("somebody", role)
    admins = [name for name, may in matrix().items() if may == {"admin"}]
    assert "walls.probe" in admins
    for name in admins:
        desk, _, function = name.rpartition(".")
        held = getattr(somebody, desk) if desk else somebody
        with pytest.raises(NotAllowed):
            getattr(held, function)()  # refused before its arguments are looked at


def test_b02_a_paralegal_reads_a_matter_of_theirs_and_arranges_none(office: Office) -> None:
    ann, pat = office.hire("ann", "lawyer"), office.hire("pat", "paralegal")
    matter_id = matter_with(ann, "1", DUTY, team=(pat,))
    assert found(pat, "ice") == ["Filing 0"]
    assert pat.filings.add_text(matter_id, "Letter", TAX).added_by == "Pat"
    for act in (
        lambda: pat.matters.open("2", "x"),
        lambda: pat.matters.change(matter_id, name="x"),
        lambda: pat.matters.add(matter_id, me(pat)),
        lambda: pat.walls.on(matter_id),
    ):
        assert refusal(act)[0] == "not_allowed"


# --- B03 to B05: the database by itself ---


def test_b03_without_scope_no_private_table_has_a_row(office: Office, database_url: str) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1", DUTY)
    ann.notes.write(matter_id, "x")
    ann.answers.keep(matter_id, ann.ask("duty to warn of ice"))
    ann.walls.raise_wall(matter_id, me(bob), "conflict")
    upload = ann.filings.upload(matter_id, "Brief.txt", [DUTY.encode()])
    for row in KNOWN:
        office.run(row, upload.filing_id, matter_id)
    answer = ann.ask("duty to warn of ice", matter=matter_id)
    ann.traces.confirm(TraceId(UUID(answer.trace_id)))
    ann.drafts.confirm(ann.drafts.begin(matter_id, answer))
    private = (*PRIVATE, "trace_confirmations")
    with psycopg.connect(database_url, autocommit=True) as connection:
        for table in private:
            assert office.run(f"SELECT count(*) FROM {table}") != [(0,)], table
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        for wrong in ("", str(uuid4())):
            connection.execute("SELECT set_config('onpoint.person', %s, false)", (wrong,))
            for table in private:
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_b04_the_apps_role_owns_nothing_and_passes_nothing_by(office: Office) -> None:
    assert office.run(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname = 'onpoint_app' OR rolname = 'onpoint_test_app'"
    ) == [(False, False, False, False)]
    assert office.run(
        "SELECT count(*) FROM pg_class INNER JOIN pg_roles ON relowner = pg_roles.oid"
        " WHERE rolname IN ('onpoint_app', 'onpoint_test_app')"
    ) == [(0,)]


@pytest.mark.parametrize("address", ["owner_url", "admin_url"])
def test_b04_onpoint_does_not_start_as_owner_or_superuser(
    address: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(DatabaseUnfit, match="Ethical walls would not hold"):
        Database.open(request.getfixturevalue(address))


def test_b05_every_table_with_a_matter_has_row_level_security_forced(office: Office) -> None:
    tables = office.run(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
        " INNER JOIN pg_attribute ON attrelid = pg_class.oid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND attname = 'matter_id' AND NOT attisdropped ORDER BY relname"
    )
    assert {str(name) for name, *_ in tables} >= set(PRIVATE)
    assert [name for name, on, forced in tables if not (on and forced)] == []


def test_b05_every_such_table_has_a_policy_that_asks_for_the_team(office: Office) -> None:
    policies = office.run(
        "SELECT tablename, string_agg(coalesce(qual, '') || coalesce(with_check, ''), ' ')"
        " FROM pg_policies GROUP BY tablename"
    )
    asked = {str(table) for table, text in policies if "_matters()" in str(text)}
    assert set(PRIVATE) <= asked


# --- B06 and B07: one connection for many ---


def test_b06_two_people_on_a_pool_of_one_never_see_each_others_rows(
    office: Office, database_url: str
) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    theirs = {app: matter_with(app, number, DUTY) for app, number in ((ann, "1"), (bob, "2"))}
    with Database.open(database_url, size=1) as alone:
        for turn in range(1000):
            app = (ann, bob)[turn % 2]
            with alone.transaction(scope=app.who.scope) as tx:
                assert [each.matter_id for each in matters.matters(tx)] == [theirs[app]]
            if turn % 10 == 0:
                assert alone.value("select_matters", matter_ids=None, read=False) is None


def test_b06_two_people_at_once_on_a_pool_of_one_see_their_own(
    office: Office, database_url: str
) -> None:
    people = [office.hire(login, "lawyer") for login in ("ann", "bob")]
    theirs = [matter_with(app, str(n), DUTY) for n, app in enumerate(people)]
    seen: list[set[MatterId]] = [set(), set()]

    def look(n: int) -> None:
        for _ in range(100):
            with alone.transaction(scope=people[n].who.scope) as tx:
                seen[n] |= {each.matter_id for each in matters.matters(tx)}

    with Database.open(database_url, size=1) as alone:
        threads = [threading.Thread(target=look, args=(n,)) for n in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert seen == [{theirs[0]}, {theirs[1]}]


def test_b07_an_exception_in_a_request_leaves_no_scope_behind(
    office: Office, database_url: str
) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1", DUTY)
    with Database.open(database_url, size=1) as alone:
        with pytest.raises(ZeroDivisionError), alone.transaction(scope=ann.who.scope) as tx:
            assert matters.matters(tx)
            raise ZeroDivisionError
        assert alone.value("select_matters", matter_ids=None, read=False) is None
        with alone.transaction() as tx:
            assert matters.matters(tx) == ()


def test_b07_a_scope_set_for_a_whole_session_is_forgotten_between_requests(
    office: Office, database_url: str
) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1", DUTY)
    with Database.open(database_url, size=1) as alone:
        with alone.transaction() as tx:
            tx._connection.execute(
                "SELECT set_config('onpoint.person', %s, false)", (str(me(ann)),)
            )
        assert alone.value("select_matters", matter_ids=None, read=False) is None


def test_w04_no_query_names_who_acts_by_itself() -> None:
    assert [
        path.name
        for path in (SQL / "queries").glob("*.sql")
        if "set_config('onpoint" in path.read_text("utf-8")
    ] == []


# --- B08 to B12: walls ---


SEARCHES: tuple[tuple[str, Mode], ...] = (
    ("duty to warn of ice", Mode.AUTO),
    ("duty to warn of ice", Mode.LEXICAL),
    ("duty to warn of ice", Mode.SEMANTIC),
    ("556 U.S. 418", Mode.AUTO),
    ("“warn the tenant of ice”", Mode.AUTO),
    ("Lessor v. Tenant", Mode.AUTO),
    ("12-1573", Mode.AUTO),
)


@pytest.mark.parametrize(("query", "mode"), SEARCHES)
def test_b08_every_kind_of_search_finds_ones_own_and_not_anothers(
    office: Office, query: str, mode: Mode
) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    text = f"{DUTY} Lessor v. Tenant, No. 12-1573."
    matter_id = matter_with(ann, "1", text)
    matter_with(bob, "2", "Nothing of the kind, a lease of a garage.")
    assert found(ann, query, mode=mode) == ["Filing 0"]
    assert all(hit.matter.number == "2" for hit in bob.search(query, mode=mode).filings)
    assert refusal(lambda: bob.search(query, mode=mode, matter=matter_id))[0] == "no_such_matter"


def test_b08_an_answer_and_the_counts_of_the_library_know_of_no_filing(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    before = ann.coverage(), ann.courts()
    matter_with(ann, "1", "The canary of the quarry sings at noon.")
    assert (ann.coverage(), ann.courts()) == before
    assert "canary" not in ann.ask("When does the canary sing?").text


def test_b09_who_leaves_a_team_sees_nothing_of_it_from_the_next_call_on(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1", DUTY, team=(bob,))
    answer_id = bob.answers.keep(matter_id, bob.ask("duty to warn of ice"))
    assert found(bob, "ice") == ["Filing 0"]
    assert bob.answers.get(answer_id) is not None
    ann.matters.leave(matter_id, me(bob))
    assert found(bob, "ice") == []
    assert bob.answers.get(answer_id) is None
    assert bob.matters.all() == ()
    assert ann.answers.get(answer_id) is not None


@pytest.mark.parametrize("roles", [("lawyer",), ("paralegal",), ("admin",), tuple(Role)])
def test_b10_a_wall_is_stronger_than_team_and_role(office: Office, roles: tuple[str, ...]) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", *roles)
    matter_id = matter_with(ann, "1", DUTY, team=(bob,))
    assert bob.matters.get(matter_id) is not None
    ann.walls.raise_wall(matter_id, me(bob), "Acted for the other side")
    assert bob.matters.get(matter_id) is None
    assert bob.matters.all() == ()
    assert bob.matters.team(matter_id) == ()
    assert found(bob, "ice") == []
    for act in (
        lambda: bob.walls.lower(matter_id, me(bob)),
        lambda: bob.matters.add(matter_id, me(bob)),
        lambda: bob.matters.remove(matter_id),
        lambda: bob.filings.add_text(matter_id, "x", "x"),
    ):
        assert refusal(act)[0] in {"no_such_matter", "not_allowed"}
    assert ann.matters.get(matter_id) is not None


def test_b10_a_wall_can_be_lowered_by_another_and_the_team_holds_again(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1", DUTY, team=(bob,))
    ann.walls.raise_wall(matter_id, me(bob), "Acted for the other side")
    (wall,) = ann.walls.on(matter_id)
    assert (wall.person.login, wall.reason) == ("bob", "Acted for the other side")
    ann.walls.lower(matter_id, me(bob))
    assert found(bob, "ice") == ["Filing 0"]


def test_b10_who_is_walled_off_cannot_be_put_on_the_team(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1")
    ann.walls.raise_wall(matter_id, me(bob), "conflict")
    with pytest.raises(UsageError, match="walled off"):
        ann.matters.add(matter_id, me(bob))


def test_b10_an_admin_arranges_a_matter_and_reads_nothing_in_it(office: Office) -> None:
    ann, adam = office.hire("ann", "lawyer"), office.hire("adam", "admin")
    matter_id = matter_with(ann, "1", DUTY)
    assert [matter.matter_id for matter in adam.matters.all()] == [matter_id]
    assert found(adam, "ice") == []
    assert office.run("SELECT count(*) FROM filings") == [(1,)]
    with adam._db.transaction(scope=adam.who.scope) as tx:
        assert shelf.filings(tx, matter_id) == ()


def test_b11_the_wall_probe_holds_and_leaves_nothing_behind(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    adam = office.hire("adam", "admin")
    matter_id = matter_with(ann, "1", DUTY, team=(bob,))
    matter_with(bob, "2", TAX)
    ann.walls.raise_wall(matter_id, me(bob), "conflict")
    revision = adam.coverage().revision
    report = adam.walls.probe(me(bob))
    assert [check.words for check in report.checks if not check.holds] == []
    assert (report.holds, report.walls, len(report.checks)) == (True, 1, 24)
    assert office.run("SELECT count(*) FROM matters WHERE canary") == [(0,)]
    assert adam.coverage().revision == revision
    assert [entry.action for entry in bob.trail.mine()] == ["filing.add", "matter.open"]


def test_b11_the_wall_probe_sees_a_wall_that_does_not_hold(office: Office) -> None:
    bob, adam = office.hire("bob", "lawyer"), office.hire("adam", "admin")
    office.run(
        "CREATE OR REPLACE FUNCTION readable_matters() RETURNS uuid[] LANGUAGE sql STABLE"
        " SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp BEGIN ATOMIC"
        " SELECT array_agg(matter_id) FROM team_members WHERE person_id = acting_person(); END"
    )
    report = adam.walls.probe(me(bob))
    assert not report.holds
    broken = {check.words for check in report.checks if not check.holds}
    assert broken >= {"Search", "Search by meaning", "Open its filing", "List the matters"}
    assert office.run("SELECT count(*) FROM matters WHERE canary") == [(0,)]


def test_b11_what_others_do_while_a_wall_is_tried_is_no_leak(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    adam = office.hire("adam", "admin")
    matter_id = matter_with(ann, "1", DUTY, team=(bob,))
    plant = adam.walls._plant

    def meanwhile(canary: Canary) -> object:
        ann.filings.add_text(matter_id, "Meanwhile", TAX)
        return plant(canary)

    adam.walls._plant = meanwhile  # type: ignore[assignment]
    assert adam.walls.probe(me(bob)).holds
    assert len(bob.filings.all(matter_id)) == 2


def test_b11_nobody_tries_their_own_walls(office: Office) -> None:
    with pytest.raises(UsageError, match="another admin"):
        office.app.walls.probe(me(office.app))


def test_b12_a_words_weight_comes_from_its_own_matter_alone(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_with(ann, "1", "A lease of ice.", "A lease of land and of a garage.", "Ice and land.")
    before = ann.search("ice lease", mode=Mode.LEXICAL).filings
    hidden = [f"ice {'lease ' * n} number {n}" for n in range(40)]
    matter_with(bob, "2", *hidden)
    assert ann.search("ice lease", mode=Mode.LEXICAL).filings == before
    with ann._db.transaction(scope=ann.who.scope) as tx:
        from core.library.private_shelf import shelves

        assert [each.passages for each in shelves(tx, matter=None, encoder="")] == [3]


# --- B13 and B14: what a collision tells ---


def test_b13_a_text_that_a_hidden_matter_has_is_added_as_any_other(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_with(ann, "1", DUTY)
    matter_id = matter_with(bob, "1")
    added = bob.filings.add_text(matter_id, "Mine", DUTY)
    assert (added.name, added.added_by) == ("Mine", "Bob")
    assert bob.filings.add_text(matter_id, "Again", DUTY) == added
    assert len(bob.filings.all(matter_id)) == 1


def test_b13_two_matters_may_have_one_number(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    ann.matters.open("77", "Quiet")
    assert bob.matters.open("77", "Loud").number == "77"


def test_b14_what_the_database_refuses_is_told_without_a_value(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter_id = matter_with(ann, "4711-secret", DUTY)
    with pytest.raises(OnpointError) as refused, ann._db.transaction(scope=ann.who.scope) as tx:
        tx.execute(
            "insert_matter",
            matter_id=matter_id,
            number="1",
            name="x",
            opened_by=me(ann),
            canary=False,
        )
    assert str(matter_id) not in str(refused.value)
    with pytest.raises(OnpointError) as walled, ann._db.transaction(scope=ann.who.scope) as tx:
        tx.execute(
            "insert_team_member",
            matter_id=uuid4(),
            person_id=me(ann),
            added_by=me(ann),
        )
    assert "team_members" not in str(walled.value)


# --- B15 and B16: full results, and by which plan ---
# (the thousand matters and the plans are in test_private_search.py)


# --- B17 ---


def test_b17_definer_functions_set_their_path_and_views_ask_as_the_caller(office: Office) -> None:
    loose = office.run(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        " AND NOT coalesce(array_to_string(proconfig, ' '), '')"
        " LIKE 'search_path=pg_catalog%%pg_temp%%'"
        " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
    )
    views = office.run(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('v', 'm')"
        " AND NOT coalesce(reloptions, '{}') @> '{security_invoker=true}'"
    )
    assert (loose, views) == ([], [])


def test_b17_a_definer_function_answers_for_whoever_acts(office: Office, database_url: str) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1")
    for app, seen in ((ann, [matter_id]), (bob, [])):
        with psycopg.connect(database_url) as connection:
            connection.execute("SELECT set_config('onpoint.person', %s, true)", (str(me(app)),))
            assert connection.execute("SELECT readable_matters()").fetchone() == (seen,)
            assert connection.execute("SELECT arranged_matters()").fetchone() == (seen,)


def test_b17_who_was_disabled_may_read_nothing_though_the_transaction_names_them(
    office: Office,
) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1", DUTY)
    scope = ann.who.scope
    office.disable(ann)
    with office.app._db.transaction(scope=scope) as tx:
        assert matters.matters(tx) == ()


# --- B18 to B25 ---


def test_b18_a_filing_that_may_not_be_read_is_not_there_however_its_id_was_come_by(
    office: Office,
) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1", DUTY)
    filing_id = ann.filings.all(matter_id)[0].filing_id
    assert ann.filings.get(filing_id) is not None
    assert [each.found.text for each in ann.filings.citations(filing_id)] == ["556 U.S. 418"]
    assert bob.filings.get(filing_id) is None
    assert bob.filings.citations(filing_id) == ()
    with bob._db.transaction(scope=bob.who.scope) as tx:
        from core.library.private_shelf import Place, passages

        assert passages(tx, [Place(filing_id=filing_id, ordinal=0)]) == {}


def test_b21_of_several_filings_all_are_removed_or_none(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    mine, theirs = matter_with(ann, "1", DUTY, TAX), matter_with(bob, "2", DUTY)
    own = [filing.filing_id for filing in ann.filings.all(mine)]
    hidden = bob.filings.all(theirs)[0].filing_id
    with pytest.raises(NoSuchFiling):
        ann.filings.remove(*own, hidden)
    assert [filing.filing_id for filing in ann.filings.all(mine)] == own
    ann.filings.remove(*own)
    assert ann.filings.all(mine) == ()
    assert len(bob.filings.all(theirs)) == 1
    for table in ("filing_passages", "filing_postings", "filing_citations"):
        assert office.run(f"SELECT count(*) FROM {table} WHERE matter_id = %s", mine) == [(0,)]


def test_b21_what_is_held_stays_with_all_that_was_to_go_with_it(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    free, held = matter_with(ann, "1", DUTY), matter_with(ann, "2", DUTY)
    ann.matters.change(held, legal_hold=True)
    both = [ann.filings.all(each)[0].filing_id for each in (free, held)]
    with pytest.raises(UsageError, match="legal hold"):
        ann.filings.remove(*both)
    with pytest.raises(UsageError, match="legal hold"):
        ann.matters.remove(held)
    assert len(ann.filings.all(free)) == len(ann.filings.all(held)) == 1
    with ann._db.transaction(scope=ann.who.scope) as tx:
        assert not matters.remove_matter(tx, held)
        assert not shelf.remove(tx, both[1])


def test_b22_the_trail_tells_of_a_matter_to_nobody_who_is_kept_out_of_it(office: Office) -> None:
    ann, adam, eve = (
        office.hire("ann", "lawyer"),
        office.hire("adam", "admin"),
        office.hire("eve", "admin"),
    )
    matter_id = matter_with(ann, "4711-canary", DUTY)
    ann.walls.raise_wall(matter_id, me(eve), "conflict")
    ann.search("ice", matter=matter_id)
    told = {app: str(app.trail.entries()) for app in (adam, eve)}
    assert "4711-canary" in told[adam]
    assert "4711-canary" not in told[eve]
    assert str(matter_id) not in told[eve]
    with pytest.raises(NotAllowed):
        ann.trail.entries()


def test_b22_the_apps_role_changes_no_entry_and_removes_none(
    office: Office, database_url: str
) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1")
    for statement in (
        "UPDATE audit_entries SET action = 'x'",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries",
    ):
        with psycopg.connect(database_url) as connection:
            connection.execute("SELECT set_config('onpoint.person', %s, true)", (str(me(ann)),))
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_b22_the_trail_names_the_passages_of_filings_that_were_shown(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter_id = matter_with(ann, "1", DUTY)
    filing_id = ann.filings.all(matter_id)[0].filing_id
    ann.search("duty to warn of ice")
    entries = [entry for entry in ann.trail.mine() if entry.matter_id == matter_id]
    assert str(filing_id) in str([entry for entry in entries if "search" in entry.action])


@pytest.mark.parametrize("field", ["opened_by", "matter_id", "owner", "canary", "roles"])
def test_b23_a_protected_field_is_refused(office: Office, field: str) -> None:
    ann = office.hire("ann", "lawyer")
    matter_id = matter_with(ann, "1")
    with pytest.raises(TypeError):
        ann.matters.change(matter_id, **{field: "x"})
    with pytest.raises(TypeError):
        ann.filings.add_text(matter_id, "x", "x", **{field: "x"})


def test_b23_nobody_writes_in_anothers_name(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1", team=(bob,))
    note_id = ann.notes.write(matter_id, "Ann's own")
    with pytest.raises(OnpointError), bob._db.transaction(scope=bob.who.scope) as tx:
        tx.execute(
            "insert_note", note_id=uuid4(), matter_id=matter_id, text="x", written_by=me(ann)
        )
    assert not bob.notes.change(note_id, "Bob's words")
    assert not bob.notes.remove(note_id)
    assert [note.text for note in bob.notes.all(matter_id)] == ["Ann's own"]


def test_b24_a_private_passage_comes_without_a_score(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter_with(ann, "1", DUTY)
    (hit,) = ann.search("ice").filings

    def numbers(value: object) -> Iterator[object]:
        if hasattr(value, "__slots__") and hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from numbers(getattr(value, name))
        elif isinstance(value, tuple):
            for each in value:
                yield from numbers(each)
        elif isinstance(value, float):
            yield value

    assert list(numbers(hit)) == []


def test_b25_a_right_taken_away_between_check_and_fetch_gives_nothing(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1", DUTY, team=(bob,))
    filing_id = ann.filings.all(matter_id)[0].filing_id
    with bob._db.transaction(scope=bob.who.scope) as tx:
        assert matters.arrangement(tx, matter_id) is not None
        ann.walls.raise_wall(matter_id, me(bob), "conflict")
        assert shelf.text_of(tx, filing_id) is None
        assert shelf.filings_by_id(tx, [filing_id]) == {}


def test_b25_a_wall_raised_while_a_text_is_encoded_keeps_it_out(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_id = matter_with(ann, "1", team=(bob,))
    encoder = office.app._house.encoder()

    def meanwhile() -> Encoder:
        ann.walls.raise_wall(matter_id, me(bob), "conflict")
        return encoder

    bob.filings._shop = replace(bob.filings._shop, encoder=meanwhile)
    with pytest.raises(NoSuchMatter):
        bob.filings.add_text(matter_id, "Late", DUTY)
    assert ann.filings.all(matter_id) == ()


def test_a_closed_matter_is_read_and_nothing_is_added(office: Office) -> None:
    ann = office.hire("ann", "lawyer")
    matter_id = matter_with(ann, "1", DUTY)
    ann.matters.change(matter_id, state=MatterState.CLOSED)
    assert found(ann, "ice") == ["Filing 0"]
    for act in (
        lambda: ann.filings.add_text(matter_id, "x", "x"),
        lambda: ann.notes.write(matter_id, "x"),
        lambda: ann.answers.keep(matter_id, ann.ask("ice")),
    ):
        with pytest.raises(UsageError, match="closed"):
            act()
