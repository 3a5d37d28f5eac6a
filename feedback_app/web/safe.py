"""Redirects stay on this site."""

from urllib.parse import urlsplit


def local_target(target: str | None, default: str = "/") -> str:
    """Return ``target`` if it is a path of this site, else ``default``."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target
