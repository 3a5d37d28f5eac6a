"""The brief of a morning: written once, told once, kept as it was; words of leaders reach whoever must act."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from feedback_app.accounts.actor import Function
from feedback_app.briefing import jobs, queries
from feedback_app.briefing.models import Brief, LeaderWord, ObstacleStanding
from feedback_app.briefing.rules import Deed
from feedback_app.briefing.services import speaking
from feedback_app.core import outbox
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, NotFound
from feedback_app.notifications.letters import compose
from feedback_app.notifications.models import Dispatch, Notification
from feedback_app.statistics import refreshing
from feedback_app.tickets.models import Ticket, TimelineEntry
from tests.factories import a_person, a_ticket, actor_of

SEVEN = datetime(2026, 11, 23, 0, tzinfo=UTC)  # 07:00 in Viet Nam, a Monday
LONG_AGO = datetime(2026, 10, 1, 3, tzinfo=UTC)


@pytest.fixture
def seven():
    with time_machine.travel(SEVEN, tick=False):
        yield


def told(session, letter="brief"):
    session.rollback()
    return session.scalars(select(Dispatch).where(Dispatch.letter == letter).order_by(Dispatch.id)).all()


def settle():
    outbox.drain()
    db.session.close()


@pytest.mark.usefixtures("seven")
def test_the_brief_is_written_once_and_told_once_at_seven(session, loaded):
    leader = a_person(session, Function.LEADERSHIP, None).id
    office = a_person(session, Function.PROVINCIAL_OFFICE, "vp-ubnd").id
    a_person(session, Function.OFFICER, "so-xd")
    code = a_ticket(session, loaded, at=LONG_AGO, title="Nội dung không được lộ").code
    assert jobs.write() is True
    settle()
    for _restart in range(2):
        assert jobs.write() is False
        settle()
    mails = told(session)
    assert [mail.user_id for mail in mails] == [leader, office]
    assert mails[0].not_before == SEVEN, "it does not wait for eight"
    text = compose(mails[0]).as_string()
    mail = compose(mails[0])
    assert code in mail.get_content()
    assert "/lanh-dao/ban-tin" in mail.get_content()
    assert "không được lộ" not in text + mail.get_content() + str(queries.brief(session).content)


@pytest.mark.usefixtures("seven")
def test_a_worker_killed_before_the_end_leaves_nothing_and_the_next_writes_it_once(
    session, loaded, monkeypatch
):
    a_person(session, Function.LEADERSHIP, None)
    a_ticket(session, loaded, at=LONG_AGO)

    def killed(name):
        if name == "brief-chosen":
            raise SystemExit

    monkeypatch.setattr(jobs, "point", killed)
    with pytest.raises(SystemExit):
        jobs.write()
    db.session.remove()
    settle()
    assert (queries.brief(db.session()), told(db.session())) == (None, [])
    monkeypatch.undo()
    assert jobs.write() is True
    settle()
    assert len(told(db.session())) == 1


@pytest.mark.usefixtures("seven")
def test_a_worker_killed_after_the_end_does_not_tell_twice(session, loaded, monkeypatch):
    a_person(session, Function.LEADERSHIP, None)
    a_ticket(session, loaded, at=LONG_AGO)

    def killed(name):
        if name == "brief-written":
            raise SystemExit

    monkeypatch.setattr(jobs, "point", killed)
    with pytest.raises(SystemExit):
        jobs.write()
    monkeypatch.undo()
    db.session.remove()
    assert jobs.write() is False
    for _again in range(2):
        settle()
    assert len(told(db.session())) == 1


def test_on_a_day_off_nobody_is_disturbed(session):
    with time_machine.travel(SEVEN - timedelta(days=1), tick=False):  # a Sunday
        assert jobs.write() is False
    assert queries.brief(session) is None


@pytest.mark.usefixtures("seven")
def test_an_empty_province_has_a_brief_that_says_so(session):
    a_person(session, Function.LEADERSHIP, None)
    assert jobs.write() is True
    content = queries.brief(session).content
    assert (content["open"], content["red"], content["slipping"], content["rising"]) == (0, [], [], None)
    settle()
    assert "không có phiếu cần quyết định" in str(compose(told(session)[0])["Subject"])


@pytest.mark.usefixtures("seven")
def test_a_sensitive_report_is_in_no_brief_and_no_weighing(session, loaded):
    hidden = a_ticket(session, loaded, to="thanh-tra", kind="informal_cost", at=LONG_AGO).code
    shown = a_ticket(session, loaded, at=LONG_AGO).code
    refreshing.refresh(SEVEN)
    jobs.weigh()
    jobs.write()
    codes = [line["code"] for line in queries.brief(db.session()).content["red"]]
    assert codes == [shown]
    assert hidden not in codes
    assert db.session().scalar(select(func.sum(ObstacleStanding.enterprises))) == 1


@pytest.mark.usefixtures("seven")
def test_yesterday_s_brief_is_read_as_it_was(session, loaded):
    ticket_id = a_ticket(session, loaded, at=LONG_AGO).id
    jobs.write()
    before = queries.brief(db.session(), date(2026, 11, 23)).content
    with unit_of_work() as writing:
        writing.execute(
            update(Ticket).where(Ticket.id == ticket_id).values(clock="answered", status="answered")
        )
    with time_machine.travel(SEVEN + timedelta(days=2), tick=False):
        jobs.write()
    db.session.expire_all()
    assert queries.brief(db.session(), date(2026, 11, 23)).content == before
    assert queries.brief(db.session()).content["red"] == []
    assert list(queries.days(db.session())) == [date(2026, 11, 25), date(2026, 11, 23)]


@pytest.fixture
def brief(seven, session, loaded):
    """A brief of one late ticket of the department of construction, whose head there is."""
    a_person(session, Function.AGENCY_HEAD, "so-xd")
    a_ticket(session, loaded, at=LONG_AGO)
    jobs.write()
    return queries.brief(db.session())


def say(brief, subject, deed, by):
    with unit_of_work() as writing:
        row = writing.get(Brief, brief.day)
        return speaking.say(writing, row, subject, deed, by=by, at=SEVEN + timedelta(minutes=12))


def test_a_reminder_reaches_the_head_once_a_day(session, brief):
    leader = actor_of(session, a_person(session, Function.LEADERSHIP, None))
    (subject,) = [line["subject"] for line in brief.content["red"]]
    assert say(brief, subject, Deed.REMIND, leader) is True
    assert say(brief, subject, Deed.REMIND, leader) is False
    settle()
    lines = db.session().scalars(select(TimelineEntry).where(TimelineEntry.kind == "instructed")).all()
    assert [(line.data["deed"], line.public) for line in lines] == [("remind", False)]
    assert (
        db.session().scalar(select(func.count(Notification.id)).where(Notification.kind == "instructed")) == 1
    )
    assert db.session().scalar(select(func.count(LeaderWord.id))) == 1
    (said,) = queries.said(db.session(), [subject], brief.day)[subject]
    assert said.deed == "remind"


def test_a_case_that_was_spoken_of_rests_and_then_asks_for_more(session, loaded, brief):
    leader = actor_of(session, a_person(session, Function.LEADERSHIP, None))
    say(brief, brief.content["red"][0]["subject"], Deed.REMIND, leader)
    for days, decision in ((2, None), (3, "convene")):  # the 24th is a day off
        with time_machine.travel(SEVEN + timedelta(days=days), tick=False):
            jobs.write()
            red = queries.brief(db.session()).content["red"]
            assert [line["decision"] for line in red] == ([decision] if decision else [])


@pytest.mark.parametrize(
    "function, deed, is_free",
    [
        (Function.LEADERSHIP, Deed.DIRECT, True),
        (Function.FOCAL_POINT, Deed.REMIND, True),
        (Function.FOCAL_POINT, Deed.EXTEND, False),
        (Function.PROVINCIAL_OFFICE, Deed.CONVENE, True),
        (Function.PROVINCIAL_OFFICE, Deed.DIRECT, False),  # it writes the directive itself
        (Function.AGENCY_HEAD, Deed.REMIND, False),
    ],
)
def test_who_may_say_what(session, brief, function, deed, is_free):
    place = {Function.LEADERSHIP: None, Function.PROVINCIAL_OFFICE: "vp-ubnd"}.get(function, "so-tc")
    person = actor_of(session, a_person(session, function, place))
    subject = brief.content["red"][0]["subject"]
    if is_free:
        assert say(brief, subject, deed, person) is True
    else:
        with pytest.raises(Forbidden):
            say(brief, subject, deed, person)


def test_what_is_in_no_brief_or_was_answered_meanwhile_is_not_spoken_of(session, loaded, brief):
    leader = actor_of(session, a_person(session, Function.LEADERSHIP, None))
    other = a_ticket(session, loaded).id
    with pytest.raises(NotFound):
        say(brief, f"ticket:{other}", Deed.REMIND, leader)
    line = brief.content["red"][0]
    with unit_of_work() as writing:
        writing.execute(update(Ticket).where(Ticket.id == line["id"]).values(status="answered"))
    with pytest.raises(Conflict):
        say(brief, line["subject"], Deed.REMIND, leader)
    assert db.session().scalar(select(func.count(LeaderWord.id))) == 0


@pytest.mark.usefixtures("seven")
def test_a_word_to_an_agency_goes_to_its_head_by_mail(session):
    head = a_person(session, Function.AGENCY_HEAD, "so-xd").id
    office = a_person(session, Function.PROVINCIAL_OFFICE, "vp-ubnd").id
    leader = actor_of(session, a_person(session, Function.LEADERSHIP, None))
    course = {"subject": "agency:so-xd", "agency": "so-xd", "now": [40, 80], "before": [220, 240]}
    rising = {"subject": "obstacle:land.", "cluster": "", "field": "land", "procedure": ""}
    content = {"open": 9, "overdue": 4, "red": [], "slipping": [course], "rising": rising, "practice": None}
    with unit_of_work() as writing:
        writing.add(Brief(day=SEVEN.date(), at=SEVEN, content=content))
    brief = queries.brief(db.session())
    say(brief, "agency:so-xd", Deed.REMIND, leader)
    say(brief, "obstacle:land.", Deed.CONVENE, leader)
    settle()
    mails = told(db.session(), "word")
    assert [mail.user_id for mail in mails] == [head, office]
    assert "đúng hạn" in compose(mails[0]).get_content()
    assert "/lanh-dao/ban-tin" in compose(mails[1]).get_content()
