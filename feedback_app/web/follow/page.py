"""One ticket as its enterprise sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from feedback_app.catalogue import store
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.library import queries as library
from feedback_app.library.lifecycle import Status as Standing
from feedback_app.tickets import clocks
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.labels import PROPOSAL_STATES, Meta
from feedback_app.tickets.lifecycle import MEANING, Act, Ball, Beside, Status
from feedback_app.tickets.models import Attachment, Message, Ticket
from feedback_app.tickets.policy import Owner, acts_open_to
from feedback_app.tickets.services import backlog
from feedback_app.tickets.services.owning import may_reopen
from feedback_app.web import presenting
from feedback_app.web.days import Chip, Day
from feedback_app.web.presenting.beyond import PromiseStanding, WayUp, promises, ways_up
from feedback_app.web.presenting.matter import FileView, LetterView, RatingView
from feedback_app.web.presenting.standing import BallView, PhaseView
from feedback_app.web.presenting.story import EntryView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SENT_BY_OWNER = frozenset({"filing", "reply"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAndFiles:
    letter: LetterView
    files: list[FileView]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the agency asks the enterprise for."""

    agency: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Apologised:
    """A letter of apology; without a new date it came with the answer."""

    agency: str
    text: str
    new_date: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposal that the ticket asks for, as it stands in public."""

    code: str
    title: str
    state: Meta
    note: str


@dataclass(frozen=True, slots=True)
class PublicationNotice:
    """That the answer is to be published, or is; ``asks``: a word of the enterprise is waited for."""

    says: str
    asks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What ``follow/ticket.html`` shows; ``can`` holds the acts that fit now."""

    code: str
    title: str
    body: str
    received_at: datetime
    facts: list[tuple[str, str]]
    status: Meta
    chip: Chip
    phases: list[PhaseView]
    ball: BallView | None
    due_on: date | None
    confirmed: bool
    estimated: bool
    strip: Sequence[Day]
    question: Question | None
    letters: list[LetterAndFiles]
    ratings: dict[int, RatingView]
    files: list[FileView]
    timeline: list[EntryView]
    can: frozenset[Act]
    extended: bool
    apologies: list[Apologised]
    ways_up: list[WayUp]
    at_ministry: bool
    promises: list[PromiseStanding]
    proposal: Proposal | None
    publication: PublicationNotice | None


def page_of(session: "Session", ticket: Ticket, owner: Owner) -> Page:
    """Return the page of a wholly loaded ticket."""
    loaded, today, facts = store.current(session), clock.today(), facts_of(ticket)
    deadline = clocks.deadline(session, ticket)
    return Page(
        code=ticket.code,
        title=ticket.title,
        body=ticket.body,
        received_at=ticket.received_at,
        facts=_facts(ticket, loaded),
        status=presenting.status_meta(ticket.status),
        chip=presenting.deadline_view(ticket, deadline.calendar, today),
        phases=presenting.phases(ticket),
        ball=_ball(ticket, presenting.ball_view(ticket, loaded, deadline.calendar, today)),
        due_on=ticket.due_on,
        confirmed=ticket.due_confirmed,
        estimated=ticket.due_estimated,
        strip=presenting.day_strip_view(ticket, deadline, loaded, today),
        question=_question(ticket, loaded),
        letters=_letters(ticket, loaded),
        ratings={rating.round: rating for rating in presenting.rating_views(ticket.ratings)},
        files=_files(ticket, (a for a in ticket.attachments if a.origin in SENT_BY_OWNER)),
        timeline=presenting.timeline(ticket, loaded, deadline.calendar, reader="enterprise"),
        can=_can(session, ticket, owner, today),
        apologies=_apologies(ticket, loaded),
        ways_up=ways_up(ticket, loaded, reader="enterprise"),
        at_ministry=ticket.status == Status.AT_MINISTRY,
        promises=promises(ticket, loaded, today),
        proposal=_proposal(session, ticket),
        publication=_publication(session, ticket),
        extended=Beside.EXTENDED in facts.beside,
    )


