"""The virus scanner, where there is one: clamd's INSTREAM, chunk by chunk."""

import socket
import struct
from pathlib import Path

import structlog
from flask_babel import gettext as _

from feedback_app.core.files.refusal import Refused

log = structlog.get_logger()
_CHUNK = 64 * 1024
_PATIENCE = 30.0  # seconds


def scan(path: Path, address: str) -> None:
    """Ask the scanner at ``address`` (``host:port`` or the path of a socket); an empty address asks nobody.

    Raises:
        Refused: something was found, or the scanner does not answer.
    """
    if not address:
        return
    try:
        verdict = _ask(path, address)
    except OSError as error:
        log.exception("virus scanner unreachable", error=type(error).__name__)
        raise Refused(_("chưa kiểm tra được vi-rút lúc này; xin thử lại sau ít phút")) from None
    if not verdict.endswith(b"OK"):
        log.warning("virus scanner refused a file", verdict=verdict.decode("ascii", "replace")[:80])
        raise Refused(_("phần mềm diệt vi-rút không cho nhận tệp này"))


def _ask(path: Path, address: str) -> bytes:
    with _connect(address) as clamd, path.open("rb") as file:
        clamd.sendall(b"zINSTREAM\0")
        while chunk := file.read(_CHUNK):
            clamd.sendall(struct.pack(">I", len(chunk)) + chunk)
        clamd.sendall(struct.pack(">I", 0))
        return clamd.recv(4096).rstrip(b"\0\n")


def _connect(address: str) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host, int(port)), timeout=_PATIENCE)
    clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    clamd.settimeout(_PATIENCE)
    try:
        clamd.connect(address)
    except OSError:
        clamd.close()
        raise
    return clamd
