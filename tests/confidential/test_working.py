"""What inspectors do with a report, and what each of them may not."""

import pyrage
import pytest

from feedback_app.confidential import journal, store
from feedback_app.confidential.documents import OutcomeKind, Stage, State
from feedback_app.confidential.errors import (
    Closed,
    LastReader,
    NotAllowed,
    NotApproved,
    NotFound,
    NotGranted,
    NotOpened,
    SeatChanged,
    WrongPassphrase,
    WrongStage,
)
from feedback_app.confidential.models import LogLine
from feedback_app.confidential.sealing.shares import new_secret, offline_of
from feedback_app.confidential.services import (
    conversing,
    deciding,
    exporting,
    handing,
    identifying,
    opening,
    papers,
    working,
)
from feedback_app.confidential.services.ceremonies import keeping, seats
from tests.confidential.acting import TODAY, assigned, case, do, only_report, opened_by
from tests.confidential.world import answers, identity


def test_question_answer_outcome_go_through_the_receipt(session, body, filed):
    code = filed().code
    report = only_report(session)
    _, binh = assigned(body, report)
    do(working.ask, binh, report, "Ngày nào?")
    session.expire_all()
    assert conversing.look(session, code, on=TODAY).messages[-1].text == "Ngày nào?"
    do(conversing.reply, code, "Thứ Hai tuần trước")
    session.expire_all()
    (row,) = opening.queue(session, binh, on=TODAY)
    assert (row.unread, row.stage, row.state) == (1, Stage.ASSIGNED, State.IN_WORK)
    do(opening.open_report, binh, report)
    do(deciding.close, binh, report, OutcomeKind.SUBSTANTIATED, "Đã xử lý người vi phạm.")
    session.expire_all()
    talk = conversing.look(session, code, on=TODAY)
    assert (talk.state, talk.outcome.kind) == (State.CLOSED, OutcomeKind.SUBSTANTIATED)
    assert talk.proof.unchanged
    with pytest.raises(Closed):
        do(conversing.reply, code, "Nữa")


def test_the_receipt_does_not_open_notes(session, body, filed):
    filed()
    report = only_report(session)
    _, binh = assigned(body, report)
    do(working.note, binh, report, "Nghi là phòng cấp phép")
    found = case(session, binh, report)
    assert found.working.notes[-1].text == "Nghi là phòng cấp phép"
    assert "cấp phép" not in found.shared.model_dump_json()
    assert found.keys.working != found.keys.report


def test_wrong_passphrase_and_unknown_name_are_told_alike(session, body):
    for name in (body.name("an"), "Không Ai"):
        with pytest.raises(WrongPassphrase), store.unit_of_work() as writing:
            opening.unlock(writing, body.body, name, "sai hoàn toàn cả câu này", on=TODAY)


def test_nothing_is_done_to_a_report_that_was_not_opened(session, body, filed):
    filed()
    with pytest.raises(NotOpened):
        do(working.note, body.unlock("an"), only_report(session), "x")


def test_only_the_head_assigns_and_only_to_readers(session, body, filed):
    filed(excluded=(body.seat("chi"),))
    report = only_report(session)
    with pytest.raises(NotAllowed):
        do(handing.assign, opened_by(body, "binh", report), report, body.seat("binh"))
    with pytest.raises(NotAllowed):
        do(handing.assign, opened_by(body, "an", report), report, body.seat("chi"))
    with pytest.raises(NotAllowed):
        do(handing.take, opened_by(body, "binh", report), report)


def test_where_the_head_is_kept_out_an_inspector_takes_the_report(session, body, filed):
    filed(excluded=(body.seat("an"),))
    report = only_report(session)
    binh = opened_by(body, "binh", report)
    do(handing.take, binh, report)
    assert case(session, binh, report).working.handler == body.seat("binh")
    with pytest.raises(NotAllowed):
        do(handing.take, opened_by(body, "chi", report), report)


