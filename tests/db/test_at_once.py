"""Many at once on one library: threads, people, and the same click twice (I06, I07, I08)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from core.app import Onpoint
from core.errors import OnpointError, UsageError
from core.ingest.demo import demo_path
from core.model import Role
from core.search.encoder import load_encoder
from tests.db.office import DUTY, TAX, Office, matter_with, me, open_office

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "117 Merr. 2d 34",
    "State v. Hollowell",
    '"reasonable suspicion"',
    "when may an officer stop a person",
    "duty to keep the floor of a shop safe",
    "water right lost by non-use",
    "nothing of the sort zzz",
)


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        yield opened


def twice(act: Callable[[], object]) -> list[str]:
    """Do the same at the same time, eight times over; return how each went."""

    def outcome(_: int) -> str:
        try:
            act()
        except OnpointError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(8) as pool:
        return sorted(pool.map(outcome, range(8)))


# --- I06: the same action twice ---


def test_i06_an_import_started_twice_brings_each_case_once(office: Office) -> None:
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: office.app.import_jsonl([demo_path()]), range(2)))
    assert [report.failed for report in reports] == [(), ()]
    assert office.app.coverage().cases == 18


def test_i06_somebody_invited_twice_is_one_person_and_the_second_is_told(office: Office) -> None:
    def invite() -> None:
        office.app.people.invite("ada@firm.example", "Ada", [Role.LAWYER])

    assert twice(invite) == ["done", *[UsageError.code] * 7]
    assert [one.login for one in office.app.people.all()].count("ada@firm.example") == 1


def test_i06_a_filing_a_wall_and_a_place_on_a_team_are_made_once(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter = matter_with(ann, "1")
    assert twice(lambda: ann.filings.add_text(matter, "Brief", DUTY)) == ["done"] * 8
    assert len(ann.filings.all(matter)) == 1
    assert twice(lambda: ann.matters.add(matter, me(bob))) == ["done"] * 8
    assert [one.login for one in ann.matters.team(matter)] == ["ann", "bob"]
    assert "done" in twice(lambda: ann.walls.raise_wall(matter, me(bob), "Other side."))
    assert [wall.person.login for wall in ann.walls.on(matter)] == ["bob"]


def test_i06_a_setting_made_twice_is_one_change_in_the_trail(office: Office) -> None:
    assert twice(lambda: office.app.firm.set("firm_name", "Orchard & Ferry")) == ["done"] * 8
    assert len(office.app.trail.entries(action="setting.set")) == 1


def test_i06_what_is_removed_twice_is_gone_once_and_the_second_finds_nothing(
    office: Office,
) -> None:
    ann = office.hire("ann", "lawyer")
    matter = matter_with(ann, "1", DUTY)
    assert twice(lambda: ann.matters.remove(matter)).count("done") == 1
    assert ann.matters.all() == ()
    assert len(office.run("SELECT 1 FROM audit_entries WHERE action = 'matter.remove'")) == 1


# --- I07: many threads ---


@pytest.mark.slow
def test_i07_twenty_threads_on_one_library_and_one_encoder_find_what_one_finds(
    database_url: str, admin_url: str, tmp_path: Path
) -> None:
    encoder = load_encoder("packaged")
    opened = open_office(database_url, admin_url, tmp_path, encoder=encoder, size=8)
    with closing(opened.app):
        app = opened.app
        app.import_jsonl([demo_path()])
        alone = [everything(app, question) for question in QUESTIONS]
        with ThreadPoolExecutor(20) as pool:
            together = list(pool.map(lambda question: everything(app, question), QUESTIONS * 6))
    assert together == alone * 6


def everything(app: Onpoint, question: str) -> tuple[object, ...]:
    """What a person is shown for a question: hits, citations, an answer."""
    hits = app.search(question).hits
    answer = app.ask(question)
    return (
        [(hit.case.source_id, hit.why, [one.text for one in hit.passages]) for hit in hits],
        [(one.status, one.case and one.case.source_id) for one in app.cite(question)],
        (answer.standing, answer.text, [source.pincite for source in answer.sources]),
    )


# --- I08: nothing of one person's is kept for another ---


def test_i08_two_people_who_ask_the_same_at_once_each_get_their_own(office: Office) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter_with(ann, "1", DUTY)
    matter_with(bob, "2", TAX)
    asked = ("duty to warn of ice", "statute of limitations")

    def names(app: Onpoint) -> list[str]:
        return [hit.matter.number for text in asked for hit in app.search(text).filings]

    expected = [names(ann), names(bob)]
    assert [set(expected[0]), set(expected[1])] == [{"1"}, {"2"}]
    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(names, [ann, bob] * 50)) == expected * 50


def test_i08_what_was_found_before_a_right_was_taken_away_is_not_found_after(
    office: Office,
) -> None:
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    matter = matter_with(ann, "1", DUTY, team=(bob,))
    assert bob.search("duty to warn of ice").filings
    ann.walls.raise_wall(matter, me(bob), "Other side.")
    assert bob.search("duty to warn of ice").filings == ()
    ann.walls.lower(matter, me(bob))
    assert bob.search("duty to warn of ice").filings


def test_i08_no_screen_keeps_what_it_was_given_for_another_visitor() -> None:
    """`st.cache_data` is keyed by arguments, not by who asks; `cache_resource` is one for all."""
    kept = {}
    for path in [*ROOT.glob("pages/**/*.py"), ROOT / "streamlit_app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                decorators = " ".join(map(ast.unparse, node.decorator_list))
                if "cache_data" in decorators or "cache_resource" in decorators:
                    kept[f"{path.name}:{node.name}"] = ast.unparse(node.args)
    # The library itself, and the one import under way: neither is anybody's.
    assert kept == {"app.py:open_app": "", "welcome.py:desk": ""}
