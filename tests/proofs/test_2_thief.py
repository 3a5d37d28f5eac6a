"""Proof 2: forty words of sealed reports, looked for wherever the server leaves something: nothing is found."""

import base64
import io
import logging
import os
import shutil
import subprocess
import tempfile
import unicodedata
import zlib
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from feedback_app.accounts.actor import Function
from feedback_app.confidential import store
from feedback_app.confidential.services import opening, shelving, working
from feedback_app.core import clock, outbox
from feedback_app.core.db import db
from feedback_app.notifications import sealed
from feedback_app.runtime import queues
from tests.factories import a_person
from tests.proofs.thief import Kit, forms, without_marks
from tests.redis_server import RedisServer
from tests.web.sealed.letterbox.reporter import Reporter

TODAY = clock.today()
PAIRS = [("sqlite", "sqlite"), ("postgresql", "postgresql")]
NAMES = [f"Công ty {n:02d} Chim Hoàng Yến Đỏ" for n in range(10)]
PHRASES = [f"ông ấy gõ bàn {n:02d} lần rồi chỉ vào ngăn kéo" for n in range(10)]
AMOUNTS = [f"{n + 21}.417.600 đồng chẵn" for n in range(10)]
FILES = [f"Biên nhận {n:02d} viết tay quán Bến Đò" for n in range(10)]
CANARIES = [*NAMES, *PHRASES, *AMOUNTS, *FILES]
PLACES = ("vault", "ordinary", "dumps", "redis", "logs", "mail", "temporary", "deleted")


