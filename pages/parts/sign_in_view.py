"""How the pages before the screens look: signing in, setting up, taking an invitation.

Plain HTML of our own: they work without a script, by keyboard, light and dark.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pages.parts.html import Html, el, joined

NOTE = "At least 8 characters; longer is better than stranger. Every character counts, spaces too."


def whole_page(title: str, *body: Html | None) -> str:
    """Return the page as it is sent to the browser."""
    head = joined(
        [
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("title", f"{title} · Onpoint"),
            el("style", _style()),
        ]
    )
    main = el("main", el("p", "Onpoint", class_="brand"), el("h1", title), *body)
    return "<!DOCTYPE html>" + el("html", el("head", head), el("body", main), lang="en")


def form(
    action: str, hidden: dict[str, str], *fields: Html, button: str, trouble: str | None = None
) -> Html:
    """Return a form that is posted to this server; `hidden` are its fields that nobody sees."""
    return joined(
        [
            el("p", trouble, class_="trouble", role="alert") if trouble else None,
            el(
                "form",
                *(el("input", type="hidden", name=name, value=v) for name, v in hidden.items()),
                *fields,
                el("button", button, type="submit"),
                method="post",
                action=action,
            ),
        ]
    )


def login_field(value: str = "", *, focus: bool = True) -> Html:
    return el(
        "label",
        "Sign-in name",
        el(
            "input",
            name="login",
            value=value,
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
            required=True,
            autofocus=focus,
        ),
    )


def name_field(value: str = "") -> Html:
    return el("label", "Your name", el("input", name="name", value=value, autocomplete="name"))


def password_field(
    label: str = "Password", *, new: bool = False, focus: bool = False, name: str = "password"
) -> Html:
    """Return the field for a password; `new`: one that is being chosen."""
    return el(
        "label",
        label,
        el(
            "input",
            name=name,
            type="password",
            autocomplete="new-password" if new else "current-password",
            required=True,
            autofocus=focus,
        ),
        el("span", NOTE) if new else None,
    )


def said(words: str) -> Html:
    return el("p", words, class_="meta")


def other_way(words: str, address: str) -> Html:
    """Return the way in beside the form: the office's single sign-on."""
    return joined([el("div", "or", class_="or"), el("a", words, href=address, class_="button")])


@cache
def _style() -> Html:
    # Ours, from the file beside this one.
    return Html(Path(__file__).with_name("sign_in.css").read_text(encoding="utf-8"))
