"""Work on one report: what two do at once, what leaves, what must not be seen."""

import io
import zipfile

import pyrage
import pytest

from feedback_app.confidential import reports, store
from feedback_app.confidential.services import conversing
from feedback_app.core import clock
from feedback_app.web.sealed.desk.redacting import BLOCK, draft, sentences
from tests.web.sealed.desk.scene import STORY, TWO, WHO, a_room, close_room

QUESTION = "Hồ sơ nộp ở quầy số mấy?"


@pytest.fixture
def told(room):
    return room.tell(files=[("giấy tờ.txt", b"noi dung " * 9000)])


@pytest.fixture
def handler(room, told):
    head = room.inspector("An").open(told)
    head.does(told, "giao", to=room.seats["Bình"])
    return room.inspector("Bình").open(told)


def conversation(room, code):
    with room.app.app_context():
        try:
            return conversing.look(store.session(), code, on=clock.today())
        finally:
            store.db.session.remove()


def test_of_two_at_once_one_wins_and_the_other_keeps_the_text(room, told):
    one, other = room.inspector("An").open(told), room.inspector("Bình").open(told)
    seen = one.version(told)
    assert seen == other.version(told)
    first = one.post(f"bao-cao/{told.id}/ghi-chu", version=seen, text="việc thứ nhất")
    second = other.post(f"bao-cao/{told.id}/ghi-chu", version=seen, text="việc thứ hai, gõ rất lâu")
    assert (first.status_code, second.status_code) == (302, 409)
    page = second.get_data(as_text=True)
    assert "việc thứ hai, gõ rất lâu</textarea>" in page
    assert "việc thứ nhất" in page
    assert "việc thứ hai" not in other.sees(f"bao-cao/{told.id}")


def test_an_act_that_no_longer_fits_gives_the_text_back(room, told, handler):
    seen = handler.version(told)
    handler.does(told, "ket-luan", outcome="insufficient", text="Chưa đủ")
    late = handler.post(f"bao-cao/{told.id}/hoi", version=seen, text=QUESTION)
    assert late.status_code == 409
    assert f"{QUESTION}</textarea>" in late.get_data(as_text=True)


def test_a_question_and_the_answer_go_through_the_receipt(room, told, handler):
    assert handler.does(told, "hoi", text=QUESTION).status_code == 302
    assert conversation(room, told.code).messages[-1].text == QUESTION
    with room.app.app_context():
        with store.unit_of_work() as session:
            conversing.reply(session, told.code, "Quầy số ba", on=clock.today())
        store.db.session.remove()
    assert "có trả lời mới" in handler.sees("")
    handler.open(told)
    assert "Quầy số ba" in handler.sees(f"bao-cao/{told.id}")
    assert "có trả lời mới" not in handler.sees("")


def test_a_file_leaves_decrypted_to_be_saved_and_never_to_be_shown(room, told, handler):
    answer = handler.get(f"bao-cao/{told.id}/tep/0")
    assert answer.data == b"noi dung " * 9000
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert answer.mimetype == "application/octet-stream"
    assert handler.get(f"bao-cao/{told.id}/tep/1").status_code == 404


def test_a_case_leaves_only_with_a_second_persons_word_and_for_one_key(room, told, handler):
    key = pyrage.x25519.Identity.generate()
    assert handler.does(told, "xin-xuat", recipient="age1khong-phai-khoa").status_code == 422
    assert handler.does(told, "xin-xuat", recipient=str(key.to_public())).status_code == 302
    assert handler.post(f"bao-cao/{told.id}/xuat").status_code == 404
    assert handler.does(told, "duyet-xuat").status_code == 404
    assert room.inspector("Chi").open(told).does(told, "duyet-xuat").status_code == 302
    bundle = handler.post(f"bao-cao/{told.id}/xuat")
    package = zipfile.ZipFile(io.BytesIO(pyrage.decrypt(bundle.data, [key])))
    assert STORY in package.read("report.json").decode()
    assert [name for name in package.namelist() if name.startswith("files/")]
    gone = handler.does(told, "dua-ra", formal="Quyết định thanh tra", number="12", sure="1")
    assert gone.status_code == 302
    page = handler.sees(f"bao-cao/{told.id}")
    assert STORY not in page
    assert conversation(room, told.code).story == ""
    assert handler.get(f"bao-cao/{told.id}/tep/0").status_code == 404


