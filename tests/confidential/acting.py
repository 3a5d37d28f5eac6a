"""Short words for what inspectors do in tests."""

from feedback_app.confidential import store
from feedback_app.confidential.models import InLetterbox
from feedback_app.confidential.services import handing, opening
from feedback_app.core import clock

TODAY = clock.today()


def do(act, *args, **facts):
    """Carry one act out in a transaction of its own."""
    with store.unit_of_work() as session:
        return act(session, *args, on=TODAY, **facts)


def only_report(session):
    return session.query(InLetterbox).one().id


def opened_by(body, word, report_id):
    """Return the unlocked seat with the report opened."""
    unlocked = body.unlock(word)
    do(opening.open_report, unlocked, report_id)
    return unlocked


def assigned(body, report_id, to="binh"):
    """Have An give the report to somebody who opens it; return (An, the handler)."""
    head = opened_by(body, "an", report_id)
    do(handing.assign, head, report_id, body.seat(to))
    return head, opened_by(body, to, report_id)


def case(session, unlocked, report_id):
    session.expire_all()
    return opening.load(session, unlocked, report_id)
