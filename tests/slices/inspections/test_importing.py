"""Tables of agencies' plans: every cell checked, everything or nothing taken over, known lines renewed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from feedback_app.core import audit, clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, NotFound
from feedback_app.inspections.importing.columns import COLUMNS
from feedback_app.inspections.models import InspectionBatch, InspectionVisit
from feedback_app.inspections.rules import Reason
from feedback_app.inspections.services import importing, recording
from feedback_app.intake.sheets import Row, letter
from tests.factories import a_visit, an_entry
from tests.slices.inspections.conftest import table

TODAY = date(2026, 11, 24)
LETTERS = {column.name: letter(n) for n, column in enumerate(COLUMNS)}


@pytest.fixture
def look(session, loaded):
    def look(*rows, **given):
        session.rollback()
        return importing.look(session, table(*rows, **given), loaded, today=TODAY)

    return look


@pytest.fixture
def kept(look, loaded, inspector):
    def keep(*rows, sha256="a", by=inspector):
        checked = look(*rows)
        assert checked.table.faults == []
        with unit_of_work() as writing:
            given = {"sha256": sha256, "name": "kh.xlsx", "by": by, "at": clock.now()}
            return importing.keep(writing, checked.lines, loaded, **given).id

    return keep


def take_over(session, loaded, inspector, batch_id):
    session.rollback()
    with unit_of_work() as writing:
        batch = importing.waiting(writing, batch_id, inspector)
        importing.take_over(writing, batch, loaded, by=inspector, at=clock.now())
    return batch.added, batch.changed


def visits(session):
    session.rollback()
    return session.scalars(select(InspectionVisit).order_by(InspectionVisit.id)).all()


def lines(session, loaded, inspector, batch_id):
    session.rollback()
    return importing.lines_of(session, importing.waiting(session, batch_id, inspector), loaded)


def test_a_good_table_becomes_visits_with_all_they_say(session, loaded, inspector, kept):
    full = {
        "joined": "Công an tỉnh; thue",
        "contents": "Thuế, hóa đơn;other",
        "words": "Quảng cáo ngoài trời",
        "planned": "đột xuất",
        "state": "đã tiến hành",
        "decision_number": "12/QĐ-TTr",
        "decided_on": "01/03/2026",
        "starts_on": "2026-03-05",
        "ends_on": "46087",
        "exception": "Có dấu hiệu vi phạm rõ ràng",
        "grounds": "Biên bản ngày 01/03",
        "tax_code": "4200000001-001",
    }
    assert take_over(session, loaded, inspector, kept({}, full | {"code": "KH-02"})) == (2, 0)
    plain, rich = visits(session)
    assert (plain.form, plain.planned, plain.state, plain.contents) == (
        "check",
        True,
        "planned",
        ["construction"],
    )
    assert (rich.tax_code, rich.contents, rich.planned, rich.state) == (
        "4200000001001",
        ["other", "tax"],
        False,
        "done",
    )
    assert (rich.starts_on, rich.ends_on, rich.decided_on) == (
        date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 1),
    )  # fmt: skip
    assert (rich.exception, rich.grounds) == ("clear_signs", "Biên bản ngày 01/03")


def test_who_took_it_over_is_on_record_with_ids_and_no_words(session, loaded, inspector, kept):
    batch_id = kept({})
    take_over(session, loaded, inspector, batch_id)
    (visit,) = visits(session)
    (entry,) = audit.newest(session, subject=f"inspection/{visit.id}")
    assert (entry.event, entry.actor_id) == ("inspection.recorded", inspector.user_id)
    assert entry.data == {"year": 2026, "form": "check", "state": "planned", "version": 1}
    (done,) = audit.newest(session, subject=f"inspection-import/{batch_id}")
    assert (done.data["added"], done.data["changed"]) == (1, 0)
    assert visit.enterprise not in str(done.data)


@pytest.mark.parametrize(
    "row,column,says",
    [
        ({"code": ""}, "code", "không được bỏ trống"),
        ({"tax_code": "42"}, "tax_code", "10 chữ số"),
        ({"year": "mai"}, "year", "năm từ 2015 đến 2028"),
        ({"year": "2999"}, "year", "năm từ 2015 đến 2028"),
        ({"form": "đánh giá"}, "form", "thanh tra; kiểm tra"),
        ({"agency": "Sở Vui vẻ"}, "agency", "một trong"),
        ({"agency": "Sở Kế hoạch và Đầu tư"}, "agency", "cơ quan có trong năm 2026"),
        ({"joined": "Sở Xây dựng"}, "joined", "khác cơ quan chủ trì"),
        ({"joined": "so-khdt"}, "joined", "cơ quan có trong năm 2026"),
        ({"contents": "Thuế, hóa đơn; Chuyện khác"}, "contents", "một trong"),
        ({"contents": "Nội dung khác"}, "words", "nội dung cụ thể"),
        ({"planned": "có"}, "planned", "theo kế hoạch; đột xuất"),
        ({"state": "xong"}, "state", "đã tiến hành"),
        ({"state": "đã tiến hành"}, "starts_on", "ngày bắt đầu"),
        ({"state": "đã tiến hành", "starts_on": "01/12/2026"}, "starts_on", "không sau hôm nay"),
        ({"starts_on": "31/02/2026"}, "starts_on", "ngày/tháng/năm"),
        ({"starts_on": "05/03/2025"}, "starts_on", "trong năm đã ghi"),
        ({"starts_on": "05/03/2026", "ends_on": "04/03/2026"}, "ends_on", "không trước ngày bắt đầu"),
        ({"decision_number": "12"}, "decided_on", "đi cùng số quyết định"),
        ({"decided_on": "01/03/2026"}, "decision_number", "đi cùng ngày"),
        ({"exception": "vì thích"}, "exception", "dấu hiệu vi phạm rõ ràng"),
        ({"exception": "clear_signs"}, "grounds", "căn cứ"),
        ({"enterprise": "A" * 201}, "enterprise", "tối đa 200"),
        ({"enterprise": "A\x07"}, "enterprise", "ký tự điều khiển"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(look, row, column, says):
    faults = look({}, {"code": "KH-02"} | row).table.faults
    assert [(fault.row, fault.column) for fault in faults] == [(3, LETTERS[column])]
    assert says in faults[0].expected


def test_all_that_is_wrong_is_told_at_once(look):
    faults = look({"year": "x", "form": "x"}, {"code": "KH-02", "tax_code": "x"}).table.faults
    assert {(fault.row, fault.heading) for fault in faults} == {
        (2, "Năm"),
        (2, "Hình thức"),
        (3, "Mã số thuế"),
    }


def test_a_number_stands_once_for_an_agency_and_year(look):
    assert look({}, {"year": "2025"}, {"agency": "thue"}).table.faults == []
    (fault,) = look({}, {"enterprise": "Công ty khác"}).table.faults
    assert "ở dòng 2" in fault.expected


@pytest.mark.parametrize("rows", [[], [Row(1, ("Mã cuộc", "Năm"))], [Row(1, ("Mã cuộc", "Chuyện"))]])
def test_a_table_without_rows_or_columns_is_told_so(session, loaded, rows):
    assert importing.look(session, rows, loaded, today=TODAY).table.faults


def test_an_agency_of_that_year_is_known_by_the_name_it_bore(session, loaded, inspector, kept):
    take_over(session, loaded, inspector, kept({"year": "2024", "agency": "Sở Tài nguyên và Môi trường"}))
    (visit,) = visits(session)
    assert loaded.agency_codes[visit.agency_id] == "so-tnmt"


def test_a_line_that_is_known_renews_its_visit_and_one_that_says_the_same_is_left(
    session, loaded, inspector, kept
):
    take_over(session, loaded, inspector, kept({}, {"code": "KH-02"}))
    before = visits(session)[1].version
    again = kept({"state": "đã tiến hành", "starts_on": "05/03/2026"}, {"code": "KH-02"}, sha256="b")
    first, second = lines(session, loaded, inspector, again)
    assert (first.standing, first.changes) == ("changed", ("state", "starts_on"))
    assert (second.standing, second.changes) == ("same", ())
    assert take_over(session, loaded, inspector, again) == (0, 1)
    renewed, same = visits(session)
    assert (renewed.state, renewed.starts_on, same.version) == ("done", date(2026, 3, 5), before)


def test_joined_agencies_can_change(session, loaded, inspector, kept):
    take_over(session, loaded, inspector, kept({"joined": "thue; cong-an"}))
    assert take_over(session, loaded, inspector, kept({"joined": "cong-an; bhxh"}, sha256="b")) == (0, 1)
    assert take_over(session, loaded, inspector, kept({"joined": "bhxh; cong-an"}, sha256="c")) == (0, 0)


def test_a_number_does_not_pass_to_another_enterprise(loaded, inspector, look):
    a_visit(loaded, inspector, code="KH-01")
    (fault,) = look({"tax_code": "4200000002"}).table.faults
    assert (fault.column, fault.row) == ("A", 2)
    assert "4200000001" in fault.expected


def test_another_name_for_a_known_tax_code_is_pointed_out(session, loaded, inspector, kept):
    a_visit(loaded, inspector, code="KH-00")
    (line,) = lines(session, loaded, inspector, kept({"enterprise": "Công ty TNHH Mẫu Á"}))
    assert line.known_as == "Công ty TNHH Mẫu A"


def test_the_preview_tells_what_would_collide_with_the_calendar_and_within_the_table(
    session, loaded, inspector, kept
):
    a_visit(loaded, inspector, code="CA-1", agency="cong-an", contents=("construction",))
    batch_id = kept(
        {}, {"code": "KH-02", "tax_code": "4200000002"}, {"code": "KH-03", "tax_code": "4200000002"}
    )
    shown = lines(session, loaded, inspector, batch_id)
    found = importing.collisions(session, shown, loaded, by=inspector)
    assert [(c.tax_code, [f.reason for f in c.findings]) for c in found] == [
        ("4200000001", [Reason.TOO_MANY, Reason.SAME_CONTENT]),
        ("4200000002", [Reason.TOO_MANY]),
    ]
    assert found[0].findings[1].agencies == ("cong-an", "so-xd")


def test_a_line_that_drops_a_visit_takes_the_collision_away(session, loaded, inspector, kept):
    a_visit(loaded, inspector, code="KH-01")
    a_visit(loaded, inspector, code="CA-1", agency="cong-an")
    batch_id = kept({"state": "không tiến hành"})
    assert (
        importing.collisions(session, lines(session, loaded, inspector, batch_id), loaded, by=inspector) == []
    )


def test_the_same_file_is_taken_over_once(session, loaded, inspector, kept):
    first, second = kept({}), kept({})
    take_over(session, loaded, inspector, first)
    with pytest.raises(Conflict):
        take_over(session, loaded, inspector, second)
    with pytest.raises(Conflict):
        take_over(session, loaded, inspector, first)
    assert len(visits(session)) == 1


def test_what_somebody_changed_since_the_preview_is_not_overwritten(session, loaded, inspector, kept):
    visit = a_visit(loaded, inspector, code="KH-01")
    batch_id = kept({"words": "Từ tệp"}, {"code": "KH-02"})
    with unit_of_work() as writing:
        there = writing.get_one(InspectionVisit, visit.id, options=[])
        entry = an_entry(code="KH-01", words="Bằng tay")
        writing.refresh(there, ["joined"])
        recording.change(
            writing, there, entry, loaded, seen_version=there.version, by=inspector, at=clock.now()
        )
    with pytest.raises(Conflict):
        take_over(session, loaded, inspector, batch_id)
    assert [v.words for v in visits(session)] == ["Bằng tay"]


def test_a_batch_is_its_person_s_and_only_keepers_have_any(session, loaded, inspector, office, kept, look):
    batch_id = kept({})
    with pytest.raises(NotFound):
        importing.waiting(session, batch_id, office)
    checked = look({})
    session.rollback()
    with pytest.raises(Forbidden), unit_of_work() as writing:
        importing.keep(writing, checked.lines, loaded, sha256="x", name="", by=office, at=clock.now())


def test_a_table_that_nobody_took_over_is_gone_after_a_day(session, loaded, inspector, kept):
    waiting, done = kept({}), kept({"code": "KH-09"}, sha256="b")
    take_over(session, loaded, inspector, done)
    with unit_of_work() as writing:
        importing.purge(writing, clock.now() + timedelta(days=1, minutes=1))
    left = select(func.count()).select_from(InspectionBatch)
    assert session.scalar(left) == 1
    assert session.get(InspectionBatch, waiting) is None
    assert session.get(InspectionBatch, done).rows == []


def test_two_thousand_lines_are_taken_over_in_one_go(session, loaded, inspector, kept):
    many = [{"code": f"KH-{n}", "tax_code": f"42{n:08d}"} for n in range(2000)]
    assert take_over(session, loaded, inspector, kept(*many)) == (2000, 0)
