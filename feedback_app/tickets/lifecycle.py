"""When and who: the states of a ticket, and ONE table of acts: whose each is, when it fits, where it leads."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The main state only; opinions, extensions, approvals, letters and ratings are rows beside it."""

    RECEIVED = "received"
    TRIAGE = "triage"
    ASSIGNED = "assigned"
    IN_WORK = "in_work"
    NEED_INFO = "need_info"
    AT_PROVINCE = "at_province"
    AT_MINISTRY = "at_ministry"
    ANSWERED = "answered"
    REJECTED = "rejected"
    REDIRECTED = "redirected"
    POLICY_BACKLOG = "policy_backlog"
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
    MINISTRY = "ministry"
    NOBODY = "nobody"


class By(StrEnum):
    """In which relation to the ticket a person stands; ``policy`` says who that is."""

    OWNER = "owner"
    READER = "reader"
    FILER_READER = "filer_reader"
    PARTICIPANT = "participant"
    HOLDER = "holder"  # answers in the agency that has the ball; in a later round not who answered before
    HOLDING_LEAD = "holding_lead"  # the same, while the lead itself has the ball
    AGENCY = "agency"  # any handler of the agency that has the ball, whoever answered before
    KEEPER = "keeper"  # whoever handles it, while nobody does any handler of that agency, and its head
    APPROVER = "approver"  # any handler there who neither gave nor signed an earlier answer
    HEAD = "head"  # its head
    COORDINATOR = "coordinator"  # answers in an agency whose opinion is awaited
    DISTRIBUTOR = "distributor"
    PROVINCE = "province"  # Văn phòng UBND tỉnh


class Beside(StrEnum):
    """What stands beside the status and lets or stops an act."""

    CONSENT = "consent"  # the filer was asked to show the name and has not answered
    DRAFT = "draft"  # a draft is on its way through the approvals
    EXTENDED = "extended"  # the running round was extended
    FIXED = "fixed"  # the province decided who has it
    HIDDEN = "hidden"  # the filer hides the name
    OBJECTION = "objection"  # an objection waits for Văn phòng UBND tỉnh
    PROVISIONAL = "provisional"  # assigned provisionally after repeated returns
    REQUEST = "request"  # a request waits for the head


class Act(StrEnum):
    """What people do with a ticket."""

    ACCEPT = "accept"
    ANSWER = "answer"
    APOLOGISE = "apologise"
    APPROVE = "approve"
    ASK = "ask"
    ASK_CONSENT = "ask_consent"
    ASK_OPINION = "ask_opinion"
    ASSIGN = "assign"
    CLUSTER = "cluster"
    CONSENT = "consent"
    DECIDE_REQUEST = "decide_request"
    DIRECT = "direct"
    DISPUTE = "dispute"
    DRAFT = "draft"
    EXTEND = "extend"
    GIVE_OPINION = "give_opinion"
    ISSUE = "issue"
    MINISTRY_REPLIED = "ministry_replied"
    NOTE = "note"
    OBJECT = "object"
    OBJECT_EXTENSION = "object_extension"
    DELEGATE = "delegate"
    PETITION = "petition"
    PROJECT = "project"
    PROMISE = "promise"
    PROPOSE_CHANGE = "propose_change"
    RATE = "rate"
    RECLASSIFY = "reclassify"
    RECOGNISE = "recognise"
    RECUSE = "recuse"
    REDIRECT = "redirect"
    REJECT = "reject"
    RELEASE_FILES = "release_files"
    REOPEN = "reopen"
    REPLY = "reply"
    REPORT_UP = "report_up"
    RETURN = "return"
    SEE = "see"
    SEE_FILER = "see_filer"
    SETTLE = "settle"
    WATCH = "watch"
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
    Status.AT_PROVINCE: Meaning(Phase.WORKING, Clock.OPEN, Ball.AGENCY),
    # beyond the province: its clock stands, the ticket stays open on a monthly watch
    Status.AT_MINISTRY: Meaning(Phase.WORKING, Clock.PAUSED, Ball.MINISTRY),
    Status.ANSWERED: Meaning(Phase.ANSWERED, Clock.ANSWERED, Ball.ENTERPRISE),
    Status.REJECTED: Meaning(Phase.ANSWERED, Clock.ANSWERED, Ball.ENTERPRISE),
    Status.REDIRECTED: Meaning(Phase.ANSWERED, Clock.ANSWERED, Ball.ENTERPRISE),
    Status.POLICY_BACKLOG: Meaning(Phase.ANSWERED, Clock.ANSWERED, Ball.AGENCY),
    Status.REVIEW: Meaning(Phase.WORKING, Clock.OPEN, Ball.AGENCY),
    Status.WITHDRAWN: Meaning(Phase.CONFIRMED, Clock.CLOSED, Ball.NOBODY),
    Status.CLOSED: Meaning(Phase.CONFIRMED, Clock.CLOSED, Ball.NOBODY),
}

