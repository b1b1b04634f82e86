"""The desk of the firm's settings: seen whole, checked before they are kept, undone, tried.

What is changed here holds at once for everybody; what the start of the program sets wins over it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from uuid import UUID

from pydantic import SecretStr

from core.access.choices import choices, members
from core.access.permits import Who, permitted
from core.access.settled import KEYS, NO_KEY, Rules, as_json, is_secret, read, table
from core.access.trail import SETTING_CHANGES, record
from core.errors import NotAllowed, UsageError
from core.library import audit, firm
from core.library.db import Database, Transaction
from core.model import (
    Appearance,
    Choice,
    FirmSetting,
    Provenance,
    SettingKind,
    SettingValue,
    TestResult,
)
from core.settings import Settings

Offers = Mapping[str, Callable[[], tuple[Choice, ...]]]
Trial = Callable[[Settings], TestResult]

LOST = "It was locked up with another key than this server's: type it again."
NOT_THERE = (
    "What was chosen is there no more, or not for you to see; then it is as if it were none."
)
_NOT_HERE = {
    Provenance.ENVIRONMENT: "Set in the environment ({variable}), which wins. Change it there.",
    Provenance.FILE: "Set in the file onpoint.toml of the home, which wins. Change it there.",
}


class Firm:
    """The firm's settings, for those who may make them."""

    desk = "firm"

    def __init__(
        self, db: Database, who: Who, rules: Rules, trials: Mapping[str, Trial], offers: Offers
    ) -> None:
        self.who = who
        self._db = db
        self._rules = rules
        # By name of a setting: how to try it.
        self._trials = trials
        # By name of a setting: what there is to choose from, for whoever asks.
        self._offers = offers

    @permitted
    def table(self) -> tuple[FirmSetting, ...]:
        """Return every setting in its group's order, secrets without their value."""
        settled, now = self._rules.settled(), self._rules.now()
        return tuple(self._row(name, settled, now) for name in table())

    @permitted
    def appearance(self) -> Appearance:
        """Return how the firm's Onpoint looks, to whoever is at the door."""
        now = self._rules.now()
        return Appearance(name=now.firm_name, colour=now.firm_colour, logo=now.firm_logo)

    @permitted
    def set(self, name: str, value: object) -> FirmSetting:
        """Keep a setting, for everybody and at once.

        An empty value takes it away; what is chosen from a list may be called by its name. Raises
        UsageError where the value may not be, NotAllowed where the start of the program has set it.
        """
        self._require_open(name)
        checked = _checked(self._rules, name, self._called(name, value))
        return self._change(name, checked)

    @permitted
    def unset(self, name: str) -> FirmSetting:
        """Go back to what holds when the firm says nothing. Raises as `set`."""
        self._require_open(name)
        return self._change(name, None)

    @permitted
    def undo(self, entry_id: UUID) -> FirmSetting:
        """Take back one change of a setting that the audit trail tells of.

        Raises UsageError where there is no such change, it was of a secret, or the setting has
        been changed again since: then that change is taken back first.
        """
        with self._db.transaction(scope=self.who.scope) as transaction:
            change = audit.change(transaction, entry_id)
        if change is None or change.action not in SETTING_CHANGES or change.subject not in table():
            raise UsageError("The trail tells of no such change of a setting.")
        if change.detail.get("secret"):
            raise UsageError("A key is not kept once it is replaced: type it again.")
        self._require_open(change.subject)
        before = change.detail.get("from")
        checked = None if before is None else _checked(self._rules, change.subject, before)
        return self._change(change.subject, checked, instead_of=change.detail, undoes=entry_id)

    @permitted
    def test(self, name: str, value: object = None) -> TestResult:
        """Really try a setting; with `value`, as it would be then, before it is kept.

        Raises UsageError where there is nothing to try or the value may not be.
        """
        _require_known(name)
        trial = self._trials.get(name)
        if trial is None:
            raise UsageError(f"{table()[name].label}: there is nothing to try.")
        result = trial(self._as_if(name, value))
        with self._db.transaction(scope=self.who.scope) as transaction:
            record(transaction, "setting.test", subject=name, detail={"passed": result.passed})
        return result

    def _called(self, name: str, value: object) -> object:
        """Return the value that is meant by a name. Raises UsageError where there is none."""
        wanted = str(value or "").strip()
        if name not in self._offers or not wanted:
            return value
        for choice in self._offers[name]():
            if wanted in {choice.value, choice.label}:
                return choice.value
        raise UsageError(f"{table()[name].label}: there is none called {wanted!r} for you.")

    def _as_if(self, name: str, value: object) -> Settings:
        if value is None:
            return self._rules.now()
        self._require_open(name)
        held = {
            **self._rules.settled(),
            name: _stored(self._rules, name, _checked(self._rules, name, value)),
        }
        for key in _keys_of(name, held.get(name), self._rules.settled().get(name)):
            held.pop(key, None)
        return self._rules.with_settled({k: v for k, v in held.items() if v is not None})

    def _change(
        self,
        name: str,
        value: object,
        *,
        instead_of: Mapping[str, object] | None = None,
        undoes: UUID | None = None,
    ) -> FirmSetting:
        new = _stored(self._rules, name, value)
        with self._db.transaction(scope=self.who.scope) as transaction:
            firm.hold(transaction)
            old = firm.settled_now(transaction, name)
            if instead_of is not None and old != instead_of.get("to"):
                raise UsageError("This setting was changed again since: take that back first.")
            if old != new:
                for key in _keys_of(name, new, old):
                    self._write(transaction, key, None, firm.settled_now(transaction, key))
                self._write(transaction, name, new, old, undoes=undoes)
        return self._row(name, self._rules.settled(), self._rules.now())

    def _write(
        self,
        transaction: Transaction,
        name: str,
        new: object,
        old: object,
        *,
        undoes: UUID | None = None,
    ) -> None:
        if new is None and old is None:
            return
        if new is None:
            firm.unsettle(transaction, name)
        else:
            firm.settle(transaction, name, json.dumps(new))
        detail = {"from": old, "to": new}
        if is_secret(name):
            detail = {"secret": True, "to": None if new is None else "kept"}
        if undoes is not None:
            detail["undoes"] = str(undoes)
        action = "setting.unset" if new is None else "setting.set"
        record(transaction, action, subject=name, detail=detail)

    def _require_open(self, name: str) -> None:
        _require_known(name)
        if (locked := self._locked(name)) is not None:
            raise NotAllowed(f"{table()[name].label}: {locked}")

    def _locked(self, name: str) -> str | None:
        given = self._rules.start.given(name)
        if given is not None:
            return _NOT_HERE[given].format(variable=f"ONPOINT_{name.upper()}")
        key = next((key for key, address in KEYS.items() if address == name), None)
        if key is not None and self._rules.start.given(key) is not None:
            return "Its key is set where Onpoint is started, and goes to no address set here."
        return table()[name].fixed

    def _row(self, name: str, settled: Mapping[str, object], now: Settings) -> FirmSetting:
        kept, field = table()[name], Settings.model_fields[name]
        value: object = getattr(now, name)
        secret = is_secret(name)
        source = self._rules.source(name, settled)
        offered = self._offers[name]() if name in self._offers else None
        problem = LOST if secret and name in settled and value in {None, NO_KEY} else None
        if offered is not None and value and str(value) not in {each.value for each in offered}:
            problem = NOT_THERE
        return FirmSetting(
            name=name,
            group=kept.group,
            label=kept.label,
            help=field.description or "",
            kind=_kind(name),
            value=None if secret else as_json(name, value),
            default=None if secret else as_json(name, field.default),
            source=source,
            is_set=source is not Provenance.DEFAULT,
            locked=self._locked(name),
            problem=problem,
            choices=choices(self._rules, name) if offered is None else offered,
            testable=name in self._trials,
        )


