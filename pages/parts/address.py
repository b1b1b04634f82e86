"""Fields whose content stands in the address: typed, bookmarked, sent, and gone back to.

The address is the truth. What a reader types goes there first, as one step of the browser's
history, and the field shows what the address says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

# What in the address holds for one page of a list, and for one question, and no longer.
_OF_ONE_PAGE = frozenset({"p", "before"})
_OF_ONE_QUESTION = _OF_ONE_PAGE | {"then", "long"}


def typed(
    label: str,
    key: str,
    *,
    placeholder: str,
    max_chars: int,
    help: str | None = None,  # noqa: A002  Streamlit's word
    hidden_label: bool = False,
) -> str:
    """Draw a field for a line of text and return it without white space around."""
    st.session_state[key] = st.query_params.get(key, "")[:max_chars]
    return st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        max_chars=max_chars,
        help=help,
        label_visibility="collapsed" if hidden_label else "visible",
        on_change=_to_address,
        args=(key,),
    ).strip()


def chosen(label: str, names: Mapping[str, str], key: str, placeholder: str) -> list[str]:
    """Draw a field to choose from `names`, by id; ids in the address that are none are dropped."""
    asked = dict.fromkeys(st.query_params.get_all(key))
    st.session_state[key] = [one for one in asked if one in names]
    return st.multiselect(
        label,
        list(names),
        key=key,
        placeholder=placeholder,
        format_func=lambda one: names.get(one, one),
        on_change=_to_address,
        args=(key,),
    )


def chosen_one(label: str, names: Mapping[str, str], key: str, placeholder: str) -> str | None:
    """Draw a field to choose one of `names`, by id; another id in the address is dropped."""
    asked = st.query_params.get(key)
    st.session_state[key] = asked if asked in names else None
    return st.selectbox(
        label,
        list(names),
        key=key,
        index=None,
        placeholder=placeholder,
        format_func=lambda one: names.get(one, one),
        on_change=_to_address,
        args=(key,),
    )


def _to_address(key: str) -> None:
    """Write a field into the address; a changed question begins at its first page again."""
    stale = _OF_ONE_QUESTION if key == "q" else _OF_ONE_PAGE
    asked: dict[str, list[str]] = {
        name: st.query_params.get_all(name) for name in st.query_params if name not in stale
    }
    value = st.session_state[key]
    asked[key] = [value] if isinstance(value, str) else list(value or ())
    st.query_params.from_dict({name: values for name, values in asked.items() if any(values)})
