"""What the simulator found, as text and as JSON."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from feedback_app.deadlines.replay import Replay, Share

ASSUMPTION = (
    "Giả định: các cơ quan vẫn trả lời vào đúng những ngày đã trả lời, các lần tạm dừng và gia hạn vẫn như cũ; "
    "chỉ thời hạn và lịch khác đi. Gia hạn nào sẽ đến sau khi đã quá hạn thì không tính."
)


def as_json(first: date, last: date, now: Replay, tried: Replay) -> str:
    """Return the figures of both, side by side."""
    found = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "assumption": ASSUMPTION,
        "in_force": _fields(now),
        "tried": _fields(tried),
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_text(now: Replay, tried: Replay) -> str:
    """Return a table to read; the first figure is of what is in force, the second of what is tried."""
    return "\n".join([ASSUMPTION, "", *_lines(now, tried)])


def _lines(now: Replay, tried: Replay) -> Iterator[str]:
    yield f"{'':32} {'đang áp dụng':>14} {'thử':>14}"
    yield _line("Số phiếu", now.whole.tickets, tried.whole.tickets)
    yield _line("Đã trả lời", now.whole.answered, tried.whole.answered)
    yield _line("Trễ hạn", now.whole.late, tried.whole.late)
    yield _line("Tỷ lệ trễ hạn", percent(now.whole), percent(tried.whole))
    yield _line("Số ngày làm việc trung vị", now.whole.median_days, tried.whole.median_days)
    yield _line("Gia hạn không còn kịp", now.extensions_left_out, tried.extensions_left_out)
    for code, share in now.agencies():
        other = tried.by_agency[code]
        yield f"{code}: {share.tickets} phiếu, {share.days_used} ngày làm việc"
        yield _line("  trễ hạn", percent(share), percent(other))
        yield _line("  ngày chậm", share.late_days, other.late_days)


def _line(label: str, now: object, tried: object) -> str:
    return f"{label:32} {_said(now):>14} {_said(tried):>14}"


def _said(value: object) -> str:
    return "–" if value is None else f"{value}"


def percent(share: Share) -> str | None:
    """Return "12,5 %"; None of no ticket."""
    return (
        None if share.share_late is None else f"{share.share_late:.1%}".replace(".", ",").replace("%", " %")
    )


def _fields(replay: Replay) -> dict[str, Any]:
    return {
        "profiles": [f"{profile.code}@{profile.version}" for profile in replay.profiles],
        "calendar": replay.calendar.version,
        "extensions_left_out": replay.extensions_left_out,
        **_figures(replay.whole),
        "agencies": [{"agency": code, **_figures(share)} for code, share in replay.agencies()],
    }


def _figures(share: Share) -> dict[str, Any]:
    return {
        "tickets": share.tickets,
        "answered": share.answered,
        "late": share.late,
        "share_late": None if share.share_late is None else round(share.share_late, 4),
        "median_working_days": share.median_days,
        "days_used": share.days_used,
        "late_days": share.late_days,
    }
