"""``feedback deadlines`` and ``feedback calendar``: the arithmetic of deadlines at the command line."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import click

from feedback_app.catalogue.packs import Catalogue
from feedback_app.core.clock import LOCAL, local_date
from feedback_app.deadlines.calendar import CALENDAR, WORKING, DayReason, work_calendar
from feedback_app.deadlines.clock import Days
from feedback_app.deadlines.errors import DeadlineError, vn
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.explain import DayEntry
from feedback_app.deadlines.promise import Promise, StepDue, promise
from feedback_app.deadlines.wording import WEEKDAYS

UNIT_NAMES = {WORKING: "ngày làm việc", CALENDAR: "ngày"}
UNCONFIRMED = "mặc định của hệ thống, chưa đối chiếu văn bản"
type_error = click.BadParameter


@click.group("deadlines")
def deadlines() -> None:
    """Thời hạn: tính và giải thích từng ngày."""


@click.group("calendar")
def calendar() -> None:
    """Lịch làm việc: ngày nghỉ, ngày làm bù."""
