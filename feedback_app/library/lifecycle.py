"""The way of an answer into the library and out of it. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where an answer stands."""

    WAITING = "waiting"  # the enterprise may object, or an approver has to decide
    OBJECTED = "objected"  # the enterprise does not want it published: for good
    REFUSED = "refused"  # an approver sent it back
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # taken out by a person
    EXPIRED = "expired"  # a document it cites was replaced


class Wait(StrEnum):
    """Why an answer that waits cannot be published yet; READY: it can."""

    OBJECTION_TIME = "objection_time"
    AGREEMENT = "agreement"
    READY = "ready"


AGAIN = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.EXPIRED})  # may be proposed anew


@dataclass(frozen=True, slots=True)
class Said:
    """What the enterprise said: at filing, and since (``None``: nothing)."""

    consented: bool
    agreed: bool | None
    object_until: date


def wait_of(said: Said, today: date) -> Wait:
    """Return what an answer waits for on ``today``.

    Whoever agrees is not waited for. Silence is an agreement only where the enterprise consented when it filed, and
    only after the last day on which it may object.
    """
    if said.agreed:
        return Wait.READY
    if today <= said.object_until:
        return Wait.OBJECTION_TIME
    return Wait.READY if said.consented else Wait.AGREEMENT
