"""What an installation is told from outside: environment variables that begin with ``KEYSTAGE_``, typed and checked."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from keystage.service.config import allowed

_KEY_FILE = "secret-key"
_SHORTEST_KEY = 32
"""Characters of a secret key that somebody chose, where others can reach the service."""
_POOL = {"min_size": 2, "max_size": 16, "timeout": 5}
"""Connections to PostgreSQL: more than threads that answer; that none came in 5 seconds is said to the person."""

_PREPARED = {"server_side_binding": True, "prepare_threshold": 3}
"""What a connection has asked so often, PostgreSQL keeps as it has planned it, and plans no more."""


class Environment(BaseSettings):
    """The settings of an installation. Each has a default that is right for one machine."""

    model_config = SettingsConfigDict(env_prefix="KEYSTAGE_", extra="ignore")

    data: Path = Path("keystage-data")
    """The folder for the database and for files received or made."""
    database: str = ""
    """``postgresql://user:password@host:port/name``; empty for a SQLite file in the data folder."""
    files: str = ""
    """``s3://bucket/folder?endpoint=https://…&region=…`` for an S3-compatible store of files received or made; empty
    for a folder in the data folder."""
    secret_key: SecretStr = SecretStr("")
    """Signs sessions and codes; where empty, one is made at the first start and kept in the data folder."""
    hosts: Annotated[list[str], NoDecode] = ["localhost", "127.0.0.1", "[::1]"]
    """The names this service answers to, separated by commas."""
    https: bool = False
    """Whether people reach the service by https, as they must anywhere but on one's own machine."""
    demo: bool = False
    """Whether this is a demonstration: email goes to a page and the terminal, and the sign-in page names everybody."""
    email: str = ""
    """``smtp://user:password@host:port`` (``smtps://`` for TLS at once); empty keeps email on the outbox page."""
    email_from: str = "Keystage <keystage@localhost>"
    sides: Annotated[list[str], NoDecode] = ["school", "gateway"]
    """Which sides are served here: ``school``, ``gateway`` (with the authorities' pages and the API), or both."""
    gateway: str = ""
    """The address of a gateway that takes returns directly, with ``{year}`` where it has the collection year; empty
    where files are uploaded by hand."""
    gateway_token: SecretStr = SecretStr("")
    """The token with which that gateway knows the school; empty where it asks for none."""
    oidc_name: str = "DfE Sign-in"
    """How the sign-in page names the OpenID Connect provider."""
    oidc_issuer: str = ""
    """The address of the OpenID Connect provider; empty where there is none."""
    oidc_client: str = ""
    oidc_secret: SecretStr = SecretStr("")
    oidc_trusts_second_step: bool = False
    """Whether the provider makes sure of a second step itself, so that ours is not asked as well."""
    proxies: int | None = None
    """How many proxies of one's own stand before the service, so that the address of who asks is the right one;
    where nothing is said, one with https and none without."""
    retention: bool = False
    """Whether a worker deletes once a day what was kept for as long as the next settings say; else it is only said."""
    keep_school_years: int = 7
    keep_gateway_years: int = 7
    keep_refused_days: int = 90
    keep_prepared_days: int = 400
    keep_invitation_days: int = 400
    keep_address_days: int = 365
    keep_event_years: int = 7
    keep_email_days: int = 30
    keep_job_days: int = 14
    years_dir: Path | None = None
    """A folder with collection years that add to or replace the shipped ones."""

    @field_validator("hosts", "sides", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else value

    @field_validator("proxies", "years_dir", mode="before")
    @classmethod
    def _nothing_said(cls, value: object) -> object:
        return None if value == "" else value

    _known_data = field_validator("data")(allowed.data)
    _known_database = field_validator("database")(allowed.database)
    _known_store = field_validator("files")(allowed.store)
    _known_hosts = field_validator("hosts")(allowed.hosts)
    _known_email = field_validator("email")(allowed.email)
    _known_sender = field_validator("email_from")(allowed.sender)
    _known_sides = field_validator("sides")(allowed.sides)
    _known_gateway = field_validator("gateway")(allowed.gateway)
    _known_issuer = field_validator("oidc_issuer")(allowed.address)
    _known_proxies = field_validator("proxies")(allowed.count)
    _known_periods = field_validator(
        *("keep_school_years", "keep_gateway_years", "keep_refused_days", "keep_prepared_days", "keep_job_days"),
        *("keep_invitation_days", "keep_address_days", "keep_event_years", "keep_email_days"),
    )(allowed.period)
    _known_years = field_validator("years_dir")(allowed.folder)

    @model_validator(mode="after")
    def _together(self) -> Self:
        key = self.secret_key.get_secret_value()
        if self.https and key and len(key) < _SHORTEST_KEY:
            raise ValueError(f"KEYSTAGE_SECRET_KEY must have at least {_SHORTEST_KEY} characters, or be left out")
        if self.oidc_issuer and not self.oidc_client:
            raise ValueError("KEYSTAGE_OIDC_CLIENT must be set where KEYSTAGE_OIDC_ISSUER is")
        if self.gateway_token.get_secret_value() and not self.gateway:
            raise ValueError("KEYSTAGE_GATEWAY must be set where KEYSTAGE_GATEWAY_TOKEN is")
        return self

    @property
    def databases(self) -> dict[str, dict[str, Any]]:
        """The database as Django has it: acknowledged work survives a power cut on both kinds."""
        if not self.database:
            return {"default": sqlite(self.data / "keystage.sqlite3")}
        parts = urlsplit(self.database)
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.lstrip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "CONN_HEALTH_CHECKS": True,  # after the server was started again, the first who asks gets an answer
                "OPTIONS": {"pool": _POOL, **_PREPARED},
            }
        }

    def gateway_for(self, year: int) -> str:
        """Return where the return of a year is sent; empty where there is no such gateway."""
        return self.gateway.replace("{year}", str(year))

    def key(self) -> str:
        """Return the secret key, made and kept where none was given."""
        if given := self.secret_key.get_secret_value():
            return given
        self.data.mkdir(parents=True, exist_ok=True)
        path = self.data / _KEY_FILE
        try:
            with open(path, "x", encoding="ascii", opener=_private) as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
        return path.read_text(encoding="ascii")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def sqlite(path: Path) -> dict[str, Any]:
    """Return a SQLite database: write-ahead log, writers in turn, and nothing acknowledged before it is on disk."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        },
    }
