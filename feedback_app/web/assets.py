"""Style sheets, scripts and pictures: kept by the browser until they change."""

import hashlib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for

KEPT = timedelta(days=365)


def init_app(app: Flask) -> None:
    """Put the version of all static files into their addresses, so that they may be kept for long."""
    version = version_of(Path(str(app.static_folder)))
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = KEPT

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", version)

    @app.template_global()
    @cache
    def asset(filename: str) -> str:
        """Return the address of a static file; a page names a dozen of them, and they never change."""
        return url_for("static", filename=filename)


def version_of(folder: Path) -> str:
    """Return a short hash of names and contents below ``folder``: it changes when any file does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]
