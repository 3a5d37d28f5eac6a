"""A body of inspectors with a vault of its own, and reports told to it; used by tests and by the browser."""

import io
import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedback_app.confidential import store, uploads
from feedback_app.confidential.documents import Answers, Identity
from feedback_app.confidential.roster import Role
from feedback_app.confidential.sealing.shares import new_secret
from feedback_app.confidential.services import filing
from feedback_app.confidential.services.ceremonies.offline import NewSeat
from feedback_app.confidential.services.ceremonies.seats import initialise
from feedback_app.config import VaultSettings
from feedback_app.core import clock
from feedback_app.vault import create_vault_app
from feedback_app.web.sealed.headers import DESK
from tests.conftest import Browser

BODY = "thanh-tra-tinh"
PASSPHRASE = "mot cum mat khau rat dai cua {}"
HEAD, HANDLER, CUSTODIAN = Role.HEAD, Role.HANDLER, Role.CUSTODIAN
TWO = {"An": {HEAD, CUSTODIAN}, "Bình": {HANDLER, CUSTODIAN}}
THREE = {"An": {HEAD, CUSTODIAN}, "Bình": {HANDLER}, "Chi": {HANDLER, CUSTODIAN}}
ARGON_KIB = 8192
WHO = Identity(
    given=True,
    name="Công ty TNHH Ví Dụ",
    tax_code="4200123456",
    person="Lê Thị Mẫu",
    contact="0258 382 2222",
    proof="Từ khóa: cây bàng",
)
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="([^"]+)"')
STORY = "Tôi bị anh Nguyễn Văn Mẫu gợi ý đưa tiền khi nộp hồ sơ. Số của anh ấy là 0905 123 456. Xin đừng cho ai biết."


@dataclass
class Told:
    """What the reporter keeps, and the id by which inspectors know the report."""

    code: str
    id: str


@dataclass
class Room:
    """The vault of one body."""

    app: Flask
    seats: dict[str, str] = field(default_factory=dict)  # name → id
    secret: bytes = b""

    def tell(
        self,
        *,
        excluded: tuple[str, ...] = (),
        identity: Identity | None = None,
        files: Any = (),
        story: str = STORY,
        **answers: Any,
    ) -> Told:
        """File a report."""
        about = {"unit": "so-nganh", "agency": "so-xd", "field": "construction", "step": "receiving",
                 "asked": ("money",), "amount": "5m_50m", "paid": "refused", "when": "this_month",
                 "who_post": "specialist", "often": "several"} | answers  # fmt: skip
        if identity:
            about["confidential"] = True
        with self.app.app_context():
            packed = tuple(uploads.take(io.BytesIO(content), name) for name, content in files)
            told = filing.Filing(
                BODY, Answers(**about), story, tuple(self.seats[name] for name in excluded), identity, packed
            )
            before = self._ids()
            with store.unit_of_work() as session:
                filed = filing.file(session, told, token=secrets.token_bytes(32), on=clock.today())
            (new,) = self._ids() - before
            store.db.session.remove()
        return Told(filed.code, new)

    def _ids(self) -> set[str]:
        from feedback_app.confidential import reports

        return {report.id for report in reports.of_body(store.session(), BODY)}

    def inspector(self, name: str) -> "Inspector":
        """Return a browser in which somebody has unlocked."""
        return Inspector(self, name, self.app.test_client()).unlock()


@dataclass
class Inspector:
    room: Room
    name: str
    browser: FlaskClient
    csrf: str = ""

    def unlock(self) -> "Inspector":
        form = {"body": BODY, "name": self.name, "passphrase": PASSPHRASE.format(self.name)}
        done = self.browser.post(f"{DESK}/mo-khoa", data=form)
        assert done.status_code == 302, done.get_data(as_text=True)
        found = CSRF.search(self.sees("so-lieu"))  # a page that opens no report
        assert found
        self.csrf = found[1]
        return self

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.browser.get(f"{DESK}/{path}", query_string=query or None)

    def sees(self, path: str) -> str:
        return self.get(path).get_data(as_text=True)

    def post(self, path: str, **form: Any) -> TestResponse:
        return self.browser.post(f"{DESK}/{path}", data={"csrf": self.csrf} | form)

    def open(self, told: Told) -> "Inspector":
        assert self.post(f"bao-cao/{told.id}/mo").status_code == 302
        return self

    def version(self, told: Told) -> str:
        """Return the version that the report's page shows."""
        found = VERSION.search(self.sees(f"bao-cao/{told.id}/ghi-chu"))
        return found[1] if found else ""

    def does(self, told: Told, act: str, **form: Any) -> TestResponse:
        """Do an act as from its page."""
        return self.post(f"bao-cao/{told.id}/{act}", version=self.version(told), **form)


def a_room(folder: Path, people: dict[str, set[Role]], on: date | None = None, **settings: Any) -> Room:
    """Return a vault in which the body is set up; each passphrase follows from the name."""
    given = {"data_dir": folder, "secret_key": "tests", "gates": False} | settings
    app = create_vault_app(VaultSettings(**given), argon_kib=ARGON_KIB)
    app.testing, app.test_client_class = True, Browser
    store.upgrade(app)
    room = Room(app, secret=new_secret())
    seats = [
        NewSeat(name, "Thanh tra viên", frozenset(roles), PASSPHRASE.format(name))
        for name, roles in people.items()
    ]
    with app.app_context():
        with store.unit_of_work() as session:
            roster = initialise(session, BODY, seats, room.secret, on=on or clock.today())
        room.seats = {seat.name: seat.id for seat in roster.seats}
        store.db.session.remove()
    return room


def close_room(room: Room) -> None:
    with room.app.app_context():
        store.db.session.remove()
        store.db.engine.dispose()
