"""What there is to be told, in which channels, when, and how long what does not go out is tried again. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12  # about a day and a half
MOST_SINGLES = (
    10  # reminders in mails of their own for one person on one day: the rest is in the morning's mail
)
MOST_CODES = 3  # one-time codes by message for one ticket on one day: each costs the province money
DAY_BEGINS, DAY_ENDS = time(8), time(20)  # local; outside it nobody is disturbed


class Kind(StrEnum):
    """What a line of an inbox is about; news of other lines of a history bear the codes of those."""

    ANSWERED = "answered"
    ASKED = "asked"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    DISPUTED = "disputed"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    PART_DUE_SOON = "part_due_soon"  # of the part of one agency
    PART_DUE_TODAY = "part_due_today"
    PART_OVERDUE = "part_overdue"
    REPLIED = "replied"
    REQUEST_DUE_SOON = "request_due_soon"  # to a central vertical agency, which is asked, not directed
    REQUEST_DUE_TODAY = "request_due_today"
    REQUEST_OVERDUE = "request_overdue"
    TRIAGE = "triage"


REMINDERS = frozenset(kind for kind in Kind if "due" in kind)


class Channel(StrEnum):
    """How something reaches a person outside the application."""

    MAIL = "mail"
    SMS = "sms"
    ZALO = "zalo"


class Letter(StrEnum):
    """The messages there are; each has a template ``mail/<letter>.txt``."""

    BRIEF = "brief"  # of the leaders, at seven
    CODE = "code"  # a one-time code for somebody who lost the tracking code
    CONFIRM = "confirm"  # a link that proves the address of an account
    DIALOGUE = "dialogue"  # of a meeting: its call, another day, conclusions, what is owed
    DIGEST = "digest"  # of the morning
    FIGURES = "figures"  # of an agency, which nobody has confirmed
    NEWS = "news"
    OVERDUE = "overdue"
    PROGRAMME = "programme"  # reports on the action programme that are due or late
    PULSE = "pulse"  # an invitation to answer seven questions, once and unseen
    RESET = "reset"  # a link by which one sets a new password
    SIGN_UP = "sign_up"  # somebody signed up with an address that has an account
    WEEKLY = "weekly"  # the list of the week
    WORD = "word"  # a leader spoke up on an agency or an obstacle


# what somebody waits for goes out at any hour
URGENT = frozenset({Letter.CODE, Letter.CONFIRM, Letter.RESET, Letter.SIGN_UP})
ASKED_FOR = URGENT  # what a person set in motion at this moment needs no way out


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person with an account wants to hear, and whether of a morning's mail at all."""

    mail: bool = True
    sms: bool = False
    zalo: bool = False
    digest: bool = True

    def channels(self) -> frozenset[Channel]:
        chosen = {Channel.MAIL: self.mail, Channel.SMS: self.sms, Channel.ZALO: self.zalo}
        return frozenset(channel for channel, wanted in chosen.items() if wanted)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached."""

    email: str = ""
    phone: str = ""

    def to(self, channel: Channel) -> str:
        return self.email if channel is Channel.MAIL else self.phone


def channels_of_account(
    wishes: Wishes, address: Address, possible: Collection[Channel], *, legal: bool
) -> list[Channel]:
    """Return through which of the ``possible`` channels the account hears; of a legal notice always by mail too."""
    wanted = wishes.channels() | ({Channel.MAIL} if legal else frozenset())
    return [channel for channel in Channel if channel in wanted & set(possible) and address.to(channel)]


def channels_of_guest(
    address: Address, possible: Collection[Channel], refused: Collection[Channel], *, legal: bool
) -> list[Channel]:
    """Return the one channel in which somebody without an account hears: mail, else SMS, else Zalo."""
    usable = [channel for channel in Channel if channel in possible and address.to(channel)]
    first = usable[:1]
    return first if legal else [channel for channel in first if channel not in refused]


def reminder_kind(distance: int, *, is_part: bool, is_request: bool) -> Kind:
    """Return what a reminder ``distance`` working days after the day says."""
    when = "due_soon" if distance < 0 else "due_today" if distance == 0 else "overdue"
    manner = "request_" if is_request else "part_" if is_part else ""
    return Kind(manner + when)


def not_before(at: datetime, zone: tzinfo) -> datetime:
    """Return ``at``, or the beginning of the next day on which people may be disturbed, eight in the morning."""
    local = at.astimezone(zone)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return at
    day = local.date() + timedelta(days=local.time() >= DAY_ENDS)
    return datetime.combine(day, DAY_BEGINS, zone).astimezone(at.tzinfo)


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after the ``attempts``-th failure, ``None`` when it is the last."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
