"""How long a list may be on paper."""

from feedback_app.reports.content import Content

MOST_ON_PAPER = 60_000  # lines of the list in Word and PDF: beyond, nobody opens such a file
LIST_ELSEWHERE = (
    "Danh sách dài hơn 60.000 dòng nên chỉ có trong tệp Excel kèm theo báo cáo, ở trang tính "
    "“Danh sách phiếu”."
)
NOT_HERE = "Chỉ có trong báo cáo của toàn tỉnh."


def fits(content: Content) -> bool:
    """Say whether the list stands in Word and PDF."""
    return 0 < content.list_rows <= MOST_ON_PAPER
