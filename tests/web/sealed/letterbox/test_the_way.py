"""Writing a report: one question a screen, the body named first, nothing typed is lost."""

from datetime import timedelta

import pytest
import time_machine

from feedback_app.confidential import questions
from feedback_app.core import clock
from tests.web.sealed.letterbox.reporter import NAMED, STORY, WRITE, Reporter


def test_whom_it_is_about_is_asked_first_and_the_body_named_before_a_word_is_written(reporter):
    assert reporter.begin().heading == "Bạn muốn báo cáo về ai?"
    reporter.press(unit="so-nganh")
    assert reporter.heading == "Thanh tra tỉnh Khánh Hòa nhận và đọc báo cáo này"
    assert "textarea" not in reporter.text
    assert "Thanh tra viên Bình (mẫu)" in reporter.text


@pytest.mark.parametrize("unit", [u.code for u in questions.shipped().units], ids=str)
def test_every_unit_leads_to_its_body(reporter, unit):
    body = questions.shipped().competent(unit)
    reporter.begin().press(unit=unit)
    assert body.name.vi in reporter.heading
    assert body.how.vi in reporter.text
    forwards = reporter.press()
    assert (body.name.vi in forwards.heading) is not body.hosted


def test_state_secrets_and_protection_are_spoken_of_before_anything_is_asked(reporter):
    reporter.begin().reach("Trước khi viết")
    assert "TUYỆT MẬT" in reporter.text
    assert "Luật Phòng, chống tham nhũng 2018, Điều 67" in reporter.text
    assert "chưa đối chiếu văn bản" in reporter.text


def test_what_the_law_says_stands_before_paid_or_refused(reporter):
    reporter.begin().reach("Bạn đã đưa hay từ chối?")
    law, question = reporter.text.index("Điều 364"), reporter.text.index("Bạn đã đưa hay từ chối?</h1>")
    assert law < question


def test_the_whole_way_ends_with_a_receipt(reporter):
    assert len(reporter.send(**NAMED)) == 24


def test_closed_questions_may_be_left_out(reporter):
    nothing = dict.fromkeys(
        (
            "agency",
            "field",
            "procedure",
            "step",
            "asked",
            "amount",
            "paid",
            "when",
            "often",
            "who_post",
            "retaliation",
        ),
        "",
    )
    assert len(reporter.send(**nothing)) == 24


def test_going_back_finds_the_answers_given(reporter):
    reporter.begin().reach("Trị giá khoảng bao nhiêu?")
    assert reporter.press("back").chosen("asked") == ["money", "delay"]
    assert reporter.press("back").chosen("step") == ["appraisal"]
    assert reporter.press("back").chosen("procedure") == ["building-permit"]


def test_going_back_keeps_what_was_typed_on_the_page_that_is_left(reporter):
    reporter.begin().reach("Chuyện gì đã xảy ra?")
    reporter.press("back", story="mới viết nửa chừng")
    assert reporter.press().value("story") == "mới viết nửa chừng"


def test_an_error_keeps_every_field_of_the_page(reporter):
    reporter.begin().reach("Phong bì danh tính", **NAMED)
    reporter.press(name="", person="", contact="0900", proof="thuyền thúng")
    assert reporter.page.status_code == 422
    assert "Xin ghi tên doanh nghiệp" in reporter.text
    assert (reporter.value("contact"), reporter.value("proof")) == ("0900", "thuyền thúng")


def test_a_story_that_is_too_long_is_given_back_whole(reporter):
    reporter.begin().reach("Chuyện gì đã xảy ra?")
    long = "dài " * 6000
    reporter.press(story=long)
    assert reporter.page.status_code == 422
    assert reporter.value("story") == long.strip()
    assert reporter.press(story=STORY).heading == "Có tài liệu nào kèm theo không?"


def test_an_answer_is_changed_from_the_check_page_and_one_is_back_there(reporter):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    reporter.press("edit:amount")
    assert reporter.chosen("amount") == ["5m_50m"]
    reporter.press(amount="over_500m")
    assert reporter.heading == "Xem lại trước khi niêm phong"
    assert "Từ 500 triệu đồng trở lên" in reporter.text


