"""Where the sealed channel does not run, the text that was brought along is handed back and kept nowhere."""

import html

from feedback_app.app import create_app
from feedback_app.config import Settings

BRIBE = "Cán bộ đòi chi 20 triệu đồng mới nhận hồ sơ <b>của</b> chúng tôi."


def test_what_was_brought_along_is_handed_back_and_kept_nowhere(tmp_path):
    settings = Settings(DATABASE_URL="sqlite://", data_dir=tmp_path, secret_key="tests", rate_limits=False)
    app = create_app(settings)  # with its tokens against forged posts, and no table at all
    page = app.test_client().post("/bao-cao-kin/viet", data={"story": BRIBE})
    assert page.status_code == 503
    assert BRIBE in html.unescape(page.text)
    assert "Set-Cookie" not in page.headers
