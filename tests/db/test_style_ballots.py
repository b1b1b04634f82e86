"""Blind ballots on a real database: secret, once each, behind walls; and what they feed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from core.app import Onpoint
from core.errors import NoSuchAdapter, NotAllowed, UsageError
from core.library import style, style_adapters
from core.model import MatterId
from core.model.training import AdapterId, AdapterState, Ballot
from core.style.author.sure import interval
from core.style.teach.dataset import told
from core.style.teach.formats import Format, faults
from core.style.teach.teachings import Made
from tests.as_measured import GOOD, as_measured
from tests.db.office import Office, me, open_office
from tests.db.test_style_registry import put, taught, teaching

CHECK = Path(__file__).parents[2] / "sql/checks/style_ballot_has_leave.sql"


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        yield opened


@pytest.fixture
def ann(office: Office) -> Onpoint:
    return office.hire("ann", "lawyer", "admin")


def asked(
    office: Office,
    app: Onpoint,
    made: Made,
    *lines: tuple[MatterId, str],
    adapter_id: AdapterId | None = None,
) -> AdapterId:
    """An adapter that was measured, with a ballot on each of these lines of a matter."""
    adapter_id = adapter_id or put(office, app, made)
    with app._db.transaction(scope=app.who.scope) as tx:
        of = {row.matter_id: row.source for row in style.ledger(tx, adapter_id=adapter_id)}
        rows = [
            {
                "source": of[m],
                "plain": f"plain {x}",
                "by_adapter": f"ours {x}",
                "by_other": f"o {x}",
            }
            for m, x in lines
        ]
    as_measured(app, adapter_id, pairs=rows)
    return adapter_id


def ours(ballot: Ballot) -> bool:
    """Say whether the adapter's wording is the first: the tests know, nobody else does."""
    return ballot.first.startswith("ours")


def votes(app: Onpoint, adapter_id: AdapterId, *for_adapter: bool) -> None:
    """Vote on the ballots in their order, for the adapter or against it."""
    for ballot, pro in zip(app.style.ballots(adapter_id), for_adapter, strict=False):
        app.style.vote(ballot.ballot_id, first=ours(ballot) is pro)


def team(office: Office, app: Onpoint, matter: MatterId, *logins: str) -> list[Onpoint]:
    hired = [office.hire(login, "lawyer") for login in logins]
    for each in hired:
        app.matters.add(matter, me(each))
    return hired


def pairs(app: Onpoint, made: Made) -> list[tuple[str, str, str]]:
    """The pairs of an export that were voted on: prompt, chosen, rejected."""
    lines = app.style.export(made.dataset.dataset_id, Format.PREFERENCES)
    assert faults(Format.PREFERENCES, lines) == []
    read: Sequence[dict[str, Any]] = [json.loads(line) for line in lines]
    found = [
        tuple(each[k][0]["content"] for k in ("prompt", "chosen", "rejected")) for each in read
    ]
    return [(a, b, c) for a, b, c in found if b.startswith(("ours", "o "))]


# --- asked, once, and behind walls -----------------------------------------------------------


