"""The sheet that Sở Nội vụ hands in: its columns, in Vietnamese whatever the page's language."""

from feedback_app.intake.sheets.cells import Column

LONGEST = 20_000
COLUMNS = (
    Column("channel", "Nguồn", "", required=True),
    Column("unit", "Đối tượng", "", required=True),
    Column("agency", "Cơ quan", ""),
    Column("field", "Lĩnh vực", ""),
    Column("step", "Bước", ""),
    Column("amount", "Trị giá", ""),
    Column("when", "Thời gian", ""),
    Column("story", "Nội dung", "", required=True, longest=LONGEST),
)
