"""Sample meetings: a provincial dialogue that was concluded, the next one with its call open, a sectoral one."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any, cast

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.dialogues import queries
from feedback_app.dialogues.models import Meeting, MeetingItem, MeetingProposal
from feedback_app.dialogues.rules import Competence, Days, Handling, Kind
from feedback_app.dialogues.services import classifying, concluding, following, ordering, planning, proposing
from feedback_app.dialogues.services.classifying import Classified
from feedback_app.dialogues.services.concluding import Given, Signed
from feedback_app.dialogues.services.planning import Plan
from feedback_app.tickets.lifecycle import OPEN, RULES, Act
from feedback_app.tickets.loading import load
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services import clustering

SEASONS = ((6, 25), (12, 18))
AHEAD = timedelta(days=14)  # what is coming leaves time for its call
# what was concluded: text, owner as of 2024, days from the meeting to the due date, and to the report; confirmed?
CONCLUDED: tuple[tuple[str, str, int, int | None, bool], ...] = (
    ("Công khai tình trạng hồ sơ hoàn thuế theo từng ngày trên trang của cơ quan thuế", "thue", 40, 33, True),
    ("Rút ngắn thời gian cấp giấy phép xây dựng nhà xưởng còn 15 ngày làm việc", "so-xd", 60, 71, True),
    (
        "Ban hành hướng dẫn thủ tục môi trường cho cơ sở chế biến nước mắm quy mô nhỏ",
        "so-tnmt",
        120,
        None,
        False,
    ),
    ("Lập tổ hỗ trợ doanh nghiệp du lịch làm thủ tục mùa cao điểm", "so-dl", 145, 140, False),
    ("Trình danh mục khu đất sạch dành cho doanh nghiệp nhỏ và vừa thuê", "so-khdt", 190, None, False),
)
WAYS = cycle((Handling.ON_DAY, Handling.WRITTEN, Handling.ON_DAY, Handling.SECTORAL))
LEVELS = cycle((Competence.AGENCY, Competence.PROVINCE, Competence.AGENCY, Competence.CENTRAL))


def fill(session: Session, loaded: Loaded, actors: dict[str, Actor], *, at: datetime) -> None:
    """Write the sample meetings over the sample tickets; every one is marked as sample data."""
    today = clock.local_date(at)
    _concluded(session, loaded, actors, _season(today, ahead=False), at)
    coming, sectoral = _coming(session, loaded, actors["daumoi"], _season(today, ahead=True), at)
    _propose(session, coming, sectoral, actors["daumoi"], at)


def _season(today: date, *, ahead: bool) -> date:
    days = [date(today.year + year, *season) for year in (-1, 0, 1) for season in SEASONS]
    return next(d for d in days if d >= today + AHEAD) if ahead else [d for d in days if d < today][-1]


def _plan(loaded: Loaded, kind: Kind, title: str, held_on: date, closes_on: date, **more: Any) -> Plan:
    days = Days(closes_on, held_on - timedelta(days=2), held_on)
    chair = loaded.agency_ids["vp-ubnd"]
    given: dict[str, Any] = {"chair_id": chair, "place": "Hội trường UBND tỉnh (mẫu)"} | more
    about = "Lãnh đạo tỉnh, các sở, ngành, địa phương và doanh nghiệp, hiệp hội đã gửi kiến nghị."
    return Plan(kind=kind, title=title, about=about, hour="08:00", days=days, **given)


def _concluded(
    session: Session, loaded: Loaded, actors: dict[str, Actor], held_on: date, until: datetime
) -> None:
    """Let the last provincial dialogue be called, held and concluded; its owners have done what they have done."""
    by, called = actors["daumoi"], _hour(held_on - timedelta(days=40))
    title = f"Hội nghị đối thoại doanh nghiệp tháng {held_on:%m/%Y} (mẫu)"
    told = _plan(loaded, Kind.PROVINCIAL, title, held_on, held_on - timedelta(days=12))
    meeting = planning.plan(session, told, by=by, at=called, is_sample=True)
    planning.call(session, meeting, by=by, at=called)
    first, last = held_on - timedelta(days=40), meeting.closes_on
    tickets = _tickets(session, Ticket.received_on.between(first, last))
    proposing.link(session, meeting, [t.id for t in tickets], origin="form", at=called)
    planning.hold(session, meeting, by=by, at=_hour(held_on))
    _conclude(session, loaded, meeting, by, min(_hour(held_on + timedelta(days=4)), until))
    for item, (_text, _owner, _due, reported, confirmed) in zip(
        queries.items_of(session, meeting), CONCLUDED, strict=True
    ):
        when = _hour(held_on + timedelta(days=reported or 0))
        if reported is not None and when < until:
            _report(session, loaded, meeting, item, actors, when, confirmed=confirmed)


def _conclude(session: Session, loaded: Loaded, meeting: Meeting, by: Actor, at: datetime) -> None:
    for text, owner, due, _reported, _confirmed in CONCLUDED:
        agency = loaded.directory.resolve(owner, meeting.held_on).code
        due_on = meeting.held_on + timedelta(days=due)
        told = Given(text=text, owner_id=loaded.agency_ids[agency], due_on=due_on)
        concluding.add_item(session, meeting, told, by=by, at=at)
    signed = Signed(number="512/TB-UBND (mẫu)", dated=clock.local_date(at), signer="Chủ tịch UBND tỉnh (mẫu)")
    concluding.conclude(session, meeting, signed, loaded, by=by, at=at)


def _report(
    session: Session,
    loaded: Loaded,
    meeting: Meeting,
    item: MeetingItem,
    actors: dict[str, Actor],
    at: datetime,
    *,
    confirmed: bool,
) -> None:
    by = actors[f"canbo.{loaded.agency_codes[item.owner_id]}"]
    item, _meeting = queries.item(session, by, item.id)
    following.report(
        session, meeting, item, "Đã ban hành văn bản và công khai (mẫu).", done=True, by=by, at=at
    )
    if confirmed:
        given: dict[str, Any] = {"confirmed": True, "remarks": "", "by": actors["daumoi"]}
        following.decide(session, meeting, item, at=at + timedelta(days=2), **given)


def _coming(
    session: Session, loaded: Loaded, by: Actor, held_on: date, at: datetime
) -> tuple[Meeting, Meeting]:
    """Call the next provincial dialogue, and one on taxes before it."""
    title = f"Hội nghị đối thoại doanh nghiệp tháng {held_on:%m/%Y} (mẫu)"
    told = _plan(loaded, Kind.PROVINCIAL, title, held_on, held_on - timedelta(days=8))
    coming = planning.plan(session, told, by=by, at=at, is_sample=True)
    planning.call(session, coming, by=by, at=at)
    chair = loaded.directory.resolve("thue", clock.local_date(at)).code
    before = {"chair_id": loaded.agency_ids[chair], "place": "Trụ sở cơ quan thuế (mẫu)", "fields": ("tax",)}
    day, closes = held_on - timedelta(days=9), clock.local_date(at) + timedelta(days=2)
    told = _plan(loaded, Kind.SECTORAL, "Đối thoại về thuế (mẫu)", day, closes, parent_id=coming.id, **before)
    sectoral = planning.plan(session, told, by=by, at=at, is_sample=True)
    planning.call(session, sectoral, by=by, at=at)
    return coming, sectoral


def _propose(session: Session, coming: Meeting, sectoral: Meeting, by: Actor, at: datetime) -> None:
    """Make open tickets proposals, classify all but two, make one obstacle of three and let the chair place a point."""
    tickets = _tickets(session, Ticket.status.in_(OPEN), Ticket.lead_id.is_not(None))
    proposing.link(session, coming, [t.id for t in tickets], origin="form", at=at)
    titles = {ticket.id: ticket.title for ticket in tickets}
    rows = session.scalars(
        select(MeetingProposal).where(MeetingProposal.meeting_id == coming.id).order_by(MeetingProposal.id)
    ).all()
    for row, way, level in zip(rows[:-2], WAYS, LEVELS, strict=False):
        sent = sectoral.id if way is Handling.SECTORAL else None
        told = Classified(heading=titles[row.ticket_id], competence=level, handling=way, sectoral_id=sent)
        classifying.classify(session, coming, row, told, seen_version=None, by=by, at=at)
    _cluster(session, [t.id for t in tickets], by, at)
    key = f"kien-nghi-{rows[0].id}"
    told_why = "Chủ tọa đề nghị bàn trước (mẫu)."
    ordering.place(session, coming, key, 1, told_why, known=(key,), by=by, at=at)


def _cluster(session: Session, proposed: Sequence[int], by: Actor, at: datetime) -> None:
    alike = (
        Ticket.id.not_in(proposed),
        Ticket.field == "environment",
        Ticket.status.in_(RULES[Act.CLUSTER].when),
    )
    first, *others = [cast("Ticket", load(session, select(Ticket).where(Ticket.id == t.id), whole=True))
                      for t in _tickets(session, *alike, size=3)]  # fmt: skip
    title = "Hồ sơ môi trường của cơ sở chế biến chờ lâu (mẫu)"
    cluster = clustering.create(session, first, title=title, by=by, at=at)
    for ticket in others:
        clustering.join(session, cluster, ticket, by=by, at=at)


def _tickets(session: Session, *conditions: ColumnElement[bool], size: int = 12) -> Sequence[Ticket]:
    query = select(Ticket).where(Ticket.sensitive.is_(False), Ticket.is_sample.is_(True), *conditions)
    return session.scalars(query.order_by(Ticket.id.desc()).limit(size)).all()


def _hour(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.LOCAL)
