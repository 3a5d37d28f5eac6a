"""Filing against the bare limit: how much of a bare form's speed is left when everything is done."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import create_engine, func, select

from bench import drafts, meter, report, walking
from bench.bare import prepare
from bench.client import Filed, Jar, Load, Target, Visitor, WrongAnswer, closed_loop
from bench.servers import DATABASES, Server, Site, Stage
from feedback_app.core.db import db
from feedback_app.tickets.models import Ticket

SECONDS, ROUNDS, CLIENTS = 3.0, 5, 8
PER_SECOND = 450  # visitors prepared for each second of a round: more than any server here can take
REREAD = 50
WALKS = 10  # whole ways from the start page to the receipt, per round
QUIET = 0.05  # share of the machine that other processes may take in a quiet round
FORM = {
    "title": drafts.TITLE,
    "body": drafts.BODY,
    "field": "field-7",
    "name": drafts.NAME,
    "email": drafts.EMAIL,
}
BARE = Target(path="/", expects="Lĩnh vực 39", fields=FORM, receipt=r"/receipt/\d+")


@dataclass(frozen=True)
class System:
    """One of the compared systems: how it is filed with, and how its stored tickets are counted."""

    name: str
    server: Server
    target: Target
    visitors: Callable[[int], list[Jar]]
    stored: Callable[[], int]
    shown: str  # what a receipt must hold
    database: int | None = None


@dataclass(frozen=True)
class Round:
    rate: float
    durations: Sequence[float]
    server_ms: float
    database_ms: float
    others: float  # share of the machine that processes of nobody here took


Rounds = dict[str, list[Round]]


def measure(stage: Stage, *, quick: bool = False) -> str:
    """Return the report of alternating rounds, bare and ours on both databases."""
    rounds, seconds = (1, 1.0) if quick else (ROUNDS, SECONDS)
    systems = [system for kind in DATABASES for system in _pair(stage, kind)]
    kept: dict[str, list[Filed]] = {}
    for system in systems:
        kept[system.name] = _round(system, 1.0)[1]  # to load what is loaded once; not counted
    done: Rounds = defaultdict(list)
    for _ in range(rounds):
        for system in systems:
            result, filed = _round(system, seconds)
            done[system.name].append(result)
            kept[system.name] += filed
    for system in systems:
        reread(system, kept[system.name])
    memory = {s.name: meter.memory_mb(meter.family(s.server.pid)) for s in systems}
    whole = {
        s.name: walking.measure(s.server.port, rounds * WALKS) for s in systems if s.name.startswith("ours")
    }
    return "\n\n".join([_report(done, memory), walking.report_of(whole)])


def check(load: Load, growth: int) -> None:
    """Refuse a round in which anything is not as it was answered.

    Raises:
        WrongAnswer: an answer was wrong, or the table grew by another number than was answered.
        RuntimeError: the visitors did not last for the whole round.
    """
    if load.wrong:
        raise WrongAnswer(f"{len(load.wrong)} wrong answers, the first: {load.wrong[0]}")
    if growth != len(load.filed):
        raise WrongAnswer(f"{len(load.filed)} filings were answered, {growth} tickets stored")
    if load.short:
        raise RuntimeError("too few visitors were prepared for this round")


def reread(system: System, filed: Sequence[Filed]) -> None:
    """Open ``REREAD`` receipts with their visitors' cookies.

    Raises:
        WrongAnswer: a receipt is not there, or not the right one.
    """
    for one in islice(filed, 0, None, max(1, len(filed) // REREAD)):
        answer = Visitor(system.server.port, one.jar).get(one.receipt)
        if answer.status != 200 or system.shown not in answer.body:
            raise WrongAnswer(f"{system.name} {one.receipt}: {answer.status} {answer.body[:200]!r}")


def _round(system: System, seconds: float) -> tuple[Round, list[Filed]]:
    jars = system.visitors(int(PER_SECOND * seconds))
    before = system.stored()
    watch = meter.Meter(system.server.pid, system.database)
    load = closed_loop(system.server.port, system.target, jars, seconds=seconds, clients=CLIENTS)
    used = watch.used()
    check(load, system.stored() - before)
    count = len(load.filed)
    others = max(0.0, used.machine - used.server - used.database - load.cpu) / used.machine
    result = Round(
        rate=len(load.durations) / seconds,
        durations=load.durations,
        server_ms=used.server / count * 1000,
        database_ms=used.database / count * 1000,
        others=others,
    )
    return result, load.filed


def _pair(stage: Stage, kind: str) -> list[System]:
    url = stage.database(kind, f"bare_{kind}")
    prepare(url)
    bare = stage.web(f"bare-{kind}", "bench.bare:create_app()", {"DATABASE_URL": url})
    site = stage.site(kind, "filing")
    ours = stage.web(f"ours-{kind}", "feedback_app.app:create_app()", site.environment)
    database = stage.postmaster() if kind == "postgresql" else None
    return [
        System(f"bare {kind}", bare, BARE, _nobody, _counter(url), drafts.TITLE, database),
        System(
            f"ours {kind}", ours, drafts.LAST_STEP, _with_draft(site), lambda: _tickets(site), "KH-", database
        ),
    ]


def _nobody(count: int) -> list[Jar]:
    return [{} for _ in range(count)]


def _with_draft(site: Site) -> Callable[[int], list[Jar]]:
    return lambda count: drafts.write(site, count)


def _counter(url: str) -> Callable[[], int]:
    engine = create_engine(url.replace("postgres://", "postgresql+psycopg://"))

    def count() -> int:
        with engine.connect() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar_one()

    return count


def _tickets(site: Site) -> int:
    with site.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Ticket)) or 0


def _report(done: Rounds, memory: dict[str, float]) -> str:
    heads = [
        "filing, 8 clients",
        "per second (min–max)",
        "p50 / p95 ms",
        "server CPU ms",
        "database CPU ms",
        "RSS MB",
        "others' CPU",
    ]
    lines = [_line(name, rounds, memory[name]) for name, rounds in done.items()]
    pairs = [("ours postgresql", "bare postgresql", 0.6), ("ours sqlite", "bare sqlite", 0.6)]
    pairs.append(("ours sqlite", "ours postgresql", 0.9))
    return "\n\n".join([report.table(heads, lines), *(_ratio(done, *pair) for pair in pairs)])


def _line(name: str, rounds: list[Round], memory: float) -> list[str]:
    durations = [duration for one in rounds for duration in one.durations]
    p50, p95 = (report.milliseconds(report.percentile(durations, p)) for p in (50, 95))
    return [
        name,
        report.spread([one.rate for one in rounds], 0),
        f"{p50} / {p95}",
        f"{statistics.median(one.server_ms for one in rounds):.1f}",
        f"{statistics.median(one.database_ms for one in rounds):.1f}",
        f"{memory:.0f}",
        f"{statistics.median(one.others for one in rounds):.0%}",
    ]


def _ratio(done: Rounds, above: str, below: str, target: float) -> str:
    pairs = list(zip(done[above], done[below], strict=True))
    ratios = [a.rate / b.rate for a, b in pairs]
    quiet = sum(max(a.others, b.others) <= QUIET for a, b in pairs)
    words = report.verdict(statistics.median(ratios), target, at_least=True)
    costs = report.spread([b.server_ms / a.server_ms for a, b in pairs])
    return (
        f"**{above} : {below}** {report.spread(ratios)} per round of {len(ratios)}, {quiet} of them quiet; {words}. "
        f"By server CPU per filing, which others disturb less: {costs}."
    )
