"""A report says what its snapshot says: in every form, in the package, on the page; and nothing it must not say."""

import csv
import hashlib
import io
import re
import zipfile
from datetime import date

import pytest

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.closing import freezing
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.reports import jobs, queries
from feedback_app.reports.building import NothingCounted, build
from feedback_app.reports.commands import commands
from feedback_app.reports.drawing.shipped import shipped
from feedback_app.reports.models import Report
from feedback_app.reports.services import asking, making
from feedback_app.reports.states import FORMATS, State
from feedback_app.reports.wording import WITHHELD
from feedback_app.reports.words import amount
from feedback_app.statistics import refreshing
from feedback_app.statistics.periods import Period, containing
from feedback_app.tickets.models import ConcernedAgency
from tests.factories import a_person, reread, sign_in
from tests.slices.reports.conftest import AFTER, OCTOBER, change, frozen
from tests.slices.statistics.conftest import noon
from tests.unit.reports.test_drawing import pages_of, words_of

# the reads differ between the databases, the files do not
sqlite_only = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")


@pytest.fixture
def office(session, loaded):
    user = a_person(session, Function.FOCAL_POINT, "so-tc")
    return Actor(user.id, user.name, (Held(Function.FOCAL_POINT, loaded.agency_ids["so-tc"], "so-tc"),))


def rows_of(session, agency="", period=OCTOBER):
    content, listing = build(session, period, agency)
    with_rows = list(listing)
    listing.close()
    return content, with_rows


def made(session, folder, agency="", period=OCTOBER, formats=FORMATS):
    content, sum_, files = making.written(session, period, agency, shipped(), formats, folder)
    return content, sum_, {one.format: one.path.read_bytes() for one in files}


def package(session):
    content = zipfile.ZipFile(io.BytesIO(freezing.package(session, OCTOBER)))
    return {n: list(csv.DictReader(io.StringIO(content.read(f"thong-ke-2026-10/{n}.csv").decode())))
            for n in ("figures", "cases")}  # fmt: skip


def test_the_same_figure_stands_in_the_package_in_each_file_and_on_the_page(
    session, client, october, office, tmp_path
):
    frozen()
    published = {row["measure"]: int(row["n"]) for row in package(session)["figures"]
                 if row["grain"] == "case" and not any((row["agency"], row["field"], row["apart"]))}  # fmt: skip
    with unit_of_work() as writing:
        public_id = asking.ask(writing, OCTOBER, "", by=office, at=AFTER).public_id
    jobs.make_reports()
    browser = sign_in(client, a_person(session, Function.LEADERSHIP, "vp-ubnd"))
    page = browser.get(f"/bao-cao/{public_id}").text
    files = {}
    for form in FORMATS:
        answer = browser.get(f"/bao-cao/{public_id}/{form}")
        files[form] = answer.data
        answer.close()
    document, pdf = words_of(files["docx"]), " ".join(pages_of(files["pdf"]))
    book = zipfile.ZipFile(io.BytesIO(files["xlsx"]))
    sheets = "".join(book.read(name).decode() for name in book.namelist())
    answered = f"Đã trả lời {amount(published['answered'])} phiếu."
    waiting = f"còn {published['open']} phiếu chờ trả lời, trong đó {published['overdue']} phiếu quá hạn"
    for sentence in (answered, waiting):
        assert sentence in page
        assert sentence in document
        assert sentence in sheets
        assert "".join(sentence.split()) in "".join(pdf.split())
    assert published["received"] == 8
    assert f"<c><v>{published['received']}</v></c>" in sheets
    for row in (
        r for r in package(session)["figures"] if r["agency"] == "so-xd" and r["measure"] == "answered"
    ):
        cells = page.partition('scope="row">Sở Xây dựng</th>')[2].partition("</tr>")[0]
        assert re.findall(r">(\d+)</td>", cells)[:2] == ["6", row["n"]]
    kept = queries.one(session, office, public_id)
    assert {file.format: file.sha256 for file in kept.files} == {
        form: hashlib.sha256(data).hexdigest() for form, data in files.items()
    }


