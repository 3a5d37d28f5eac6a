"""From the front page and the ordinary form to the sealed channel: the text goes along in the post, nowhere else."""

import html
import re

import pytest
from sqlalchemy import func, select

from feedback_app.intake.models import Draft

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")
BRIBE = "Cán bộ đòi chi 20 triệu đồng mới nhận hồ sơ <b>của</b> chúng tôi."


def offered(client):
    client.post("/gui-phieu/loai", data={"kind": "obstacle"})
    return client.post("/gui-phieu/noi-dung", data={"title": "Bị đòi tiền", "body": BRIBE})


def test_the_front_page_has_a_door_to_it_and_says_what_it_cannot_protect(client):
    page = client.get("/").text
    assert 'href="/bao-cao-kin/"' in page
    assert 'href="/bao-cao-kin/bao-ve"' in page
    client.get("/ngon-ngu/en")
    assert 'href="/bao-cao-kin/?lang=en"' in client.get("/").text


def test_an_accusation_is_offered_the_sealed_way_with_its_text_before_it_is_stored(client, session):
    page = offered(client)
    drafts = session.scalar(select(func.count()).select_from(Draft))
    form = re.search(r'<form[^>]*action="/bao-cao-kin/viet".*?</form>', page.text, re.DOTALL).group(0)
    carried = re.search(r'<textarea name="story" hidden>\n(.*?)</textarea>', form, re.DOTALL).group(1)
    assert html.unescape(carried) == f"Bị đòi tiền\n{BRIBE}"
    assert 'method="post"' in form
    assert "csrf_token" not in form
    assert drafts <= 1  # the draft of the step before, without this text
    assert "Bị đòi tiền" not in client.get("/gui-phieu/noi-dung").text


def test_nobody_is_forced_to_it(client):
    page = offered(client).text
    assert 'value="go_on"' in page
    assert 'value="report"' in page
    assert 'value="edit"' in page


@pytest.mark.parametrize(
    "address", ["/bao-cao-kin/", "/bao-cao-kin/viet", "/bao-cao-kin/thanh-tra/", "/bao-cao-kin/ma"]
)
def test_where_it_does_not_run_the_page_says_so(client, address):
    page = client.get(address)
    assert page.status_code == 503
    assert "Báo cáo kín đang đóng" in page.text
    assert page.headers["Cache-Control"] == "no-store"
