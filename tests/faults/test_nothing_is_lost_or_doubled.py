"""Workers are killed with SIGKILL, Redis is emptied and stopped, PostgreSQL restarted; tickets go on."""

import signal
import time

import pytest

from feedback_app import schedule
from feedback_app.core.outbox import handler_name
from feedback_app.runtime import queues
from feedback_app.subscriptions import SUBSCRIPTIONS
from feedback_app.tickets.events import TicketAssigned, TicketFiled
from tests.faults import bypass
from tests.faults.installation import eventually

pytestmark = pytest.mark.faults

OUTBOX = ("work", "--queue", "outbox")
HANDLERS = [
    handler_name(handler)
    for event in (TicketFiled, TicketAssigned)  # what a filing sets in motion, one after the other
    for handler in SUBSCRIPTIONS.get(event.name, ())
]


@pytest.mark.parametrize("handler", HANDLERS)
@pytest.mark.parametrize("moment", ["before", "before-commit", "after-commit"])
def test_a_ticket_whose_worker_is_killed_is_routed_by_the_next(installation, moment, handler):
    installation.start("relay")
    doomed = installation.start(*OUTBOX, fault=f"{moment}:{handler}")
    ticket = installation.file()
    assert doomed.wait(45) == -signal.SIGKILL

    installation.start(*OUTBOX)

    eventually(lambda: installation.is_routed_once(ticket) and installation.undone() == 0)
    time.sleep(0.5)
    assert installation.is_routed_once(ticket)


def test_a_flushed_redis_forgets_no_ticket(installation):
    tickets = [installation.file() for _ in range(5)]
    installation.connection.flushall()

    installation.start_all()

    eventually(lambda: all(installation.is_routed_once(ticket) for ticket in tickets))


def test_filing_goes_on_while_redis_is_away_and_so_does_routing(installation):
    installation.start_all()
    before = installation.file()
    eventually(lambda: installation.is_routed_once(before))
    installation.redis.stop()
    try:
        meanwhile = installation.file()
        eventually(lambda: installation.is_routed_once(meanwhile))
    finally:
        installation.redis.start()

    after = installation.file()

    def all_done() -> bool:
        installation.revive()
        return installation.is_routed_once(after) and installation.undone() == 0

    eventually(all_done)
    assert installation.is_routed_once(before)
    assert installation.is_routed_once(meanwhile)


@pytest.mark.parametrize("shared_installation", ["postgresql"], indirect=True)
def test_a_restarted_database_loses_no_ticket(installation, cluster):
    installation.start_all()
    before = installation.file()
    eventually(lambda: installation.is_routed_once(before))

    cluster.stop()
    time.sleep(1)
    cluster.start()
    after = installation.file()

    eventually(lambda: installation.is_routed_once(after) and installation.undone() == 0)
    assert installation.is_routed_once(before)


def test_two_workers_at_once_route_each_ticket_once(installation):
    tickets = [installation.file() for _ in range(20)]
    installation.start_all()
    installation.start(*OUTBOX)
    queues.enqueue(installation.connection, schedule.OUTBOX, schedule.DRAIN, "one-more-drain", 60)

    eventually(lambda: installation.undone() == 0)

    assert all(installation.is_routed_once(ticket) for ticket in tickets)


def test_where_there_is_no_redis_one_process_does_the_work(installation):
    installation.start("inline")

    ticket = installation.file()

    eventually(lambda: installation.is_routed_once(ticket) and installation.undone() == 0)


class TestWithoutTheOutbox:
    """The same faults, the outbox bypassed: tickets are lost, so the tests above can fail."""

    def test_a_killed_worker_takes_the_ticket_with_it(self, installation):
        ticket = self.file_around_the_outbox(installation)
        doomed = installation.start(*OUTBOX, fault=bypass.POINT)
        assert doomed.wait(45) == -signal.SIGKILL

        self.give_it_a_chance(installation)

        assert installation.history(ticket) == {"filed": 1}

    def test_a_flushed_redis_takes_the_ticket_with_it(self, installation):
        ticket = self.file_around_the_outbox(installation)
        installation.connection.flushall()

        self.give_it_a_chance(installation)

        assert installation.history(ticket) == {"filed": 1}

    def file_around_the_outbox(self, installation) -> int:
        ticket = installation.file()
        with installation.app.app_context():
            bypass.forget_deliveries()
        queue = queues.queue("outbox", installation.connection)
        queue.enqueue(bypass.NAME, ticket, result_ttl=0)
        return ticket

    def give_it_a_chance(self, installation) -> None:
        """Let the others work until a ticket filed properly has been routed."""
        installation.start_all()
        proper = installation.file()
        eventually(lambda: installation.is_routed_once(proper))
