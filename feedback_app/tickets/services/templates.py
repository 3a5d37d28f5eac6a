"""Wordings of answers: kept per agency by its head, shared by the focal point, filled in for one ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit
from feedback_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from feedback_app.tickets import placeholders
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import HANDLING
from feedback_app.tickets.queries import filer_for
from feedback_app.tickets.templating import AnswerTemplate

KEEPERS = (Function.AGENCY_HEAD, Function.FOCAL_POINT)
UNNAMED = "Quý doanh nghiệp"  # who is addressed where the name must not stand in the answer
_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is typed of a template; no ``fields`` means that it fits all."""

    name: str
    text: str
    legal_refs: str = ""
    fields: tuple[str, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A wording filled in for a ticket: the draft of an answer, to be read before it is sent."""

    text: str
    legal_refs: str


def render(
    session: Session, template: AnswerTemplate, ticket: Ticket, reader: Actor, loaded: Loaded, on: date
) -> Rendered:
    """Fill the template in, in Vietnamese, the language of official answers.

    A filer who hides the name, or whom ``reader`` must not know, is addressed as "Quý doanh nghiệp".
    """
    values = _values(session, ticket, reader, loaded, on)
    return Rendered(placeholders.fill(template.text, values), placeholders.fill(template.legal_refs, values))


def offered(session: Session, reader: Actor, ticket: Ticket) -> list[AnswerTemplate]:
    """Return what may help with this ticket: of the reader's agencies and shared; made for its field first."""
    own = reader.agency_ids(HANDLING)
    query = _living().where(or_(AnswerTemplate.agency_id.in_(own), AnswerTemplate.shared))
    fitting = [t for t in session.scalars(query) if not t.fields or ticket.field in t.fields]
    return sorted(fitting, key=lambda t: (not t.fields, t.agency_id not in own, t.name))


def kept_by(session: Session, keeper: Actor) -> Sequence[AnswerTemplate]:
    """Return the templates of the agencies for which ``keeper`` keeps them, by name."""
    return session.scalars(_living().where(AnswerTemplate.agency_id.in_(agencies_of(keeper)))).all()


def agencies_of(keeper: Actor) -> frozenset[int]:
    """Return the agencies whose templates this person keeps: the head's, the focal point's own."""
    return keeper.agency_ids(KEEPERS)


def may_share(keeper: Actor, agency_id: int) -> bool:
    """Say whether this person's templates of that agency may be offered to all agencies."""
    return agency_id in keeper.agency_ids({Function.FOCAL_POINT})


def one_kept_by(session: Session, keeper: Actor, template_id: int) -> AnswerTemplate:
    """Return one of the templates that ``keeper`` keeps. Raises NotFound."""
    query = _living().where(AnswerTemplate.id == template_id)
    found = session.scalars(query.where(AnswerTemplate.agency_id.in_(agencies_of(keeper)))).first()
    if found is None:
        raise NotFound(str(template_id))
    return found


def add(
    session: Session, agency_id: int, wording: Wording, *, by: Actor, loaded: Loaded, at: datetime
) -> AnswerTemplate:
    """Keep a new template of the agency.

    Raises:
        Forbidden: not kept by this person, or shared by another than the focal point.
        Invalid: an unknown placeholder or field.
    """
    template = AnswerTemplate(agency_id=agency_id, by_id=by.user_id, at=at)
    _write(template, wording, by=by, loaded=loaded)
    session.add(template)
    session.flush()
    _record(session, template, "template.added", by, at)
    return template


def change(
    session: Session,
    template: AnswerTemplate,
    wording: Wording,
    *,
    by: Actor,
    loaded: Loaded,
    at: datetime,
    seen_version: int | None,
) -> None:
    """Change the template; answers that were written with it stay as they are.

    Raises:
        Forbidden, Invalid: see ``add``.
        Conflict: somebody changed it meanwhile.
    """
    if seen_version != template.version:
        raise Conflict(template.name)
    _write(template, wording, by=by, loaded=loaded)
    template.by_id, template.at = by.user_id, at
    _record(session, template, "template.changed", by, at)


def retire(session: Session, template: AnswerTemplate, *, by: Actor, at: datetime) -> None:
    """Offer the template no more. Raises Forbidden."""
    if template.agency_id not in agencies_of(by):
        raise Forbidden
    template.retired_at = at
    _record(session, template, "template.retired", by, at)


def _living() -> Select[AnswerTemplate]:
    query = select(AnswerTemplate).where(AnswerTemplate.retired_at.is_(None))
    return query.order_by(AnswerTemplate.name, AnswerTemplate.id).limit(_MOST)


def _write(template: AnswerTemplate, wording: Wording, *, by: Actor, loaded: Loaded) -> None:
    if template.agency_id not in agencies_of(by):
        raise Forbidden
    if wording.shared and not may_share(by, template.agency_id):
        raise Forbidden
    if set(wording.fields) - {field.code for field in loaded.catalogue.fields.fields}:
        raise Invalid(_("Lĩnh vực không có trong danh mục."), "fields")
    for part in ("text", "legal_refs"):
        _check(getattr(wording, part), part)
    template.name, template.shared = wording.name.strip(), wording.shared
    template.text, template.legal_refs = wording.text.strip(), wording.legal_refs.strip()
    template.fields = list(wording.fields)


def _check(text: str, part: str) -> None:
    try:
        placeholders.check(text)
    except placeholders.Faulty as fault:
        raise Invalid(_fault(fault.name), part) from None


def _fault(name: str) -> str:
    if not name:
        return _("Có dấu ngoặc {{ hoặc }} chưa thành cặp.")
    known = ", ".join(f"{{{{{known}}}}}" for known in placeholders.PLACEHOLDERS)
    return _("Không có mục {{%(name)s}}. Các mục dùng được: %(known)s.", name=name, known=known)


def _values(session: Session, ticket: Ticket, reader: Actor, loaded: Loaded, on: date) -> dict[str, str]:
    fields, filer = loaded.catalogue.fields, filer_for(session, reader, ticket)
    named = filer is not None and not ticket.hide_identity
    return {
        "so_phieu": ticket.code,
        "tieu_de": ticket.title,
        "ngay_gui": _day(ticket.received_on),
        "ten_doanh_nghiep": filer.name if filer and named else UNNAMED,
        "linh_vuc": fields.field(ticket.field).name.vi,
        "thu_tuc": fields.procedure(ticket.procedure).name.vi if ticket.procedure else "",
        "ma_ho_so": ticket.dossier_code,
        "co_quan": _agency(ticket.holder_id or ticket.lead_id, loaded, on),
        "can_bo": reader.name,
        "ngay": _day(on),
        "han_tra_loi": _day(ticket.due_on),
    }


def _agency(agency_id: int | None, loaded: Loaded, on: date) -> str:
    code = loaded.agency_codes.get(agency_id or 0)
    if code is None:
        return ""
    found = next(agency for agency in loaded.catalogue.agencies.agencies if agency.code == code)
    return found.named(on).name.vi


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _record(session: Session, template: AnswerTemplate, event: str, by: Actor, at: datetime) -> None:
    facts = {"agency": template.agency_id, "shared": template.shared}
    audit.record(session, event, at=at, actor_id=by.user_id, subject=f"template/{template.id}", **facts)
