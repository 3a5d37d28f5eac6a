"""One matter by several channels, or filed twice: one clock."""

import io

from feedback_app.intake.importing.columns import COLUMNS
from feedback_app.tickets.models import ClockEventRow, Ticket
from feedback_app.tickets.services import recognising


def filed_twice(province, **more):
    return [province.file("Hoàn thuế chậm", "Đã lâu chưa có kết quả.", field="tax", **more) for _ in range(2)]


def test_a_matter_from_another_channel_is_noted_once_and_no_second_clock_runs(province, session):
    tax = province.person("officer", "thue")
    first, second = filed_twice(province)
    due, noted = (
        province.ticket(first).due_on,
        {"channel": "pakn", "code": "PA-77", "received_on": "2026-10-01"},
    )
    assert tax.does(first.number, "kenh-khac").status_code == 200, "something must be said"
    assert tax.does(first.number, "kenh-khac", **(noted | {"received_on": "2026-10-06"})).status_code == 200
    assert tax.does(first.number, "kenh-khac", **noted).status_code == 302
    assert province.ticket(first).due_on == due
    assert recognising.known(session, "pakn", ("PA-77", "PA-78")) == {"PA-77": province.ticket(first).id}
    again = tax.does(second.number, "kenh-khac", **noted)
    assert "đã được ghi nhận ở một phiếu" in again.text
    assert "PA-77" in tax.sees(f"/can-bo/phieu/{first.number}")


def test_a_second_ticket_of_the_same_enterprise_points_to_the_first(province):
    tax = province.person("officer", "thue")
    first, second = filed_twice(province)
    tax.does(second.number, "nhan")
    stranger = province.file("Hoàn thuế chậm", "Việc khác.", field="tax", name="Công ty Khác")
    tax.does(stranger.number, "nhan")
    assert "cùng một bên gửi" in tax.does(first.number, "kenh-khac", duplicate=stranger.number).text
    assert "cùng một bên gửi" in tax.does(first.number, "kenh-khac", duplicate=first.number).text
    assert tax.does(first.number, "kenh-khac", duplicate=second.number).status_code == 302
    assert province.ticket(second).status == "redirected"
    told = province.follow(second).get(f"/theo-doi/{second.number}").text
    assert first.number in told
    assert province.ticket(first).status == "assigned"


def test_who_hides_the_name_is_not_found_out_by_trying(province):
    tax = province.person("officer", "thue")
    first, second = filed_twice(province, hide_identity="y")
    tax.does(second.number, "nhan")
    assert "được biết" in tax.does(first.number, "kenh-khac", duplicate=second.number).text
    assert province.ticket(second).status == "in_work"


def a_table(*codes):
    headings = [column.heading for column in COLUMNS if column.required]
    rows = [
        [code, "02/10/2026", "Hoàn thuế chậm", f"Chưa có kết quả {code}.", "Công ty TNHH Ví Dụ"]
        for code in codes
    ]
    text = "\ufeff" + "\r\n".join(";".join(cells) for cells in [headings, *rows])
    return io.BytesIO(text.encode()), "duong-day-nong.csv"


def brought_in(province, office, *codes):
    """Import a table of the hotline; return its preview and what is said when it was taken over."""
    browser = office.browser()
    sent = browser.post("/dau-moi/nhap", data={"channel": "hotline", "table": a_table(*codes)})
    address = sent.headers["Location"]
    shown = browser.get(address).text
    done = browser.post(address, follow_redirects=True).text
    province.work()
    return shown, done


def test_what_the_hotline_took_down_is_not_filed_again_where_its_code_is_on_a_ticket(province, session):
    office, tax = province.person("focal_point", "so-tc"), province.person("officer", "thue")
    receipt = province.file("Hoàn thuế chậm", "Đã lâu chưa có kết quả.", field="tax")
    noted = {"channel": "hotline", "code": "DN-7", "received_on": "2026-10-02"}
    tax.does(receipt.number, "kenh-khac", **noted)
    before = province.ticket(receipt)
    due, events = before.due_on, [(event.kind, event.on) for event in before.clock_events]

    shown, done = brought_in(province, office, "DN-7", "DN-8")
    assert receipt.number in shown, "the preview says which ticket it is"
    assert "1 phiếu mới" in shown
    assert "Đã nhập 1 phiếu" in done
    session.rollback()
    assert [t.channel_code for t in session.query(Ticket).filter_by(channel="hotline")] == ["DN-8"]
    after = province.ticket(receipt)
    assert (after.due_on, [(event.kind, event.on) for event in after.clock_events]) == (due, events)
    assert session.query(ClockEventRow).filter_by(kind="start").count() == 2, "one clock for each matter"

    again, done = brought_in(province, office, "DN-7")
    assert "Đã nhập 0 phiếu" in done
    assert receipt.number in again


def test_a_matter_recognised_while_the_table_was_looked_at_is_not_filed_either(province, session):
    office, tax = province.person("focal_point", "so-tc"), province.person("officer", "thue")
    receipt = province.file("Hoàn thuế chậm", "Đã lâu chưa có kết quả.", field="tax")
    browser = office.browser()
    address = browser.post("/dau-moi/nhap", data={"channel": "hotline", "table": a_table("DN-7")}).headers[
        "Location"
    ]
    assert "1 phiếu mới" in browser.get(address).text
    tax.does(receipt.number, "kenh-khac", channel="hotline", code="DN-7", received_on="2026-10-02")
    assert "Đã nhập 0 phiếu" in browser.post(address, follow_redirects=True).text
    session.rollback()
    assert session.query(Ticket).count() == 1


def test_what_was_brought_in_first_and_filed_on_the_web_after_ends_as_one_clock(province, session):
    office, tax = province.person("focal_point", "so-tc"), province.person("officer", "thue")
    brought_in(province, office, "DN-7")
    session.rollback()
    first = session.query(Ticket).filter_by(channel="hotline").one().code
    second = province.file("Hoàn thuế chậm", "Đã lâu chưa có kết quả.", field="tax")
    assert (
        "đã được ghi nhận"
        in tax.does(second.number, "kenh-khac", channel="hotline", code="DN-7", received_on="2026-10-02").text
    )
    office.does(first, "giao", agency="other", other="thue", reason="Thuộc ngành thuế.")
    tax.does(second.number, "nhan")
    assert tax.does(first, "kenh-khac", duplicate=second.number).status_code == 302
    assert province.ticket(second).status == "redirected"
    assert province.ticket(second).clock_events[-1].kind == "stop"
