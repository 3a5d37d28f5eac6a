"""An anonymous report goes its whole way; the accused, an administrator and a colleague kept out find nothing."""

import base64
import json
import re
import sqlite3
from pathlib import Path

import pytest

from feedback_app.confidential import store
from feedback_app.confidential.models import SignedRoster
from feedback_app.web.sealed.headers import DESK, PREFIX
from tests.web.sealed.desk.scene import BODY, CUSTODIAN, HANDLER, HEAD, STORY, Told, a_room, close_room
from tests.web.sealed.letterbox.reporter import Reporter

SEATS = {"An": {HEAD, CUSTODIAN}, "Bình": {HANDLER, CUSTODIAN}, "Dung": {HANDLER}}
CANARIES = ("Nguyễn Văn Mẫu", "0905 123 456", "quầy số bảy", "trước sáu giờ sáng", "Sở Xây dựng", "so-xd")
ACCUSED_SEES = (
    "/can-bo/",
    "/can-bo/?view=agency",
    "/can-bo/?view=mine",
    "/thong-bao",
    "/so-lieu/?ky=2026-08",
    "/",
)
QUARTER = "2026-Q3"
ONCE = re.compile(r'name="csrf_token"[^>]*value="[^"]*"')  # differs at each look
pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")


@pytest.fixture
def room(province, tmp_path):
    province.now("2026-08-12")
    made = a_room(tmp_path / "vault", SEATS)
    yield made
    close_room(made)


def test_an_anonymous_report_goes_from_the_phone_to_the_quarters_figures(province, room, tmp_path):
    accused = province.person("officer", "so-xd")
    before = what_he_sees(accused)

    code = the_enterprise_reports(room)
    told = the_head_finds_it(room, code)
    the_handler_asks(room, told)
    the_enterprise_answers(room, code)
    assert what_he_sees(accused) == before

    the_colleague_tries_everything(room, told)
    the_accused_tries_the_doors(room, told)
    the_administrator_searches(room, tmp_path / "vault", told)

    the_handler_concludes(room, told)
    the_enterprise_reads_the_outcome(room, code)
    province.now("2026-10-12")
    released = two_people_release_the_quarter(room)
    assert what_leaves_says_little(released)
    province.now("2026-08-12")
    assert what_he_sees(accused) == before
    the_administrator_swaps_a_key(room)


def what_he_sees(officer) -> list[str]:
    return [ONCE.sub("", officer.sees(path)) for path in ACCUSED_SEES]


def the_enterprise_reports(room) -> str:
    phone = Reporter(room.app.test_client())
    return phone.send(story=STORY, excluded=[room.seats["Dung"]])


def the_head_finds_it(room, code) -> Told:
    an = room.inspector("An")
    (found,) = {part.split("/")[0] for part in an.sees("").split("/bao-cao/")[1:]}
    told = Told(code, found)
    an.open(told)
    page = an.sees(f"bao-cao/{told.id}")
    assert STORY in page
    assert "Ẩn danh" in page
    assert "Dung" not in an.sees(f"bao-cao/{told.id}/giao")  # cannot be given to the one kept out
    an.does(
        told, "danh-gia", credibility="high", evidence="low", gravity="high", risk="medium", text="Cụ thể"
    )
    assert an.does(told, "giao", to=room.seats["Bình"]).status_code == 302
    return told


def the_handler_asks(room, told) -> None:
    binh = room.inspector("Bình").open(told)
    assert binh.does(told, "xem-xet").status_code == 302
    assert binh.does(told, "hoi", text="Nộp ở quầy nào?").status_code == 302


def the_enterprise_answers(room, code) -> None:
    phone = Reporter(room.app.test_client()).enter(code)
    assert "Nộp ở quầy nào?" in phone.text
    phone.talk("reply").talk("send", text="Tại quầy số bảy, trước sáu giờ sáng.")
    assert "quầy số bảy" in phone.text


def the_colleague_tries_everything(room, told) -> None:
    dung = room.inspector("Dung")
    room_without_reports = dung.sees("bao-cao/00000000-0000-4000-8000-000000000000")
    assert told.id not in dung.sees("") + dung.sees("?view=done") + dung.sees("?view=late")
    assert dung.post(f"bao-cao/{told.id}/mo").status_code == 404
    for path in ("", "/ghi-chu", "/hoi", "/ket-luan", "/che", "/tep/0", "/danh-tinh", "/giao", "/lien-ket"):
        assert dung.sees(f"bao-cao/{told.id}{path}") == room_without_reports
    register = dung.post("so-theo-doi", quarter=QUARTER).get_data(as_text=True)
    assert "Không có báo cáo nào trong quý này" in register
    pages = register + dung.sees("nhat-ky") + dung.sees("so-lieu") + dung.sees("ban-giao")
    assert not [canary for canary in CANARIES if canary in pages]