@pytest.fixture
def loot(tmp_path, monkeypatch) -> Path:
    """Return the folder in which everything the servers leave comes together, deleted files too."""
    folder = tmp_path / "loot"
    for place in PLACES:
        (folder / place).mkdir(parents=True)
    _keep_temporary(folder / "temporary", monkeypatch)
    _keep_deleted(folder / "deleted", monkeypatch)
    handler = logging.FileHandler(folder / "logs" / "everything.log")
    logging.getLogger().addHandler(handler)
    levels = {name: logging.getLogger(name).level for name in ("", "sqlalchemy.engine")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield folder
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger().removeHandler(handler)
    handler.close()


def _keep_temporary(folder: Path, monkeypatch) -> None:
    """Temporary files, nameless ones too, lie in one folder and stay there."""
    named = tempfile.NamedTemporaryFile

    def kept(*arguments, **more):
        return named(*arguments, **{**more, "dir": folder, "delete": False})

    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", kept)
    monkeypatch.setattr(tempfile, "TemporaryFile", kept)


def _keep_deleted(folder: Path, monkeypatch) -> None:
    """Whatever is deleted from now on is kept: a thief may have been there before, or read the free blocks."""
    unlink = os.unlink

    def kept(path, *arguments, **more):
        if not more and Path(path).is_file():
            shutil.copy(path, folder / f"{len(list(folder.iterdir()))}-{Path(path).name}")
        unlink(path, *arguments, **more)

    monkeypatch.setattr(os, "unlink", kept)
    monkeypatch.setattr(os, "remove", kept)


@pytest.fixture
def redis(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


def gather(loot: Path, world, app, redis) -> None:
    """Bring databases, their dumps, Redis and what lies in both data folders into the loot."""
    for place, url, folder in (
        (
            "vault",
            world.app.config["SQLALCHEMY_DATABASE_URI"],
            world.app.extensions["vault"].settings.data_dir,
        ),
        ("ordinary", app.config["SQLALCHEMY_DATABASE_URI"], Path(app.extensions["settings"].data_dir)),
    ):
        shutil.copytree(folder, loot / place, dirs_exist_ok=True)
        if url.startswith("sqlite"):
            path = Path(make_url(url).database)
            for file in path.parent.glob(f"{path.name}*"):
                shutil.copy(file, loot / "dumps" / f"{place}-{file.name}")
        else:
            _pg_dump(url, loot / "dumps" / f"{place}.sql")
    shutil.copytree(Path(app.extensions["settings"].data_dir) / "mail", loot / "mail", dirs_exist_ok=True)
    connection = queues.connect(redis.url)
    connection.config_set("rdbcompression", "no")
    connection.save()
    for file in redis.folder.rglob("*"):
        if file.is_file():
            shutil.copy(file, loot / "redis")


def _pg_dump(url: str, out: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        pytest.skip("no pg_dump on this machine")
    plain = make_url(url)
    address = f"postgresql:///{plain.database}?host={plain.query['host']}&user={plain.username}"
    done = subprocess.run(
        [program, "--format=plain", f"--file={out}", address], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert out.stat().st_size


def story(number: int) -> str:
    return f"{PHRASES[number]}, giá {AMOUNTS[number]}; chúng tôi là {NAMES[number]}, có {FILES[number]}"


def type_into_the_ordinary_form(client) -> None:
    """Whoever types it there is shown the sealed way before anything is stored."""
    for number in range(len(NAMES)):
        client.post("/gui-phieu/loai", data={"kind": "obstacle"})
        typed = {"title": "Bị đòi tiền", "body": f"Cán bộ đòi chi 20 triệu đồng: {story(number)}"}
        assert 'action="/bao-cao-kin/viet"' in client.post("/gui-phieu/noi-dung", data=typed).text


def remind_the_inspectors(app) -> list[str]:
    """Send the mail of the day into the spool, and return the texts of all mails that lie there."""
    with app.app_context():
        assert sealed.send_reminders() == 1
        db.session.remove()
    spool = sorted((Path(app.extensions["settings"].data_dir) / "mail").iterdir())
    return [message_from_bytes(path.read_bytes(), policy=default).get_content() for path in spool]


def file_and_converse(world) -> None:
    """Ten reports with all words through the pages, and what goes wrong on the way."""
    browser = world.app.test_client()
    codes = []
    for number, (name, phrase, file) in enumerate(zip(NAMES, PHRASES, FILES, strict=True)):
        given = {"identity": "confidential", "name": name, "contact": phrase, "story": story(number)}
        reporter = Reporter(browser).begin().reach("Có tài liệu nào", **given)
        content = (f"{file}\n{story(number)}\n" * (1500 if number == 0 else 1)).encode()
        reporter.press("add", files=[(io.BytesIO(content), f"{file}.txt")])
        codes.append(reporter.reach("Mã nhận của bạn", **given).code)
        browser.post("/bao-cao-kin/viet", data={"state": f"hỏng {phrase}", "story": story(number)})
        browser.get(f"/bao-cao-kin/{file}?q={phrase}")
        browser.post("/bao-cao-kin/thanh-tra/", data={"name": name, "passphrase": phrase})
    _converse(world, browser, codes)


def _converse(world, browser, codes) -> None:
    binh = world.unlock("binh")
    for row in opening.queue(store.session(), binh, on=TODAY):
        with store.unit_of_work() as session:
            opening.open_report(session, binh, row.id, on=TODAY)
            working.note(session, binh, row.id, f"{PHRASES[0]} theo {NAMES[1]}", on=TODAY)
            working.ask(session, binh, row.id, f"Có đúng là {AMOUNTS[2]} không?", on=TODAY)
    for code in codes:
        Reporter(browser).enter(code)
    with store.unit_of_work() as session:
        shelving.put_away(session)
    shelving.compact()


@pytest.mark.parametrize("shared_app,world", PAIRS, indirect=True)
def test_the_thief_finds_none_of_forty_words_anywhere(loot, world, app, redis, shows):
    with app.app_context():
        a_person(db.session(), Function.INSPECTOR, "thanh-tra")
        db.session.commit()
        type_into_the_ordinary_form(app.test_client())
        db.session.remove()
        outbox.drain()
    remind_the_inspectors(app)
    with world.app.app_context():
        file_and_converse(world)
    mails = remind_the_inspectors(app)
    gather(loot, world, app, redis)
    found = Kit(CANARIES).search(loot)
    size = sum(path.stat().st_size for path in loot.rglob("*") if path.is_file()) / 1e6
    words = len(CANARIES)
    shows(
        2,
        f"{words} words in {len(forms('x'))} forms and compressed, in {size:.0f} MB of {len(PLACES)} places",
        len(found),
    )
    shows(2, "mails to the inspectors, one before the reports and one after: searched", len(mails))
    shows(2, "… different texts among them", len(set(mails)))
    assert (len(mails), len(set(mails))) == (2, 1)
    assert list((loot / "mail").iterdir())
    assert (loot / "logs" / "everything.log").stat().st_size
    assert list((loot / "deleted").iterdir())
    assert list((loot / "vault" / "files").iterdir())
    assert found == []


ENCODINGS = {
    "UTF-8 NFC": lambda text: unicodedata.normalize("NFC", text).encode(),
    "UTF-8 NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "without diacritics": lambda text: without_marks(text).encode(),
    "capitals": lambda text: without_marks(text).upper().encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one byte on": lambda text: base64.b64encode(b"x" + text.encode() + b"yz"),
    "base64, two bytes on": lambda text: base64.b64encode(b"xy" + text.encode() + b"z"),
    "zlib": lambda text: zlib.compress(text.encode() * 3),
    "zlib within zlib": lambda text: zlib.compress(zlib.compress(text.encode()) + b"-" * 99),
}


@pytest.mark.parametrize("place", PLACES)
def test_the_thief_finds_a_word_planted_in_any_place_in_any_form(tmp_path, place, shows):
    kit, found = Kit(CANARIES), 0
    for number, encoded in enumerate(ENCODINGS.values()):
        folder = tmp_path / str(number) / place
        folder.mkdir(parents=True)
        (folder / "page").write_bytes(os.urandom(5000) + encoded(NAMES[3]) + os.urandom(5000))
        found += {hit.word for hit in kit.search(tmp_path / str(number))} == {NAMES[3]}
    shows(2, f"planted in {place} in {len(ENCODINGS)} forms, found", found, control=True)
    assert found == len(ENCODINGS)


@pytest.mark.parametrize("shared_app,world", PAIRS, indirect=True)
def test_the_thief_finds_a_word_that_the_servers_themselves_were_given(
    loot, world, app, redis, session, shows
):
    """The same loot, after each server has stored one word in its own way."""
    planted = dict(zip(("vault", "ordinary", "redis", "logs", "temporary"), CANARIES[::7], strict=False))
    with world.app.app_context(), store.unit_of_work() as writing:
        writing.execute(text("INSERT INTO blob (name) VALUES (:word)"), {"word": planted["vault"]})
    with app.app_context():
        a_person(db.session(), "officer", "so-xd", name=planted["ordinary"])
        a_person(db.session(), Function.INSPECTOR, "thanh-tra")
        db.session.commit()
    remind_the_inspectors(app)
    queues.connect(redis.url).set("seen", planted["redis"])
    logging.getLogger("feedback").warning(planted["logs"])
    with tempfile.TemporaryFile() as file:
        file.write(planted["temporary"].encode())
        file.flush()
    gather(loot, world, app, redis)
    found = {hit.word for hit in Kit(planted.values()).search(loot)}
    shows(2, f"given to {', '.join(planted)}, found", f"{len(found)} of {len(planted)}", control=True)
    assert found == set(planted.values())
