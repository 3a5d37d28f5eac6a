"""A report as the pages show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedback_app.catalogue.packs.shape import one
from feedback_app.reports.labels import FORMATS, STATES, STEPS
from feedback_app.reports.models import Report
from feedback_app.reports.states import State
from feedback_app.statistics.periods import cuts, parse
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import local

SIGNS: dict[State, tuple[str, str]] = {
    State.ASKED: ("waiting", "clock"),
    State.MAKING: ("waiting", "clock"),
    State.DONE: ("intime", "check"),
    State.FAILED: ("late", "alert"),
}


@dataclass(frozen=True, slots=True)
class ReportView:
    """``agency`` empty: of the whole province; ``snapshot`` empty: a draft."""

    public_id: str
    period: str
    agency: str
    snapshot: str
    state: State
    tag: dict[str, str]
    asked_at: datetime
    made_at: datetime | None
    sha256: str

    @property
    def under_way(self) -> bool:
        return self.state in {State.ASKED, State.MAKING}


def view_of(row: Report) -> ReportView:
    period = parse(row.period, cuts(loaded().catalogue))
    agencies = loaded().catalogue.agencies.agencies
    name = local(one(agencies, row.agency, "cơ quan").named(period.last).name) if row.agency else ""
    state = State(row.state)
    tone, icon = SIGNS[state]
    tag = {"label": str(STATES[state]), "tone": tone, "icon": icon}
    return ReportView(
        row.public_id,
        local(period.label),
        name,
        row.snapshot,
        state,
        tag,
        row.asked_at,
        row.made_at,
        row.sha256,
    )


def steps_of(row: Report) -> list[tuple[Any, bool, bool]]:
    """Return the steps of making it: what, whether done, whether under way."""
    making = row.state == State.MAKING
    return [(what, n < row.step, making and n == row.step) for n, what in enumerate(STEPS)]


def files_of(row: Report) -> list[tuple[str, Any, int, str]]:
    """Return format, its name, kilobytes and sum of each file."""
    return [(file.format, FORMATS[file.format], -(-file.size // 1024), file.sha256) for file in row.files]
