"""Where a ticket stands: status, phases, deadline, who has to move."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from feedback_app.catalogue.store import Loaded
from feedback_app.core.clock import local_date
from feedback_app.core.i18n import language
from feedback_app.deadlines.calendar import WorkCalendar
from feedback_app.deadlines.clock import Deadline
from feedback_app.deadlines.events import EventKind
from feedback_app.tickets.labels import PHASES, STATUSES, Meta
from feedback_app.tickets.lifecycle import DECIDED, MEANING, Ball, Clock, Phase, Status
from feedback_app.tickets.models import BESIDE, Ticket
from feedback_app.tickets.timeline import Entry
from feedback_app.web import days
from feedback_app.web.presenting.names import agency_name

REACHED_BY: dict[Entry, Phase] = {
    Entry.FILED: Phase.RECEIVED,
    Entry.TRIAGE: Phase.SORTING,
    Entry.ASSIGNED: Phase.SORTING,
    Entry.ACCEPTED: Phase.WORKING,
    Entry.DISPUTED: Phase.WORKING,
    Entry.ANSWERED: Phase.ANSWERED,
    Entry.RATED: Phase.CONFIRMED,
    Entry.CLOSED: Phase.CONFIRMED,
    Entry.WITHDRAWN: Phase.CONFIRMED,
}

WENT = frozenset({Entry.ASSIGNED, Entry.MOVED})


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One of the five steps; ``state``: done, current or todo; ``at``: when it was last reached."""

    label: str
    state: str
    at: date | None


@dataclass(frozen=True, slots=True)
class BallView:
    """Who has to move, for how many working days already, and what is awaited."""

    holder: str
    days: int
    note: str


@dataclass(frozen=True, slots=True)
class PromiseView:
    """The arguments of the macro ``promise``; ``agency`` is empty until one is known."""

    agency: str
    due_on: date | None
    confirmed: bool
    estimated: bool


def status_meta(status: str) -> Meta:
    """Return word, tone and icon of a status."""
    return STATUSES[Status(status)]


def deadline_view(ticket: Ticket, calendar: WorkCalendar, today: date) -> days.Chip:
    """Return the chip; ``calendar`` is the ticket's (``Deadline.calendar``) or the one in force."""
    return days.chip(
        ticket.due_on,
        today,
        calendar,
        paused=ticket.clock == Clock.PAUSED,
        answered_on=ticket.answered_on or ticket.closed_on,
        estimated=ticket.due_estimated,
    )


def day_strip_view(ticket: Ticket, deadline: Deadline, loaded: Loaded, today: date) -> tuple[days.Day, ...]:
    """Return the strip through the due date; of a late or paused ticket that still runs, through today.

    Entries, clock events and concerned agencies must be loaded.
    """
    late = deadline.due_on is not None and deadline.due_on < today and deadline.stopped_on is None
    last = deadline.stopped_on or today
    explained = deadline.days_until(last) if late or deadline.due_on is None else deadline.days
    return days.strip(explained, deadline.due_on, today, language(), _went_to(ticket, loaded))


def _went_to(ticket: Ticket, loaded: Loaded) -> dict[date, str]:
    """Return, by day of a transfer, where the ticket went as its public history says; never whom a report is about."""
    moved = {row.at for row in ticket.clock_events if row.kind == EventKind.TRANSFER}
    untold = {None, *(row.agency_id for row in ticket.concerned)}
    found: dict[date, list[str]] = {}
    for entry in ticket.entries:
        if entry.kind in WENT and entry.public and entry.at in moved and entry.agency_id not in untold:
            on = local_date(entry.at)
            found.setdefault(on, []).append(agency_name(loaded, entry.agency_id, on))
    return {on: ", ".join(names) for on, names in found.items()}


def phases(ticket: Ticket) -> list[PhaseView]:
    """Return the five steps with the local dates on which they were reached; entries must be loaded."""
    order = list(Phase)
    now = order.index(MEANING[Status(ticket.status)].phase)
    over = MEANING[Status(ticket.status)].clock is Clock.CLOSED
    reached = _reached(ticket)
    states = ["done" if i < now or over else "current" if i == now else "todo" for i in range(len(order))]
    return [
        PhaseView(str(PHASES[phase]), state, reached.get(phase) if state != "todo" else None)
        for phase, state in zip(order, states, strict=True)
    ]


def ball_view(ticket: Ticket, loaded: Loaded, calendar: WorkCalendar, today: date) -> BallView | None:
    """Return who has to move, ``None`` when nobody has; assignments and clock events must be loaded."""
    status = Status(ticket.status)
    ball = MEANING[status].ball
    if ball is Ball.NOBODY:
        return None
    holder = {
        Ball.SYSTEM: _("hệ thống"),
        Ball.ENTERPRISE: _("doanh nghiệp"),
        Ball.MINISTRY: _("bộ, ngành trung ương"),
    }.get(ball)
    since = _waiting_since(ticket, status)
    waited = calendar.count_working_days(since, today)
    return BallView(holder or agency_name(loaded, ticket.holder_id), waited, _awaited(status))


def promise_view(ticket: Ticket, loaded: Loaded) -> PromiseView:
    """Return the promise as it stands."""
    agency = agency_name(loaded, ticket.lead_id or ticket.holder_id)
    return PromiseView(agency, ticket.due_on, ticket.due_confirmed, ticket.due_estimated)


def _reached(ticket: Ticket) -> dict[Phase, date]:
    reached: dict[Phase, date] = {}
    for entry in ticket.entries:
        phase = REACHED_BY.get(Entry(entry.kind))
        if phase is not None:
            reached[phase] = local_date(entry.at)
    return reached


def _waiting_since(ticket: Ticket, status: Status) -> date:
    if status in DECIDED and ticket.answered_on:
        return ticket.answered_on
    if status in {Status.NEED_INFO, Status.AT_MINISTRY}:
        return max(event.on for event in ticket.clock_events if event.kind == EventKind.PAUSE)
    running = (leg for leg in ticket.assignments if leg.part not in BESIDE and leg.ended_on is None)
    events = (event for event in ticket.clock_events if event.round == ticket.round)
    starts = [event.on for event in events if event.kind in {EventKind.START, EventKind.RESUME}]
    return max([*(leg.started_on for leg in running), *starts], default=ticket.received_on)


def _awaited(status: Status) -> str:
    awaited = {
        Status.TRIAGE: _("phân loại"),
        Status.ASSIGNED: _("nhận giải quyết"),
        Status.IN_WORK: _("trả lời bằng văn bản"),
        Status.NEED_INFO: _("bổ sung hồ sơ"),
        Status.AT_PROVINCE: _("ý kiến chỉ đạo của UBND tỉnh"),
        Status.AT_MINISTRY: _("văn bản trả lời"),
        Status.ANSWERED: _("đánh giá kết quả"),
        Status.REJECTED: _("đánh giá kết quả"),
        Status.REDIRECTED: _("đánh giá kết quả"),
        Status.POLICY_BACKLOG: _("kết quả sửa quy định"),
        Status.REVIEW: _("xem xét lại"),
    }
    return str(awaited.get(status, ""))
