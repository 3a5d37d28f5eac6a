"""The brief of one morning: chosen once, stored as of its time, told once."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.briefing import queries, rising, rules
from feedback_app.briefing.events import BriefWritten
from feedback_app.briefing.models import Brief
from feedback_app.briefing.rising import Lost
from feedback_app.briefing.rules import Case, Course, Share
from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock, outbox
from feedback_app.core.inserting import insert_missing
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.monitor import queries as monitor
from feedback_app.monitor.rules import compare
from feedback_app.statistics import backlog


def write(session: Session, loaded: Loaded, at: datetime) -> bool:
    """Write the brief of the day of ``at`` and publish that it stands; False where it stood already."""
    today = clock.local_date(at)
    row = {"day": today, "at": at, "content": chosen(session, loaded, today)}
    if not insert_missing(session, Brief, [row], Brief.day):
        return False
    outbox.publish(session, BriefWritten(today.isoformat()))
    return True


def chosen(session: Session, loaded: Loaded, today: date) -> dict[str, Any]:
    """Return what the brief names: ids, codes and numbers, no word of a ticket."""
    calendar = work_calendar(loaded.catalogue)
    waiting = backlog.waiting_now(session, loaded, today).values()
    in_time = queries.courses(session, today, Measure.ANSWERED_IN_TIME, Measure.DUE_IN_PERIOD)
    solved = queries.courses(session, today, Measure.SOLVED_SAYS_ENTERPRISE, Measure.RATED)
    practice = rules.good_practice(solved, suspected=suspected(session, loaded))
    weighed = queries.weighed(session)
    return {
        "open": sum(one.open for one in waiting),
        "overdue": sum(one.overdue for one in waiting),
        "red": [_case(case) for case in rules.red(queries.candidates(session, loaded, calendar, today))],
        "slipping": [_course(course) for course in rules.slipping(in_time)],
        "rising": next((_lost(one, weighed.clusters) for one in rising.rising(weighed.lost)), None),
        "practice": _course(practice) if practice else None,
    }


def suspected(session: Session, loaded: Loaded) -> frozenset[str]:
    """Return the agencies one of whose rates stands out."""
    counts = monitor.counts(session).values()
    rates = (rate for own in counts for rate in compare(own, loaded.catalogue.monitor))
    return frozenset(rate.agency for rate in rates if rate.striking)


def subjects(content: dict[str, Any]) -> list[str]:
    """Return what the lines of a brief are about, in order."""
    lines: Iterable[dict[str, Any] | None] = (
        *content["red"],
        *content["slipping"],
        content["rising"],
        content["practice"],
    )
    return [line["subject"] for line in lines if line]


def _case(case: Case) -> dict[str, Any]:
    return {
        "subject": f"ticket:{case.ticket_id}",
        "id": case.ticket_id,
        "code": case.code,
        "agency": case.agency,
        "field": case.field,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "late": case.late,
        "enterprises": case.enterprises,
        "decision": case.decision,
        "deeds": list(rules.deeds_of(case)),
    }


def _course(course: Course) -> dict[str, Any]:
    return {
        "subject": f"agency:{course.agency}",
        "agency": course.agency,
        "now": _share(course.now),
        "before": _share(course.before),
    }


def _share(share: Share) -> list[int]:
    return [share.k, share.n]


def _lost(lost: Lost, clusters: Mapping[int, tuple[str, str]]) -> dict[str, Any]:
    cluster = clusters.get(lost.obstacle.cluster_id)
    key = cluster[0] if cluster else f"{lost.obstacle.field}.{lost.obstacle.procedure}"
    return {
        "subject": f"obstacle:{key}",
        "cluster": cluster[0] if cluster else "",
        "field": lost.obstacle.field,
        "procedure": lost.obstacle.procedure,
        "enterprises": lost.enterprises,
        "days": lost.days,
        "days_before": lost.days_before,
    }
