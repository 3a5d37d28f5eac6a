"""Every setting of the installation, typed and frozen: the only place that reads the environment."""

from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings read from environment variables (``FEEDBACK_…``, plus ``DATABASE_URL``, ``REDIS_URL``)."""

    model_config = SettingsConfigDict(env_prefix="FEEDBACK_", frozen=True, extra="ignore")

    database_url: str = Field("", validation_alias="DATABASE_URL")
    redis_url: str = Field("", validation_alias="REDIS_URL")
    secret_key: SecretStr = SecretStr("")
    data_dir: Path = ROOT / "var"
    base_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    trusted_proxies: int = 0
    smtp_url: str = ""
    mail_from: str = "khong-tra-loi@localhost"
    sms_url: str = ""  # of the gateways for messages; none: no such messages are sent
    sms_key: SecretStr = SecretStr("")
    zalo_url: str = ""
    zalo_key: SecretStr = SecretStr("")
    clamd_address: str = ""
    trust_roots: str = (
        ""  # a folder of PEM certificates that signatures are checked against; none: no trust is claimed
    )
    session_hours: int = 10
    draft_days: int = 7
    rate_limits: bool = True
    debug_pages: bool = False
    code_prefix: str = "KH"
    vault_socket: str = ""  # where the vault's process listens, if this server passes its pages on

    @classmethod
    def from_environment(cls) -> Self:
        return cls()

    @property
    def embedded_database(self) -> bool:
        """Whether the database is the file under ``data_dir``: only there may sample data be loaded."""
        return not self.database_url

    @cached_property
    def sqlalchemy_url(self) -> str:
        return _with_driver(self.database_url or f"sqlite:///{self.data_dir / 'feedback.db'}")

    @cached_property
    def key(self) -> bytes:
        """Return the installation's secret, from the environment or from a file made on first use."""
        given = self.secret_key.get_secret_value()
        return given.encode() if given else _key_file(self.data_dir / "secret.key")


class VaultSettings(BaseSettings):
    """Settings of the vault, read from ``FEEDBACK_VAULT_…``: the ordinary application is given none of them."""

    model_config = SettingsConfigDict(env_prefix="FEEDBACK_VAULT_", frozen=True, extra="ignore")

    database_url: str = ""
    data_dir: Path = Field(default_factory=lambda: Settings().data_dir / "vault")
    secret_key: SecretStr = SecretStr("")
    anchors: Path | None = None  # where the offline keys are pinned; by default a file in data_dir
    base_url: str = Field("http://127.0.0.1:8000", validation_alias="FEEDBACK_BASE_URL")
    secure_cookies: bool = Field(default=False, validation_alias="FEEDBACK_SECURE_COOKIES")
    idle_minutes: int = 15
    gates: bool = True

    @classmethod
    def from_environment(cls) -> Self:
        return cls()

    @property
    def embedded_database(self) -> bool:
        """Whether the vault is the file under ``data_dir``: only there may a sample body be made."""
        return not self.database_url

    @cached_property
    def sqlalchemy_url(self) -> str:
        return _with_driver(self.database_url or f"sqlite:///{self.data_dir / 'vault.db'}")

    @property
    def anchors_file(self) -> Path:
        return self.anchors or self.data_dir / "anchors.json"

    @cached_property
    def key(self) -> bytes:
        """Return the vault's secret, from the environment or from a file made on first use."""
        given = self.secret_key.get_secret_value()
        return given.encode() if given else _key_file(self.data_dir / "secret.key")


def _with_driver(url: str) -> str:
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _key_file(path: Path) -> bytes:
    """Return the bytes of ``path``, made once: two processes starting together get the same key."""
    import os
    import secrets

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
    return path.read_bytes()
