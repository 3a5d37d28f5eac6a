"""The columns of a table of finished procedures, by their headings, and the words that stand in them."""

from flask_babel import lazy_gettext as _l

from feedback_app.intake.sheets.cells import Column

LANGUAGES = (("vi", "tiếng Việt"), ("en", "tiếng Anh"))

COLUMNS = (
    Column("tax_code", "Mã số thuế", _l("Để ở dạng văn bản để giữ số 0 ở đầu."), required=True, longest=30),
    Column("enterprise", "Tên doanh nghiệp", _l("Chỉ để người nhập đối chiếu; thư mời không ghi tên.")),
    Column("procedure", "Thủ tục", _l("Tên thủ tục đã làm xong."), required=True),
    Column("field", "Lĩnh vực", _l("Tên lĩnh vực trong danh mục."), required=True),
    Column(
        "finished_on", "Ngày có kết quả", _l("Dạng ngày/tháng/năm, trong 400 ngày gần đây."), required=True
    ),
    Column("email", "Thư điện tử", _l("Cần thư điện tử hoặc điện thoại di động.")),
    Column("phone", "Điện thoại", _l("Dùng khi không có thư điện tử. Để ở dạng văn bản."), longest=30),
    Column("size", "Quy mô", _l("siêu nhỏ, nhỏ, vừa hoặc lớn; bỏ trống khi chưa rõ.")),
    Column("locale", "Ngôn ngữ", _l("“tiếng Việt” hoặc “tiếng Anh”; bỏ trống: tiếng Việt.")),
)
