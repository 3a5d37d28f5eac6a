"""What reaches the vault through the one address: its own pages, without a trace of who asks."""

import http.server
import socketserver
import threading

import pytest
from flask import Flask

from feedback_app.config import ROOT
from feedback_app.core import i18n
from feedback_app.runtime import front


class Vault(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@pytest.fixture
def heard(tmp_path):
    """Return (socket, requests): a server that notes what it is sent."""
    requests = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def _note(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            requests.append((self.command, self.path, dict(self.headers), body))
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"vault")

        do_GET = do_POST = _note  # noqa: N815

        def log_message(self, *_args):
            pass

    server = Vault(str(tmp_path / "v.sock"), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield str(tmp_path / "v.sock"), requests
    server.shutdown()
    server.server_close()
    thread.join()


def ordinary(socket):
    app = Flask("feedback_app", template_folder=str(ROOT / "templates"))
    i18n.init_app(app)
    app.add_url_rule("/<path:rest>", view_func=lambda rest: f"ordinary {rest}")
    app.wsgi_app = front.passing_on(_plain(app), socket)
    return app.test_client()


def _plain(app):
    """Return something that calls the application itself, not what is put before it."""
    inner = app.wsgi_app

    class Inner:
        request_context = app.request_context

        def __call__(self, environ, start):
            return inner(environ, start)

    return Inner()


def test_only_the_vault_s_own_addresses_go_to_it(heard):
    socket, requests = heard
    client = ordinary(socket)
    assert client.get("/bao-cao-kin/a%20b?x=1").text == "vault"
    assert client.get("/bao-cao-kin").text == "vault"
    assert client.get("/bao-cao-kinh").text == "ordinary bao-cao-kinh"
    assert [path for _, path, _, _ in requests] == ["/bao-cao-kin/a%20b?x=1", "/bao-cao-kin"]


def test_nothing_tells_the_vault_who_asks(heard):
    socket, requests = heard
    client = ordinary(socket)
    client.set_cookie("phien", "angemeldet")
    client.set_cookie("vault", "schluessel")
    headers = {"User-Agent": "Firefox", "X-Forwarded-For": "10.0.0.9", "Referer": "http://x/y"}
    client.post("/bao-cao-kin/gui", data={"a": "b"}, headers=headers)
    (_, _, sent, body) = requests[0]
    assert body == b"a=b"
    assert sent["Cookie"] == "vault=schluessel"
    assert not {"User-Agent", "X-Forwarded-For", "Referer"} & set(sent)


def test_a_vault_that_is_away_is_a_closed_door_and_no_more(tmp_path):
    client = ordinary(str(tmp_path / "nobody.sock"))
    answer = client.get("/bao-cao-kin/")
    assert answer.status_code == 503
    assert "Tạm ngừng nhận báo cáo kín" in answer.text
    assert client.get("/x").text == "ordinary x"
