"""Who is signed in: an enterprise needs no code, staff type for a caller."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from feedback_app.accounts import services as accounts
from feedback_app.accounts.actor import Function
from feedback_app.accounts.services import SignUp
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.models import Ticket

PASSWORD = "mot mat khau dai"


@pytest.fixture
def enterprise(app):
    given = SignUp(email="a@vidu.vn", person="Người Gửi", password=PASSWORD, filer_type="household",
                   enterprise_name="Hộ kinh doanh Ví Dụ", identifier="056090001234")  # fmt: skip
    with unit_of_work() as session:
        accounts.sign_up(session, given, at=clock.now())
    return given


@pytest.fixture
def officer(app, loaded):
    with unit_of_work() as session:
        code = accounts.invite(session, email="cb@vidu.vn", name="Cán Bộ", function=Function.FOCAL_POINT,
                               agency_id=loaded.agency_ids["so-tc"], at=clock.now())  # fmt: skip
        accounts.accept_invitation(session, code, PASSWORD, at=clock.now())
    return "cb@vidu.vn"


def sign_in(visitor, email):
    assert visitor.client.post("/dang-nhap", data={"email": email, "password": PASSWORD}).status_code == 302


def filed(session) -> Ticket:
    session.rollback()
    return session.scalars(select(Ticket).options(joinedload(Ticket.filer))).one()


def test_an_enterprise_with_an_account_is_known_and_needs_no_code(visitor, enterprise, session):
    sign_in(visitor, enterprise.email)
    visitor.kind()
    visitor.story()
    visitor.place()
    form = visitor.get("/nguoi-gui").text
    assert "Hộ kinh doanh Ví Dụ" in form
    assert "056090001234" in form
    visitor.who(filer_type="household", name="Hộ kinh doanh Ví Dụ")
    visitor.send()
    ticket = filed(session)
    assert ticket.enterprise_id is not None
    assert ticket.tracking_hash is None
    assert "tracking-code" not in visitor.get("/giay-tiep-nhan").text


def test_staff_file_for_a_caller_by_the_hotline(visitor, officer, session):
    sign_in(visitor, officer)
    assert "Nhập thay cho người gọi" in visitor.get("/").text
    visitor.ready(filer_type="caller")
    visitor.send()
    ticket = filed(session)
    assert (ticket.channel, ticket.filer.filer_type) == ("hotline", "caller")
    assert ticket.tracking_hash is not None
    assert "Đọc mã theo dõi cho người gọi" in visitor.get("/giay-tiep-nhan").text


def test_a_visitor_cannot_pass_for_a_caller(visitor):
    visitor.kind()
    visitor.story()
    visitor.place()
    assert visitor.who(filer_type="caller").status_code == 422
