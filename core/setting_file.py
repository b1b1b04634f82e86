"""The file of settings in the home: onpoint.toml, refused where it is not understood."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic_settings import BaseSettings, TomlConfigSettingsSource

from core.errors import UsageError

FILE = "onpoint.toml"


class SettingsFile(TomlConfigSettingsSource):
    """The file of settings in the home; a name that is no setting's is refused, not passed over."""

    def __init__(self, settings_cls: type[BaseSettings], path: Path) -> None:
        try:
            super().__init__(settings_cls, toml_file=path)
        except tomllib.TOMLDecodeError as error:
            raise UsageError(f"The settings in {path} cannot be read: {error}.") from error
        if strange := sorted(set(self.toml_data) - set(settings_cls.model_fields)):
            raise UsageError(f"{path} names a setting that there is not: {', '.join(strange)}.")
