"""An officer proposes an answered ticket, as others may read it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit
from feedback_app.core.clock import local_date
from feedback_app.core.errors import Conflict, Forbidden, Invalid
from feedback_app.core.security import new_code
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.library import policy
from feedback_app.library.lifecycle import AGAIN, Status
from feedback_app.library.models import Citation, CitedDocument, LibraryAnswer
from feedback_app.library.redaction import Kind, Term, distinctive, find, own_name, redacted
from feedback_app.library.rules import Facts, changes, withheld
from feedback_app.tickets import lifecycle as tickets
from feedback_app.tickets.models import Answer, Filer, Ticket
from feedback_app.tickets.services.telling import announce
from feedback_app.tickets.timeline import Entry

CODE = 10  # letters and digits of an address
PARTS = ("title", "question", "text")
DECIDED = frozenset({tickets.Status.ANSWERED, tickets.Status.CLOSED})


@dataclass(frozen=True, slots=True)
class Texts:
    """What is to be read by everybody."""

    title: str
    question: str
    text: str

    def parts(self) -> list[tuple[str, str]]:
        return [(name, getattr(self, name)) for name in PARTS]


@dataclass(frozen=True, slots=True)
class Found:
    """What the check found: in which part, what it is, how it reads."""

    part: str
    kind: str
    text: str


def original(ticket: Ticket, answer: Answer) -> Texts:
    """Return the texts as they are."""
    return Texts(ticket.title, ticket.body, answer.text)


def proposed(ticket: Ticket, answer: Answer, terms: list[Term]) -> Texts:
    """Return the texts as the system would have them."""
    whole = original(ticket, answer)
    return Texts(*(redacted(text, terms) for _name, text in whole.parts()))


def check(texts: Texts, terms: list[Term]) -> list[Found]:
    """Return what could still tell whose the texts are."""
    return [Found(name, str(f.kind), f.text) for name, text in texts.parts() for f in find(text, terms)]


def terms_of(session: Session, ticket: Ticket, loaded: Loaded) -> list[Term]:
    """Return what is known of the ticket that nobody may read: who filed it, under which codes, and places."""
    filer = session.get(Filer, ticket.id)
    known: list[tuple[str, Kind]] = [
        (ticket.code, Kind.CODE),
        (ticket.dossier_code, Kind.CODE),
        (ticket.project_code, Kind.CODE),
        (ticket.channel_code, Kind.CODE),
    ]
    if filer is not None:
        known += [
            (filer.name, Kind.ENTERPRISE), (distinctive(filer.name), Kind.ENTERPRISE),
            (filer.on_behalf_of, Kind.ENTERPRISE), (filer.contact_name, Kind.PERSON), (filer.phone, Kind.PHONE),
            (filer.email, Kind.EMAIL), (filer.address, Kind.PLACE), (filer.identifier, Kind.TAX_CODE),
        ]  # fmt: skip
    areas = [(own_name(area.name.vi), Kind.PLACE) for area in loaded.catalogue.areas.areas]
    return [Term(text, kind) for text, kind in [*known, *areas] if text]


def reason_against(ticket: Ticket, loaded: Loaded) -> str | None:
    """Return why the ticket's answer is never published, in the reader's language; ``None``: it may be."""
    facts = Facts(ticket.kind, ticket.sensitive, ticket.hide_identity, bool(ticket.accusation))
    found = withheld(facts, loaded.catalogue.library)
    return None if found is None else found.vi


def answer_of(ticket: Ticket) -> Answer | None:
    """Return the answer that could be published: the last one, if it answered and nothing was disputed since."""
    if tickets.Status(ticket.status) not in DECIDED or not ticket.answers:
        return None
    last = ticket.answers[-1]
    return last if last.outcome == tickets.Status.ANSWERED else None


def existing(session: Session, answer: Answer) -> LibraryAnswer | None:
    return session.scalars(select(LibraryAnswer).where(LibraryAnswer.answer_id == answer.id)).first()


def propose(
    session: Session,
    ticket: Ticket,
    texts: Texts,
    documents: list[str],
    loaded: Loaded,
    *,
    by: Actor,
    at: datetime,
    let_stand: bool = False,
) -> LibraryAnswer:
    """Propose the ticket's answer; the enterprise is shown the texts and may object.

    Args:
        documents: numbers of the documents that the answer rests on.
        let_stand: the officer looked at everything that the check still finds, and lets it stand.

    Raises:
        Forbidden: ``by`` does not answer for the agency.
        Conflict: there is no answer that could be published, or it is on its way already.
        Invalid: the check still finds something.
    """
    answer = answer_of(ticket)
    if answer is None or reason_against(ticket, loaded) is not None:
        raise Conflict(_("Câu trả lời của phiếu này không thuộc diện công bố."))
    if not policy.may_propose(by, answer.agency_id):
        raise Forbidden(ticket.code)
    terms = terms_of(session, ticket, loaded)
    left = check(texts, terms)
    if left and not let_stand:
        raise Invalid(
            _("Bản công bố còn chỗ có thể nhận ra doanh nghiệp; xin xem từng chỗ dưới đây."), "text"
        )
    row = existing(session, answer) or LibraryAnswer(
        code=new_code(CODE).lower(), answer_id=answer.id, version=1
    )
    if row.id is not None and Status(row.status) not in AGAIN:
        raise Conflict(_("Câu trả lời này đã được đề nghị công bố."))
    _fill(row, ticket, answer, texts, terms, left, loaded, by=by, at=at)
    session.add(row)
    session.flush()
    _cite(session, row, documents)
    announce(
        session, ticket, Entry.PUBLICATION_ASKED, "enterprise",
        at=at, legal=True, actor_id=by.user_id, agency_id=answer.agency_id,
    )  # fmt: skip
    audit.record(
        session, "library.proposed", at=at, actor_id=by.user_id, subject=row.code, ticket=ticket.code
    )
    return row


def _fill(
    row: LibraryAnswer,
    ticket: Ticket,
    answer: Answer,
    texts: Texts,
    terms: list[Term],
    left: list[Found],
    loaded: Loaded,
    *,
    by: Actor,
    at: datetime,
) -> None:
    days = loaded.catalogue.library.objection_days
    automatic = dict(proposed(ticket, answer, terms).parts())
    row.ticket_id, row.agency_id, row.field = ticket.id, answer.agency_id, ticket.field
    row.answered_on, row.status = answer.on, Status.WAITING
    row.title, row.question, row.text = texts.title, texts.question, texts.text
    row.changes = [
        [name, change.before, change.after]
        for name, text in texts.parts()
        for change in changes(automatic[name], text)
    ]
    row.left = [list(asdict(found).values()) for found in left]
    row.proposed_by_id, row.proposed_at = by.user_id, at
    row.consented, row.agreed, row.replied_at, row.objection = ticket.publish_consent, None, None, ""
    row.object_until = work_calendar(loaded.catalogue).add_working_days(local_date(at), days)
    row.decided_by_id = row.decided_at = row.published_at = row.ended_at = row.ended_by_id = None
    row.decision_note = row.end_note = ""


def _cite(session: Session, row: LibraryAnswer, documents: list[str]) -> None:
    """Write down which documents the answer cites, in place of those of an earlier proposal."""
    for citation in session.scalars(select(Citation).where(Citation.library_answer_id == row.id)):
        session.delete(citation)
    session.flush()
    for number in dict.fromkeys(documents):
        known = session.scalars(select(CitedDocument).where(CitedDocument.number == number)).first()
        if known is None:
            known = CitedDocument(number=number)
            session.add(known)
            session.flush()
        session.add(Citation(library_answer_id=row.id, document_id=known.id))
    session.flush()
