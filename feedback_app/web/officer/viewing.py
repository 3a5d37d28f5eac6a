"""The ticket as its page shows it: plain data, computed once, nothing that the reader must not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback_app.core import clock
from feedback_app.core.clock import local_date
from feedback_app.core.i18n import language, ngay
from feedback_app.tickets import clocks, queries
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.legs import leg_clocks
from feedback_app.tickets.lifecycle import Act, Status
from feedback_app.tickets.models import Assignment, Filer, Message, Ticket
from feedback_app.tickets.policy import acts_open_to
from feedback_app.tickets.services import approving, promising
from feedback_app.tickets.services.answering import chain_of, may_send, needs_apology
from feedback_app.tickets.services.ways_up import way_up
from feedback_app.web import days, presenting
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.officer.beside import (
    ApologyView,
    Beside,
    DraftView,
    apologies_of,
    beside,
    drafts_of,
)
from feedback_app.web.officer.links import links_of
from feedback_app.web.officer.menu import Group, menu
from feedback_app.web.officer.papers import papers_of
from feedback_app.web.presenting import agency_name
from feedback_app.web.presenting.beyond import PromiseStanding, WayUp, promises, ways_up
from feedback_app.web.presenting.legs import LegView, leg_views

CHANNELS = {
    "web": _l("Cổng thông tin"),
    "hotline": _l("Tổng đài"),
    "dialogue": _l("Hội nghị đối thoại"),
    "pakn": _l("Hệ thống phản ánh, kiến nghị của tỉnh"),
    "letter": _l("Văn bản giấy"),
    "email": _l("Thư điện tử"),
}
WHO_WROTE = {
    "question": "agency",
    "note": "agency",
    "reply": "enterprise",
    "dispute": "enterprise",
    "opinion": "agency",
    "watch": "agency",
    "reclassified": "agency",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A question, reply, note or request for a new look."""

    kind: str
    who: str
    at: datetime
    text: str
    files: list[Any]


