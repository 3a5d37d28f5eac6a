"""The rows of the leadership page, from figures and backlog."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.standing import Category
from feedback_app.statistics.backlog import OverdueTicket, Waiting
from feedback_app.statistics.figures import Figure, Group
from feedback_app.statistics.queries import Figures
from feedback_app.tickets.desk import View
from feedback_app.tickets.policy import COORDINATING_OFFICES, HANDLING
from feedback_app.web import charts
from feedback_app.web.days import Chip
from feedback_app.web.presenting import agency_name, field_name
from feedback_app.web.presenting.public_tables import NOT_SOLVED
from feedback_app.web.presenting.structures import heirs_of

NOTHING = Waiting(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Claims:
    """Solved, as the agencies say (they answered to the point) and as the enterprises say, and of how many who spoke.

    A refusal, a way elsewhere and a wait for another rule are answers, but nothing that was solved.
    """

    answered: int
    rejected: int
    redirected: int
    backlog: int
    rated: int
    confirmed: int
    partly_or_not: int
    disputed: int
    bars: tuple[charts.Bar, ...]


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """What an agency has on its desk today, and what it did in the period."""

    code: str
    name: str
    href: str | None
    waiting: Waiting
    answered: int
    not_solved: int
    in_time: int
    days_median: float | None
    rated: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class OverdueRow:
    code: str
    href: str | None
    field: str
    agency: str
    deadline: Chip


def claims(figures: Figures, labels: tuple[str, str]) -> Claims:
    """Return both claims of the whole province."""
    elsewhere = {name: figures.count(Group(), name) for name in NOT_SOLVED}
    answered = figures.count(Group(), Measure.ANSWERED) - sum(elsewhere.values())
    rated = figures.count(Group(), Measure.RATED)
    confirmed = figures.count(Group(), Measure.SOLVED_SAYS_ENTERPRISE)
    says = zip(labels, (answered, confirmed), strict=True)
    return Claims(
        answered=answered,
        rejected=elsewhere[Figure.REJECTED],
        redirected=elsewhere[Figure.REDIRECTED],
        backlog=elsewhere[Figure.POLICY_BACKLOG],
        rated=rated,
        confirmed=confirmed,
        partly_or_not=rated - confirmed,
        disputed=figures.count(Group(), Figure.DISPUTED),
        bars=charts.bars(list(says)),
    )


def total(waiting: Mapping[str, Waiting]) -> Waiting:
    rows = waiting.values()
    return Waiting(sum(w.open for w in rows), sum(w.overdue for w in rows), sum(w.paused for w in rows))


def agency_rows(
    waiting: Mapping[str, Waiting], figures: Figures | None, loaded: Loaded, actor: Actor
) -> list[AgencyRow]:
    """Return every agency with something to do or something done, those with the most overdue first."""
    groups = figures.by_group if figures else {}
    codes = {code for code in waiting if code} | {g.agency for g in groups if g.agency and not g.sensitive}
    found = [_agency(code, waiting.get(code, NOTHING), figures, loaded, actor) for code in codes]
    return sorted(found, key=lambda row: (-row.waiting.overdue, -row.waiting.open, row.name))


def overdue_rows(tickets: Iterable[OverdueTicket], loaded: Loaded, today: date) -> list[OverdueRow]:
    return [_overdue(ticket, loaded, today) for ticket in tickets]


def heat(worst: Iterable[tuple[str, Sequence[int]]], days: Sequence[date], loaded: Loaded) -> charts.Heat:
    """Return the table of agencies by week; a day is named by its date."""
    named = [(agency_name(loaded, code), list(counts)) for code, counts in worst]
    return charts.heat([f"{day:%d/%m}" for day in days], named)


def of_heirs(counts: Mapping[str, Sequence[int]], loaded: Loaded, today: date) -> dict[str, list[int]]:
    """Return the counts with those of an agency that ended added to its heir; to none where several took over."""
    agencies = {agency.code: agency for agency in loaded.catalogue.agencies.agencies}
    found: dict[str, list[int]] = {}
    for code, numbers in counts.items():
        heirs = heirs_of(code, agencies, today)
        heir = next(iter(heirs)) if len(heirs) == 1 else code
        found[heir] = [a + b for a, b in zip(found.get(heir, [0] * len(numbers)), numbers, strict=True)]
    return found


def _agency(code: str, waiting: Waiting, figures: Figures | None, loaded: Loaded, actor: Actor) -> AgencyRow:
    def count(name: str) -> int:
        return figures.count(Group(agency=code), name) if figures else 0

    return AgencyRow(
        code=code,
        name=agency_name(loaded, code),
        href=_queue(code, loaded, actor),
        waiting=waiting,
        answered=count(Measure.ANSWERED),
        not_solved=sum(count(name) for name in NOT_SOLVED),
        in_time=count(Figure.IN_TIME),
        days_median=figures.value(Group(agency=code), Figure.DAYS_MEDIAN) if figures else None,
        rated=count(Measure.RATED),
        confirmed=count(Measure.SOLVED_SAYS_ENTERPRISE),
    )


def _queue(code: str, loaded: Loaded, actor: Actor) -> str | None:
    """Return the queue of the reader's own agency; other queues are not theirs."""
    if loaded.agency_ids[code] not in actor.agency_ids(HANDLING):
        return None
    return url_for("officer.queue")


def province_queue(actor: Actor) -> str | None:
    """Return the list of everything overdue for those who may see the whole province."""
    if not actor.holds(*COORDINATING_OFFICES):
        return None
    return url_for("officer.queue", view=View.PROVINCE, category=Category.LATE)


def _overdue(ticket: OverdueTicket, loaded: Loaded, today: date) -> OverdueRow:
    calendar = work_calendar(loaded.catalogue)
    days = calendar.count_working_days(ticket.due_on, today) if ticket.due_on else 0
    return OverdueRow(
        code=ticket.code,
        href=url_for("officer.ticket", code=ticket.code) if ticket.visible else None,
        field=field_name(loaded, ticket.field),
        agency=agency_name(loaded, ticket.agency),
        deadline=Chip(Category.LATE, ticket.due_on, days, None, False),
    )
