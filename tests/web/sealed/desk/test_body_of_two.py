"""A body of two people runs all of it: nobody approves their own, nobody is stuck."""

from datetime import datetime, timedelta

import pyrage
import pytest
import time_machine

from feedback_app.confidential import store
from feedback_app.confidential.models import LogLine
from feedback_app.confidential.services import conversing
from feedback_app.core import clock
from feedback_app.core.clock import LOCAL
from tests.web.sealed.desk.scene import BODY, TWO, WHO, a_room, close_room

AUGUST = datetime(2026, 8, 12, 9, 0, tzinfo=LOCAL)


@pytest.fixture
def body(tmp_path):
    with time_machine.travel(AUGUST, tick=True) as clock_hands:
        room = a_room(tmp_path, TWO)
        yield room, clock_hands
        close_room(room)


def test_two_people_take_a_report_from_the_list_to_the_quarters_figures(body):
    room, hands = body
    told = room.tell(identity=WHO)
    for _ in range(11):
        room.tell()
    an, binh = room.inspector("An").open(told), room.inspector("Bình")
    assert an.does(told, "giao", to=room.seats["Bình"]).status_code == 302
    binh.open(told)
    assert binh.does(told, "xem-xet").status_code == 302
    assert binh.does(told, "hoi", text="Vào buổi nào?").status_code == 302
    assert binh.does(told, "xin-danh-tinh", reason="cần mời làm việc").status_code == 302
    assert binh.get(f"bao-cao/{told.id}/danh-tinh/0").status_code == 404  # his own request
    assert an.does(told, "danh-tinh/0", grant="yes", reason="đồng ý").status_code == 302
    assert WHO.name in binh.sees(f"bao-cao/{told.id}/danh-tinh")
    key = str(pyrage.x25519.Identity.generate().to_public())
    assert binh.does(told, "xin-xuat", recipient=key).status_code == 302
    assert an.does(told, "duyet-xuat").status_code == 302
    assert binh.post(f"bao-cao/{told.id}/xuat").status_code == 200
    assert binh.does(told, "gia-han", weeks="2", reason="chờ hồ sơ").status_code == 302
    assert binh.does(told, "ket-luan", outcome="substantiated", text="Đã xử lý").status_code == 302
    _the_reporter_reads(room, told.code)
    hands.shift(timedelta(days=60))
    _close_the_quarter(room)


def _the_reporter_reads(room, code):
    with room.app.app_context():
        seen = conversing.look(store.session(), code, on=clock.today())
        store.db.session.remove()
    assert seen.outcome.text == "Đã xử lý"
    assert [message.kind for message in seen.messages] == ["question", "identity", "extension"]


def _close_the_quarter(room):
    an, binh = room.inspector("An"), room.inspector("Bình")
    page = an.sees("so-lieu/2026-Q3")
    assert "Bản xem trước, chưa lưu ở đâu" in page
    assert an.post("so-lieu/2026-Q3/de-xuat").status_code == 302
    own = an.sees("so-lieu/2026-Q3")
    assert "chờ người thứ hai" in own
    assert 'name="seen"' not in own
    waiting = binh.sees("so-lieu/2026-Q3")
    seen = waiting.split('name="seen" value="')[1].split('"')[0]
    assert binh.post("so-lieu/2026-Q3/duyet", seen="khác").status_code == 409
    assert an.post("so-lieu/2026-Q3/duyet", seen=seen).status_code == 404
    assert binh.post("so-lieu/2026-Q3/duyet", seen=seen).status_code == 302
    file = binh.get("so-lieu/2026-Q3/tep")
    assert file.status_code == 200
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert an.post("so-lieu/2026-Q3/de-xuat").status_code == 409  # frozen for good


def test_where_the_head_is_kept_out_the_other_takes_the_report_alone(body):
    room, _ = body
    told = room.tell(excluded=("An",))
    binh = room.inspector("Bình").open(told)
    assert binh.does(told, "nhan").status_code == 302
    assert told.id not in room.inspector("An").sees("")
    alone = binh.does(told, "tu-choi", reason="người thân", sure="1")
    assert alone.status_code == 422
    assert "Không còn ai khác đọc được báo cáo này" in alone.get_data(as_text=True)
    assert binh.does(told, "ket-luan", outcome="out_of_scope", text="Không thuộc phạm vi").status_code == 302


def test_before_a_leave_everything_goes_to_the_colleague_at_once(body):
    room, _ = body
    mine = [room.tell(), room.tell()]
    theirs = room.tell(excluded=("An",))
    an, binh = room.inspector("An"), room.inspector("Bình")
    for told in mine:
        an.open(told)
        assert an.does(told, "giao", to=room.seats["Bình"]).status_code == 302
    binh.open(theirs).does(theirs, "nhan")
    done = binh.post("ban-giao", to=room.seats["An"], reason="nghỉ phép", keep="1")
    assert done.status_code == 409  # one of the three must not go to her
    assert theirs.id[:8].upper() in done.get_data(as_text=True)
    assert all(told.id in an.sees("?view=mine") for told in mine)
    assert theirs.id not in an.sees("")


def test_what_is_late_is_marked_by_the_week(body):
    room, hands = body
    told = room.tell()
    assert told.id not in room.inspector("An").sees("?view=late")
    hands.shift(timedelta(days=21))
    an = room.inspector("An")
    assert told.id in an.sees("?view=late")
    assert "trễ" in an.open(told).sees(f"bao-cao/{told.id}")


def test_the_register_and_the_sheet_are_printed_from_the_open_room(body):
    room, _ = body
    told = room.tell(identity=WHO)
    an = room.inspector("An").open(told)
    an.does(told, "danh-gia", credibility="high", evidence="low", gravity="high", risk="low", text="Có cơ sở")
    register = an.post("so-theo-doi", quarter="2026-Q3").get_data(as_text=True)
    assert "Sở Xây dựng" in register
    assert an.post("so-theo-doi", quarter="1999-Q1").status_code == 422
    sheet = an.post(f"bao-cao/{told.id}/phieu-de-xuat").get_data(as_text=True)
    assert "Có cơ sở" in sheet
    assert "Nguyễn Văn Mẫu" not in sheet  # the account stays where it is
    assert WHO.name not in sheet


def test_a_log_that_somebody_changed_is_said_to_be_broken(body):
    room, _ = body
    an = room.inspector("An")
    assert "Chuỗi nhật ký còn nguyên" in an.sees("nhat-ky")
    with room.app.app_context():
        with store.unit_of_work() as session:
            session.delete(session.get_one(LogLine, (BODY, 1)))
        store.db.session.remove()
    assert "Chuỗi nhật ký đứt" in an.sees("nhat-ky")