@dataclass(frozen=True, slots=True)
class Routing:
    """Why the ticket is where it is, and in triage the three best candidates."""

    rule: str
    reason: str
    confidence: int | None
    candidates: list[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class TicketView:
    """Everything the page shows."""

    code: str
    title: str
    body: str
    version: int
    received_at: datetime
    status: Any
    deadline: days.Chip
    due_on: date | None
    due_confirmed: bool
    due_estimated: bool
    ball: Any
    strip: Sequence[days.Day]
    legs: list[LegView]
    facts: list[tuple[str, str]]
    filer: list[tuple[str, str]]
    hidden: bool
    sensitive: bool
    files: list[Any]
    conversation: list[Said]
    notes: list[Said]
    answers: list[tuple[Any, list[Any]]]
    ratings: list[Any]
    entries: list[Any]
    routing: Routing | None
    in_triage: bool
    acts: frozenset[Act]
    menu: list[Group]
    beside: Beside
    drafts: list[DraftView]
    apologies: list[ApologyView]
    needs_apology: bool
    papers: list[str]
    ways_up: list[WayUp]
    documents: list[Any]
    promises: list[PromiseStanding]
    settles_promises: bool
    links: list[tuple[str, str, str]]


def view_of(session: Any, ticket: Ticket) -> TicketView:
    """Return the view of a ticket that was loaded whole through this reader."""
    today, person, acts = clock.today(), actor(), _acts(session, ticket)
    deadline, names = clocks.deadline(session, ticket), queries.names_on(session, ticket).people
    filer = queries.filer_for(session, person, ticket)
    rows = presenting.timeline(ticket, loaded(), deadline.calendar, reader="staff", people=names)
    said = [_said(message, ticket, names, filer is not None) for message in ticket.messages]
    return TicketView(
        code=ticket.code,
        title=ticket.title,
        body=ticket.body,
        version=ticket.version,
        received_at=ticket.received_at,
        status=presenting.status_meta(ticket.status),
        deadline=presenting.deadline_view(ticket, deadline.calendar, today),
        due_on=ticket.due_on,
        due_confirmed=ticket.due_confirmed,
        due_estimated=ticket.due_estimated,
        ball=presenting.ball_view(ticket, loaded(), deadline.calendar, today),
        strip=presenting.day_strip_view(ticket, deadline, loaded(), today),
        legs=leg_views(leg_clocks(ticket, deadline, clocks.profile_of(session, ticket), today), loaded()),
        facts=_facts(ticket),
        filer=_filer(filer),
        hidden=ticket.hide_identity,
        sensitive=ticket.sensitive,
        files=_files(ticket, {"filing", "released"}, filer is not None),
        conversation=[item for item in said if item.kind not in {"note", "opinion"}],
        notes=[item for item in said if item.kind == "note"],
        answers=_answers(ticket, filer is not None),
        ratings=presenting.rating_views(ticket.ratings),
        entries=rows,
        routing=_routing(ticket),
        in_triage=ticket.status == Status.TRIAGE,
        acts=acts,
        menu=menu(ticket.code, acts),
        drafts=drafts_of(session, ticket),
        apologies=apologies_of(ticket),
        needs_apology=needs_apology(ticket, today),
        papers=papers_of(ticket),
        ways_up=ways_up(ticket, loaded(), reader="staff"),
        documents=_files(ticket, {"document"}, True),
        promises=promises(ticket, loaded(), today),
        settles_promises=promising.handles(person, ticket),
        links=links_of(session, ticket),
        beside=beside(ticket, person, lambda id_: _files(ticket, {"opinion"}, True, message_id=id_)),
    )


def _acts(session: Any, ticket: Ticket) -> frozenset[Act]:
    """Return what this reader can do now; what the agency's approval chain does not leave to them is not offered."""
    acts, me = acts_open_to(actor(), facts_of(ticket)), actor()
    barred: set[Act] = set()
    chain = chain_of(loaded(), ticket)
    if ticket.status != Status.TRIAGE and not may_send(loaded(), ticket, me):
        barred |= {Act.ANSWER, Act.REJECT, Act.REDIRECT}
        if Act.DRAFT not in acts:
            barred.add(Act.PROPOSE_CHANGE)
    if chain is None or chain.direct:
        barred.add(Act.DRAFT)
    if Act.APPROVE in acts and not approving.may_approve(session, ticket, me):
        barred.add(Act.APPROVE)
    if Act.ISSUE in acts and not approving.may_issue(ticket, me):
        barred.add(Act.ISSUE)
    if not is_late(ticket):
        barred.add(Act.APOLOGISE)
    barred |= {Act.REPORT_UP, Act.PETITION} - {way_up(loaded(), ticket, clock.today())}
    return acts - barred


def is_late(ticket: Ticket) -> bool:
    """Say whether the due date has passed."""
    return ticket.due_on is not None and clock.today() > ticket.due_on


def _files(ticket: Ticket, origins: set[str], knows_filer: bool, **owner: int) -> list[Any]:
    wanted = [
        a
        for a in ticket.attachments
        if a.origin in origins and all(getattr(a, k) == v for k, v in owner.items())
    ]
    return presenting.file_views(wanted, _file_href(ticket), may_open_withheld=knows_filer)


def _file_href(ticket: Ticket) -> Any:
    return lambda public_id: url_for("officer.file", code=ticket.code, public_id=public_id)


def _said(message: Message, ticket: Ticket, names: dict[int, str], knows_filer: bool) -> Said:
    on = local_date(message.at)
    if WHO_WROTE[message.kind] == "enterprise":
        who = str(_("Doanh nghiệp"))
    else:
        author = names.get(message.author_id or 0)
        who = ", ".join(filter(None, (author, agency_name(loaded(), message.agency_id, on))))
    files = _files(ticket, {"reply"}, knows_filer, message_id=message.id)
    return Said(message.kind, who, message.at, message.text, files)


def _answers(ticket: Ticket, knows_filer: bool) -> list[tuple[Any, list[Any]]]:
    return [
        (
            presenting.letter_view(answer, loaded()),
            _files(ticket, {"answer"}, knows_filer, answer_id=answer.id),
        )
        for answer in ticket.answers
    ]


def _facts(ticket: Ticket) -> list[tuple[str, str]]:
    pack, helping = (
        loaded(),
        [a for a in ticket.assignments if a.part == "coordinating" and a.ended_on is None],
    )
    pairs = [
        (_("Loại"), presenting.kind_name(pack, ticket.kind)),
        (_("Lĩnh vực"), presenting.field_name(pack, ticket.field)),
        (_("Thủ tục"), presenting.procedure_name(pack, ticket.procedure)),
        (_("Địa bàn"), presenting.area_name(pack, ticket.area)),
        (_("Mã hồ sơ"), ticket.dossier_code),
        (_("Ngày hẹn trả"), ngay(ticket.promised_on)),
        (_("Văn bản đã nhận"), ticket.letters),
        (_("Mã dự án"), ticket.project_code),
        (_("Nơi tiếp nhận"), " ".join(filter(None, (_channel(ticket), ticket.channel_code)))),
        (_("Chủ trì"), agency_name(pack, ticket.lead_id)),
        (_("Đang giữ"), agency_name(pack, ticket.holder_id) if ticket.holder_id != ticket.lead_id else ""),
        (_("Phối hợp"), ", ".join(agency_name(pack, a.agency_id) for a in helping)),
    ]
    return [(str(label), value) for label, value in pairs if value]


def _channel(ticket: Ticket) -> str:
    channel = CHANNELS.get(ticket.channel)
    return ticket.channel if channel is None else str(channel)


def _filer(filer: Filer | None) -> list[tuple[str, str]]:
    if filer is None:
        return []
    pairs = [
        (_("Tên"), filer.name),
        (_("Mã số"), filer.identifier),
        (_("Gửi thay cho"), filer.on_behalf_of),
        (_("Người liên hệ"), filer.contact_name),
        (_("Điện thoại"), filer.phone),
        (_("Thư điện tử"), filer.email),
        (_("Địa chỉ"), filer.address),
    ]
    return [(str(label), value) for label, value in pairs if value]


def _routing(ticket: Ticket) -> Routing | None:
    leg = next((leg for leg in reversed(ticket.assignments) if leg.part in {"triage", "lead"}), None)
    if leg is None:
        return None
    reason = leg.reason_en if language() == "en" else leg.reason_vi
    confidence = None if leg.confidence is None else round(leg.confidence * 100)
    reason = reason[:1].upper() + reason[1:]
    return Routing(leg.rule, reason, confidence, candidates(leg) if leg.part == "triage" else [])


def candidates(leg: Assignment) -> list[tuple[str, int, str]]:
    """Return name, score (in percent) and reason of the agencies that the rules thought of, best first."""
    best, why = leg.candidates.get("best_first", []), "why_en" if language() == "en" else "why_vi"
    return [
        (agency_name(loaded(), row["code"], leg.started_on), round(row["score"] * 100), row.get(why, ""))
        for row in best
    ]
