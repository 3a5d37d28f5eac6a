"""What everybody reads of a quarter, and what stands there while there is nothing."""

import re
from datetime import UTC, datetime

import pytest

from feedback_app.core.db import unit_of_work
from feedback_app.surveys import outside

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
AT = datetime(2026, 10, 1, 2, tzinfo=UTC)
SHARE = {"code": "no_extra_payment", "question": "extra_payment", "n": 210, "share": 0.85, "effective": 150.4}
FEW = {"code": "leaders_act", "question": "leaders", "n": 12, "share": None, "effective": None}
CONTENT = {
    "questions": "2026.1", "register": 2000, "invited": 400, "answered": 220, "minimum_n": 20, "most_weight": 3.0,
    "shares": [SHARE, FEW],
    "fields": [{"field": "tax", "invited": 100, "answered": 60}, {"field": "rest", "invited": 300, "answered": 160}],
    "tables": {
        "extra_payment": [
            ["tax", "none", 48], ["tax", "once", 12], ["tax", "unsaid", None],
            ["rest", "none", 140], ["rest", "once", None], ["rest", "unsaid", None],
        ],
        "leaders": None,
    },
    "details": {"step": {"advice": 9, "filing": None, "examination": 20, "visit": None, "result": 7}},
}  # fmt: skip


def words(response):
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


@pytest.fixture
def published(session):
    def put(content, period="2026-Q3"):
        with unit_of_work() as writing:
            outside.put(writing, period=period, source="pulse", name="pulse", content=content, at=AT)

    return put


def test_without_a_closed_quarter_the_page_says_so(client):
    assert "Chưa có quý nào được công bố" in words(client.get("/khao-sat/"))


def test_each_share_stands_with_interval_and_response_rate_and_few_answers_give_none(client, published):
    published(CONTENT)
    text = words(client.get("/khao-sat/"))
    assert "tỷ lệ phản hồi 55 %" in text
    assert "85,3 % 78,8–90,1 % 210 150 55 %" in text, "128 of 150 effective answers, Wilson"
    assert "chưa đủ dữ liệu cần n ≥ 20 12 – 55 %" in text


def test_a_field_s_share_is_shown_only_where_no_count_of_it_is_hidden(client, published):
    published(CONTENT)
    text = words(client.get("/khao-sat/"))
    assert "Thuế, hóa đơn 60 / 100 60 % Các lĩnh vực khác 160 / 300 53,3 %" in text
    assert "Thuế, hóa đơn 80 % 60 % Các lĩnh vực khác ẩn 53,3 %" in text
    assert "Thuế, hóa đơn ẩn 60 % Các lĩnh vực khác ẩn 53,3 %" in text
    assert "Khi nộp hồ sơ ẩn" in text


def test_fewer_than_five_answers_are_not_counted_out(client, published):
    published(CONTENT | {"answered": None, "shares": [], "fields": [], "tables": {}, "details": {}})
    text = words(client.get("/khao-sat/"))
    assert "Chưa đủ dữ liệu" in text
    assert "dưới 5 câu trả lời trên 400" in text


def test_the_newest_quarter_comes_first_and_older_ones_are_a_link_away(client, published):
    published(CONTENT)
    published(CONTENT | {"invited": 333}, period="2026-Q4")
    assert "Mời 333 doanh nghiệp" in words(client.get("/khao-sat/"))
    assert "Mời 400 doanh nghiệp" in words(client.get("/khao-sat/?quy=2026-Q3"))
    assert "Mời 333 doanh nghiệp" in words(client.get("/khao-sat/?quy=khong-co"))
