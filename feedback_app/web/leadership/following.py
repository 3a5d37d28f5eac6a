"""What leaders follow beside the tickets, to read only: commitments, project dossiers, matters at a ministry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for

from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.statistics.periods import Period
from feedback_app.tickets.services import petitioning, projects, promising
from feedback_app.tickets.services.projects import Dossier
from feedback_app.tickets.services.promising import Count, Followed
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.leadership import blueprint
from feedback_app.web.presenting import agency_name, field_name
from feedback_app.web.presenting.beyond import PromiseStanding, WayUp, promise_of, way_up_of

STATES = (promising.OPEN, promising.BROKEN, promising.KEPT)


@dataclass(frozen=True, slots=True)
class Promised:
    """Word and deed: the commitments of all agencies, and those late among the open ones."""

    open: int
    overdue: int
    kept: int
    broken: int

    @property
    def any(self) -> bool:
        return bool(self.open or self.kept or self.broken)


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A project dossier in one line: what happened in the period, and what is late today."""

    code: str
    title: str
    agency: str
    all: int
    finished: int
    done: int
    concluded: int
    late: int


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is followed, with the ticket it follows from; ``href`` where the reader may open that."""

    code: str
    href: str | None
    field: str
    what: PromiseStanding | WayUp


def promised(counts: Sequence[Count]) -> Promised:
    """Return the sums over all agencies."""
    return Promised(
        open=sum(count.open for count in counts),
        overdue=sum(count.overdue for count in counts),
        kept=sum(count.kept for count in counts),
        broken=sum(count.broken for count in counts),
    )


def dossier_lines(dossiers: Sequence[Dossier], period: Period, today: date) -> list[DossierLine]:
    """Return the lines of the dossiers that are open, those with the most that is late first."""
    lines = [_line(d, period, today) for d in dossiers if d.project.state == "open"]
    return sorted(lines, key=lambda line: (-line.late, line.code))


@blueprint.get("/cam-ket")
def promises() -> str:
    session, today = db.session(), clock.today()
    counts = promising.counts(session, today)
    rows = {
        state: [_promise(found, today) for found in promising.for_leaders(session, actor(), state=state)]
        for state in STATES
    }
    named = [(agency_name(loaded(), count.agency_id), count) for count in counts]
    return render_template("leadership/promises.html", rows=rows, counts=named, total=promised(counts))


@blueprint.get("/du-an")
def dossiers() -> str:
    return render_template(
        "leadership/projects.html",
        rows=projects.listed(db.session(), None),
        today=clock.today(),
        agency_name=lambda agency_id: agency_name(loaded(), agency_id),
    )


@blueprint.get("/bo-nganh")
def ministries() -> str:
    found = petitioning.at_ministries(db.session(), actor(), leader=True)
    rows = [
        (
            Line(
                ticket.code,
                _href(ticket.code, seen),
                field_name(loaded(), ticket.field),
                way_up_of(row, loaded()),
            ),
            agency_name(loaded(), ticket.holder_id),
        )
        for row, ticket, seen in found
    ]
    return render_template("leadership/ministries.html", rows=rows)


def _promise(found: Followed, today: date) -> Line:
    standing = promise_of(found.row, loaded(), today)
    return Line(found.code, _href(found.code, found.visible), field_name(loaded(), found.field), standing)


def _href(code: str, visible: bool) -> str | None:
    return url_for("officer.ticket", code=code) if visible else None


def _line(dossier: Dossier, period: Period, today: date) -> DossierLine:
    return DossierLine(
        code=dossier.project.code,
        title=dossier.project.title,
        agency=agency_name(loaded(), dossier.project.owner_id),
        all=len(dossier.milestones),
        finished=sum(m.done_on is not None for m in dossier.milestones),
        done=dossier.done(period.first, period.last),
        concluded=dossier.concluded(period.first, period.last),
        late=dossier.late(today),
    )
