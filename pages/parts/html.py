"""The one place where text becomes HTML.

Everything written by a court, a person or a model passes through `el`, which escapes it; a
screen cannot show a plain string as markup, because `show` takes nothing but `Html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import streamlit as st

# Our own addresses only: a path on this server, a query, or a place on this page.
_OWN_ADDRESS = re.compile(r"(?:/(?![/\\])|\?|#)[^\x00-\x20]*")
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]+")
_VOID = frozenset({"br", "hr", "img", "input", "meta"})


class Html(str):
    """Markup that is safe to show. Made by `el` and `joined`, never from somebody's text."""

    __slots__ = ()


Child = Html | str | int | None
Value = str | int | bool | None


def el(tag: str, *children: Child, **attributes: Value) -> Html:
    """Return one element; children that are plain strings are escaped.

    A trailing underscore leaves an attribute's name (`class_`), others become hyphens. None and
    False leave the attribute out. Raises ValueError for a link that leads off this server.
    """
    opening = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{opening}>")
    return Html(f"<{tag}{opening}>{joined(children)}</{tag}>")


def joined(children: Iterable[Child], separator: Child = "") -> Html:
    """Return the children one after the other, each escaped where it needs to be."""
    return Html(text(separator).join(text(child) for child in children if child is not None))


def text(child: Child) -> Html:
    """Return a child as markup: `Html` as it is, anything else escaped."""
    if isinstance(child, Html):
        return child
    return Html("" if child is None else escape(str(child)))


def with_code(words: str) -> Html:
    """Return words in which what stands between backticks is set as it is typed."""
    pieces = enumerate(words.split("`"))
    return joined([el("code", piece) if n % 2 else piece for n, piece in pieces])


def picture(data: str, name: str) -> Html:
    """Return a picture that is given whole, as a data: address; `name` is read out for it.

    Raises ValueError for any other address: nothing is fetched from elsewhere.
    """
    if not _PICTURE.fullmatch(data):
        raise ValueError("a picture is a PNG or JPEG, given whole")
    return el("img", src=data, alt=name)


def show(markup: Html) -> None:
    """Draw the markup. Streamlit sanitizes it once more on the way."""
    if not isinstance(markup, Html):
        raise TypeError("only Html can be shown; build it with el()")
    st.html(markup)


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    key = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {key}"
    fetched = key == "src" and not _PICTURE.fullmatch(str(value))
    if (key == "href" or fetched) and not _OWN_ADDRESS.fullmatch(str(value)):
        raise ValueError(f"not an address of this app: {str(value)[:40]!r}")
    return f' {key}="{escape(str(value), quote=True)}"'