def test_carried_over_and_arisen_are_all_results_and_the_figures_of_the_package(session, october):
    frozen()
    content, rows = rows_of(session)
    figures, cases = content.figures, package(session)["cases"]
    assert (figures["chuyen_sang"], figures["phat_sinh"]) == (1, 9)
    assert figures["phat_sinh"] == figures["tiep_nhan"] + figures["xem_xet_lai"]
    ended = figures["da_tra_loi"] + figures["da_rut"]
    assert figures["chuyen_sang"] + figures["phat_sinh"] == ended + figures["dang_giai_quyet"] == len(rows)
    assert figures["ds_qua_han"] == figures["qua_han"]
    assert sum(figures[name] for name in figures if name.startswith("ds_")) == figures["tong_danh_sach"]
    assert {row[1].split()[0] for row in rows} == {c["case"] for c in cases if not c["sensitive"]}


def test_the_list_is_that_of_the_day_of_freezing(session, life, october, tmp_path):
    frozen()
    first = made(session, tmp_path)
    change(october["open"], title="Tên khác")
    life.answered(october["overdue"], date(2026, 11, 10))
    refreshing.refresh(noon(date(2026, 12, 2)))
    session.rollback()
    again = made(session, tmp_path)
    assert again[1:] == first[1:], "same snapshot, same files, same sums"
    assert "Tên khác" not in words_of(again[2]["docx"])


@sqlite_only
def test_what_may_not_be_read_any_more_is_withheld_though_it_was_frozen(session, loaded, october):
    for name in ("open", "in_time", "late", "overdue"):
        change(october[name], title=f"Việc {name}", filer={"name": f"Công ty {name}"})
    frozen()
    change(october["open"], hide_identity=True)
    change(october["in_time"], sensitive=True)
    with unit_of_work() as writing:
        ticket = reread(writing, october["late"])
        writing.add(ConcernedAgency(ticket_id=ticket.id, agency_id=loaded.agency_ids["so-tc"], named=True))
    _content, rows = rows_of(session)
    by_code = {row[1]: row[2:4] for row in rows}
    assert by_code[october["open"]] == ("ẩn danh", "Việc open")
    assert by_code[october["in_time"]] == by_code[october["late"]] == ("ẩn danh", WITHHELD)
    assert by_code[october["overdue"]] == ("Công ty overdue", "Việc overdue"), "control: nobody hid"


@sqlite_only
def test_sensitive_reports_are_in_no_part_of_it(session, october, tmp_path):
    frozen()
    content, _sum, files = made(session, tmp_path)
    book = zipfile.ZipFile(io.BytesIO(files["xlsx"]))
    everything = [words_of(files["docx"]), " ".join(pages_of(files["pdf"])), str(content.plain()),
                  "".join(book.read(name).decode() for name in book.namelist())]  # fmt: skip
    for text in everything:
        assert october["sensitive"] not in text
        assert october["in_time"] in text or text is everything[2], "control: an ordinary ticket is there"
        assert "Thanh tra tỉnh Khánh Hòa" not in text


@sqlite_only
def test_an_agency_s_report_lists_its_own_cases_only(session, october):
    frozen()
    content, rows = rows_of(session, "thue")
    assert [row[1] for row in rows] == [october["late"], october["open"]]
    assert content.figures["tong_danh_sach"] == 2
    assert content.texts["co_quan"] == "Thuế tỉnh Khánh Hòa"
    assert content.texts["co_quan_cap_tren"] == "", "it is no agency of the province"
    assert content.table("agencies") is None
    assert content.table("fields").rows[0][1:] == (0, 2, 1, 1, 0)


