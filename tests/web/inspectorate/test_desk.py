"""The inspectorate's desk: its reports, with the agencies they are about; nobody else's."""

from tests.factories import a_person, a_ticket, sign_in


def report(session, loaded, to, about, **more):
    return a_ticket(
        session, loaded, to=to, kind="informal_cost", field="tax", concerned=frozenset({about}), **more
    )


def page(app, person):
    return sign_in(app.test_client(), person).get("/thanh-tra/").get_data(as_text=True)


def test_an_inspector_sees_the_reports_held_and_whom_they_are_about(app, session, loaded):
    inspector = a_person(session, "inspector", "thanh-tra")
    held = report(session, loaded, "thanh-tra", "hai-quan", title="Phản ánh thu tiền ngoài quy định")
    ordinary = a_ticket(session, loaded, to="thanh-tra")
    text = page(app, inspector)
    assert held.code in text
    assert "Hải quan" in text
    assert ordinary.code not in text


def test_a_report_about_the_inspectorate_is_not_there(app, session, loaded):
    inspector = a_person(session, "inspector", "thanh-tra")
    about_us = report(session, loaded, "vp-ubnd", "thanh-tra")
    assert about_us.code not in page(app, inspector)
