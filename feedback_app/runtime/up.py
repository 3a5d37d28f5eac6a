"""Everything on one machine, as ``make run`` starts it: Redis, database, web and workers together."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from feedback_app import schedule
from feedback_app.config import ROOT, Settings
from feedback_app.runtime import embedded_redis
from feedback_app.runtime.supervisor import Program, Supervisor

HOST = "127.0.0.1"
PORTS_TRIED = 50
WITHOUT_VAULT = {"FEEDBACK_VAULT_DATABASE_URL": "", "FEEDBACK_VAULT_SECRET_KEY": ""}


def up(settings: Settings, port: int) -> int:
    """Run all until SIGINT or SIGTERM; return the exit status."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with _alone(settings.data_dir / "run.lock") as alone:
        if not alone:
            click.echo(f"{settings.data_dir} is in use: this system is already running.", err=True)
            return 1
        supervisor = Supervisor(settings.data_dir / "log", click.echo)
        with supervisor.stopping_on_signals():
            return _run(supervisor, settings, port)


def free_port(wanted: int) -> int:
    """Return the first port from ``wanted`` on at which nobody listens."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise click.ClickException(f"no free port from {wanted} to {wanted + PORTS_TRIED - 1}")


def background(redis_url: str) -> list[Program]:
    """Return the programs behind the pages: workers, cron and relay, or one in their place without Redis."""
    if not redis_url:
        return [_worker("inline", "inline")]
    workers = [
        _worker(f"worker-{where.name}-{number}", "work", "--queue", where.name)
        for where in schedule.QUEUES
        for number in range(1, where.workers + 1)
    ]
    return [*workers, _worker("cron", "cron"), _worker("relay", "relay")]


def web(port: int, vault_socket: str = "") -> Program:
    """Return the web server: two processes of four threads on the loopback interface."""
    options = {"--bind": f"{HOST}:{port}", "--workers": "2", "--threads": "4", "--graceful-timeout": "8"}
    environment = {**WITHOUT_VAULT, "FEEDBACK_VAULT_SOCKET": vault_socket}
    return Program("web", _gunicorn(options, "feedback_app.runtime.front:create()"), environment)


def vault(path: str) -> Program:
    """Return the vault's server: one process, since unlocked keys live in its memory, of eight threads."""
    options = {"--bind": f"unix:{path}", "--workers": "1", "--threads": "8", "--umask": "0o077"}
    return Program("vault", _gunicorn(options, "feedback_app.vault:create_vault_app()"))


def _gunicorn(options: dict[str, str], app: str) -> list[str]:
    words = [word for pair in options.items() for word in pair]
    words.append("--no-control-socket")  # it would be made in the home directory
    return [sys.executable, "-m", "gunicorn", *words, app]


def _run(supervisor: Supervisor, settings: Settings, wanted_port: int) -> int:
    port = free_port(wanted_port)
    if port != wanted_port:
        click.echo(f"Port {wanted_port} is taken, using {port}.")
    redis_url = settings.redis_url or _start_redis(supervisor, settings.data_dir / "redis")
    os.environ["REDIS_URL"] = redis_url
    os.environ.setdefault("FEEDBACK_BASE_URL", f"http://{HOST}:{port}")
    if not _prepare():
        return 1
    socket_path = embedded_redis.socket_path(settings.data_dir / "vault", "vault")
    for program in (*background(redis_url), vault(str(socket_path)), web(port, str(socket_path))):
        supervisor.start(program)
    if supervisor.watch(until=lambda: _listens(port)):
        _greet(settings, port)
        supervisor.watch()
    click.echo("\nStopping ...")
    return 0


def _start_redis(supervisor: Supervisor, folder: Path) -> str:
    server = embedded_redis.find_server()
    if server is None:
        click.echo("No Redis on this machine: background work runs in one process, without queues.")
        return ""
    supervisor.start(Program("redis", embedded_redis.command(server, folder)))
    url = embedded_redis.url(folder)
    supervisor.watch(until=lambda: embedded_redis.answers(url))
    return url


def _prepare() -> bool:
    """Bring schema, packs and sample data up to date; return whether that went well."""
    command = [sys.executable, "-m", "feedback_app.runtime.prepare"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _greet(settings: Settings, port: int) -> None:
    click.echo(f"\nRunning at http://{HOST}:{port}   (logs in {settings.data_dir / 'log'}, Ctrl-C ends all)")
    click.echo(
        f"Sealed reports at http://{HOST}:{port}/bao-cao-kin: a process of its own behind the same address."
    )
    if not settings.smtp_url:
        click.echo(f"No mail server is set: mail is written to {settings.data_dir / 'mail'}.")


def _worker(name: str, *arguments: str) -> Program:
    environment = {} if schedule.VAULT.name in arguments or "inline" in arguments else WITHOUT_VAULT
    return Program(name, [sys.executable, str(ROOT / "worker.py"), *arguments], environment)


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Yield whether this process is the only one that runs on this data folder."""
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
