"""RQ entry points of the core: they load nothing, carry no arguments, and may run twice."""

from flask import current_app

from feedback_app.core import audit, housekeeping, outbox
from feedback_app.core.db import unit_of_work


def drain_outbox() -> int:
    """Work off what the outbox holds; the relay enqueues it, the sweeper again."""
    return outbox.drain()


def chain_audit() -> int:
    with unit_of_work() as session:
        return audit.chain(session)


def purge() -> None:
    """Delete what has outlived its term: drafts, sign-in sessions, invitations."""
    with unit_of_work() as session:
        housekeeping.purge(session, current_app.extensions["purgers"])
