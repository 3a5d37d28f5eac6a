"""Who: in which relation a person stands to a meeting or an item, and whether an act is theirs and fits."""

from dataclasses import dataclass

from feedback_app.accounts.actor import Actor, Function
from feedback_app.dialogues.rules import RULES, Act, By, Kind, State
from feedback_app.tickets.policy import ANSWERING, COORDINATING_OFFICES, HANDLING

INSIDERS = (*HANDLING, Function.LEADERSHIP)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the rules need to know of a meeting, and of the item that is looked at."""

    kind: Kind
    state: State
    chair_id: int
    owner_id: int | None = None


def relations(actor: Actor | None, meeting: MeetingFacts) -> frozenset[By]:
    """Return in which relations ``actor`` (``None``: a guest) stands to the meeting."""
    found = {By.ANYBODY}
    if actor is None:
        return frozenset(found)
    if actor.holds(*INSIDERS):
        found.add(By.STAFF)
    if actor.holds(*COORDINATING_OFFICES):
        found |= {By.OFFICES, By.ORGANISER}
    if organises_own(actor, meeting):
        found.add(By.ORGANISER)
    if _chairs(actor, meeting):
        found.add(By.CHAIR)
    if meeting.owner_id is not None and meeting.owner_id in actor.agency_ids(ANSWERING):
        found.add(By.OWNER)
    return frozenset(found)


def organises_own(actor: Actor, meeting: MeetingFacts) -> bool:
    """Say whether the meeting is a sectoral dialogue of the person's own agency."""
    return meeting.kind is Kind.SECTORAL and meeting.chair_id in actor.agency_ids(ANSWERING)


def may(actor: Actor | None, act: Act, meeting: MeetingFacts) -> bool:
    """Say whether the act is one of this person's, whatever state the meeting is in."""
    return bool(RULES[act].by & relations(actor, meeting))


def fits(act: Act, meeting: MeetingFacts) -> bool:
    """Say whether the act fits the state of the meeting."""
    return meeting.state in RULES[act].when


def open_to(actor: Actor | None, meeting: MeetingFacts) -> frozenset[Act]:
    """Return the acts that are this person's and fit now."""
    return frozenset(act for act in Act if fits(act, meeting) and may(actor, act, meeting))


def may_plan(actor: Actor, kind: Kind, chair_id: int) -> bool:
    """Say whether ``actor`` may plan such a meeting."""
    if actor.holds(*COORDINATING_OFFICES):
        return True
    return organises_own(actor, MeetingFacts(kind, State.PLANNED, chair_id))


def plans_any(actor: Actor) -> bool:
    """Say whether there is any meeting that ``actor`` may plan."""
    return actor.holds(*ANSWERING)


def _chairs(actor: Actor, meeting: MeetingFacts) -> bool:
    if meeting.kind is Kind.SECTORAL:
        return actor.holds(Function.AGENCY_HEAD, agency_id=meeting.chair_id)
    return actor.holds(Function.LEADERSHIP)
