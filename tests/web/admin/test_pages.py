"""What an administrator does in the pages, and what an auditor and everybody else may not."""

import re

import pytest
from sqlalchemy import select

from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import FunctionHeld, Invitation, SignInSession, User
from feedback_app.accounts.services import hold
from feedback_app.catalogue.load import newest_of
from feedback_app.core import audit, clock
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import db, unit_of_work
from feedback_app.notifications.models import Dispatch
from tests.factories import a_person, a_ticket, sign_in

PACK = "regulations/khanh-hoa-2023"
READ = (
    "",
    "tinh-trang",
    "nguoi-dung",
    "thoi-han",
    "quy-trinh-duyet",
    "thoi-han/khanh-hoa-2023/5",
    "lich",
    "lich?nam=2028",
    "cho-xac-nhan",
    "co-quan/so-xd",
    "danh-muc",
    "gui-tin",
    "nhat-ky",
    "sap-xep",
)
FORMS = (
    "nguoi-dung/moi",
    "thoi-han/khanh-hoa-2023",
    "quy-trinh-duyet/so-xd",
    "lich/2026/sua",
    "lich/2027/sua",
)


@pytest.mark.parametrize("page", READ)
def test_administrator_and_auditor_read_every_page(administrator, auditor, page):
    for browser in (administrator, auditor):
        assert browser.get(f"/quan-tri/{page}").status_code == 200


@pytest.mark.parametrize("page", READ)
def test_an_auditor_is_shown_nothing_to_press_that_would_be_refused(session, auditor, page):
    closed = a_person(session, "officer", "so-xd")
    with unit_of_work() as writing:
        writing.get_one(User, closed.id).disabled_at = clock.now()
        failed = {"given_up_at": clock.now(), "recipient": "ke.toan@example.vn", "locale": "vi", "data": {}}
        at = {"created_at": clock.now(), "not_before": clock.now()}
        writing.add(Dispatch(key="news:1", letter="news", **failed, **at))
    html = auditor.get(f"/quan-tri/{page}").text
    forms = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"|<form[^>]*method="post"', html)
    assert [action for action in forms if action not in {"/dang-xuat", "/ngon-ngu"}] == []
    links = set(re.findall(r'href="(/quan-tri/[^"]*)"', html))
    assert [link for link in links if auditor.get(link).status_code >= 400] == []


@pytest.mark.parametrize("page", FORMS)
def test_a_page_that_is_only_a_form_is_the_administrator_s(administrator, auditor, page):
    assert administrator.get(f"/quan-tri/{page}").status_code == 200
    assert auditor.get(f"/quan-tri/{page}").status_code == 403


def test_an_auditor_changes_nothing_even_with_another_function(app, session, loaded, auditor):
    both = a_person(session, "auditor", None)
    with unit_of_work() as writing:
        hold(writing, both, Function.OFFICER, loaded.agency_ids["so-xd"], at=clock.now())
    for browser in (auditor, sign_in(app.test_client(), both)):
        form = {"name": "Người Mới", "email": "moi@example.vn", "function": "auditor", "agency": ""}
        assert browser.post("/quan-tri/nguoi-dung/moi", data=form).status_code == 403
    assert session.scalars(select(Invitation)).all() == []


def test_an_invitation_s_link_is_shown_once_and_kept_nowhere(session, administrator):
    form = {"name": "Người Mới", "email": "moi@example.vn", "function": "officer", "agency": "so-xd"}
    page = administrator.post("/quan-tri/nguoi-dung/moi", data=form).get_data(as_text=True)
    code = re.search(r"/loi-moi/([A-Z0-9]+)", page)[1]
    assert code not in administrator.get("/quan-tri/nguoi-dung").get_data(as_text=True)
    assert code not in str([vars(row) for row in session.scalars(select(Invitation))])
    assert administrator.get(f"/loi-moi/{code}").status_code == 200


def test_an_officer_without_an_agency_is_not_invited(session, administrator):
    form = {"name": "Người Mới", "email": "moi@example.vn", "function": "officer", "agency": ""}
    page = administrator.post("/quan-tri/nguoi-dung/moi", data=form).get_data(as_text=True)
    assert "phải gắn với một cơ quan" in page
    assert session.scalars(select(Invitation)).all() == []


