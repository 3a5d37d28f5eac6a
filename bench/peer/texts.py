"""What both systems hold: imported by the peer's environment too, so nothing of ours is imported here."""

EMAIL, PASSWORD = "can-bo@example.vn", "mat-khau-de-do-2026"
QUEUES = 10
TITLE = "Chờ giấy phép xây dựng nhà xưởng đã bốn tháng"
BODY = (
    "Công ty nộp hồ sơ đề nghị cấp giấy phép xây dựng nhà xưởng từ tháng ba, đã bổ sung hai lần theo yêu cầu,"
    " đến nay chưa có kết quả và cũng không có văn bản nào nêu lý do."
)
