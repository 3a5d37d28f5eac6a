"""What somebody types at the command line: events of a clock, a calendar or profile from a file."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast

import click

from feedback_app.catalogue.packs import Catalogue, PackError, read_one
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.deadlines.clock import unit_of
from feedback_app.deadlines.events import ClockEvent, EventKind
from feedback_app.deadlines.profiles import due_limit, profile_for


def read_events(texts: Iterable[str], received_on: date, catalogue: Catalogue) -> list[ClockEvent]:
    """Return the events; an extension without a day is granted on day zero.

    Raises:
        BadParameter: a text is no event, with an example of a right one.
        DeadlineError: a reclassification names no kind there is.
    """
    parts = [text.strip().partition(":") for text in texts]
    zero = max([received_on, *(_day(value) for name, _, value in parts if name == EventKind.START)])
    return [_event(name, value, zero, received_on, catalogue) for name, _, value in parts]


def calendar_from(path: Path) -> CalendarPack:
    """Return the calendar of a YAML file. Raises BadParameter with the line that is wrong."""
    return cast("CalendarPack", _pack("calendars", path, "--calendar"))


def profile_from(path: Path) -> RegulationProfile:
    """Return the regulation profile of a YAML file. Raises BadParameter with the line that is wrong."""
    return cast("RegulationProfile", _pack("regulations", path, "--profile"))


def _pack(folder: str, path: Path, option: str) -> object:
    try:
        return read_one(folder, path.read_text("utf-8"), path.name)
    except UnicodeDecodeError:
        raise click.BadParameter(f"{path.name} không phải văn bản UTF-8.", param_hint=option) from None
    except PackError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def _event(name: str, value: str, zero: date, received_on: date, catalogue: Catalogue) -> ClockEvent:
    if name not in tuple(EventKind):
        raise _bad(f"không có sự kiện '{name}'; các sự kiện: {', '.join(EventKind)}.")
    if name == EventKind.RECLASSIFY:
        return _reclassified(value, received_on, catalogue)
    if name != EventKind.EXTEND:
        return ClockEvent(EventKind(name), _day(value))
    number, _, day = value.partition("@")
    try:
        return ClockEvent(EventKind.EXTEND, _day(day) if day else zero, days=int(number))
    except ValueError:
        raise _bad(f"'{number}' không phải số ngày gia hạn, ví dụ đúng: extend:13.") from None


def _reclassified(value: str, received_on: date, catalogue: Catalogue) -> ClockEvent:
    kind, at, day = value.partition("@")
    if not at:
        raise _bad(f"'{value}' thiếu ngày đổi loại, ví dụ đúng: reclassify:obstacle@2026-03-04.")
    row = due_limit(profile_for(catalogue, received_on), kind, received_on)
    return ClockEvent(EventKind.RECLASSIFY, _day(day), row.value, unit=unit_of(row))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _bad(f"'{text}' không phải ngày hợp lệ, ví dụ đúng: 2026-03-05.") from None


def _bad(message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint="--event")
