"""``feedback deadlines`` and ``feedback calendar``: the arithmetic of deadlines at the command line."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from feedback_app.catalogue.packs import Catalogue, Kind, PackError
from feedback_app.core.clock import LOCAL, local_date
from feedback_app.deadlines.calendar import CALENDAR, WORKING, DayReason, calendar_of, work_calendar
from feedback_app.deadlines.clock import Days
from feedback_app.deadlines.errors import DeadlineError, vn
from feedback_app.deadlines.explain import DayEntry
from feedback_app.deadlines.promise import Promise, StepDue, promise
from feedback_app.deadlines.typed import calendar_from, read_events
from feedback_app.deadlines.wording import WEEKDAYS

UNIT_NAMES = {WORKING: "ngày làm việc", CALENDAR: "ngày"}
UNCONFIRMED = "mặc định của hệ thống, chưa đối chiếu văn bản"
AS_JSON = click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
CALENDAR_FILE = click.option(
    "--calendar",
    "calendar_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp lịch (YAML) thay cho lịch đang áp dụng.",
)


@click.group("deadlines")
def deadlines() -> None:
    """Thời hạn: tính và giải thích từng ngày."""


@click.group("calendar")
def calendar() -> None:
    """Lịch làm việc: ngày nghỉ và ngày làm bù."""


@deadlines.command("explain")
@click.option("--kind", required=True, help=f"Loại phản ánh: {', '.join(Kind)}.")
@click.option("--received", required=True, help="Thời điểm tiếp nhận, giờ Việt Nam nếu không ghi múi giờ.")
@click.option("--area", help="Mã địa bàn: quy chế của địa giới nơi đó được áp dụng.")
@click.option(
    "--event",
    "events",
    multiple=True,
    help="pause:NGÀY, resume:NGÀY, extend:SỐ[@NGÀY], transfer:NGÀY, stop:NGÀY, start:NGÀY, calendar:NGÀY, "
    "reclassify:LOẠI@NGÀY; ghi theo thứ tự nào cũng được.",
)
@click.option("--limit", type=int, help="Số ngày thay cho thời hạn của quy chế.")
@click.option(
    "--unit", type=click.Choice([WORKING, CALENDAR]), help="Đơn vị của --limit (mặc định: working)."
)
@CALENDAR_FILE
@AS_JSON
def explain_command(
    kind: str,
    received: str,
    area: str | None,
    events: tuple[str, ...],
    limit: int | None,
    unit: str | None,
    calendar_file: Path | None,
    as_json: bool,
) -> None:
    """Cho biết hạn trả lời và giải thích từng ngày."""
    if unit and limit is None:
        raise click.UsageError("--unit chỉ dùng cùng với --limit.")
    received_at, found = _instant(received), available()
    with _said_clearly():
        promised = promise(
            found,
            kind,
            received_at,
            events=read_events(events, local_date(received_at), found),
            limit=None if limit is None else Days(limit, unit or WORKING),
            area=area,
            calendar=None if calendar_file is None else calendar_of(calendar_from(calendar_file)),
        )
        answer = _as_json(promised) if as_json else _as_text(promised)
    click.echo(answer)


@calendar.command("show")
@click.argument("year", type=int)
@AS_JSON
def show_command(year: int, as_json: bool) -> None:
    """Liệt kê ngày nghỉ (thứ Hai đến thứ Sáu) và ngày cuối tuần phải làm việc của một năm."""
    with _said_clearly():
        work = work_calendar(available())
        estimated = work.estimated(year)
    off, worked = list(work.days_off(year)), list(work.working_weekend_days(year))
    if as_json:
        found = {"days_off": _dated(off), "working_weekend_days": _dated(worked)}
        click.echo(_dump({"year": year, "estimated": estimated, **found}))
        return
    click.echo(f"Lịch làm việc năm {year}{' (tạm tính, chưa có công bố chính thức)' if estimated else ''}")
    click.echo(
        "\n".join(
            ["Ngày nghỉ:", *_listed(off), "Ngày cuối tuần làm việc:", *(_listed(worked) or ["  không có"])]
        )
    )


def available() -> Catalogue:
    """Return the catalogue of the database, or the shipped one; a broken file ends the command with its line."""
    from feedback_app.catalogue.store import best_available  # it brings the database along

    try:
        return best_available()
    except PackError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _said_clearly() -> Iterator[None]:
    try:
        yield
    except DeadlineError as error:
        raise click.UsageError(str(error)) from None


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
        return at.astimezone(LOCAL) if at.tzinfo else at.replace(tzinfo=LOCAL)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"'{text}' không phải thời điểm hợp lệ, ví dụ đúng: 2026-02-12T09:30.", param_hint="--received"
        ) from None


def _as_json(promised: Promise) -> str:
    return _dump(
        {
            "due_on": _iso(promised.due_on),
            "estimated": promised.estimated,
            "profile": promised.profile,
            "calendar": promised.calendar,
            "steps": [_step_fields(step) for step in promised.steps],
            "days": [_day_fields(day) for day in promised.days],
        }
        | _replaced(promised)
    )


def _replaced(promised: Promise) -> dict[str, Any]:
    """Return the limits before each change of kind; nothing where there was none."""
    rows = [
        {"until": old.on.isoformat(), "limit": old.limit, "unit": old.unit, "due_on": _iso(old.due_on)}
        for old in promised.deadline.replaced
    ]
    return {"replaced": rows} if rows else {}


def _step_fields(step: StepDue) -> dict[str, Any]:
    return {
        "step": step.step,
        "limit": step.limit,
        "unit": step.unit,
        "due_on": _iso(step.due_on),
        "confirmed": step.confirmed,
    }


def _day_fields(day: DayEntry) -> dict[str, Any]:
    return {"date": day.date.isoformat(), "counted": day.counted, "reason": day.reason.vi}


def _dated(days: Iterable[tuple[date, DayReason]]) -> list[dict[str, str]]:
    return [{"date": day.isoformat(), "reason": why.text.vi, "source": why.source} for day, why in days]


def _listed(days: Iterable[tuple[date, DayReason]]) -> list[str]:
    return [f"  {_long(day)}: {why.text.vi} [{why.source}]" for day, why in days]


def _as_text(promised: Promise) -> str:
    lines = [_headline(promised), f"Quy chế: {promised.profile}; lịch: {promised.calendar}", "Các bước:"]
    lines += [_step_line(step) for step in promised.steps]
    lines += ["Từng ngày:", *(f"  {_long(day.date)}: {day.reason.vi}" for day in promised.days)]
    return "\n".join(lines)


def _headline(promised: Promise) -> str:
    if promised.due_on is None:
        deadline = promised.deadline
        return f"Đang tạm dừng, còn {deadline.remaining} {UNIT_NAMES[deadline.unit]} sau khi tính tiếp."
    expected = "" if promised.confirmed else "dự kiến "
    return f"Hạn trả lời: {expected}{_long(promised.due_on)}{' (tạm tính)' if promised.estimated else ''}"


def _step_line(step: StepDue) -> str:
    due = "chưa xác định" if step.due_on is None else vn(step.due_on)
    reserve = "" if step.confirmed else f" ({UNCONFIRMED})"
    return f"  {step.step}: {step.limit} {UNIT_NAMES[step.unit]}, hạn {due}{reserve}"


def _long(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()].vi} {vn(day)}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
