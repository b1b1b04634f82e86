"""The field that a setting is typed, chosen or switched in, by its kind."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import streamlit as st

from core.model import SettingKind
from pages.parts.acts import act, refused
from pages.parts.html import Html, el, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.app import Onpoint
    from core.model import Choice, FirmSetting, SettingValue

NEVER_SHOWN = "Kept locked up, never shown"
SIDE_BY_SIDE = 24  # letters of all names of a choice together
OUR_COLOUR = "#1f3d68"
NO_CARD = "None"
CARD_GONE = "A card that is not there for you"
NO_CARDS = "There is no card that you may see. One is made under Style."


def field(app: Onpoint, row: FirmSetting) -> None:
    """Draw the field; what is entered is saved at once, or refused in words."""
    DRAWN[row.kind](app, row)


def _key(row: FirmSetting) -> str:
    return f"set_{row.name}"


def _fill(row: FirmSetting, value: SettingValue) -> None:
    """Show what is so now; what was just refused stays in the field to be mended."""
    if not refused(row.name):
        st.session_state[_key(row)] = value


def _save(app: Onpoint, row: FirmSetting) -> None:
    typed = st.session_state[_key(row)]
    value = typed.strip() if isinstance(typed, str) else typed
    if value is None:
        # The chosen one was clicked again: it stays.
        return
    if value == "":
        act(row.name, "Taken away.", lambda: app.firm.unset(row.name))
        return
    act(row.name, "Saved.", lambda: app.firm.set(row.name, value))


def _switch(app: Onpoint, row: FirmSetting) -> None:
    _fill(row, bool(row.value))
    st.toggle(
        row.label,
        key=_key(row),
        label_visibility="collapsed",
        disabled=row.locked is not None,
        on_change=_save,
        args=(app, row),
    )


def _choice(app: Onpoint, row: FirmSetting) -> None:
    # A choice is called by its first words; what it means stands below.
    labels = {choice.value: choice.label.partition(":")[0] for choice in row.choices}
    possible = [choice.value for choice in row.choices if choice.refused is None]
    barred = [choice for choice in row.choices if choice.refused is not None]
    _fill(row, row.value if row.value in possible else None)
    # Many words side by side would not fit: they are chosen from a list.
    draw = st.selectbox if sum(map(len, labels.values())) > SIDE_BY_SIDE else st.segmented_control
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        draw(
            row.label,
            possible,
            key=_key(row),
            label_visibility="collapsed",
            format_func=lambda one: labels.get(one, one),
            disabled=row.locked is not None,
            on_change=_save,
            args=(app, row),
        )
        for choice in barred:
            st.button(
                labels[choice.value],
                key=f"{_key(row)}_{choice.value}",
                disabled=True,
                help=choice.refused,
            )
    show(el("div", *(_meaning(choice) for choice in row.choices)))


def _meaning(choice: Choice) -> Html | None:
    name, _, means = choice.label.partition(":")
    said = choice.refused or means.strip()
    return el("p", el("b", name), ": ", said, class_="meta means") if said else None


def _number(app: Onpoint, row: FirmSetting) -> None:
    whole = isinstance(row.default, int)
    number = row.value if isinstance(row.value, (int, float)) else 0
    _fill(row, int(number) if whole else float(number))
    st.number_input(
        row.label,
        key=_key(row),
        label_visibility="collapsed",
        step=1 if whole else 5.0,
        format="%d" if whole else "%.0f",
        disabled=row.locked is not None,
        on_change=_save,
        args=(app, row),
    )


def _text(app: Onpoint, row: FirmSetting) -> None:
    _fill(row, str(row.value or ""))
    st.text_input(
        row.label,
        key=_key(row),
        label_visibility="collapsed",
        placeholder=str(row.default or "none"),
        disabled=row.locked is not None,
        on_change=_save,
        args=(app, row),
    )


def _long(app: Onpoint, row: FirmSetting) -> None:
    _fill(row, str(row.value or ""))
    st.text_area(
        row.label,
        key=_key(row),
        label_visibility="collapsed",
        disabled=row.locked is not None,
        on_change=_save,
        args=(app, row),
    )


def _secret(app: Onpoint, row: FirmSetting) -> None:
    if not refused(row.name):
        st.session_state[_key(row)] = ""
    st.text_input(
        row.label,
        key=_key(row),
        type="password",
        label_visibility="collapsed",
        placeholder=NEVER_SHOWN if row.is_set else "none",
        autocomplete="off",
        disabled=row.locked is not None,
        on_change=_keep_secret,
        args=(app, row),
    )


def _keep_secret(app: Onpoint, row: FirmSetting) -> None:
    typed = st.session_state[_key(row)].strip()
    if typed:
        act(row.name, "Kept. It is not shown again.", lambda: app.firm.set(row.name, typed))


def _colour(app: Onpoint, row: FirmSetting) -> None:
    _fill(row, str(row.value or OUR_COLOUR))
    st.color_picker(
        row.label,
        key=_key(row),
        label_visibility="collapsed",
        disabled=row.locked is not None,
        on_change=_save,
        args=(app, row),
    )


def _picture(app: Onpoint, row: FirmSetting) -> None:
    if isinstance(row.value, str):
        st.image(base64.b64decode(row.value.partition(",")[2]), width=120)
    st.file_uploader(
        row.label,
        key=_key(row),
        type=["png", "jpg", "jpeg"],
        label_visibility="collapsed",
        disabled=row.locked is not None,
        on_change=_keep_picture,
        args=(app, row),
    )


def _keep_picture(app: Onpoint, row: FirmSetting) -> None:
    given = st.session_state[_key(row)]
    if given is None:
        return
    data = base64.b64encode(given.getvalue()).decode()
    act(row.name, "Saved.", lambda: app.firm.set(row.name, f"data:{given.type};base64,{data}"))


def _card(app: Onpoint, row: FirmSetting) -> None:
    names = {"": NO_CARD, **{choice.value: choice.label for choice in row.choices}}
    value = str(row.value or "")
    _fill(row, value if value in names else None)
    st.selectbox(
        row.label,
        list(names),
        key=_key(row),
        label_visibility="collapsed",
        placeholder=CARD_GONE,
        format_func=lambda one: names.get(one, CARD_GONE),
        disabled=row.locked is not None,
        on_change=_save,
        args=(app, row),
    )
    if not row.choices:
        show(el("p", NO_CARDS, class_="meta"))


DRAWN: dict[SettingKind, Callable[[Onpoint, FirmSetting], None]] = {
    SettingKind.SWITCH: _switch,
    SettingKind.CHOICE: _choice,
    SettingKind.NUMBER: _number,
    SettingKind.CARD: _card,
    SettingKind.TEXT: _text,
    SettingKind.LONG: _long,
    SettingKind.SECRET: _secret,
    SettingKind.COLOUR: _colour,
    SettingKind.PICTURE: _picture,
}
