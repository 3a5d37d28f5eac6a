"""The focal point's page on which a kind is put right."""

import pytest

from tests.factories import a_person, a_ticket, reread, sign_in

FORM = {"kind": "overdue_dossier", "reason": "Hồ sơ đã quá ngày hẹn trả."}


@pytest.fixture
def focal_point(app, session):
    return sign_in(app.test_client(), a_person(session, "focal_point", "so-tc"))


def test_the_new_day_is_shown_before_anything_changes(session, loaded, focal_point):
    ticket = a_ticket(session, loaded, to="so-xd")
    before, address = ticket.due_on, f"/can-bo/phieu/{ticket.code}/doi-loai"
    assert address in focal_point.get(f"/can-bo/phieu/{ticket.code}").text
    page = focal_point.post(address, data=FORM).text
    assert "Xem trước thay đổi" in page
    assert "chuyển sang" in page
    assert reread(session, ticket.code).kind == "obstacle"
    assert focal_point.post(address, data=FORM | {"sure": "1"}).status_code == 302
    stored = reread(session, ticket.code)
    assert (stored.kind, stored.due_on < before) == ("overdue_dossier", True)
    page = focal_point.get(f"/can-bo/phieu/{ticket.code}").text
    assert "Hồ sơ đã quá ngày hẹn trả." in page
    assert "Đổi loại phản ánh: hạn trả lời từ" in page


def test_confidential_kinds_are_not_offered_and_not_taken(session, loaded, focal_point):
    ticket = a_ticket(session, loaded, to="so-xd")
    address = f"/can-bo/phieu/{ticket.code}/doi-loai"
    assert 'value="informal_cost"' not in focal_point.get(address).text
    focal_point.post(address, data=FORM | {"kind": "informal_cost", "sure": "1"})
    assert reread(session, ticket.code).kind == "obstacle"
