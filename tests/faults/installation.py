"""A small installation of the whole system: database, Redis, and worker processes that may be killed."""

import os
import secrets
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

import worker
from feedback_app.app import create_app
from feedback_app.catalogue import packs, store
from feedback_app.catalogue.load import load
from feedback_app.config import Settings
from feedback_app.core import clock, outbox
from feedback_app.core.db import db, unit_of_work, upgrade
from feedback_app.runtime import queues
from feedback_app.tickets.models import Assignment, TimelineEntry
from feedback_app.tickets.services.opening import FiledBy, Filing, open_ticket
from tests.nursery import Process
from tests.redis_server import RedisServer

PATIENCE = 45.0  # seconds; a worker may take some to start on a busy machine


class Installation:
    """Files tickets in this process, and has them routed by processes of their own."""

    def __init__(self, folder: Path, database_url: str, redis: RedisServer) -> None:
        self.redis = redis
        self.connection = queues.connect(redis.url)
        self._flag = folder / "fault"
        self._processes: list[Process] = []
        self._environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis.url,
            "FEEDBACK_DATA_DIR": str(folder),
            "FEEDBACK_SECRET_KEY": "faults",
        }
        self.app = create_app(
            Settings(DATABASE_URL=database_url, REDIS_URL=redis.url, data_dir=folder, secret_key="faults")
        )
        upgrade(self.app)
        with self.app.app_context(), unit_of_work() as session:
            load(session, packs.shipped())

    def start(self, *arguments: str, fault: str = "") -> Process:
        """Start ``worker.py`` with ``arguments``; at the named ``fault`` it kills itself, once."""
        environment = {**os.environ, **self._environment}
        if fault:
            self._flag.touch()
            environment |= {"FEEDBACK_FAULT_POINT": fault, "FEEDBACK_FAULT_FLAG": str(self._flag)}
        process = Process(_work, *arguments, environment=environment)
        self._processes.append(process)
        return process

    def start_all(self) -> None:
        self.start("relay")
        self.start("work", "--queue", "outbox")

    def revive(self) -> None:
        """Start again what has ended, as the supervisor does: a worker whose Redis goes away may give up."""
        for ended in [process for process in self._processes if process.poll() is not None]:
            self._processes.remove(ended)
            self.start(*ended.arguments)

    def kill_all(self) -> None:
        for process in self._processes:
            process.kill()
        self._processes.clear()

    def file(self) -> int:
        """File one ticket and return its id."""
        with self.app.app_context():
            loaded = store.current(db.session())
            with unit_of_work() as session:
                ticket = open_ticket(session, _filing(), loaded, at=clock.now())
                return ticket.id

    def history(self, ticket_id: int) -> Counter[str]:
        """Return how often each kind of line stands in the ticket's timeline."""
        with self.app.app_context():
            kinds = db.session.scalars(select(TimelineEntry.kind).where(TimelineEntry.ticket_id == ticket_id))
            return Counter(kinds)

    def leads(self, ticket_id: int) -> int:
        """Return how many legs have the ticket's lead in them."""
        with self.app.app_context():
            legs = select(func.count()).select_from(Assignment)
            return db.session.scalar(legs.where(Assignment.ticket_id == ticket_id, Assignment.part == "lead"))

    def undone(self) -> int:
        with self.app.app_context():
            rows = select(func.count()).select_from(outbox.OutboxDelivery)
            return db.session.scalar(rows.where(outbox.OutboxDelivery.done_at.is_(None)))

    def is_routed_once(self, ticket_id: int) -> bool:
        return self.history(ticket_id) == {"filed": 1, "assigned": 1} and self.leads(ticket_id) == 1

    def close(self) -> None:
        self.kill_all()
        self.connection.close()
        with self.app.app_context():
            db.engine.dispose()


def _work(*arguments: str) -> None:
    worker.main(list(arguments))


def eventually(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


def _filing() -> Filing:
    return Filing(
        submission=secrets.token_hex(8),
        kind="obstacle",
        field="tax",
        title="Chậm hoàn thuế",
        body="Hồ sơ hoàn thuế giá trị gia tăng đã nộp ba tháng nhưng chưa có kết quả.",
        by=FiledBy(filer_type="enterprise", name="Công ty mẫu"),
    )
