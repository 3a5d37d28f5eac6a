"""How the inspector at the desk stands to a report: what the page offers. The services decide anew."""

from dataclasses import dataclass

from feedback_app.confidential.documents import ExportRequest, IdentityRequest, Stage
from feedback_app.confidential.roster import Role, Roster, Seat
from feedback_app.confidential.services import exporting, opening
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.store import session
from feedback_app.confidential.wrapping import Opened

OVER = {Stage.CLOSED, Stage.HANDED_OUT}


@dataclass(frozen=True)
class Standing:
    """One inspector before one opened report."""

    seat: Seat
    roster: Roster
    opened: Opened
    links: tuple[str, ...] = ()  # those that this seat reads: of others it must not learn that they exist

    @property
    def reads(self) -> bool:
        """Whether the seat may still act, not only remember its key."""
        return self.seat.id in self.opened.working.readers

    @property
    def is_open(self) -> bool:
        return self.reads and self.opened.working.stage not in OVER

    @property
    def reaches_reporter(self) -> bool:
        """Whether somebody reads what is said: not of what was handed in by others, not once withdrawn."""
        return bool(self.opened.shared.reporter) and not self.opened.shared.withdrawn

    @property
    def handles(self) -> bool:
        return self.opened.working.handler == self.seat.id

    @property
    def is_head(self) -> bool:
        return self.seat.holds(Role.HEAD)

    @property
    def is_custodian(self) -> bool:
        return self.seat.holds(Role.CUSTODIAN)

    @property
    def colleagues(self) -> tuple[Seat, ...]:
        """Everybody else who could be given the report: not kept out by the reporter, not stood aside."""
        shut = {self.seat.id, *self.opened.shared.excluded, *self.opened.working.recused}
        return tuple(seat for seat in self.roster.seats if seat.id not in shut)

    @property
    def readers(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.roster.seats if seat.id in self.opened.working.readers)

    @property
    def head_at_hand(self) -> bool:
        """Whether somebody who may assign reads this report."""
        return any(seat.holds(Role.HEAD) for seat in self.readers)

    @property
    def questions_about_identity(self) -> tuple[tuple[int, IdentityRequest], ...]:
        """The requests that wait for this custodian's word."""
        asked = enumerate(self.opened.working.identity_requests)
        return tuple(
            (i, r) for i, r in asked if self.is_custodian and r.granted is None and r.by != self.seat.id
        )

    @property
    def export(self) -> ExportRequest | None:
        """The newest request for a bundle."""
        exports = self.opened.working.exports
        return exports[-1] if exports else None

    @property
    def may_approve_export(self) -> bool:
        asked = self.export
        return asked is not None and not asked.approved_by and asked.by != self.seat.id

    @property
    def may_export(self) -> bool:
        asked = self.export
        return self.reads and self.handles and asked is not None and bool(asked.approved_by)

    @property
    def whole_bundle_taken(self) -> bool:
        return exporting.was_exported(self.opened)


def standing(unlocked: Unlocked, report_id: str) -> Standing:
    """Return how the inspector stands to a report opened in this session.

    Raises:
        NotFound: there is no such report for this seat.
        NotOpened: there is, and it has not been opened in this session.
    """
    opened = opening.opened(session(), unlocked, report_id)
    links = exporting.read_too(session(), unlocked, opened)
    return Standing(unlocked.seat, unlocked.roster, opened, links)
