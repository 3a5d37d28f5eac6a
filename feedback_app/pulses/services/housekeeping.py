"""What of the pulses has outlived its purpose: addresses first, then who was asked."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_app.core import clock
from feedback_app.pulses.models import PulseAsked, PulseCompletion, PulseRound, PulseUnit
from feedback_app.pulses.register import OLDEST
from feedback_app.pulses.services import answering, importing

ASKED_KEPT = timedelta(days=400)  # longer than any rest between two invitations
LIST_KEPT = timedelta(days=730)  # so long an auditor can draw the sample again


def purge(session: Session, at: datetime) -> None:
    """Delete addresses nobody is invited by any more, who was asked, old lists, tokens and tables left lying."""
    today = clock.local_date(at)
    importing.purge(session, at)
    answering.purge(session, at)
    session.execute(delete(PulseCompletion).where(PulseCompletion.finished_on < today - OLDEST))
    session.execute(delete(PulseAsked).where(PulseAsked.asked_on < today - ASKED_KEPT))
    over = select(PulseRound.quarter).where(PulseRound.drawn_on < today - LIST_KEPT)
    session.execute(delete(PulseUnit).where(PulseUnit.quarter.in_(over)))
