"""Servers on this machine that take mails (SMTP) and messages (HTTP), and say what they took."""

import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Mailbox(socketserver.StreamRequestHandler):
    """Just enough of SMTP to take a mail, or to refuse its reader."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        in_data, lines = False, []
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if in_data and line != ".":
                lines.append(line)
                continue
            if line == ".":
                in_data = False
                self.server.taken.append("\n".join(lines))
                lines = []
            in_data = in_data or line.upper() == "DATA"
            self.wfile.write(self._answer(line, in_data))
            if line.upper() == "QUIT":
                return

    def _answer(self, line, in_data):
        if line.upper().startswith("RCPT") and "khong-co" in line:
            return b"550 nobody of that name\r\n"
        if line.upper() == "QUIT":
            return b"221 bye\r\n"
        return b"354 go on\r\n" if in_data else b"250 ok\r\n"


class Gateway(BaseHTTPRequestHandler):
    """A gateway for messages that takes each idempotency key once."""

    def do_POST(self):
        size = int(self.headers.get("Content-Length", 0))
        key, body = self.headers["Idempotency-Key"], json.loads(self.rfile.read(size))
        self.server.asked.append((key, self.headers["Authorization"], body))
        status = self.server.answers.pop(0) if self.server.answers else 200
        if status // 100 == 2:
            status = 409 if key in self.server.taken else 200
            self.server.taken[key] = body
        self.send_response(status)
        self.send_header("Location", "http://192.0.2.1/")
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@contextmanager
def _running(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def smtp_server():
    """Yield a running server with ``taken`` (the mails) and ``url``."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox)
    server.taken = []
    server.url = f"smtp://127.0.0.1:{server.server_address[1]}"
    with _running(server):
        yield server


@contextmanager
def gateway_server():
    """Yield a running gateway with ``asked`` (every request), ``taken`` (by key), ``answers`` (statuses to give)."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.asked, server.taken, server.answers = [], {}, []
    server.url = f"http://127.0.0.1:{server.server_address[1]}/gui"
    with _running(server):
        yield server
