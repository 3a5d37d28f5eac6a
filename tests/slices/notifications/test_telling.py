"""Who hears of what, in which channel; and who does not."""

from sqlalchemy import inspect, select

from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import FunctionHeld, User
from feedback_app.accounts.services import hold
from feedback_app.core import clock, outbox
from feedback_app.core.db import unit_of_work
from feedback_app.core.outbox import OutboxDelivery
from feedback_app.intake.events import CodeRequested
from feedback_app.intake.models import RecoveryToken
from feedback_app.notifications import queries, services
from feedback_app.notifications.models import Dispatch, Notification
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.opening import FiledBy
from tests.factories import a_person, a_ticket, actor_of, an_enterprise


def inbox(session, user):
    user_id = inspect(user).identity[0]
    query = select(Notification.kind).where(Notification.user_id == user_id).order_by(Notification.id)
    return list(session.scalars(query))


def mails(session):
    return [
        tuple(row)
        for row in session.execute(select(Dispatch.letter, Dispatch.recipient).order_by(Dispatch.id))
    ]


def filed_by(email="", locale="vi"):
    return FiledBy(filer_type="enterprise", name="Công ty TNHH Mẫu A", email=email, locale=locale)


def test_everybody_who_answers_hears_of_a_new_ticket_and_nobody_else(session, loaded, drained):
    officer, head = a_person(session), a_person(session, "agency_head")
    clerk, stranger = a_person(session, "clerk"), a_person(session, "officer", "so-yt")
    a_ticket(session, loaded)
    drained()
    assert inbox(session, officer) == inbox(session, head) == ["assigned"]
    assert inbox(session, clerk) == inbox(session, stranger) == []
    assert mails(session) == []


def test_a_person_who_left_the_agency_or_lost_the_account_hears_nothing(session, loaded, drained):
    left, disabled, there = a_person(session), a_person(session), a_person(session)
    with unit_of_work() as writing:
        writing.get_one(User, disabled.id).disabled_at = clock.now()
        held = writing.scalars(select(FunctionHeld).where(FunctionHeld.user_id == left.id)).one()
        held.valid_to = held.valid_from
    a_ticket(session, loaded)
    drained()
    assert [inbox(session, person) for person in (left, disabled, there)] == [[], [], ["assigned"]]


def test_whoever_triages_hears_of_a_ticket_that_the_rules_cannot_place(session, loaded, drained):
    focal = a_person(session, "focal_point", "so-tc")
    ticket = a_ticket(session, loaded, to=None, field="other", title="Vướng mắc", body="Xin được hướng dẫn.")
    drained()
    assert ticket.status == "triage"
    assert inbox(session, focal) == ["triage"]


def test_an_enterprise_with_an_account_hears_in_its_inbox_and_by_mail_to_its_address(
    session, loaded, drained, course
):
    account, officer = an_enterprise(session), a_person(session)
    ticket = a_ticket(session, loaded, enterprise_id=account.enterprise_id)
    matter = course(ticket, officer)
    address = account.email
    matter.accept()
    matter.ask()
    drained()
    assert inbox(session, account) == ["asked"]
    matter.reply()
    matter.answer()
    drained()
    assert inbox(session, account) == ["asked", "answered"]
    matter.close_unrated()
    drained()
    assert inbox(session, account) == ["asked", "answered", "closed"]
    assert mails(session) == [("news", address)] * 3


def test_a_guest_hears_by_mail_at_the_address_left_and_one_who_left_none_hears_nothing(
    session, loaded, drained, course
):
    officer = a_person(session)
    told = a_ticket(session, loaded, by=filed_by("ke.toan@example.vn"))
    silent = a_ticket(session, loaded, by=filed_by())
    for ticket in (told, silent):
        matter = course(ticket, officer)
        matter.accept()
        matter.answer()
    drained()
    assert mails(session) == [("news", "ke.toan@example.vn")]


def test_another_enterprise_hears_nothing(session, loaded, drained, course):
    account, other, officer = an_enterprise(session), an_enterprise(session), a_person(session)
    matter = course(a_ticket(session, loaded, enterprise_id=account.enterprise_id), officer)
    matter.accept()
    matter.answer()
    drained()
    assert inbox(session, account) == ["answered"]
    assert inbox(session, other) == []


def test_the_reply_reaches_the_handler_and_no_colleague(session, loaded, drained, course):
    handler, colleague = a_person(session), a_person(session)
    matter = course(a_ticket(session, loaded), handler)
    matter.accept()
    matter.ask()
    matter.reply()
    drained()
    assert "replied" in inbox(session, handler)
    assert "replied" not in inbox(session, colleague)


