"""A visitor who fills in the steps."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

STORY = {
    "title": "Hoàn thuế giá trị gia tăng chậm",
    "body": "Hồ sơ hoàn thuế GTGT của công ty nộp ngày 01/9/2026 đến nay chưa được cơ quan thuế giải quyết.",
}
WHO = {
    "filer_type": "enterprise",
    "name": "Công ty TNHH Ví Dụ",
    "identifier": "0100109106",
    "phone": "0258 3822 222",
}


class Visitor:
    """A browser on its way through the steps; each method posts one of them."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> Any:
        return self.client.get(f"/gui-phieu{path}")

    def post(self, path: str, **data: Any) -> Any:
        return self.client.post(f"/gui-phieu{path}", data=data, content_type="multipart/form-data")

    def kind(self, kind: str = "obstacle") -> Any:
        return self.post("/loai", kind=kind)

    def story(self, **more: Any) -> Any:
        return self.post("/noi-dung", **(STORY | more))

    def place(self, field: str = "tax", **more: Any) -> Any:
        return self.post("/linh-vuc", field=field, **more)

    def who(self, **more: Any) -> Any:
        return self.post("/nguoi-gui", **(WHO | more))

    def ready(self, kind: str = "obstacle", **who: Any) -> None:
        self.kind(kind)
        self.story()
        self.place()
        self.post("/tai-lieu")
        self.who(**who)

    def send(self) -> Any:
        return self.post("/kiem-tra")


@pytest.fixture
def visitor(client: FlaskClient) -> Visitor:
    return Visitor(client)


@pytest.fixture
def another(app: Flask) -> Visitor:
    """Return a second person in another browser."""
    return Visitor(app.test_client())
