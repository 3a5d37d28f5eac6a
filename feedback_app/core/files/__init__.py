"""Files of strangers: taken in with suspicion, stored under random names, given out as downloads only."""

from pathlib import Path
from typing import IO, BinaryIO

from flask import Response, current_app, send_file

from feedback_app.core.files.refusal import Refused
from feedback_app.core.files.storage import LocalDisk, Storage
from feedback_app.core.files.taking_in import MOST_MEGABYTES, TakenIn, take_in

__all__ = [
    "MOST_MEGABYTES",
    "Refused",
    "TakenIn",
    "download",
    "open",
    "quarantine",
    "receive",
    "scanner",
    "storage",
    "take_in",
]


def storage() -> Storage:
    """Return the installation's store."""
    return LocalDisk(_folder() / "kept")


def quarantine(owner: str) -> Path:
    """Return the folder in which the uploads of ``owner`` (a plain word) wait."""
    return _folder() / "quarantine" / owner


def open(key: str) -> BinaryIO:  # noqa: A001 - read as files.open
    """Return the content of a stored file. Raises NotFound."""
    return storage().open(key)


def receive(stream: IO[bytes], name: str) -> TakenIn:
    """Take a file in and store it at once.

    Raises:
        Refused: see ``take_in``.
    """
    folder = quarantine("passing")
    taken = take_in(stream, name, folder, scanner=scanner())
    storage().put(folder / taken.key, taken.key)
    (folder / taken.key).unlink()
    return taken


def download(key: str, name: str, media_type: str) -> Response:
    """Return a stored file as a download that no browser opens in the page's place. Raises NotFound."""
    response = send_file(open(key), mimetype=media_type, as_attachment=True, download_name=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def scanner() -> str:
    """Return the address of the virus scanner, empty where there is none."""
    return str(current_app.extensions["settings"].clamd_address)


def _folder() -> Path:
    return Path(current_app.extensions["settings"].data_dir) / "files"
