"""The columns of an import, by their headings."""

from typing import Any

from flask_babel import lazy_gettext as _l

from feedback_app.intake.sheets.cells import Column

LONGEST_BODY = 10_000

CHANNELS: dict[str, Any] = {
    "dialogue": _l("Hội nghị đối thoại, gặp gỡ doanh nghiệp"),
    "hotline": _l("Tổng đài, đường dây nóng"),
    "pakn": _l("Hệ thống phản ánh, kiến nghị của tỉnh"),
}


COLUMNS = (
    Column("code", "Mã nguồn", _l("Mã phiếu ở kênh gốc, mỗi phiếu một mã."), required=True, longest=64),
    Column(
        "received_on", "Ngày tiếp nhận", _l("Ngày kênh gốc tiếp nhận, dạng ngày/tháng/năm."), required=True
    ),
    Column("title", "Vụ việc", _l("Tóm tắt trong một câu, tối đa 200 ký tự."), required=True),
    Column("body", "Nội dung", _l("Sự việc cụ thể."), required=True, longest=LONGEST_BODY),
    Column("name", "Bên gửi", _l("Tên doanh nghiệp, tổ chức hoặc người gọi."), required=True),
    Column("filer_type", "Loại bên gửi", _l("Bỏ trống: doanh nghiệp; với tổng đài: người gọi.")),
    Column(
        "identifier", "Mã số thuế", _l("Hoặc số định danh; để ở dạng văn bản để giữ số 0 ở đầu."), longest=30
    ),
    Column("contact_name", "Người liên hệ", "", longest=120),
    Column("phone", "Điện thoại", _l("Để ở dạng văn bản để giữ số 0 ở đầu."), longest=30),
    Column("email", "Thư điện tử", _l("Có thể bỏ trống.")),
    Column("address", "Địa chỉ", "", longest=300),
    Column("kind", "Loại phản ánh", _l("Bỏ trống thì hệ thống đoán từ nội dung.")),
    Column("field", "Lĩnh vực", _l("Bỏ trống thì hệ thống đoán từ nội dung.")),
    Column("area", "Địa bàn", _l("Tên phường, xã hoặc tên cũ; có thể thêm tên huyện cũ sau dấu phẩy.")),
    Column(
        "concerned",
        "Cơ quan bị phản ánh",
        _l("Chỉ với phản ánh chi phí không chính thức, thanh tra trùng lặp."),
    ),
    Column("hide_identity", "Ẩn danh tính", _l("“có” nếu bên gửi không muốn cơ quan xử lý biết tên.")),
)
