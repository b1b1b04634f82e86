"""The firm's screens: who may go where, settings, people, matters, filings, audit, account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.errors import NotAllowed
from core.model import Role, Voice
from pages.parts.ways import WAYS
from tests.pages.conftest import dangers, markup, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from tests.pages.fix_firm import FirmAtWork

    Visit = Callable[..., AppTest]

pytest_plugins = ["tests.pages.fix_firm"]
SCREENS = ("settings", "people", "style", "ballots", "matters", "filings", "audit", "account")
WIDGETS = (
    "button checkbox color_picker multiselect number_input radio selectbox text_area "
    "text_input toggle button_group"
).split()
FIRST = {Role.LAWYER: "A docket number", Role.PARALEGAL: "Filings", Role.ADMIN: "Settings"}
OPEN_TO = {
    Role.LAWYER: {"Search", "Ask", "Filings", "Drafts", "Bench", "Ballots", "Library", "Matters"},
    Role.PARALEGAL: {"Search", "Ask", "Filings", "Drafts", "Library"},
    Role.ADMIN: {
        *("Search", "Ask", "Bench", "Library"),
        *("Matters", "People", "Style", "Settings", "Audit"),
    },
}


def ways(app: AppTest) -> set[str]:
    """Names of the screens that the column at the left leads to."""
    return {link.proto.label for link in app.get("page_link")}


# --- I13, and who may go where ---


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("screen", SCREENS)
def test_i13_each_screen_of_the_firm_stands_on_an_empty_library(screen: str, visit: Visit) -> None:
    app = visit(screen)
    _sound(app)
    assert "Local owner, no sign-in: this computer only" in words(app)


@pytest.mark.usefixtures("library_of_one")
@pytest.mark.parametrize("screen", SCREENS)
def test_i13_each_screen_of_the_firm_stands_on_a_library_of_one_case(
    screen: str, visit: Visit
) -> None:
    _sound(visit(screen))


@pytest.mark.usefixtures("library_of_one")
@pytest.mark.parametrize("screen", ["search", "ask", "library", *SCREENS])
def test_i13_every_field_and_button_has_a_key_and_a_label_to_be_read_out(
    screen: str, visit: Visit, firm: FirmAtWork
) -> None:
    matter = firm.app.matters.open("0042-0007", "Doe removal")
    app = visit(screen, **({"matter": str(matter.matter_id)} if screen == "matters" else {}))
    drawn = [widget for kind in WIDGETS for widget in app.get(kind)]
    assert drawn or screen in {"account", "ballots"}
    assert [one for one in drawn if not (one.key and one.proto.label.strip())] == []


@pytest.mark.usefixtures("library_of_one")
@pytest.mark.parametrize("role", list(Role))
def test_each_role_begins_with_its_own_screen_and_is_led_to_no_other_than_its_own(
    role: Role, visit: Visit, firm: FirmAtWork
) -> None:
    firm.hire("anna", role)
    app = visit()
    assert FIRST[role] in words(app)
    assert ways(app) == OPEN_TO[role]
    assert "Sign out" in words(app)


@pytest.mark.usefixtures("library_of_one")
@pytest.mark.parametrize("role", list(Role))
def test_a_screen_for_others_says_so_and_shows_nothing_of_itself(
    role: Role, visit: Visit, firm: FirmAtWork
) -> None:
    firm.hire("anna", role)
    for way in WAYS:
        if way.group is None or way.title in OPEN_TO[role]:
            continue
        app = visit(way.name)
        assert f"“{way.title}” is for others in the firm" in words(app)
        assert [widget for kind in WIDGETS for widget in app.get(kind)] == []


def test_b02_what_a_screen_does_not_show_the_facade_refuses_all_the_same(
    firm: FirmAtWork,
) -> None:
    anna = firm.app.acting_as(firm.hire("anna", Role.LAWYER))
    for refused in (anna.people.all, anna.firm.table, anna.trail.entries):
        with pytest.raises(NotAllowed):
            refused()


def test_whoever_has_no_role_yet_is_told_whom_to_ask(visit: Visit, firm: FirmAtWork) -> None:
    firm.hire("new")
    app = visit()
    assert ways(app) == set()
    for screen in ("search", "ask", "settings"):
        assert "nobody has said yet what you may do here" in words(visit(screen))


def test_a08_a_window_whose_session_has_ended_shows_nothing_any_more(
    visit: Visit, firm: FirmAtWork
) -> None:
    anna = firm.hire("anna", Role.LAWYER)
    firm.app.matters.open("0042-0007", "Doe removal")
    app = visit("account")
    assert "Anna" in words(app)
    firm.app.people.disable(anna)
    ended = app.run()
    assert "You are signed out" in words(ended)
    assert "Anna" not in words(ended)
    assert ways(ended) == set()


def test_a14_a_window_that_comes_back_as_somebody_else_keeps_nothing_of_the_first(
    visit: Visit, firm: FirmAtWork
) -> None:
    firm.hire("anna", Role.ADMIN)
    app = visit("people")
    app.text_input(key="invite_name").set_value("somebody secret").run()
    firm.hire("bert", Role.ADMIN)
    assert app.run().text_input(key="invite_name").value == ""


# --- settings ---


def test_a_change_of_a_setting_is_kept_at_once_and_says_where_it_comes_from(
    visit: Visit, firm: FirmAtWork
) -> None:
    app = visit("settings")
    assert app.number_input(key="set_search_results").value == 10
    app.number_input(key="set_search_results").set_value(20).run()
    assert firm.app.search_habits().results == 20
    assert "✓ Saved." in words(app)
    app.button(key="unset_search_results").click().run()
    assert firm.app.search_habits().results == 10


def test_a_value_that_may_not_be_is_refused_in_words_and_stays_to_be_mended(
    visit: Visit, firm: FirmAtWork
) -> None:
    app = visit("settings")
    app.text_input(key="set_answer_base_url").set_value("somewhere").run()
    assert "write a whole address" in words(app)
    assert app.text_input(key="set_answer_base_url").value == "somewhere"
    rows = {row.name: row for row in firm.app.firm.table()}
    assert rows["answer_base_url"].value is None


def test_the_style_toggle_is_real_and_the_adapter_greyed_out_with_its_reason(
    visit: Visit, firm: FirmAtWork
) -> None:
    app = visit("settings")
    assert app.button(key="set_style_adapter").disabled
    assert "has passed its gate yet" in words(app)
    app.button_group(key="set_style").set_value("prompt").run()
    assert firm.app.voices().usual is Voice.PROMPT


def test_a_key_is_kept_and_never_shown_again(visit: Visit, firm: FirmAtWork) -> None:
    app = visit("settings")
    app.text_input(key="set_answer_key").set_value("sk-very-secret").run()
    assert "It is not shown again" in words(app)
    assert app.text_input(key="set_answer_key").value == ""
    again = visit("settings")
    assert again.text_input(key="set_answer_key").placeholder == "Kept locked up, never shown"
    assert "sk-very-secret" not in str(again)


def test_what_the_environment_sets_cannot_be_changed_here_and_says_why(
    visit: Visit, firm: FirmAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONPOINT_FIRM_NAME", "Reed & Berg")
    app = visit("settings")
    assert app.text_input(key="set_firm_name").disabled
    assert "Set in the environment (ONPOINT_FIRM_NAME), which wins" in words(app)
    assert firm.app.firm.appearance().name == "Reed & Berg"
    assert "Reed & Berg" in words(app)


def test_trying_an_answer_model_says_what_came_of_it(visit: Visit, firm: FirmAtWork) -> None:
    app = visit("settings")
    app.button(key="test_answer_model").click().run()
    assert "△" in words(app)


# --- people ---


def test_an_invitation_is_shown_once_as_a_link(visit: Visit, firm: FirmAtWork) -> None:
    app = visit("people")
    app.text_input(key="invite_name").set_value("Anna Berg")
    app.text_input(key="invite_login").set_value("anna@firm.example")
    app.checkbox(key="invite_lawyer").check()
    app.button(key="invite_go").click().run()
    assert "Anna Berg is invited" in words(app)
    assert "/invitation?token=" in app.code[0].value
    assert list(app.run().code) == []
    anna = next(one for one in firm.app.people.all() if one.login == "anna@firm.example")
    assert anna.roles == {Role.LAWYER}


def test_a_person_is_given_roles_shut_out_and_let_in_again(visit: Visit, firm: FirmAtWork) -> None:
    anna = firm.app.people.invite("anna", "Anna Berg", []).person.person_id
    app = visit("people", person=str(anna))
    place = f"person_{anna}"
    app.checkbox(key=f"{place}_paralegal").check().run()
    assert "Anna Berg is now paralegal." in words(app)
    app.button(key=f"{place}_disable").click().run()
    assert "○ disabled" in words(app)
    app.button(key=f"{place}_enable").click().run()
    found = next(one for one in firm.app.people.all() if one.person_id == anna)
    assert (found.roles, found.disabled) == ({Role.PARALEGAL}, False)


def test_nobody_is_offered_to_disable_themselves(visit: Visit, firm: FirmAtWork) -> None:
    me = firm.app.who.person().person_id
    app = visit("people", person=str(me))
    assert app.button(key=f"person_{me}_disable").disabled


# --- matters, walls, filings ---


def test_a_matter_is_opened_staffed_walled_and_ruled(visit: Visit, firm: FirmAtWork) -> None:
    anna = firm.app.people.invite("anna", "Anna Berg", [Role.LAWYER]).person
    app = visit("matters")
    app.text_input(key="matter_number").set_value("0042-0007")
    app.text_input(key="matter_name").set_value("Doe removal")
    app.button(key="matter_open").click().run()
    assert "Doe removal" in words(app)
    matter = firm.app.matters.all()[0]

    app = visit("matters", matter=str(matter.matter_id))
    app.selectbox(key="team_who").set_value(anna).run()
    app.button(key="team_add_go").click().run()
    assert {one.name for one in firm.app.matters.team(matter.matter_id)} >= {"Anna Berg"}
    app.selectbox(key="wall_who").set_value(anna)
    app.text_input(key="wall_reason").set_value("Was on the other side")
    app.button(key="wall_go").click().run()
    assert "Was on the other side" in words(app)
    app.checkbox(key="rule_legal_hold").check().run()
    assert "under legal hold" in words(app)
    app.button(key=f"lower_{anna.person_id}").click().run()
    assert firm.app.walls.on(matter.matter_id) == ()


def test_b01_a_matter_hidden_gone_or_never_there_is_told_in_the_same_words(
    visit: Visit, firm: FirmAtWork
) -> None:
    hidden = firm.app.matters.open("0042-0007", "Doe removal").matter_id
    gone = firm.app.matters.open("0042-0008", "Roe removal").matter_id
    firm.app.matters.remove(gone)
    firm.hire("anna", Role.LAWYER)
    told = {words(visit("matters", matter=str(one))) for one in (hidden, gone, "nonsense")}
    assert len(told) == 1
    assert "There is no such matter" in told.pop()


@pytest.mark.usefixtures("library_of_one")
def test_a_filing_is_added_found_in_a_section_of_its_own_and_read_at_its_passage(
    visit: Visit, firm: FirmAtWork
) -> None:
    firm.app.matters.open("0042-0007", "Doe removal")
    app = visit("filings")
    app.text_input(key="filing_name").set_value("Motion for a stay")
    app.text_area(key="filing_text").set_value("The quicksilver ledger shows it. " * 20)
    app.button(key="filing_add").click().run()
    assert "“Motion for a stay” is on the shelf" in words(app)

    found = visit(q="quicksilver ledger")
    assert "From your matters: 1 filing" in words(found)
    assert "Doe removal · 0042-0007" in words(found)
    address = markup(found).split('href="/filings?')[1].split('"')[0].replace("&amp;", "&")
    query = dict(pair.split("=") for pair in address.split("&"))
    read = visit("filings", **query)
    assert "<mark>The quicksilver ledger" in markup(read)
    read.button(key="filing_remove_go").click().run()
    assert "Removed for good: 1 filing" in words(read)
    assert "There is no such filing" in words(visit("filings", **query))


@pytest.mark.usefixtures("library_of_one")
def test_b08_a_walled_lawyer_sees_the_screens_of_a_world_without_the_matter(
    visit: Visit, firm: FirmAtWork
) -> None:
    anna = firm.hire("anna", Role.LAWYER)

    def seen() -> list[str]:
        return [
            re.split(r" in \d+\.", words(visit(screen, **query)))[0]
            for screen, query in (
                ("search", {"q": "quicksilver"}),
                ("filings", {}),
                ("matters", {}),
            )
        ]

    before = seen()
    matter = firm.app.matters.open("0042-0007", "Doe removal").matter_id
    firm.app.matters.add(matter, anna)
    firm.app.walls.raise_wall(matter, anna, "Was on the other side")
    firm.app.filings.add_text(matter, "Memorandum", "The quicksilver ledger. " * 20)
    assert seen() == before


# --- audit, account, the voice ---


def test_a_change_of_a_setting_is_taken_back_in_the_audit_trail(
    visit: Visit, firm: FirmAtWork
) -> None:
    firm.app.firm.set("search_results", 20)
    entry = firm.app.trail.entries()[0]
    app = visit("audit")
    assert "Search, cases a page: from the default to 20" in words(app)
    app.button(key=f"undo_{entry.entry_id}").click().run()
    assert "Taken back." in words(app)
    assert firm.app.search_habits().results == 10
    app.button(key="verify").click().run()
    assert "The trail is whole" in words(app)


def test_the_trail_is_narrowed_by_what_was_done(visit: Visit, firm: FirmAtWork) -> None:
    firm.app.firm.set("search_results", 20)
    firm.app.matters.open("0042-0007", "Doe removal")
    said = words(visit("audit", what="setting."))
    assert "cases a page" in said
    assert "0042-0007" not in said
    assert "Nothing of that kind" in words(visit("audit", what="filing."))


def test_everybody_sees_on_their_account_where_they_are_signed_in_and_what_they_did(
    visit: Visit, firm: FirmAtWork
) -> None:
    anna = firm.hire("anna", Role.LAWYER)
    firm.app.acting_as(anna).matters.open("0042-0007", "Doe removal")
    said = words(visit("account"))
    assert "● this browser" in said
    assert "0042-0007" in said


@pytest.mark.usefixtures("library_of_one")
def test_the_voice_is_offered_only_where_somebody_may_choose_it(
    visit: Visit, firm: FirmAtWork
) -> None:
    question = "Must an applicant for a stay show irreparable injury?"
    firm.hire("anna", Role.LAWYER)
    assert list(visit("ask", q=question).get("button_group")) == []
    firm.app.firm.set("style", "prompt")
    asked = visit("ask", q=question)
    assert len(asked.get("button_group")) == 1
    assert "voice: off (no language model is set)" in words(asked)
    firm.app.firm.set("voice_choice", "admins")
    assert list(visit("ask", q=question).get("button_group")) == []


def _sound(app: AppTest) -> None:
    assert not app.exception
    assert "This did not work" not in words(app)
    assert dangers(markup(app)) == []