WORKING = frozenset({Status.IN_WORK, Status.REVIEW})
DECIDED = frozenset({Status.ANSWERED, Status.REJECTED, Status.REDIRECTED, Status.POLICY_BACKLOG})
OPEN: frozenset[Status] = frozenset(s for s, m in MEANING.items() if m.clock in {Clock.OPEN, Clock.PAUSED})
HELD = OPEN - {Status.RECEIVED}
ALIVE = frozenset(Status) - {Status.WITHDRAWN, Status.CLOSED}
EVER = frozenset(Status)


@dataclass(frozen=True, slots=True)
class Rule:
    """Whose an act is, in which states it fits, to which it may lead (none: the state stays).

    ``needs`` and ``bars``: what must and what must not stand beside the status.
    ``sensitive`` False: never on a sensitive report, which no further agency may come to know of.
    """

    by: By
    when: frozenset[Status]
    to: frozenset[Status] = frozenset()
    sensitive: bool = True
    needs: frozenset[Beside] = frozenset()
    bars: frozenset[Beside] = frozenset()

    def fits(self, status: Status, beside: frozenset[Beside]) -> bool:
        """Say whether the act fits the ticket as it stands."""
        return status in self.when and self.needs <= beside and not self.bars & beside


def _in(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


def _has(*beside: Beside) -> frozenset[Beside]:
    return frozenset(beside)


RULES: dict[Act, Rule] = {
    Act.ACCEPT: Rule(By.HOLDER, _in(Status.ASSIGNED), _in(Status.IN_WORK)),
    Act.ANSWER: Rule(By.HOLDER, WORKING, _in(Status.ANSWERED)),
    Act.APOLOGISE: Rule(By.HOLDER, WORKING | {Status.AT_PROVINCE}),
    Act.APPROVE: Rule(By.APPROVER, WORKING, needs=_has(Beside.DRAFT)),
    Act.ASK: Rule(By.HOLDER, WORKING, _in(Status.NEED_INFO), bars=_has(Beside.REQUEST)),
    Act.ASK_CONSENT: Rule(By.HOLDER, WORKING, needs=_has(Beside.HIDDEN), bars=_has(Beside.CONSENT)),
    Act.ASK_OPINION: Rule(By.HOLDER, WORKING, sensitive=False),
    # ASSIGNED → ASSIGNED: re-routed to another agency
    Act.ASSIGN: Rule(
        By.DISTRIBUTOR, _in(Status.TRIAGE, Status.ASSIGNED, Status.IN_WORK), _in(Status.ASSIGNED)
    ),
    # a second look (REVIEW) is at one enterprise's own objection: what is common was said before
    Act.CLUSTER: Rule(By.DISTRIBUTOR, HELD - {Status.REVIEW}, sensitive=False),
    Act.CONSENT: Rule(By.OWNER, HELD, needs=_has(Beside.CONSENT)),
    Act.DECIDE_REQUEST: Rule(By.HEAD, WORKING, _in(Status.NEED_INFO), needs=_has(Beside.REQUEST)),
    Act.DIRECT: Rule(
        By.PROVINCE,
        _in(Status.AT_PROVINCE),
        _in(Status.ASSIGNED, Status.IN_WORK, Status.REVIEW),
        sensitive=False,
    ),
    Act.DISPUTE: Rule(By.OWNER, DECIDED, _in(Status.REVIEW)),
    Act.DRAFT: Rule(By.HOLDER, WORKING, bars=_has(Beside.DRAFT)),
    Act.EXTEND: Rule(By.HOLDER, WORKING, bars=_has(Beside.EXTENDED, Beside.REQUEST)),
    Act.GIVE_OPINION: Rule(By.COORDINATOR, HELD, sensitive=False),
    Act.ISSUE: Rule(By.AGENCY, WORKING, DECIDED, needs=_has(Beside.DRAFT)),
    Act.MINISTRY_REPLIED: Rule(By.AGENCY, _in(Status.AT_MINISTRY), WORKING, sensitive=False),
    Act.NOTE: Rule(By.PARTICIPANT, ALIVE),
    Act.OBJECT: Rule(
        By.HOLDING_LEAD,
        _in(Status.ASSIGNED),
        sensitive=False,
        needs=_has(Beside.PROVISIONAL),
        bars=_has(Beside.OBJECTION),
    ),
    Act.OBJECT_EXTENSION: Rule(
        By.OWNER, WORKING | {Status.NEED_INFO}, needs=_has(Beside.EXTENDED), bars=_has(Beside.OBJECTION)
    ),
    Act.DELEGATE: Rule(By.KEEPER, HELD),
    Act.PETITION: Rule(By.AGENCY, WORKING | {Status.AT_PROVINCE}, _in(Status.AT_MINISTRY), sensitive=False),
    Act.PROJECT: Rule(By.DISTRIBUTOR, HELD, sensitive=False),
    Act.PROMISE: Rule(By.AGENCY, WORKING | DECIDED | {Status.CLOSED}),
    Act.PROPOSE_CHANGE: Rule(By.HOLDER, WORKING, _in(Status.POLICY_BACKLOG), sensitive=False),
    # rated or left alone, a decision closes
    Act.RATE: Rule(By.OWNER, DECIDED, _in(Status.CLOSED)),
    Act.RECLASSIFY: Rule(By.DISTRIBUTOR, HELD - {Status.AT_MINISTRY}, sensitive=False),
    Act.RECOGNISE: Rule(By.PARTICIPANT, ALIVE, sensitive=False),
    Act.RECUSE: Rule(By.AGENCY, HELD),
    Act.REDIRECT: Rule(By.HOLDER, WORKING | {Status.TRIAGE}, _in(Status.REDIRECTED)),
    Act.REJECT: Rule(By.HOLDER, WORKING, _in(Status.REJECTED)),
    Act.RELEASE_FILES: Rule(By.FILER_READER, ALIVE, needs=_has(Beside.HIDDEN)),
    Act.REOPEN: Rule(By.OWNER, _in(Status.CLOSED), _in(Status.REVIEW)),
    Act.REPLY: Rule(By.OWNER, _in(Status.NEED_INFO), WORKING),
    Act.REPORT_UP: Rule(By.HOLDER, WORKING, _in(Status.AT_PROVINCE), sensitive=False),
    Act.RETURN: Rule(
        By.HOLDING_LEAD,
        _in(Status.ASSIGNED, Status.IN_WORK),
        _in(Status.TRIAGE),
        bars=_has(Beside.FIXED, Beside.PROVISIONAL),
    ),
    Act.SEE: Rule(By.READER, EVER),
    Act.SEE_FILER: Rule(By.FILER_READER, EVER),
    Act.SETTLE: Rule(By.PROVINCE, HELD, _in(Status.ASSIGNED), sensitive=False, needs=_has(Beside.OBJECTION)),
    Act.WATCH: Rule(By.AGENCY, _in(Status.AT_MINISTRY), sensitive=False),
    Act.WITHDRAW: Rule(By.OWNER, OPEN, _in(Status.WITHDRAWN)),
}

# What the system does by itself: routing, the end of waiting, the end of silence, a round that passes up.
BY_ITSELF: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: _in(Status.TRIAGE, Status.ASSIGNED),
    Status.NEED_INFO: WORKING,
    Status.ANSWERED: _in(Status.CLOSED),
    Status.REJECTED: _in(Status.CLOSED),
    Status.REDIRECTED: _in(Status.CLOSED),
    Status.POLICY_BACKLOG: _in(Status.CLOSED),
    Status.REVIEW: _in(Status.REVIEW),
}

MOVES: dict[Status, frozenset[Status]] = {
    status: frozenset().union(
        BY_ITSELF.get(status, frozenset()), *(rule.to for rule in RULES.values() if status in rule.when)
    )
    for status in Status
}


def allows(current: Status, target: Status) -> bool:
    """Say whether a ticket may go from ``current`` to ``target``."""
    return target in MOVES[current]


def working(round_: int) -> Status:
    """Return the state in which an agency works on the round ``round_``."""
    return Status.IN_WORK if round_ == 1 else Status.REVIEW