def test_a_disabled_person_is_out_at_once(app, session, administrator):
    person = a_person(session)
    browser = sign_in(app.test_client(), person)
    assert browser.get("/can-bo/").status_code == 200
    administrator.post(f"/quan-tri/nguoi-dung/{person.id}/khoa", data={"confirm": "1"})
    assert browser.get("/can-bo/").status_code == 302
    db.session.rollback()
    mine = select(SignInSession).where(SignInSession.user_id == person.id)
    assert db.session.scalars(mine).all() == []
    person_id = person.id
    db.session.rollback()
    administrator.post(f"/quan-tri/nguoi-dung/{person_id}/mo")
    assert db.session.scalar(select(User.disabled_at).where(User.id == person_id)) is None


def test_an_administrator_cannot_lock_themselves_out(session, administrator):
    me = session.scalars(select(User).where(User.name == "Quản trị viên Mẫu")).one()
    assert administrator.post(f"/quan-tri/nguoi-dung/{me.id}/khoa", data={"confirm": "1"}).status_code == 422


def test_a_function_ends_with_a_day_and_not_before_it_began(session, administrator):
    a_person(session)
    held = session.scalars(select(FunctionHeld).where(FunctionHeld.function == "officer")).one()
    address = f"/quan-tri/nguoi-dung/chuc-nang/{held.id}"
    assert "không thể trước" in administrator.post(address, data={"last_day": "2020-01-01"}).get_data(
        as_text=True
    )
    administrator.post(address, data={"last_day": "2026-12-31"})
    db.session.rollback()
    assert str(db.session.get(FunctionHeld, held.id).valid_to) == "2026-12-31"


@pytest.mark.usefixtures("packs_put_back")
class TestALimit:
    ADDRESS = "/quan-tri/thoi-han/khanh-hoa-2023/5"

    def form(self, **more):
        seen = newest_of(db.session(), PACK).version
        db.session.rollback()
        return {"value": "5", "source": "Điều 9", "confirmed": "y", "seen": seen} | more

    def test_it_is_previewed_before_it_is_stored(self, session, administrator):
        before = newest_of(session, PACK).version
        page = administrator.post(self.ADDRESS, data=self.form()).get_data(as_text=True)
        assert "phiếu nhận hôm nay đến hạn" in page
        assert newest_of(db.session(), PACK).version == before

    def test_it_is_stored_once_the_administrator_is_sure(self, session, administrator):
        before = newest_of(session, PACK).version
        assert administrator.post(self.ADDRESS, data=self.form(sure="1")).status_code == 302
        row = newest_of(db.session(), PACK)
        assert row.version == before + 1
        assert row.content["limits"][5]["value"] == 5

    def test_the_second_of_two_administrators_is_told(self, administrator):
        old = self.form(sure="1")
        administrator.post(self.ADDRESS, data=old)
        answer = administrator.post(self.ADDRESS, data=old | {"value": "6"})
        assert answer.status_code == 409
        assert "Người khác vừa sửa" in answer.get_data(as_text=True)

    def test_without_a_source_it_is_refused_with_what_was_typed(self, administrator):
        page = administrator.post(self.ADDRESS, data=self.form(source="", value="4")).get_data(as_text=True)
        assert "Vui lòng ghi căn cứ" in page
        assert 'value="4"' in page


def test_the_log_is_filtered_by_subject_and_its_chain_verified(session, loaded, administrator):
    one, other = a_ticket(session, loaded), a_ticket(session, loaded)
    page = administrator.get(f"/quan-tri/nhat-ky?subject={one.code}").get_data(as_text=True)
    assert one.code in page
    assert other.code not in page
    with unit_of_work() as writing:
        audit.chain(writing)
    verify = "/quan-tri/nhat-ky/kiem-tra"
    assert "nguyên vẹn" in administrator.get(verify, follow_redirects=True).get_data(as_text=True)
    with unit_of_work() as writing:
        writing.scalars(select(AuditEntry).limit(1)).first().subject = "đã sửa"
    assert "bị đứt" in administrator.get(verify, follow_redirects=True).get_data(as_text=True)


def test_monitoring_learns_figures_and_no_secrets(app, session, loaded):
    a_ticket(session, loaded)
    answer = app.test_client().get("/suc-khoe")
    assert answer.status_code == 200
    assert set(answer.json) == {"database", "redis", "outbox_pending"}
    assert answer.json["database"] is True
    assert answer.json["outbox_pending"] >= 1


def test_the_page_of_the_time_limits_says_who_is_reminded_when(administrator):
    page = administrator.get("/quan-tri/thoi-han").get_data(as_text=True)
    for words in (
        "2 ngày làm việc trước hạn",
        "ngày đến hạn",
        "Văn phòng UBND tỉnh",
        "danh sách hằng tuần, thứ Hai",
    ):
        assert words in page
