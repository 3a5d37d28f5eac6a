"""Files: sealed as they arrive, what they hide is shown and taken out, the original only if wished."""

import io

import pytest
from PIL import Image

from feedback_app.confidential import store
from feedback_app.confidential.services import conversing
from feedback_app.core import clock
from tests.web.sealed.letterbox.reporter import WRITE

MAKE, MODEL = 0x010F, 0x0110
CANARY = "CanaryPhone"


def photo(model=CANARY):
    """Return a picture that says which phone took it."""
    picture, content = Image.new("RGB", (64, 48), "red"), io.BytesIO()
    exif = picture.getexif()
    exif[MAKE], exif[MODEL] = "Maker", model
    picture.save(content, "JPEG", exif=exif)
    return content.getvalue()


@pytest.fixture
def at_files(reporter):
    return reporter.begin().reach("Có tài liệu nào")


def choose(reporter, go, *files, **fields):
    chosen = [(io.BytesIO(content), name) for name, content in files]
    data = {"state": reporter.hidden("state"), "go": go, "files": chosen, **fields}
    reporter.page = reporter.client.post(WRITE, data=data)
    reporter.page.request.environ["wsgi.input"].close()  # the test client spools what is large
    return reporter


def content_of(world, code, index):
    with world.app.app_context():
        return b"".join(conversing.file_content(store.session(), code, index))


def test_what_a_photograph_tells_is_shown_before_it_is_sent(at_files):
    choose(at_files, "add", ("ảnh.jpg", photo()))
    assert CANARY in at_files.text
    assert "thiết bị" in at_files.text


def test_whoever_goes_straight_on_sees_what_the_file_tells_first(at_files):
    choose(at_files, "next", ("ảnh.jpg", photo()))
    assert at_files.heading == "Có tài liệu nào kèm theo không?"
    assert at_files.press().heading == "Được hứa gì, không được hứa gì"


def test_the_cleaned_copy_goes_and_the_original_stays_at_home(at_files, world):
    choose(at_files, "add", ("ảnh.jpg", photo()))
    at_files.reach("Mã nhận của bạn")
    assert CANARY.encode() not in content_of(world, at_files.code, 0)
    with world.app.app_context():
        [file] = conversing.look(store.session(), at_files.code, on=clock.today()).files
    assert file.removed


def test_the_original_is_sealed_as_well_when_it_is_wished(at_files, world):
    original = photo()
    choose(at_files, "add", ("ảnh.jpg", original))
    at_files.press(keep="0").reach("Mã nhận của bạn")
    assert content_of(world, at_files.code, 1) == original


def test_the_wish_survives_going_back_and_forth(at_files):
    choose(at_files, "add", ("ảnh.jpg", photo()))
    at_files.press(keep="0").press("back")
    assert 'id="keep-0" name="keep" value="0" checked' in at_files.page.text


def test_a_file_that_is_refused_costs_neither_the_others_nor_the_answers(at_files):
    choose(at_files, "add", ("ảnh.jpg", photo()), ("chay.exe", b"MZ\x90\x00"), ("trong.txt", b""))
    assert at_files.page.status_code == 422
    assert "“chay.exe” chưa được nhận" in at_files.text
    assert 'class="file-name">ảnh.jpg<' in at_files.text
    assert "Xem lại" in at_files.press().press().heading


def test_a_file_can_be_taken_out_again(at_files):
    choose(at_files, "add", ("một.jpg", photo()), ("hai.jpg", photo()))
    at_files.press("drop:0")
    assert "một.jpg" not in at_files.text
    assert "hai.jpg" in at_files.text


def test_nothing_lies_on_the_disk_in_clear(at_files, folder):
    """Neither while files wait nor after the report is sealed; in the page they are cleartext of course."""
    big = photo() + CANARY.encode() * 40_000
    choose(at_files, "add", ("ảnh.jpg", big))
    waiting = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    at_files.reach("Mã nhận của bạn")
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert waiting
    assert not [content for content in waiting + kept if CANARY.encode() in content]


def test_files_that_waited_too_long_are_asked_for_again_and_the_answers_stay(at_files, folder):
    choose(at_files, "add", ("ảnh.jpg", photo()))
    for path in (folder / "waiting").iterdir():
        path.unlink()
    at_files.press().press().press()
    assert "Các tệp đã chờ quá lâu" in at_files.text
    at_files.press()
    assert at_files.heading == "Xem lại trước khi niêm phong"
    assert len(at_files.press().code) == 24


def test_files_added_later_are_looked_at_first_and_come_back_whole(reporter):
    code = reporter.send()
    reporter.enter(code).talk("reply")
    chosen = {"files": (io.BytesIO(b"ghi chep"), "ghi.txt")}
    reporter.talk("send", text="kèm ghi chép", **chosen)
    assert "Không tìm thấy dữ liệu ẩn." in reporter.text
    assert reporter.value("text") == "kèm ghi chép"
    reporter.talk("send", text="kèm ghi chép")
    assert "Đã niêm phong và gửi." in reporter.text
    download = reporter.talk("file:0").page
    assert download.data == b"ghi chep"
    assert download.headers["Content-Disposition"] == 'attachment; filename="tep-1.txt"'


@pytest.mark.parametrize("number", ["1", "-1", "x", "²", "99999999999999"])
def test_a_file_that_is_not_there_is_said_so(reporter, number):
    code = reporter.send()
    reporter.enter(code).talk(f"file:{number}")
    assert "Không có tệp đó." in reporter.text


def test_more_files_than_a_report_holds_are_refused_by_name(at_files):
    choose(at_files, "add", *((f"ghi{number}.txt", b"x") for number in range(21)))
    assert at_files.page.status_code == 422
    assert "Tối đa 20 tệp; “ghi20.txt” chưa được nhận." in at_files.text


def test_a_broken_document_and_one_too_large_say_so(at_files):
    large = b"a" * (20 * 1024 * 1024 + 1)
    choose(at_files, "add", ("hỏng.pdf", b"%PDF-1.7 broken"), ("lớn.txt", large))
    assert "“hỏng.pdf” chưa được nhận: tệp hỏng" in at_files.text
    assert "“lớn.txt” chưa được nhận: lớn hơn 20 MB" in at_files.text


def test_of_a_recording_it_is_said_that_nothing_can_be_taken_out(at_files):
    choose(at_files, "add", ("ghi âm.mp3", b"ID3" + b"a" * 1_000_000))
    assert "Thanh tra sẽ nhận nguyên bản gốc" in at_files.text
    assert "977 KB" in at_files.text


def test_a_file_for_an_answer_can_be_taken_out_again(reporter):
    reporter.enter(reporter.send()).talk("reply")
    reporter.talk("add", text="chữ còn đây", files=(io.BytesIO(b"ghi"), "ghi.txt"))
    reporter.talk("drop:0", text="chữ còn đây")
    assert "ghi.txt" not in reporter.text
    assert reporter.value("text") == "chữ còn đây"


def test_files_of_an_answer_that_waited_too_long_are_asked_for_again(reporter, folder):
    reporter.enter(reporter.send()).talk("reply")
    reporter.talk("add", text="chữ", files=(io.BytesIO(b"ghi"), "ghi.txt"))
    for path in (folder / "waiting").iterdir():
        path.unlink()
    reporter.talk("send", text="chữ")
    assert "Các tệp đã chờ quá lâu" in reporter.text
    assert reporter.value("text") == "chữ"