def test_a_dispute_reaches_a_colleague_and_not_the_author_of_the_answer(session, loaded, drained, course):
    author, colleague = a_person(session), a_person(session)
    matter = course(a_ticket(session, loaded), author)
    matter.accept()
    matter.answer()
    matter.dispute(loaded)
    drained()
    assert "disputed" in inbox(session, colleague)
    assert "disputed" not in inbox(session, author)


def test_a_dispute_that_passes_up_reaches_the_provincial_office(session, loaded, drained, course):
    author, office = a_person(session), a_person(session, "provincial_office", "vp-ubnd")
    matter = course(a_ticket(session, loaded), author)
    matter.accept()
    matter.answer()
    matter.dispute(loaded, others_answer=False)
    drained()
    assert inbox(session, office) == ["disputed"]


def test_an_agency_concerned_is_told_nothing_while_the_inspectorate_is(session, loaded, drained):
    inside = [a_person(session, "officer", "thue"), a_person(session, "agency_head", "thue")]
    inspector = a_person(session, "inspector", "thanh-tra")
    a_ticket(session, loaded, to=None, kind="informal_cost", field="tax", concerned=frozenset({"thue"}))
    drained()
    assert [inbox(session, person) for person in inside] == [[], []]
    assert inbox(session, inspector) == ["assigned"]


def test_an_inspector_who_also_works_for_the_agency_concerned_is_told_nothing(session, loaded, drained):
    both, inspector = a_person(session, "inspector", "thanh-tra"), a_person(session, "inspector", "thanh-tra")
    with unit_of_work() as writing:
        hold(writing, both, Function.CLERK, loaded.agency_ids["thue"], at=clock.now())
    a_ticket(session, loaded, to=None, kind="informal_cost", field="tax", concerned=frozenset({"thue"}))
    drained()
    assert inbox(session, both) == []
    assert inbox(session, inspector) == ["assigned"]


def test_an_inbox_shows_no_ticket_that_its_reader_may_no_longer_see(session, loaded, drained):
    officer = a_person(session)
    ticket = a_ticket(session, loaded)
    drained()
    actor = actor_of(session, session.merge(officer))
    assert len(queries.inbox(session, actor)) == queries.unread(session, actor) == 1
    with unit_of_work() as writing:
        moved = writing.get_one(Ticket, inspect(ticket).identity[0])
        moved.lead_id = moved.holder_id = loaded.agency_ids["so-yt"]
    assert queries.inbox(session, actor) == []
    assert queries.unread(session, actor) == 0


def test_a_delivery_that_runs_twice_tells_once(session, loaded, drained, course):
    account, officer = an_enterprise(session), a_person(session)
    matter = course(a_ticket(session, loaded, enterprise_id=account.enterprise_id), officer)
    matter.accept()
    drained()
    matter.answer()
    drained()
    with unit_of_work() as writing:
        for delivery in writing.scalars(select(OutboxDelivery)):
            delivery.done_at = None
    drained()
    assert inbox(session, account) == ["answered"]
    assert len(mails(session)) == 1
    assert inbox(session, officer) == ["assigned"]


def test_reading_marks_what_was_seen_and_nothing_newer_or_of_others(session, loaded, drained):
    one, other = a_person(session), a_person(session)
    for _ in range(3):
        a_ticket(session, loaded)
    drained()
    actor, others = (actor_of(session, session.merge(person)) for person in (one, other))
    seen = queries.inbox(session, actor)[1]
    with unit_of_work() as writing:
        services.mark_read(writing, actor.user_id, seen.id, clock.now())
    assert queries.unread(session, actor) == 1
    assert queries.unread(session, others) == 3


def test_a_lost_tracking_code_brings_a_one_time_code_by_mail(session, loaded, drained):
    ticket = a_ticket(session, loaded, by=filed_by("ke.toan@example.vn", "en"), tracking_hash="x")
    with unit_of_work() as writing:
        outbox.publish(writing, CodeRequested(ticket_id=ticket.id, channel="email"))
        outbox.publish(writing, CodeRequested(ticket_id=ticket.id, channel="phone"))
    drained()
    mail = session.scalars(select(Dispatch)).one()
    assert (mail.letter, mail.recipient, mail.locale) == ("code", "ke.toan@example.vn", "en")
    assert mail.data["code"].replace("-", "").isalnum()
    assert session.scalars(select(RecoveryToken)).one().token_hash not in str(mail.data)
