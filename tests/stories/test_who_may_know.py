"""Reports about an agency, and enterprises that do not want to be known."""

import io

import pytest
from sqlalchemy import select

from feedback_app.core.db import db
from feedback_app.notifications.models import Dispatch, Notification

STORY = ("Bị gợi ý chi thêm tiền", "Khi nộp hồ sơ, công ty bị gợi ý chi thêm một khoản ngoài quy định.")


def a_report(province, about: str):
    return province.file(*STORY, kind="informal_cost", field="tax", concerned=[about])


def a_person_in_each(province):
    return {
        "thue": province.person("officer", "thue"),
        "thanh-tra": province.person("inspector", "thanh-tra"),
        "vp-ubnd": province.person("provincial_office", "vp-ubnd"),
        "so-tc": province.person("focal_point", "so-tc"),
        "cong-an": province.person("officer", "cong-an"),
    }


@pytest.mark.parametrize(
    "about,reader",
    [("thue", "thanh-tra"), ("thanh-tra", "vp-ubnd"), ("so-tc", "thanh-tra")],
    ids=["an agency", "the Inspectorate itself", "the focal point"],
)
def test_a_report_is_seen_by_the_one_office_that_it_is_not_about(province, about, reader):
    people = a_person_in_each(province)

    receipt = a_report(province, about)

    assert province.held_by(receipt) == reader
    may_see = {a for a, person in people.items() if person.status(f"/can-bo/phieu/{receipt.number}") == 200}
    assert may_see == {reader}
    for agency, person in people.items():
        listed = receipt.number in person.sees("/can-bo/") + person.sees("/can-bo/?q=goi+y&view=province")
        assert listed == (agency == reader), agency
        told = db.session().scalars(select(Notification).where(Notification.user_id == person.id)).all()
        assert bool(told) == (agency == reader), agency


def test_an_ordinary_ticket_about_an_ordinary_matter_is_seen_by_the_agency_it_names(province):
    """The control of the test above: without the kind, the same words reach the same agency."""
    people = a_person_in_each(province)
    receipt = province.file("Hoàn thuế chậm", "Hồ sơ hoàn thuế chưa có kết quả.", field="tax")
    assert people["thue"].status(f"/can-bo/phieu/{receipt.number}") == 200


NAME = "Công ty Muốn Giấu Tên Zyxw"


def test_a_hidden_name_appears_to_nobody_who_handles_the_ticket(province):
    officer, clerk = province.person("officer", "thue"), province.person("clerk", "thue")
    focal_point = province.person("focal_point", "so-tc")
    receipt = province.file(
        "Hoàn thuế chậm",
        "Hồ sơ hoàn thuế chưa có kết quả.",
        field="tax",
        name=NAME,
        contact_name="Người Zyxw",
        email="zyxw@example.vn",
        hide_identity="y",
    )
    officer.does(receipt.number, "nhan")
    pages = ["/can-bo/", f"/can-bo/phieu/{receipt.number}", "/can-bo/?q=muon+giau", "/thong-bao"]
    pages += [f"/can-bo/phieu/{receipt.number}/{act}" for act in ("bo-sung", "tra-loi", "ghi-chu", "tra-lai")]
    for person in (officer, clerk):
        assert not [path for path in pages if "zyxw" in person.sees(path).lower()]
    assert receipt.number not in officer.sees("/can-bo/?q=muon+giau")
    assert receipt.number in officer.sees("/can-bo/?q=hoan+thue"), "the search finds what may be found"
    mails = db.session().scalars(select(Dispatch)).all()
    assert not [mail for mail in mails if "Zyxw" in str(mail.data)]

    assert NAME in focal_point.sees(f"/can-bo/phieu/{receipt.number}")


def test_without_the_wish_the_agency_sees_who_files(province):
    officer = province.person("officer", "thue")
    receipt = province.file("Hoàn thuế chậm", "Hồ sơ chưa có kết quả.", field="tax", name=NAME)
    assert NAME in officer.sees(f"/can-bo/phieu/{receipt.number}")


def test_the_focal_point_looks_through_a_file_before_the_agency_may_open_it(province):
    officer = province.person("officer", "thue")
    focal_point = province.person("focal_point", "so-tc")
    letter = (io.BytesIO(b"Bien lai nop thue\n"), "bien-lai.txt")
    receipt = province.file(
        "Hoàn thuế chậm", "Hồ sơ chưa có kết quả.", field="tax", hide_identity="y", files=[letter]
    )
    file = f"/can-bo/phieu/{receipt.number}/tep/{province.ticket(receipt).attachments[0].public_id}"
    assert officer.status(file) == 404
    assert focal_point.status(file) == 200

    focal_point.browser().post(f"{file}/cho-xem", data={})

    assert officer.status(file) == 200
