"""Freezing the figures of a period with all that they follow from."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.models import PackVersion
from feedback_app.closing import contents, texts
from feedback_app.closing import package as packing
from feedback_app.closing.reconciling import Reconciliation, Stage, status
from feedback_app.core import audit, clock
from feedback_app.core.errors import FeedbackError
from feedback_app.core.security import keyed_hash
from feedback_app.indicators.definitions import edition_of
from feedback_app.statistics import queries, services
from feedback_app.statistics.archive import FrozenFigure, FrozenPeriod, PeriodPackage, PeriodTexts
from feedback_app.statistics.figures import Group, Value
from feedback_app.statistics.periods import Period
from feedback_app.surveys import outside


class NotClosable(FeedbackError):
    """The period has not ended, or agencies may still speak; the text says until when."""

    status = 409


class AlreadyFrozen(FeedbackError):
    """Frozen figures are never frozen again."""

    status = 409


def freeze(
    session: Session, period: Period, *, by_id: int | None, at: datetime, note: str = "", early: bool = False
) -> FrozenPeriod:
    """Freeze the figures of ``period`` with all that they follow from.

    Args:
        early: before the agencies' days are over; the manifest says so.

    Raises:
        AlreadyFrozen, NotClosable: see there.
    """
    services.one_at_a_time(session)
    today = clock.local_date(at)
    talk = status(session, period, today)
    _check(session, talk, today, early=early)
    while services.take_changed(session, store.current(session)):
        pass
    figures = queries.live_figures(session, period, today, period.last)
    words = texts.packed(session, period)
    manifest = _manifest(session, talk, by_id, at, note) | {"texts": _sum_of(words)}
    files = contents.files(session, period, figures, today)
    files, snapshot, sum_ = packing.signed(files, manifest, period.code)
    row = FrozenPeriod(
        period=period.code, snapshot=snapshot, sha256=sum_, first=period.first, last=period.last, as_of=at, at=at,
        by_id=by_id, calendar=manifest["calendar"], definitions=manifest["definitions"], note=note,
    )  # fmt: skip
    session.add(row)
    session.flush()
    content = packing.zipped(files, packing.folder_of(period))
    session.execute(insert(PeriodPackage), [{"period": period.code, "content": content}])
    session.execute(insert(PeriodTexts), [{"period": period.code, "content": words}])
    if rows := list(_figure_rows(period, figures)):
        session.execute(insert(FrozenFigure), rows)
    for table in outside.unpacked(session):
        table.packed_in = period.code
    audit.record(session, "statistics.frozen", at=at, actor_id=by_id, subject=period.code, snapshot=snapshot)
    return row


def frozen(session: Session, period: Period) -> FrozenPeriod | None:
    """Return the frozen period, ``None`` while it is not."""
    return session.get(FrozenPeriod, period.code)


def newest(session: Session, months: int = 1, first_day: int = 1) -> FrozenPeriod | None:
    """Return the youngest frozen period of that cut of the year."""
    for row in session.scalars(select(FrozenPeriod).order_by(FrozenPeriod.last.desc())):
        period = Period(row.first, row.last)
        if (period.months, period.first.day) == (months, first_day):
            return row
    return None


def package(session: Session, period: Period) -> bytes:
    """Return the package as a zip file, the same bytes every time. Raises LookupError: the period is not frozen."""
    row = session.get(PeriodPackage, period.code)
    if row is None:
        raise LookupError(period.code)
    return row.content


def _check(session: Session, talk: Reconciliation, today: date, *, early: bool) -> None:
    if talk.stage is Stage.FROZEN:
        raise AlreadyFrozen(f"Kỳ {talk.period.code} đã chốt số liệu, không chốt lại.")
    mark = queries.mark(session)
    if today <= talk.period.last or mark is None or mark.day < talk.period.last or mark.building_since:
        raise NotClosable(f"Kỳ {talk.period.code} chưa kết thúc hoặc số liệu chưa được cập nhật đến hết kỳ.")
    if not early and not talk.may_be_frozen(today):
        raise NotClosable(
            f"Kỳ {talk.period.code} đang đối chiếu đến hết ngày {talk.until:%d/%m/%Y}; chốt được từ "
            f"{talk.closable_from:%d/%m/%Y}."
        )


def _manifest(
    session: Session, talk: Reconciliation, by_id: int | None, at: datetime, note: str
) -> dict[str, Any]:
    loaded = store.current(session)
    edition = edition_of(loaded.catalogue.indicators)
    calendar = loaded.catalogue.calendars[0]
    packs = session.execute(
        select(PackVersion.pack, PackVersion.version).where(PackVersion.id.in_(loaded.version_ids.values()))
    )
    return {
        "period": talk.period.code,
        "first": talk.period.first.isoformat(),
        "last": talk.period.last.isoformat(),
        "today": clock.local_date(at).isoformat(),
        "frozen_at": at.isoformat(timespec="seconds"),
        "frozen_by": by_id,
        "note": note,
        "early": talk.stage is not Stage.CLOSABLE,
        "calendar": f"{calendar.code}@{calendar.version}",
        "definitions": f"{edition.code}@{edition.version}",
        "packs": {name: version for name, version in sorted(packs.all()) if not name.startswith("agencies")},
        "reconciliation": {code: str(state) for code, state in talk.states.items()},
    }


def _sum_of(words: bytes) -> str:
    """Return what binds the snapshot to the words of its list, and lets nobody try words on it."""
    return keyed_hash(sha256(words).hexdigest(), "texts of a frozen period")


def _figure_rows(period: Period, figures: Mapping[Group, Mapping[str, Value]]) -> Iterator[dict[str, Any]]:
    for group, values in figures.items():
        for name, value in values.items():
            yield {"period": period.code, **group._asdict(), "measure": str(name), **asdict(value)}
