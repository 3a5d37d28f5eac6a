"""The strip of days names the agency to which a ticket went, for both sides, and never whom a report is about."""

from datetime import timedelta

import pytest
from flask_babel import force_locale

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets import clocks
from feedback_app.tickets.models import ConcernedAgency
from feedback_app.tickets.services import assigning
from feedback_app.web import presenting
from tests.factories import a_person, a_ticket, actor_of, reread

EARLIER = timedelta(days=1)


@pytest.fixture
def moved(session, loaded):
    """Return the code of a ticket that Sở Xây dựng returned and the focal point gave to the police."""
    ticket = a_ticket(session, loaded, to="so-xd", at=clock.now() - EARLIER)
    officer = actor_of(session, a_person(session, "officer", "so-xd"))
    office = actor_of(session, a_person(session, "focal_point", "so-tc"))
    with unit_of_work() as writing:
        mine = reread(writing, ticket.code)
        why = {
            "reason": "Không thuộc thẩm quyền.",
            "proposed_id": None,
            "at": clock.now() - timedelta(hours=1),
        }
        assigning.return_wrong(writing, mine, loaded, by=officer, **why)
        given = {"by": office, "reason": "Thuộc công an.", "at": clock.now()}
        assigning.assign(writing, mine, loaded.agency_ids["cong-an"], **given)
    return ticket.code


def reasons(app, session, loaded, code, language):
    ticket = reread(session, code)
    with app.test_request_context(), force_locale(language):
        deadline = clocks.deadline(session, ticket)
        cells = presenting.day_strip_view(ticket, deadline, loaded, clock.today())
    return "\n".join(cell.reason for cell in cells)


def test_where_it_went_is_named_in_both_languages(app, session, loaded, moved):
    police = next(a for a in loaded.directory.active(clock.today()) if a.code == "cong-an").name
    assert f"thời hạn không đổi ({police.vi})" in reasons(app, session, loaded, moved, "vi")
    assert f"the deadline stands ({police.en})" in reasons(app, session, loaded, moved, "en")


def test_an_agency_that_a_report_is_about_is_not_named(app, session, loaded, moved):
    with unit_of_work() as writing:
        row = reread(writing, moved)
        writing.add(ConcernedAgency(ticket_id=row.id, agency_id=loaded.agency_ids["cong-an"], named=True))
    told = reasons(app, session, loaded, moved, "vi")
    assert "chuyển cơ quan xử lý, thời hạn không đổi" in told
    assert "thời hạn không đổi (" not in told