def test_whoever_decides_to_give_a_name_after_all_is_asked_for_it(reporter):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    reporter.press("edit:identity")
    assert reporter.press(identity="confidential").heading == "Phong bì danh tính"
    assert reporter.press(name="Công ty Mẫu", contact="0900").heading == "Xem lại trước khi niêm phong"


def test_another_unit_takes_the_agency_of_the_first_with_it(reporter):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    reporter.press("edit:unit")
    reporter.press(unit="xa-phuong")
    assert "Sở Xây dựng" not in reporter.text


def test_a_unit_that_is_not_received_here_cannot_be_sent_however_one_gets_there(reporter):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    reporter.press("edit:unit")
    assert "Nơi nhận báo cáo này" in reporter.press(unit="nganh-doc").heading


def test_the_language_changes_on_the_spot_with_everything_in_it(reporter):
    reporter.begin().reach("Chuyện gì đã xảy ra?")
    state = reporter.hidden("state")
    reporter.page = reporter.client.post(
        f"{WRITE}?lang=en", data={"state": state, "story": STORY, "lang": "en"}
    )
    assert '<html lang="en">' in reporter.page.text
    assert reporter.value("story") == STORY


def test_text_of_the_ordinary_form_comes_along_when_it_is_brought_here(reporter):
    reporter.page = reporter.client.post(WRITE, data={"story": STORY})
    assert reporter.heading == "Bạn muốn báo cáo về ai?"
    assert "Phần bạn vừa viết đã đi theo" in reporter.text
    reporter.reach("Chuyện gì đã xảy ra?")
    assert reporter.value("story") == STORY


@pytest.mark.parametrize(
    "kept_out,answers,said",
    [
        (("an", "binh", "chi"), {}, "không ai đọc được báo cáo"),
        (("an", "chi"), NAMED, "mọi người giữ danh tính đều bị loại"),
    ],
)
def test_somebody_must_be_left_to_read(reporter, world, kept_out, answers, said):
    reporter.begin().reach("Có ai không được đọc", **answers)
    seats = [world.seat(word) for word in kept_out]
    reporter.press(excluded=seats)
    assert reporter.page.status_code == 422
    assert said in reporter.text
    assert set(reporter.chosen("excluded")) == set(seats)


def test_an_anonymous_reporter_may_keep_all_custodians_out(reporter, world):
    reporter.begin().reach("Có ai không được đọc")
    reporter.press(excluded=[world.seat("an"), world.seat("chi")])
    assert reporter.page.status_code == 200


def test_a_page_left_too_long_gives_the_last_text_back(reporter):
    reporter.begin().reach("Chuyện gì đã xảy ra?")
    with time_machine.travel(clock.now() + timedelta(hours=2, minutes=1)):
        reporter.press(story=STORY)
    assert reporter.heading == "Trang đã để quá lâu"
    assert STORY in reporter.text


@pytest.mark.parametrize(
    "spoilt", ["", "x", "AAAA" * 2000, "ă"], ids=["empty", "short", "garbage", "not ascii"]
)
def test_a_state_that_is_not_ours_is_refused_clearly(reporter, spoilt):
    reporter.page = reporter.client.post(WRITE, data={"state": spoilt, "go": "next"})
    assert reporter.page.status_code == 409
    assert reporter.heading == "Trang này không đọc được nữa"


def test_the_state_of_one_kind_of_page_opens_no_other(reporter):
    reporter.begin()
    reporter.page = reporter.client.post(
        "/bao-cao-kin/ma", data={"state": reporter.hidden("state"), "go": "show"}
    )
    assert reporter.page.status_code == 409


def test_the_reporters_of_two_phones_know_nothing_of_one_another(world):
    one, other = Reporter(world.app.test_client()), Reporter(world.app.test_client())
    one.begin().reach("Chuyện gì đã xảy ra?")
    assert other.begin().chosen("unit") == []


def test_from_a_change_one_may_go_back_to_the_check_without_changing(reporter):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    assert reporter.press("edit:when").press("back").heading == "Xem lại trước khi niêm phong"


def test_a_report_that_is_not_finished_cannot_be_sent(reporter):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    reporter.press("edit:story")
    reporter.press("back", story="").press()
    assert reporter.heading == "Chuyện gì đã xảy ra?"
