"""When: the states of a ticket, the moves between them, and what each state means to people and to the clock."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The main state only; questions, opinions, letters and ratings are rows beside it."""

    RECEIVED = "received"
    TRIAGE = "triage"
    ASSIGNED = "assigned"
    IN_WORK = "in_work"
    NEED_INFO = "need_info"
    ANSWERED = "answered"
    REVIEW = "review"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Phase(StrEnum):
    """The five steps that an enterprise sees."""

    RECEIVED = "received"
    SORTING = "sorting"
    WORKING = "working"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"


class Clock(StrEnum):
    """What the deadline does in a state."""

    OPEN = "open"
    PAUSED = "paused"
    ANSWERED = "answered"
    CLOSED = "closed"


class Ball(StrEnum):
    """Whose move it is."""

    SYSTEM = "system"
    AGENCY = "agency"
    ENTERPRISE = "enterprise"
    NOBODY = "nobody"


class Act(StrEnum):
    """What people do with a ticket."""

    ACCEPT = "accept"
    ANSWER = "answer"
    ASK = "ask"
    ASSIGN = "assign"
    DISPUTE = "dispute"
    NOTE = "note"
    RATE = "rate"
    RELEASE_FILES = "release_files"
    REPLY = "reply"
    RETURN = "return"
    SEE = "see"
    SEE_FILER = "see_filer"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Meaning:
    phase: Phase
    clock: Clock
    ball: Ball


MEANING: dict[Status, Meaning] = {
    Status.RECEIVED: Meaning(Phase.RECEIVED, Clock.OPEN, Ball.SYSTEM),
    Status.TRIAGE: Meaning(Phase.SORTING, Clock.OPEN, Ball.AGENCY),
    Status.ASSIGNED: Meaning(Phase.SORTING, Clock.OPEN, Ball.AGENCY),
    Status.IN_WORK: Meaning(Phase.WORKING, Clock.OPEN, Ball.AGENCY),
    Status.NEED_INFO: Meaning(Phase.WORKING, Clock.PAUSED, Ball.ENTERPRISE),
    Status.ANSWERED: Meaning(Phase.ANSWERED, Clock.ANSWERED, Ball.ENTERPRISE),
    Status.REVIEW: Meaning(Phase.WORKING, Clock.OPEN, Ball.AGENCY),
    Status.WITHDRAWN: Meaning(Phase.CONFIRMED, Clock.CLOSED, Ball.NOBODY),
    Status.CLOSED: Meaning(Phase.CONFIRMED, Clock.CLOSED, Ball.NOBODY),
}

MOVES: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.TRIAGE, Status.ASSIGNED, Status.WITHDRAWN}),
    Status.TRIAGE: frozenset({Status.ASSIGNED, Status.WITHDRAWN}),
    # ASSIGNED → ASSIGNED: re-routed to another agency; → TRIAGE: returned as wrongly routed
    Status.ASSIGNED: frozenset({Status.ASSIGNED, Status.IN_WORK, Status.TRIAGE, Status.WITHDRAWN}),
    Status.IN_WORK: frozenset(
        {Status.NEED_INFO, Status.ANSWERED, Status.ASSIGNED, Status.TRIAGE, Status.WITHDRAWN}
    ),
    Status.NEED_INFO: frozenset({Status.IN_WORK, Status.REVIEW, Status.WITHDRAWN}),
    # an answer can be disputed; rated or left alone, it closes
    Status.ANSWERED: frozenset({Status.REVIEW, Status.CLOSED}),
    # REVIEW → REVIEW: the round passes to the coordinating office when the agency has nobody else
    Status.REVIEW: frozenset({Status.REVIEW, Status.ANSWERED, Status.NEED_INFO, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
    Status.CLOSED: frozenset(),
}

WHEN: dict[Act, frozenset[Status]] = {
    Act.ACCEPT: frozenset({Status.ASSIGNED}),
    Act.ANSWER: frozenset({Status.IN_WORK, Status.REVIEW}),
    Act.ASK: frozenset({Status.IN_WORK, Status.REVIEW}),
    Act.ASSIGN: frozenset({Status.TRIAGE, Status.ASSIGNED, Status.IN_WORK}),
    Act.DISPUTE: frozenset({Status.ANSWERED}),
    Act.NOTE: frozenset(Status) - {Status.WITHDRAWN, Status.CLOSED},
    Act.RATE: frozenset({Status.ANSWERED}),
    Act.RELEASE_FILES: frozenset(Status) - {Status.WITHDRAWN, Status.CLOSED},
    Act.REPLY: frozenset({Status.NEED_INFO}),
    Act.RETURN: frozenset({Status.ASSIGNED, Status.IN_WORK}),
    Act.SEE: frozenset(Status),
    Act.SEE_FILER: frozenset(Status),
    Act.WITHDRAW: frozenset(
        {Status.RECEIVED, Status.TRIAGE, Status.ASSIGNED, Status.IN_WORK, Status.NEED_INFO, Status.REVIEW}
    ),
}

OPEN: frozenset[Status] = frozenset(s for s, m in MEANING.items() if m.clock in {Clock.OPEN, Clock.PAUSED})


def allows(current: Status, target: Status) -> bool:
    """Say whether a ticket may go from ``current`` to ``target``."""
    return target in MOVES[current]
