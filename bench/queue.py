"""The officer's queue in a small and in a large database: the page must not grow slower with the years."""

import re
import time
from dataclasses import dataclass, field

from bench import report, tickets
from bench.client import Visitor, WrongAnswer
from bench.drafts import LEAD
from bench.servers import DATABASES, Server, Site, Stage
from feedback_app.accounts import sign_in
from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import FunctionHeld, User
from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.desk import PAGE
from tests.counting import statements

ROUNDS, REQUESTS, LARGE, SMALL = 5, 60, 100_000, 1_000
OPEN, MANY_OPEN = 120, 9_000
EMAIL, PASSWORD = "can-bo@example.vn", "mat-khau-de-do-2026"
SLOWEST = 1.5
QUEUE, SIGN_IN = "/can-bo/", "/dang-nhap"
_ROW = re.compile(r'href="[^"]*(KH-\d{4}-\d{6})"')
_NEXT = re.compile(r'href="([^"]*[?&;]after=[^"]+)"')


@dataclass
class Desk:
    """One database with its server, an officer signed in, and the times of the pages."""

    name: str
    site: Site
    visitor: Visitor
    second: str  # address of the second page
    port: int
    first_times: list[list[float]] = field(default_factory=list)
    second_times: list[list[float]] = field(default_factory=list)


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report for both databases."""
    large = LARGE // 20 if quick else LARGE
    many = MANY_OPEN // 20 if quick else MANY_OPEN
    sizes = {
        "1,000": (SMALL, OPEN),
        f"{large:,}": (large, OPEN),
        f"{large:,}, {many:,} open here": (large, many),
    }
    parts = []
    for kind in DATABASES:
        desks = [
            desk_of(stage, kind, f"{name} tickets", str(n), size)
            for n, (name, size) in enumerate(sizes.items())
        ]
        for _ in range(2 if quick else ROUNDS):
            _round(desks)
        parts.append(_report(kind, desks))
    return "\n\n".join(parts)


def signed_in(server: Server, email: str, password: str) -> Visitor:
    """Return an officer's browser after signing in through the page.

    Raises:
        WrongAnswer: the page did not let this person in.
    """
    visitor = Visitor(server.port)
    token = visitor.form(SIGN_IN, 'type="password"')
    answer = visitor.post(SIGN_IN, {"email": email, "password": password, "csrf_token": token})
    if answer.status not in {302, 303} or SIGN_IN in answer.location:
        raise WrongAnswer(f"sign-in: {answer.status} {answer.location}")
    return visitor


def rows_of(visitor: Visitor, path: str, expected: int) -> tuple[float, str]:
    """Return the seconds that the queue page at ``path`` took, and the page.

    Raises:
        WrongAnswer: it is another page, or lists another number of tickets than ``expected``.
    """
    began = time.monotonic()
    answer = visitor.get(path)
    took = time.monotonic() - began
    found = len(set(_ROW.findall(answer.body)))
    if answer.status != 200 or found != expected:
        raise WrongAnswer(f"GET {path}: {answer.status}, {found} tickets listed {answer.location}")
    return took, answer.body


def desk_of(stage: Stage, kind: str, name: str, short: str, size: tuple[int, int]) -> Desk:
    """Return a desk on a new database of ``size`` (tickets, of which open at the officer's agency)."""
    site = stage.site(kind, f"queue{short}")
    tickets.fill(site, *size)
    _officer(site)
    server = stage.web(f"queue{short}-{kind}", "feedback_app.app:create_app()", site.environment)
    visitor = signed_in(server, EMAIL, PASSWORD)
    for _ in range(6):  # both workers load what is loaded once
        _, page = rows_of(visitor, QUEUE, PAGE)
    second = _NEXT.search(page)
    if second is None:
        raise WrongAnswer("the queue names no second page")
    return Desk(name, site, visitor, second[1].replace("&amp;", "&"), server.port)


def _officer(site: Site) -> None:
    with site.app.app_context(), unit_of_work() as session:
        user = User(
            email=EMAIL, name="Cán bộ mẫu", password_hash=sign_in.hashed(PASSWORD), created_at=clock.now()
        )
        session.add(user)
        session.flush()
        agency_id = store.current(session).agency_ids[LEAD]
        held_from = clock.today()
        session.add(
            FunctionHeld(
                user_id=user.id,
                function=Function.OFFICER,
                agency_id=agency_id,
                valid_from=held_from,
                valid_to=None,
            )
        )


def _round(desks: list[Desk]) -> None:
    """Ask each server in turn, so that what disturbs one disturbs all."""
    for desk in desks:
        desk.first_times.append([])
        desk.second_times.append([])
    for _ in range(REQUESTS):
        for desk in desks:
            desk.first_times[-1].append(rows_of(desk.visitor, QUEUE, PAGE)[0])
            desk.second_times[-1].append(rows_of(desk.visitor, desk.second, PAGE)[0])


def _queries(desk: Desk, path: str) -> int:
    """Return how many statements the page at ``path`` sends, asked within this process."""
    with desk.site.app.app_context():
        client = desk.site.app.test_client()
        for name, value in desk.visitor.jar.items():
            client.set_cookie(name, value)
        with statements() as sent:
            if client.get(path).status_code != 200:
                raise WrongAnswer(path)
        return len(sent)


def _report(kind: str, desks: list[Desk]) -> str:
    heads = [f"queue page, {kind}", "queries", "page 1 p50 / p95 ms", "page 2 p50 / p95 ms"]
    lines = [
        [desk.name, f"{_queries(desk, QUEUE)} / {_queries(desk, desk.second)}", *map(_times, _pages(desk))]
        for desk in desks
    ]
    ratios = [_ratio(desk, desks[0], number) for desk in desks[1:] for number in (0, 1)]
    return "\n\n".join([report.table(heads, lines), *ratios])


def _pages(desk: Desk) -> tuple[list[list[float]], list[list[float]]]:
    return desk.first_times, desk.second_times


def _times(rounds: list[list[float]]) -> str:
    times = [seconds for one in rounds for seconds in one]
    return " / ".join(report.milliseconds(report.percentile(times, p)) for p in (50, 95))


def _ratio(desk: Desk, small: Desk, number: int) -> str:
    pairs = list(zip(_pages(desk)[number], _pages(small)[number], strict=True))
    ratios = [report.percentile(a, 95) / report.percentile(b, 95) for a, b in pairs]
    whole = [report.percentile([t for one in _pages(d)[number] for t in one], 95) for d in (desk, small)]
    words = report.verdict(whole[0] / whole[1], SLOWEST, at_least=False)
    return f"**{desk.name} : 1,000, page {number + 1}** p95 {words}; per round {report.spread(ratios)}."
