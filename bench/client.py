"""Visitors: they read the page, send what it asks for, and count only the answer they expect."""

import html
import multiprocessing
import re
import resource
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlencode, urlsplit

HOST = "127.0.0.1"
PATIENCE = 30.0
_TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"')

Jar = dict[str, str]


class WrongAnswer(Exception):
    """The answer is not the expected one: it does not count."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: str


class Visitor:
    """A browser: its cookies, and a connection for each request (gunicorn's sync workers keep none)."""

    def __init__(self, port: int, jar: Mapping[str, str] | None = None) -> None:
        self._port = port
        self.jar: Jar = dict(jar or {})

    def get(self, path: str) -> Answer:
        return self._send("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        return self._send("POST", path, urlencode(fields))

    def form(self, path: str, expects: str) -> str:
        """Return the CSRF token of the page at ``path``.

        Raises:
            WrongAnswer: it is not the page that holds the words ``expects``, or it has no form.
        """
        answer = self.get(path)
        found = _TOKEN.search(answer.body)
        if answer.status != 200 or expects not in answer.body or found is None:
            raise WrongAnswer(f"GET {path}: {answer.status} {answer.location or answer.body[:200]!r}")
        return html.unescape(found[1])

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        headers = (
            {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())} if self.jar else {}
        )
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection(HOST, self._port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            self._keep(response.headers.get_all("Set-Cookie") or [])
            location = urlsplit(response.headers.get("Location", ""))
            text = response.read().decode()
            return Answer(
                response.status, location.path + (f"?{location.query}" if location.query else ""), text
            )
        finally:
            connection.close()

    def _keep(self, cookies: Sequence[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            if value and "max-age=0" not in cookie.lower():
                self.jar[name] = value
            else:
                self.jar.pop(name, None)


@dataclass(frozen=True)
class Target:
    """What a filing's last step looks like: the page, what it must hold, what is sent, where it must lead."""

    path: str
    expects: str
    fields: Mapping[str, str]
    receipt: str  # regular expression of the redirect's path


@dataclass(frozen=True)
class Filed:
    """A filing that was answered as it should be: its receipt, and the cookies that open it."""

    receipt: str
    jar: Jar


def file(visitor: Visitor, target: Target) -> Filed:
    """Take the last step: read the page, send its form.

    Raises:
        WrongAnswer: anything but the right page and the redirect to the receipt.
    """
    token = visitor.form(target.path, target.expects)
    answer = visitor.post(target.path, {**target.fields, "csrf_token": token})
    if answer.status not in {302, 303} or not re.fullmatch(target.receipt, answer.location):
        raise WrongAnswer(f"POST {target.path}: {answer.status} {answer.location or answer.body[:200]!r}")
    return Filed(answer.location, visitor.jar)


@dataclass
class Load:
    """What clients did: seconds per filing within the time, filings in all, wrong answers, their own CPU."""

    durations: list[float] = field(default_factory=list)
    filed: list[Filed] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    cpu: float = 0.0
    short: bool = False  # a client ran out of visitors before the time was over

    def add(self, other: "Load") -> None:
        self.durations += other.durations
        self.filed += other.filed
        self.wrong += other.wrong
        self.cpu += other.cpu
        self.short = self.short or other.short


def closed_loop(port: int, target: Target, jars: Sequence[Jar], *, seconds: float, clients: int = 8) -> Load:
    """Let ``clients`` processes file for ``seconds``, one filing after the other, each by a new visitor.

    A filing that ends after the time counts as stored, not as done within it.
    """
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(clients)
    running: list[tuple[Any, Connection]] = []
    for number in range(clients):
        here, there = context.Pipe(duplex=False)
        arguments = (there, barrier, port, target, jars[number::clients], seconds)
        process = context.Process(target=_client, args=arguments, daemon=True)
        process.start()
        there.close()
        running.append((process, here))
    load = Load()
    for process, here in running:
        load.add(here.recv())
        process.join()
    return load


def _client(
    out: Connection, barrier: Any, port: int, target: Target, jars: Sequence[Jar], seconds: float
) -> None:
    load = Load()
    barrier.wait(PATIENCE)
    before = _cpu()
    until = time.monotonic() + seconds
    for jar in jars:
        began = time.monotonic()
        if began >= until:
            break
        _one(load, Visitor(port, jar), target, until)
    load.short = time.monotonic() < until
    load.cpu = _cpu() - before
    out.send(load)
    out.close()


def _one(load: Load, visitor: Visitor, target: Target, until: float) -> None:
    began = time.monotonic()
    try:
        load.filed.append(file(visitor, target))
    except (WrongAnswer, HTTPException, OSError) as error:
        load.wrong.append(str(error))
        return
    if (ended := time.monotonic()) <= until:
        load.durations.append(ended - began)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
