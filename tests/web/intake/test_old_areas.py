"""People type the ward they knew; the form finds what it is called now. The names are made up."""

import html

import pytest
from sqlalchemy import delete, func, select

from feedback_app.catalogue import store
from feedback_app.catalogue.load import edit_together
from feedback_app.catalogue.models import Agency, PackVersion
from feedback_app.catalogue.packs.areas import Commune
from feedback_app.catalogue.packs.communes import with_communes
from feedback_app.core.db import db, unit_of_work
from feedback_app.tickets.models import Ticket
from tests.conftest import _empty

SAMPLES = (
    Commune("phuong-mau", "Phường Mẫu", "nha-trang", ("Phường Mẫu Một", "Phường Mẫu Hai")),
    Commune("phuong-thu", "Phường Thử", "nha-trang", ("Phường Mẫu Hai",)),
)


@pytest.fixture(autouse=True)
def communes(app):
    last, agency = (db.session.scalar(select(func.max(column))) for column in (PackVersion.id, Agency.id))
    with unit_of_work() as session:
        catalogue = with_communes(store.current(session).catalogue, SAMPLES, "danh sách thử")
        edit_together(session, catalogue, ("agencies", "areas"), actor_id=None)
    db.session.close()
    yield
    db.session.rollback()
    _empty()
    with unit_of_work() as session:
        session.execute(delete(PackVersion).where(PackVersion.id > last))
        session.execute(delete(Agency).where(Agency.id > agency))


def test_the_old_name_is_taken_and_the_new_one_shown(visitor, session):
    visitor.ready()
    assert visitor.place(area_typed="mau mot").status_code == 302
    page = html.unescape(visitor.get("/kiem-tra").text)
    assert "Phường Mẫu (đã ghi: mau mot)" in page
    visitor.post("/kiem-tra")
    session.rollback()
    assert session.scalar(select(Ticket.area)) == "phuong-mau"


def test_the_field_offers_old_names_with_what_they_are_now(visitor):
    visitor.kind()
    visitor.story()
    page = html.unescape(visitor.get("/linh-vuc").text)
    assert '<option value="Phường Mẫu Một">nay là Phường Mẫu</option>' in page


@pytest.mark.parametrize(
    "given, says",
    [
        ({"area_typed": "Phường Không Có"}, "Không tìm thấy tên này"),
        ({"area_typed": "Mẫu Hai"}, "nay thuộc nhiều địa bàn: Phường Mẫu, Phường Thử"),
        ({"area_typed": "Mẫu Một", "area": "phuong-thu"}, "khác địa bàn đã chọn"),
    ],
)
def test_what_does_not_lead_to_one_area_is_answered_in_words(visitor, given, says):
    visitor.kind()
    visitor.story()
    page = visitor.place(**given)
    assert page.status_code in {200, 422}
    assert says in html.unescape(page.text)


def test_a_ward_that_was_split_is_chosen_from_the_list(visitor):
    visitor.kind()
    visitor.story()
    assert visitor.place(area_typed="Mẫu Hai", area="phuong-thu").status_code == 302
