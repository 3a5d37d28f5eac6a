"""A report goes in once, sealed, to those whom the reporter chose."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from feedback_app.confidential import reports, store, uploads
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.errors import (
    ContainsCode,
    IntakeClosed,
    NoCustodian,
    NoReader,
    NotFound,
    OutOfSpace,
    Refused,
    TooLong,
    UnknownReceipt,
    WrongDoor,
)
from feedback_app.confidential.models import Blob, Door, InLetterbox, SignedRoster
from feedback_app.confidential.sealing import receipts
from feedback_app.confidential.services import conversing, filing, opening
from feedback_app.core import clock
from tests.confidential.world import answers, file_report, identity

TODAY = clock.today()


def ids(session):
    return [row.id for row in session.query(InLetterbox)]


def test_what_was_filed_is_read_with_the_receipt_and_by_inspectors(session, body, filed):
    done = filed(story="Tên gọi không ai biết")
    talk = conversing.look(session, done.code, on=TODAY)
    rows = opening.queue(session, body.unlock("binh"), on=TODAY)
    assert talk.story == "Tên gọi không ai biết"
    assert (talk.proof.registered, talk.proof.unchanged) == (True, True)
    assert talk.proof.commitment == done.commitment
    assert [row.answers for row in rows] == [answers()]


def test_a_form_sent_twice_is_one_report_with_one_receipt(session, body, filed):
    token = receipts.new_token()
    first, second = filed(token=token), filed(token=token, story="anders")
    assert (first.again, second.again) == (False, True)
    assert (first.code, first.commitment) == (second.code, second.commitment)
    assert len(ids(session)) == 1


def test_one_form_sent_by_eight_at_once_is_one_report(vault, session, body):
    token = receipts.new_token()

    def send(_number):
        with vault.app_context():
            try:
                return file_report(body, token=token).code
            finally:
                store.db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        codes = set(pool.map(send, range(8)))
    assert len(codes) == 1
    assert len(ids(session)) == 1


def test_who_is_kept_out_does_not_see_that_there_is_a_report(session, body, filed):
    filed(excluded=(body.seat("binh"),))
    assert opening.queue(session, body.unlock("binh"), on=TODAY) == ()
    assert len(opening.queue(session, body.unlock("chi"), on=TODAY)) == 1
    with pytest.raises(NotFound):
        opening.load(session, body.unlock("binh"), ids(session)[0])


def test_somebody_must_be_left_to_read(body, filed):
    with pytest.raises(NoReader):
        filed(excluded=tuple(seat.id for seat in body.roster.seats))


def test_an_identity_needs_somebody_who_keeps_it(body, filed):
    out = (body.seat("an"), body.seat("chi"))
    with pytest.raises(NoCustodian):
        filed(excluded=out, identity=identity())
    assert not filed(excluded=out).again


def test_identity_envelopes_are_of_one_length_given_or_not(session, body, filed):
    filed(), filed(identity=identity())
    rows = session.query(InLetterbox).all()
    assert len({len(row.identity) for row in rows}) == 1
    assert len({len(row.identity_slots) for row in rows}) == 1
    assert len({len(row.slots) for row in rows}) == 1


def test_a_report_holding_its_own_receipt_is_refused(body, filed):
    token = receipts.new_token()
    code = receipts.from_token(token, here().receipt_key)
    with pytest.raises(ContainsCode):
        filed(token=token, story=f"mã của tôi là {receipts.grouped(code).lower()} nhé")


def test_a_story_has_an_end(body, filed):
    with pytest.raises(TooLong):
        filed(story="a" * 20_001)


def test_a_swapped_list_of_readers_closes_the_intake(session, body, filed):
    with store.unit_of_work() as writing:
        row = writing.get_one(SignedRoster, body.body)
        row.document = row.document.replace(body.roster.seats[0].public, "00" * 32)
    with pytest.raises(IntakeClosed):
        filed()
    with pytest.raises(IntakeClosed):
        filing.intake(session, body.body)


def test_a_body_that_was_never_set_up_takes_nothing_in(vault, session):
    with pytest.raises(IntakeClosed):
        filing.intake(session, "thanh-tra-tinh")
    with pytest.raises(IntakeClosed):
        filing.intake(session, "thanh-tra-nganh")


def test_the_reporter_sees_whom_to_keep_out(session, body):
    choice = filing.intake(session, body.body)
    assert {seat.name for seat in choice.seats} == {seat.name for seat in body.roster.seats}
    assert sum(seat.custodian for seat in choice.seats) == 2
    assert len(choice.fingerprint.split()) == 8


def test_files_come_back_as_they_were_sent(session, body, filed):
    upload = uploads.take(io.BytesIO(b"bien nhan so 17"), "Biên nhận.txt")
    assert (upload.name, upload.media_type) == ("Biên nhận.txt", "text/plain")
    done = filed(files=(uploads.Upload.unpack(upload.packed()),))
    content = b"".join(conversing.file_content(session, done.code, 0))
    assert content == b"bien nhan so 17"
    assert session.query(Blob).count() == 1
    with pytest.raises(NotFound):
        conversing.file_content(session, done.code, 1)


@pytest.mark.parametrize(
    "content,name,reason",
    [(b"", "a.txt", "type"), (b"MZ\x90\0", "a.exe", "type"), (b"\xff\xd8\xff\xe0", "a.jpg", "broken")],
)
def test_files_that_are_none_are_refused_with_their_reason(vault, content, name, reason):
    with pytest.raises(Refused) as refused:
        uploads.take(io.BytesIO(content), name)
    assert refused.value.reason == reason


def test_a_full_disk_stores_nothing_by_halves(session, body, filed, monkeypatch):
    uploads_ = tuple(uploads.take(io.BytesIO(b"x" * 10), f"{n}.txt") for n in range(3))
    put, calls = here().blobs.put, []

    def full(source):
        calls.append(source)
        if len(calls) == 3:
            raise OutOfSpace
        return put(source)

    monkeypatch.setattr(here().blobs, "put", full)
    with pytest.raises(OutOfSpace):
        filed(files=uploads_)
    assert ids(session) == []
    assert not list(here().blobs._files())


def test_the_write_only_door_takes_in_and_gives_nothing_back(session, body):
    with store.unit_of_work() as writing:
        writing.add(Door(body=body.body, token_hash=filing.door_hash("một mã của cửa")))
    matter = filing.Filing(body=body.body, answers=answers(), story="Tổng hợp", source="pakn")
    with store.unit_of_work() as writing:
        filing.hand_in(writing, "một mã của cửa", matter, on=TODAY)
    with pytest.raises(WrongDoor), store.unit_of_work() as writing:
        filing.hand_in(writing, "một mã khác", matter, on=TODAY)
    (row,) = opening.queue(session, body.unlock("an"), on=TODAY)
    assert row.answers.field == "construction"


def test_a_code_that_was_never_given_opens_nothing(session, body, filed):
    filed()
    stranger = receipts.from_token(receipts.new_token(), bytes(32))
    with pytest.raises(UnknownReceipt):
        conversing.look(session, stranger, on=TODAY)


def test_both_tables_are_searched_for_a_report(session, body, filed):
    filed()
    with pytest.raises(NotFound):
        reports.find(session, "nothing")
