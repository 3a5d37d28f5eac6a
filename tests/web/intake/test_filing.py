"""From the first question to the receipt."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from feedback_app.core.outbox import OutboxEvent
from feedback_app.core.security import normalised
from feedback_app.intake.codes import tracking_hash
from feedback_app.intake.models import Draft
from feedback_app.tickets.models import Ticket


def tickets(session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Ticket))


def the_ticket(session) -> Ticket:
    session.rollback()
    return session.scalars(select(Ticket).options(joinedload(Ticket.filer))).one()


def test_a_guest_files_in_six_steps_and_gets_a_receipt_with_a_secret_code(visitor, session):
    assert visitor.kind().location == "/gui-phieu/noi-dung"
    assert visitor.story().location == "/gui-phieu/linh-vuc"
    assert "Thuế tỉnh Khánh Hòa" in visitor.get("/linh-vuc").text
    assert visitor.place(dossier_code="H32.10").location == "/gui-phieu/tai-lieu"
    assert visitor.post("/tai-lieu").location == "/gui-phieu/nguoi-gui"
    assert visitor.who().location == "/gui-phieu/kiem-tra"
    check = visitor.get("/kiem-tra").text
    assert "Thuế tỉnh Khánh Hòa" in check
    assert "Dự kiến chậm nhất" in check
    assert visitor.send().location == "/gui-phieu/giay-tiep-nhan"
    receipt = visitor.get("/giay-tiep-nhan").text
    ticket = the_ticket(session)
    assert ticket.code in receipt
    code = receipt.split('id="tracking-code">')[1].split("<")[0]
    assert tracking_hash(normalised(code)) == ticket.tracking_hash
    assert len(normalised(code)) * 5 >= 80
    assert (ticket.field, ticket.dossier_code, ticket.filer.name) == ("tax", "H32.10", "Công ty TNHH Ví Dụ")
    assert session.scalar(select(func.count()).select_from(OutboxEvent)) == 1
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
