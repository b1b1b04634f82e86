"""One table of settings: what each is called, what it does, and what it is when nobody says.

The environment sets them (`ONPOINT_…`, `DATABASE_URL`), then the file `onpoint.toml` of the home,
then, for those that are `In` a group, an administrator. docs/operations.md lists every one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from uuid import UUID

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from core.model import Mode, Provenance, SignInMode, Unsupported, Voice, VoiceChoice
from core.setting_file import FILE, SettingsFile
from core.setting_groups import (
    ANSWERS,
    APPEARANCE,
    AT_START,
    HOUSE_STYLE,
    LIMITS,
    OUTSIDE,
    RETENTION,
    SEARCH,
    SESSIONS,
    VOICE,
    In,
)
from core.values import Address, Colour, Count, Hosts, Line, ModelName, Picture

MOST_PRICE = 1_000_000_000.0  # more than any provider asks for a million tokens


class Settings(BaseSettings):
    """Read once, where the program starts, and passed down."""

    model_config = SettingsConfigDict(
        env_prefix="ONPOINT_",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        populate_by_name=True,
    )

    home: Path = Field(
        default=Path(".onpoint"), description="Folder of the files, models and embedded database."
    )
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="A Postgres server of your own; without it the embedded one is used.",
    )
    owner_url: str | None = Field(
        default=None,
        description="The same server as the role that owns the tables: it changes the schema.",
    )
    encoder: Annotated[str, In(group=SEARCH, label="Encoder", fixed=AT_START)] = Field(
        default="packaged",
        description="`packaged`, a folder with a sentence-transformers model, or a hub name.",
    )
    workers: int = Field(
        default=0, ge=0, description="Processes an import uses; 0 is one for each processor."
    )
    answer_model: Annotated[ModelName | None, In(group=ANSWERS, label="Answer model")] = Field(
        default=None, description="`provider:model` for answers in prose; none composes extracts."
    )
    answer_base_url: Annotated[Address | None, In(group=ANSWERS, label="Its address")] = Field(
        default=None, description="Address of an OpenAI-compatible server."
    )
    answer_key: Annotated[SecretStr | None, In(group=ANSWERS, label="Its key")] = Field(
        default=None,
        description="Key for the answer model; without it the provider's own variable is read.",
    )
    answer_deadline: Annotated[float, In(group=ANSWERS, label="Longest wait")] = Field(
        default=60.0, gt=0, le=600, description="Seconds a model may take, retry included."
    )
    answer_tokens: Annotated[int, In(group=ANSWERS, label="Longest answer")] = Field(
        default=4096, ge=256, le=65_536, description="Tokens a model may write for one answer."
    )
    restate_questions: Annotated[bool, In(group=ANSWERS, label="Let it put questions")] = Field(
        default=True,
        description="The model puts each question by itself before the search; off: by rules only.",
    )
    price_read: Annotated[float, In(group=ANSWERS, label="Price of a million tokens read")] = Field(
        default=0.0,
        ge=0,
        le=MOST_PRICE,
        description="What the provider asks, to show a cost before it is spent.",
    )
    price_written: Annotated[float, In(group=ANSWERS, label="Price of a million written")] = Field(
        default=0.0,
        ge=0,
        le=MOST_PRICE,
        description="The same for what it writes; 0 of both shows no cost.",
    )
    price_currency: Annotated[str, In(group=ANSWERS, label="Currency of the price")] = Field(
        default="USD", max_length=8, description="In which both prices are."
    )
    checker_model: Annotated[ModelName | None, In(group=ANSWERS, label="Checker")] = Field(
        default=None,
        description="`provider:model` that says whether sources bear out a sentence in other words "
        "than theirs; none: such a sentence is unsupported.",
    )
    checker_base_url: Annotated[Address | None, In(group=ANSWERS, label="Its address")] = Field(
        default=None, description="Address of its OpenAI-compatible server."
    )
    checker_key: Annotated[SecretStr | None, In(group=ANSWERS, label="Its key")] = Field(
        default=None, description="Key for the checker."
    )
    unsupported: Annotated[Unsupported, In(group=ANSWERS, label="Unsupported sentences")] = Field(
        default=Unsupported.DROP,
        description="Sentences of an answer that no source bears out are left out (drop), or shown "
        "with a mark and the reason (mark).",
    )
    port: int = Field(default=8501, gt=0, lt=65536, description="Port the app listens on.")
    host: str = Field(
        default="127.0.0.1",
        description="Address the app listens on; on any but this computer's own people sign in.",
    )
    address: Address | None = Field(
        default=None,
        description="What browsers call the app, such as https://onpoint.example: for links.",
    )
    allowed_hosts: Hosts = Field(
        default="",
        description="Names the app answers to beside this computer's own and that of `address`, "
        "commas between. None of either: to any, where it listens on more than this computer.",
    )
    sign_in: SignInMode = Field(
        default=SignInMode.AUTO,
        description="`auto`, `owner`, `password` or `oidc`: how people show who they are.",
    )
    oidc_url: Address | None = Field(
        default=None,
        description="The office's single sign-on: its …/.well-known/openid-configuration.",
    )
    oidc_client: str | None = Field(default=None, description="What it calls Onpoint: client id.")
    oidc_secret: SecretStr | None = Field(default=None, description="The client's secret.")
    oidc_scopes: str = Field(
        default="openid email profile", description="What is asked of it; `groups` at some."
    )
    oidc_claim: str = Field(
        default="groups", description="The claim that lists a person's groups there."
    )
    oidc_roles: str = Field(
        default="",
        description="Roles by group, as `group=role, group=role`; none: an administrator gives "
        "them.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Locks up the keys kept here: 32 characters or more, the same on every server.",
    )

    style: Annotated[Voice, In(group=VOICE, label="Style model")] = Field(
        default=Voice.OFF,
        description="Who words an answer once it is grounded: nobody, the style model following "
        "instructions (prompt), or a style model trained on the firm's filings (adapter).",
    )
    style_by_default: Annotated[bool, In(group=VOICE, label="Use it for every answer")] = Field(
        default=True, description="Off: answers are plain unless somebody asks for the voice."
    )
    voice_choice: Annotated[VoiceChoice, In(group=VOICE, label="Who may choose")] = Field(
        default=VoiceChoice.EVERYONE,
        description="Who may choose another voice for one answer.",
    )
    style_voters: Annotated[Count, In(group=VOICE, label="Lawyers who must vote")] = Field(
        default=0, description="Lawyers who must have voted, blind, before an adapter may speak."
    )
    style_words: Annotated[str, In(group=VOICE, label="How we write", typed="long")] = Field(
        default=HOUSE_STYLE,
        min_length=1,
        max_length=2000,
        description="What the style model is told of the firm's way of writing.",
    )
    style_card: Annotated[UUID | None, In(group=VOICE, label="Style card", typed="card")] = Field(
        default=None, description="What the prompt voice is told too, for those who may see it."
    )
    style_model: Annotated[ModelName | None, In(group=VOICE, label="Its model")] = Field(
        default=None, description="`provider:model` that words answers; none: the answer model."
    )
    style_base_url: Annotated[Address | None, In(group=VOICE, label="Its address")] = Field(
        default=None, description="Address of its OpenAI-compatible server."
    )
    style_key: Annotated[SecretStr | None, In(group=VOICE, label="Its key")] = Field(
        default=None, description="Key for the style model."
    )

    external_models: Annotated[bool, In(group=OUTSIDE, label="External models")] = Field(
        default=True,
        description="May models outside the firm be asked? Off: no connection to one is opened.",
    )
    inside_hosts: Annotated[Hosts, In(group=OUTSIDE, label="Servers inside the firm")] = Field(
        default="",
        description="Names of the firm's own model servers, commas between. This computer and "
        "private addresses count as inside anyway.",
    )

    search_results: Annotated[int, In(group=SEARCH, label="Cases a page")] = Field(
        default=10, ge=1, le=50, description="Cases that a search shows at a time."
    )
    search_mode: Annotated[Mode, In(group=SEARCH, label="How a query is read")] = Field(
        default=Mode.AUTO, description="By words and sense, by words only, or by sense only."
    )
    answer_cases: Annotated[int, In(group=SEARCH, label="Cases an answer reads")] = Field(
        default=10, ge=1, le=50, description="An answer is made from the best passages of so many."
    )

    searches_per_hour: Annotated[Count, In(group=LIMITS, label="Searches an hour")] = Field(
        default=10_000, description="Searches one person may make in an hour; 0: no limit."
    )
    answers_per_hour: Annotated[Count, In(group=LIMITS, label="Answers an hour")] = Field(
        default=200, description="Questions one person may ask in an hour; 0: no limit."
    )
    model_tokens_per_day: Annotated[Count, In(group=LIMITS, label="Model tokens a day")] = Field(
        default=2_000_000,
        description="Tokens that language models may read and write for one person in a day, "
        "counted at four characters each; 0: no limit.",
    )
    filing_megabytes: Annotated[int, In(group=LIMITS, label="Largest filing, MB")] = Field(
        default=100, ge=1, le=2000, description="Megabytes of the largest filing taken."
    )
    upload_megabytes_per_day: Annotated[Count, In(group=LIMITS, label="Uploads a day, MB")] = Field(
        default=5_000, description="Megabytes one person may upload in a day; 0: no limit."
    )

    questions_days: Annotated[int, In(group=RETENTION, label="Questions, days")] = Field(
        default=0,
        ge=0,
        le=3650,
        description="Days that the audit trail keeps the words of questions and searches; "
        "0: only that one was asked, not what.",
    )
    traces_days: Annotated[int, In(group=RETENTION, label="Records of answers, days")] = Field(
        default=365,
        ge=0,
        le=3650,
        description="Days that the record of an answer is kept: question, sources, what the model "
        "wrote, every check. For whoever asked alone, or the matter's team; those of a matter "
        "under legal hold stay. 0: none is kept.",
    )

    session_idle_minutes: Annotated[int, In(group=SESSIONS, label="Idle, minutes")] = Field(
        default=60, ge=5, le=1440, description="Minutes without a touch that end a session."
    )
    session_hours: Annotated[int, In(group=SESSIONS, label="Longest, hours")] = Field(
        default=12, ge=1, le=168, description="Hours after which everybody signs in again."
    )
    token_days: Annotated[int, In(group=SESSIONS, label="API tokens, longest, days")] = Field(
        default=365,
        ge=0,
        le=3650,
        description="Days after which an API token works no more, those made before included; 0: "
        "programs are not let in.",
    )

    firm_name: Annotated[Line, In(group=APPEARANCE, label="Name")] = Field(
        default="Onpoint", description="Name at the head of every page."
    )
    firm_colour: Annotated[Colour | None, In(group=APPEARANCE, label="Colour", typed="colour")] = (
        Field(default=None, description="The one accent colour, as #rrggbb; none: our own.")
    )
    firm_logo: Annotated[Picture | None, In(group=APPEARANCE, label="Logo", typed="picture")] = (
        Field(default=None, description="A PNG or JPEG picture, as a data: address.")
    )

    def given(self, name: str) -> Provenance | None:
        """Say where the start has a value from; None where it has none but the default."""
        if name not in self.model_fields_set:
            return None
        in_file = name in SettingsFile(type(self), self.home / FILE).toml_data
        if in_file and f"ONPOINT_{name}".upper() not in {key.upper() for key in os.environ}:
            return Provenance.FILE
        return Provenance.ENVIRONMENT

    @property
    def public_address(self) -> str:
        """Return what browsers call the app, without a slash at the end."""
        everywhere = {"127.0.0.1", "0.0.0.0", "::", "::1"}  # noqa: S104  compared, not bound to
        host = "localhost" if self.host in everywhere else self.host
        return (self.address or f"http://{host}:{self.port}").rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what the program says, then the environment, then the home's file."""
        del dotenv_settings, file_secret_settings
        home = init_settings().get("home") or env_settings().get("home") or ".onpoint"
        return init_settings, env_settings, SettingsFile(settings_cls, Path(home) / FILE)
