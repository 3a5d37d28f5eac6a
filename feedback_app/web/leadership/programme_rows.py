"""How each task stands: the latest word of each agency, what is owed, late, and how many obstacles are behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.programme import queries
from feedback_app.programme.models import ProgrammeReport
from feedback_app.programme.rules import State
from feedback_app.web.presenting.programme import TaskView, state_tag, task_view


@dataclass(frozen=True, slots=True)
class Standing:
    """One task: ``states`` counts agencies by their latest word, ``overdue`` those of the ``owed`` that are late."""

    task: TaskView
    states: Mapping[str, int]
    tags: tuple[tuple[dict[str, str], int], ...]
    given: int
    owed: int
    overdue: int
    obstacles: int


@dataclass(frozen=True, slots=True)
class Total:
    tasks: int
    done: int
    behind: int
    overdue: int


def rows(session: Any, loaded: Loaded, actor: Actor, today: date) -> list[Standing]:
    """Return how every task stands today, by number."""
    leads, beside = queries.leading_ids(loaded, today), queries.coordinating_ids(loaded, today)
    by_task: dict[int, list[ProgrammeReport]] = {}
    for report in queries.all_reports(session, actor):
        by_task.setdefault(report.task, []).append(report)
    numbers = [task.number for task in loaded.catalogue.programme.tasks]
    behind = queries.number_of_obstacles(session, actor, loaded, numbers)
    return [
        _standing(
            task_view(loaded, n, leads[n], beside[n]),
            by_task.get(n, ()),
            obstacles=behind[n],
            today=today,
        )
        for n in numbers
    ]


def total(found: Sequence[Standing]) -> Total:
    """Return how many tasks there are, done by all who reported, behind somewhere; how many reports are late."""
    return Total(
        tasks=len(found),
        done=sum(set(row.states) == {State.DONE} for row in found),
        behind=sum(State.BEHIND in row.states for row in found),
        overdue=sum(row.overdue for row in found),
    )


def _standing(task: TaskView, reports: Sequence[ProgrammeReport], *, obstacles: int, today: date) -> Standing:
    latest = {report.agency_id: report.state for report in reports if report.reported_at}  # by ends_on
    states = Counter(latest.values())
    owed = [report for report in reports if report.reported_at is None]
    return Standing(
        task=task,
        states=states,
        tags=tuple((state_tag(state), states[state]) for state in State if states[state]),
        given=len(reports) - len(owed),
        owed=len(owed),
        overdue=sum(report.due_on < today for report in owed),
        obstacles=obstacles,
    )