def _can(session: "Session", ticket: Ticket, owner: Owner, today: date) -> frozenset[Act]:
    acts = acts_open_to(owner, facts_of(ticket))
    return acts if may_reopen(session, ticket, today) else acts - {Act.REOPEN}


def _proposal(session: "Session", ticket: Ticket) -> Proposal | None:
    """Return the proposal once a decision named it; a draft's is not the enterprise's yet."""
    if not any(answer.outcome == Status.POLICY_BACKLOG for answer in ticket.answers):
        return None
    row = backlog.of_ticket(session, ticket.id)
    return Proposal(row.code, row.title, PROPOSAL_STATES[row.status], row.public_note) if row else None


def _publication(session: "Session", ticket: Ticket) -> PublicationNotice | None:
    row = library.of_ticket(session, ticket.id)
    if row is None or row.status not in {Standing.WAITING, Standing.PUBLISHED}:
        return None
    if row.status == Standing.PUBLISHED:
        return PublicationNotice(
            _("Câu trả lời đã được công bố trên trang Hỏi đáp, không nêu tên"), asks=False
        )
    return PublicationNotice(_("Cơ quan đề nghị công bố câu trả lời, không nêu tên"), asks=row.agreed is None)


def _apologies(ticket: Ticket, loaded: Loaded) -> list[Apologised]:
    return [
        Apologised(
            presenting.agency_name(loaded, a.agency_id, clock.local_date(a.at)), a.text, a.new_date, a.at
        )
        for a in ticket.apologies
    ]


def is_owners(attachment: Attachment) -> bool:
    """Say whether the enterprise reads this file: what it sent, and what came with an answer."""
    return attachment.origin in SENT_BY_OWNER or attachment.answer_id is not None


def _facts(ticket: Ticket, loaded: Loaded) -> list[tuple[str, str]]:
    pairs = [
        (_("Loại"), presenting.kind_name(loaded, ticket.kind)),
        (_("Lĩnh vực"), presenting.field_name(loaded, ticket.field)),
        (_("Thủ tục"), presenting.procedure_name(loaded, ticket.procedure)),
        (_("Địa bàn"), presenting.area_name(loaded, ticket.area)),
        (_("Cơ quan giải quyết"), presenting.agency_name(loaded, ticket.lead_id)),
        (_("Mã hồ sơ"), ticket.dossier_code),
    ]
    return [(label, value) for label, value in pairs if value]


def _ball(ticket: Ticket, ball: BallView | None) -> BallView | None:
    ours = MEANING[Status(ticket.status)].ball is Ball.ENTERPRISE
    return replace(ball, holder=_("Quý doanh nghiệp")) if ball and ours else ball


def _question(ticket: Ticket, loaded: Loaded) -> Question | None:
    """Return the question that waits for a reply."""
    if ticket.status != Status.NEED_INFO:
        return None
    asked: Message = [message for message in ticket.messages if message.kind == "question"][-1]
    agency = presenting.agency_name(loaded, asked.agency_id, clock.local_date(asked.at))
    return Question(agency=agency, text=asked.text, at=asked.at)


def _letters(ticket: Ticket, loaded: Loaded) -> list[LetterAndFiles]:
    """Return the answers, newest first."""
    return [
        LetterAndFiles(
            letter=presenting.letter_view(answer, loaded),
            files=_files(ticket, (a for a in ticket.attachments if a.answer_id == answer.id)),
        )
        for answer in reversed(ticket.answers)
    ]


def _files(ticket: Ticket, attachments: Iterable[Attachment]) -> list[FileView]:
    """Return the rows; the enterprise's own files are never withheld from it."""
    views = presenting.file_views(
        attachments,
        lambda public_id: url_for(".file", code=ticket.code, public_id=public_id),
        may_open_withheld=True,
    )
    return [replace(view, state="ok") for view in views]
