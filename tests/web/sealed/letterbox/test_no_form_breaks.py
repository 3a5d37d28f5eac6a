"""Every form of the reporters' pages takes whatever is sent to it without an error of ours, and stores no garbage."""

from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from feedback_app.confidential import store
from feedback_app.confidential.models import InLetterbox
from tests.fuzz.forms import Form, forms_on
from tests.fuzz.hostile import filled_in
from tests.web.sealed.letterbox.reporter import DOOR, IMPORT, NAMED, USUAL, WRITE, Reporter

EACH = 12  # requests to each screen's form
CARRIED = ("state", "receipt", "number")
SCREENS = (
    "Bạn muốn báo cáo về ai?", "nhận và đọc báo cáo này", "Trước khi viết", "theo cách nào", "Phong bì danh tính",
    "Có ai không được đọc", "Đó là cơ quan nào?", "lĩnh vực nào", "thủ tục nào", "đòi hỏi điều gì",
    "Chuyện gì đã xảy ra?", "Có tài liệu nào", "Được hứa gì", "Xem lại trước khi niêm phong", "Mã nhận của bạn",
)  # fmt: skip
INSIDE = ("show", "reply", "prove", "withdraw")


def hammer(client, form: Form) -> None:
    """Send hostile fields with the page's own state, so that they come as far as a person's would."""

    @seed(crc32("".join(form.values).encode()))
    @settings(max_examples=EACH, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.data())
    def run(data: st.DataObject) -> None:
        sent = dict(data.draw(filled_in(form)))
        if data.draw(st.integers(0, 4)):
            sent |= {name: form.values[name][0] for name in CARRIED if name in form.values}
        answer = client.post(form.action, data=sent)
        answer.close()
        assert answer.status_code < 500, form.action
        assert "Set-Cookie" not in answer.headers

    run()


def form_of(reporter: Reporter, path: str) -> Form:
    [form] = [form for form in forms_on(path, reporter.page.text) if form.method == "POST"]
    return form


@pytest.mark.parametrize("heading", SCREENS, ids=str)
def test_a_screen_of_the_way_takes_anything(reporter, heading):
    reporter.begin().reach(heading, **NAMED)
    hammer(reporter.client, form_of(reporter, WRITE))


@pytest.mark.parametrize("screen", INSIDE)
def test_a_screen_of_the_conversation_takes_anything(reporter, screen):
    reporter.enter(reporter.send()).talk(screen)
    hammer(reporter.client, form_of(reporter, DOOR))


@pytest.mark.parametrize("path", [DOOR, IMPORT])
def test_a_door_takes_anything(reporter, path):
    hammer(reporter.client, form_of(reporter.open(path), path))


def test_garbage_is_not_stored(reporter, world):
    for answers in ({}, {"story": "x"}, {"unit": "khong-co"}, {"state": "A" * 6000}):
        for _time in range(10):
            reporter.client.post(WRITE, data={**USUAL, "state": "", **answers, "go": "send"})
            reporter.client.post(
                IMPORT, data={"door": "x", "channel": "other", "unit": "so-nganh", "story": "x"}
            )
    with world.app.app_context():
        assert store.session().scalar(select(func.count()).select_from(InLetterbox)) == 0