def test_who_stands_aside_loses_the_keys(session, body, filed):
    filed(identity=identity())
    report = only_report(session)
    chi = opened_by(body, "chi", report)
    before = case(session, chi, report).row.shared
    do(handing.recuse, chi, report, "Người quen")
    session.expire_all()
    assert opening.queue(session, chi, on=TODAY) == ()
    with pytest.raises(NotFound):
        opening.load(session, body.unlock("chi"), report)
    found = case(session, body.unlock("an"), report)
    assert found.row.shared != before
    assert found.working.recused == (body.seat("chi"),)
    with pytest.raises(NotAllowed):
        do(handing.hand_over, opened_by(body, "an", report), report, body.seat("chi"), "lại")


def test_the_last_reader_names_a_successor(session, body, filed):
    filed(excluded=(body.seat("an"), body.seat("chi")))
    report = only_report(session)
    binh = opened_by(body, "binh", report)
    with pytest.raises(LastReader):
        do(handing.recuse, binh, report, "x")
    with pytest.raises(NotAllowed):
        do(handing.recuse, binh, report, "x", to=body.seat("an"))


def test_handing_over_gives_slots_and_takes_the_giver_s(session, body, filed):
    filed()
    report = only_report(session)
    _, binh = assigned(body, report)
    do(handing.hand_over, binh, report, body.seat("chi"), "Nghỉ phép", keep=False)
    session.expire_all()
    assert opening.queue(session, binh, on=TODAY) == ()
    found = case(session, body.unlock("chi"), report)
    assert found.working.handler == body.seat("chi")


def test_an_identity_is_opened_by_another_than_the_handler_and_the_reporter_sees_it(session, body, filed):
    code = filed(identity=identity()).code
    report = only_report(session)
    an, binh = assigned(body, report)
    do(identifying.ask_identity, binh, report, "Cần đối chiếu hồ sơ")
    with pytest.raises(NotGranted):
        identifying.identity(session, binh, report)
    with pytest.raises(NotAllowed):
        do(identifying.answer, binh, report, 0, True, "")
    do(identifying.answer, an, report, 0, True, "Đúng")
    session.expire_all()
    assert identifying.identity(session, binh, report).name == "Công ty TNHH Mẫu"
    assert len(conversing.look(session, code, on=TODAY).identity_opened) == 1
    with pytest.raises(NotGranted):
        identifying.identity(session, an, report)
    with pytest.raises(NotFound):
        do(identifying.answer, an, report, 0, True, "")


def test_a_refusal_is_told_to_the_handler_only(session, body, filed):
    code = filed(identity=identity()).code
    report = only_report(session)
    an, binh = assigned(body, report)
    do(identifying.ask_identity, binh, report, "Tò mò")
    do(identifying.answer, an, report, 0, False, "Chưa cần")
    session.expire_all()
    assert conversing.look(session, code, on=TODAY).identity_opened == ()
    assert case(session, binh, report).working.identity_requests[0].granted is False


def test_an_anonymous_report_has_no_identity_to_open(session, body, filed):
    filed()
    report = only_report(session)
    an, binh = assigned(body, report)
    do(identifying.ask_identity, binh, report, "Cần")
    with pytest.raises(NotGranted):
        do(identifying.answer, an, report, 0, True, "")


def test_a_custodian_checks_an_identity_but_not_in_his_own_case(session, body, filed):
    filed(identity=identity())
    report = only_report(session)
    an, chi = assigned(body, report, "chi")
    assert do(identifying.as_custodian, an, report).tax_code == "4200000001"
    with pytest.raises(NotAllowed):
        do(identifying.as_custodian, chi, report)


def test_a_bundle_needs_a_second_person(session, body, filed):
    filed(story="Gọi 0905123456 cho anh Tuấn")
    report = only_report(session)
    an, binh = assigned(body, report)
    key = pyrage.x25519.Identity.generate()
    do(exporting.ask_export, binh, report, str(key.to_public()), redacted=False)
    with pytest.raises(NotApproved):
        do(exporting.export, binh, report)
    with pytest.raises(NotAllowed):
        do(exporting.approve_export, binh, report)
    do(exporting.approve_export, an, report)
    bundle = do(exporting.export, binh, report)
    assert b"report.json" in pyrage.decrypt(bundle, [key])
    do(deciding.hand_out, binh, report, "thanh tra đột xuất", "QĐ 12")
    found = case(session, binh, report)
    assert (found.shared.story, found.working.stage) == ("", Stage.HANDED_OUT)
    with pytest.raises(WrongStage):
        do(working.ask, binh, report, "x")


