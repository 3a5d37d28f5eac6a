"""How a mail leaves the house: by SMTP, or, where no server is set, as a file to look at."""

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from feedback_app.config import Settings

PATIENCE = 20.0  # seconds
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Transport(Protocol):
    """Takes one mail away, or raises."""

    def __call__(self, message: EmailMessage, /) -> None: ...


def transport_for(settings: Settings) -> Transport:
    """Return the transport that ``smtp_url`` names: ``smtp://``, ``smtps://`` or ``smtp+starttls://``.

    Raises:
        ValueError: the address has another scheme or no host.
    """
    if not settings.smtp_url:
        return _into(settings.data_dir / "mail")
    address = urlsplit(settings.smtp_url)
    if address.scheme not in PORTS or not address.hostname:
        raise ValueError(f"FEEDBACK_SMTP_URL must begin with one of {', '.join(f'{s}://' for s in PORTS)}")
    return lambda message: _send(address, message)


def _into(folder: Path) -> Transport:
    def write(message: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        (folder / f"{name}.eml").write_bytes(message.as_bytes())

    return write


def _send(address: SplitResult, message: EmailMessage) -> None:
    host, port = address.hostname or "", address.port or PORTS[address.scheme]
    context = ssl.create_default_context()
    if address.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=PATIENCE)
    with server:
        if address.scheme == "smtp+starttls":
            server.starttls(context=context)
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)
