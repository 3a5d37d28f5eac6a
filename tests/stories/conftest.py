"""A province in which people file, handle and answer; time passes only when a story says so."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedback_app.accounts.models import User
from feedback_app.core import outbox
from feedback_app.core.clock import LOCAL
from feedback_app.core.db import db, unit_of_work
from feedback_app.tickets.models import Ticket
from tests.factories import a_person, reread, sign_in

MONDAY = datetime(2026, 10, 5, 9, 0, tzinfo=LOCAL)
NUMBER = re.compile(r"KH-\d{4}-\d{6}")
TRACKING = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}\b")


@dataclass(frozen=True)
class Receipt:
    number: str
    code: str


@dataclass(frozen=True)
class Person:
    """Somebody with an account; signs in anew for each errand, since sign-ins end while a story goes on."""

    province: "Province"
    id: int

    def browser(self) -> FlaskClient:
        user = db.session().get_one(User, self.id)
        return sign_in(self.province.app.test_client(), user)

    def sees(self, path: str) -> str:
        return self.browser().get(path).get_data(as_text=True)

    def status(self, path: str) -> int:
        answer = self.browser().get(path)
        answer.close()  # a file that was opened
        return answer.status_code

    def does(self, number: str, act: str, **form: Any) -> TestResponse:
        done = self.browser().post(f"/can-bo/phieu/{number}/{act}", data=form)
        self.province.work()
        return done


class Province:
    def __init__(self, app: Flask, traveller: Any) -> None:
        self.app, self._traveller = app, traveller

    def now(self, day: str, hour: str = "09:00") -> None:
        """Let it be ``day`` (ISO) at ``hour`` in Viet Nam."""
        self._traveller.move_to(datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LOCAL))

    def work(self) -> None:
        """Do what the workers do."""
        db.session.remove()
        outbox.drain()
        db.session.remove()

    def person(self, function: str, agency: str | None, name: str = "") -> Person:
        return Person(self, a_person(db.session(), function, agency, name=name).id)

    def guest(self) -> FlaskClient:
        return self.app.test_client()

    def file(self, title: str, body: str, *, kind: str = "obstacle", field: str, **more: Any) -> Receipt:
        """File as a guest, step by step as in a browser without scripts."""
        guest = self.guest()
        files = more.pop("files", [])
        who = {"filer_type": "enterprise", "name": "Công ty TNHH Ví Dụ", "phone": "0258 3822 222"}
        place = {name: more.pop(name) for name in ("concerned", "area") if name in more}
        steps = (
            ("/loai", {"kind": kind}),
            ("/noi-dung", {"title": title, "body": body}),
            ("/linh-vuc", {"field": field} | place),
            ("/tai-lieu", {"files": files}),
            ("/nguoi-gui", who | more),
            ("/kiem-tra", {}),
        )
        for path, form in steps:
            done = guest.post(f"/gui-phieu{path}", data=form)
            assert done.status_code == 302, (path, done.get_data(as_text=True)[-3000:])
        page = guest.get("/gui-phieu/giay-tiep-nhan").get_data(as_text=True)
        self.work()
        number, code = NUMBER.search(page), TRACKING.search(page)
        assert number
        assert code
        return Receipt(number[0], code[0])

    def follow(self, receipt: Receipt) -> FlaskClient:
        """Return a browser into which the tracking code was typed."""
        guest = self.guest()
        done = guest.post("/theo-doi", data={"code": receipt.code})
        assert done.status_code == 302
        return guest

    def owner(self, receipt: Receipt, act: str, **form: Any) -> TestResponse:
        done = self.follow(receipt).post(f"/theo-doi/{receipt.number}/{act}", data=form)
        self.work()
        return done

    def ticket(self, receipt: Receipt) -> Ticket:
        return reread(db.session(), receipt.number)

    def held_by(self, receipt: Receipt) -> str | None:
        from feedback_app.catalogue import store

        codes = store.current(db.session()).agency_codes
        return codes.get(self.ticket(receipt).holder_id or 0)


@pytest.fixture
def province(app, session, loaded):
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield Province(app, traveller)


@pytest.fixture(autouse=True)
def nothing_is_written_outside(province):
    yield
    with unit_of_work():
        pass  # fails where a story left changes unsaved
