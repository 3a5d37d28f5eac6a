"""The focal point brings in who finished a procedure; a rated agency neither brings in nor sends anything."""

import io
import re
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import func, select

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.core.audit import AuditEntry
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Forbidden
from feedback_app.pulses.models import PulseCompletion
from feedback_app.pulses.policy import keeps_register
from feedback_app.pulses.services import importing
from tests.factories import a_person, sign_in
from tests.factories.pulses import a_register, a_round

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
PAGE = "/dau-moi/khao-sat"
TODAY = datetime(2026, 11, 24, 2, tzinfo=UTC)
HEAD = "Mã số thuế,Tên doanh nghiệp,Thủ tục,Lĩnh vực,Ngày có kết quả,Thư điện tử,Điện thoại,Quy mô,Ngôn ngữ\n"
GOOD = (
    '4200 000 001,Công ty A,Cấp phép xây dựng,"Xây dựng, quy hoạch",02/11/2026,a@example.vn,,vừa,\n'
    "4200000002,,Hoàn thuế,tax,03/11/2026,,0905123456,,tiếng Anh\n"
)
BAD = (
    '42000,Công ty A,Cấp phép xây dựng,"Xây dựng, quy hoạch",02/11/2026,a@example.vn,,vừa,\n'
    "4200000002,,,tax,03/11/2029,,0905,khổng lồ,tiếng Anh\n"
    "4200000003,,Hoàn thuế,tax,03/11/2026,,,,\n"
    "4200000004,,Hoàn thuế,tax,03/11/2026,b@example.vn,,,\n"
    "4200000004,,Hoàn thuế,tax,03/11/2026,b@example.vn,,,\n"
)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def focal(app, session):
    return sign_in(app.test_client(), a_person(session, "focal_point", "so-tc"))


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


def send(browser, text, name="danh-sach.csv"):
    table = (io.BytesIO(text.encode()), name)
    return browser.post(f"{PAGE}/nhap", data={"table": table}, content_type="multipart/form-data")


def registered(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(PulseCompletion))


def test_a_table_is_looked_at_then_taken_over_whole(focal, session):
    sent = send(focal, HEAD + GOOD)
    assert sent.status_code == 302
    preview = focal.get(sent.headers["Location"])
    assert "2 thủ tục mới; 0 đã có" in words(preview)
    assert "Công ty A 4200000001 Cấp phép xây dựng Xây dựng, quy hoạch 02/11/2026 mới" in words(preview)
    assert registered(session) == 0
    focal.post(sent.headers["Location"])
    assert registered(session) == 2
    english = session.scalars(select(PulseCompletion).where(PulseCompletion.locale == "en")).one()
    assert (english.tax_code, english.field, english.size) == ("4200000002", "tax", "")
    assert "Xây dựng, quy hoạch 1 02/11/2026" in words(focal.get(f"{PAGE}/"))


def test_bad_rows_are_named_by_cell_and_nothing_is_half_imported(focal, session):
    text = words(send(focal, HEAD + BAD))
    for cell in ("2 A2 Mã số thuế", "3 C3 Thủ tục", "3 E3 Ngày có kết quả", "3 G3 Điện thoại", "3 H3 Quy mô",
                 "4 F4 Thư điện tử", "6 A6 Mã số thuế"):  # fmt: skip
        assert cell in text, cell
    assert registered(session) == 0


def test_the_same_file_again_is_refused_and_known_rows_are_passed_over(focal, session):
    focal.post(send(focal, HEAD + GOOD).headers["Location"])
    assert "đã có, tệp này được nhập ngày 24/11/2026" in words(send(focal, HEAD + GOOD))
    more = HEAD + GOOD + "4200000009,,Cấp phép,land,05/11/2026,c@example.vn,,,\n"
    sent = send(focal, more)
    assert "1 thủ tục mới; 2 đã có" in words(focal.get(sent.headers["Location"]))
    focal.post(sent.headers["Location"])
    assert registered(session) == 3


def test_an_empty_template_says_what_goes_where(focal):
    assert focal.get(f"{PAGE}/nhap/mau.xlsx").data.startswith(b"PK")
    assert "Ngày có kết quả" in focal.get(f"{PAGE}/nhap/mau.csv").data.decode()


@pytest.mark.parametrize("function", ["officer", "agency_head", "clerk", "inspector", "provincial_office"])
def test_nobody_of_a_rated_agency_reads_or_brings_in_anything(app, session, function):
    stranger = sign_in(app.test_client(), a_person(session, function, "so-xd"))
    assert stranger.get(f"{PAGE}/").status_code == 403
    assert send(stranger, HEAD + GOOD).status_code == 403
    assert registered(session) == 0


@pytest.mark.parametrize(
    "other", [Function.OFFICER, Function.AGENCY_HEAD, Function.CLERK, Function.INSPECTOR]
)
def test_whoever_answers_for_an_agency_as_well_keeps_no_register(session, other):
    both = Actor(1, "Hai vai", (Held(Function.FOCAL_POINT, 1, "so-tc"), Held(other, 2, "so-xd")))
    assert keeps_register(Actor(1, "Một vai", both.held[:1]))
    assert not keeps_register(both)
    with unit_of_work() as writing, pytest.raises(Forbidden):
        importing.keep(writing, [], sha256="a", name="a.csv", by=both, at=TODAY)


def test_nobody_draws_or_sends_from_a_page_the_system_does(app, focal):
    rules = {rule.endpoint: rule.methods for rule in app.url_map.iter_rules()}
    writing = {name for name, methods in rules.items() if name.startswith("pulse") and "POST" in methods}
    assert writing == {"pulses.answer", "pulse_register.imports", "pulse_register.take_over"}


def test_the_page_tells_when_the_system_draws_and_what_it_drew(focal, session):
    assert "Danh sách có quá ít doanh nghiệp" in words(focal.get(f"{PAGE}/"))
    a_register(60, a_person(session, "focal_point", "so-tc").id, on=TODAY.date())
    assert "Hệ thống sẽ chọn mẫu quý 2026-Q4 trong đêm nay" in words(focal.get(f"{PAGE}/"))
    a_round(TODAY)
    text = words(focal.get(f"{PAGE}/"))
    assert "Quý 2026-Q4 đã chọn mẫu" in text
    assert "2026-Q4 24/11/2026 60 60 0 0 0" in text
    assert "chưa xác nhận" in text, "the weeks of VCCI's field work are an assumption"


def test_an_import_stands_in_the_audit_without_a_name(focal, session):
    focal.post(send(focal, HEAD + GOOD).headers["Location"])
    session.rollback()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "pulse.imported")).one()
    assert "Công ty" not in str(entry.data)
    assert entry.data["added"] == 2
