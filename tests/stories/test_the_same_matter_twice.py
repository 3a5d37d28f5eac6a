"""One matter by several channels, or filed twice: one clock."""

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
