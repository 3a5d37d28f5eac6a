"""The calendar of domain.md for 2026 and a small profile, so that these tests need no shipped pack."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from hypothesis import settings

from feedback_app.catalogue.packs import Catalogue, Kind
from feedback_app.catalogue.packs.areas import AreasPack
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.deadlines.calendar import WorkCalendar, calendar_of
from feedback_app.deadlines.events import ClockEvent, EventKind

T = TypeVar("T")
HOST_ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Berlin")
OFF_2026 = [  # 24/11 comes from the switch
    *("01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20"),
    *("04-27", "04-30", "05-01", "08-31", "09-01", "09-02"),
]
SWAPS_2026 = {"2026-01-10": "2026-01-02", "2026-08-22": "2026-08-31"}

five_thousand = settings(max_examples=5000, deadline=None)
many = settings(max_examples=max(300, settings.default.max_examples), deadline=None)


def text(words: str) -> dict[str, str]:
    return {"vi": words, "en": words}


def calendar_pack(*, culture_day: bool = True) -> CalendarPack:
    facts = {"source": "thông báo", "confidence": "H"}
    return CalendarPack.model_validate(
        {
            "code": "vn",
            "version": "2026.1",
            "estimated_after": 2026,
            "years": [
                {
                    "year": 2026,
                    "days_off": [{"date": f"2026-{d}", "reason": text("nghỉ"), **facts} for d in OFF_2026],
                    "worked_weekends": [
                        {"date": d, "instead_of": off, "reason": text("làm bù"), **facts}
                        for d, off in SWAPS_2026.items()
                    ],
                }
            ],
            "switches": [
                {
                    "code": "culture-day",
                    "month": 11,
                    "day": 24,
                    "from_year": 2026,
                    "enabled": culture_day,
                    "reason": text("Ngày Văn hóa Việt Nam"),
                    **facts,
                }
            ],
        }
    )


def sample_calendar() -> WorkCalendar:
    return calendar_of(calendar_pack())


def limit_row(step: str, value: int, **more: Any) -> dict[str, Any]:
    row = {
        "step": step,
        "value": value,
        "unit": "working_days",
        "counted_from": "receipt",
        "confirmed": False,
        "source": "mặc định",
        "note": text(step),
        "valid_from": "2024-01-01",
    }
    return row | more


def profile(**more: Any) -> RegulationProfile:
    due = {kind: "settle" if kind is Kind.INFORMAL_COST else "answer" for kind in Kind}
    content = {
        "code": "kh",
        "version": "1",
        "territory": "khanh-hoa",
        "valid_from": "2024-01-01",
        "legal_basis": text("quy chế"),
        "confirmed": False,
        "allowances": {"extensions": 1, "pauses_without_head": 1, "returns_before_provisional": 2},
        "due_steps": [{"kind": kind, "step": step} for kind, step in due.items()],
        "limits": [
            limit_row("acknowledge", 0),
            limit_row("classify", 2),
            limit_row("answer", 7),
            limit_row("opinion", 3, counted_from="request"),
            limit_row("report_up", 1, counted_from="answer_due"),
            limit_row("settle", 30, unit="calendar_days", kinds=["informal_cost"]),
        ],
    }
    return RegulationProfile.model_validate(content | more)


def catalogue(*profiles: RegulationProfile) -> Catalogue:
    """Only what deadlines look at; the other packs are tested where they live."""
    return Catalogue.model_construct(
        regulations=profiles or (profile(),),
        calendars=(calendar_pack(),),
        areas=AreasPack.model_construct(areas=()),
    )


def event(kind: str, on: str, days: int = 0) -> ClockEvent:
    return ClockEvent(EventKind(kind), date.fromisoformat(on), days)


def events(*texts: str) -> list[ClockEvent]:
    """Read "pause 2026-03-05", "extend 2026-03-05 13"."""
    return [event(kind, on, *map(int, days)) for kind, on, *days in map(str.split, texts)]


@contextmanager
def host_in(zone: str) -> Iterator[None]:
    """The machine stands elsewhere; Vietnamese dates must not notice."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


def in_every_zone(ask: Callable[[], T]) -> T:
    """Return the answer, the same wherever the machine stands."""
    answers = []
    for zone in HOST_ZONES:
        with host_in(zone):
            answers.append(ask())
    assert answers == answers[:1] * len(HOST_ZONES)
    return answers[0]
