"""The administrator's page of approval chains."""

import pytest

from feedback_app.catalogue import editing, store
from feedback_app.core.db import db
from tests.factories import a_person

pytestmark = pytest.mark.usefixtures("packs_put_back")
ADDRESS = "/quan-tri/quy-trinh-duyet/so-xd"


def form(*steps, **more):
    seen = editing.approvals_version(db.session())
    db.session.rollback()
    sent = {"whose": "own", "reason": "Quy chế làm việc của sở", "seen": str(seen)}
    for n, (functions, name) in enumerate(steps):
        sent |= {f"steps-{n}-functions": functions, f"steps-{n}-vi": name}
    return sent | more


def chain(agency="so-xd"):
    return store.current(db.session()).catalogue.approvals.chain_for(agency)


def test_a_chain_is_previewed_with_who_could_take_each_step_today(session, administrator):
    a_person(session, "agency_head", "so-xd")
    page = administrator.post(ADDRESS, data=form((["agency_head"], "Duyệt"), (["clerk"], "Phát hành"))).text
    assert "1 người ở cơ quan làm được bước này" in page
    assert "chưa ai ở cơ quan giữ chức năng này" in page
    assert chain().direct


def test_a_chain_is_stored_once_the_administrator_is_sure(administrator):
    sent = form((["agency_head"], "Duyệt"), ([], ""), (["clerk"], "Phát hành"), sure="1")
    assert administrator.post(ADDRESS, data=sent).status_code == 302
    assert [step.note.vi for step in chain().steps] == ["Duyệt", "Phát hành"]
    assert "Quy chế làm việc của sở" in administrator.get("/quan-tri/quy-trinh-duyet").text
    assert administrator.post(ADDRESS, data=form(whose="common", sure="1")).status_code == 302
    assert chain().agencies == ()


@pytest.mark.parametrize(
    "steps, more, why",
    [
        ([], {}, "chọn người làm bước thứ nhất"),
        ([(["clerk"], "Phát hành")], {}, "văn thư không tự trả lời"),
        ([(["agency_head"], "")], {}, "Bước 1: Vui lòng đặt tên bước"),
        ([([], "Duyệt")], {}, "chọn ít nhất một chức năng"),
        ([(["officer"], "Gửi")], {"reason": ""}, "ghi lý do"),
        ([(["auditor"], "Gửi")], {}, "steps-0-functions-error"),
    ],
)
def test_a_chain_that_nobody_could_walk_is_refused_with_the_reason(administrator, steps, more, why):
    before = chain()
    page = administrator.post(ADDRESS, data=form(*steps, sure="1", **more)).text
    assert why in page
    assert chain() == before


def test_the_second_of_two_administrators_is_told(administrator):
    old = form((["officer"], "Gửi"), sure="1")
    administrator.post(ADDRESS, data=old)
    assert administrator.post(ADDRESS, data=old).status_code == 409


def test_a_sample_fills_the_form_and_the_common_chain_has_its_own_page(administrator):
    page = administrator.get(f"{ADDRESS}?mau=head-and-clerk").text
    assert "Văn thư ghi số, ngày, người ký và phát hành" in page
    page = administrator.get("/quan-tri/quy-trinh-duyet/chung").text
    assert "Quy trình duyệt chung" in page
    assert administrator.get("/quan-tri/quy-trinh-duyet/khong-co").status_code == 404