@sqlite_only
def test_a_period_is_compared_with_frozen_ones_only(session, life, october):
    september = OCTOBER.previous()
    assert "chưa có số liệu kỳ trước" in _draft(session)[-2]
    row = frozen(september)
    frozen()
    content, _rows = rows_of(session)
    assert content.sources == (row.snapshot,)
    assert "số phiếu tiếp nhận tăng 7 (từ 1)" in content.sentences[-2]
    assert "chưa có số liệu cùng kỳ năm trước" in content.sentences[-1]


def _draft(session):
    refreshing.refresh(AFTER)
    session.rollback()
    content, _rows = rows_of(session)
    assert content.is_draft
    assert content.texts["ban_nhap"]
    return content.sentences


@sqlite_only
@pytest.mark.parametrize(
    "period", [containing(date(2026, 10, 1), 1, months) for months in (3, 6, 12)], ids=str
)
def test_quarters_halves_and_years_have_reports_too(session, october, period, tmp_path):
    refreshing.refresh(AFTER)
    session.rollback()
    content, _sum, files = made(session, tmp_path, period=period, formats=("docx",))
    assert content.figures["tong_danh_sach"] == 10, "what waits over months is listed once a period"
    assert period.label.vi in words_of(files["docx"])


@sqlite_only
def test_an_empty_month_and_one_in_which_all_was_withdrawn_are_told(session, life, tmp_path):
    code = life.filed(date(2026, 9, 1))
    life.withdrawn(code, date(2026, 9, 2))
    refreshing.refresh(AFTER)
    session.rollback()
    september, _sum, _files = made(session, tmp_path, period=OCTOBER.previous())
    assert september.figures["tong_danh_sach"] == september.figures["da_rut"] == 1
    empty, _sum, files = made(session, tmp_path)
    assert "không có phiếu nào phải giải quyết" in empty.sentences[0]
    assert "không có phiếu nào phải giải quyết" in words_of(files["docx"])
    assert files["pdf"].startswith(b"%PDF")
    with pytest.raises(NothingCounted):
        build(session, Period(date(2027, 1, 1), date(2027, 1, 31)), "")


@sqlite_only
def test_a_report_that_says_the_same_is_not_made_twice_but_a_new_comparison_is(session, october, office):
    frozen()
    ids = []
    for _ in range(2):
        with unit_of_work() as writing:
            ids.append(asking.ask(writing, OCTOBER, "", by=office, at=AFTER).id)
        jobs.make_reports()
    assert ids[0] == ids[1]
    frozen(OCTOBER.previous())
    with unit_of_work() as writing:
        assert asking.ask(writing, OCTOBER, "", by=office, at=AFTER).id != ids[0]


def test_what_a_worker_left_half_done_is_made_again(session, october, office):
    frozen()
    with unit_of_work() as writing:
        report_id = asking.ask(writing, OCTOBER, "thue", by=office, at=AFTER).id
    assert making.claim(AFTER) == report_id
    assert making.claim(AFTER) is None, "somebody has it"
    assert making.claim(AFTER + making.GIVEN_UP_AFTER * 2) == report_id
    making.make(report_id)
    session.expire_all()
    assert session.get_one(Report, report_id).state == State.DONE


@sqlite_only
def test_the_command_writes_a_report_into_a_folder(app, session, october, tmp_path, monkeypatch):
    frozen()
    monkeypatch.setattr(clock, "now", lambda: AFTER)

    def typed(*words):
        return app.test_cli_runner().invoke(commands, ["make", *words, "--out", str(tmp_path)])

    done = typed("2026-10", "--agency", "so-xd", "--format", "pdf")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "bao-cao-2026-10-so-xd.pdf").read_bytes().startswith(b"%PDF")
    assert "Bản chốt 2026-10-" in done.output
    draft = typed("2026-Q4", "--format", "xlsx")
    assert "bản nháp" in draft.output
    assert (tmp_path / "bao-cao-2026-Q4-ban-nhap.xlsx").exists()
    for wrong in (("2026-13",), ("2026-10", "--agency", "khong-co"), ("2030-01",)):
        assert typed(*wrong).exit_code
