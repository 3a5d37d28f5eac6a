"""Leaders and the focal point try other limits on last year's filings; wrong input is refused with the reason."""

import io
from datetime import datetime, timedelta

import pytest
import time_machine
import yaml

from feedback_app.catalogue import packs
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import unit_of_work
from feedback_app.tickets.services.answering import Letter, answer
from feedback_app.tickets.services.handling import accept
from feedback_app.web.leadership import simulator
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in

ADDRESS = "/lanh-dao/thu-thoi-han"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=LOCAL)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=LOCAL), tick=False):
        yield


@pytest.fixture
def leader(app, session):
    return sign_in(app.test_client(), a_person(session, "leadership", None))


@pytest.fixture
def answered(session, loaded):
    """One ticket answered on the fifth working day of seven."""
    code = a_ticket(session, loaded, at=MONDAY).code
    officer = actor_of(session, a_person(session))
    with unit_of_work() as writing:
        ticket = reread(writing, code)
        accept(writing, ticket, by=officer, at=MONDAY)
        at = MONDAY + timedelta(days=7)
        answer(writing, ticket, by=officer, text="Đã cấp phép.", legal_refs="", letter=Letter(), at=at)


def position(step="answer", kind="obstacle"):
    rows = packs.shipped().regulations[0].limits
    return next(n for n, row in enumerate(rows) if row.step == step and kind in (*row.kinds, kind)[:1])


def typed(**more):
    return {"first": "2026-01-01", "last": "2026-05-31"} | more


def read(answer):
    return answer.get_data(as_text=True)


def pack_file(folder, change=lambda content: content):
    pack = getattr(packs.shipped(), folder)[0]
    text = yaml.safe_dump(change(packs.dump(pack)), allow_unicode=True)
    return (io.BytesIO(text.encode()), "thu.yaml")


def test_the_assumption_is_said_before_anything_is_tried(leader):
    page = read(leader.get(ADDRESS))
    assert "Các cơ quan vẫn trả lời vào đúng những ngày đã trả lời" in page


@pytest.mark.usefixtures("answered")
def test_a_shorter_limit_is_shown_beside_the_one_in_force(leader):
    page = read(leader.post(ADDRESS, data=typed(**{f"limit_{position()}": "3"})))
    assert "đang áp dụng 0 %" in page
    assert "thử 100 %" in page
    assert "Sở Xây dựng" in page


@pytest.mark.usefixtures("answered")
def test_a_profile_and_a_calendar_come_from_files(leader):
    def two_days(content):
        for row in content["limits"]:
            row["value"] = min(row["value"], 2)
        return content

    assert "thử 100 %" in read(leader.post(ADDRESS, data=typed(profile=pack_file("regulations", two_days))))
    assert "thử 0 %" in read(leader.post(ADDRESS, data=typed(calendar=pack_file("calendars"))))


def gap(content):
    return content | {"limits": [r for r in content["limits"] if r["step"] != "settle"]}


@pytest.mark.parametrize(
    "wrong, why",
    [
        ({}, "Chưa có gì khác để thử"),
        ({"first": "2026-06-01"}, "Ngày cuối phải từ ngày đầu trở đi"),
        ({"last": ""}, "Vui lòng chọn ngày cuối"),
        ({f"limit_{position()}": "0"}, "Số ngày từ 1 đến 366"),
        ({"profile": lambda: (io.BytesIO(b"\xff\xfe"), "thu.yaml")}, "không phải văn bản UTF-8"),
        ({"profile": lambda: (io.BytesIO(b"code: ["), "thu.yaml")}, "thu.yaml"),
        ({"profile": lambda: (io.BytesIO(b"a" * 500_001), "thu.yaml")}, "quá lớn"),
        ({"profile": lambda: pack_file("regulations", gap)}, "thiếu thời hạn"),
    ],
)
def test_wrong_input_is_refused_with_the_reason(leader, wrong, why):
    form = {name: value() if callable(value) else value for name, value in wrong.items()}
    answer = leader.post(ADDRESS, data=typed(**form))
    assert (answer.status_code, why in read(answer)) == (200, True)


@pytest.mark.usefixtures("answered")
def test_a_period_too_large_for_a_page_is_sent_to_the_command_line(leader, monkeypatch):
    monkeypatch.setattr(simulator, "MOST", 0)
    page = read(leader.post(ADDRESS, data=typed(**{f"limit_{position()}": "3"})))
    assert "feedback deadlines replay" in page
