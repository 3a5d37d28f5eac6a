"""A benchmark that counts wrong answers as filings flatters: these are the ways it was once fooled."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from redis import Redis

from bench import client, filing, noop, queue
from bench.client import Filed, Load, Target, Visitor, WrongAnswer
from bench.servers import Server
from feedback_app.runtime import queues
from tests.redis_server import RedisServer

FORM = '<h1>Kiểm tra</h1><input type="hidden" name="csrf_token" value="abc">'
TARGET = Target(path="/form", expects="Kiểm tra", fields={}, receipt=r"/receipt/\d+")


@contextmanager
def a_server(
    page: str, status: int = 302, location: str = "/receipt/7", page_status: int = 200
) -> Iterator[int]:
    """Serve ``page`` to every GET and answer every POST with a redirect; yield the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(page_status, page.encode())

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(status, b"", location)

        def _answer(self, code, body, where=""):
            self.send_response(code)
            if where:
                self.send_header("Location", where)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer((client.HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_right_page_and_the_receipt_are_a_filing():
    with a_server(FORM) as port:
        assert client.file(Visitor(port), TARGET) == Filed("/receipt/7", {})


@pytest.mark.parametrize(
    "served",
    [
        {"page": "<h1>Đăng nhập</h1>" + FORM[FORM.index("<input") :]},
        {"page": "<h1>Kiểm tra</h1>"},
        {"page": FORM, "page_status": 500},
        {"page": FORM, "status": 200, "location": ""},
        {"page": FORM, "status": 422, "location": ""},
        {"page": FORM, "status": 503, "location": ""},
        {"page": FORM, "location": "/dang-nhap"},
        {"page": FORM, "location": "/receipt/7/other"},
    ],
    ids=[
        "login page",
        "no form",
        "error page",
        "form again",
        "refused",
        "unavailable",
        "to login",
        "elsewhere",
    ],
)
def test_anything_else_is_no_filing(served):
    with a_server(**served) as port, pytest.raises(WrongAnswer):
        client.file(Visitor(port), TARGET)


def test_wrong_answers_are_not_timed_and_spoil_the_round():
    with a_server(FORM, location="/dang-nhap") as port:
        load = Load()
        client._one(load, Visitor(port), TARGET, until=float("inf"))
    assert (load.durations, load.filed, len(load.wrong)) == ([], [], 1)
    with pytest.raises(WrongAnswer, match="wrong answers"):
        filing.check(load, growth=0)


def test_a_filing_that_was_answered_but_not_stored_spoils_the_round():
    load = Load(durations=[0.1, 0.1], filed=[Filed("/receipt/1", {}), Filed("/receipt/2", {})])
    filing.check(load, growth=2)
    with pytest.raises(WrongAnswer, match="2 filings were answered, 1 tickets stored"):
        filing.check(load, growth=1)


def test_a_round_that_ran_out_of_visitors_does_not_count():
    with pytest.raises(RuntimeError, match="too few"):
        filing.check(Load(short=True), growth=0)


def test_a_receipt_that_is_another_page_spoils_the_run():
    with a_server("<h1>Trang chủ</h1>") as port:
        system = filing.System("ours", Server(port, 0), TARGET, lambda _n: [], lambda: 0, "KH-")
        with pytest.raises(WrongAnswer, match="receipt"):
            filing.reread(system, [Filed("/receipt/1", {})])


def test_an_officer_with_a_wrong_password_has_no_queue():
    page = '<input type="password">' + FORM
    with a_server(page, status=200, location="") as port, pytest.raises(WrongAnswer, match="sign-in"):
        queue.signed_in(Server(port, 0), "can-bo@example.vn", "wrong")


def test_a_queue_page_with_fewer_tickets_does_not_count():
    with a_server('<a href="/can-bo/phieu/KH-2026-000001">') as port:
        assert queue.rows_of(Visitor(port), "/can-bo/", 1)[0] > 0
        with pytest.raises(WrongAnswer, match="1 tickets listed"):
            queue.rows_of(Visitor(port), "/can-bo/", 50)


def test_a_failing_job_is_no_yardstick(tmp_path, monkeypatch):
    monkeypatch.setattr(noop, "PATIENCE", 1)
    redis = RedisServer(tmp_path)
    connection: Redis = queues.connect(redis.url)
    try:
        with pytest.raises(noop.NoAnswer):
            noop.delay(connection, "bench.noop.missing")
    finally:
        connection.close()
        redis.stop()