def _require_known(name: str) -> None:
    if name not in table():
        raise UsageError(f"There is no setting {name!r}.")


def _checked(rules: Rules, name: str, value: object) -> object:
    """Return the value as the setting has it, None to take it away. Raises UsageError."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    checked = read(name, value.strip() if isinstance(value, str) else value)
    if (refused := rules.refusal(name, checked)) is not None:
        raise UsageError(refused)
    return checked


def _stored(rules: Rules, name: str, value: object) -> SettingValue:
    """Return a checked value as the database has it, a secret locked up."""
    if value is None:
        return None
    if isinstance(value, SecretStr):
        return rules.locker.lock(value.get_secret_value())
    return as_json(name, value)


def _keys_of(name: str, new: object, old: object) -> tuple[str, ...]:
    """Name the keys that a change makes void: they were given for another address or provider."""
    if name in {"answer_model", "checker_model", "style_model"}:
        same = str(new).partition(":")[0] == str(old).partition(":")[0]
        return () if same or old is None else (name.replace("model", "key"),)
    return tuple(key for key, address in KEYS.items() if address == name and new != old)


def _kind(name: str) -> SettingKind:
    if is_secret(name):
        return SettingKind.SECRET
    if (typed := table()[name].typed) is not None:
        return SettingKind(typed)
    annotation = Settings.model_fields[name].annotation
    if annotation is bool:
        return SettingKind.SWITCH
    if annotation is int or annotation is float:
        return SettingKind.NUMBER
    return SettingKind.CHOICE if members(name) else SettingKind.TEXT
