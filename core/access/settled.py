"""The settings as they are at this moment: what the start gave, and what the firm has settled.

Read anew whenever they are needed, so that a change holds at once in every session and process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, cast

from pydantic import SecretStr, TypeAdapter, ValidationError

from core.access.locker import Locker
from core.errors import UsageError
from core.library import firm, style_adapters
from core.library.db import Database
from core.model import Mode, Provenance, SettingValue, Voice
from core.setting_groups import In
from core.settings import Settings

NO_ADAPTER = (
    "No style model trained on the firm's filings has passed its gate yet, so there is none to use."
)
# A key belongs to the address that it was given for, and goes to no other.
KEYS = {
    "answer_key": "answer_base_url",
    "checker_key": "checker_base_url",
    "style_key": "style_base_url",
}
NO_KEY = SecretStr("none")
_NOT_YET: dict[tuple[str, str], str] = {
    ("search_mode", Mode.CONNECTORS): "There is no search with connectors yet.",
}


class Rules:
    """What holds in this house. Safe for many threads."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self.start = settings
        self.locker = Locker(settings)
        self._db = db
        self._read: tuple[dict[str, object], Settings] = ({}, settings)

    def now(self) -> Settings:
        """Return the settings that hold at this moment. Raises DatabaseUnavailable."""
        return self.given(firm.settled(self._db))

    def given(self, held: Mapping[str, object]) -> Settings:
        """Return the settings that hold where the firm has settled these."""
        settled = self._ours(held)
        known, effective = self._read
        if settled != known:
            effective = self.with_settled(settled)
            self._read = settled, effective
        return effective

    def settled(self) -> dict[str, object]:
        """Return what the firm has settled and the start leaves open, as JSON has it."""
        return self._ours(firm.settled(self._db))

    def _ours(self, held: Mapping[str, object]) -> dict[str, object]:
        return {name: held[name] for name in held if name in table() and self._open(name)}

    def source(self, name: str, settled: Mapping[str, object]) -> Provenance:
        given = self.start.given(name)
        if given is not None:
            return given
        return Provenance.HERE if name in settled else Provenance.DEFAULT

    def with_settled(self, settled: Mapping[str, object]) -> Settings:
        """Return the settings as they would be with these of the firm's; what is unfit is not."""
        values = dict(self._values(settled))
        for key, address in KEYS.items():
            if address in values and key not in values:
                values[key] = NO_KEY
        return self.start.model_copy(update=values)

    def refusal(self, name: str, value: object) -> str | None:
        """Say why a value, right in itself, cannot be chosen yet; None where it can."""
        if name == "style" and value == Voice.ADAPTER and not self.adapter_speaks():
            return NO_ADAPTER
        return _NOT_YET.get((name, str(value)))

    def adapter_speaks(self) -> bool:
        """Say whether an adapter was promoted and none has switched it off since."""
        return style_adapters.any_promoted(self._db)

    def _open(self, name: str) -> bool:
        """Say whether a setting is the firm's to make: nothing at the start has made it."""
        return name not in self.start.model_fields_set and table()[name].fixed is None

    def _values(self, settled: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        for name, stored in settled.items():
            if is_secret(name):
                secret = self.locker.unlock(str(stored))
                if secret is not None:
                    yield name, SecretStr(secret)
                continue
            try:
                yield name, read(name, stored)
            except UsageError:  # of an earlier release, whose values were others
                continue


@cache
def table() -> dict[str, In]:
    """Return the settings that an administrator sees, in their order, with group and label."""
    return {
        name: kept
        for name, field in Settings.model_fields.items()
        for kept in field.metadata
        if isinstance(kept, In)
    }


def is_secret(name: str) -> bool:
    return Settings.model_fields[name].annotation == SecretStr | None


def read(name: str, value: object) -> object:
    """Return a value as the setting has it. Raises UsageError, in words, where it may not be."""
    try:
        return _adapter(name).validate_python(value)
    except ValidationError as wrong:
        said = wrong.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"{table()[name].label}: {said[:1].lower()}{said[1:]}.") from None


def as_json(name: str, value: object) -> SettingValue:
    """Return a value, no secret, as JSON has it."""
    return cast("SettingValue", _adapter(name).dump_python(value, mode="json"))


@cache
def _adapter(name: str) -> TypeAdapter[object]:
    field = Settings.model_fields[name]
    whole: object = Annotated[(field.annotation, *field.metadata)]  # pyright: ignore[reportInvalidTypeForm, reportUnknownMemberType]
    return TypeAdapter(cast("type[object]", whole))
