"""Text becomes HTML in one place, and there it becomes harmless."""

import json
from pathlib import Path

import pytest

from pages.parts.html import Html, el, joined, show
from pages.parts.links import read_place
from tests.pages.conftest import dangers

HAND_PICKED = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "</p><iframe srcdoc='<script>alert(1)</script>'>",
]


def _strings(corpus: Path) -> list[str]:
    folder = corpus / "hostile" / "strings"
    naughty = json.loads((folder / "naughty_strings.json").read_text(encoding="utf-8"))
    payloads = (folder / "xss_payloads.txt").read_text(encoding="utf-8").splitlines()
    return [*map(str, naughty), *payloads]


@pytest.mark.parametrize("hostile", HAND_PICKED)
def test_i01_a_hostile_string_is_only_text_as_a_child_and_as_an_attribute(hostile: str) -> None:
    assert dangers(el("p", hostile, title=hostile, id=hostile)) == []


def test_i01_no_string_of_the_hostile_lists_becomes_markup(corpus: Path) -> None:
    caught = [bad for bad in _strings(corpus) if dangers(el("p", bad, title=bad))]
    assert caught == []


def test_i01_only_markup_made_by_el_can_be_shown() -> None:
    with pytest.raises(TypeError):
        show("<b>plain text</b>")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//elsewhere.example/x",
        "/\\elsewhere.example",
        "https://elsewhere.example",
        "/case?x=\nx",
        "",
    ],
)
def test_g13_a_link_that_leads_off_this_server_cannot_be_made(address: str) -> None:
    with pytest.raises(ValueError, match="not an address of this app"):
        el("a", "x", href=address)


def test_children_are_joined_escaped_and_none_is_left_out() -> None:
    expected = '<p class="a">1 &lt; 2<b>3</b>0</p>'
    assert el("p", "1 < 2", None, el("b", 3), 0, class_="a", hidden=False) == expected


def test_markup_in_a_list_stays_markup() -> None:
    assert joined([Html("<b>a</b>"), "<"], " · ") == "<b>a</b> · &lt;"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("34.1200-1690", (34, 1200, 1690)),
        ("34.1200", (34, 1200, 1200)),
        # a page label, and nonsense
        ("435", None),
        ("34.-1", None),
        ("34.x", None),
        ("٣.٤", None),
        ("1." + "9" * 40, None),
        ("1; DROP TABLE cases", None),
    ],
)
def test_a_place_in_the_address_is_read_or_refused(
    at: str, expected: tuple[int, int, int] | None
) -> None:
    read = read_place(at)
    assert (read and (read[0], read[1].start, read[1].end)) == expected