def test_nothing_is_handed_out_before_it_was_exported(session, body, filed):
    filed()
    report = only_report(session)
    _, binh = assigned(body, report)
    with pytest.raises(NotApproved):
        do(deciding.hand_out, binh, report, "thanh tra", "1")


def test_a_key_that_is_none_is_refused(session, body, filed):
    filed()
    report = only_report(session)
    _, binh = assigned(body, report)
    with pytest.raises(NotAllowed):
        do(exporting.ask_export, binh, report, "age1khoa", redacted=True)


def test_links_go_both_ways_and_related_reports_are_found(session, body, filed):
    filed(), filed(), filed(answers=answers(agency="so-ct"))
    ids = [row.id for row in opening.queue(session, body.unlock("an"), on=TODAY)]
    an = opened_by(body, "an", ids[0])
    do(working.link, an, ids[0], ids[1])
    assert case(session, an, ids[1]).working.links == (ids[0],)
    do(working.unlink, an, ids[0], ids[1])
    assert case(session, an, ids[0]).working.links == ()
    near = {row.answers.agency for row in working.related(session, an, ids[0], on=TODAY)}
    assert len(near) <= 1


def test_deadlines_by_week_and_extensions(session, body, filed):
    filed()
    report = only_report(session)
    _, binh = assigned(body, report)
    do(working.assess, binh, report, {"gravity": "high", "other": "x"}, "Có căn cứ")
    do(working.extend, binh, report, 3, "Chờ tài liệu")
    with pytest.raises(WrongStage):
        do(working.extend, binh, report, 9, "Chờ")
    row = opening.row_of(case(session, binh, report), TODAY)
    assert (row.due["settled"] - row.week).days == 8 * 7
    assert row.late == ()


def test_a_referral_stops_the_clock_and_tells_the_reporter_without_naming_the_police(session, body, filed):
    code = filed().code
    report = only_report(session)
    _, binh = assigned(body, report)
    do(deciding.refer, binh, report, "Công an tỉnh", "Trích yếu", crime=True)
    session.expire_all()
    talk = conversing.look(session, code, on=TODAY)
    assert (talk.messages[-1].kind, talk.messages[-1].text) == ("referred", "")


def test_who_has_left_is_locked_out_and_nobody_seals_for_an_old_recovery_key(session, body, filed):
    filed()
    report = only_report(session)
    an, binh = assigned(body, report)
    fresh = new_secret()
    with store.unit_of_work() as writing:
        seats.remove(writing, body.body, body.secret, body.seat("binh"), on=TODAY)
    with pytest.raises(SeatChanged):
        do(working.note, binh, report, "noch da")
    with store.unit_of_work() as writing:
        keeping.rotate(writing, body.body, body.secret, fresh, on=TODAY)
    do(handing.hand_over, an, report, body.seat("chi"), "Nghỉ phép", keep=False)
    with store.unit_of_work() as writing:
        keeping.settle_pins(writing, body.body)
    assert list(keeping.verify(session, body.body, fresh)) == []


def test_papers_come_from_the_unlocked_session(session, body, filed):
    done = filed()
    report = only_report(session)
    an, _ = assigned(body, report)
    rows = do(papers.register_sheet, an, done.week, TODAY.replace(year=TODAY.year + 1))
    assert [row.commitment for row in rows] == [done.commitment[:16]]
    assert do(papers.proposal, an, report).handler == body.name("binh")


def test_everything_is_in_the_log_and_the_chain_holds(session, body, filed):
    filed()
    report = only_report(session)
    assigned(body, report)
    session.expire_all()
    acts = [entry.act for entry in journal.read(session, body.body, offline_of(body.secret).audit)]
    assert acts == ["init", "unlock", "open", "assignment", "unlock", "open"]
    assert journal.first_break(session, body.body) is None
    with store.unit_of_work() as writing:
        writing.get_one(LogLine, (body.body, 3)).content = b"x" * 560
    assert journal.first_break(session, body.body) == 3
