"""I03: what a widget would not let through is refused by the facade as well.

A browser can be made to send anything; here everything is sent past the widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from core.app import Onpoint
from core.errors import OnpointError
from core.model import MatterId, PersonId, SettingKind
from tests.db.office import Office, matter_with, me, open_office

WRONG = {
    SettingKind.NUMBER: (-1, 10**19, "many", [1], "1; DROP TABLE people"),
    SettingKind.SWITCH: ("perhaps", 7, [True]),
    SettingKind.CHOICE: ("made-up", 3, ["off"]),
    SettingKind.COLOUR: ("red", "#12345", "url(https://evil.example)"),
    SettingKind.PICTURE: ("data:text/html,<script>", "https://evil.example/a.png", "x"),
}


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        yield opened


def test_i03_no_setting_takes_a_value_that_its_field_would_not(office: Office) -> None:
    firm = office.app.firm
    before = firm.table()
    taken = []
    for setting in before:
        refused = [choice.value for choice in setting.choices if choice.refused]
        for value in (*WRONG.get(setting.kind, ()), *refused):
            try:
                firm.set(setting.name, value)
            except OnpointError:
                continue
            taken.append((setting.name, value))
    assert taken == []
    assert firm.table() == before


@pytest.mark.parametrize("name", ["home", "database_url", "owner_url", "secret_key", "no_such", ""])
def test_i03_no_other_setting_can_be_reached_by_its_name(office: Office, name: str) -> None:
    for act in (lambda: office.app.firm.set(name, "x"), lambda: office.app.firm.unset(name)):
        with pytest.raises(OnpointError):
            act()


Act = Callable[[Onpoint, MatterId, PersonId], object]
FORGED: dict[str, Act] = {
    "a matter without a number": lambda a, m, p: a.matters.open("", "Name"),
    "a matter without a name": lambda a, m, p: a.matters.open("1", " \n"),
    "a name of a megabyte": lambda a, m, p: a.matters.open("1", "x" * 1_000_000),
    "a matter's state that there is not": lambda a, m, p: a.matters.change(m, state="gone"),  # type: ignore[arg-type]
    "somebody who is not there, on a team": lambda a, m, p: a.matters.add(m, PersonId(uuid4())),
    "a wall without a reason": lambda a, m, p: a.walls.raise_wall(m, p, " "),
    "a wall around nobody": lambda a, m, p: a.walls.raise_wall(m, PersonId(uuid4()), "Why."),
    "a filing without a name": lambda a, m, p: a.filings.add_text(m, "", "Text."),
    "an empty filing": lambda a, m, p: a.filings.add_text(m, "Brief", " "),
    "an empty note": lambda a, m, p: a.notes.write(m, ""),
    "a note of a megabyte": lambda a, m, p: a.notes.write(m, "x" * 1_000_000),
    "no cases at a time": lambda a, m, p: a.search("x", k=0),
    "fewer than none": lambda a, m, p: a.search("x", k=-5),
    "all cases at a time": lambda a, m, p: a.search("x", k=10**9),
    "a page before the first": lambda a, m, p: a.search("x", offset=-1),
    "a way to read a query that there is not": lambda a, m, p: a.search("x", mode="sql"),  # type: ignore[arg-type]
    "a voice that there is not": lambda a, m, p: a.ask("x", voice="loud"),  # type: ignore[arg-type]
    "nobody invited": lambda a, m, p: a.people.invite("", "Name", []),
    "a name of a megabyte invited": lambda a, m, p: a.people.invite("x" * 1_000_000, "Name", []),
    "a role that there is not": lambda a, m, p: a.people.invite("new", "Name", ["owner"]),  # type: ignore[list-item]
    "a role that there is not, given": lambda a, m, p: a.people.set_roles(p, ["owner"]),  # type: ignore[list-item]
    "a trail without end": lambda a, m, p: a.trail.entries(k=-1),
}


@pytest.mark.parametrize("what", FORGED)
def test_i03_what_no_field_would_send_is_refused_in_words_or_changes_nothing(
    office: Office, what: str
) -> None:
    boss, other = (
        office.hire("boss", "lawyer", "paralegal", "admin"),
        office.hire("other", "lawyer"),
    )
    matter = matter_with(boss, "1")
    before = kept(office)
    refused = ""
    try:
        FORGED[what](boss, matter, me(other))
    except OnpointError as error:
        refused = str(error)
    assert kept(office) == before
    assert not any(inside in refused for inside in ("psycopg", "Traceback", "DETAIL", "violates"))


def kept(office: Office) -> list[tuple[object, ...]]:
    """Everything that a forged value might have changed."""
    tables = "people matters team_members walls filings notes answers firm_settings".split()
    asked = (
        f"SELECT '{name}', md5(array_agg(t ORDER BY t)::text) FROM {name} t" for name in tables
    )
    return office.run(" UNION ALL ".join(asked) + " ORDER BY 1")
