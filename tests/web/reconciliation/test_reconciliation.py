"""Agencies look at their figures before they are frozen, say what is wrong, and are answered."""

from datetime import date, datetime

import pytest

from feedback_app.closing import freezing
from feedback_app.core import clock, outbox
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db
from feedback_app.statistics import refreshing
from feedback_app.statistics.periods import containing
from tests.factories import a_person, a_ticket, sign_in

PAGE = "/doi-chieu/?ky=2026-10"
OCTOBER = containing(date(2026, 10, 5))


@pytest.fixture
def at(monkeypatch):
    def set_to(day, month=11):
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, month, day, 12, tzinfo=LOCAL))

    return set_to


@pytest.fixture
def code(session, loaded, at):
    """Return the number of a ticket of October at Sở Xây dựng; it is the third day of November."""
    code = a_ticket(session, loaded, to="so-xd", at=datetime(2026, 10, 5, 12, tzinfo=LOCAL)).code
    at(3)
    refreshing.refresh(clock.now())
    return code


def of(client, session, function, agency):
    return sign_in(client, a_person(session, function, agency))


def post(who, act, **form):
    return who.post(f"/doi-chieu/{act}?ky=2026-10", data=form)


def test_a_head_sees_the_figures_and_the_tickets_and_confirms(client, session, code):
    head = of(client, session, "agency_head", "so-xd")
    page = head.get(PAGE).text
    assert code in page
    assert "Tiếp nhận" in page
    assert "Xác nhận số liệu đúng" in page
    assert post(head, "so-xd/xac-nhan").status_code == 302
    assert "Đã xác nhận" in head.get(PAGE).text


def test_another_agency_sees_nothing_of_it_and_cannot_speak_for_it(client, session, code):
    head = of(client, session, "agency_head", "thue")
    assert code not in head.get(PAGE).text
    assert post(head, "so-xd/xac-nhan").status_code == 403
    assert post(head, "so-xd/xem-xet", text="Đã xem").status_code == 403
    assert post(head, "chot").status_code == 403


def test_an_officer_looks_but_the_head_speaks(client, session, code):
    officer = of(client, session, "officer", "so-xd")
    assert code in officer.get(PAGE).text
    assert "Xác nhận số liệu đúng" not in officer.get(PAGE).text
    assert post(officer, "so-xd/xac-nhan").status_code == 403


def test_an_objection_reaches_the_focal_point_and_is_answered(client, session, code):
    head = of(client, session, "agency_head", "so-xd")
    post(head, "so-xd/y-kien", text="")
    assert "Có ý kiến khác" not in head.get(PAGE).text
    post(head, "so-xd/y-kien", text=f"{code} đã trả lời")
    focal_point = of(client, session, "focal_point", "so-tc")
    assert f"{code} đã trả lời" in focal_point.get(PAGE).text
    assert post(focal_point, "so-xd/xem-xet", text="Đã kiểm tra, số liệu đúng").status_code == 302
    page = focal_point.get(PAGE).text
    assert "Ý kiến đã được xem xét" in page
    assert "Đã kiểm tra, số liệu đúng" in page


def test_after_the_days_for_it_nobody_speaks_and_the_focal_point_freezes(client, session, code, at):
    focal_point = of(client, session, "focal_point", "so-tc")
    assert "Chốt số liệu kỳ này" not in focal_point.get(PAGE).text
    at(10)
    head = of(client, session, "agency_head", "so-xd")
    assert post(head, "so-xd/xac-nhan").status_code == 409
    focal_point = of(client, session, "focal_point", "so-tc")
    assert "Chốt số liệu kỳ này" in focal_point.get(PAGE).text
    assert focal_point.get("/doi-chieu/goi-so-lieu?ky=2026-10").status_code == 404
    refreshing.refresh(clock.now())
    db.session.rollback()
    assert post(focal_point, "chot", text="Kỳ tháng 10").status_code == 302
    outbox.drain()
    row = freezing.frozen(db.session(), OCTOBER)
    assert row.note == "Kỳ tháng 10"
    assert row.snapshot in focal_point.get(PAGE).text
    assert focal_point.get("/doi-chieu/goi-so-lieu?ky=2026-10").data.startswith(b"PK")
    assert (
        of(client, session, "agency_head", "so-xd").get("/doi-chieu/goi-so-lieu?ky=2026-10").status_code
        == 404
    )


def test_a_wrong_period_is_explained(client, session, code):
    head = of(client, session, "agency_head", "so-xd")
    assert "không đúng dạng" in head.get("/doi-chieu/?ky=abc").text
    assert head.post("/doi-chieu/so-xd/xac-nhan?ky=abc").status_code == 404
