"""Finding answers with and without diacritics, the best first; like answers for a new ticket."""

import pytest
from sqlalchemy import select

from feedback_app.core.db import unit_of_work
from feedback_app.library import queries
from feedback_app.library.models import LibraryAnswer
from feedback_app.library.queries import Place
from feedback_app.library.services import deciding
from tests.slices.library.conftest import AFTER

TEXTS = {
    "Hoàn thuế giá trị gia tăng cho hàng xuất khẩu": "Hồ sơ hoàn thuế gồm giấy đề nghị và bảng kê.",
    "Cấp giấy phép xây dựng nhà xưởng": "Nộp bản vẽ thiết kế và giấy tờ về đất.",
    "Gia hạn thuê đất": "Doanh nghiệp nộp đơn trước khi hết hạn sáu tháng; nghĩa vụ thuế phải hoàn thành.",
}


@pytest.fixture
def library(answered, propose, people):
    for title, text in TEXTS.items():
        code = propose(answered(), title=title, question="Xin hỏi về thủ tục.", text=text)
        with unit_of_work() as writing:
            own = writing.scalars(select(LibraryAnswer).where(LibraryAnswer.code == code)).one()
            deciding.approve(writing, own, own.version, by=people.head, at=AFTER)


def titles(rows):
    return [row.title for row in rows]


@pytest.mark.parametrize("asked", ["hoàn thuế", "hoan thue", "HOAN  THUẾ!"])
def test_with_or_without_marks_the_same_is_found_and_the_title_counts_most(library, session, asked):
    assert titles(queries.search(session, asked))[0] == "Hoàn thuế giá trị gia tăng cho hàng xuất khẩu"


@pytest.mark.parametrize("asked", ["tàu vũ trụ", "hoàn thuế tàu", "'; DROP TABLE", "%", "   "])
def test_what_has_not_all_words_is_not_found(library, session, asked):
    assert queries.search(session, asked) == []


def test_a_new_ticket_is_shown_what_is_like_it(library, session):
    story = (
        "Công ty tôi xuất khẩu nước mắm, nộp hồ sơ hoàn thuế giá trị gia tăng từ tháng 9 chưa được giải quyết"
    )
    assert titles(queries.similar(session, story))[0] == "Hoàn thuế giá trị gia tăng cho hàng xuất khẩu"
    assert queries.similar(session, "Cắt điện đột ngột làm hỏng kho lạnh") == []
    assert queries.similar(session, "") == []


def test_the_list_goes_on_where_it_ended(library, session):
    first = queries.published(session, size=2)
    rest = queries.published(session, after=Place(first[-1].published_at, first[-1].id), size=2)
    assert len({*titles(first), *titles(rest)}) == 3
    assert queries.published(session, field="tax") == []
