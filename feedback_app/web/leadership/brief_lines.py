"""The lines of a brief as its page shows them: what was chosen then, how it stands now, what may be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from feedback_app.accounts.actor import Actor, Function
from feedback_app.briefing import policy, queries
from feedback_app.briefing.labels import ASKING, BUTTONS, DECISIONS, DONE
from feedback_app.briefing.models import Brief
from feedback_app.briefing.queries import Said, State
from feedback_app.briefing.rules import Deed
from feedback_app.briefing.services.writing import subjects
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.deadlines.standing import Category
from feedback_app.dialogues.policy import plans_any
from feedback_app.tickets.labels import STATUSES, Meta
from feedback_app.tickets.lifecycle import OPEN, Status
from feedback_app.tickets.services.ways_up import is_vertical
from feedback_app.web.days import Chip
from feedback_app.web.presenting import agency_name, field_name
from feedback_app.web.presenting.names import procedure_name

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """Something that may be said: ``href`` is where it is posted."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Acts:
    """What was said to a line since its brief, what may be said now, and where a meeting is planned."""

    said: tuple[tuple[str, Said], ...]
    buttons: tuple[Button, ...]
    meeting_href: str | None


@dataclass(frozen=True, slots=True)
class RedLine:
    code: str
    href: str | None
    agency: str
    field: str
    chip: Chip | None
    enterprises: int
    decision: str
    direct_href: str | None
    now: Meta | None  # its state where it is no longer open, or no longer waits for what it waited for
    acts: Acts


@dataclass(frozen=True, slots=True)
class CourseLine:
    """An agency's share now and before, each (share in %, of how many)."""

    agency: str
    now: tuple[float, int]
    before: tuple[float, int]
    acts: Acts


@dataclass(frozen=True, slots=True)
class RisingLine:
    name: str
    href: str | None
    enterprises: int
    days: int
    days_before: int
    acts: Acts


@dataclass(frozen=True, slots=True)
class Lines:
    open: int
    overdue: int
    red: list[RedLine]
    hidden: int  # red cases that this reader may not know of
    slipping: list[CourseLine]
    rising: RisingLine | None
    practice: CourseLine | None


class Reading:
    """One brief in the eyes of one reader."""

    def __init__(self, brief: Brief, actor: Actor, loaded: Loaded, today: date) -> None:
        self.brief, self.actor, self.loaded, self.today = brief, actor, loaded, today
        self.content: Content = brief.content
        session = db.session()
        ids = [line["id"] for line in self.content["red"]]
        self.states = queries.states(session, actor, ids) if ids else {}
        about = subjects(brief.content)
        self.said = queries.said(session, about, brief.day) if about else {}

    def lines(self) -> Lines:
        red = [self._red(line, self.states[line["id"]]) for line in self._known()]
        rising, practice = self.content["rising"], self.content["practice"]
        return Lines(
            open=self.content["open"],
            overdue=self.content["overdue"],
            red=red,
            hidden=len(self.content["red"]) - len(red),
            slipping=[self._course(line, Deed.REMIND, Deed.CONVENE) for line in self.content["slipping"]],
            rising=self._rising(rising) if rising else None,
            practice=self._course(practice, Deed.COMMEND) if practice else None,
        )

    def _known(self) -> Sequence[Content]:
        return [line for line in self.content["red"] if line["id"] in self.states]

    def _red(self, line: Content, state: State) -> RedLine:
        is_open = state.status in OPEN
        decision = Deed(line["decision"])
        moved = not is_open or _is_done(decision, line, state)
        deeds = [deed for deed in map(Deed, line["deeds"]) if is_open and not (moved and deed is decision)]
        directs = state.status == Status.AT_PROVINCE and self.actor.holds(Function.PROVINCIAL_OFFICE)
        return RedLine(
            code=line["code"],
            href=url_for("officer.ticket", code=line["code"]) if state.visible else None,
            agency=agency_name(self.loaded, line["agency"]),
            field=field_name(self.loaded, line["field"]),
            chip=self._chip(line),
            enterprises=line["enterprises"],
            decision=str(DECISIONS[decision]),
            direct_href=url_for("officer.direct", code=line["code"]) if directs and state.visible else None,
            now=STATUSES[Status(state.status)] if moved else None,
            acts=self._acts(line, deeds, asking=self._asked(line["agency"])),
        )

    def _course(self, line: Content, *deeds: Deed) -> CourseLine:
        shares = ((100 * k / n if n else 0.0, n) for k, n in (line["now"], line["before"]))
        now, before = shares
        acts = self._acts(line, deeds, asking=self._asked(line["agency"]))
        return CourseLine(agency_name(self.loaded, line["agency"]), now, before, acts)

    def _rising(self, line: Content) -> RisingLine:
        return RisingLine(
            name=obstacle_name(self.loaded, line["cluster"], line["field"], line["procedure"]),
            href=cluster_href(self.actor, line["cluster"]),
            enterprises=line["enterprises"],
            days=line["days"],
            days_before=line["days_before"],
            acts=self._acts(line, [Deed.CONVENE]),
        )

    def _acts(self, line: Content, deeds: Sequence[Deed], *, asking: bool = False) -> Acts:
        said = self.said.get(line["subject"], [])
        today = {Deed(one.deed) for one in said if clock.local_date(one.at) == self.today}
        labels = ASKING if asking else BUTTONS
        where = {"day": self.brief.day.isoformat(), "subject": line["subject"]}
        return Acts(
            tuple((str(DONE[Deed(one.deed)]), one) for one in said),
            tuple(
                Button(str(labels[deed]), url_for("leadership.say", deed=deed.value, **where))
                for deed in deeds
                if deed not in today and policy.may(self.actor, deed)
            ),
            url_for("meetings.new") if deeds[:1] == [Deed.CONVENE] and plans_any(self.actor) else None,
        )

    def _chip(self, line: Content) -> Chip | None:
        """Return how late it was on the morning of the brief, or how long it still had."""
        if not line["due_on"]:
            return None
        due_on = date.fromisoformat(line["due_on"])
        if line["late"]:
            return Chip(Category.LATE, due_on, line["late"], None, False)
        left = work_calendar(self.loaded.catalogue).count_working_days(self.brief.day, due_on)
        return Chip(Category.DUE_SOON, due_on, left, None, False)

    def _asked(self, agency: str) -> bool:
        return is_vertical(self.loaded, self.loaded.agency_ids.get(agency), self.today)


def obstacle_name(loaded: Loaded, cluster: str, field: str, procedure: str) -> str:
    """Return what an obstacle is called: the number of its cluster, else procedure and field."""
    if cluster:
        return cluster
    return " · ".join(name for name in (procedure_name(loaded, procedure), field_name(loaded, field)) if name)


def cluster_href(actor: Actor, cluster: str) -> str | None:
    """Return the page of the cluster for those who work with clusters."""
    coordinates = actor.holds(Function.FOCAL_POINT, Function.PROVINCIAL_OFFICE)
    return url_for("beyond.cluster", code=cluster) if cluster and coordinates else None


def _is_done(decision: Deed, line: Content, state: State) -> bool:
    """Whether what was to be decided has been: the ticket came back from UBND tỉnh, or has another due date."""
    if decision is Deed.DIRECT:
        return state.status != Status.AT_PROVINCE
    return decision is Deed.EXTEND and _iso(state.due_on) != line["due_on"]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
