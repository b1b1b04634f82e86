"""One table of settings: what each is called, what it does, and what it is when nobody says.

The environment sets them (`ONPOINT_…`, `DATABASE_URL`); docs/operations.md lists every one.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once, where the program starts, and passed down."""

    model_config = SettingsConfigDict(
        env_prefix="ONPOINT_", frozen=True, extra="ignore", populate_by_name=True
    )

    home: Path = Field(
        default=Path(".onpoint"), description="Folder of the files, models and embedded database."
    )
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="A Postgres server of your own; without it the embedded one is used.",
    )
    encoder: str = Field(
        default="packaged",
        description="`packaged`, a folder with a sentence-transformers model, or a hub name.",
    )
    workers: int = Field(
        default=0, ge=0, description="Processes an import uses; 0 is one for each processor."
    )
    answer_model: str | None = Field(
        default=None, description="`provider:model` for answers in prose; none composes extracts."
    )
    answer_base_url: str | None = Field(
        default=None, description="Address of an OpenAI-compatible server."
    )
    answer_deadline: float = Field(
        default=60.0, gt=0, description="Seconds an answer model may take, retry included."
    )
    port: int = Field(default=8501, gt=0, lt=65536, description="Port the app listens on.")
