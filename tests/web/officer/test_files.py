"""Files on a ticket: the signed letter, and what a hidden filer sent."""

import io

import pytest

from feedback_app.core import clock, files
from feedback_app.core.db import unit_of_work
from feedback_app.tickets import queries
from feedback_app.tickets.services import handling
from feedback_app.tickets.services.attaching import attach
from tests.factories import a_person, a_ticket, actor_of, reread, sign_in
from tests.factories.files import PDF, a_pdf


@pytest.fixture
def officer(session):
    return a_person(session, "officer", "so-xd")


@pytest.fixture
def focal_point(session):
    return a_person(session, "focal_point", "so-tc")


def opened(browser, address):
    """Return what the download holds."""
    with browser.get(address) as reply:
        return reply.data


def accepted(session, ticket, officer):
    actor = actor_of(session, officer)
    with unit_of_work() as writing:
        handling.accept(writing, queries.handled_by(writing, actor, ticket.code), by=actor, at=clock.now())
    return reread(session, ticket.code)


def filed_with_a_file(session, loaded, **filing):
    """Return a ticket and the public id of a file that was withheld when it was filed."""
    ticket = a_ticket(session, loaded, **({"to": "so-xd", "hide_identity": True} | filing))
    waiting = files.quarantine("tests")
    file = files.take_in(io.BytesIO(PDF), "giay-to-cong-ty.pdf", waiting)
    files.storage().put(waiting / file.key, file.key)
    with unit_of_work() as writing:
        row = attach(
            writing, ticket.id, file, origin="filing", at=clock.now(), released=not ticket.hide_identity
        )
        public_id = row.public_id
    session.expire_all()
    return reread(session, ticket.code), public_id


def send_answer(browser, ticket, upload):
    given = {"text": "Sở đã trả lời từng việc.", "seen_version": ticket.version, "signed_file": upload}
    return browser.post(f"/can-bo/phieu/{ticket.code}/tra-loi", data=given)


def test_the_signed_letter_is_kept_with_the_answer_byte_for_byte(session, loaded, client, officer):
    ticket = accepted(session, a_ticket(session, loaded, to="so-xd"), officer)
    browser = sign_in(client, officer)
    assert send_answer(browser, ticket, a_pdf()).status_code == 302
    ticket = reread(session, ticket.code)
    (letter,) = ticket.attachments
    assert (letter.origin, letter.answer_id) == ("answer", ticket.answers[0].id)
    assert opened(browser, f"/can-bo/phieu/{ticket.code}/tep/{letter.public_id}") == PDF


@pytest.mark.parametrize(
    "content,name", [(b"MZ\x90\x00not a letter", "van-ban.pdf"), (b"xin chao", "van-ban.txt")]
)
def test_what_is_no_pdf_is_refused_with_a_reason_and_the_text_stays(
    session, loaded, client, officer, content, name
):
    ticket = accepted(session, a_ticket(session, loaded, to="so-xd"), officer)
    page = send_answer(sign_in(client, officer), ticket, (io.BytesIO(content), name))
    assert page.status_code == 200
    assert "Sở đã trả lời từng việc." in page.text
    assert 'id="signed_file-error"' in page.text
    ticket = reread(session, ticket.code)
    assert not ticket.answers
    assert not ticket.attachments


def test_a_withheld_file_is_opened_by_the_agency_after_its_release(
    session, loaded, client, officer, focal_point
):
    ticket, public_id = filed_with_a_file(session, loaded)
    address = f"/can-bo/phieu/{ticket.code}/tep/{public_id}"
    browser = sign_in(client, officer)
    assert browser.get(address).status_code == 404
    assert "giay-to-cong-ty" not in browser.get(f"/can-bo/phieu/{ticket.code}").text
    assert browser.post(f"{address}/cho-xem").status_code in {403, 404}
    assert opened(sign_in(client, focal_point), address) == PDF
    assert client.post(f"{address}/cho-xem").status_code == 302
    assert opened(sign_in(client, officer), address) == PDF


def test_a_redacted_copy_is_opened_while_the_original_stays_withheld(
    session, loaded, client, officer, focal_point
):
    ticket, public_id = filed_with_a_file(session, loaded)
    address = f"/can-bo/phieu/{ticket.code}/tep"
    sent = sign_in(client, focal_point).post(
        f"{address}/{public_id}/cho-xem", data={"copy": a_pdf("ban-da-che.pdf")}
    )
    assert sent.status_code == 302
    (copy,) = [a for a in reread(session, ticket.code).attachments if a.origin == "released"]
    browser = sign_in(client, officer)
    assert opened(browser, f"{address}/{copy.public_id}") == PDF
    assert browser.get(f"{address}/{public_id}").status_code == 404
    page = browser.get(f"/can-bo/phieu/{ticket.code}").text
    assert "ban-da-che.pdf" in page
    assert "giay-to-cong-ty" not in page


def test_on_a_report_only_the_head_of_its_holder_opens_and_releases_what_was_withheld(
    session, loaded, client, focal_point
):
    report = {"to": "thanh-tra", "kind": "informal_cost", "concerned": frozenset({"so-xd"})}
    ticket, public_id = filed_with_a_file(session, loaded, **report)
    address = f"/can-bo/phieu/{ticket.code}/tep/{public_id}"
    inspector, head = (a_person(session, function, "thanh-tra") for function in ("inspector", "agency_head"))
    about = a_person(session, "agency_head", "so-xd")
    for person in (inspector, focal_point, about):
        assert sign_in(client, person).get(address).status_code == 404
    page = sign_in(client, inspector).get(f"/can-bo/phieu/{ticket.code}").text
    assert "chỉ lãnh đạo cơ quan giữ phiếu biết bên gửi" in page
    assert "Công ty TNHH Mẫu A" in sign_in(client, head).get(f"/can-bo/phieu/{ticket.code}").text
    assert client.post(f"{address}/cho-xem").status_code == 302
    assert opened(sign_in(client, inspector), address) == PDF
    assert sign_in(client, about).get(address).status_code == 404


def test_another_agency_s_file_does_not_exist(session, loaded, client, officer):
    ticket, public_id = filed_with_a_file(session, loaded, hide_identity=False)
    address = f"/can-bo/phieu/{ticket.code}/tep/{public_id}"
    assert opened(sign_in(client, officer), address) == PDF
    assert sign_in(client, a_person(session, "officer", "so-yt")).get(address).status_code == 404
    assert client.get(f"/can-bo/phieu/{ticket.code}/tep/khong-co").status_code == 404
