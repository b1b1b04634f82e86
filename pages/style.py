"""Style: how the firm, or an author, writes: counted, and what is made of it."""

from __future__ import annotations

from pages.parts.app import desk
from pages.parts.html import el, joined, show
from pages.parts.look import wake_browser
from pages.parts.style_ballots import draw_preferences
from pages.parts.style_cards import draw_cards
from pages.parts.style_training import draw_training

ABOUT = (
    "What an author does, beside what others do. Style only: what an answer says comes from its "
    "sources, and no card can change it."
)
# Each draws itself, for whoever may see it.
SECTIONS = (draw_cards, draw_training, draw_preferences)


def draw() -> None:
    app = desk()
    show(joined([el("h1", "Style"), el("p", ABOUT, class_="meta")]))
    for section in SECTIONS:
        section(app)


draw()
wake_browser()
