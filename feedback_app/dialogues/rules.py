"""Kinds and states of a meeting, ONE table of acts, the days it lives by, the standing of its items. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What is held: the provincial dialogue, one of an agency before it, or an informal "cà phê doanh nhân"."""

    PROVINCIAL = "provincial"
    SECTORAL = "sectoral"
    CAFE = "cafe"


class State(StrEnum):
    """How far a meeting is; that the call has closed follows from its day."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class Competence(StrEnum):
    """Who can settle a proposal."""

    AGENCY = "agency"
    PROVINCE = "province"
    CENTRAL = "central"


class Handling(StrEnum):
    """Where a proposal is dealt with."""

    WRITTEN = "written"  # answered in writing before the day
    ON_DAY = "on_day"
    SECTORAL = "sectoral"


class ItemState(StrEnum):
    """How far an item of the conclusions is, as it is written down."""

    OPEN = "open"
    REPORTED = "reported"  # its owner says that it is done; the focal point has not confirmed
    DONE = "done"


class Standing(StrEnum):
    """How an item stands on a day."""

    RUNNING = "running"
    LATE = "late"
    REPORTED = "reported"
    DONE = "done"
    DONE_LATE = "done_late"


class Readiness(StrEnum):
    """How far the answer to a proposal is before the day."""

    NOTHING = "nothing"
    DRAFTED = "drafted"
    IN_APPROVAL = "in_approval"
    ANSWERED = "answered"


class By(StrEnum):
    """In which relation to a meeting, or to an item of it, a person stands; ``policy`` says who that is."""

    ANYBODY = "anybody"
    STAFF = "staff"
    ORGANISER = "organiser"
    CHAIR = "chair"
    OFFICES = "offices"  # the focal point and Văn phòng UBND tỉnh
    OWNER = "owner"  # of the item


class Act(StrEnum):
    """What people do with a meeting and its items."""

    ADD_ITEM = "add_item"
    CALL = "call"
    CANCEL = "cancel"
    CHANGE = "change"
    CLASSIFY = "classify"
    CONCLUDE = "conclude"
    DECIDE = "decide"
    HOLD = "hold"
    IMPORT = "import"
    INVITE = "invite"
    ORDER = "order"
    POSTPONE = "postpone"
    PROPOSE = "propose"
    REPORT = "report"
    SEE = "see"
    SEE_INSIDE = "see_inside"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Rule:
    """Whose an act is, and in which states of the meeting it fits."""

    by: frozenset[By]
    when: frozenset[State]


PUBLIC = frozenset(State) - {State.PLANNED}
COMING = frozenset({State.PLANNED, State.CALLED})
ORGANISERS = frozenset({By.ORGANISER})

RULES: dict[Act, Rule] = {
    Act.ADD_ITEM: Rule(ORGANISERS, frozenset({State.HELD})),
    Act.CALL: Rule(ORGANISERS, frozenset({State.PLANNED})),
    Act.CANCEL: Rule(ORGANISERS, COMING),
    Act.CHANGE: Rule(ORGANISERS, COMING),
    # by whoever collates: an organising agency does not say itself what is beyond it
    Act.CLASSIFY: Rule(frozenset({By.OFFICES}), frozenset({State.CALLED, State.HELD})),
    Act.CONCLUDE: Rule(ORGANISERS, frozenset({State.HELD})),
    Act.DECIDE: Rule(frozenset({By.OFFICES}), frozenset({State.CONCLUDED})),
    Act.HOLD: Rule(ORGANISERS, frozenset({State.CALLED})),
    Act.IMPORT: Rule(frozenset({By.OFFICES}), frozenset({State.CALLED})),
    Act.INVITE: Rule(ORGANISERS, frozenset({State.CALLED})),
    Act.ORDER: Rule(frozenset({By.ORGANISER, By.CHAIR}), frozenset({State.CALLED})),
    Act.POSTPONE: Rule(ORGANISERS, frozenset({State.CALLED})),
    Act.PROPOSE: Rule(frozenset({By.ANYBODY}), frozenset({State.CALLED})),
    Act.REPORT: Rule(frozenset({By.OWNER}), frozenset({State.CONCLUDED})),
    Act.SEE: Rule(frozenset({By.ANYBODY}), PUBLIC),
    Act.SEE_INSIDE: Rule(frozenset({By.STAFF}), frozenset(State)),
    Act.SETTLE: Rule(ORGANISERS, frozenset({State.CALLED, State.HELD, State.CONCLUDED})),
}


@dataclass(frozen=True, slots=True)
class Days:
    """The days a meeting lives by, in their order."""

    closes_on: date  # the last day of the call
    replies_on: date  # the last day for the agencies' answers and drafts
    held_on: date


class Wrong(StrEnum):
    """What is wrong with the days."""

    HELD_PAST = "held_past"
    CLOSES_PAST = "closes_past"
    CLOSES_AFTER_DAY = "closes_after_day"
    REPLIES_BEFORE_CLOSING = "replies_before_closing"
    REPLIES_AFTER_DAY = "replies_after_day"
    AFTER_PROVINCIAL = "after_provincial"


FIELD_OF: dict[Wrong, str] = {
    Wrong.HELD_PAST: "held_on",
    Wrong.CLOSES_PAST: "closes_on",
    Wrong.CLOSES_AFTER_DAY: "closes_on",
    Wrong.REPLIES_BEFORE_CLOSING: "replies_on",
    Wrong.REPLIES_AFTER_DAY: "replies_on",
    Wrong.AFTER_PROVINCIAL: "held_on",
}


def wrong_days(days: Days, today: date, provincial_on: date | None = None) -> list[Wrong]:
    """Return what is wrong with the days of a meeting to come; ``provincial_on``: the day it has to precede."""
    found = {
        Wrong.HELD_PAST: days.held_on <= today,
        Wrong.CLOSES_PAST: days.closes_on < today,
        Wrong.CLOSES_AFTER_DAY: days.closes_on >= days.held_on,
        Wrong.REPLIES_BEFORE_CLOSING: days.replies_on < days.closes_on,
        Wrong.REPLIES_AFTER_DAY: days.replies_on > days.held_on,
        Wrong.AFTER_PROVINCIAL: provincial_on is not None and days.held_on >= provincial_on,
    }
    return [wrong for wrong, is_so in found.items() if is_so]


def takes_proposals(state: State, closes_on: date, today: date) -> bool:
    """Say whether what is proposed today belongs to the meeting; afterwards it is an ordinary ticket."""
    return state in RULES[Act.PROPOSE].when and today <= closes_on


def is_season(day: date) -> bool:
    """Say whether the day lies in a month in which the decision wants a provincial dialogue: June or December."""
    return day.month in {6, 12}


def standing(state: ItemState, due_on: date, done_on: date | None, today: date) -> Standing:
    """Return how an item stands: what its owner reported as done waits for the focal point, whatever the day."""
    if state is ItemState.DONE:
        return Standing.DONE_LATE if done_on is not None and done_on > due_on else Standing.DONE
    if state is ItemState.REPORTED:
        return Standing.REPORTED
    return Standing.LATE if today > due_on else Standing.RUNNING


def is_ready(handling: str, readiness: Readiness) -> bool:
    """Say whether nothing is owed any more: in writing it must be answered, for the day a draft is enough."""
    if handling == Handling.WRITTEN:
        return readiness is Readiness.ANSWERED
    return readiness is not Readiness.NOTHING