def test_only_the_asking_handler_reads_the_identity_and_the_reporter_learns_the_week(room):
    told = room.tell(identity=WHO)
    room.inspector("An").open(told).does(told, "giao", to=room.seats["Bình"])
    handler, custodian = room.inspector("Bình").open(told), room.inspector("Chi").open(told)
    assert WHO.name not in handler.sees(f"bao-cao/{told.id}")
    handler.does(told, "xin-danh-tinh", reason="Cần mời làm việc")
    assert told.id in custodian.sees("danh-tinh")
    asked = custodian.sees(f"bao-cao/{told.id}/danh-tinh/0")
    assert "Cần mời làm việc" in asked
    assert WHO.name not in asked
    assert WHO.name in custodian.post(f"bao-cao/{told.id}/danh-tinh/0/kiem-tra").get_data(as_text=True)
    assert custodian.does(told, "danh-tinh/0", grant="yes", reason="Đúng").status_code == 302
    assert WHO.person in handler.sees(f"bao-cao/{told.id}/danh-tinh")
    assert custodian.get(f"bao-cao/{told.id}/danh-tinh").status_code == 404
    assert conversation(room, told.code).identity_opened


def test_a_link_to_a_report_that_a_reader_may_not_know_is_not_to_be_seen(room):
    open_to_all, shut = room.tell(), room.tell(excluded=("Bình",))
    head, kept_out = room.inspector("An"), room.inspector("Bình")
    head.open(open_to_all).open(shut)
    assert head.does(open_to_all, "lien-ket", other=shut.id).status_code == 302
    assert shut.id[:8].upper() in head.sees(f"bao-cao/{open_to_all.id}")
    page = kept_out.open(open_to_all).sees(f"bao-cao/{open_to_all.id}")
    assert shut.id[:8].upper() not in page
    assert "Liên kết báo cáo</p>" not in page


def test_whoever_stands_aside_has_lost_the_key_for_good(room, told):
    chi = room.inspector("Chi").open(told)
    refused = chi.does(told, "tu-choi", reason="người thân")
    assert refused.status_code == 422  # not confirmed
    assert chi.does(told, "tu-choi", reason="người thân", sure="1").status_code == 302
    assert chi.post(f"bao-cao/{told.id}/mo").status_code == 404
    assert room.inspector("Chi").post(f"bao-cao/{told.id}/mo").status_code == 404
    assert told.id not in chi.sees("")


def test_a_damaged_envelope_is_said_to_be_damaged(tmp_path):
    room = a_room(tmp_path, TWO)
    told = room.tell()
    with room.app.app_context():
        with store.unit_of_work() as session:
            row = reports.find(session, told.id)
            row.answers = row.answers[:-1] + bytes([row.answers[-1] ^ 1])
        store.db.session.remove()
    answer = room.inspector("An").post(f"bao-cao/{told.id}/mo")
    assert answer.status_code == 409
    assert "không còn nguyên vẹn" in answer.get_data(as_text=True)
    close_room(room)


def test_what_was_blacked_out_is_nowhere_in_the_text():
    made = draft(STORY + " Anh Mẫu hẹn ở quán Gió.", {2}, ["quán Gió"])
    assert "0905" not in made.text
    assert "Nguyễn Văn Mẫu" not in made.text
    assert "Gió" not in made.text
    assert "Xin đừng" not in made.text
    assert BLOCK in made.text
    assert not made.left


def test_a_word_that_still_stands_without_its_marks_is_pointed_out():
    assert draft("Gặp ông Trần Mẫu. Tran Mau da nhan.", set(), []).left


def test_cutting_into_sentences_loses_nothing():
    text = "Một. Hai?\n\nBa… bốn\nnăm!  "
    assert "".join(sentences(text)) == text
