"""What is noticed as an accusation of an official, and what only sounds like one."""

import pytest

from feedback_app.core.text import fold
from feedback_app.routing.accusation import noticed
from feedback_app.routing.neighbours import recognised

ACCUSING = [
    "Cán bộ thuế gợi ý chi 5 triệu thì hồ sơ xong ngay",
    "Phải có phong bì mới được ký giấy phép",
    "Đoàn kiểm tra vòi vĩnh, không đưa tiền thì lập biên bản",
    "Chuyên viên cố tình ngâm hồ sơ để doanh nghiệp phải chung chi",
    "bên em phải đi cửa sau mới xin được giấy phép",
    "Công chức hải quan sách nhiễu, hạch sách doanh nghiệp",
]
INNOCENT = [
    "Phí thẩm định cao, đề nghị giảm lệ phí",
    "Xin hỏi lịch lớp bồi dưỡng nghiệp vụ kế toán",
    "Chỉ số chi phí không chính thức của tỉnh năm nay là bao nhiêu?",
    "Quy định mới gây khó khăn cho doanh nghiệp",
    "Công ty bị xử phạt 20 triệu đồng, xin hướng dẫn nộp phạt",
    "Cảm ơn cán bộ đã hướng dẫn tận tình",
    "",
]


@pytest.mark.parametrize("text", ACCUSING)
def test_an_accusation_is_noticed_with_and_without_marks(text: str) -> None:
    assert noticed(text) is not None
    assert noticed(fold(text)) is not None


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_sounds_alike_is_left_alone(text: str) -> None:
    assert noticed(text) is None


def test_the_notice_quotes_the_author() -> None:
    notice = noticed("Hôm qua cán bộ địa chính đòi tiền bồi dưỡng 2 triệu.")
    assert notice is not None
    assert notice.kind == "money"
    assert any("đòi tiền" in phrase for phrase in notice.phrases)


def test_english_accusations_are_noticed() -> None:
    assert noticed("The customs officer asked us for a bribe of 200 USD.") is not None
    assert noticed("How much is the official fee for a construction permit?") is None


@pytest.mark.parametrize(
    "text, procedure",
    [
        ("Tôi làm đơn tố cáo ông A", "denunciation"),
        ("Công ty khiếu nại quyết định xử phạt số 12", "complaint"),
        ("Khiếu nại và tố cáo: tôi tố cáo cán bộ B", "denunciation"),
        ("Xin hỏi thủ tục thuê đất", None),
    ],
)
def test_neighbouring_procedures_are_recognised(text: str, procedure: str | None) -> None:
    assert recognised(text) == procedure
