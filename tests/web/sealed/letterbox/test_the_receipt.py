"""The receipt: shown once in the answer to the POST, typed back, the same however often the page is sent."""

import json

from sqlalchemy import func, select

from feedback_app.confidential import store
from feedback_app.confidential.models import InLetterbox
from feedback_app.confidential.services import conversing, opening
from feedback_app.core import clock
from tests.web.sealed.letterbox.reporter import NAMED, STORY, WRITE


def count(world) -> int:
    with world.app.app_context():
        return store.session().scalar(select(func.count()).select_from(InLetterbox)) or 0


def test_the_code_stands_in_groups_of_four_in_the_response_alone(reporter):
    code = reporter.send()
    assert [len(group) for group in reporter.groups] == [4] * 6
    assert reporter.page.status_code == 200
    assert code not in json.dumps(dict(reporter.page.headers))
    assert code not in reporter.page.text  # only in groups: nobody finds it with the page's search


def test_a_page_sent_again_gives_the_same_receipt_for_the_one_report(reporter, world):
    reporter.begin().reach("Xem lại trước khi niêm phong")
    state = reporter.hidden("state")
    codes = set()
    for _time in range(3):
        reporter.page = reporter.client.post(WRITE, data={"state": state, "go": "next"})
        codes.add(reporter.code)
    assert len(codes) == 1
    assert count(world) == 1
    assert "đã được nhận từ trước" in reporter.text


def test_the_last_group_typed_back_ends_the_way(reporter):
    code = reporter.send()
    receipt = reporter.hidden("receipt")
    reporter.page = reporter.client.post(WRITE, data={"receipt": receipt, "last": "0000"})
    assert reporter.page.status_code == 422
    assert reporter.code == code
    receipt = reporter.hidden("receipt")
    reporter.page = reporter.client.post(WRITE, data={"receipt": receipt, "last": f" {code[-4:].lower()} "})
    assert reporter.heading == "Xong. Mã đã được chép đúng"
    assert reporter.page.headers["Clear-Site-Data"] == '"cache"'
    assert not reporter.groups


def test_what_was_answered_is_what_was_sealed(reporter, world):
    code = reporter.send(**NAMED, excluded=world.seat("binh"))
    with world.app.app_context():
        seen = conversing.look(store.session(), code, on=clock.today())
    assert seen.story == STORY
    assert seen.answers.asked == ("money", "delay")
    assert (seen.answers.agency, seen.answers.procedure) == ("so-xd", "building-permit")
    assert (seen.answers.confidential, seen.answers.retaliation) == (True, True)


def test_the_report_is_not_in_the_queue_of_whoever_was_kept_out(reporter, world):
    reporter.send(**NAMED, excluded=world.seat("binh"))
    with world.app.app_context():
        queues = {
            word: opening.queue(store.session(), world.unlock(word), on=clock.today())
            for word in ("an", "binh")
        }
    assert (len(queues["an"]), len(queues["binh"])) == (1, 0)


def test_a_story_with_the_code_in_it_is_refused_when_the_page_is_sent_again_elsewhere(reporter, world):
    """The code exists before the report does: whoever knows it must not write it where others read."""
    reporter.begin().reach("Xem lại trước khi niêm phong")
    before = reporter.hidden("state")
    reporter.page = reporter.client.post(WRITE, data={"state": before, "go": "next"})
    code = reporter.code
    with world.app.app_context(), store.unit_of_work() as session:
        session.execute(InLetterbox.__table__.delete())
    reporter.page = reporter.client.post(WRITE, data={"state": before, "go": "edit:story"})
    reporter.press(story=f"mã của tôi {code}").press()
    assert reporter.page.status_code == 422
    assert "chứa mã nhận" in reporter.text


def test_the_receipt_is_shown_in_the_other_language_too(reporter):
    code = reporter.send()
    data = {"receipt": reporter.hidden("receipt"), "lang": "en"}
    reporter.page = reporter.client.post(f"{WRITE}?lang=en", data=data)
    assert '<html lang="en">' in reporter.page.text
    assert reporter.code == code


def test_a_receipt_page_that_was_spoilt_or_left_too_long_shows_no_code(reporter):
    reporter.send()
    receipt = reporter.hidden("receipt")
    reporter.page = reporter.client.post(WRITE, data={"receipt": receipt[:-4], "last": "x"})
    assert reporter.page.status_code == 409
    assert not reporter.groups
