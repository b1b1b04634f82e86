"""API tokens: made, shown once, used, and dead at once when they should be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from core.access.api_tokens import MOST, PREFIX
from core.access.tokens import digest
from core.app import Onpoint
from core.errors import LimitReached, NotAllowed, NotSignedIn, UsageError
from core.model import NewToken, Role, TokenId, TokenUse
from tests.db.office import DUTY, Office, matter_with, me, open_office
from tests.db.test_search import add, record

HELD = record("ice", DUTY, name="Ice v. Stairs", citations=("556 U.S. 418",))


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        add(opened.app._db, opened.app._house.encoder(), HELD)
        yield opened


@pytest.fixture
def ada(office: Office) -> Onpoint:
    return office.hire("ada", "lawyer")


def by(office: Office, made: NewToken) -> Onpoint:
    """The library as the program has it that was given this token."""
    return office.app.acting_by(made.secret)


def dead(office: Office, made: NewToken, program: Onpoint) -> bool:
    """Say whether a token works no more: for whoever comes with it, and whoever came before."""
    with pytest.raises(NotSignedIn):
        by(office, made)
    with pytest.raises(NotSignedIn):
        program.search("ice")
    return True


def test_a06_a_token_has_256_bits_begins_so_that_leaks_are_found_and_is_kept_as_a_hash(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank")
    assert made.secret.startswith("onp_")
    assert len(made.secret) == len("onp_") + 43  # 32 bytes, six bits a letter
    assert made.secret != ada.tokens.make("Another").secret
    rows = office.run(
        "SELECT api_tokens::text, token_sha256 FROM api_tokens WHERE name = %s", "Brief bank"
    )
    ((row, kept),) = rows
    assert made.secret.removeprefix(PREFIX) not in str(row)
    assert kept == digest(made.secret)


def test_a06_a_secret_does_not_show_where_a_token_is_printed_nor_in_the_trail(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank")
    by(office, made).search("ice")
    ada.tokens.revoke(made.token.token_id)
    trail = str(office.app.trail.entries())
    assert "Brief bank" in trail
    assert made.secret not in trail + repr(made) + str(made.token)


def test_a_program_searches_resolves_and_asks_as_its_person_would(
    office: Office, ada: Onpoint
) -> None:
    program = by(office, ada.tokens.make("Brief bank"))
    assert [hit.case.source_id for hit in program.search("duty to warn of ice").hits] == ["ice"]
    assert program.cite("556 U.S. 418")[0].case
    assert program.ask("duty to warn of ice").sources[0].case.source_id == "ice"
    assert program.who.person().login == "ada"


@pytest.mark.parametrize("use", list(TokenUse))
def test_a_narrowed_token_does_what_it_was_made_for_and_no_more(
    office: Office, ada: Onpoint, use: TokenUse
) -> None:
    program = by(office, ada.tokens.make("Narrow", uses=[use]))
    acts = {
        TokenUse.SEARCH: lambda: program.search("ice"),
        TokenUse.CITE: lambda: program.cite("556 U.S. 418"),
        TokenUse.ASK: lambda: program.ask("duty to warn of ice"),
    }
    for other, act in acts.items():
        if other is use:
            assert act()
        else:
            with pytest.raises(NotAllowed, match="not made for that"):
                act()


def test_a_token_makes_no_token_and_revokes_none(office: Office, ada: Onpoint) -> None:
    made = ada.tokens.make("Brief bank")
    program = by(office, made)
    for act in (
        lambda: program.tokens.make("Child"),
        program.tokens.mine,
        lambda: program.tokens.revoke(made.token.token_id),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_revoked_token_is_dead_at_once_also_for_a_program_at_work(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank")
    program = by(office, made)
    program.search("ice")
    assert ada.tokens.revoke(made.token.token_id)
    assert dead(office, made, program)
    assert ada.tokens.mine() == ()
    assert not ada.tokens.revoke(made.token.token_id)


def test_a08_a_disabled_persons_tokens_are_dead_at_once_and_stay_so(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank")
    program, person_id = by(office, made), me(ada)
    office.app.people.disable(person_id)
    assert dead(office, made, program)
    office.app.people.enable(person_id)
    assert dead(office, made, program)


def test_a08_a_token_of_somebody_disabled_by_other_means_is_dead_too(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank")
    program = by(office, made)
    office.disable(ada)
    assert dead(office, made, program)


def test_a_token_runs_out(office: Office, ada: Onpoint) -> None:
    made = ada.tokens.make("Brief bank", days=7)
    program = by(office, made)
    assert made.token.expires_at - made.token.made_at == timedelta(days=7)
    office.run("UPDATE api_tokens SET expires_at = now()")
    assert dead(office, made, program)
    assert [token.name for token in ada.tokens.mine()] == ["Brief bank"]


def test_the_firm_says_how_long_a_token_lasts_and_that_holds_for_those_made_before(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank", days=300)
    program = by(office, made)
    office.run("UPDATE api_tokens SET made_at = made_at - interval '31 days'")
    program.search("ice")
    office.app.firm.set("token_days", 30)
    assert dead(office, made, program)
    with pytest.raises(UsageError, match="1 to 30 days"):
        ada.tokens.make("Longer", days=31)
    young = ada.tokens.make("As long as may be").token
    assert young.expires_at - young.made_at == timedelta(days=30)


def test_where_the_firm_lets_no_programs_in_none_is_made_and_none_works(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank")
    program = by(office, made)
    office.app.firm.set("token_days", 0)
    assert dead(office, made, program)
    with pytest.raises(NotAllowed, match="switched off"):
        ada.tokens.make("New")
    office.app.firm.unset("token_days")
    assert program.search("ice").hits


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_lasts_some_days_and_not_for_ever(ada: Onpoint, days: int) -> None:
    with pytest.raises(UsageError, match="1 to 365"):
        ada.tokens.make("Brief bank", days=days)


@pytest.mark.parametrize("name", ["", "  ", "a\u202eb", "x" * 201, "a\0b"])
def test_a_token_has_a_name_that_can_be_read(ada: Onpoint, name: str) -> None:
    with pytest.raises(UsageError):
        ada.tokens.make(name)


def test_a_token_for_nothing_is_refused_and_so_is_a_second_of_the_same_name(ada: Onpoint) -> None:
    ada.tokens.make("Brief bank")
    with pytest.raises(UsageError, match="already"):
        ada.tokens.make(" Brief  bank ")
    with pytest.raises(UsageError, match="of no use"):
        ada.tokens.make("Idle", uses=[])


def test_one_person_has_no_more_tokens_than_can_be_looked_over(
    office: Office, ada: Onpoint
) -> None:
    office.run(
        "INSERT INTO api_tokens (token_sha256, person_id, name, uses, expires_at)"
        " SELECT sha256(n::text::bytea), %s, n::text, '{ask}', now() FROM generate_series(1, %s) n",
        *(me(ada), MOST),
    )
    with pytest.raises(UsageError, match="revoke one"):
        ada.tokens.make("One more")


def test_nobody_lists_or_revokes_a_colleagues_token_and_an_administrator_does(
    office: Office, ada: Onpoint
) -> None:
    made, bob = ada.tokens.make("Brief bank"), office.hire("bob", "lawyer", "paralegal")
    assert bob.tokens.mine() == ()
    with pytest.raises(NotAllowed):
        bob.tokens.of(me(ada))
    assert not bob.tokens.revoke(made.token.token_id)
    assert not bob.tokens.revoke(TokenId(uuid4()))
    assert by(office, made).search("ice").hits

    admin = office.hire("root", "admin")
    (held,) = admin.tokens.of(me(ada))
    # But for when it was used: bob's tries are none.
    assert (held.name, held.token_id) == ("Brief bank", made.token.token_id)
    assert admin.tokens.revoke(held.token_id)
    with pytest.raises(NotSignedIn):
        by(office, made)


def test_the_trail_says_who_made_and_who_revoked_a_token_and_what_was_seen_by_it(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank", uses=[TokenUse.SEARCH, TokenUse.ASK], days=9)
    program = by(office, made)
    matter_with(ada, "7", DUTY)
    program.search("duty to warn of ice")
    program.ask("duty to warn of ice")
    office.app.tokens.revoke(made.token.token_id)
    told = {(entry.login, entry.words) for entry in office.app.trail.entries(action="token.")}
    assert told == {
        ("ada", "Made the API token Brief bank, to ask and search, for 9 days"),
        ("owner", "Revoked the API token Brief bank of ada"),
    }
    seen = {
        entry.action: entry.detail.get("token")
        for entry in ada.trail.mine()
        if entry.action in {"search", "search.filings", "ask"}
    }
    assert seen == dict.fromkeys(("search", "search.filings", "ask"), "Brief bank")


def test_when_a_token_was_last_used_is_kept_to_the_minute(office: Office, ada: Onpoint) -> None:
    made = ada.tokens.make("Brief bank")
    assert made.token.used_at is None
    by(office, made)
    (first,) = ada.tokens.mine()
    assert first.used_at is not None
    by(office, made)
    assert ada.tokens.mine() == (first,)
    office.run("UPDATE api_tokens SET used_at = used_at - interval '2 minutes'")
    by(office, made)
    (later,) = ada.tokens.mine()
    assert later.used_at is not None
    assert later.used_at >= first.used_at


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "onp_",
        "onp_" + "x" * 43,
        "onp_" + "x" * 10_000,
        "Bearer onp_x",
        "\0",
        "onp_\0",
        "onp_\ud800",
    ],
)
def test_what_is_no_token_lets_nobody_in(office: Office, secret: str) -> None:
    with pytest.raises(NotSignedIn, match="not known here, or works no more"):
        office.app.acting_by(secret)


def test_a_cookie_of_a_browser_is_no_token_and_a_token_no_cookie(
    office: Office, ada: Onpoint
) -> None:
    made = ada.tokens.make("Brief bank")
    assert office.app.accounts.session(made.secret) is None
    office.run(
        "INSERT INTO sessions (token_sha256, person_id, address, browser)"
        " VALUES (sha256('onp_x'), %s, '', '')",
        me(ada),
    )
    assert office.app.accounts.session("onp_x") is not None
    assert office.app.tokens.bearer("onp_x") is None


def test_rights_taken_away_are_gone_for_programs_too_and_those_given_are_there(
    office: Office, ada: Onpoint
) -> None:
    program = by(office, ada.tokens.make("Brief bank"))
    office.app.people.set_roles(me(ada), [])
    with pytest.raises(NotAllowed):
        program.search("ice")
    office.app.people.set_roles(me(ada), [Role.PARALEGAL])
    assert program.search("ice").hits


def test_b10_a_wall_holds_against_a_persons_program_from_the_next_call_on(
    office: Office, ada: Onpoint
) -> None:
    matter_id = matter_with(ada, "7", DUTY)
    program = by(office, ada.tokens.make("Brief bank"))
    assert program.search("duty to warn of ice", matter=matter_id).filings
    office.app.walls.raise_wall(matter_id, me(ada), "conflict")
    assert program.search("duty to warn of ice").filings == ()
    assert program.matters.all() == ()


def test_i14_programs_count_against_their_persons_limits_and_hear_when_to_come_back(
    office: Office, ada: Onpoint
) -> None:
    office.app.firm.set("searches_per_hour", 2)
    office.app.firm.set("answers_per_hour", 1)
    one, two = (by(office, ada.tokens.make(name)) for name in ("One", "Two"))
    ada.search("ice")
    one.search("ice")
    with pytest.raises(LimitReached) as refused:
        two.search("ice")
    assert refused.value.seconds is not None
    assert 0 < refused.value.seconds <= 3600
    one.ask("ice")
    with pytest.raises(LimitReached):
        two.ask("ice")


def test_tokens_that_ran_out_long_ago_are_forgotten_at_somebodys_next_sign_in(
    office: Office, ada: Onpoint
) -> None:
    ada.tokens.make("Old")
    ada.tokens.make("Of late")
    office.run("UPDATE api_tokens SET expires_at = now() - interval '31 days' WHERE name = 'Old'")
    link = office.app.people.invite("eve", "Eve", [Role.LAWYER])
    office.app.accounts.accept(link.token, "orchard ferry stay 12")
    assert [token.name for token in ada.tokens.mine()] == ["Of late"]
