"""The columns of a table of visits, by their headings, and the words that stand in them."""

from flask_babel import lazy_gettext as _l

from feedback_app.catalogue.packs.inspections import Form
from feedback_app.inspections.rules import State
from feedback_app.intake.sheets.cells import Column

MOST_ROWS = 2000
LONGEST_WORDS = 1000
PROVINCE = " Khánh Hòa"  # at the end of names

COLUMNS = (
    Column(
        "code",
        "Mã cuộc",
        _l("Số thứ tự hoặc mã trong kế hoạch của cơ quan; mỗi cơ quan, mỗi năm không trùng."),
        required=True,
        longest=64,
    ),
    Column("tax_code", "Mã số thuế", _l("Để ở dạng văn bản để giữ số 0 ở đầu."), required=True, longest=30),
    Column("enterprise", "Tên doanh nghiệp", _l("Tên như trên đăng ký."), required=True),
    Column("year", "Năm", _l("Năm kế hoạch."), required=True, longest=4),
    Column(
        "form", "Hình thức", _l("“thanh tra” hoặc “kiểm tra”; hai hình thức được đếm riêng."), required=True
    ),
    Column("agency", "Cơ quan chủ trì", _l("Tên cơ quan ra quyết định."), required=True),
    Column(
        "joined",
        "Cơ quan phối hợp",
        _l("Đoàn liên ngành: các cơ quan khác, cách nhau bằng dấu chấm phẩy."),
        longest=500,
    ),
    Column(
        "contents",
        "Nội dung",
        _l("Một hoặc nhiều mục của danh mục, cách nhau bằng dấu chấm phẩy."),
        required=True,
        longest=500,
    ),
    Column(
        "words",
        "Nội dung cụ thể",
        _l("Bắt buộc khi nội dung là “Nội dung khác”. Không ghi nội dung mật, kết quả chưa công bố."),
        longest=LONGEST_WORDS,
    ),
    Column("planned", "Theo kế hoạch", _l("“theo kế hoạch” hoặc “đột xuất”."), required=True),
    Column(
        "state", "Trạng thái", _l("“kế hoạch”, “đã tiến hành” hoặc “không tiến hành”; bỏ trống: kế hoạch.")
    ),
    Column(
        "decision_number",
        "Số quyết định",
        _l("Ghi cùng ngày quyết định. Các cơ quan cùng ghi một quyết định được hiểu là một đoàn."),
        longest=100,
    ),
    Column("decided_on", "Ngày quyết định", _l("Dạng ngày/tháng/năm.")),
    Column("starts_on", "Từ ngày", _l("Bắt buộc khi đã tiến hành.")),
    Column("ends_on", "Đến ngày", _l("Có thể bỏ trống.")),
    Column(
        "exception", "Ngoại lệ", _l("Khi cơ quan viện dẫn ngoại lệ của quy định về số cuộc; ghi kèm căn cứ.")
    ),
    Column("grounds", "Căn cứ ngoại lệ", _l("Văn bản, sự việc làm căn cứ."), longest=LONGEST_WORDS),
)

FORM_WORDS: dict[Form, str] = {Form.INSPECTION: "thanh tra", Form.CHECK: "kiểm tra"}
PLANNED_WORDS: dict[str, str] = {"planned": "theo kế hoạch", "unplanned": "đột xuất"}
STATE_WORDS: dict[State, str] = {
    State.PLANNED: "kế hoạch",
    State.DONE: "đã tiến hành",
    State.DROPPED: "không tiến hành",
}
