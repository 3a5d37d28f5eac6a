"""Corrections are kept as they happen; a group of them becomes a rule, or is put aside."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue import editing
from feedback_app.catalogue.packs.routing import Rule
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit
from feedback_app.core.errors import Forbidden, Invalid, NotFound
from feedback_app.routing.trial import spoken
from feedback_app.sorting.models import RoutingProposal, State
from feedback_app.sorting.queries import Likeness, alike
from feedback_app.sorting.rules import Condition, rule_of
from feedback_app.tickets.models import Assignment, Ticket
from feedback_app.tickets.policy import COORDINATING_OFFICES

PREFIX = "focal-"  # of the codes of rules that were switched on here
_WORDS = 8


def keep_correction(session: Session, ticket: Ticket, loaded: Loaded, agency_id: int) -> None:
    """Keep it where a person gave the ticket to ``agency_id`` although routing thought of another first.

    Nothing is kept of a sensitive report, of an assignment that follows a ruling, or twice.
    """
    leg = _chosen_by_hand(ticket, agency_id)
    was = None if leg is None or ticket.sensitive else _thought_before(ticket, leg)
    if leg is None or was is None or loaded.agency_ids.get(was) in {None, agency_id} or _kept(session, leg):
        return
    session.add(
        RoutingProposal(
            assignment_id=leg.id,
            ticket_id=ticket.id,
            kind=ticket.kind,
            field=ticket.field,
            procedure=ticket.procedure,
            area=ticket.area,
            words=list(spoken(f"{ticket.title}\n{ticket.body}", ticket.field, loaded.catalogue)[:_WORDS]),
            was_id=loaded.agency_ids[was],
            lead_id=agency_id,
            reason=leg.reason_vi,
            by_id=leg.by_id,
            at=leg.started_at,
        )
    )


def proposed_rule(
    condition: Condition, loaded: Loaded, *, code: str, lead_id: int, support: int, reason: str
) -> Rule:
    """Return the rule as it would stand in the pack.

    Raises:
        Invalid: no kind, or a sensitive one, whose receivers are not the focal point's to change.
    """
    sensitive = set(loaded.catalogue.routing.sensitive_kinds)
    if not condition.kinds or sensitive & set(condition.kinds):
        raise Invalid(_("Vui lòng chọn ít nhất một loại phản ánh."), "kinds")
    lead = loaded.agency_codes[lead_id]
    return Rule.model_validate(rule_of(condition, code=code, lead=lead, support=support, reason=reason))


def switch_on(
    session: Session,
    loaded: Loaded,
    key: Likeness,
    condition: Condition,
    *,
    reason: str,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> str:
    """Put the rule before all others in a new version of the routing pack; return its code.

    Raises:
        Forbidden: not one of the coordinating offices.
        NotFound: no such correction waits any more.
        Conflict: somebody changed the routing pack meanwhile.
        Invalid: the rule breaks the rules of the pack.
    """
    _require(by)
    support = _support(session, key)
    code = f"{PREFIX}{key.field.replace('_', '-')}-{seen_version + 1}"
    rule = proposed_rule(condition, loaded, code=code, lead_id=key.lead_id, support=support, reason=reason)
    version = editing.add_rule(
        session, rule.model_dump(mode="json"), seen_version=seen_version, by_id=by.user_id
    )
    _decide(session, key, State.SWITCHED_ON, by, at, rule=code)
    facts = {"version": version.version, "lead": rule.lead, "support": support}
    audit.record(session, "routing.rule_switched_on", at=at, actor_id=by.user_id, subject=code, **facts)
    return code


def switch_off(session: Session, code: str, *, seen_version: int, by: Actor, at: datetime) -> None:
    """Take a rule that was switched on here out of the pack again, in a new version.

    Raises:
        Forbidden, Conflict: see ``switch_on``.
        NotFound: there is no such rule, or it came with the pack.
    """
    _require(by)
    if not code.startswith(PREFIX):
        raise NotFound(code)
    version = editing.drop_rule(session, code, seen_version=seen_version, by_id=by.user_id)
    audit.record(
        session,
        "routing.rule_switched_off",
        at=at,
        actor_id=by.user_id,
        subject=code,
        version=version.version,
    )


def dismiss(session: Session, key: Likeness, *, by: Actor, at: datetime) -> None:
    """Put the corrections of a group aside: they were exceptions.

    Raises:
        Forbidden, NotFound: see ``switch_on``.
    """
    _require(by)
    support = _support(session, key)
    _decide(session, key, State.DISMISSED, by, at)
    facts = {"was": key.was_id, "lead": key.lead_id, "support": support}
    audit.record(
        session, "routing.proposal_dismissed", at=at, actor_id=by.user_id, subject=key.field, **facts
    )


def _decide(
    session: Session, key: Likeness, state: State, by: Actor, at: datetime, *, rule: str = ""
) -> None:
    decided = {"state": state, "rule": rule, "decided_by_id": by.user_id, "decided_at": at}
    session.execute(update(RoutingProposal).where(alike(key)).values(decided))


def _support(session: Session, key: Likeness) -> int:
    tickets = set(session.scalars(select(RoutingProposal.ticket_id).where(alike(key)).with_for_update()))
    if not tickets:
        raise NotFound(key.field)
    return len(tickets)


def _require(by: Actor) -> None:
    if not by.holds(*COORDINATING_OFFICES):
        raise Forbidden


def _chosen_by_hand(ticket: Ticket, agency_id: int) -> Assignment | None:
    legs = (leg for leg in reversed(ticket.assignments) if leg.part == "lead")
    last = next((leg for leg in legs if leg.agency_id == agency_id), None)
    return last if last is not None and last.by_id is not None and not last.rule else None


def _thought_before(ticket: Ticket, leg: Assignment) -> str | None:
    """Return whom routing thought of first when it last looked at the ticket before ``leg``."""
    before = (a for a in reversed(ticket.assignments) if a.id < leg.id and a.candidates)
    earlier = next(before, None)
    return str(earlier.candidates["best_first"][0]["code"]) if earlier is not None else None


def _kept(session: Session, leg: Assignment) -> bool:
    query = select(RoutingProposal.id).where(RoutingProposal.assignment_id == leg.id)
    return session.scalar(query) is not None
