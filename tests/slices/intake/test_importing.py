"""Tables of the hotline, of dialogues and of PAKN: every cell checked, everything or nothing taken over."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from feedback_app.accounts.actor import Function
from feedback_app.catalogue import store
from feedback_app.core import audit, clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.errors import Conflict, Forbidden, NotFound
from feedback_app.intake.importing.columns import COLUMNS
from feedback_app.intake.models import ImportBatch
from feedback_app.intake.services import importing
from feedback_app.intake.sheets import Row
from feedback_app.tickets.handlers import route
from feedback_app.tickets.models import Filer, Ticket
from tests.factories import a_person, a_ticket, actor_of, reread

TODAY = date(2026, 11, 24)
GOOD = {
    "code": "TD-01",
    "received_on": "20/11/2026",
    "title": "Cấp giấy phép xây dựng chậm",
    "body": "Hồ sơ xin cấp giấy phép xây dựng nhà xưởng chưa có kết quả.",
    "name": "Công ty TNHH Mẫu B",
}


def table(*rows, names=None):
    names = names or [column.name for column in COLUMNS]
    headings = {column.name: column.heading for column in COLUMNS}
    cells = [tuple(headings[name] for name in names)]
    cells += [tuple(str((GOOD | row).get(name, "")) for name in names) for row in rows]
    return [Row(number, line) for number, line in enumerate(cells, start=1)]


@pytest.fixture
def focal(session):
    return actor_of(session, a_person(session, Function.FOCAL_POINT, "so-tc"))


@pytest.fixture
def look(loaded):
    def look(*rows, channel="hotline", **given):
        return importing.look(table(*rows, **given), loaded, channel=channel, today=TODAY)

    return look


@pytest.fixture
def kept(look, focal):
    def keep(*rows, sha256="a", channel="hotline", by=focal):
        items, faults = look(*rows, channel=channel)
        assert faults == []
        with unit_of_work() as writing:
            facts = {"sha256": sha256, "name": "phieu.xlsx", "channel": channel, "by": by, "at": clock.now()}
            return importing.keep(writing, items, **facts).id

    return keep


def take_over(session, loaded, focal, batch_id):
    session.rollback()
    with unit_of_work() as writing:
        batch = importing.waiting(writing, batch_id, focal)
        return importing.take_over(writing, batch, loaded, by=focal, at=clock.now(), prefix="KH")


def tickets(session):
    session.rollback()
    return session.scalars(select(Ticket).order_by(Ticket.id)).all()


def test_a_good_row_becomes_a_ticket_of_its_channel_code_and_day_and_is_routed(session, loaded, focal, kept):
    assert take_over(session, loaded, focal, kept({"email": "", "area": "Nha Trang"})) == 1
    (ticket,) = tickets(session)
    assert (ticket.channel, ticket.channel_code, ticket.received_on) == (
        "hotline",
        "TD-01",
        date(2026, 11, 20),
    )
    assert session.get(Filer, ticket.id).filer_type == "caller"
    with unit_of_work() as writing:
        route(writing, {"ticket_id": ticket.id})
    assert loaded.agency_codes[reread(session, ticket.code).lead_id] == "so-xd"


def test_who_typed_it_in_is_on_record_with_row_and_batch(session, loaded, focal, kept):
    batch_id = kept({})
    take_over(session, loaded, focal, batch_id)
    (ticket,) = tickets(session)
    entry = next(e for e in audit.newest(session, subject=ticket.code) if e.event == "ticket.imported")
    assert (entry.actor_id, entry.data) == (focal.user_id, {"batch": batch_id, "row": 2})
    (done,) = audit.newest(session, subject=f"import/{batch_id}")
    assert (done.event, done.data["filed"], done.actor_id) == ("import.done", 1, focal.user_id)


def test_what_was_filed_before_under_the_same_code_is_left_out_and_named(session, loaded, focal, kept):
    take_over(session, loaded, focal, kept({}))
    again = kept({}, {"code": "TD-02"}, sha256="b")
    session.rollback()
    batch = importing.waiting(session, again, focal)
    (known,) = importing.known(session, batch, focal)
    assert (known.item.code, known.ticket) == ("TD-01", tickets(session)[0].code)
    assert take_over(session, loaded, focal, again) == 1
    assert [t.channel_code for t in tickets(session)] == ["TD-01", "TD-02"]


def test_the_same_code_of_another_channel_is_another_matter(session, loaded, focal, kept):
    take_over(session, loaded, focal, kept({}))
    assert take_over(session, loaded, focal, kept({}, sha256="b", channel="dialogue")) == 1


def test_a_ticket_of_that_code_that_was_typed_in_by_hand_counts_too(session, loaded, focal, kept):
    a_ticket(session, loaded, channel="hotline", channel_code="TD-01")
    assert take_over(session, loaded, focal, kept({})) == 0


def test_a_file_is_taken_over_once(session, loaded, focal, kept):
    first, second = kept({}), kept({})
    take_over(session, loaded, focal, first)
    assert importing.taken_over(session, "a").filed == 1
    for batch_id in (first, second):
        with pytest.raises(Conflict):
            take_over(session, loaded, focal, batch_id)
    assert len(tickets(session)) == 1


def test_when_one_row_cannot_be_stored_none_is(session, loaded, focal, kept, monkeypatch):
    batch_id, opened = kept({}, {"code": "TD-02"}), []
    original = importing.open_ticket

    def failing(*args, **given):
        opened.append(1)
        if len(opened) == 2:
            raise RuntimeError("the disk is full")
        return original(*args, **given)

    monkeypatch.setattr(importing, "open_ticket", failing)
    with pytest.raises(RuntimeError):
        take_over(session, loaded, focal, batch_id)
    assert tickets(session) == []
    assert session.scalar(select(func.count()).where(ImportBatch.done_at.is_not(None))) == 0


def test_only_the_offices_import_and_only_their_own_table(session, loaded, focal, kept):
    officer = actor_of(session, a_person(session, "officer", "so-tc"))
    with pytest.raises(Forbidden):
        kept({}, by=officer)
    batch_id = kept({})
    session.rollback()
    with pytest.raises(NotFound):
        importing.waiting(session, batch_id, officer)


def test_a_table_that_nobody_took_over_is_gone_after_a_day(session, loaded, focal, kept):
    waiting, done = kept({}), kept({}, sha256="b")
    take_over(session, loaded, focal, done)
    with unit_of_work() as writing:
        importing.purge(writing, clock.now() + timedelta(days=2))
    assert session.scalars(select(ImportBatch.id)).all() == [done]
    assert waiting != done


@pytest.mark.parametrize(
    "change, column, expected",
    [
        ({"code": ""}, "A", "không được bỏ trống"),
        ({"code": "x" * 65}, "A", "tối đa 64"),
        ({"received_on": "31/02/2026"}, "B", "24/11/2026"),
        ({"received_on": "hôm qua"}, "B", "24/11/2026"),
        ({"received_on": "25/11/2026"}, "B", "không sau hôm nay"),
        ({"received_on": "99999"}, "B", "không sau hôm nay"),
        ({"received_on": "01/01/2020"}, "B", "hai năm"),
        ({"title": "x" * 201}, "C", "đang có 201"),
        ({"body": "a\x0bb"}, "D", "ký tự điều khiển"),
        ({"filer_type": "vua"}, "F", "Hợp tác xã"),
        ({"email": "khong-co"}, "J", "ten@congty.vn"),
        ({"kind": "tin vui"}, "L", "một trong"),
        ({"field": "vũ trụ"}, "M", "một trong"),
        ({"area": "Atlantis"}, "N", "danh mục địa bàn"),
        ({"concerned": "Sở Xây dựng"}, "O", "bỏ trống, trừ"),
        ({"kind": "informal_cost", "concerned": "Sở Vũ trụ"}, "O", "một trong"),
        ({"hide_identity": "có thể"}, "P", "“có” hoặc “không”"),
    ],
)
def test_what_is_wrong_stands_with_its_cell_and_what_is_expected(look, change, column, expected):
    _items, faults = look({}, {"code": "TD-02"} | change)
    assert [(fault.row, fault.column) for fault in faults] == [(3, column)]
    assert expected in faults[0].expected


def test_every_fault_of_a_table_is_told_at_once(look):
    _items, faults = look({"title": "", "email": "x"}, {"received_on": ""})
    assert [(f.row, f.column) for f in faults] == [(2, "C"), (2, "J"), (3, "B")]


def test_two_rows_with_one_code_are_refused(look):
    _items, faults = look({}, {})
    assert [(f.row, f.column) for f in faults] == [(3, "A")]
    assert "dòng 2" in faults[0].expected


@pytest.mark.parametrize(
    "typed", ["20/11/2026", "20-11-2026", "20.11.2026 08:30", "2026-11-20", "2026-11-20T00:00:00", "46346"]
)
def test_days_as_people_and_spreadsheets_write_them(look, typed):
    items, faults = look({"received_on": typed})
    assert faults == []
    assert items[0].received_on == "2026-11-20"


def test_names_are_understood_without_marks_or_as_codes(look):
    row = {
        "kind": "informal_cost",
        "field": "XAY DUNG, QUY HOACH",
        "filer_type": "ho kinh doanh",
        "hide_identity": "Có",
    }
    items, faults = look(row | {"concerned": "so xay dung; thue"})
    assert faults == []
    item = items[0]
    assert (item.kind, item.filer_type, item.hide_identity) == ("informal_cost", "household", True)
    assert item.concerned == ["so-xd", "thue"]


def test_kind_and_field_are_guessed_where_they_are_empty_and_said_to_be(look):
    (item,), _faults = look({"title": "Xin hướng dẫn", "body": "Giấy phép xây dựng nhà xưởng cần hồ sơ gì?"})
    assert (item.kind, item.field, item.guessed) == ("information_request", "construction", ["kind", "field"])


def test_a_row_that_accuses_is_marked_and_never_guessed_to_be_a_report(look):
    body = "Cán bộ Sở Xây dựng đòi 20 triệu đồng tiền bồi dưỡng mới cấp giấy phép."
    (item,), _faults = look({"title": "Vòi tiền", "body": body})
    assert item.accuses
    assert item.kind == "obstacle"


def test_headings_are_checked_before_anything_else(loaded):
    names = ["code", "received_on", "title", "body"]
    rows = table({}, names=names)
    rows[0] = Row(1, (*rows[0].cells, "Ghi chú lạ"))
    _items, faults = importing.look(rows, loaded, channel="hotline", today=TODAY)
    assert [(f.column, f.heading) for f in faults] == [("E", "Ghi chú lạ"), ("", "Bên gửi")]


@pytest.mark.parametrize("rows", [[], table()])
def test_an_empty_table_says_so(loaded, rows):
    _items, faults = importing.look(rows, loaded, channel="hotline", today=TODAY)
    assert len(faults) == 1


def test_a_sensitive_row_is_kept_from_whom_it_is_about(session, loaded, focal, kept):
    take_over(session, loaded, focal, kept({"kind": "informal_cost", "concerned": "so-xd"}))
    (ticket,) = tickets(session)
    assert ticket.sensitive
    with unit_of_work() as writing:
        route(writing, {"ticket_id": ticket.id})
    now = reread(session, ticket.code)
    assert loaded.agency_codes[now.lead_id or now.holder_id] == "thanh-tra"
    assert store.current(session).agency_ids["so-xd"] in {c.agency_id for c in now.concerned}
