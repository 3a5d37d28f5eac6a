"""Visitors who have come as far as the check page: their drafts, written as the pages write them."""

from datetime import date

from bench.client import Jar, Target
from bench.servers import Site
from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.intake import codes
from feedback_app.intake.content import Content
from feedback_app.intake.services import drafts
from feedback_app.intake.suggesting import suggest
from feedback_app.web.intake import cookies

TITLE = "Cấp giấy phép xây dựng chậm"
BODY = (
    "Công ty nộp hồ sơ xin cấp giấy phép xây dựng nhà xưởng ngày 12/10, phiếu hẹn trả ngày 09/11, đến nay chưa có "
    "kết quả và cũng không có văn bản nào cho biết lý do. Đã hỏi hai lần ở bộ phận một cửa. Nhà thầu đang chờ, mỗi "
    "ngày chậm công ty phải trả tiền thuê máy. Kính đề nghị cơ quan cho biết bao giờ có giấy phép."
)
NAME, EMAIL = "Công ty TNHH Mẫu A", "lien-he@example.vn"
LEAD = "so-xd"
LAST_STEP = Target(path="/gui-phieu/kiem-tra", expects=NAME, fields={}, receipt="/gui-phieu/giay-tiep-nhan")


def write(site: Site, count: int, title: str = TITLE) -> list[Jar]:
    """Store ``count`` drafts and return the cookies that their writers hold."""
    with site.app.app_context():
        content = _content(title)
        secrets = [codes.new_secret() for _ in range(count)]
        with unit_of_work() as session:
            for secret in secrets:
                drafts.save(session, secret, content, at=clock.now(), days=1)
        db.session.remove()
    return [{cookies.DRAFT: secret} for secret in secrets]


def _content(title: str) -> Content:
    content = Content(
        kind="obstacle",
        title=title,
        body=BODY,
        field="construction",
        field_chosen=True,
        dossier_code="H32.15-241012-0007",
        promised_on=date(2026, 11, 9),
        filer_type="enterprise",
        name=NAME,
        identifier="4200000001",
        contact_name="Người liên hệ",
        phone="0905000000",
        email=EMAIL,
    )
    content.suggestion = suggest(content, store.current(db.session()).catalogue, clock.today())
    return content