def the_accused_tries_the_doors(room, told) -> None:
    browser = room.app.test_client()
    for path in ("/", f"/bao-cao/{told.id}", "/nhat-ky", f"/so-lieu/{QUARTER}/tep"):
        answer = browser.get(DESK + path)
        assert answer.status_code == 403
        assert not [canary for canary in CANARIES if canary in answer.get_data(as_text=True)]
    guessed = Reporter(browser).enter(told.code[:-1] + ("0" if told.code[-1] != "0" else "1"))
    assert "Nguyễn Văn Mẫu" not in guessed.text
    for name in SEATS:
        form = {"body": BODY, "name": name, "passphrase": "mật khẩu của thanh tra"}
        assert browser.post(f"{DESK}/mo-khoa", data=form).status_code == 403


def the_administrator_searches(room, folder: Path, told) -> None:
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()) + dump(folder)
    found = [canary for canary in (*CANARIES, told.code, STORY) if stands_in(canary, everything)]
    assert not found
    assert stands_in("thanh-tra-tinh", everything)  # the search finds what does stand in the clear
    planted = everything + base64.b64encode("..Nguyễn Văn Mẫu".encode())
    assert stands_in("Nguyễn Văn Mẫu", planted)
    columns = dump_columns(folder, "letterbox")
    assert not columns & {"agency", "field", "created_at", "ip", "person", "filename"}


def dump(folder: Path) -> bytes:
    with sqlite3.connect(folder / "vault.db") as database:
        found = "\n".join(database.iterdump()).encode()
    database.close()
    return found


def dump_columns(folder: Path, table: str) -> set[str]:
    with sqlite3.connect(folder / "vault.db") as database:
        found = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
    database.close()
    return found


def stands_in(text: str, content: bytes) -> bool:
    """Whether the text stands there in UTF-8, UTF-16, as hexadecimal digits or in base64 at any offset."""
    plain = text.encode()
    forms = [plain, text.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode()]
    forms += [base64.b64encode(b"\0" * offset + plain)[4 if offset else 0 : -4] for offset in range(3)]
    return any(form and form in content for form in forms)


def the_handler_concludes(room, told) -> None:
    binh = room.inspector("Bình").open(told)
    assert "quầy số bảy" in binh.sees(f"bao-cao/{told.id}")
    done = binh.does(told, "ket-luan", outcome="substantiated", text="Đã xác minh và chấn chỉnh.")
    assert done.status_code == 302
    assert told.id in binh.sees("?view=done")


def the_enterprise_reads_the_outcome(room, code) -> None:
    phone = Reporter(room.app.test_client()).enter(code)
    assert "Đã xác minh và chấn chỉnh." in phone.text


def two_people_release_the_quarter(room) -> bytes:
    an, binh = room.inspector("An"), room.inspector("Bình")
    assert an.post(f"so-lieu/{QUARTER}/de-xuat").status_code == 302
    seen = binh.sees(f"so-lieu/{QUARTER}").split('name="seen" value="')[1].split('"')[0]
    assert binh.post(f"so-lieu/{QUARTER}/duyet", seen=seen).status_code == 302
    return an.get(f"so-lieu/{QUARTER}/tep").data


def what_leaves_says_little(released: bytes) -> bool:
    """Of one report a quarter's file shows no count, and no word of it anywhere."""
    release = json.loads(released)["release"]
    counts = {value for table in release["tables"] for _key, value in table["cells"]}
    assert counts <= {None, 0}
    return not [canary for canary in CANARIES if canary.encode() in released]


def the_administrator_swaps_a_key(room) -> None:
    """A list of inspectors with a key of his own closes the intake instead of leaking."""
    with room.app.app_context():
        with store.unit_of_work() as session:
            kept = session.get_one(SignedRoster, BODY)
            seats = json.loads(kept.document)
            seats["seats"][0]["public"] = "00" * 32
            kept.document = json.dumps(seats)
        store.db.session.remove()
    phone = room.app.test_client().post(f"{PREFIX}/viet", data={"state": ""})
    assert STORY not in phone.get_data(as_text=True)
    browser = room.app.test_client()
    form = {"body": BODY, "name": "An", "passphrase": "bất kỳ"}
    assert browser.post(f"{DESK}/mo-khoa", data=form).status_code == 503
    reporter = Reporter(room.app.test_client()).begin()
    assert "đóng" in reporter.press(unit="so-nganh").text.lower() or reporter.page.status_code == 503
