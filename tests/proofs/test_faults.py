"""When the vault cannot do its part: nothing half-stored, the ordinary system goes on."""

import errno
import io

import pytest
from sqlalchemy import select

from feedback_app.confidential import store
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.models import Blob, InLetterbox, Registered
from feedback_app.confidential.sealing import files
from tests.proofs.test_4_joining import PAIRS
from tests.web.sealed.letterbox.reporter import Reporter


def stored() -> list[int]:
    store.db.session.remove()
    return [len(store.session().scalars(select(table)).all()) for table in (InLetterbox, Registered, Blob)]


def blobs() -> list[str]:
    folder = here().settings.data_dir / "files"
    return [path.name for path in folder.iterdir()] if folder.exists() else []


@pytest.mark.parametrize("shared_app,world", PAIRS[:1], indirect=True)
def test_without_its_database_the_sealed_form_is_closed_and_the_ordinary_system_goes_on(world, app):
    path = world.app.extensions["vault"].settings.data_dir / "vault.db"
    away = path.with_suffix(".away")
    reporter = Reporter(world.app.test_client()).begin()
    _let_go(world)
    path.rename(away)
    try:
        reporter.press(unit="so-nganh")
        assert reporter.page.status_code == 503
        assert reporter.hidden("state")  # what was typed is still in the page
        with app.app_context():
            assert app.test_client().get("/").status_code == 200
    finally:
        _let_go(world)
        path.unlink(missing_ok=True)
        away.rename(path)
    assert reporter.begin().reach("Mã nhận của bạn").code


def _let_go(world) -> None:
    with world.app.app_context():
        store.db.session.remove()
        store.db.engine.dispose()


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_disk_that_fills_up_leaves_no_half_report(world, monkeypatch, at):
    reporter = Reporter(world.app.test_client()).begin().reach("Có tài liệu nào")
    for name in ("mot.txt", "hai.txt", "ba.txt"):
        reporter.press("add", files=[(io.BytesIO(b"bien nhan " * 100), name)])
    reporter.reach("Xem lại")
    real, calls = files.sealed, []

    def full(source, target, key):
        calls.append(target)
        if len(calls) == at:
            target.write(b"half of it")
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(source, target, key)

    with monkeypatch.context() as filling:
        filling.setattr(files, "sealed", full)
        reporter.press("send")
    assert reporter.page.status_code == 507
    assert stored() == [0, 0, 0]
    assert blobs() == []
    assert len(reporter.reach("Mã nhận của bạn").code) == 24
    assert stored() == [1, 1, 3]