def test_a_ballot_is_asked_once_of_each_and_tells_nobody_whose_wording_is_whose(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = asked(office, ann, taught(ann, matter), *((matter, f"{n}") for n in range(24)))
    (bob,) = team(office, ann, matter, "bob")
    found = bob.style.ballots(adapter_id)
    assert len(found) == 24 and {ours(each) for each in found} == {True, False}
    assert found == bob.style.ballots() == ann.style.ballots(adapter_id)
    # Nothing of a ballot but its two wordings differs between one where the adapter is first.
    assert {*asdict(found[0])} == {"ballot_id", "adapter_id", "voice", "plain", "first", "second"}
    bob.style.vote(found[0].ballot_id, first=True)
    with pytest.raises(UsageError, match="voted on it already"):
        bob.style.vote(found[0].ballot_id, first=False)
    assert len(bob.style.ballots()) == 23 and len(ann.style.ballots()) == 24


def test_a_plain_line_that_is_one_of_the_two_wordings_is_not_told(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = asked(office, ann, taught(ann, matter))
    with ann._db.transaction(scope=ann.who.scope) as tx:
        source = style.ledger(tx, adapter_id=adapter_id)[0].source
    wordings = (("a", "a", "b"), ("c", "d", "c"), ("e", "f", "g"))
    pairs = [{"source": source, "plain": p, "by_adapter": a, "by_other": o} for p, a, o in wordings]
    as_measured(ann, adapter_id, pairs=pairs)
    assert [each.plain for each in ann.style.ballots()] == [None, None, "e"]


def test_what_was_set_aside_in_a_line_is_named_alike_in_both_wordings(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = asked(office, ann, taught(ann, matter))
    with ann._db.transaction(scope=ann.who.scope) as tx:
        one = {
            "source": style.ledger(tx, adapter_id=adapter_id)[0].source,
            "plain": "⟦P2⟧ sued ⟦P10⟧. ⟦C3⟧",
            "by_adapter": "ours ⟦P10⟧ was sued by ⟦P2⟧. ⟦C3⟧",
            "by_other": "⟦P2⟧ did sue ⟦P10⟧. ⟦C3⟧",
        }
    as_measured(ann, adapter_id, pairs=[one])
    (ballot,) = ann.style.ballots()
    assert ballot.plain == "[name 1] sued [name 2]. [citation]"
    assert {ballot.first, ballot.second} == {
        "ours [name 2] was sued by [name 1]. [citation]",
        "[name 1] did sue [name 2]. [citation]",
    }


def test_measured_again_nobody_is_asked_the_same_twice(office: Office, ann: Onpoint) -> None:
    matter = teaching(ann, "1", 1)
    made = taught(ann, matter)
    adapter_id = asked(office, ann, made, (matter, "a"), (matter, "b"))
    votes(ann, adapter_id, True)
    asked(office, ann, made, (matter, "a"), (matter, "b"), (matter, "c"), adapter_id=adapter_id)
    assert [each.plain for each in ann.style.ballots()] == ["plain b", "plain c"]


def test_a_walled_lawyer_is_asked_of_no_line_of_that_matter_and_told_no_figure(
    office: Office, ann: Onpoint
) -> None:
    seen, walled = teaching(ann, "1", 1), teaching(ann, "2", 2)
    (cy,) = team(office, ann, seen, "cy")
    ann.walls.raise_wall(walled, me(cy), "He acted for the other side.")
    made = taught(ann, seen, walled)
    adapter_id = asked(office, ann, made, (seen, "open"), (walled, "shut"))
    assert [each.plain for each in cy.style.ballots()] == ["plain open"]
    (shut,) = [each for each in ann.style.ballots() if each.plain == "plain shut"]
    with pytest.raises(UsageError, match="no such ballot"):
        cy.style.vote(shut.ballot_id, first=True)
    votes(cy, adapter_id, True)
    votes(ann, adapter_id, True, True)
    assert cy.style.preference(adapter_id) is None
    found = ann.style.preference(adapter_id)
    assert found is not None and (found.voters, found.votes) == (2, 3)
    with cy._db.transaction(scope=cy.who.scope) as tx:
        assert style.tallies(tx, made.dataset.dataset_id) == []
    with pytest.raises(UsageError, match="that you may read the whole of"):
        cy.style.export(made.dataset.dataset_id, Format.PREFERENCES)


def test_nobody_outside_the_team_reads_tallies_though_the_trail_is_theirs_to_see(
    office: Office, ann: Onpoint
) -> None:
    """An administrator may know of the matter, and read none of its passages."""
    matter = teaching(ann, "1", 1)
    made = taught(ann, matter)
    adapter_id = asked(office, ann, made, (matter, "a"))
    votes(ann, adapter_id, True)
    admin = office.hire("dee", "admin")
    with admin._db.transaction(scope=admin.who.scope) as tx:
        assert style.tallies(tx, made.dataset.dataset_id) == []
    with ann._db.transaction(scope=ann.who.scope) as tx:
        (tally,) = style.tallies(tx, made.dataset.dataset_id)
    assert (tally.for_adapter, tally.for_other) == (1, 0)


@pytest.mark.parametrize("state", [AdapterState.RETIRED, AdapterState.TRAINED])
def test_of_an_adapter_that_may_not_come_to_speak_nobody_is_asked(
    office: Office, ann: Onpoint, state: AdapterState
) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = asked(office, ann, taught(ann, matter), (matter, "a"))
    (ballot,) = ann.style.ballots()
    office.run("UPDATE style_adapters SET state = %s", state)
    assert ann.style.ballots(adapter_id) == ann.style.ballots() == ()
    with pytest.raises(UsageError, match="no such ballot"):
        ann.style.vote(ballot.ballot_id, first=True)


# --- secret, and counted ---------------------------------------------------------------------


def test_a_vote_is_seen_by_who_cast_it_and_by_nobody_else(office: Office, ann: Onpoint) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = asked(office, ann, taught(ann, matter), (matter, "a"))
    (bob,) = team(office, ann, matter, "bob")
    votes(bob, adapter_id, True)
    for app, rows in ((bob, 1), (ann, 0)):
        with app._db.transaction(scope=app.who.scope) as tx:
            held = tx._connection.execute("SELECT count(*) FROM style_votes").fetchone()
            assert held == (rows,)
            assert {*asdict(style.votes(tx, adapter_id)[0])} == {"for_adapter", "votes", "own"}
    assert not [e for e in ann.trail.entries(k=1000) if "vote" in e.action]


def test_how_one_or_two_voted_is_told_to_nobody_but_of_their_own_vote(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = asked(office, ann, taught(ann, matter), (matter, "a"))
    ann.firm.set("style_voters", 1)
    bob, cy, dan = team(office, ann, matter, "bob", "cy", "dan")
    votes(bob, adapter_id, True)
    told_bob, told_ann = bob.style.preference(adapter_id), ann.style.preference(adapter_id)
    assert told_bob and told_ann
    assert (told_bob.share, told_ann.share, told_ann.voters) == (1.0, None, 1)
    votes(cy, adapter_id, True)
    assert (bob.style.preference(adapter_id) or told_bob).share is None
    said = ann.style.evaluation(adapter_id).conditions[-1].seen
    assert "2 of at least 1" in said and "%" not in said
    votes(dan, adapter_id, False)
    assert (ann.style.preference(adapter_id) or told_ann).share == pytest.approx(2 / 3)
    assert "67%" in ann.style.evaluation(adapter_id).conditions[-1].seen


def test_each_voter_counts_once_however_often_they_voted(office: Office, ann: Onpoint) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = asked(office, ann, taught(ann, matter), *((matter, x) for x in "abcd"))
    bob, cy = team(office, ann, matter, "bob", "cy")
    votes(ann, adapter_id, True, True, True, True)
    votes(bob, adapter_id, False)
    votes(cy, adapter_id, False, True)
    found = ann.style.preference(adapter_id)
    assert found is not None and (found.voters, found.votes) == (3, 7)
    expected = interval([0.0, 0.5, 1.0])
    assert (found.share, found.low, found.high) == (expected.value, expected.low, expected.high)
    assert found.low is not None and found.high is not None and found.low < 0.5 < found.high


def test_the_result_is_for_lawyers_and_administrators_and_of_an_adapter_that_is_there(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = asked(office, ann, taught(ann, matter), (matter, "a"))
    found = ann.style.preference(adapter_id)
    assert found is not None and (found.voters, found.votes, found.share) == (0, 0, None)
    with pytest.raises(NotAllowed):
        office.hire("pat", "paralegal").style.preference(adapter_id)
    for act in (ann.style.preference, ann.style.ballots):
        with pytest.raises(NoSuchAdapter):
            act(AdapterId(me(ann)))


# --- what votes feed -------------------------------------------------------------------------


def test_what_most_preferred_is_exported_and_what_divides_them_is_not(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    made = taught(ann, matter)
    adapter_id = asked(office, ann, made, *((matter, x) for x in "abcd"))
    before = ann.style.export(made.dataset.dataset_id, Format.PREFERENCES)
    bob, cy = team(office, ann, matter, "bob", "cy")
    votes(ann, adapter_id, True, False, True)
    votes(bob, adapter_id, True, False, False)
    votes(cy, adapter_id, False, True)
    assert pairs(ann, made) == [
        (told("plain a"), "ours a", "o a"),
        (told("plain b"), "o b", "ours b"),
    ]
    after = ann.style.export(made.dataset.dataset_id, Format.PREFERENCES)
    assert before == after[: len(before)] and len(before) > 0
    assert not pairs(ann, taught(ann, matter))


def test_own_words_are_preferred_of_passages_that_are_learnt_from_alone(ann: Onpoint) -> None:
    made = taught(ann, *(teaching(ann, str(n), n) for n in range(1, 5)))
    with ann._db.transaction(scope=ann.who.scope) as tx:
        held = style.passages(tx, made.dataset.dataset_id)
    exported = "\n".join(ann.style.export(made.dataset.dataset_id, Format.PREFERENCES))
    inside = {each.half for each in held if json.dumps(each.own)[1:-1] in exported}
    assert {each.half for each in held} == {"train", "valid", "test"} and inside == {"train"}


@pytest.mark.parametrize("how", ["consent withdrawn", "filing removed", "matter removed"])
def test_with_what_is_withdrawn_go_all_ballots_on_what_saw_it_and_the_pairs(
    office: Office, ann: Onpoint, how: str
) -> None:
    stays, goes = teaching(ann, "1", 1), teaching(ann, "2", 2)
    made = taught(ann, stays, goes)
    adapter_id = asked(office, ann, made, (stays, "a"), (goes, "b"))
    votes(ann, adapter_id, True, True)
    assert len(pairs(ann, made)) == 2
    if how == "consent withdrawn":
        ann.matters.change(goes, teaches_style=False)
    elif how == "filing removed":
        ann.filings.remove(ann.filings.all(goes)[0].filing_id)
    else:
        ann.matters.remove(goes)
    assert ann.style.ballots(adapter_id) == ()
    assert office.run("SELECT count(*) FROM style_votes") == [(0,)]
    with ann._db.transaction(scope=ann.who.scope) as tx:
        assert style.tallies(tx, made.dataset.dataset_id) == []
    with pytest.raises(UsageError, match="may teach no more"):
        ann.style.export(made.dataset.dataset_id, Format.PREFERENCES)
    new = ann.style.adapters()[0]
    assert new.instead_of == adapter_id
    lines = ann.style.export(new.dataset_id, Format.PREFERENCES)
    assert not any("ours" in line for line in lines)


def test_what_was_withdrawn_while_an_adapter_was_measured_is_not_voted_on(
    office: Office, ann: Onpoint
) -> None:
    stays, goes = teaching(ann, "1", 1), teaching(ann, "2", 2)
    adapter_id = put(office, ann, taught(ann, stays, goes))
    with ann._db.transaction(scope=ann.who.scope) as tx:
        rows = style.ledger(tx, adapter_id=adapter_id)
        assert style_adapters.ask_for_measuring(tx, adapter_id)
    taken = style_adapters.claim_measuring(ann._db, uuid4(), lease=60.0)
    assert taken is not None
    ann.matters.change(goes, teaches_style=False)
    pairs = [
        {"source": r.source, "plain": "p", "by_adapter": "ours", "by_other": "o"} for r in rows
    ]
    with ann._db.transaction() as tx:
        assert not style_adapters.keep_measurement(tx, taken.worker, GOOD, pairs)
    assert office.run("SELECT count(*) FROM style_ballots") == [(0,)]
    assert office.run(CHECK.read_text(encoding="utf-8")) == []
