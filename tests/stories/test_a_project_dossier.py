"""A project: many agencies, milestones, successive conclusions, outside the lateness rate."""

import re

from feedback_app.statistics.models import CaseFactRow
from feedback_app.statistics.refreshing import refresh_facts
from tests.stories.conftest import MONDAY

CONCLUSION = {
    "conclusion-letter_number": "350/TB-UBND",
    "conclusion-dated": "2026-10-05",
    "conclusion-signer": "Phó Chủ tịch",
    "conclusion-text": "Giao đo đạc.",
}


def test_a_project_gathers_agencies_steps_conclusions_and_tickets(province, session):
    office, builder = province.person("provincial_office", "vp-ubnd"), province.person("officer", "so-xd")
    land, stranger = province.person("officer", "so-nnmt"), province.person("officer", "bhxh")
    receipt = province.file("Cấp giấy phép xây dựng chậm", "Dự án chờ đã lâu.", field="construction")
    assert (
        builder.browser().post("/viec-theo-doi/du-an", data={"title": "X", "owner": "so-xd"}).status_code
        == 403
    )
    opened = office.browser().post(
        "/viec-theo-doi/du-an", data={"title": "Khu công nghiệp", "owner": "so-xd"}
    )
    path = opened.headers["Location"]
    code = re.search(r"DA-2026-\d{4}", path)[0]
    assert land.status(path) == 404
    office.browser().post(f"{path}/co-quan", data={"agencies-agencies": ["so-nnmt"]})
    assert land.status(path) == 200
    assert stranger.status(path) == 404
    step = {"milestone-title": "Đo đạc", "milestone-agency": "so-nnmt", "milestone-due_on": "2026-10-20"}
    office.browser().post(f"{path}/moc", data=step)
    office.browser().post(f"{path}/ket-luan", data=CONCLUSION)
    office.browser().post(f"{path}/ket-luan", data=CONCLUSION | {"conclusion-letter_number": "351/TB-UBND"})
    assert builder.browser().post(f"{path}/ket-luan", data=CONCLUSION).status_code == 403
    office.does(receipt.number, "du-an", project=code)

    province.now("2026-10-26")
    page = land.sees(path)
    assert "quá ngày" in page
    assert page.index("350/TB-UBND") < page.index("351/TB-UBND")
    assert receipt.number in builder.sees(path)
    assert code in builder.sees(f"/can-bo/phieu/{receipt.number}")
    done = re.search(rf"{path}/moc/\d+/xong", page)[0]
    assert builder.browser().post(done).status_code == 403
    land.browser().post(done)
    assert "xong ngày 26/10/2026" in land.sees(path)

    refresh_facts()
    session.rollback()
    assert session.query(CaseFactRow).one().joined_on == MONDAY.date()
    assert "không tính vào tỷ lệ đúng hạn" in province.guest().get("/so-lieu/cach-tinh").text
