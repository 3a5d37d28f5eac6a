"""Under which rules a ticket was counted: calendars, regulation profiles, limits of legs; kept for a whole batch."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.models import PackVersion
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.catalogue.store import Loaded
from feedback_app.core.clock import local_date
from feedback_app.deadlines import standing
from feedback_app.deadlines.calendar import WorkCalendar, calendar_of
from feedback_app.deadlines.clock import compute
from feedback_app.deadlines.events import ClockEvent, EventKind, first_kind
from feedback_app.deadlines.profiles import due_limit
from feedback_app.deadlines.standing import Assignment as Held
from feedback_app.statistics.facts import FormerDue, TicketRow, counted_for
from feedback_app.tickets.legs import parts_of
from feedback_app.tickets.models import BESIDE

if TYPE_CHECKING:
    from feedback_app.statistics.history import Told

MOVING = (EventKind.RECLASSIFY, EventKind.CURTAIL)  # after them another due date holds, maybe an earlier one


class Terms:
    """The versions that tickets were filed under, each read once."""

    def __init__(self, session: Session, loaded: Loaded) -> None:
        self._session, self._loaded = session, loaded
        self.codes: Mapping[int, str] = loaded.agency_codes
        self._calendars: dict[int, WorkCalendar] = {}
        self._profiles: dict[int, RegulationProfile] = {}
        self._limits: dict[tuple[object, ...], date | None] = {}
        self._in_force: list[tuple[datetime, int]] | None = None
        self._inspectorates: dict[date, str] = {}

    def inspectorate(self, on: date) -> str:
        """Return the only agency for which a sensitive report of that day is counted."""
        if on not in self._inspectorates:
            self._inspectorates[on] = self._loaded.directory.inspectorate(on).code
        return self._inspectorates[on]

    def calendar(self, version_id: int) -> WorkCalendar:
        if version_id not in self._calendars:
            pack = cast("CalendarPack", store.version(self._session, version_id))
            self._calendars[version_id] = calendar_of(pack)
        return self._calendars[version_id]

    def profile(self, version_id: int) -> RegulationProfile:
        if version_id not in self._profiles:
            pack = store.version(self._session, version_id)
            self._profiles[version_id] = cast("RegulationProfile", pack)
        return self._profiles[version_id]

    def limit_of_leg(self, row: Row[Any], role: str, since: date) -> date | None:
        """Return the last day of a leg that began on ``since``; None where the profile sets none."""
        key = (row.profile_id, row.calendar_id, row.kind, role, since)
        if key not in self._limits:
            profile, calendar = self.profile(row.profile_id), self.calendar(row.calendar_id)
            self._limits[key] = standing.sub_deadline(profile, role, row.kind, since, calendar)
        return self._limits[key]

    def calendar_in_force(self, at: datetime, otherwise: int) -> int:
        """Return the version of the calendar that was the newest at that moment."""
        if self._in_force is None:
            query = select(PackVersion.loaded_at, PackVersion.id).where(PackVersion.pack.like("calendars/%"))
            self._in_force = [
                (when, id_) for when, id_ in self._session.execute(query.order_by(PackVersion.id))
            ]
        return next((id_ for when, id_ in reversed(self._in_force) if when <= at), otherwise)

    @staticmethod
    def day(at: datetime) -> date:
        return local_date(at)


class Rounds:
    """The rounds of one ticket: what was due when, and who held it."""

    def __init__(self, terms: Terms, row: Row[Any], told: "Told") -> None:
        self._terms, self._row, self._told = terms, row, told

    def due_of_past_round(self, events: Sequence[ClockEvent]) -> date | None:
        """Return the due date that the clock events of a finished round led to."""
        number = next(n for n, own in self._told.events.items() if own is events)
        return self._due(events, self._calendar_of(number))

    def former_dues(self) -> dict[int, list[FormerDue]]:
        """Return, by round, the due dates that another kind, calendar or the end of an extension replaced."""
        found: dict[int, list[FormerDue]] = {}
        for number, events in self._told.events.items():
            for event in events:
                if event.kind in MOVING:
                    before = [e for e in events if e.on < event.on]
                    due = self._due(before, self._calendar_of(number)) if before else None
                    found.setdefault(number, []).append(FormerDue(due, event.on))
        for entry in self._told.calendars:
            moved = FormerDue(date.fromisoformat(entry.data["before"]), local_date(entry.at))
            found.setdefault(self._round_at(entry.at), []).append(moved)
        return found

    def held(self, number: int, started_on: date) -> Iterator[Held]:
        """Yield the legs of a round; what stayed with the agency of the round before begins with it."""
        rows = [leg for leg in self._told.legs if leg.round == number]
        carried = self._carried(number, started_on, rows)
        if carried is not None:
            yield carried
        for leg in rows:
            for part in parts_of(leg, self._told.entries):
                limited = part.due_on is not None or part.role == "answer"
                due_on = (
                    part.due_on if limited else self._terms.limit_of_leg(self._row, part.role, part.since)
                )
                agency = self._terms.codes[leg.agency_id]
                yield Held(agency, part.role, part.since, part.until, due_on, part.beside)

    def counted_for(self, ticket: TicketRow, inspectorate: str) -> Callable[[str], str | None]:
        return lambda agency: counted_for(ticket, agency, inspectorate)

    def _carried(self, number: int, started_on: date, rows: Sequence[Row[Any]]) -> Held | None:
        before = [leg for leg in self._told.legs if leg.round < number and leg.part not in BESIDE]
        own = [leg.started_on for leg in rows if leg.part not in BESIDE]
        if not before or started_on in own:
            return None
        last = before[-1]
        if last.ended_on is not None and last.ended_on <= started_on:
            return None
        return Held(self._terms.codes[last.agency_id], "answer", started_on, last.ended_on)

    def _due(self, events: Sequence[ClockEvent], calendar_id: int) -> date | None:
        began = next(event.on for event in events if event.kind is EventKind.START)
        kind = first_kind(events, self._kind_after(events))
        limit = due_limit(self._terms.profile(self._row.profile_id), kind, began)
        return compute(limit, began, events, self._terms.calendar(calendar_id)).due_on

    def _kind_after(self, events: Sequence[ClockEvent]) -> str:
        """Return the kind at the end of ``events``: what the next change of kind says that it was."""
        last = max(event.on for event in events)
        later = (
            e
            for own in self._told.events.values()
            for e in own
            if e.kind is EventKind.RECLASSIFY and e.on > last
        )
        following = sorted(later, key=lambda event: event.on)
        return following[0].was if following else self._row.kind

    def _calendar_of(self, number: int) -> int:
        """Return the calendar of a round: the running one's stands on the ticket, the others' follow from history."""
        if number == self._row.round:
            return int(self._row.calendar_id)
        moved = [entry for entry in self._told.calendars if self._round_at(entry.at) == number]
        if moved:
            return int(moved[-1].data["calendar"])
        return self._terms.calendar_in_force(self._told.started_at[number], int(self._row.calendar_id))

    def _round_at(self, at: datetime) -> int:
        return max((n for n, began in self._told.started_at.items() if began <= at), default=1)
